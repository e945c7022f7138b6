"""The rules for education and degree records: FAQ 10.3, 14.2, 18.1 to 18.4, and what slips through today."""

from __future__ import annotations

from datetime import date

import pytest

from flows.dossier import AcademicRecord
from flows.rules.academic import (
    check_certificate,
    check_country,
    check_major_name,
    check_record_counts,
    check_school,
    flags_2002,
    online_verifiable,
    review_records,
)
from flows.verdict import Problem

BACHELOR = {"level": "bachelor", "study": "full-time", "graduated": "2005-07", "country": "china"}
DEGREE = {"level": "bachelor", "awarded": "2009-06", "country": "china"}


def education(index: int = 0, **fields: str) -> AcademicRecord:
    filled = {
        "level": "bachelor",
        "study": "full-time",
        "school": "南京大学",
        "major": "土木工程",
        "graduated": "2005-07",
        "certificate": "102841200505000123",
        "country": "china",
    }
    return AcademicRecord("education", index, {**filled, **fields})


def degree(index: int = 0, **fields: str) -> AcademicRecord:
    filled = {
        "level": "bachelor",
        "school": "南京大学",
        "major": "土木工程",
        "awarded": "2009-06",
        "certificate": "1028442009000123",
        "country": "china",
    }
    return AcademicRecord("degree", index, {**filled, **fields})


def doubts(kind: str, typed: str, fields: dict[str, str]) -> list[str]:
    verdict = check_certificate("education" if kind == "education" else "degree", typed, fields)
    assert verdict.ok
    return [warning.code for warning in verdict.warnings]


# Names of schools, majors, countries


@pytest.mark.parametrize(
    "name", ["南京大学", "中国科学院大学（北京）", "King's College London", "École normale", "МГУ"]
)
def test_a_school_is_taken_as_printed(name: str) -> None:
    assert check_school(name).value == name
    assert check_major_name(name).value == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "school-missing"),
        ("\u3000", "school-missing"),
        ("123", "school-no-letters"),
        ("[/b]大学", "school-characters"),
        ("'; DROP TABLE x; --", "school-characters"),
        ("大学😀", "school-characters"),
        ("南京大学\n北京大学", "entry-several-lines"),
        ("大" * 101, "entry-too-long"),
        ("大" * 10_000, "entry-too-long"),
    ],
)
def test_each_thing_that_is_wrong_with_a_school_has_its_own_problem(typed: str, code: str) -> None:
    assert [problem.code for problem in check_school(typed).problems] == [code]


def test_hidden_characters_in_a_school_are_removed_with_a_note() -> None:
    verdict = check_school("南京\x1b\u202e大学")
    assert verdict.value == "南京大学"
    assert verdict.notes == (Problem("entry-hidden-removed", {"count": 2}),)


@pytest.mark.parametrize(
    "typed", ["china", "China", "中国", "PRC", "中华人民共和国", "People's Republic of China", " CHINA "]
)
def test_the_mainland_has_one_name(typed: str) -> None:
    assert check_country(typed).value == "china"


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("Germany", "germany"),
        ("美国", "美国"),
        ("香港", "hong kong"),
        ("Macao", "macau"),
        ("中国台湾", "taiwan"),
    ],
)
def test_everywhere_else_keeps_its_name_in_lower_case(typed: str, value: str) -> None:
    assert check_country(typed).value == value


@pytest.mark.parametrize(
    ("typed", "code"), [("", "country-missing"), ("86", "country-no-letters"), ("U5A", "country-characters")]
)
def test_a_country_is_a_name(typed: str, code: str) -> None:
    assert [problem.code for problem in check_country(typed).problems] == [code]


# Certificate numbers


@pytest.mark.parametrize("typed", ["none", "None", "无", "没有", "N/A"])
def test_none_is_taken_as_no_number(typed: str) -> None:
    assert check_certificate("education", typed, BACHELOR).value == ""


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("10284 1200505 000123", "entry-separators-removed"),
        ("10284-1-2005-05-000123", "entry-separators-removed"),
        ("１０２８４１２００５０５０００１２３", "entry-full-width-folded"),
    ],
)
def test_ways_of_writing_a_number_are_folded_with_a_note(typed: str, note: str) -> None:
    verdict = check_certificate("education", typed, BACHELOR)
    assert verdict.value == "102841200505000123"
    assert [each.code for each in verdict.notes] == [note]
    assert not verdict.warnings


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "certificate-missing"),
        ("1028²", "certificate-characters"),
        ("<b>", "certificate-characters"),
        ("';DROP", "certificate-characters"),
        ("1" * 41, "certificate-too-long"),
        ("1" * 10_000, "entry-too-long"),
        ("1\n2", "entry-several-lines"),
    ],
)
def test_hardly_anything_stops_a_number(typed: str, code: str) -> None:
    assert [problem.code for problem in check_certificate("education", typed, {}).problems] == [code]


@pytest.mark.parametrize("typed", ["(95)学字第123号", "No.12345", "[2001]-17"])
def test_old_numbers_are_taken_without_a_word(typed: str) -> None:
    assert doubts("education", typed, {**BACHELOR, "graduated": "1995-07"}) == []


@pytest.mark.req("P.2")
@pytest.mark.parametrize(
    ("typed", "changed", "expected"),
    [
        ("102841200505000123", {}, []),
        ("10284120050500012", {}, ["certificate-length"]),
        ("10284120010500012", {"graduated": "2001-07"}, []),
        ("102841200105000123", {"graduated": "2001-07"}, ["certificate-length"]),
        ("10284120020500012", {"graduated": "2002-07"}, []),
        ("102841200205000123", {"graduated": "2002-07"}, []),
        ("10284120030500012", {"graduated": "2003-07"}, ["certificate-length"]),
        ("102841200605000123", {}, ["certificate-year"]),
        ("102841200506000123", {}, ["certificate-level"]),
        ("102841200505000123", {"level": "junior-college"}, ["certificate-level"]),
        ("102841200502000123", {"level": "master"}, []),
        ("102841200501000123", {"level": "doctor"}, []),
        ("102841200504000123", {"level": "double-bachelor"}, []),
        ("102841200599000123", {"level": "postgraduate-class"}, []),
        ("102845200505000123", {}, ["certificate-study"]),
        ("102845200505000123", {"study": "correspondence"}, []),
        ("102841200505000123", {"study": "evening"}, ["certificate-study"]),
        ("102847200505000123", {"study": "online"}, []),
        ("102845200505000123", {"study": "open"}, []),
        ("102841200502000123", {"level": "master", "study": "part-time"}, []),
        ("653201190505000123", {"study": "self-study"}, []),
        ("102846200606000123", {}, ["certificate-year", "certificate-level", "certificate-study"]),
        ("10284120050500012A", {}, ["certificate-not-digits"]),
        ("1028442005000123", {}, ["certificate-looks-like-degree"]),
        ("anything", {"country": "germany"}, []),
        ("anything", {"level": "secondary"}, []),
    ],
)
def test_an_education_number_is_compared_with_its_record(
    typed: str, changed: dict[str, str], expected: list[str]
) -> None:
    assert doubts("education", typed, {**BACHELOR, **changed}) == expected


@pytest.mark.req("P.2")
@pytest.mark.parametrize(
    ("typed", "changed", "expected"),
    [
        ("1028442009000123", {}, []),
        ("102844200900012", {}, ["certificate-degree-form"]),
        ("1028442008000123", {}, ["certificate-year"]),
        ("1028432009000123", {}, ["certificate-level"]),
        ("1028432009000123", {"level": "master"}, []),
        ("1028422009000123", {"level": "doctor"}, []),
        ("Z1028432009000123", {"level": "master"}, []),
        ("T1028432009000123", {"level": "master"}, []),
        ("c1028442009000123", {}, []),
        ("1028442009S00123", {}, []),
        ("1028442009E000123", {}, []),
        ("X1028442009000123", {}, ["certificate-degree-form"]),
        ("102841200905000123", {}, ["certificate-looks-like-education"]),
        ("whatever", {"awarded": "2008-08"}, []),
        ("whatever", {"awarded": "2008-09"}, ["certificate-degree-form"]),
        ("whatever", {"country": "france"}, []),
    ],
)
def test_a_degree_number_is_compared_with_its_record(
    typed: str, changed: dict[str, str], expected: list[str]
) -> None:
    assert doubts("degree", typed, {**DEGREE, **changed}) == expected


# Records together


@pytest.mark.req("11.6", "18.2", "18.3")
@pytest.mark.parametrize(
    ("records", "degrees", "expected"),
    [
        (0, 0, ["education-none"]),
        (1, 0, []),
        (5, 5, []),
        (6, 5, ["education-too-many"]),
        (5, 6, ["degree-too-many"]),
        (0, 6, ["education-none", "degree-too-many"]),
    ],
)
def test_one_to_five_educations_and_up_to_five_degrees(
    records: int, degrees: int, expected: list[str]
) -> None:
    assert [problem.code for problem in check_record_counts(records, degrees)] == expected


def reviewed(
    educations: tuple[AcademicRecord, ...], degrees: tuple[AcademicRecord, ...] = (), born: date | None = None
) -> list[str]:
    return [problem.code for problem in review_records(educations, degrees, born)]


@pytest.mark.req("P.2")
def test_records_that_fit_together_are_not_spoken_of() -> None:
    assert reviewed((education(),), (degree(),), date(1983, 3, 1)) == []


@pytest.mark.req("P.2")
@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2005, 8, 1), ["education-before-birth"]),
        (date(2005, 7, 1), ["education-too-young"]),
        (date(1990, 8, 1), ["education-too-young"]),
        (date(1990, 7, 31), []),
        (None, []),
    ],
)
def test_nobody_graduates_before_fifteen_unasked(born: date | None, expected: list[str]) -> None:
    assert reviewed((education(),), (), born) == expected


@pytest.mark.req("P.2")
def test_a_degree_without_its_education_is_pointed_out() -> None:
    assert reviewed((education(level="junior-college"),), (degree(),)) == ["degree-without-education"]
    assert reviewed((education(level="double-bachelor"),), (degree(),)) == []


def test_a_degree_before_its_education_is_pointed_out() -> None:
    assert reviewed((education(graduated="2010-07"),), (degree(),)) == ["degree-before-graduation"]


def test_a_master_before_the_bachelor_is_pointed_out_but_a_later_second_course_is_not() -> None:
    bachelor = education()
    master = education(1, level="master", graduated="2005-06", certificate="102841200502000123")
    later = education(1, level="junior-college", graduated="2009-06", certificate="102845200906000123")
    assert reviewed((bachelor, master)) == ["education-order"]
    assert reviewed((bachelor, later)) == []


def test_the_same_record_twice_is_pointed_out() -> None:
    same_study = education(1, certificate="102841200505000999")
    same_number = education(1, school="东南大学", graduated="2004-06")
    assert reviewed((education(), same_study)) == ["education-twice"]
    assert reviewed((education(), same_number)) == ["education-twice"]
    assert reviewed((education(),), (degree(), degree(1))) == ["degree-twice"]
    assert reviewed((education(certificate=""), education(1, school="东南大学", certificate=""))) == []


def test_a_corrected_entry_is_no_duplicate_of_what_it_corrects() -> None:
    corrected = AcademicRecord(
        "education", 1, {**education().fields, "certificate": "102841200505000124"}, supersedes=0
    )
    assert reviewed((education(), corrected)) == []


def test_one_number_for_education_and_degree_is_pointed_out() -> None:
    assert reviewed((education(),), (degree(certificate="102841200505000123"),)) == ["degree-same-number"]


def test_incomplete_records_are_reviewed_without_a_word() -> None:
    empty = AcademicRecord("education", 0, {})
    assert (
        reviewed(
            (empty, AcademicRecord("education", 1, {})), (AcademicRecord("degree", 0, {}),), date(1990, 1, 1)
        )
        == []
    )


# Online verification


@pytest.mark.req("10.4", "18.1")
@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (education(graduated="2001-12"), "education-before-2002"),
        (education(graduated="2002-01"), None),
        (education(graduated="2003-07"), None),
        (degree(awarded="2008-08"), "degree-before-2008-09"),
        (degree(awarded="2008-09"), None),
        (degree(awarded="1999-07"), "degree-before-2008-09"),
        (education(level="junior-college", graduated="2002-07"), None),
        (education(level="secondary", graduated="2015-07"), "secondary-education"),
        (education(country="germany"), "overseas-record"),
        (degree(country="hong kong"), "overseas-record"),
    ],
)
def test_each_record_says_whether_it_can_be_verified_online(
    record: AcademicRecord, expected: str | None
) -> None:
    reason = online_verifiable(record)
    assert (reason.code if reason else None) == expected


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (education(graduated="2002-07"), True),
        (education(graduated="2001-07"), False),
        (education(graduated="2003-07"), False),
        (education(graduated="2002-07", level="secondary"), False),
        (education(graduated="2002-07", country="germany"), False),
        (degree(awarded="2002-07"), False),
    ],
)
def test_the_year_2002_is_flagged_because_the_notice_has_it_both_ways(
    record: AcademicRecord, expected: bool
) -> None:
    assert flags_2002(record) is expected
