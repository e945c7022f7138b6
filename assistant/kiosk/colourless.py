"""Takes every colour out of what is drawn; what colours marked is marked by reverse video."""

from __future__ import annotations

from functools import lru_cache

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

REVERSE = Style(reverse=True)
UPRIGHT = Style(reverse=False)


class Colourless(LineFilter):
    """Lets bold, underline and reverse through, and no colour.

    A light ground, as the plain look has it under what is highlighted, becomes reverse video; so it needs no
    rule for each widget. What is drawn dark on dark is not to be seen and becomes blank.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments without colours."""
        found = []
        for text, style, control in segments:
            if style is None or control:
                found.append(Segment(text, style, control))
                continue
            bare, hidden = _bare(style)
            found.append(Segment(" " * cell_len(text) if hidden else text, bare))
        return found


@lru_cache(2048)
def _bare(style: Style) -> tuple[Style, bool]:
    """Return a style without colours, and whether it hid its text."""
    ink, ground = _is_light(style.color, True), _is_light(style.bgcolor, False)
    if style.reverse:
        ink, ground = ground, ink
    bare = style.without_color + (REVERSE if ground else UPRIGHT)
    # What is clicked and marked is found by what the framework notes here.
    return bare + Style.from_meta(style.meta), not ink and not ground


def _is_light(color: RichColor | None, otherwise: bool) -> bool:
    if color is None or color.triplet is None:
        return otherwise
    return Color.from_rich_color(color).brightness > 0.5
