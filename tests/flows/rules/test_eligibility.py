"""Years of work: read, added up, and held against the conditions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load
from content.schema import Bilingual, Edition, EligibilityRow, EligibilityTable, Exam, Level
from flows.dossier import AcademicRecord
from flows.rules.eligibility import EligibilityAnswer, eligibility, parse_work, work_sum
from flows.verdict import Named

NAME = Bilingual(en="x", zh="某")
LEVEL = Level(id="all", name=NAME, kind="all", subjects=(), score_years=2)


def table(*rows: tuple[str, bool | None, int | None], uncertain: bool = False) -> EligibilityTable:
    return EligibilityTable(
        since="2019",
        source="made up",
        uncertain=uncertain,
        rows=tuple(
            EligibilityRow(education=level, related=related, years=years)  # type: ignore[arg-type]
            for level, related, years in rows
        ),
    )


PLAIN = table(("junior-college", None, 6), ("bachelor", None, 4), ("master", None, 2), ("doctor", None, 0))


def edition(column: str = "2019") -> Edition:
    return Edition(
        id="pilot",
        name=NAME,
        summary=NAME,
        begins=date(2019, 6, 1),
        ends=None,
        source="made up",
        choice=False,
        withdrawal=False,
        papers="two",
        exams=("constructor",),
        provincial={},
        scope_paragraph="2.1",
        eligibility=column,
    )


def exam(**tables: EligibilityTable) -> Exam:
    return Exam(
        id="constructor",
        name=NAME,
        aliases=(),
        organiser="national",
        levels=(LEVEL,),
        majors=(),
        subjects=(),
        eligibility={key.removeprefix("of_").replace("_", ":"): each for key, each in tables.items()},
        source="made up",
    )


def education(
    level: str, graduated: str = "2005-07", study: str = "full-time", index: int = 0
) -> AcademicRecord:
    return AcademicRecord("education", index, {"level": level, "graduated": graduated, "study": study})


def degree(level: str, awarded: str) -> AcademicRecord:
    return AcademicRecord("degree", 0, {"level": level, "awarded": awarded})


def judge(work: str, *records: AcademicRecord, under: Exam | None = None, **more: Any) -> EligibilityAnswer:
    return eligibility(
        under or exam(of_2019=PLAIN),
        more.get("level", LEVEL),
        edition(more.get("column", "2019")),
        [each for each in records if each.kind == "education"],
        [each for each in records if each.kind == "degree"],
        work_sum(work, more.get("year", 2020)),
    )


def codes(answer: EligibilityAnswer) -> list[str]:
    return [each.code for each in answer.reasons]


# Reading -----------------------------------------------------------------------------------------------


@pytest.mark.req("13.3")
@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("6", "6"),
        (" 6.5 ", "6.5"),
        ("6.0", "6"),
        ("06", "6"),
        ("0", "0"),
        ("70", "70"),
        ("６年", "6"),
        ("6 years", "6"),
        ("1 year", "1"),
        ("6年半", "6.5"),
        ("six", "6"),
        ("六年", "6"),
        ("十年", "10"),
        ("十二年半", "12.5"),
        ("二十", "20"),
    ],
)
def test_a_number_of_years_is_read_in_figures_and_words(typed: str, normal: str) -> None:
    assert parse_work(typed, 2020).value == normal


@pytest.mark.req("13.3")
@pytest.mark.parametrize(
    "typed",
    [
        "2012-07 to 2015-06; 2016-01 to now",
        "2016-01 to now; 2012-07 to 2015-06",
        "2012.07-2015.06，2016.01至今",
        "2012/07-2015/06, 2016/01-present",
        "2012年7月至2015年6月；2016年1月到现在",
        "2012年7月到2015年6月和2016年1月至今",
        "July 2012 to June 2015 and Jan 2016 to now",
        "201207-201506\n201601~201812;201901—至今",
        "２０１２－０７ to ２０１５－０６；２０１６－０１ to today",
        "2012-07/2015-06;2016-01/2020-12",
    ],
)
def test_periods_are_read_as_people_write_them_and_put_in_order(typed: str) -> None:
    verdict = parse_work(typed, 2020)
    assert verdict.value is not None
    assert work_sum(verdict.value, 2020).months == 36 + 60
    assert verdict.value.startswith("2012-07/2015-06;2016-01/")
    assert verdict.value.endswith("/2020-12")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "work-empty"),
        ("  \n ; ", "work-empty"),
        ("many", "work-not-understood"),
        ("-3", "work-not-understood"),
        ("²", "work-not-understood"),
        ("2016-01", "work-not-understood"),
        ("[/x]", "work-not-understood"),
        ("'; DROP TABLE fact; --", "work-not-understood"),
        ("71", "work-too-long"),
        ("1950-01 to now", "work-too-long"),
        ("2012-13 to now", "work-month"),
        ("1949-12 to 1999-12", "work-month"),
        ("2015-06 to 2012-07", "work-order"),
        ("2021-01 to 2021-05", "work-after-exam"),
        ("2012-07 to 2015-06; 2021-01 to now", "work-after-exam"),
        ("6" * 10_000, "entry-too-long"),
        ("2012-07 to " * 1_000, "entry-too-long"),
    ],
)
def test_what_cannot_be_counted_says_why(typed: str, code: str) -> None:
    verdict = parse_work(typed, 2020)
    assert verdict.value is None
    assert [each.code for each in verdict.problems] == [code]


@pytest.mark.req("13.3")
def test_work_after_the_exam_year_is_left_out_and_overlaps_count_once_and_both_are_said() -> None:
    verdict = parse_work("2018-01 to 2019-12; 2019-07 to 2022-03", 2020)
    assert verdict.value == "2018-01/2019-12;2019-07/2020-12"
    assert [each.code for each in verdict.notes] == ["work-cut-off", "work-overlap"]
    assert work_sum(verdict.value, 2020).months == 36


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_and_what_is_taken_can_be_counted(typed: str) -> None:
    verdict = parse_work(typed, 2020)
    if verdict.value is not None:
        assert 0 <= work_sum(verdict.value, 2020).months <= 70 * 12


months = st.integers(1980 * 12, 2020 * 12 + 11).map(lambda index: f"{index // 12}-{index % 12 + 1:02}")
periods = st.lists(st.tuples(months, months).map(sorted), min_size=1, max_size=5)


@pytest.mark.req("13.3")
@given(periods)
def test_reading_what_was_read_changes_nothing_and_order_does_not_matter(spans: list[list[str]]) -> None:
    written = "; ".join(f"{begins} to {ends}" for begins, ends in spans)
    verdict = parse_work(written, 2020)
    assert verdict.value is not None
    assert parse_work(verdict.value, 2020).value == verdict.value
    backwards = "; ".join(f"{begins} to {ends}" for begins, ends in reversed(spans))
    assert parse_work(backwards, 2020).value == verdict.value


# Adding up ---------------------------------------------------------------------------------------------


@pytest.mark.req("13.3")
@pytest.mark.parametrize(
    ("normal", "year", "counted", "years"),
    [
        ("6", 2020, 72, 6.0),
        ("6.5", 2020, 78, 6.5),
        ("2012-07/2015-06", 2020, 36, 3.0),
        ("2012-07/2012-07", 2020, 1, 0.0),
        ("2012-07/2015-05", 2020, 35, 2.9),
        ("2018-01/2022-12", 2020, 36, 3.0),
        ("2018-01/2022-12", 2017, 0, 0.0),
        ("2018-01/2018-12;2019-01/2019-12", 2020, 24, 2.0),
        ("2018-01/2019-06;2019-01/2019-12", 2020, 24, 2.0),
        ("2018-01/2019-12;2018-06/2018-07", 2020, 24, 2.0),
    ],
)
def test_months_are_counted_once_up_to_december_of_the_exam_year(
    normal: str, year: int, counted: int, years: float
) -> None:
    found = work_sum(normal, year)
    assert (found.months, found.years, found.until) == (counted, years, f"{year}-12")


@pytest.mark.req("13.3")
@given(periods, st.integers(1980, 2020))
def test_the_sum_is_the_number_of_distinct_months(spans: list[list[str]], year: int) -> None:
    def index(month: str) -> int:
        return int(month[:4]) * 12 + int(month[5:]) - 1

    distinct = {each for begins, ends in spans for each in range(index(begins), index(ends) + 1)}
    normal = ";".join("/".join(each) for each in spans)
    assert work_sum(normal, year).months == sum(each < (year + 1) * 12 for each in distinct)


# The conditions ----------------------------------------------------------------------------------------


@pytest.mark.req("13.3")
@pytest.mark.parametrize(
    ("work", "met", "since"),
    [("4", True, 2020), ("3.9", False, 2021), ("3", False, 2021), ("2.9", False, 2022), ("6", True, 2018)],
)
def test_the_years_are_met_to_the_month_and_the_first_year_is_told(work: str, met: bool, since: int) -> None:
    answer = judge(work, education("bachelor"))
    assert (answer.met, answer.needed, answer.have, answer.by) == (met, 4, float(work), "bachelor")
    assert answer.eligible_from == since


@pytest.mark.req("13.3")
def test_the_best_record_counts_and_a_degree_counts_as_its_level() -> None:
    both = judge("3", education("junior-college"), education("bachelor", index=1))
    assert (both.needed, both.by) == (4, "bachelor")
    master = judge("3", education("bachelor"), degree("master", "2012-06"))
    assert (master.met, master.needed, master.by) == (True, 2, "master")


@pytest.mark.req("13.3")
def test_a_higher_education_than_the_rule_names_meets_the_row_below_it() -> None:
    under = exam(of_2019=table(("junior-college", None, 4), ("bachelor", None, 3), ("master", None, None)))
    assert (judge("3", education("doctor"), under=under).by) == "bachelor"
    assert judge("3", education("secondary"), under=under).met is False


@pytest.mark.req("13.3")
def test_an_education_below_every_row_is_not_enough_whatever_the_years() -> None:
    answer = judge("40", education("secondary"))
    assert (answer.met, answer.needed, answer.eligible_from) == (False, None, None)
    assert codes(answer) == ["eligibility-education"]


@pytest.mark.req("13.3")
def test_no_years_asked_for_is_met_from_graduation_on() -> None:
    answer = judge("0", education("doctor", "2016-07"))
    assert (answer.met, answer.needed, answer.eligible_from) == (True, 0, 2016)


@pytest.mark.req("17.2")
def test_the_first_year_comes_from_the_periods_and_not_from_counting_back_over_gaps() -> None:
    work = "2008-01/2010-12;2016-01/2020-12"
    assert judge(work, education("bachelor", "2005-07")).eligible_from == 2016
    assert judge("8", education("bachelor", "2005-07")).eligible_from == 2016
    assert judge("2008-01/2010-12;2019-01/2020-12", education("bachelor")).eligible_from == 2019


@pytest.mark.req("17.2")
def test_nobody_was_eligible_before_graduating_with_the_education_that_counts() -> None:
    work = "2000-01/2020-12"
    assert judge(work, education("bachelor", "2015-07")).eligible_from == 2015
    lower_first = judge(
        work, education("bachelor", "2015-07"), education("junior-college", "2003-07", index=1)
    )
    assert lower_first.eligible_from == 2005


@pytest.mark.req("13.3")
def test_the_worked_sum_shows_each_period_then_what_is_asked_for() -> None:
    answer = judge("2012-07/2013-06;2016-01/2017-06", education("bachelor"))
    assert codes(answer) == ["eligibility-period", "eligibility-period", "eligibility-short"]
    assert [each.args["months"] for each in answer.reasons[:2]] == [12, 18]
    assert answer.reasons[2].args == {
        "needed": 4,
        "have": 2.5,
        "year": 2020,
        "education": Named("word", "education.level.bachelor"),
        "from": 2022,
    }


@pytest.mark.req("13.3")
def test_work_before_a_full_time_graduation_is_pointed_out() -> None:
    assert "eligibility-study-overlap" in codes(judge("2003-01/2020-12", education("bachelor", "2005-07")))
    assert "eligibility-study-overlap" not in codes(
        judge("2005-07/2020-12", education("bachelor", "2005-07"))
    )
    part_time = education("bachelor", "2005-07", study="part-time")
    assert "eligibility-study-overlap" not in codes(judge("2003-01/2020-12", part_time))


@pytest.mark.req("13.3")
def test_a_related_major_is_assumed_with_a_warning_only_while_it_decides() -> None:
    under = exam(of_2019=table(("bachelor", True, 3), ("bachelor", False, 5)))
    decides = judge("4", education("bachelor"), under=under)
    assert (decides.met, decides.needed, decides.related) == (True, 3, True)
    assert decides.reasons[-1].code == "eligibility-related-assumed"
    assert decides.reasons[-1].args == {"other": 5}
    assert codes(judge("5", education("bachelor"), under=under)) == ["eligibility-met"]
    only = exam(of_2019=table(("bachelor", True, 3), ("bachelor", False, None)))
    assert codes(judge("20", education("bachelor"), under=only))[-1] == "eligibility-related-only"


@pytest.mark.req("13.3")
@pytest.mark.parametrize("work", ["0", "40"])
def test_uncertain_conditions_never_decide_and_take_nothing_away(work: str) -> None:
    shaky = exam(of_2019=table(("bachelor", None, 4), uncertain=True))
    answer = judge(work, education("bachelor"), under=shaky)
    assert (answer.met, answer.uncertain, answer.eligible_from, answer.needed) == (None, True, None, 4)
    assert codes(answer)[-1] == "eligibility-uncertain"
    unsure = Level(id="all", name=NAME, kind="all", subjects=(), score_years=2, uncertain=True)
    assert judge(work, education("bachelor"), level=unsure).met is None
    assert judge(work, education("secondary"), under=shaky).met is None


@pytest.mark.req("13.3")
def test_missing_conditions_never_block() -> None:
    answer = judge("0", education("bachelor"), under=exam())
    assert (answer.met, answer.needed, answer.uncertain) == (None, None, True)
    assert codes(answer) == ["eligibility-unknown"]


@pytest.mark.req("13.3")
def test_a_level_with_conditions_of_its_own_goes_by_them() -> None:
    own = Level(id="primary", name=NAME, kind="grade", subjects=(), score_years=1, eligibility="low")
    under = exam(of_2019=PLAIN, of_2019_low=table(("secondary", None, 1)))
    assert judge("1", education("secondary"), under=under, level=own).met is True
    assert judge("1", education("secondary"), under=under).met is False


@pytest.mark.req("L.7")
def test_lowered_years_hold_in_the_later_edition_and_the_older_figure_is_shown_as_outdated() -> None:
    under = exam(of_2019=PLAIN, of_2022=table(("junior-college", None, 4), ("bachelor", None, 4)))
    lowered = judge("4", education("junior-college"), under=under, column="2022")
    assert (lowered.met, lowered.needed, lowered.outdated) == (True, 4, 6)
    assert lowered.reasons[-1].code == "eligibility-outdated"
    same = judge("4", education("bachelor"), under=under, column="2022")
    assert (same.outdated, codes(same)) == (None, ["eligibility-met"])
    pilot = judge("4", education("junior-college"), under=under)
    assert (pilot.met, pilot.needed, pilot.outdated) == (False, 6, None)


@pytest.mark.req("L.7")
def test_the_years_of_the_class_1_constructor_were_lowered_in_the_catalogue() -> None:
    content = load()
    constructor = content.exams["class-1-constructor"]
    level = constructor.level("all-subjects")
    assert level is not None
    found = {
        id: eligibility(constructor, level, each, [education("bachelor")], [], work_sum("3", 2023))
        for id, each in content.editions.items()
    }
    assert (found["pilot"].needed, found["pilot"].met, found["pilot"].outdated) == (4, False, None)
    assert (found["current"].needed, found["current"].met, found["current"].outdated) == (3, True, 4)


def test_every_exam_of_the_catalogue_gives_an_answer_whose_reasons_can_be_said() -> None:
    content = load()
    for each in content.exams.values():
        for level in each.levels:
            for rules in content.editions.values():
                for held in ("secondary", "junior-college", "bachelor", "master", "doctor"):
                    work = work_sum("2008-01/2009-12", 2023)
                    answer = eligibility(each, level, rules, [education(held)], [], work)
                    assert answer.met is not False or not answer.uncertain
                    for reason in answer.reasons:
                        for language in ("en", "zh"):
                            sentence = content.words[language][f"problem.{reason.code}"]
                            assert sentence.format_map(reason.args)


@given(st.integers(0, 20), st.integers(0, 20), st.sampled_from(["junior-college", "bachelor", "master"]))
def test_more_work_never_makes_it_worse(fewer: int, more: int, level: str) -> None:
    low, high = (judge(str(each), education(level, "1990-07")) for each in sorted((fewer, more)))
    assert bool(high.met) >= bool(low.met)
    assert high.eligible_from is not None
    assert low.eligible_from is not None
    assert high.eligible_from <= low.eligible_from
    assert (high.eligible_from <= 2020) is high.met
