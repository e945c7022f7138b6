"""Figures drawn as bars."""

from __future__ import annotations

import pytest

from assistant.conversation.linebreak import cells
from assistant.widgets.bars import Bar, chart
from assistant.widgets.glyphs import ASCII, UNICODE

BARS = (
    Bar("已缴费", ("1000",), 1000),
    Bar("To pay", ("500",), 500),
    Bar("少", ("1",), 1),
    Bar("无", ("0",), 0),
)


def lengths(width: int) -> list[int]:
    return [line.count("=") for line in chart(("Count",), BARS, width, ASCII).plain.split("\n")[1:]]


def test_a_bar_is_as_long_as_its_share_and_something_is_never_drawn_as_nothing() -> None:
    most, half, least, none = lengths(80)
    assert most == 48
    assert abs(half * 2 - most) <= 1
    assert (least, none) == (1, 0)


@pytest.mark.parametrize("width", [8, 20, 40, 76, 116])
def test_no_line_is_wider_than_the_screen_and_every_number_stays_readable(width: int) -> None:
    lines = chart(("Count",), BARS, width, UNICODE).plain.split("\n")
    assert max(cells(line.rstrip()) for line in lines) <= max(width, 11)
    assert lines[1].split()[1] == "1000"


def test_a_chart_whose_sizes_are_all_nothing_has_no_bars() -> None:
    assert "=" not in chart(("Count",), (Bar("a", ("0",), 0),), 40, ASCII).plain


def test_markup_in_a_question_is_text() -> None:
    assert (
        "[/b][@click=app.quit]" in chart(("n",), (Bar("[/b][@click=app.quit]", ("1",), 1),), 60, ASCII).plain
    )
