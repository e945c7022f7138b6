"""Draws figures as bars: a name, its numbers in columns, and a bar as long as its size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from assistant.conversation.linebreak import cells
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from flows.text import clean

_GAP = "  "
_MOST_NAME = 42
_LEAST_BAR, _MOST_BAR = 6, 48


@dataclass(frozen=True)
class Bar:
    """A row of a chart.

    Args:
        name: What it counts.
        numbers: What stands in the columns, in words; the figures never hang on the bar alone.
        size: How long the bar is, against the others of the chart.
    """

    name: str
    numbers: tuple[str, ...]
    size: float


def chart(heads: Sequence[str], bars: Sequence[Bar], width: int, glyphs: Glyphs) -> Content:
    """Draw a chart.

    Args:
        heads: The headings of the columns of numbers.
        bars: The rows in order.
        width: The cells of a line.
        glyphs: The signs.

    Returns:
        A heading line and a line for each row. The bar stands last: some fonts draw its signs two cells
        wide, so nothing may stand right of it. Where there is no room for bars, the numbers stand alone.
    """
    columns = [
        max(cells(head), *(cells(bar.numbers[at]) for bar in bars)) if bars else cells(head)
        for at, head in enumerate(heads)
    ]
    taken = sum(columns) + len(_GAP) * len(columns)
    name = min(max((cells(clean(bar.name)) for bar in bars), default=0), _MOST_NAME, max(width - taken, 4))
    room = width - name - taken - len(_GAP)
    room = min(room, _MOST_BAR) if room >= _LEAST_BAR else 0
    most = max((bar.size for bar in bars), default=0)
    lines = [render.line((_row("", heads, name, columns), render.NOTE))]
    for bar in bars:
        # Something is never drawn as nothing.
        length = max(round(bar.size / most * room), 1) if bar.size > 0 and most > 0 and room else 0
        row = _row(bar.name, bar.numbers, name, columns)
        lines.append(render.line((row + _GAP, ""), (glyphs.done * length, "$text-primary")))
    return render.joined(lines)


def _row(name: str, numbers: Sequence[str], width: int, columns: Sequence[int]) -> str:
    said = clean(name).replace("\n", " ")
    while cells(said) > width:
        said = said[:-1]
    lead = said + " " * (width - cells(said))
    return lead + "".join(
        _GAP + " " * (wide - cells(number)) + number for number, wide in zip(numbers, columns, strict=True)
    )
