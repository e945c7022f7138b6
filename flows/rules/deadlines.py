"""Registration windows, and what has to be done by when, worked out backwards from the closing (FAQ 7.4)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Literal

from content.schema import Calendar, Window
from flows.rules.verification import WAIT

CHINA = timezone(timedelta(hours=8), "CST")

MARGIN = timedelta(hours=48)
"""Time to mend a photo or a failed entry and wait for it once more, before the last safe start."""

FILLING = timedelta(hours=2)
"""Time to fill in, sign and confirm an application at one sitting."""

WindowState = Literal["not-yet", "open", "closed"]


@dataclass(frozen=True)
class WindowTimes:
    """One registration window, in China Standard Time; ``sample`` is said wherever it is shown."""

    opens: datetime
    closes: datetime
    pay_by: datetime
    exam_day: date
    sample: bool


@dataclass(frozen=True)
class Milestone:
    """Something to be done by a moment: ``late`` when that moment has passed."""

    key: Literal["start", "academic", "photo", "closes", "pay-by"]
    at: datetime
    late: bool


def window(calendar: Calendar, exam: str, province: str, now: datetime) -> WindowTimes | None:
    """Find the window that is open now, or the next one, or the one that closed this year.

    The most particular row counts: exam and province, then exam, then province, then any; and a row for a
    year before one that comes back every year. A window counts as over when its time for paying is over.

    Returns:
        The window; ``None`` where the calendar has none for this year or a later one.
    """
    local = now.astimezone(CHINA)
    last = max((each.year for each in calendar.windows if each.year is not None), default=local.year)
    found = [
        times
        for year in range(local.year, max(last, local.year + 1) + 1)
        for times in _times(calendar, exam, province, year)
    ]
    return next((times for times in found if local <= times.pay_by), found[-1] if found else None)


def _times(calendar: Calendar, exam: str, province: str, year: int) -> tuple[WindowTimes, ...]:
    rows = [
        each
        for each in calendar.windows
        if each.exam in {exam, "*"} and each.province in {province, "*"} and each.year in {year, None}
    ]
    best = max((_particular(each) for each in rows), default=None)
    # An examination held twice a year has two rows that are equally particular.
    windows = (
        WindowTimes(
            opens=_moment(year, each.opens),
            closes=_moment(year, each.closes),
            pay_by=_moment(year, each.pay_by),
            exam_day=_day(year, each.exam_day),
            sample=calendar.sample,
        )
        for each in rows
        if _particular(each) == best
    )
    return tuple(sorted(windows, key=lambda each: each.opens))


def _particular(row: Window) -> tuple[bool, bool, bool]:
    return (row.exam != "*", row.province != "*", row.year is not None)


def _moment(year: int, text: str) -> datetime:
    day, _, clock = text.partition(" ")
    return datetime.combine(_day(year, day), time.fromisoformat(clock), CHINA)


def _day(year: int, text: str) -> date:
    month, day = (int(part) for part in text.split("-")[-2:])
    # A window that comes back every year may name a day that only leap years have.
    return date(year, month, min(day, monthrange(year, month)[1]) if month == 2 else day)


def state(times: WindowTimes, now: datetime) -> WindowState:
    """Say whether the window is open; it opens on the minute and closes on the minute."""
    if now < times.opens:
        return "not-yet"
    return "open" if now < times.closes else "closed"


def latest_safe_start(times: WindowTimes, *, verified: bool) -> datetime:
    """Return the last moment to begin without hurry: before the 24 hours of waiting and the margin.

    Args:
        times: The window.
        verified: Whether verification is complete, so that only the application itself is left.

    Source: FAQ 7.4 (leave enough time), 7.2 (24 hours).
    """
    return times.closes - FILLING if verified else times.closes - FILLING - WAIT - MARGIN


def plan(times: WindowTimes, now: datetime, *, pending: bool) -> tuple[Milestone, ...]:
    """List what has to be done by when, what blocks first.

    Args:
        times: The window.
        now: The moment.
        pending: Whether verification still has to run or to be waited for.
    """
    moments: list[tuple[Literal["start", "academic", "photo", "closes", "pay-by"], datetime]] = []
    if pending:
        moments.append(("start", latest_safe_start(times, verified=False)))
        moments.append(("academic", times.closes - FILLING - WAIT))
        moments.append(("photo", times.closes - FILLING))
    moments += [("closes", times.closes), ("pay-by", times.pay_by)]
    return tuple(Milestone(key, at, now >= at) for key, at in moments)
