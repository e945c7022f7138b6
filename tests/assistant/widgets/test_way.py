"""Where one is: words first, then what has room at the right end, and nothing cut in two."""

from __future__ import annotations

import pytest
from textual.content import Content

from assistant.conversation.linebreak import cells
from assistant.conversation.messages import Progress
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.glyphs import UNICODE
from assistant.widgets.way import ProgressLine
from tests.factories import content

HERE = Progress("academic", 18, "register", 9, 22, ())
CODE = "KX4T-8B2D"
BAR = UNICODE.done + UNICODE.ahead


def line(width: int, language: str, reference: str | None = CODE) -> Content:
    progress = ProgressLine(UNICODE)
    progress.tell(Wording(content(), language), HERE, reference)
    return progress.at(width)


def signs(said: str) -> int:
    return sum(sign in BAR for sign in said)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_code_and_bar_stand_at_the_right_end_and_the_bar_is_shortened_first(language: str) -> None:
    seen = []
    for width in range(120, 55, -1):
        drawn = line(width, language)
        assert drawn.cell_length <= width
        assert drawn.plain.endswith((CODE, UNICODE.ahead)) == (drawn.cell_length == width)
        seen.append((CODE in drawn.plain, signs(drawn.plain)))
    assert list(dict.fromkeys(seen))[:3] == [(True, 22), (True, 11), (True, 0)]
    assert all(code in {False, True} and bar in {0, 11, 22} for code, bar in seen)


def test_without_a_code_the_bar_alone_stands_at_the_right_end() -> None:
    assert line(76, "zh", None).plain.endswith(UNICODE.done * 9 + UNICODE.ahead * 13)


def test_a_shortened_bar_is_empty_at_the_beginning_and_full_at_the_end() -> None:
    bars = [render.bar(number, 22, 11, UNICODE).plain.count(UNICODE.done) for number in range(23)]
    assert (bars[0], bars[11], bars[21], bars[22]) == (0, 5, 10, 11)


def test_in_the_rail_what_a_step_needs_stands_at_the_right_where_the_line_has_room() -> None:
    steps = (
        render.RailStep("上传照片", "ahead", "照片文件"),
        render.RailStep("Photo", "here", "photo file"),
        render.RailStep("A step of a name too long for that", "here", "one answer"),
    )
    rows = render.rail([("Stage", steps)], 34, UNICODE, brief=False).plain.split("\n")
    assert [cells(row) for row in rows[1:3]] == [34, 34]
    assert rows[2].startswith("› Photo  ")
    assert rows[-1] == "  one answer"
