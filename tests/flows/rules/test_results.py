"""How long earlier passes count, and which are lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.schema import Bilingual, Exam, Level
from flows.rules.eligibility import EligibilityAnswer
from flows.rules.results import EarlierPass, alive, decode, earlier_verdict, encode, invalid_passes
from flows.verdict import Named

NAME = Bilingual(en="x", zh="某")
ANSWER = EligibilityAnswer(True, 4, 6.0, "bachelor", None, False, None, (), 2018)

ids = st.text(st.characters(categories=["Ll", "Nd", "Lo"], include_characters="-"), min_size=1, max_size=20)
passes = st.builds(
    EarlierPass, st.just("cost"), st.sampled_from(["all", "one", "unknown"]), ids, st.integers(2010, 2025)
)


def exam() -> Exam:
    def level(id: str, years: int | None) -> Level:
        return Level(id=id, name=NAME, kind="all", subjects=(), score_years=years)

    return Exam(
        id="cost",
        name=NAME,
        aliases=(),
        organiser="national",
        levels=(level("all", 4), level("two", 2), level("one", 1), level("unknown", None)),
        majors=(),
        subjects=(),
        eligibility={},
        source="made up",
    )


def passed(level: str, year: int, subject: str = "law") -> EarlierPass:
    return EarlierPass("cost", level, subject, year)


@pytest.mark.req("13.3")
@pytest.mark.parametrize(
    ("level", "year", "counts"),
    [
        ("all", 2016, False),
        ("all", 2017, True),
        ("two", 2018, False),
        ("two", 2019, True),
        ("one", 2019, False),
        ("unknown", 2001, True),
        ("no-longer-in-the-catalogue", 2001, True),
        ("all", 2020, False),
        ("all", 2021, False),
    ],
)
def test_a_pass_counts_for_the_years_of_its_level_and_unknown_life_ends_nothing(
    level: str, year: int, counts: bool
) -> None:
    assert bool(alive(exam(), (passed(level, year),), 2020)) is counts


def test_passes_of_another_exam_do_not_count_here() -> None:
    assert alive(exam(), (EarlierPass("pharmacist", "all", "law", 2019),), 2020) == ()


@given(st.lists(passes, max_size=6), st.integers(2015, 2025))
def test_a_pass_that_is_over_never_comes_back(held: list[EarlierPass], year: int) -> None:
    now, later = alive(exam(), held, year), alive(exam(), held, year + 1)
    assert {each for each in later if each.year < year} <= set(now)


@pytest.mark.req("17.2")
def test_passes_from_before_the_years_were_reached_are_lost_and_that_year_itself_is_not() -> None:
    before, same, after = passed("all", 2017), passed("all", 2018), passed("all", 2019)
    assert invalid_passes((before, same, after), 2018) == (before,)
    assert invalid_passes((before, same, after), None) == ()


@pytest.mark.req("17.1")
def test_an_earlier_candidate_without_the_education_is_not_registered_and_keeps_the_archive() -> None:
    answer = replace(ANSWER, met=False, eligible_from=None)
    verdict = earlier_verdict(exam(), (passed("all", 2019),), 2020, answer)
    assert (verdict.valid, verdict.invalid) == (False, ())
    assert verdict.reason is not None
    assert verdict.reason.code == "earlier-not-eligible"


@pytest.mark.req("17.1", "17.2")
def test_an_earlier_candidate_short_of_years_is_not_registered_and_loses_what_was_passed_too_early() -> None:
    answer = replace(ANSWER, met=False, eligible_from=2022)
    held = (passed("all", 2018), passed("all", 2019, "cases"))
    verdict = earlier_verdict(exam(), held, 2020, answer)
    assert (verdict.valid, verdict.invalid) == (False, held)
    assert verdict.reason is not None
    assert verdict.reason.args["from"] == 2022
    assert verdict.reason.args["subjects"] == (Named("subject", "cost/law"), Named("subject", "cost/cases"))


@pytest.mark.req("17.2")
def test_who_is_eligible_now_but_was_not_at_a_pass_stays_registered_and_loses_that_pass() -> None:
    early, good = passed("all", 2017), passed("all", 2018, "cases")
    verdict = earlier_verdict(exam(), (early, good), 2020, ANSWER)
    assert (verdict.valid, verdict.invalid) == (True, (early,))
    assert verdict.reason is not None
    assert verdict.reason.code == "earlier-years-short"


@pytest.mark.req("17.2")
def test_a_pass_that_is_over_anyway_is_not_named_as_lost() -> None:
    verdict = earlier_verdict(exam(), (passed("two", 2015),), 2020, ANSWER)
    assert (verdict.valid, verdict.invalid, verdict.reason) == (True, (), None)


@pytest.mark.req("17.1")
def test_where_the_conditions_cannot_be_told_nothing_is_taken_away() -> None:
    answer = replace(ANSWER, met=None, eligible_from=None)
    verdict = earlier_verdict(exam(), (passed("all", 2017),), 2020, answer)
    assert (verdict.valid, verdict.invalid, verdict.reason) == (True, (), None)


def test_a_candidate_without_passes_in_this_exam_is_no_earlier_candidate() -> None:
    other = EarlierPass("pharmacist", "all", "law", 2019)
    assert earlier_verdict(exam(), (other,), 2020, replace(ANSWER, met=False)).valid


@given(st.builds(EarlierPass, ids, ids, ids, st.integers(1990, 2100)))
def test_a_pass_reads_back_as_it_was_written(held: EarlierPass) -> None:
    assert decode(encode(held)) == held


@pytest.mark.parametrize("text", ["", "a/b/c", "a/b/c/d/2019", "a/b/c/soon"])
def test_what_is_no_pass_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(text)


@pytest.mark.parametrize("broken", [EarlierPass("", "b", "c", 2019), EarlierPass("a", "b/x", "c", 2019)])
def test_a_pass_that_could_not_be_read_back_is_not_written(broken: EarlierPass) -> None:
    with pytest.raises(ValueError, match="no ids"):
        encode(broken)
