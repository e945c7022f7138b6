"""Proves what no schema can see: ids that point nowhere or stand twice, days that do not exist.

Each error names the file, the line and the key, and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from content.reading import ContentError, Step, refusal
from content.schema import Calendar, Edition, Exam, Item, Offices, Province, Window

if TYPE_CHECKING:
    from content.loader import Content

_PLACES = "See `chengnuo content list places`."

COMMON_YEAR = 2021
"""A window that comes back every year has to exist in a year without 29 February too."""


def prove(content: Content, home: Path, offices: Path, calendar: Path) -> None:
    """Hold the parts of the content against each other.

    Args:
        content: What was read.
        home: The folder of the content files.
        offices: The file that the offices were read from.
        calendar: The file that the windows were read from.

    Raises:
        ContentError: Something points to nothing.
    """
    known = prove_notices(content.notices)
    for index, erratum in enumerate(content.errata):
        if erratum.paragraph is not None and erratum.paragraph not in known:
            raise refusal(
                home / "notice" / "errata.yaml",
                (index, "paragraph"),
                f"paragraph {erratum.paragraph} is not in the notice. Write the id of one that is.",
            )
    for exam in content.exams.values():
        prove_exam(exam, home / "exams" / f"{exam.id}.yaml")
    for edition in content.editions.values():
        prove_edition(edition, home / "editions" / f"{edition.id}.yaml", content, known)
        for exam in content.exams.values():
            prove_conditions(exam, home / "exams" / f"{exam.id}.yaml", edition.eligibility)
    prove_provinces(content.provinces, home / "places" / "provinces.yaml")
    prove_offices(content.offices, content.provinces, offices)
    prove_calendar(content.calendar, content.exams, content.provinces, calendar)


def prove_notices(notices: Mapping[str, tuple[Item, ...]]) -> frozenset[str]:
    """Hold the two languages of the notice against each other, and return the ids of its paragraphs."""
    for english, chinese in zip(notices["en"], notices["zh"], strict=True):
        if [each.id for each in english.paragraphs] != [each.id for each in chinese.paragraphs]:
            raise ContentError(
                "notice.zh.md",
                None,
                f"item {english.number}",
                "it has other paragraphs than the English one. Give both the same.",
            )
    return frozenset(each.id for item in notices["en"] for each in item.paragraphs)


def prove_edition(edition: Edition, path: Path, content: Content, known: frozenset[str]) -> None:
    """Hold an edition against the exams, the provinces and the notice."""
    for index, exam in enumerate(edition.exams):
        if exam not in content.exams:
            raise refusal(
                path, ("exams", index), f"no such exam: {exam}. Add exams/{exam}.yaml or mend the id."
            )
    for exam, provinces in edition.provincial.items():
        if exam not in content.exams:
            raise refusal(
                path, ("provincial", exam), f"no such exam: {exam}. Add exams/{exam}.yaml or mend the id."
            )
        for province in provinces:
            if province not in content.provinces:
                raise refusal(path, ("provincial", exam), f"no such province: {province}. {_PLACES}")
    for index, rule in enumerate(edition.later_rules):
        for paragraph in rule.overrides:
            if paragraph not in known:
                raise refusal(
                    path,
                    ("later_rules", index, "overrides"),
                    f"paragraph {paragraph} is not in the notice. Write the id of one that is.",
                )


def prove_exam(exam: Exam, path: Path) -> None:
    """Prove that an exam's levels name subjects and majors that it has, and that no id stands twice."""
    _once(path, "levels", (each.id for each in exam.levels))
    _once(path, "majors", (each.id for each in exam.majors))
    _once(path, "subjects", (each.id for each in exam.subjects))
    for index, level in enumerate(exam.levels):
        for subject in level.subjects:
            if exam.subject(subject) is None:
                raise refusal(
                    path,
                    ("levels", index, "subjects"),
                    f"no such subject: {subject}. Add it under subjects or mend the id.",
                )
        for major in level.majors or ():
            if exam.major(major) is None:
                raise refusal(
                    path,
                    ("levels", index, "majors"),
                    f"no such major: {major}. Add it under majors or mend the id.",
                )


def prove_conditions(exam: Exam, path: Path, column: str) -> None:
    """Prove that every level of an exam has conditions under an edition's column."""
    for index, level in enumerate(exam.levels):
        wanted = {f"{column}:{level.eligibility}", f"{column}:{level.id}", column}
        if not wanted & set(exam.eligibility):
            raise refusal(
                path,
                ("levels", index),
                f'level {level.id} has no conditions for {column}. Add "{column}" under eligibility.',
            )


def prove_provinces(provinces: Mapping[str, Province], path: Path) -> None:
    """Prove that no city id stands twice in a province."""
    for index, province in enumerate(provinces.values()):
        _once(path, "cities", (each.id for each in province.cities), index)


def prove_offices(offices: Offices, provinces: Mapping[str, Province], path: Path) -> None:
    """Hold offices and their points against provinces and cities."""
    _once(path, "offices", (each.province for each in offices.offices), field="province")
    for index, office in enumerate(offices.offices):
        province = provinces.get(office.province)
        if province is None:
            raise refusal(
                path, ("offices", index, "province"), f"no such province: {office.province}. {_PLACES}"
            )
        _once(path, "points", (each.id for each in office.points), "offices", index)
        cities = {each.id for each in province.cities}
        for at, point in enumerate(office.points):
            if point.city not in cities:
                raise refusal(
                    path,
                    ("offices", index, "points", at, "city"),
                    f"no such city in {province.id}: {point.city}. {_PLACES}",
                )


def prove_calendar(
    calendar: Calendar, exams: Mapping[str, Exam], provinces: Mapping[str, Province], path: Path
) -> None:
    """Hold windows against exams and provinces, and prove that their days exist and follow one another."""
    for index, window in enumerate(calendar.windows):
        if window.exam != "*" and window.exam not in exams:
            raise refusal(
                path,
                ("windows", index, "exam"),
                f"no such exam: {window.exam}. See `chengnuo content list exams`.",
            )
        if window.province != "*" and window.province not in provinces:
            raise refusal(
                path, ("windows", index, "province"), f"no such province: {window.province}. {_PLACES}"
            )
        _prove_days(window, index, path)


def _prove_days(window: Window, index: int, path: Path) -> None:
    year = window.year or COMMON_YEAR
    for key, text in (("opens", window.opens), ("closes", window.closes), ("pay_by", window.pay_by)):
        if not _exists(year, text, r"[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}"):
            raise refusal(
                path,
                ("windows", index, key),
                f"{text} is not a time. Write MM-DD HH:MM, on a day that exists.",
            )
    # The year of a window counts, so an exam day may carry its own for the reader.
    if not _exists(year, f"{window.exam_day[-5:]} 00:00", r".*") or not re.fullmatch(
        r"([0-9]{4}-)?[0-9]{2}-[0-9]{2}", window.exam_day
    ):
        raise refusal(
            path,
            ("windows", index, "exam_day"),
            f"{window.exam_day} is not a day. Write MM-DD, a day that exists.",
        )
    if not window.opens < window.closes <= window.pay_by:
        raise refusal(
            path,
            ("windows", index),
            "opens, closes and pay_by do not follow one another. Put them in order, within one year.",
        )


def _exists(year: int, text: str, form: str) -> bool:
    try:
        datetime.strptime(f"{year}-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=UTC)
    except ValueError:
        return False
    return re.fullmatch(form, text) is not None


def _once(path: Path, key: str, ids: Iterable[str], *before: Step, field: str = "id") -> None:
    seen: set[str] = set()
    for at, id in enumerate(ids):
        if id in seen:
            raise refusal(path, (*before, key, at, field), f"{id} stands twice. Keep one of them.")
        seen.add(id)
