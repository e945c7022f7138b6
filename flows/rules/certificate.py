"""The rule for the number of an education or degree certificate.

Hardly anything is refused here: numbers were written in many ways. What looks like a slip is a warning,
because a saved record cannot be deleted (FAQ 18.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows.dossier import RecordKind
from flows.rules.entry import read_entry, some
from flows.verdict import Problem, Verdict, accept, refuse

LONGEST_CERTIFICATE = 40

_NONE = frozenset({"none", "no", "nil", "n/a", "na", "无", "没有", "無", "/", "-"})
_ALLOWED = r"[^0-9A-Z\u4e00-\u9fff()/.\[\]#_·:-]"

# Electronic registration of education certificates began in 2001, with 17 digits; 18 came in 2002.
_REGISTERED_EDUCATION = "2001"
# Numbers by the rule of 2005 are certain only for the degrees that can be looked up.
_REGISTERED_DEGREE = "2008-09"

_EDUCATION_LEVEL_DIGITS = {
    "01": "doctor",
    "02": "master",
    "04": "double-bachelor",
    "05": "bachelor",
    "06": "junior-college",
}
_DEGREE_LEVEL_DIGITS = {"2": "doctor", "3": "master", "4": "bachelor"}
_STUDY_DIGITS = {
    "full-time": "1",
    "part-time": "5",
    "correspondence": "5",
    "evening": "5",
    "self-study": "6",
    "online": "7",
}
_WITHIN = frozenset({"certificate-year", "certificate-level", "certificate-study"})
"""Doubts about digits of a number whose form is the usual one."""

_DEGREE_NUMBER = re.compile("[ZTC]?([0-9]{5})([0-9])([0-9]{4})([0-9]{6}|[SEZ][0-9]{5,6})")


def check_certificate(kind: RecordKind, typed: str, fields: Mapping[str, str]) -> Verdict[str]:
    """Judge a certificate number against the rest of its record.

    Args:
        kind: Whether it is an education or a degree certificate.
        typed: What was typed; ``none`` or 无 where no number was given out.
        fields: What is known of the record, under the names of the dossier; any may be missing.

    Returns:
        The number in half-width capitals without spaces, empty for *none*, with a warning for each place
        in which it does not fit the record.

    Source: FAQ 18.4; electronic registration of education certificates (since 2001: 5 digits of the school,
    1 of the type, 4 of the year, 2 of the level, a serial number); numbering of degree certificates of 2005
    (5 of the unit, 1 of the level, 4 of the year, 6 serial; Z, T or C before, S, E or Z within).
    """
    entry = read_entry(typed, most=10 * LONGEST_CERTIFICATE, joined=" ")
    if entry.problem:
        return refuse(entry.problem)
    notes = entry.notes
    if not entry.text:
        return refuse(Problem("certificate-missing"), notes=notes)
    if entry.text.casefold() in _NONE:
        return accept("", notes=notes)
    number = re.sub("[a-z]", lambda letter: letter[0].upper(), entry.text)
    if re.fullmatch("[0-9-]+", number) and "-" in number and len(number.replace("-", "")) in (16, 17, 18):
        number, notes = number.replace("-", ""), (*notes, Problem("entry-separators-removed"))
    if wrong := re.findall(_ALLOWED, number):
        return refuse(Problem("certificate-characters", {"characters": some(wrong)}), notes=notes)
    if len(number) > LONGEST_CERTIFICATE:
        too_long = {"most": LONGEST_CERTIFICATE, "typed": len(number)}
        return refuse(Problem("certificate-too-long", too_long), notes=notes)
    doubts = _education_doubts if kind == "education" else _degree_doubts
    doubted = doubts(number, fields) if _has_usual_form(kind, fields) else ()
    return accept(number, warnings=doubted, notes=notes)


def certificate_ticks(
    kind: RecordKind, typed: str, fields: Mapping[str, str]
) -> tuple[tuple[str, bool], ...]:
    """Say in what a number agrees with its record as one types, by the doubts of :func:`check_certificate`.

    Args:
        kind: Whether it is an education or a degree certificate.
        typed: What stands in the field now.
        fields: What is known of the record.

    Returns:
        Codes, each with whether it agrees: the ``form``, and of ``year``, ``level`` and ``study`` what the
        record tells already. None where numbers were written in other ways: abroad, at secondary schools,
        before the electronic registration, for *none*.
    """
    verdict = check_certificate(kind, typed, fields)
    if verdict.value == "" or not _has_usual_form(kind, fields):
        return ()
    doubted = {problem.code for problem in (*verdict.problems, *verdict.warnings)}
    form = verdict.ok and doubted <= _WITHIN
    level, study = fields.get("level", ""), fields.get("study", "")
    digits = _EDUCATION_LEVEL_DIGITS if kind == "education" else _DEGREE_LEVEL_DIGITS
    told = []
    if kind == "degree" or study != "self-study":
        told += ["year"] if fields.get("graduated" if kind == "education" else "awarded") else []
        told += ["level"] if level in digits.values() else []
        told += ["study"] if kind == "education" and _study_tells(level, study) else []
    return (("form", form), *((each, form and f"certificate-{each}" not in doubted) for each in told))


def _has_usual_form(kind: RecordKind, fields: Mapping[str, str]) -> bool:
    if fields.get("country", "china") != "china":
        return False
    if kind == "degree":
        return (fields.get("awarded") or _REGISTERED_DEGREE) >= _REGISTERED_DEGREE
    graduated = (fields.get("graduated") or _REGISTERED_EDUCATION)[:4]
    return fields.get("level") != "secondary" and graduated >= _REGISTERED_EDUCATION


def _education_doubts(number: str, fields: Mapping[str, str]) -> tuple[Problem, ...]:
    graduated, level, study = (fields.get(name, "") for name in ("graduated", "level", "study"))
    if re.fullmatch("[ZTC]?[0-9]{10}[0-9SEZ][0-9]{5}", number):
        return (Problem("certificate-looks-like-degree"),)
    lengths = {"2001": (17,), "2002": (17, 18)}.get(graduated[:4], (18,) if graduated else (17, 18))
    found = []
    if not re.fullmatch("[0-9]+", number):
        found.append(Problem("certificate-not-digits"))
    elif len(number) not in lengths:
        found.append(Problem("certificate-length", {"usual": str(lengths[-1]), "typed": len(number)}))
    # Numbers of self-study examinations are laid out differently.
    if found or study == "self-study":
        return tuple(found)
    year, level_digits = number[6:10], number[10:12]
    if graduated and year != graduated[:4]:
        found.append(Problem("certificate-year", {"year": year, "recorded": graduated[:4]}))
    if _other_level(level, level_digits, _EDUCATION_LEVEL_DIGITS):
        found.append(Problem("certificate-level", {"digits": level_digits}))
    if _other_study(level, study, number[5]):
        found.append(Problem("certificate-study", {"digit": number[5]}))
    return tuple(found)


def _degree_doubts(number: str, fields: Mapping[str, str]) -> tuple[Problem, ...]:
    awarded, level = fields.get("awarded", ""), fields.get("level", "")
    if re.fullmatch("[0-9]{18}", number):
        return (Problem("certificate-looks-like-education"),)
    parts = _DEGREE_NUMBER.fullmatch(number)
    if parts is None:
        return (Problem("certificate-degree-form", {"typed": len(number)}),)
    found = []
    if awarded and parts[3] != awarded[:4]:
        found.append(Problem("certificate-year", {"year": parts[3], "recorded": awarded[:4]}))
    if _other_level(level, parts[2], _DEGREE_LEVEL_DIGITS):
        found.append(Problem("certificate-level", {"digits": parts[2]}))
    return tuple(found)


def _other_level(level: str, digits: str, meanings: Mapping[str, str]) -> bool:
    return level in meanings.values() and meanings.get(digits) != level


def _other_study(level: str, study: str, digit: str) -> bool:
    return _study_tells(level, study) and digit != _STUDY_DIGITS[study]


def _study_tells(level: str, study: str) -> bool:
    # Postgraduates who study part-time hold ordinary certificates: their digit tells nothing.
    return study in _STUDY_DIGITS and not (level in ("master", "doctor") and study != "full-time")
