"""The 24 hours of online verification, to the second."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.verification import WAIT, Status, complete, pending, status_of, visible_at

CHINA = timezone(timedelta(hours=8))
SUBMITTED = datetime(2020, 7, 1, 9, 0, tzinfo=CHINA)
STATUSES: tuple[Status, ...] = get_args(Status)
RESULTS = ("verified", "failed", "cannot-verify")


@pytest.mark.req("7.2", "18.5")
@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize(
    ("after", "shown"),
    [
        (timedelta(0), False),
        (timedelta(hours=23, minutes=59, seconds=59), False),
        (timedelta(hours=24), True),
        (timedelta(days=30), True),
    ],
)
def test_a_result_is_shown_once_24_hours_are_over(result: str, after: timedelta, shown: bool) -> None:
    assert status_of(SUBMITTED, result, SUBMITTED + after) == (result if shown else "unverified")


@pytest.mark.req("7.2")
def test_the_time_to_come_back_is_24_hours_after_submitting_in_any_zone() -> None:
    back = visible_at(SUBMITTED)
    assert back == datetime(2020, 7, 2, 9, 0, tzinfo=CHINA)
    elsewhere = back.astimezone(timezone(timedelta(hours=-5)))
    assert status_of(SUBMITTED, "verified", elsewhere) == "verified"
    assert status_of(SUBMITTED, "verified", elsewhere - timedelta(seconds=1)) == "unverified"


@pytest.mark.req("18.5")
def test_an_item_without_a_result_stays_unverified_after_24_hours() -> None:
    assert status_of(SUBMITTED, None, SUBMITTED + timedelta(days=3)) == "unverified"
    assert status_of(SUBMITTED, "unverified", SUBMITTED + timedelta(days=3)) == "unverified"


def test_a_result_that_is_no_status_is_an_error_of_the_source_and_not_shown() -> None:
    with pytest.raises(ValueError, match="maybe"):
        status_of(SUBMITTED, "maybe", SUBMITTED + WAIT)


@pytest.mark.req("9.1")
@pytest.mark.parametrize("status", RESULTS)
def test_every_shown_result_counts_as_complete(status: Status) -> None:
    assert complete({"identity": "verified", "education.0": status})


@pytest.mark.req("9.1", "7.3")
def test_one_unverified_item_keeps_verification_open_and_is_named() -> None:
    statuses: dict[str, Status] = {
        "identity": "verified",
        "education.0": "unverified",
        "degree.0": "failed",
        "degree.1": "unverified",
    }
    assert not complete(statuses)
    assert pending(statuses) == ("education.0", "degree.1")


def test_where_nothing_was_submitted_nothing_is_complete() -> None:
    assert not complete({})


@pytest.mark.req("9.1")
@given(st.dictionaries(st.sampled_from(["identity", "education.0", "degree.0"]), st.sampled_from(STATUSES)))
def test_verification_is_complete_exactly_when_something_was_submitted_and_nothing_pends(
    statuses: dict[str, Status],
) -> None:
    assert complete(statuses) is (bool(statuses) and not pending(statuses))


@pytest.mark.req("7.2")
@given(st.sampled_from(RESULTS), st.timedeltas(timedelta(0), timedelta(days=9)), st.timedeltas(timedelta(0)))
def test_a_shown_result_never_goes_back_to_unverified(result: str, first: timedelta, more: timedelta) -> None:
    more = min(more, timedelta(days=1000))
    if status_of(SUBMITTED, result, SUBMITTED + first) != "unverified":
        assert status_of(SUBMITTED, result, SUBMITTED + first + more) == result
