"""The rules for months and days, in any usual way of writing them."""

from __future__ import annotations

import re
from datetime import date

from flows.rules.entry import read_entry
from flows.verdict import Problem, Verdict, accept, refuse

_LONGEST_ENTRY = 60

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = (
    "(?P<name>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = "(?P<year>[0-9]{4})"
_MONTH = "(?P<month>[0-9]{1,2})"
_DAY = "(?P<day>[0-9]{1,2})"
_GAP = "[-/. ]"

_MONTH_FORMS = (
    f"{_YEAR}{_GAP}{_MONTH}",
    f"{_MONTH}{_GAP}{_YEAR}",
    f"{_YEAR}年{_MONTH}月?份?",
    "(?P<year>[0-9]{4})(?P<month>[0-9]{2})",
    f"{_NAME}{_GAP}?{_YEAR}",
    f"{_YEAR}{_GAP}?{_NAME}",
)
_DAY_FORMS = (
    f"{_YEAR}{_GAP}{_MONTH}{_GAP}{_DAY}",
    f"{_YEAR}年{_MONTH}月{_DAY}[日号]?",
    "(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
    f"{_DAY}(?:st|nd|rd|th)?{_GAP}?{_NAME}{_GAP}?{_YEAR}",
    f"{_NAME}{_GAP}?{_DAY}(?:st|nd|rd|th)?{_GAP}{_YEAR}",
)
_YEAR_ONLY = "[0-9]{4}年?"
_SHORT_YEAR = f"[0-9]{{1,2}}(?:{_GAP}[0-9]{{1,2}}){{1,2}}|[0-9]{{2}}年[0-9]{{1,2}}月?(?:[0-9]{{1,2}}[日号]?)?"
_YEAR_LAST = f"[0-9]{{1,2}}{_GAP}[0-9]{{1,2}}{_GAP}[0-9]{{4}}"

_FIGURES = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")


def check_month(typed: str, *, earliest: date, latest: date) -> Verdict[str]:
    """Judge a month, such as that of a graduation.

    Args:
        typed: ``2005-07``, ``2005.7``, ``2005年7月``, ``July 2005``, ``07/2005``, ``200507``,
            ``二〇〇五年七月`` and the like; the day of a whole date is left out with a note.
        earliest: A day of the first month that can be meant.
        latest: A day of the last.

    Returns:
        The month as ``YYYY-MM``, or what is wrong with it.

    Source: FAQ 18.4 (true and accurate).
    """
    text, notes, unread = _opened(typed, "month-missing")
    if unread:
        return refuse(unread, notes=notes)
    read = _read(text, _MONTH_FORMS)
    if read is None and (read := _read(text, _DAY_FORMS)):
        notes = (*notes, Problem("month-day-left-out"))
    if read is None:
        return refuse(Problem(_unread_month(text)), notes=notes)
    value = f"{read[0]:04}-{read[1]:02}"
    problem = _month_problem(value, f"{earliest:%Y-%m}", f"{latest:%Y-%m}")
    return refuse(problem, notes=notes) if problem else accept(value, notes=notes)


def check_day(typed: str, *, earliest: date, latest: date) -> Verdict[str]:
    """Judge a day.

    Args:
        typed: ``2005-07-01``, ``2005.7.1``, ``2005年7月1日``, ``1 July 2005``, ``July 1, 2005``, ``20050701``
            and the like. ``01/07/2005`` is refused: it is July for some and January for others.
        earliest: The first day that can be meant.
        latest: The last.

    Returns:
        The day as ``YYYY-MM-DD``, or what is wrong with it.
    """
    text, notes, unread = _opened(typed, "day-missing")
    if unread:
        return refuse(unread, notes=notes)
    read = _read(text, _DAY_FORMS)
    if read is None:
        return refuse(Problem(_unread_day(text)), notes=notes)
    try:
        day = date(*read)
    except ValueError:
        return refuse(Problem("day-not-real"), notes=notes)
    if earliest <= day <= latest:
        return accept(day.isoformat(), notes=notes)
    early = Problem("day-too-early", {"earliest": earliest})
    return refuse(early if day < earliest else Problem("day-too-late", {"latest": latest}), notes=notes)


def _opened(typed: str, missing: str) -> tuple[str, tuple[Problem, ...], Problem | None]:
    entry = read_entry(typed, most=_LONGEST_ENTRY, joined="")
    text = _spelled(entry.text)
    return text, entry.notes, entry.problem or (None if text else Problem(missing))


def _month_problem(value: str, earliest: str, latest: str) -> Problem | None:
    if not "01" <= value[5:] <= "12":
        return Problem("month-number", {"month": int(value[5:])})
    if value < earliest:
        return Problem("month-too-early", {"earliest": earliest})
    if value > latest:
        return Problem("month-too-late", {"latest": latest})
    return None


def _spelled(text: str) -> str:
    """Bring Chinese figures, dashes and gaps of any kind into one form."""
    text = text.casefold().replace(",", " ")
    if re.search("[年月]", text):
        text = re.sub("[一二三四五六七八九〇零○十Ｏo]+", lambda found: _number(found[0]), text).replace(
            " ", ""
        )
    text = re.sub("\\s*[-\u2010-\u2015\u2212/.]\\s*", "-", text)
    return re.sub("\\s+", " ", text).strip(" -")


def _number(figures: str) -> str:
    """Read 二〇〇五 as 2005, 十二 as 12 and 三十一 as 31."""
    figures = figures.replace("o", "〇")
    tens, ten, ones = figures.partition("十")
    if not ten:
        return figures.translate(_FIGURES)
    return f"{tens.translate(_FIGURES) or '1'}{ones.translate(_FIGURES) or '0'}"


def _read(text: str, forms: tuple[str, ...]) -> tuple[int, int, int] | None:
    for form in forms:
        if found := re.fullmatch(form, text):
            parts = found.groupdict()
            name = parts.get("name")
            month = _NAMES.index(name[:3]) + 1 if name else int(parts["month"])
            return int(parts["year"]), month, int(parts.get("day") or 1)
    return None


def _unread_month(text: str) -> str:
    if re.fullmatch(_YEAR_ONLY, text):
        return "month-only-year"
    if re.fullmatch(_YEAR_LAST, text):
        return "month-order"
    if re.fullmatch(_SHORT_YEAR, text):
        return "month-short-year"
    return "month-unread"


def _unread_day(text: str) -> str:
    if re.fullmatch(_YEAR_LAST, text):
        return "day-order"
    if re.fullmatch(_SHORT_YEAR, text):
        return "day-short-year"
    if re.fullmatch(_YEAR_ONLY, text) or _read(text, _MONTH_FORMS):
        return "day-incomplete"
    return "day-unread"
