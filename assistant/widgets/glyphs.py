"""The few signs that screens draw with, and an ASCII set for terminals whose font lacks them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Glyphs:
    """One set of signs, each one cell wide.

    Some Chinese fonts draw boxes and bars two cells wide, so nothing is ever aligned to the right of them.
    """

    met: str = "✓"
    """A rule that is met, a step that is done."""
    unmet: str = "◦"
    """A rule that is not met yet, a step that lies ahead."""
    here: str = "›"
    """Where one is: the highlighted option, the current step."""
    ticked: str = "[✓]"
    """An option of several that is chosen."""
    unticked: str = "[ ]"
    """An option of several that is not."""
    done: str = "━"
    """The part of the way that lies behind."""
    ahead: str = "─"
    """The part of the way that lies ahead."""
    dash: str = "—"
    """What stands before the source of a quotation."""
    more: str = "»"
    """What stands before words that lead somewhere."""
    over: str = "●"
    """A date that lies behind."""
    today: str = "◎"
    """Where today is among dates."""
    due: str = "○"
    """A date that lies ahead."""
    closing: str = "◆"
    """The date that all others count towards."""
    rail_over: str = "┃"
    """The part of a time line that lies behind."""
    rail_due: str = "│"
    """The part of a time line that lies ahead."""
    rail_long: str = "┊"
    """A stretch of a time line that is longer than drawn."""
    halves: bool = True
    """Whether half blocks can be drawn: large letters and QR codes are made of them."""


UNICODE = Glyphs()
ASCII = Glyphs(
    met="+",
    unmet="-",
    here=">",
    ticked="[x]",
    unticked="[ ]",
    done="=",
    ahead="-",
    dash="--",
    more=">",
    over="x",
    today=">",
    due="o",
    closing="*",
    rail_over="#",
    rail_due="|",
    rail_long=":",
    halves=False,
)
