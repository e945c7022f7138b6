"""Records in the integrity file, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.integrity import IntegrityRecord, applies, decode, encode, running

FIVE_YEARS = IntegrityRecord("art-7", date(2015, 7, 2), date(2020, 7, 1))
LONG_TERM = IntegrityRecord("art-8", date(2016, 1, 1), None)

days = st.dates(date(2000, 1, 1), date(2040, 12, 31))
records = st.builds(
    IntegrityRecord, st.sampled_from(["art-7", "art-8", "art-10", "第七条"]), days, st.none() | days
)


@pytest.mark.req("6.1", "6.2")
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2015, 7, 1), None),
        (date(2015, 7, 2), FIVE_YEARS),
        (date(2020, 6, 30), FIVE_YEARS),
        (date(2020, 7, 1), FIVE_YEARS),
        (date(2020, 7, 2), None),
    ],
)
def test_a_record_runs_from_its_first_day_to_its_last_and_not_the_day_after(
    today: date, expected: IntegrityRecord | None
) -> None:
    assert running((FIVE_YEARS,), today) == expected
    assert applies((FIVE_YEARS,), today) is (expected is None)


@pytest.mark.req("6.1")
def test_a_long_term_record_never_ends_and_outlasts_the_others() -> None:
    assert running((LONG_TERM,), date(2099, 1, 1)) == LONG_TERM
    assert running((FIVE_YEARS, LONG_TERM), date(2020, 7, 1)) == LONG_TERM
    assert running((LONG_TERM, FIVE_YEARS), date(2020, 7, 1)) == LONG_TERM


@pytest.mark.req("6.1")
def test_of_two_running_records_the_later_end_is_told() -> None:
    later = IntegrityRecord("art-10", date(2018, 1, 1), date(2022, 12, 31))
    assert running((later, FIVE_YEARS), date(2020, 1, 1)) == later
    assert running((FIVE_YEARS, later), date(2020, 1, 1)) == later


def test_nobody_without_a_record_is_kept_out() -> None:
    assert running((), date(2020, 7, 1)) is None
    assert applies((), date(2020, 7, 1))


@given(records)
def test_a_record_reads_back_as_it_was_written(record: IntegrityRecord) -> None:
    assert decode(encode(record)) == record


@pytest.mark.parametrize(
    "text", ["", "art-7", "art-7/2015-07-02", "art-7/soon/", "art-7/2015-07-02/2020-13-01"]
)
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decode(text)


@given(st.lists(records, max_size=6), days)
def test_the_commitment_applies_exactly_when_no_record_covers_the_day(
    held: list[IntegrityRecord], today: date
) -> None:
    covering = [each for each in held if each.begins <= today <= (each.until or date.max)]
    assert applies(held, today) is (not covering)
    assert (found := running(held, today)) is None or found in covering


@given(days, st.integers(0, 4000))
def test_the_day_before_and_the_day_after_the_last_day_differ(begins: date, length: int) -> None:
    last = begins + timedelta(days=length)
    record = IntegrityRecord("art-7", begins, last)
    assert not applies((record,), last)
    assert applies((record,), last + timedelta(days=1))
