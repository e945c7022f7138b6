"""The rule for e-mail addresses: FAQ 11.5."""

from __future__ import annotations

import subprocess
import sys

import pytest

from flows.rules.email import check_email, mask_email
from flows.verdict import Problem


@pytest.mark.req("11.5")
@pytest.mark.parametrize(
    ("typed", "value", "notes"),
    [
        ("wang@example.com", "wang@example.com", []),
        (" wang@Example.COM ", "wang@example.com", []),
        ("Wang.Xm+exam@qq.com", "Wang.Xm+exam@qq.com", []),
        ("ｗａｎｇ＠qq．com", "wang@qq.com", ["entry-full-width-folded"]),
        ("wang@qq。com", "wang@qq.com", ["email-stop-folded"]),
        ("wang\u200b@qq.com", "wang@qq.com", ["entry-hidden-removed"]),
    ],
)
def test_an_address_is_taken_in_its_usual_form(typed: str, value: str, notes: list[str]) -> None:
    verdict = check_email(typed)
    assert verdict.value == value
    assert [note.code for note in verdict.notes] == notes


@pytest.mark.req("11.5")
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "email-missing"),
        ("wang", "email-no-at"),
        ("a@b@c.com", "email-several-ats"),
        ("@qq.com", "email-nothing-before"),
        ("wang@", "email-nothing-after"),
        ("a..b@qq.com", "email-two-dots"),
        ("wang@qq..com", "email-two-dots"),
        (".wang@qq.com", "email-dot-place"),
        ("wang.@qq.com", "email-dot-place"),
        ("wang@qq", "email-no-dot"),
        ('"w x"@qq.com', "email-spaces"),
        ('"wx"@qq.com', "email-quoted"),
        ("w x@qq.com", "email-spaces"),
        ("Wang <wang@qq.com>", "email-with-name"),
        ("wang@[1.2.3.4]", "email-number-host"),
        ("wang@1.2.3.4", "email-number-host"),
        ("wang@mail.test", "email-reserved-host"),
        ("王@qq.com", "email-characters"),
        ("wang@中国.cn", "email-characters"),
        ("wang@-qq.com", "email-form"),
        ("wang@q_q.com", "email-form"),
        ("a" * 65 + "@" + "b" * 70 + ".com", "email-form"),
        ("a" * 250 + "@qq.com", "email-too-long"),
        ("a" * 10_000, "entry-too-long"),
        ("wang@qq.com\nBcc: all@qq.com", "entry-several-lines"),
        ("'; DROP TABLE x", "email-spaces"),
    ],
)
def test_each_thing_that_is_wrong_has_its_own_problem(typed: str, code: str) -> None:
    assert [problem.code for problem in check_email(typed).problems] == [code]


def test_a_mistyped_provider_is_pointed_out_and_taken() -> None:
    verdict = check_email("wang@gmial.com")
    assert verdict.ok
    assert verdict.warnings == (Problem("email-host-mistyped", {"host": "gmial.com", "meant": "gmail.com"}),)


def test_a_masked_address_hides_the_user_name() -> None:
    assert mask_email("wang@qq.com") == "w***@qq.com"
    assert mask_email("") == "***"


def test_the_slow_validator_is_not_loaded_with_the_rules() -> None:
    script = (
        "import sys, flows.rules.fields; "
        "print([module for module in ('email_validator', 'pypinyin') if module in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
