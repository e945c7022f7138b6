"""The rule for ID numbers: FAQ 11.5, GB 11643, MOD 11-2, and the other documents."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.cn import ric

from flows.rules.identity import (
    ID_TYPES,
    born,
    check_id_number,
    comparable_id_number,
    guess_id_type,
    mask_id_number,
)
from flows.verdict import Problem

TODAY = date(2020, 7, 1)
RESIDENT = "11010519491231002X"


def with_check(body: str) -> str:
    """Compute the check character by the weights of GB 11643, not by the library under test."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def codes(typed: str, id_type: str = "resident-id", today: date = TODAY) -> list[str]:
    return [problem.code for problem in check_id_number(typed, id_type, today).problems]


@pytest.mark.req("11.5")
def test_a_right_number_is_taken() -> None:
    verdict = check_id_number(RESIDENT, "resident-id", TODAY)
    assert verdict.value == RESIDENT
    assert not verdict.warnings
    assert not verdict.notes


@pytest.mark.req("11.5")
@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("11010519491231002x", "id-letters-raised"),
        ("１１０１０５１９４９１２３１００２Ｘ", "entry-full-width-folded"),
        ("110105 19491231 002X", "entry-separators-removed"),
        ("110105-19491231-002X", "entry-separators-removed"),
        ("110105\u201319491231\u2013002X", "entry-separators-removed"),
        ("110105\u200b19491231002X", "entry-hidden-removed"),
    ],
)
def test_ways_of_writing_are_folded_with_a_note(typed: str, note: str) -> None:
    verdict = check_id_number(typed, "resident-id", TODAY)
    assert verdict.value == RESIDENT
    assert [each.code for each in verdict.notes] == [note]


@pytest.mark.req("11.5")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["id-missing"]),
        ("   ", ["id-missing"]),
        (RESIDENT[:-1], ["id-length"]),
        (RESIDENT + "1", ["id-length"]),
        ("110105491231002", ["id-fifteen-digits"]),
        ("110105194912310021", ["id-check-digit"]),
        (with_check("10010519491231002"), ["id-region-unknown"]),
        (with_check("11010519900230002"), ["id-birth-not-real"]),
        (with_check("11010520201231002"), ["id-birth-future"]),
        (with_check("11010518000101002"), ["id-birth-year"]),
        (with_check("11010519000101002"), []),
        (with_check("11010520100101002"), ["id-too-young"]),
        (with_check("81000019900101001"), ["id-is-residence-permit"]),
        ("911840198803070018", ["id-is-foreign-permanent-resident"]),
        ("1101051949123100²X", ["id-characters"]),
        ("1101051949123100①X", ["id-characters"]),
        ("1101051949123100٢X", ["id-characters"]),
        ("1101051949123100〇X", ["id-characters"]),
        ("ß1010519491231002X", ["id-characters"]),
        ("X1010519491231002X", ["id-x-place"]),
        ("'; DROP TABLE", ["id-characters", "id-length"]),
        (RESIDENT + "\n" + RESIDENT, ["entry-several-lines"]),
        ("1" * 1_000_000, ["entry-too-long"]),
    ],
)
def test_each_thing_that_is_wrong_has_its_own_problem(typed: str, expected: list[str]) -> None:
    assert codes(typed) == expected


def test_a_length_problem_tells_both_lengths() -> None:
    verdict = check_id_number(RESIDENT[:-1], "resident-id", TODAY)
    assert verdict.problems == (Problem("id-length", {"needed": 18, "typed": 17}),)


def test_the_right_check_character_is_never_told() -> None:
    (problem,) = check_id_number("110105194912310021", "resident-id", TODAY).problems
    assert not problem.args


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2020, 6, 30), ["id-too-young"]),
        (date(2020, 7, 1), []),
        (date(2126, 7, 1), []),
        (date(2127, 7, 1), ["id-too-old"]),
    ],
)
def test_the_age_runs_from_fourteen_to_a_hundred_and_twenty(today: date, expected: list[str]) -> None:
    assert codes(with_check("11010520060701002"), today=today) == expected


@pytest.mark.parametrize("county", ["330113", "133100", "119999"])
def test_a_county_not_in_the_table_is_warned_of_and_taken(county: str) -> None:
    number = with_check(f"{county}19900101001")
    verdict = check_id_number(number, "resident-id", TODAY)
    assert verdict.value == number
    assert verdict.warnings == (Problem("id-county-unknown", {"county": county}),)
    with pytest.raises(KeyError):
        ric.is_valid(number)


@given(
    st.integers(0, 10**11 - 1),
    st.sampled_from(["110105", "320102", "440524"]),
    st.dates(date(1950, 1, 1), date(2000, 1, 1)),
)
def test_the_check_character_agrees_with_the_standard(serial: int, region: str, day: date) -> None:
    number = with_check(f"{region}{day:%Y%m%d}{serial % 1000:03}")
    assert codes(number) == []
    assert born("resident-id", number) == day


@given(st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_mistyped_character_is_noticed(place: int, character: str) -> None:
    assume(RESIDENT[place] != character)
    assert codes(RESIDENT[:place] + character + RESIDENT[place + 1 :])


@given(st.integers(0, 16))
def test_two_neighbours_exchanged_are_noticed(place: int) -> None:
    assume(RESIDENT[place] != RESIDENT[place + 1])
    swapped = RESIDENT[:place] + RESIDENT[place + 1] + RESIDENT[place] + RESIDENT[place + 2 :]
    assert codes(swapped)


@pytest.mark.parametrize(
    ("typed", "id_type"),
    [
        ("810000199001010019", "residence-permit"),
        ("830000198505050021", "residence-permit"),
        ("911840198803070018", "foreign-permanent-resident"),
        ("93200119991231000X", "foreign-permanent-resident"),
        ("USA110000900101", "foreign-permanent-resident"),
        ("H12345678", "hk-macau-permit"),
        ("M1234567801", "hk-macau-permit"),
        ("12345678", "taiwan-permit"),
        ("E12345678", "passport"),
        ("AB1234567", "passport"),
    ],
)
def test_other_documents_are_taken_and_said_to_be_verified_by_hand(typed: str, id_type: str) -> None:
    verdict = check_id_number(typed, id_type, TODAY)
    assert verdict.value == typed
    assert [warning.code for warning in verdict.warnings] == ["id-checked-by-hand"]


@pytest.mark.parametrize(
    ("typed", "id_type", "expected"),
    [
        ("810000199001010018", "residence-permit", ["id-check-digit"]),
        (RESIDENT, "residence-permit", ["id-not-residence-permit"]),
        ("81000019900101001", "residence-permit", ["id-length"]),
        (with_check("81000019900231001"), "residence-permit", ["id-birth-not-real"]),
        ("H1234567", "hk-macau-permit", ["id-hk-macau-form"]),
        ("H123456789", "hk-macau-permit", ["id-hk-macau-form"]),
        ("A12345678", "hk-macau-permit", ["id-hk-macau-form"]),
        ("12345六78", "taiwan-permit", ["id-characters-latin"]),
        ("911840198803070019", "foreign-permanent-resident", ["id-check-digit"]),
        (RESIDENT, "foreign-permanent-resident", ["id-not-foreign-permanent-resident"]),
        ("US110000900101", "foreign-permanent-resident", ["id-foreign-form"]),
        ("91184019880307001²", "foreign-permanent-resident", ["id-characters"]),
        ("E1234567?", "passport", ["id-characters-latin"]),
        ("E" * 21, "passport", ["id-too-long"]),
        (RESIDENT, "library-card", ["id-type-unknown"]),
    ],
)
def test_other_documents_have_rules_of_their_own(typed: str, id_type: str, expected: list[str]) -> None:
    assert codes(typed, id_type) == expected


@pytest.mark.parametrize(
    ("typed", "id_type", "warning"),
    [
        ("1234567890", "taiwan-permit", "id-taiwan-length"),
        ("E12", "passport", "id-passport-short"),
        (with_check("81010019900101001"), "residence-permit", "id-county-unknown"),
    ],
)
def test_what_is_not_certain_warns_and_does_not_stop(typed: str, id_type: str, warning: str) -> None:
    verdict = check_id_number(typed, id_type, TODAY)
    assert verdict.ok
    assert warning in [each.code for each in verdict.warnings]


def test_a_birth_date_is_read_only_where_there_is_one() -> None:
    assert born("resident-id", RESIDENT) == date(1949, 12, 31)
    assert born("foreign-permanent-resident", "911840198803070018") == date(1988, 3, 7)
    assert born("foreign-permanent-resident", "USA110000900101") is None
    assert born("resident-id", "110105199002300021") is None
    assert born("passport", RESIDENT) is None


def test_a_reissued_permit_is_still_the_same_persons() -> None:
    assert comparable_id_number("hk-macau-permit", "H1234567801") == comparable_id_number(
        "hk-macau-permit", "H12345678"
    )
    assert comparable_id_number("resident-id", RESIDENT) == RESIDENT


@pytest.mark.parametrize(
    ("number", "id_type"),
    [
        (RESIDENT, "resident-id"),
        ("110105", "resident-id"),
        ("810000199001010019", "residence-permit"),
        ("911840198803070018", "foreign-permanent-resident"),
        ("H12345678", "hk-macau-permit"),
        ("E12345678", "passport"),
    ],
)
def test_the_kind_of_document_is_guessed_from_the_number(number: str, id_type: str) -> None:
    assert guess_id_type(number) == id_type


@pytest.mark.parametrize(
    ("number", "masked"),
    [(RESIDENT, "110***********002X"), ("H12345678", "H******78"), ("E123", "****"), ("", "")],
)
def test_a_masked_number_hides_the_birth_date(number: str, masked: str) -> None:
    assert mask_id_number(number) == masked


@given(st.text(max_size=40), st.sampled_from(ID_TYPES))
def test_no_problem_repeats_the_whole_number(typed: str, id_type: str) -> None:
    for problem in check_id_number(typed, id_type, TODAY).problems:
        for value in problem.args.values():
            assert len(typed) < 12 or value != typed
