"""What the on-screen keyboard has on it and where: its layouts as data, and the place of each key.

Every layout has the same five rows, so that nothing moves when one changes to another. A key is as wide as
its span: a row is 26 spans, a letter has two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.conversation.messages import Prompt

LayoutId = Literal["digits", "latin", "pinyin", "symbols"]

SPANS = 26
"""What the spans of a row add up to."""

LETTER = 2
"""The span of a letter."""

ROWS = 5

CANDIDATES = 8
"""Characters in the row of candidates, each as wide as a letter."""


@dataclass(frozen=True)
class Cap:
    """A key.

    Args:
        act: ``type``, ``candidate`` or ``layout`` with ``text``; or the name of what it does.
        text: What it types, or the layout that it brings.
        span: Its share of the row.
    """

    act: str
    text: str = ""
    span: int = LETTER


@dataclass(frozen=True)
class Placed:
    """A key in its place: the area that answers to a touch, with the gap to the right and below.

    Attributes:
        x: Cells from the left of the keyboard.
        y: Lines from its top.
        width: Cells that answer to a touch; what is drawn is one less.
        height: Lines that answer to a touch.
        lines: Lines that are drawn.
    """

    cap: Cap
    x: int
    y: int
    width: int
    height: int
    lines: int


@dataclass(frozen=True)
class Density:
    """How much room a row has: ``lines`` that are drawn, and ``gap`` lines below that answer to it too."""

    lines: int
    gap: int

    @property
    def height(self) -> int:
        """Lines of the whole keyboard: one that says things, and the rows."""
        return 1 + ROWS * self.lines + (ROWS - 1) * self.gap


def density(window: int) -> Density:
    """Choose the density for a window of this many lines."""
    if window >= 36:
        return Density(3, 1)
    return Density(1, 1) if window >= 24 else Density(1, 0)


def _typing(texts: str, span: int = LETTER) -> tuple[Cap, ...]:
    return tuple(Cap("type", text, span) for text in texts)


_LETTERS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SIDE = (
    (Cap("backspace", span=3), Cap("clear", span=3)),
    (Cap("left", span=3), Cap("right", span=3)),
    (Cap("scroll-up", span=3), Cap("scroll-down", span=3)),
    (Cap("back", span=3), Cap("keyboard", span=3)),
    (Cap("enter", span=6),),
)
_LAYOUTS = (
    Cap("layout", "digits", 3),
    Cap("layout", "latin", 3),
    Cap("layout", "pinyin", 4),
    Cap("layout", "symbols", 3),
)
_KEYS: dict[LayoutId, tuple[tuple[Cap, ...], ...]] = {
    "digits": tuple(_typing(row, 5) for row in ("123-", "456.", "789/", "X0,:")),
    "latin": (
        _typing("1234567890"),
        _typing(_LETTERS[0]),
        _typing(f"{_LETTERS[1]}@"),
        (Cap("shift", span=4), *_typing(f"{_LETTERS[2]}.")),
    ),
    "pinyin": (
        (),
        _typing(_LETTERS[0]),
        _typing(f"{_LETTERS[1]}'"),
        (*_typing(_LETTERS[2]), *_typing("·（）")),
    ),
    "symbols": tuple(
        _typing(row) for row in ("!@#$%^&*()", "-_=+[]{}\\|", ";:'\",.<>/?", "`~，。、：；（）·")
    ),
}


def folded(options: bool) -> tuple[tuple[Cap, ...], ...]:
    """Return the row that stays on the screen while the keyboard is folded away.

    Args:
        options: Whether there is a long list to pick from: a finger cannot scroll it either.
    """
    if not options:
        return (
            (
                Cap("keyboard", span=8),
                Cap("scroll-up", span=6),
                Cap("scroll-down", span=6),
                Cap("back", span=6),
            ),
        )
    lists = Cap("options-up", span=5), Cap("options-down", span=5)
    reading = Cap("scroll-up", span=3), Cap("scroll-down", span=3)
    return ((Cap("keyboard", span=6), *lists, *reading, Cap("back", span=4)),)


def rows(
    layout: LayoutId, *, upper: bool = False, candidates: Sequence[str] = (), masked: bool = False
) -> tuple[tuple[Cap, ...], ...]:
    """Return the keys of a layout, row by row.

    Args:
        layout: The layout.
        upper: Whether letters are capitals.
        candidates: The characters to choose from, for ``pinyin``.
        masked: Whether what is typed is hidden: then there is a key that shows it for a moment, and no
            pinyin, whose letters stand on the screen while a character is looked for.
    """
    above = list(_KEYS[layout])
    if layout == "pinyin":
        offered = [Cap("candidate", each) for each in candidates[:CANDIDATES]]
        blanks = [Cap("candidate")] * (CANDIDATES - len(offered))
        above[0] = (*offered, *blanks, Cap("earlier"), Cap("later"))
    if upper:
        above = [
            tuple(replace(cap, text=cap.text.upper()) if cap.act == "type" else cap for cap in row)
            for row in above
        ]
    if masked:
        others = tuple(cap for cap in _LAYOUTS if cap.text != "pinyin")
        lowest = (*others, Cap("type", " ", 7), Cap("reveal", span=4))
    else:
        lowest = (*_LAYOUTS, Cap("type", " ", 7))
    return tuple((*row, *side) for row, side in zip((*above, lowest), _SIDE, strict=True))


def place(keys: Sequence[Sequence[Cap]], width: int, dense: Density, *, top: int = 1) -> tuple[Placed, ...]:
    """Give each key its place.

    Args:
        keys: The rows.
        width: Cells that the keyboard has.
        dense: How high a row is.
        top: Lines above the first row.

    Returns:
        The keys, whose areas cover their rows without a hole or an overlap. All letters are equally wide;
        cells that this leaves stay free on both sides.
    """
    cell = width // SPANS
    found = []
    for n, row in enumerate(keys):
        y = top + n * (dense.lines + dense.gap)
        height = dense.lines + (dense.gap if n < len(keys) - 1 else 0)
        x = (width - SPANS * cell) // 2
        for cap in row:
            found.append(Placed(cap, x, y, cap.span * cell, height, dense.lines))
            x += cap.span * cell
    return tuple(found)


def hit(placed: Sequence[Placed], x: int, y: int) -> Cap | None:
    """Return the key at a place, or ``None`` beside all of them."""
    for each in placed:
        if each.x <= x < each.x + each.width and each.y <= y < each.y + each.height:
            return each.cap
    return None


_NUMBERS = frozenset({"login.id_number", "mobile", "work_years"})
_NUMBER_FIELDS = frozenset({"graduated", "awarded", "certificate"})
_LATIN = frozenset({"email", "resume.code"})
_ALL_DIGITS = frozenset({"resident-id", "residence-permit"})
"""Documents whose number is digits but for a last X; the others begin with letters."""


def layout_for(prompt: Prompt, language: str) -> LayoutId | None:
    """Choose the layout that suits a prompt.

    Args:
        prompt: The prompt.
        language: The language of the screen.

    Returns:
        The layout, or ``None`` where the answer is picked and the keyboard would only be in the way.
    """
    if prompt.kind not in {"text", "secret"}:
        return None
    if prompt.kind == "secret" or prompt.key in _LATIN or prompt.text == "challenge.characters":
        return "latin"
    if prompt.key == "id_number":
        return "digits" if prompt.args.get("id_type") in _ALL_DIGITS else "latin"
    if (
        prompt.key in _NUMBERS
        or prompt.key.rpartition(".")[2] in _NUMBER_FIELDS
        or prompt.text == "challenge.sum"
    ):
        return "digits"
    return "pinyin" if language == "zh" and not prompt.private else "latin"
