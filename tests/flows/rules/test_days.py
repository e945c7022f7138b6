"""Days of publicity from Monday to Friday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.days import weekdays

MONDAY = date(2020, 7, 6)


@pytest.mark.req("15.3")
@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (MONDAY, MONDAY, 1),
        (MONDAY, MONDAY + timedelta(4), 5),
        (MONDAY, MONDAY + timedelta(6), 5),
        (date(2020, 7, 4), date(2020, 7, 5), 0),
        (date(2020, 7, 3), date(2020, 7, 16), 10),
        (MONDAY, MONDAY - timedelta(1), 0),
    ],
)
def test_days_from_monday_to_friday_are_counted_with_first_and_last(
    first: date, last: date, count: int
) -> None:
    assert weekdays(first, last) == count


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_the_count_is_that_of_going_day_by_day(first: date, days: int) -> None:
    last = first + timedelta(days)
    assert weekdays(first, last) == sum(
        (first + timedelta(each)).isoweekday() <= 5 for each in range(days + 1)
    )
