"""Dates are looked at: what is over, what is today and what is to come have their signs on one rail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.clock import CHINA
from assistant.conversation.blocks import Moment
from assistant.conversation.linebreak import cells
from assistant.conversation.messages import Deadline, Plan
from assistant.conversation.wording import Wording
from assistant.widgets.glyphs import ASCII, UNICODE, Glyphs
from assistant.widgets.timeline import LONG, Span, rows
from tests.factories import content

NOW = datetime(2020, 7, 1, 9, 0, tzinfo=CHINA)
SETS = [UNICODE, ASCII]


def moments(language: str, *days: int) -> list[Moment]:
    """Dates so many days from now in words, the second to last of them the closing date; now among them."""
    labels = ("plan.start", "plan.academic.late", "plan.photo", "plan.closes", "plan.pay-by")[-len(days) :]
    dates = (
        Deadline(label, NOW + timedelta(days=each), label == "plan.closes")
        for label, each in zip(labels, days, strict=True)
    )
    block = Wording(content(), language).message(Plan("column.title", tuple(dates), NOW))
    return [part for part in block.parts if isinstance(part, Moment)]


def drawn(dates: list[Moment], width: int, glyphs: Glyphs = UNICODE, *, airy: bool = False) -> list[str]:
    return ["".join(text for text, _ in spans) for spans in rows(dates, width, glyphs, airy=airy)]


def rail(dates: list[Moment], glyphs: Glyphs = UNICODE, *, airy: bool = False) -> str:
    return "".join(line[0] for line in drawn(dates, 80, glyphs, airy=airy))


@pytest.mark.parametrize("glyphs", SETS)
def test_over_today_and_to_come_are_told_apart_by_sign_and_rail(glyphs: Glyphs) -> None:
    g = glyphs
    behind, ahead = g.over + g.rail_over, g.due + g.rail_due
    assert rail(moments("en", -2, -1, 1, 2, 3), g) == behind * 2 + g.today + ahead + (
        g.closing + g.rail_due + g.due + " "
    )
    assert len({g.over, g.today, g.due, g.closing, g.rail_over, g.rail_due, g.rail_long}) == 7


def test_the_ascii_set_is_of_ascii() -> None:
    texts = drawn(moments("en", -30, -1, 1, 2, 30), 80, ASCII, airy=True)
    assert all(line.isascii() for line in texts)


def test_a_closing_date_that_is_over_has_the_sign_of_what_is_over() -> None:
    assert rail(moments("en", -2, 1))[0] == UNICODE.over


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("airy", [False, True])
def test_every_line_fits_and_nothing_is_lost_at_any_width(language: str, airy: bool) -> None:
    dates = moments(language, -12, -1, 0, 1, 170)
    for width in range(24, 161):
        lines = drawn(dates, width, airy=airy)
        assert max(map(cells, lines)) <= width
        text = "".join(line[1:] for line in lines).replace(" ", "")
        wanted = [date.away + ("" if date.state == "now" else date.label) + date.at for date in dates]
        assert sorted(text) == sorted("".join(wanted).replace(" ", ""))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_due_begins_in_one_column(language: str) -> None:
    dates = moments(language, -12, -1, 0, 1, 170)
    starts = set()
    for line in drawn(dates, 80):
        for said in (said for date in dates for said in (date.label, date.at)):
            if said in line:
                starts.add(cells(line[: line.index(said)]))
    assert len(starts) == 1


def test_much_time_between_two_dates_breaks_the_rail() -> None:
    near, far = moments("en", LONG, LONG + 1), moments("en", LONG + 1, LONG + 2)
    assert UNICODE.rail_long not in rail(near)
    assert rail(far)[:3] == UNICODE.today + UNICODE.rail_long + UNICODE.closing


def test_where_there_is_room_each_date_has_a_line_of_rail_before_it() -> None:
    dates = moments("en", -1, 1, 2)
    assert len(rail(dates, airy=True)) == len(rail(dates)) + len(dates) - 1


def test_the_closing_date_is_the_strongest() -> None:
    dates = moments("en", -2, -1, 1, 2, 3)
    sealed = [spans for spans in rows(dates, 80, UNICODE, airy=False) if any(map(_on_a_ground, spans))]
    assert [spans[0][0] for spans in sealed] == [UNICODE.closing]
    plain = [replace(date, closing=False) for date in dates]
    assert not any(_on_a_ground(span) for spans in rows(plain, 80, UNICODE, airy=False) for span in spans)


def _on_a_ground(span: Span) -> bool:
    return " on " in span[1]


def test_no_dates_are_no_lines() -> None:
    assert rows([], 80, UNICODE, airy=True) == []
