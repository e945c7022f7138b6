"""The one source of time. Nothing else in the packages asks the system what time it is."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "CST")
"""China Standard Time: the notice's dates and offices live in it; China has had no summer time since 1991."""

Ticks = Callable[[], float]
"""Seconds since some moment, for measuring how long something takes; no date can be read from them."""


class Clock(Protocol):
    """Something that tells the time."""

    def now(self) -> datetime:
        """Return the time, with its zone."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """Return the machine's time in China Standard Time."""
        return datetime.now(UTC).astimezone(CHINA)


class SetClock:
    """A clock that stands where it was put until it is moved: for ``--now``, for play and for tests."""

    def __init__(self, start: datetime) -> None:
        """Put the clock at ``start``; a time without a zone is China Standard Time."""
        self._now = in_china(start)

    def now(self) -> datetime:
        """Return the time that was set."""
        return self._now

    def set(self, to: datetime) -> None:
        """Put the clock at ``to``."""
        self._now = in_china(to)

    def advance(self, by: timedelta) -> None:
        """Move the clock on."""
        self._now += by


def in_china(moment: datetime) -> datetime:
    """Return ``moment`` in China Standard Time; without a zone it is taken to be in it already."""
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)


def uptime() -> float:
    """Return seconds since some moment: never set, not even at a change of the date, and counted in sleep.

    ``time.monotonic`` stops while a Linux machine or a Mac is suspended: an hour under a closed lid would be
    no time at all.
    """
    if sys.platform == "linux":
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    if sys.platform == "darwin":
        return time.clock_gettime(time.CLOCK_MONOTONIC)
    return time.monotonic()
