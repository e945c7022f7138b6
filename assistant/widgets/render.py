"""The only module that builds :class:`textual.content.Content`.

What people type reaches a screen through here alone and is never read as markup: ``[/b]`` in a name would
end the program, ``[@click=…]`` would run an action. Lines are broken here too, as both languages want it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from textual.content import Content

from assistant.conversation.blocks import AskedOption
from assistant.conversation.linebreak import cells, wrap
from assistant.conversation.messages import TaskState
from assistant.widgets import large
from assistant.widgets.glyphs import Glyphs
from flows.text import clean

NOTE = "$text-muted"
STRONG = "bold"
WARNING = "$text-warning"
ERROR = "$text-error"
LINK = "$text-muted underline"
BUTTON = "$foreground on $control bold"
PRESSED = "$text-primary bold underline reverse"
"""What Enter does; underlined, as without colours every button is in reverse."""

_MOST_LABEL = 26
_GAP = "  "
_APART = "   "


@dataclass(frozen=True)
class Piece:
    """Something short that can be clicked: its id, what it says, and how it looks."""

    id: str
    said: str
    style: str = ""


@dataclass(frozen=True)
class Spot:
    """Where a piece was drawn: the row, and its cells from ``start`` up to ``end``."""

    id: str
    row: int
    start: int
    end: int


def text(said: str, width: int, style: str = "") -> Content:
    """Draw a text, broken to a width."""
    return joined(styled(line, style) for line in wrap(clean(said), width))


def draws(said: str, style: str = "") -> Callable[[int], Content]:
    """Make what draws a text at any width."""
    return lambda width: text(said, width, style)


def brand(said: str) -> Content:
    """Draw the name of the product: the Chinese word as a seal, and the rest after it."""
    seal, _, rest = clean(said).partition(" ")
    return styled(f" {seal} ", "$background on $accent bold") + styled(f" {rest}", "$text-accent bold")


def line(*spans: tuple[str, str]) -> Content:
    """Draw one line of spans, each a text and its style; what does not fit is cut by the widget."""
    return Content.assemble(*(styled(clean(said).replace("\n", " "), style) for said, style in spans))


def option(
    asked: AskedOption, sign: str, width: int, glyphs: Glyphs, *, here: bool, ticked: bool | None
) -> Content:
    """Draw an option: its number or letter, its name, the line under it, and why it cannot be picked.

    Args:
        asked: The option in words.
        sign: Its number or letter; empty for none.
        width: The cells of a line.
        glyphs: The signs.
        here: Whether it is highlighted: shown by a sign too, never by colour alone.
        ticked: Whether it is chosen, where several may be; ``None`` where one is picked.
    """
    box = "" if ticked is None else (glyphs.ticked if ticked else glyphs.unticked) + " "
    box = box if sign else " " * cells(box)
    lead = f"{glyphs.here if here else ' '} {box}{sign:>2}  "
    indent = " " * cells(lead)
    room = max(width - cells(lead), 2)
    faded = NOTE if asked.refused else ""
    lines = [
        styled(lead if n == 0 else indent, "$text-primary bold" if here else NOTE)
        + styled(said, faded or (STRONG if here else ""))
        for n, said in enumerate(wrap(clean(asked.label), room))
    ]
    for below, style in ((asked.hint, NOTE), (asked.refused, WARNING)):
        if below:
            lines += [styled(indent) + styled(said, style) for said in wrap(clean(below), room)]
    return joined(lines)


def suggestion(name: str, note: str, width: int, glyphs: Glyphs, *, here: bool) -> Content:
    """Draw a suggested name on one line, and beside it what tells it apart as far as there is room."""
    lead = f"{glyphs.here if here else ' '} "
    name, note = clean(name), clean(note)
    room = width - cells(lead) - cells(name) - len(_GAP)
    beside = _GAP + note if note and cells(note) <= room else ""
    return line(
        (lead, "$text-primary bold" if here else NOTE), (name, STRONG if here else ""), (beside, NOTE)
    )


def ticks(rules: Sequence[tuple[str, bool]], width: int, glyphs: Glyphs) -> Content:
    """Draw the rules of a field side by side, each with its tick; a rule stays on one line where it can."""
    rows: list[Content] = []
    used = width
    for said, ok in rules:
        pieces = wrap(f"{glyphs.met if ok else glyphs.unmet} {clean(said)}", width)
        needed = cells(pieces[0]) + 3
        style = "$text-success" if ok else NOTE
        if len(pieces) == 1 and used + needed <= width:
            rows[-1] = rows[-1] + "   " + styled(pieces[0], style)
            used += needed
            continue
        rows += [styled(piece, style) for piece in pieces]
        used = cells(pieces[-1])
    return joined(rows)


def flow(pieces: Sequence[Piece], width: int, *, gap: int = 2) -> tuple[Content, tuple[Spot, ...]]:
    """Set pieces side by side, on as many rows as they need; one that is wider than a row is cut.

    Args:
        pieces: What is shown, in order.
        width: The cells of a row.
        gap: The cells between two pieces.

    Returns:
        What is drawn, and where each piece stands.
    """
    rows: list[Content] = []
    spots: list[Spot] = []
    used = width
    for piece in pieces:
        said = clean(piece.said).replace("\n", " ")
        if used + gap + cells(said) > width:
            rows.append(Content(""))
            used = 0
        else:
            rows[-1] = rows[-1] + " " * gap
            used += gap
        rows[-1] = rows[-1] + styled(said, piece.style)
        spots.append(Spot(piece.id, len(rows) - 1, used, used + cells(said)))
        used += cells(said)
    return joined(rows), tuple(spots)


def remarks(lines: Sequence[tuple[str, str, str]], width: int) -> Content:
    """Draw lines that each begin with a word in a style of its own: the word, its style, and what follows."""
    return joined(row for lead, style, said in lines for row in led(lead, style, said, width))


def bar(number: int, of: int, length: int, glyphs: Glyphs) -> Content:
    """Draw how far ``number`` of ``of`` is, in ``length`` cells."""
    done = max(0, min(number, of)) * length // max(of, 1)
    return line((glyphs.done * done, "$text-primary"), (glyphs.ahead * (length - done), NOTE))


def apart(left: Content, rights: Sequence[Content], width: int) -> Content:
    """Set at the right end of a line the first of ``rights`` that has room beside ``left``; else none."""
    for right in rights:
        between = width - left.cell_length - right.cell_length
        if between >= len(_APART):
            return left + " " * between + right
    return left


@dataclass(frozen=True)
class RailStep:
    """A step in the rail: its name, its state, and what it still needs in a few words."""

    name: str
    state: TaskState
    brief: str = ""


def rail(
    stages: Sequence[tuple[str, Sequence[RailStep]]], width: int, glyphs: Glyphs, *, brief: bool
) -> Content:
    """Draw the way: the stages with their steps and what each still needs.

    Args:
        stages: A name, and its steps.
        width: The cells of a line.
        glyphs: The signs.
        brief: Whether only the steps of the current stage are shown.
    """
    rows: list[Content] = []
    for name, steps in stages:
        current = any(step.state in _STANDING for step in steps)
        if rows:
            rows.append(Content(""))
        rows += [styled(said, STRONG if current else NOTE) for said in wrap(clean(name), width)]
        if brief and not current:
            finished = all(step.state in {"done", "passed"} for step in steps)
            rows[-1] = rows[-1] + styled(f" {glyphs.met if finished else glyphs.unmet}", NOTE)
            continue
        for step in steps:
            rows += _rail_step(step, width, glyphs)
    return joined(rows)


_STANDING = frozenset({"here", "waiting", "stopped"})


def state(of: TaskState, glyphs: Glyphs) -> tuple[str, str]:
    """Return the sign that leads a step, two cells wide, and the style of the step, by its state."""
    signs = {"done": glyphs.met, "passed": glyphs.dash, "ahead": glyphs.unmet}
    style = {"done": "$text-success", "passed": NOTE, "ahead": NOTE}.get(of, "$text-primary bold")
    sign = signs.get(of, glyphs.here)
    return f"{sign} " if cells(sign) == 1 else sign, style


def _rail_step(step: RailStep, width: int, glyphs: Glyphs) -> list[Content]:
    lead, style = state(step.state, glyphs)
    room = max(width - 2, 2)
    said = clean(step.name)
    beside = f"{_GAP}{clean(step.brief)}" if step.brief else ""
    if cells(said) + cells(beside) <= room:
        # At the right end, of which the rail keeps two cells: a sign may be drawn two cells wide.
        between = " " * (room - cells(said) - cells(beside))
        return [styled(lead, style) + styled(said, style) + styled(between + beside, NOTE)]
    lines = [
        styled(lead if n == 0 else "  ", style) + styled(piece, style)
        for n, piece in enumerate(wrap(said, room))
    ]
    if beside and step.state in _STANDING:
        lines += [styled(f"  {piece}", NOTE) for piece in wrap(clean(step.brief), room)]
    return lines


def file_option(path: Path, number: int) -> AskedOption:
    """Make an option of a file: its name, and the folder under it."""
    return AskedOption(str(number), clean(path.name), clean(str(path.parent)))


def stacked(parts: Sequence[Content], *, between: int = 1) -> Content:
    """Set contents below one another with so many empty lines between."""
    return Content("\n" * (between + 1)).join(list(parts))


def cells_of(rows: large.Dots, style: str) -> Content:
    """Draw rows of cells, each as wide as it is high.

    A filled cell is a space in reverse: block characters are two cells wide in some Chinese fonts.
    """
    filled, empty = styled("  ", f"{style} reverse"), Content("  ")
    return joined(Content("").join([filled if cell else empty for cell in row]) for row in rows)


def led(lead: str, style: str, said: str, width: int) -> list[Content]:
    """Draw a text, broken to a width, whose first words have a style of their own."""
    first, *rest = wrap(clean(lead + said), width)
    cut = min(len(lead), len(first))
    return [styled(first[:cut], style) + styled(first[cut:]), *(styled(each) for each in rest)]


def styled(said: str, style: str = "") -> Content:
    """Draw one line that is broken and clean already; markup in it is text."""
    return Content.styled(said, style) if style else Content(said)


def joined(lines: Iterable[Content]) -> Content:
    """Set lines below one another."""
    return Content("\n").join(list(lines))
