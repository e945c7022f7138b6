"""The rule for mobile numbers: FAQ 11.2 and 11.5."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.mobile import check_mobile, mask_mobile

NUMBER = "13812345678"


@pytest.mark.req("11.5")
@pytest.mark.parametrize(
    ("typed", "notes"),
    [
        (NUMBER, []),
        ("138 1234 5678", ["entry-separators-removed"]),
        ("138-1234-5678", ["entry-separators-removed"]),
        ("１３８１２３４５６７８", ["entry-full-width-folded"]),
        ("+8613812345678", ["mobile-country-code-removed"]),
        ("008613812345678", ["mobile-country-code-removed"]),
        ("8613812345678", ["mobile-country-code-removed"]),
        ("(+86) 138-1234-5678", ["entry-separators-removed", "mobile-country-code-removed"]),
    ],
)
def test_ways_of_writing_are_folded_with_a_note(typed: str, notes: list[str]) -> None:
    verdict = check_mobile(typed)
    assert verdict.value == NUMBER
    assert [note.code for note in verdict.notes] == notes


@pytest.mark.req("11.5")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["mobile-missing"]),
        ("1381234567", ["mobile-length"]),
        ("138123456789", ["mobile-length"]),
        ("12812345678", ["mobile-prefix"]),
        ("010-12345678", ["mobile-fixed-line"]),
        ("62345678", ["mobile-fixed-line"]),
        ("+85291234567", ["mobile-not-mainland"]),
        ("0085291234567", ["mobile-not-mainland"]),
        ("13812345678;ext=1", ["mobile-extension"]),
        ("13812345678转8", ["mobile-extension"]),
        ("1381234567a", ["mobile-characters"]),
        ("1381234567²", ["mobile-characters"]),
        ("1381234567٨", ["mobile-characters"]),
        ("abc", ["mobile-characters", "mobile-length"]),
        (f"{NUMBER}\n{NUMBER}", ["entry-several-lines"]),
        ("1" * 10_000, ["entry-too-long"]),
    ],
)
def test_each_thing_that_is_wrong_has_its_own_problem(typed: str, expected: list[str]) -> None:
    assert [problem.code for problem in check_mobile(typed).problems] == expected


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_every_mainland_mobile_number_is_taken_unchanged(number: str) -> None:
    verdict = check_mobile(number)
    assert verdict.value == number
    assert not verdict.notes


def test_a_masked_number_shows_its_ends() -> None:
    assert mask_mobile(NUMBER) == "138****5678"
    assert mask_mobile("138") == "***"
