"""The catalogue of examinations: whole, and with conditions for every level under both editions."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

import content
from content import loader
from content.schema import EducationLevel, EligibilityTable, Exam, Level

FOLDER = Path(content.__file__).parent / "exams"

IDS = (
    "class-1-constructor",
    "class-2-constructor",
    "registered-surveyor",
    "equipment-supervisor",
    "publishing",
    "urban-rural-planner",
    "survey-design-engineer",
    "class-1-cost-engineer",
    "licensed-pharmacist",
    "economics",
    "class-1-fire-engineer",
    "safety-engineer",
    "translation",
)
EDUCATION: tuple[EducationLevel, ...] = (
    *("secondary", "junior-college", "bachelor", "double-bachelor"),
    *("postgraduate-class", "master", "doctor"),
)


@cache
def exam(id: str) -> Exam:
    return loader.read(FOLDER / f"{id}.yaml", Exam)


def table(of: Exam, level: Level, column: str) -> EligibilityTable | None:
    return of.eligibility.get(f"{column}:{level.eligibility or level.id}") or of.eligibility.get(column)


def years(of: EligibilityTable, education: EducationLevel, *, related: bool) -> int | None:
    """The one figure for an education; a table that says nothing fails."""
    [row] = [each for each in of.rows if each.education == education and each.related in {related, None}]
    return row.years


@pytest.mark.req("2.1", "2.2")
def test_the_catalogue_holds_the_twelve_of_the_pilot_and_the_second_class_constructor() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(IDS)
    assert [id for id in IDS if exam(id).organiser == "provincial"] == ["class-2-constructor"]


@pytest.mark.parametrize("id", IDS)
def test_an_exam_is_named_as_its_file_and_findable_by_more_than_its_name(id: str) -> None:
    found = exam(id)
    assert found.id == id
    assert len(set(found.aliases)) == len(found.aliases)
    assert any(re.fullmatch(r"[a-z]{2,8}", alias) for alias in found.aliases), "pinyin initials"
    assert any(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", alias) for alias in found.aliases), (
        "a Chinese short name"
    )
    assert any(re.fullmatch(r"[a-z0-9 -]{5,}", alias) for alias in found.aliases), "an English name"


def test_no_alias_leads_to_two_exams() -> None:
    taken: dict[str, str] = {}
    for id in IDS:
        for alias in {each.casefold() for each in exam(id).aliases}:
            assert taken.setdefault(alias, id) == id, alias


@pytest.mark.req("13.3")
@pytest.mark.parametrize("id", IDS)
def test_every_level_has_subjects_and_majors_of_the_exam(id: str) -> None:
    found = exam(id)
    assert found.levels
    assert found.majors
    for ids in (
        [each.id for each in found.levels],
        [each.id for each in found.majors],
        [each.id for each in found.subjects],
    ):
        assert len(set(ids)) == len(ids)
        assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", each) for each in ids)
    for level in found.levels:
        assert level.subjects
        assert len(set(level.subjects)) == len(level.subjects)
        assert all(found.subject(each) for each in level.subjects), level.id
        assert level.majors is None or level.majors
        assert all(found.major(each) for each in level.majors or ()), level.id
        if level.kind in {"exempt", "additional"}:
            assert level.condition, f"{level.id}: who may take it"
    assert {each for level in found.levels for each in level.subjects} == {each.id for each in found.subjects}


@pytest.mark.parametrize("column", ["2019", "2022"])
@pytest.mark.parametrize("id", IDS)
def test_both_editions_find_conditions_for_every_level_and_every_education(id: str, column: str) -> None:
    for level in exam(id).levels:
        found = table(exam(id), level, column)
        assert found is not None, level.id
        assert found.source
        for education in EDUCATION:
            for related in (True, False):
                years(found, education, related=related)


@pytest.mark.parametrize("id", IDS)
def test_more_education_or_a_related_major_never_needs_more_years(id: str) -> None:
    # a postgraduate class stands aside: one rule does not name it and lists it under the bachelor's
    ranks: tuple[EducationLevel, ...] = (
        "secondary",
        "junior-college",
        "bachelor",
        "double-bachelor",
        "master",
    )
    for found in exam(id).eligibility.values():
        for related in (True, False):
            figures = [years(found, each, related=related) for each in (*ranks, "doctor")]
            known = [each for each in figures if each is not None]
            assert known == sorted(known, reverse=True)
            assert figures == [None] * (len(figures) - len(known)) + known, "a gap above a lower education"
        for education in EDUCATION:
            near, far = (years(found, education, related=related) for related in (True, False))
            assert far is None or (near is not None and near <= far)


@pytest.mark.parametrize("id", IDS)
def test_every_table_key_belongs_to_an_edition_and_a_level(id: str) -> None:
    levels = {level.eligibility for level in exam(id).levels} - {None}
    for key in exam(id).eligibility:
        column, _, level = key.partition(":")
        assert column in {"2019", "2022"}
        assert not level or level in levels, key


@pytest.mark.req("L.7")
@pytest.mark.parametrize(
    ("id", "older", "newer"),
    [
        ("class-1-constructor", (6, 4, 3, 2, 1), (4, 3, 3, 2, 1)),
        ("registered-surveyor", (6, 4, 3, 2, 1), (4, 3, 2, 1, 0)),
        ("licensed-pharmacist", (5, 3, 1, 1, 0), (4, 2, 1, 1, 0)),
        ("class-1-cost-engineer", (5, 4, 3, 3, 1), (4, 3, 2, 2, 0)),
    ],
)
def test_years_of_work_are_those_of_the_edition(
    id: str, older: tuple[int, ...], newer: tuple[int, ...]
) -> None:
    ranks: tuple[EducationLevel, ...] = ("junior-college", "bachelor", "double-bachelor", "master", "doctor")
    level = exam(id).levels[0]
    for column, expected in (("2019", older), ("2022", newer)):
        found = table(exam(id), level, column)
        assert found is not None
        assert tuple(years(found, each, related=True) for each in ranks) == expected


def test_a_class_1_constructor_needs_an_engineering_major() -> None:
    found = exam("class-1-constructor").eligibility["2022"]
    assert all(years(found, each, related=False) is None for each in EDUCATION)


@pytest.mark.parametrize(
    ("id", "level", "subjects", "score_years"),
    [
        ("class-1-constructor", "all-subjects", 4, 2),
        ("class-1-constructor", "exempt-2", 2, 1),
        ("class-1-constructor", "additional-major", 1, 1),
        ("class-2-constructor", "all-subjects", 3, 2),
        ("class-1-cost-engineer", "all-subjects", 4, 4),
        ("class-1-cost-engineer", "exempt-foundation", 2, 2),
        ("licensed-pharmacist", "all-subjects", 4, 4),
        ("licensed-pharmacist", "exempt-2", 2, 2),
        ("registered-surveyor", "all-subjects", 3, 1),
        ("urban-rural-planner", "all-subjects", 4, 4),
        ("urban-rural-planner", "exempt-1", 3, 3),
        ("urban-rural-planner", "exempt-2", 2, 2),
        ("publishing", "intermediate", 2, 1),
        ("economics", "primary", 2, 2),
        ("class-1-fire-engineer", "all-subjects", 3, 3),
        ("safety-engineer", "all-subjects", 4, 4),
    ],
)
def test_a_level_has_its_subjects_and_its_score_life(
    id: str, level: str, subjects: int, score_years: int
) -> None:
    found = exam(id).level(level)
    assert found is not None
    assert (len(found.subjects), found.score_years) == (subjects, score_years)


@pytest.mark.parametrize(
    ("id", "count"),
    [
        *(("class-1-constructor", 10), ("class-2-constructor", 6), ("class-1-cost-engineer", 4)),
        *(("licensed-pharmacist", 2), ("economics", 10), ("safety-engineer", 7)),
    ],
)
def test_an_exam_has_its_majors(id: str, count: int) -> None:
    assert len(exam(id).majors) == count


def test_an_exam_without_majors_says_so() -> None:
    for id in ("registered-surveyor", "equipment-supervisor", "publishing", "urban-rural-planner"):
        assert [each.id for each in exam(id).majors] == ["none"]


def test_the_foundation_exam_is_not_for_class_2_structural_engineers() -> None:
    found = exam("survey-design-engineer")
    foundation, professional = found.level("foundation"), found.level("professional")
    assert foundation is not None
    assert professional is not None
    assert foundation.majors is not None
    assert {each.id for each in found.majors} - set(foundation.majors) == {"class-2-structural"}
    assert professional.majors is None
    assert not set(foundation.subjects) & set(professional.subjects)


def test_what_is_uncertain_is_said_in_both_languages() -> None:
    for id in IDS:
        found = exam(id)
        doubted = any(level.uncertain for level in found.levels) or any(
            level.score_years is None for level in found.levels
        )
        assert not doubted or found.uncertain, f"{id} marks a level and does not say why"
        assert all(each.note for each in found.eligibility.values() if each.uncertain)
        for text in found.uncertain:
            assert text.en
            assert re.search(r"[\u4e00-\u9fff]", text.zh)
