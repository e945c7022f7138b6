"""Which level follows from what is held, which passes it would cut off, and which subjects it has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load
from content.schema import Bilingual, Exam, Level, Subject
from flows.rules.levels import all_taken, check_subjects, level_trap, subjects_for, suggest_level
from flows.rules.results import EarlierPass
from flows.verdict import Named

NAME = Bilingual(en="x", zh="某")
SUBJECTS = ("economics", "law", "management", "practice")


def level(id: str, kind: str, subjects: tuple[str, ...], years: int | None) -> Level:
    return Level(id=id, name=NAME, kind=kind, subjects=subjects, score_years=years)  # type: ignore[arg-type]


ALL = level("all", "all", SUBJECTS, 2)
EXEMPT = level("exempt-2", "exempt", ("law", "practice"), 1)
ADDED = level("additional", "additional", ("practice",), 2)


def exam(*levels: Level) -> Exam:
    return Exam(
        id="constructor",
        name=NAME,
        aliases=(),
        organiser="national",
        levels=levels or (ALL, EXEMPT, ADDED),
        majors=(),
        subjects=tuple(Subject(id=each, name=NAME) for each in SUBJECTS),
        eligibility={},
        source="made up",
    )


def passed(subject: str, year: int = 2019, level: str = "all", exam: str = "constructor") -> EarlierPass:
    return EarlierPass(exam, level, subject, year)


@pytest.mark.req("L.8")
@pytest.mark.parametrize(
    ("holds", "exempt", "expected"),
    [
        (False, False, ALL),
        (False, True, EXEMPT),
        (True, False, ADDED),
        (True, True, ADDED),
        (None, False, None),
        (False, None, None),
    ],
)
def test_the_level_follows_from_the_two_answers_and_waits_for_both(
    holds: bool | None, exempt: bool | None, expected: Level | None
) -> None:
    assert suggest_level(exam(), (), holds_other_major=holds, exempt=exempt) == expected


@pytest.mark.req("L.8")
def test_an_answer_is_not_waited_for_where_no_level_depends_on_it() -> None:
    assert suggest_level(exam(ALL), (), holds_other_major=None, exempt=None) == ALL


@pytest.mark.req("L.8")
def test_of_several_fitting_levels_none_is_guessed() -> None:
    other = level("exempt-1", "exempt", ("law",), 1)
    assert suggest_level(exam(ALL, EXEMPT, other), (), holds_other_major=False, exempt=True) is None


@pytest.mark.req("L.8")
def test_the_level_of_the_latest_pass_is_kept() -> None:
    held = (passed("law", 2019, "exempt-2"), passed("law", 2018))
    assert suggest_level(exam(), held, holds_other_major=False, exempt=False) == EXEMPT
    assert suggest_level(exam(), held[1:], holds_other_major=None, exempt=None) == ALL


@pytest.mark.req("L.8")
def test_who_holds_a_certificate_adds_a_major_whatever_was_passed_for_it() -> None:
    held = tuple(passed(each) for each in SUBJECTS)
    assert suggest_level(exam(), held, holds_other_major=True, exempt=None) == ADDED


@pytest.mark.req("L.8")
def test_another_level_than_that_of_earlier_passes_is_warned_of_with_what_would_be_lost() -> None:
    trap = level_trap(exam(), "exempt-2", (passed("law"), passed("economics")))
    assert trap is not None
    assert trap.code == "level-cuts-off"
    assert trap.args["earlier"] == Named("level", "constructor/all")
    assert trap.args["chosen"] == Named("level", "constructor/exempt-2")
    assert trap.args["subjects"] == (
        Named("subject", "constructor/economics"),
        Named("subject", "constructor/law"),
    )


@pytest.mark.req("L.8")
@pytest.mark.parametrize(
    "held",
    [
        (),
        (passed("law"),),
        (passed("law", level="exempt-2", exam="pharmacist"),),
        (passed("law", level="gone"),),
        (passed("law", level="exempt-2"), passed("practice", level="exempt-2")),
    ],
    ids=["none", "same level", "another exam", "level no longer known", "level finished"],
)
def test_a_level_that_cuts_nothing_off_is_not_warned_of(held: tuple[EarlierPass, ...]) -> None:
    assert level_trap(exam(), "all", held) is None


@pytest.mark.req("13.3")
def test_the_subjects_of_a_level_come_in_its_order_and_an_unknown_level_has_none() -> None:
    assert [each.id for each in subjects_for(exam(), "exempt-2", "building")] == ["law", "practice"]
    assert subjects_for(exam(), "unknown", "building") == ()


@pytest.mark.req("13.3")
def test_where_scores_live_one_year_all_subjects_are_taken_and_none_is_chosen_by_hand() -> None:
    assert all_taken(exam(), "exempt-2")
    assert not all_taken(exam(), "all")
    assert not all_taken(exam(), "unknown")
    assert check_subjects(exam(), "exempt-2", (), (), 2020).value == ("law", "practice")
    assert check_subjects(exam(), "exempt-2", ("law",), (), 2020).value == ("law", "practice")


@pytest.mark.req("13.3")
def test_every_one_year_level_of_the_catalogue_takes_all_its_subjects() -> None:
    yearly = [
        (each, level) for each in load().exams.values() for level in each.levels if level.score_years == 1
    ]
    assert ("registered-surveyor", "all-subjects") in {(each.id, level.id) for each, level in yearly}
    for each, level in yearly:
        assert check_subjects(each, level.id, (), (), 2020).value == level.subjects


@pytest.mark.req("13.3")
@pytest.mark.parametrize(
    ("chosen", "codes"),
    [
        ((), ["subjects-none"]),
        (("poetry",), ["subjects-none"]),
        (("law", "poetry"), ["subjects-unknown"]),
        (("economics",), ["subject-passed-already"]),
    ],
)
def test_a_choice_that_cannot_be_taken_says_why(chosen: tuple[str, ...], codes: list[str]) -> None:
    verdict = check_subjects(exam(), "all", chosen, (passed("economics"),), 2020)
    assert verdict.value is None
    assert [each.code for each in verdict.problems] == codes


@pytest.mark.req("13.3")
def test_a_pass_in_its_last_year_is_named_while_a_missing_subject_is_left_out() -> None:
    held = (passed("economics", 2019),)
    left = check_subjects(exam(), "all", ("law", "practice"), held, 2020)
    assert left.value == ("law", "practice")
    assert [(each.code, each.args["year"]) for each in left.warnings] == [("subject-last-year", 2020)]
    everything = check_subjects(exam(), "all", ("law", "management", "practice"), held, 2020)
    assert everything.warnings == ()


@pytest.mark.req("13.3")
def test_a_pass_at_another_level_does_not_take_a_subject_away() -> None:
    held = (passed("law", level="exempt-2"),)
    assert check_subjects(exam(), "all", ("law",), held, 2020).value == ("law",)


@given(st.lists(st.sampled_from([*SUBJECTS, "poetry"])), st.lists(st.sampled_from(SUBJECTS)))
def test_what_is_taken_is_offered_wanted_and_not_passed(chosen: list[str], held: list[str]) -> None:
    verdict = check_subjects(exam(), "all", chosen, [passed(each) for each in held], 2020)
    if verdict.value is None:
        assert not chosen or "poetry" in chosen or set(chosen) & set(held)
    else:
        assert list(verdict.value) == [each for each in SUBJECTS if each in chosen]
        assert not set(verdict.value) & set(held)
