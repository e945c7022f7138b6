"""The rule for the number of an identity document, one for each kind of document."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal, get_args

from stdnum.iso7064 import mod_11_2

from flows.rules.entry import read_entry, some
from flows.verdict import Problem, Verdict, accept, refuse

IdType = Literal[
    "resident-id",
    "residence-permit",
    "hk-macau-permit",
    "taiwan-permit",
    "foreign-permanent-resident",
    "passport",
]
ID_TYPES: tuple[IdType, ...] = get_args(IdType)

LEAST_AGE = 14
"""Below it a guardian has to agree to the use of personal data (PIPL Art. 31), which no terminal can take."""
GREATEST_AGE = 120

_LENGTH = 18
_LONGEST_ENTRY = 100
_LONGEST_PASSPORT = 20
# GB/T 2260, the first two figures. 81 to 83 are on residence permits, 9x on foreigners' cards.
_PROVINCES = re.compile("1[1-5]|2[123]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71")
_PERMITS = ("81", "82", "83")
_WITH_BIRTH: tuple[str, ...] = ("resident-id", "residence-permit", "foreign-permanent-resident")


def check_id_number(typed: str, id_type: str, today: date) -> Verdict[str]:
    """Judge the number of an identity document.

    Args:
        typed: What was typed. Spaces, dashes, full-width and lower-case letters are folded with a note.
        id_type: One of :data:`ID_TYPES`.
        today: The day on which the age is counted.

    Returns:
        The number in capitals without separators, or what is wrong with it. The right check character is
        never told: it would turn a mistyped number into somebody else's.

    Source: FAQ 11.5; GB 11643-1999; GB/T 2260; ISO 7064 MOD 11-2; PIPL Art. 31.
    """
    if id_type not in ID_TYPES:
        return refuse(Problem("id-type-unknown"))
    entry = read_entry(typed, most=_LONGEST_ENTRY, joined=" -")
    if entry.problem:
        return refuse(entry.problem)
    # str.upper() makes SS of ß: only ASCII letters are raised, the others are refused below.
    number = re.sub("[a-z]", lambda letter: letter[0].upper(), entry.text)
    notes = entry.notes if number == entry.text else (*entry.notes, Problem("id-letters-raised"))
    if not number:
        return refuse(Problem("id-missing"), notes=notes)
    problems, warnings = _JUDGES[id_type](number, today)
    if problems:
        return refuse(*problems, notes=notes)
    if id_type != "resident-id":
        warnings = (*warnings, Problem("id-checked-by-hand"))
    return accept(number, warnings=warnings, notes=notes)


def born(id_type: str, number: str) -> date | None:
    """Return the birth date that a number holds, or ``None`` where it holds none that is real."""
    if id_type not in _WITH_BIRTH or not re.fullmatch("[0-9]{17}[0-9X]", number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def comparable_id_number(id_type: str, number: str) -> str:
    """Return what two numbers of one person have in common.

    A Hong Kong or Macau permit is printed with 9 characters, or with 11 of which the last two count its
    reissues: only the first 9 say who it is.
    """
    return number[:9] if id_type == "hk-macau-permit" else number


def guess_id_type(typed: str) -> IdType:
    """Return the kind of document that a number looks like; a resident ID where nothing speaks against it."""
    number = read_entry(typed, most=_LONGEST_ENTRY, joined=" -").text.upper()
    for pattern, id_type in _LOOKS:
        if re.fullmatch(pattern, number):
            return id_type
    return "resident-id"


def mask_id_number(number: str) -> str:
    """Return the number with its middle hidden, such as ``110***********002X``."""
    head, tail = (3, 4) if len(number) >= 15 else (1, 2) if len(number) >= 6 else (0, 0)
    return number[:head] + "*" * (len(number) - head - tail) + number[len(number) - tail :]


_LOOKS: tuple[tuple[str, IdType], ...] = (
    ("8[123][0-9]{15}[0-9X]", "residence-permit"),
    ("9[0-9]{16}[0-9X]|[A-Z]{3}[0-9]{12}", "foreign-permanent-resident"),
    ("[HM]([0-9]{8}|[0-9]{10})", "hk-macau-permit"),
    ("[A-Z]{1,2}[0-9]{5,9}", "passport"),
)

_Found = tuple[tuple[Problem, ...], tuple[Problem, ...]]


def _judge_resident(number: str, today: date) -> _Found:
    problems = _form(number)
    if problems:
        return problems, ()
    region = number[:2]
    if region in _PERMITS:
        return (Problem("id-is-residence-permit"),), ()
    if region.startswith("9"):
        return (Problem("id-is-foreign-permanent-resident"),), ()
    if not _PROVINCES.fullmatch(region):
        problems = (Problem("id-region-unknown", {"region": region}),)
    problems = (*problems, *_birth(number, today))
    if not problems and not mod_11_2.is_valid(number):
        problems = (Problem("id-check-digit"),)
    known = problems or _county_known(number[:6])
    return problems, () if known else (Problem("id-county-unknown", {"county": number[:6]}),)


def _judge_residence_permit(number: str, today: date) -> _Found:
    problems = _form(number)
    if problems:
        return problems, ()
    if number[:2] not in _PERMITS:
        return (Problem("id-not-residence-permit"),), ()
    problems = _birth(number, today)
    if not problems and not mod_11_2.is_valid(number):
        problems = (Problem("id-check-digit"),)
    usual = problems or number[2:6] == "0000"
    return problems, () if usual else (Problem("id-county-unknown", {"county": number[:6]}),)


def _judge_foreign(number: str, today: date) -> _Found:
    # Both cards are good: the newer of December 2023 with 18 characters, the older with 15.
    if re.fullmatch("[A-Z]{3}[0-9]{12}", number):
        return (), ()
    if number[:1].isalpha() or len(number) != _LENGTH:
        return (Problem("id-foreign-form", {"typed": len(number)}),), ()
    problems = _form(number)
    if problems:
        return problems, ()
    if number[0] != "9":
        return (Problem("id-not-foreign-permanent-resident"),), ()
    problems = _birth(number, today)
    if not problems and not mod_11_2.is_valid(number):
        problems = (Problem("id-check-digit"),)
    return problems, ()


def _judge_hk_macau(number: str, _: date) -> _Found:
    if re.fullmatch("[HM]([0-9]{8}|[0-9]{10})", number):
        return (), ()
    return (Problem("id-hk-macau-form", {"typed": len(number)}),), ()


def _judge_taiwan(number: str, _: date) -> _Found:
    problems = _letters_and_digits(number)
    usual = problems or re.fullmatch("[0-9]{8}", number)
    return problems, () if usual else (Problem("id-taiwan-length", {"typed": len(number)}),)


def _judge_passport(number: str, _: date) -> _Found:
    problems = _letters_and_digits(number)
    usual = problems or len(number) >= 5
    return problems, () if usual else (Problem("id-passport-short", {"typed": len(number)}),)


_JUDGES = {
    "resident-id": _judge_resident,
    "residence-permit": _judge_residence_permit,
    "hk-macau-permit": _judge_hk_macau,
    "taiwan-permit": _judge_taiwan,
    "foreign-permanent-resident": _judge_foreign,
    "passport": _judge_passport,
}


def _form(number: str) -> tuple[Problem, ...]:
    if re.fullmatch("[0-9]{15}", number):
        return (Problem("id-fifteen-digits"),)
    found = []
    # [0-9] and not \d or isdigit(): these take Arabic-Indic digits, ² and ① as well.
    if wrong := re.findall("[^0-9X]", number):
        found.append(Problem("id-characters", {"characters": some(wrong)}))
    if "X" in number[:-1][: _LENGTH - 1]:
        found.append(Problem("id-x-place"))
    if len(number) != _LENGTH:
        found.append(Problem("id-length", {"needed": _LENGTH, "typed": len(number)}))
    return tuple(found)


def _letters_and_digits(number: str) -> tuple[Problem, ...]:
    if wrong := re.findall("[^0-9A-Z]", number):
        return (Problem("id-characters-latin", {"characters": some(wrong)}),)
    if len(number) > _LONGEST_PASSPORT:
        return (Problem("id-too-long", {"most": _LONGEST_PASSPORT, "typed": len(number)}),)
    return ()


def _birth(number: str, today: date) -> tuple[Problem, ...]:
    year, written = int(number[6:10]), f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    day = born("resident-id", number)
    if day is None:
        return (Problem("id-birth-not-real", {"birth": written}),)
    if day > today:
        return (Problem("id-birth-future", {"birth": day}),)
    if year < 1900:
        return (Problem("id-birth-year", {"year": str(year)}),)
    age = today.year - day.year - ((today.month, today.day) < (day.month, day.day))
    if age > GREATEST_AGE:
        return (Problem("id-too-old", {"most": GREATEST_AGE, "birth": day}),)
    if age < LEAST_AGE:
        return (Problem("id-too-young", {"least": LEAST_AGE}),)
    return ()


def _county_known(code: str) -> bool:
    from stdnum import numdb  # reads its table on first use: 30 ms

    return any("county" in found for _, found in numdb.get("cn/loc").info(code))
