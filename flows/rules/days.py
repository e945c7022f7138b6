"""Counts days of publicity."""

from __future__ import annotations

from datetime import date

_WEEK = 7
_WEEKEND = (5, 6)


def weekdays(first: date, last: date) -> int:
    """Count the days from Monday to Friday between two days, both counted; 0 where the last is the earlier.

    Whether such a day is a working day, the State Council says anew each year: its holidays and the weekends
    that are worked in exchange are no part of the content, so that whoever publishes is to look.
    """
    days = (last - first).days + 1
    if days <= 0:
        return 0
    whole, rest = divmod(days, _WEEK)
    return whole * (_WEEK - len(_WEEKEND)) + sum(
        (first.weekday() + each) % _WEEK not in _WEEKEND for each in range(rest)
    )
