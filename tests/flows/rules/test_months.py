"""Months and days in any usual way of writing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.months import check_day, check_month

EARLIEST, LATEST = date(1950, 1, 1), date(2020, 7, 1)


def month(typed: str) -> str | None:
    return check_month(typed, earliest=EARLIEST, latest=LATEST).value


@pytest.mark.parametrize(
    "typed",
    [
        "2005-07",
        "2005-7",
        "2005.7",
        "2005/07",
        "2005 7",
        "2005年7月",
        "2005 年 07 月",
        "2005年7月份",
        "July 2005",
        "july, 2005",
        "Jul. 2005",
        "2005 July",
        "07/2005",
        "7-2005",
        "200507",
        "２００５－０７",
        "2005—07",
        "二〇〇五年七月",
        "二零零五年七月",
        "二○○五年七月",
    ],
)
def test_a_month_is_read_however_it_is_written(typed: str) -> None:
    assert month(typed) == "2005-07"


@pytest.mark.parametrize("typed", ["2005-07-01", "2005年7月1日", "20050701", "1 July 2005", "2005.7.15"])
def test_the_day_of_a_whole_date_is_left_out_with_a_note(typed: str) -> None:
    verdict = check_month(typed, earliest=EARLIEST, latest=LATEST)
    assert verdict.value == "2005-07"
    assert [note.code for note in verdict.notes] == ["month-day-left-out"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "month-missing"),
        ("soon", "month-unread"),
        ("٢٠٠٥-٠٧", "month-unread"),
        ("2005²", "month-unread"),
        ("2005", "month-only-year"),
        ("2005年", "month-only-year"),
        ("05-07", "month-short-year"),
        ("05年7月", "month-short-year"),
        ("07/01/2005", "month-order"),
        ("2005-13", "month-number"),
        ("2005-00", "month-number"),
        ("1949-12", "month-too-early"),
        ("2020-08", "month-too-late"),
        ("9" * 10_000, "entry-too-long"),
        ("2005-07\n2006-07", "entry-several-lines"),
    ],
)
def test_each_thing_that_is_wrong_with_a_month_has_its_own_problem(typed: str, code: str) -> None:
    assert [p.code for p in check_month(typed, earliest=EARLIEST, latest=LATEST).problems] == [code]


def test_the_first_and_the_last_month_are_within() -> None:
    assert month("1950-01") == "1950-01"
    assert month("2020-07") == "2020-07"


@given(st.dates(EARLIEST, LATEST))
def test_chinese_figures_say_the_same_as_digits(day: date) -> None:
    figures = "〇一二三四五六七八九十"
    year = "".join(figures[int(digit)] for digit in str(day.year))
    months = [*figures[1:], "十一", "十二"]
    assert month(f"{year}年{months[day.month - 1]}月") == f"{day:%Y-%m}"


@pytest.mark.parametrize(
    "typed",
    [
        "2005-07-31",
        "2005.7.31",
        "2005/07/31",
        "2005年7月31日",
        "2005年7月31号",
        "20050731",
        "31 July 2005",
        "July 31, 2005",
        "Jul 31st 2005",
        "二〇〇五年七月三十一日",
    ],
)
def test_a_day_is_read_however_it_is_written(typed: str) -> None:
    assert check_day(typed, earliest=EARLIEST, latest=LATEST).value == "2005-07-31"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "day-missing"),
        ("tomorrow", "day-unread"),
        ("2005-07", "day-incomplete"),
        ("2005", "day-incomplete"),
        ("05-07-01", "day-short-year"),
        ("01/07/2005", "day-order"),
        ("2005-02-30", "day-not-real"),
        ("0000-01-01", "day-not-real"),
        ("1949-12-31", "day-too-early"),
        ("2020-07-02", "day-too-late"),
    ],
)
def test_each_thing_that_is_wrong_with_a_day_has_its_own_problem(typed: str, code: str) -> None:
    assert [p.code for p in check_day(typed, earliest=EARLIEST, latest=LATEST).problems] == [code]


@given(st.dates(EARLIEST, LATEST))
def test_every_day_in_its_normal_form_is_taken_unchanged(day: date) -> None:
    assert check_day(day.isoformat(), earliest=EARLIEST, latest=LATEST).value == day.isoformat()
