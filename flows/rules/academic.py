"""The rules for education and degree records: their fields, what fits together, what is checked online."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from itertools import combinations

import regex

from flows.dossier import MOST_RECORDS, AcademicRecord
from flows.rules.certificate import check_certificate
from flows.rules.entry import some
from flows.text import clean, first_line, hidden_count
from flows.verdict import Arg, Problem, Verdict, accept, refuse

__all__ = [
    "DEGREE_LEVELS",
    "EDUCATION_LEVELS",
    "STUDY_MODES",
    "check_certificate",
    "check_country",
    "check_major_name",
    "check_record_counts",
    "check_school",
    "flags_2002",
    "online_verifiable",
    "review_records",
]

EDUCATION_LEVELS = (
    "secondary",
    "junior-college",
    "bachelor",
    "double-bachelor",
    "postgraduate-class",
    "master",
    "doctor",
)
DEGREE_LEVELS = ("bachelor", "master", "doctor")
STUDY_MODES = ("full-time", "part-time", "correspondence", "evening", "self-study", "online", "open")

LONGEST_NAME = 100
YOUNGEST_GRADUATE = 15

FIRST_YEAR_ONLINE = "2002"
FIRST_DEGREE_ONLINE = "2008-09"

_CHINA = re.compile(
    "(mainland )?china|prc|p\\.r\\.c\\.|p\\.r\\. ?china|cn|chn|(chinese )?mainland"
    "|(the )?people's republic of china"
    "|中国(大陆|内地)?|中國|大陆|内地|国内|中华人民共和国"
)
_REGIONS = {
    "香港": "hong kong",
    "中国香港": "hong kong",
    "hongkong": "hong kong",
    "hk": "hong kong",
    "hong kong sar": "hong kong",
    "hong kong, china": "hong kong",
    "澳门": "macau",
    "中国澳门": "macau",
    "macao": "macau",
    "macao, china": "macau",
    "台湾": "taiwan",
    "中国台湾": "taiwan",
    "taiwan, china": "taiwan",
    "台灣": "taiwan",
}
_EDUCATION_OF = {
    "bachelor": ("bachelor", "double-bachelor"),
    "master": ("master", "postgraduate-class"),
    "doctor": ("doctor",),
}
# Brackets may be full-width: the name is written as it is printed on the certificate.
_NOT_IN_NAMES = regex.compile(r"[^\p{L}\p{M}\p{N} ()（）·.,，、\-–—&'’/:：+#]")


def check_school(typed: str) -> Verdict[str]:
    """Judge the name of a school: as printed on the certificate, in any script.

    Source: FAQ 18.4.
    """
    return _named(typed, "school")


def check_major_name(typed: str) -> Verdict[str]:
    """Judge the name of a major (专业): as printed on the certificate, in any script.

    Source: FAQ 18.4.
    """
    return _named(typed, "major")


def check_country(typed: str) -> Verdict[str]:
    """Judge the country in which a certificate was given.

    Returns:
        ``china`` for the mainland, however it is written; any other country or region in lower case.

    Source: FAQ 14.4 (overseas degrees are verified by hand).
    """
    verdict = _named(typed, "country")
    if verdict.value is None:
        return verdict
    folded = unicodedata.normalize("NFC", verdict.value.casefold()).replace("’", "'")
    if not regex.fullmatch(r"[\p{L}\p{M} ()（）·.,\-'&]+", folded):
        wrong = regex.findall(r"[^\p{L}\p{M} ()（）·.,\-'&]", folded)
        return refuse(Problem("country-characters", {"characters": some(wrong)}), notes=verdict.notes)
    country = "china" if _CHINA.fullmatch(folded) else _REGIONS.get(folded, folded)
    return accept(country, warnings=verdict.warnings, notes=verdict.notes)


def check_record_counts(education: int, degrees: int) -> tuple[Problem, ...]:
    """Judge how many records there are.

    Source: FAQ 11.6, 18.2 (at least one and at most five education records), 18.3 (at most five degrees).
    """
    found = []
    if education < 1:
        found.append(Problem("education-none"))
    if education > MOST_RECORDS:
        found.append(Problem("education-too-many", {"most": MOST_RECORDS, "entered": education}))
    if degrees > MOST_RECORDS:
        found.append(Problem("degree-too-many", {"most": MOST_RECORDS, "entered": degrees}))
    return tuple(found)


def review_records(
    education: tuple[AcademicRecord, ...], degrees: tuple[AcademicRecord, ...], born: date | None
) -> tuple[Problem, ...]:
    """Look across all records for what does not fit together.

    Args:
        education: The education records, complete or not.
        degrees: The degree records, complete or not.
        born: The birth date, where the ID number holds one.

    Returns:
        Warnings only: each is worth a look before saving, because afterwards nothing can be deleted.

    Source: FAQ 18.4.
    """
    return (
        *(problem for record in (*education, *degrees) for problem in _age(record, born)),
        *(problem for pair in combinations(education, 2) for problem in _order(*pair)),
        *(problem for record in degrees for problem in _studied(record, education)),
        *(problem for records in (education, degrees) for problem in _twice(records)),
        *(problem for record in degrees for problem in _same_number(record, education)),
    )


def online_verifiable(record: AcademicRecord) -> Problem | None:
    """Say why a record cannot be verified online, or ``None`` when it is tried online.

    Education of 2002 itself is tried online: the notice has it both ways (:func:`flags_2002`).

    Source: FAQ 10.3, 14.2, 14.4, 18.1.
    """
    number: dict[str, Arg] = {"number": record.index + 1}
    if record.fields.get("country", "china") != "china":
        return Problem("overseas-record", number)
    if record.kind == "education":
        if record.fields.get("level") == "secondary":
            return Problem("secondary-education", number)
        if record.when and record.when[:4] < FIRST_YEAR_ONLINE:
            return Problem("education-before-2002", {**number, "month": record.when})
    elif record.when and record.when < FIRST_DEGREE_ONLINE:
        return Problem("degree-before-2008-09", {**number, "month": record.when})
    return None


def flags_2002(record: AcademicRecord) -> bool:
    """Whether both passages of the notice on the year 2002 are to be shown: 10.3 online, 14.2 by hand."""
    if online_verifiable(record) is not None:
        return False
    return record.kind == "education" and record.when[:4] == FIRST_YEAR_ONLINE


def _named(typed: str, what: str) -> Verdict[str]:
    if len(typed) > 10 * LONGEST_NAME:
        return refuse(Problem("entry-too-long", {"most": LONGEST_NAME, "typed": len(typed)}))
    line, others = first_line(typed)
    if others:
        return refuse(Problem("entry-several-lines", {"lines": others + 1}))
    removed = hidden_count(line)
    notes = (Problem("entry-hidden-removed", {"count": removed}),) if removed else ()
    name = re.sub(r"\s+", " ", clean(line)).strip()
    if not name:
        return refuse(Problem(f"{what}-missing"), notes=notes)
    if len(name) > LONGEST_NAME:
        return refuse(Problem("entry-too-long", {"most": LONGEST_NAME, "typed": len(name)}), notes=notes)
    if wrong := _NOT_IN_NAMES.findall(name):
        return refuse(Problem(f"{what}-characters", {"characters": some(wrong)}), notes=notes)
    if not regex.search(r"\p{L}", name):
        return refuse(Problem(f"{what}-no-letters"), notes=notes)
    return accept(name, notes=notes)


def _age(record: AcademicRecord, born: date | None) -> tuple[Problem, ...]:
    when = re.fullmatch("([0-9]{4})-([0-9]{2})", record.when)
    if born is None or when is None:
        return ()
    months = (int(when[1]) - born.year) * 12 + int(when[2]) - born.month
    args: dict[str, Arg] = {"number": record.index + 1, "month": record.when}
    if months < 0:
        return (Problem(f"{record.kind}-before-birth", args),)
    if months < YOUNGEST_GRADUATE * 12:
        return (Problem(f"{record.kind}-too-young", {**args, "age": months // 12}),)
    return ()


def _order(first: AcademicRecord, second: AcademicRecord) -> tuple[Problem, ...]:
    lower, higher = sorted((first, second), key=_rank)
    if not (lower.when and higher.when) or higher.when > lower.when:
        return ()
    # A second, lower education may follow a higher one; only the steps that build on one another count.
    steps = (lower.fields.get("level"), higher.fields.get("level"))
    if steps not in (("bachelor", "master"), ("bachelor", "doctor"), ("master", "doctor")):
        return ()
    return (Problem("education-order", {"number": higher.index + 1, "other": lower.index + 1}),)


def _rank(record: AcademicRecord) -> int:
    level = record.fields.get("level", "")
    return EDUCATION_LEVELS.index(level) if level in EDUCATION_LEVELS else -1


def _studied(degree: AcademicRecord, education: tuple[AcademicRecord, ...]) -> tuple[Problem, ...]:
    levels = _EDUCATION_OF.get(degree.fields.get("level", ""))
    if levels is None:
        return ()
    fitting = [each for each in education if each.fields.get("level") in levels]
    if not fitting:
        return (Problem("degree-without-education", {"number": degree.index + 1}),)
    if degree.when and all(each.when and degree.when < each.when for each in fitting):
        return (Problem("degree-before-graduation", {"number": degree.index + 1, "month": degree.when}),)
    return ()


def _twice(records: tuple[AcademicRecord, ...]) -> tuple[Problem, ...]:
    found = []
    for first, second in combinations(records, 2):
        # The corrected entry of a saved record repeats most of it, and means to.
        if first.index == second.supersedes or second.index == first.supersedes:
            continue
        names = ("level", "school", "major", "certificate")
        mine, other = ([each.fields.get(name, "") for name in names] for each in (first, second))
        same_study = mine[:3] == other[:3] and first.when == second.when and mine[1] != ""
        if same_study or (mine[3] == other[3] and mine[3] != ""):
            args = {"number": second.index + 1, "other": first.index + 1}
            found.append(Problem(f"{first.kind}-twice", args))
    return tuple(found)


def _same_number(degree: AcademicRecord, education: tuple[AcademicRecord, ...]) -> tuple[Problem, ...]:
    number = degree.fields.get("certificate")
    return tuple(
        Problem("degree-same-number", {"number": degree.index + 1, "other": each.index + 1})
        for each in education
        if number and each.fields.get("certificate") == number
    )
