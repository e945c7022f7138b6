"""The rule for passwords: FAQ 11.4."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.password import MOST, check_password

PERSONAL = ("王小明", "11010519491231002X", "13812345678", "wangxm@qq.com")


def codes(typed: str, personal: tuple[str, ...] = ()) -> list[str]:
    return [problem.code for problem in check_password(typed, personal).problems]


@pytest.mark.req("11.4")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Kite77River", []),
        ("kite77river", ["password-no-upper"]),
        ("KITE77RIVER", ["password-no-lower"]),
        ("KiteToRiver", ["password-no-digit"]),
        ("Kite77r", ["password-too-short"]),
        ("Kite77ri", []),
        ("kite", ["password-no-upper", "password-no-digit", "password-too-short"]),
        ("王王王王王王王王", ["password-no-upper", "password-no-lower", "password-no-digit"]),
        ("", ["password-missing"]),
    ],
)
def test_every_rule_that_is_missed_is_named_in_order(typed: str, expected: list[str]) -> None:
    assert codes(typed) == expected


@pytest.mark.req("11.4")
@given(st.text(st.sampled_from(string.ascii_letters + string.digits + " _!#%"), max_size=20))
def test_the_four_rules_are_those_of_the_notice(typed: str) -> None:
    missed = {
        "password-no-upper": not any(c in string.ascii_uppercase for c in typed),
        "password-no-lower": not any(c in string.ascii_lowercase for c in typed),
        "password-no-digit": not any(c in string.digits for c in typed),
        "password-too-short": len(typed) < 8,
    }
    expected = [code for code, is_missed in missed.items() if is_missed] if typed else ["password-missing"]
    assert [code for code in codes(typed) if code != "password-easy"] == expected


def test_full_width_letters_do_not_count() -> None:
    assert codes("Ａａ１Ａａ１Ａａ１") == ["password-no-upper", "password-no-lower", "password-no-digit"]


def test_spaces_count_and_stay() -> None:
    assert check_password(" Kite 7r").value == " Kite 7r"


@pytest.mark.parametrize("character", "\n\t\x00\u200b\u202e\ud800")
def test_what_could_not_be_typed_again_is_refused(character: str) -> None:
    assert codes(f"Kite77{character}River") == ["password-hidden-characters"]


def test_a_very_long_password_is_refused_before_it_is_hashed() -> None:
    assert codes("Kite77River " * 11) == ["password-too-long"]
    assert codes("Kite7 " * 21) == []
    assert codes("K" * 1_000_000) == ["password-too-long"]
    assert len("Kite7 " * 21) <= MOST


@pytest.mark.parametrize(
    "typed",
    [
        "Aa123456",
        "Password1",
        "P@ssw0rd1",
        "Qwer1234!",
    ],
)
def test_what_everybody_tries_first_is_refused(typed: str) -> None:
    assert codes(typed) == ["password-easy"]


@pytest.mark.parametrize("typed", ["1qaz2wsxA", "Abcd1234", "Woaini1314", "Aaaa1111", "Admin888", "Zxcvbnm1"])
def test_what_keeps_the_rules_and_is_easy_to_guess_is_taken_with_a_warning(typed: str) -> None:
    verdict = check_password(typed)
    assert verdict.value == typed
    assert [warning.code for warning in verdict.warnings] == ["password-guessable"]


@pytest.mark.parametrize("typed", ["x7Q9k2M4", "CorrectHorse1", "Tr0ub4dor&3", "Wang1990xk"])
def test_what_only_looks_simple_is_taken(typed: str) -> None:
    verdict = check_password(typed)
    assert verdict.ok
    assert not verdict.warnings


@pytest.mark.parametrize(
    "typed", ["11010519491231002Xa", "13812345678Aa", "Wangxiaoming1", "A19491231a", "Wangxm@qq.com1"]
)
def test_little_more_than_what_others_know_is_refused(typed: str) -> None:
    assert codes(typed, PERSONAL) == ["password-personal"]
    assert codes(typed) == []


def test_something_personal_beside_enough_of_its_own_is_warned_of() -> None:
    verdict = check_password("Kite13812345678River", PERSONAL)
    assert verdict.ok
    assert [warning.code for warning in verdict.warnings] == ["password-holds-personal"]
