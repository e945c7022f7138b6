"""Registration windows, and what has to be done by when, worked out backwards from the closing (FAQ 7.4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
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
    year before one that comes back every year.
    """
    local = now.astimezone(CHINA)
    this, following = (_times(calendar, exam, province, year) for year in (local.year, local.year + 1))
    if this is None:
        return following
    over = local > this.pay_by
    return following if over and following is not None else this


def _times(calendar: Calendar, exam: str, province: str, year: int) -> WindowTimes | None:
    rows = [
        each
        for each in calendar.windows
        if each.exam in {exam, "*"} and each.province in {province, "*"} and each.year in {year, None}
    ]
    if not rows:
        return None
    best = max(rows, key=lambda each: (each.exam != "*", each.province != "*", each.year is not None))
    return WindowTimes(
        opens=_moment(year, best.opens),
        closes=_moment(year, best.closes),
        pay_by=_moment(year, best.pay_by),
        exam_day=_day(year, best),
        sample=calendar.sample,
    )


def _moment(year: int, text: str) -> datetime:
    return datetime.strptime(f"{year}-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


def _day(year: int, row: Window) -> date:
    month, day = row.exam_day.split("-")[-2:]
    return date(year, int(month), int(day))


def state(times: WindowTimes, now: datetime) -> WindowState:
    """Say whether the window is open; it opens on the minute and closes on the minute."""
    if now < times.opens:
        return "not-yet"
    return "open" if now < times.closes else "closed"


def latest_safe_start(times: WindowTimes, *, verified: bool) -> datetime:
    """Return the last moment to begin without hurry: before the 24 hours of waiting and a margin (FAQ 7.4)."""
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
