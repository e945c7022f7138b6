"""Registration windows and what has to be done by when, to the minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.loader import load
from content.schema import Calendar, Window
from flows.rules.deadlines import (
    CHINA,
    FILLING,
    MARGIN,
    WindowTimes,
    latest_safe_start,
    plan,
    state,
    window,
)
from flows.rules.verification import WAIT


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, second, tzinfo=CHINA)


def row(
    exam: str = "*",
    province: str = "*",
    year: int | None = None,
    opens: str = "07-01 09:00",
    closes: str = "07-10 17:00",
    pay_by: str = "07-12 17:00",
    exam_day: str = "09-12",
) -> Window:
    return Window(
        exam=exam, province=province, year=year, opens=opens, closes=closes, pay_by=pay_by, exam_day=exam_day
    )


def calendar(*rows: Window, sample: bool = False) -> Calendar:
    return Calendar(sample=sample, source="made up", windows=rows)


TIMES = WindowTimes(
    opens=at(2020, 7, 1, 9),
    closes=at(2020, 7, 10, 17),
    pay_by=at(2020, 7, 12, 17),
    exam_day=date(2020, 9, 12),
    sample=False,
)


@pytest.mark.req("7.4")
def test_a_window_is_given_in_china_standard_time_with_its_year() -> None:
    assert window(calendar(row()), "surveyor", "jiangsu", at(2020, 3, 1)) == TIMES


@pytest.mark.req("7.4")
@pytest.mark.parametrize(
    ("exam", "province", "day"),
    [
        ("surveyor", "xizang", 4),
        ("surveyor", "jiangsu", 3),
        ("pharmacist", "xizang", 2),
        ("economics", "hainan", 1),
    ],
)
def test_the_most_particular_window_counts(exam: str, province: str, day: int) -> None:
    rows = (
        row(opens="07-01 09:00"),
        row(province="xizang", opens="07-02 09:00"),
        row("surveyor", opens="07-03 09:00"),
        row("surveyor", "xizang", opens="07-04 09:00"),
    )
    for ordered in (rows, rows[::-1]):
        found = window(calendar(*ordered), exam, province, at(2020, 3, 1))
        assert found is not None
        assert found.opens == at(2020, 7, day, 9)


@pytest.mark.req("7.4")
def test_a_window_of_one_year_counts_before_one_that_comes_back_but_only_in_its_year() -> None:
    both = calendar(row(opens="06-01 09:00"), row(year=2020, opens="07-05 09:00"))
    this, other = (window(both, "a", "b", at(year, 1, 1)) for year in (2020, 2021))
    assert this is not None
    assert other is not None
    assert (this.opens, other.opens) == (at(2020, 7, 5, 9), at(2021, 6, 1, 9))


@pytest.mark.req("7.4")
def test_a_window_stands_until_its_payment_is_over_and_then_the_next_one_does() -> None:
    yearly = calendar(row())
    assert window(yearly, "a", "b", at(2020, 7, 12, 17)) == TIMES
    following = window(yearly, "a", "b", at(2020, 7, 12, 17) + timedelta(seconds=1))
    assert following is not None
    assert following.closes == at(2021, 7, 10, 17)


def test_the_last_window_is_still_named_when_no_other_follows() -> None:
    found = window(calendar(row(year=2020)), "a", "b", at(2020, 12, 1))
    assert found == TIMES
    assert state(TIMES, at(2020, 12, 1)) == "closed"


def test_a_window_of_a_later_year_is_found_and_one_of_an_earlier_year_is_not() -> None:
    later = calendar(row(year=2023))
    found = window(later, "a", "b", at(2020, 1, 1))
    assert found is not None
    assert found.opens.year == 2023
    assert window(later, "a", "b", at(2024, 1, 1)) is None
    assert window(calendar(), "a", "b", at(2020, 1, 1)) is None


def test_of_two_windows_in_a_year_the_one_that_is_not_over_counts() -> None:
    twice = calendar(
        row(opens="09-01 09:00", closes="09-10 17:00", pay_by="09-12 17:00"),
        row(opens="03-01 09:00", closes="03-10 17:00", pay_by="03-12 17:00"),
    )
    months = [
        found.opens.month
        for month in (1, 3, 4, 9, 10)
        if (found := window(twice, "a", "b", at(2020, month, 2))) is not None
    ]
    assert months == [3, 3, 9, 9, 3]


def test_a_day_that_only_leap_years_have_does_not_break_the_others() -> None:
    found = window(calendar(row(closes="02-29 17:00", opens="01-10 09:00")), "a", "b", at(2021, 1, 1))
    assert found is not None
    assert found.closes == at(2021, 2, 28, 17)


@pytest.mark.req("7.4")
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(2020, 7, 1, 8, 59, 59), "not-yet"),
        (at(2020, 7, 1, 9), "open"),
        (at(2020, 7, 10, 16, 59, 59), "open"),
        (at(2020, 7, 10, 17), "closed"),
    ],
)
def test_a_window_opens_and_closes_on_the_minute(now: datetime, expected: str) -> None:
    assert state(TIMES, now) == expected
    assert state(TIMES, now.astimezone(timezone(timedelta(hours=-8)))) == expected


def test_new_year_is_that_of_china() -> None:
    utc = datetime(2020, 12, 31, 16, 30, tzinfo=UTC)
    found = window(calendar(row()), "a", "b", utc)
    assert found is not None
    assert found.opens.year == 2021


@pytest.mark.req("7.4", "P.5")
def test_the_latest_safe_start_leaves_the_24_hours_the_margin_and_the_filling_in() -> None:
    assert latest_safe_start(TIMES, verified=False) == at(2020, 7, 7, 15)
    assert latest_safe_start(TIMES, verified=True) == at(2020, 7, 10, 15)
    assert TIMES.closes - latest_safe_start(TIMES, verified=False) == WAIT + MARGIN + FILLING


@pytest.mark.req("7.4", "P.5")
def test_the_plan_names_what_blocks_first_and_goes_forward_to_paying() -> None:
    before = plan(TIMES, at(2020, 6, 1), pending=True)
    assert [(each.key, each.at) for each in before] == [
        ("start", at(2020, 7, 7, 15)),
        ("academic", at(2020, 7, 9, 15)),
        ("photo", at(2020, 7, 10, 15)),
        ("closes", at(2020, 7, 10, 17)),
        ("pay-by", at(2020, 7, 12, 17)),
    ]
    assert not any(each.late for each in before)
    verified = plan(TIMES, at(2020, 6, 1), pending=False)
    assert [each.key for each in verified] == ["closes", "pay-by"]


@pytest.mark.req("P.5")
def test_a_milestone_is_late_from_its_own_moment_on() -> None:
    start = latest_safe_start(TIMES, verified=False)
    assert [each.late for each in plan(TIMES, start, pending=True)] == [True, False, False, False, False]
    earlier = plan(TIMES, start - timedelta(seconds=1), pending=True)
    assert not any(each.late for each in earlier)
    assert all(each.late for each in plan(TIMES, TIMES.pay_by, pending=True))


@pytest.mark.req("P.5")
@given(st.datetimes(datetime(2020, 1, 1), datetime(2020, 12, 31)), st.booleans())  # noqa: DTZ001
def test_a_plan_runs_in_the_order_of_time_and_lateness_never_comes_before_what_is_on_time(
    moment: datetime, pending: bool
) -> None:
    milestones = plan(TIMES, moment.replace(tzinfo=CHINA), pending=pending)
    moments = [each.at for each in milestones]
    assert moments == sorted(moments)
    late = [each.late for each in milestones]
    assert late == sorted(late, reverse=True)


def test_the_sample_calendar_says_so_and_has_a_window_for_every_exam_in_every_province() -> None:
    content = load()
    for exam in content.exams:
        for province in content.provinces:
            found = window(content.calendar, exam, province, at(2020, 7, 1, 9))
            assert found is not None
            assert found.sample
            assert found.opens < found.closes <= found.pay_by
