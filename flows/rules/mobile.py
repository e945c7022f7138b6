"""The rule for a mobile number of the mainland."""

from __future__ import annotations

import re

from flows.rules.entry import read_entry, some
from flows.verdict import Problem, Verdict, accept, refuse

DIGITS = 11


def check_mobile(typed: str) -> Verdict[str]:
    """Judge a mobile number.

    Args:
        typed: What was typed; spaces, dashes, brackets and the country code 86 are taken out with a note.

    Returns:
        The 11 digits, or what is wrong with them.

    Source: FAQ 11.2, 11.5; numbering plan of the mainland (11 digits, from 13 to 19).
    """
    entry = read_entry(typed, most=100, joined=" -(")
    if entry.problem:
        return refuse(entry.problem)
    notes, number = entry.notes, entry.text
    if not number:
        return refuse(Problem("mobile-missing"), notes=notes)
    local = re.sub("^(\\+|00)86|^86(?=[0-9]{11}$)", "", number)
    if local != number:
        notes = (*notes, Problem("mobile-country-code-removed"))
    if re.match("\\+|00", local):
        return refuse(Problem("mobile-not-mainland", {"digits": DIGITS}), notes=notes)
    if re.search("ext|x[0-9]|[;#转]", local, re.IGNORECASE):
        return refuse(Problem("mobile-extension", {"digits": DIGITS}), notes=notes)
    problems = _form(local)
    return refuse(*problems, notes=notes) if problems else accept(local, notes=notes)


def mask_mobile(number: str) -> str:
    """Return the number with its middle hidden: ``138****5678``."""
    if len(number) < DIGITS:
        return "*" * len(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def _form(number: str) -> tuple[Problem, ...]:
    found = []
    if wrong := re.findall("[^0-9]", number):
        found.append(Problem("mobile-characters", {"characters": some(wrong), "digits": DIGITS}))
    elif re.fullmatch("0[0-9]{9,11}|[2-9][0-9]{6,7}", number):
        return (Problem("mobile-fixed-line", {"digits": DIGITS}),)
    if len(number) != DIGITS:
        found.append(Problem("mobile-length", {"digits": DIGITS, "typed": len(number)}))
    if not wrong and not re.match("1[3-9]", number):
        found.append(Problem("mobile-prefix"))
    return tuple(found)
