"""The only module that builds :class:`textual.content.Content`.

What people type reaches a screen through here alone and is never read as markup: ``[/b]`` in a name would
end the program, ``[@click=…]`` would run an action. Lines are broken here too, as both languages want it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from textual.content import Content

from assistant.conversation.blocks import AskedOption, Block, Line, Link, Pair, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.linebreak import cells, wrap
from assistant.conversation.messages import TaskState
from assistant.conversation.wording import Wording
from assistant.widgets import large
from assistant.widgets.glyphs import Glyphs
from flows.text import clean

NOTE = "$text-muted"
STRONG = "bold"
WARNING = "$text-warning"
ERROR = "$text-error"
LINK = "$text-muted underline"

_MOST_LABEL = 26
_LEAST_BESIDE = 36
_QR = "#000000 on #ffffff"
"""Cameras want dark on light, whatever the look."""
_GAP = "  "


@dataclass(frozen=True)
class Drawn:
    """Content broken to a width, and what a click on a line would put in."""

    content: Content
    commands: Mapping[int, Command] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return self.content.plain.count("\n") + 1


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
    return _joined(_styled(line, style) for line in wrap(clean(said), width))


def draws(said: str, style: str = "") -> Callable[[int], Content]:
    """Make what draws a text at any width."""
    return lambda width: text(said, width, style)


def brand(said: str) -> Content:
    """Draw the name of the product: the Chinese word as a seal, and the rest after it."""
    seal, _, rest = clean(said).partition(" ")
    return _styled(f" {seal} ", "$background on $accent bold") + _styled(f" {rest}", "$text-accent bold")


def line(*spans: tuple[str, str]) -> Content:
    """Draw one line of spans, each a text and its style; what does not fit is cut by the widget."""
    return Content.assemble(*(_styled(clean(said).replace("\n", " "), style) for said, style in spans))


def block(said: Block, width: int, wording: Wording, glyphs: Glyphs) -> Drawn:
    """Draw a message."""
    page = _Page(width, wording, glyphs)
    match said.kind:
        case "objected":
            page.marked(said, "face.error", f"{ERROR} bold")
        case "warned":
            page.marked(said, "face.warning", f"{WARNING} bold")
        case "answered":
            page.answer(said)
        case "card":
            page.card(said)
        case "echoed":
            page.echo(said)
        case _:
            page.prose(said)
    return page.drawn()


def option(
    asked: AskedOption, number: int, width: int, glyphs: Glyphs, *, here: bool, ticked: bool | None
) -> Content:
    """Draw an option: its number, its name, the line under it, and why it cannot be picked.

    Args:
        asked: The option in words.
        number: Its number; 0 for none.
        width: The cells of a line.
        glyphs: The signs.
        here: Whether it is highlighted: shown by a sign too, never by colour alone.
        ticked: Whether it is chosen, where several may be; ``None`` where one is picked.
    """
    box = "" if ticked is None else (glyphs.ticked if ticked else glyphs.unticked) + " "
    box = box if number else " " * cells(box)
    lead = f"{glyphs.here if here else ' '} {box}{number or ' ':>2}  "
    indent = " " * cells(lead)
    room = max(width - cells(lead), 2)
    faded = NOTE if asked.refused else ""
    lines = [
        _styled(lead if n == 0 else indent, "$text-primary bold" if here else NOTE)
        + _styled(said, faded or (STRONG if here else ""))
        for n, said in enumerate(wrap(clean(asked.label), room))
    ]
    for below, style in ((asked.hint, NOTE), (asked.refused, WARNING)):
        if below:
            lines += [_styled(indent) + _styled(said, style) for said in wrap(clean(below), room)]
    return _joined(lines)


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
            rows[-1] = rows[-1] + "   " + _styled(pieces[0], style)
            used += needed
            continue
        rows += [_styled(piece, style) for piece in pieces]
        used = cells(pieces[-1])
    return _joined(rows)


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
        rows[-1] = rows[-1] + _styled(said, piece.style)
        spots.append(Spot(piece.id, len(rows) - 1, used, used + cells(said)))
        used += cells(said)
    return _joined(rows), tuple(spots)


def remarks(lines: Sequence[tuple[str, str, str]], width: int) -> Content:
    """Draw lines that each begin with a word in a style of its own: the word, its style, and what follows."""
    return _joined(row for lead, style, said in lines for row in _led(lead, style, said, width))


def progress(said: str, number: int, of: int, glyphs: Glyphs) -> Content:
    """Draw the line of progress: its words first, then a bar of a cell a step."""
    done = max(0, min(number, of))
    return line(
        (said, STRONG), ("   ", ""), (glyphs.done * done, "$text-primary"), (glyphs.ahead * (of - done), NOTE)
    )


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
        rows += [_styled(said, STRONG if current else NOTE) for said in wrap(clean(name), width)]
        if brief and not current:
            finished = all(step.state in {"done", "passed"} for step in steps)
            rows[-1] = rows[-1] + _styled(f" {glyphs.met if finished else glyphs.unmet}", NOTE)
            continue
        for step in steps:
            rows += _rail_step(step, width, glyphs)
    return _joined(rows)


_STANDING = frozenset({"here", "waiting", "stopped"})


def _rail_step(step: RailStep, width: int, glyphs: Glyphs) -> list[Content]:
    signs = {"done": glyphs.met, "passed": glyphs.dash, "ahead": glyphs.unmet}
    style = {"done": "$text-success", "passed": NOTE, "ahead": NOTE}.get(step.state, "$text-primary bold")
    sign = signs.get(step.state, glyphs.here)
    room = max(width - 2, 2)
    said = clean(step.name)
    beside = f"{_GAP}{clean(step.brief)}" if step.brief else ""
    lead = f"{sign} " if cells(sign) == 1 else sign
    if cells(said) + cells(beside) <= room:
        return [_styled(lead, style) + _styled(said, style) + _styled(beside, NOTE)]
    lines = [
        _styled(lead if n == 0 else "  ", style) + _styled(piece, style)
        for n, piece in enumerate(wrap(said, room))
    ]
    if beside and step.state in _STANDING:
        lines += [_styled(f"  {piece}", NOTE) for piece in wrap(clean(step.brief), room)]
    return lines


def file_option(path: Path, number: int) -> AskedOption:
    """Make an option of a file: its name, and the folder under it."""
    return AskedOption(str(number), clean(path.name), clean(str(path.parent)))


def below(lines: Sequence[Content]) -> Content:
    """Set lines below one another."""
    return _joined(lines)


def stacked(parts: Sequence[Content], *, between: int = 1) -> Content:
    """Set contents below one another with so many empty lines between."""
    return Content("\n" * (between + 1)).join(list(parts))


def cells_of(rows: large.Dots, style: str) -> Content:
    """Draw rows of cells, each as wide as it is high.

    A filled cell is a space in reverse: block characters are two cells wide in some Chinese fonts.
    """
    filled, empty = _styled("  ", f"{style} reverse"), Content("  ")
    return _joined(Content("").join([filled if cell else empty for cell in row]) for row in rows)


class _Page:
    """Lines as they are drawn, to one width."""

    def __init__(self, width: int, wording: Wording, glyphs: Glyphs) -> None:
        self._width, self._wording, self._glyphs = max(width, 2), wording, glyphs
        self._rows: list[Content] = []
        self._commands: dict[int, Command] = {}

    def drawn(self) -> Drawn:
        return Drawn(_joined(self._rows), self._commands)

    def prose(self, said: Block) -> None:
        self._heading(said.heading)
        for part in said.parts:
            if isinstance(part, Line):
                self._put(part.text)

    def marked(self, said: Block, mark: str, style: str) -> None:
        lead = self._wording.text(mark)
        for part in said.parts:
            if isinstance(part, Line):
                self._led(lead, style, part.text)

    def echo(self, said: Block) -> None:
        for part in said.parts:
            if isinstance(part, Pair):
                self._pair(part, cells(part.label))

    def card(self, said: Block) -> None:
        self._heading(said.heading)
        whole = next((part for part in said.parts if isinstance(part, Pair) and part.large), None)
        if whole is not None:
            self._ticket(said, whole)
            return
        self.pairs([part for part in said.parts if isinstance(part, Pair)], quiet=said.variant == "tasks")
        for part in said.parts:
            if isinstance(part, Line):
                self._rows.append(Content(""))
                self._led(self._wording.text("face.warning"), f"{WARNING} bold", part.text)

    def pairs(self, pairs: Sequence[Pair], *, quiet: bool = False) -> None:
        """Put labels and values side by side; ``quiet`` where the values are sentences."""
        label = min(max((cells(pair.label) for pair in pairs), default=0), _MOST_LABEL, self._width * 2 // 5)
        for pair in pairs:
            self._pair(pair, label, ("", NOTE) if quiet else (NOTE, STRONG))

    def answer(self, said: Block) -> None:
        if said.heading:
            self._put(self._wording.text("face.asked", {"question": said.heading}), NOTE)
            self._rows.append(Content(""))
        for n, part in enumerate(said.parts):
            if n:
                self._rows.append(Content(""))
            match part:
                case Quote(source, quoted):
                    self._put(quoted)
                    self._put(f"{self._glyphs.dash} {source}", NOTE)
                case Pair():
                    self._pair(part, cells(part.label))
                case Link(said_, command):
                    first = len(self._rows)
                    self._put(f"{self._glyphs.more} {said_}", LINK)
                    self._commands.update(dict.fromkeys(range(first, len(self._rows)), command))
                case Line(said_, tone):
                    self._put(said_, {"note": NOTE, "warning": f"{WARNING} bold"}.get(tone, ""))

    def _heading(self, heading: str) -> None:
        if heading:
            self._put(heading, STRONG)
            self._rows.append(Content(""))

    def _put(self, said: str, style: str = "") -> None:
        self._rows += [_styled(each, style) for each in wrap(said, self._width)]

    def _led(self, lead: str, style: str, said: str) -> None:
        self._rows += _led(lead, style, said, self._width)

    def _pair(self, pair: Pair, label: int, styles: tuple[str, str] = (NOTE, STRONG)) -> None:
        """Put a label and its value beside it, and *change* after it where it can be changed."""
        start = len(self._rows)
        labels = wrap(pair.label, max(label, 2)) if pair.label else [""]
        lead = label + len(_GAP) if label else 0
        change = self._wording.text("face.change") if pair.key is not None else ""
        values = wrap(pair.value, max(self._width - lead, 2))
        if change and cells(values[-1]) + len(_GAP) + cells(change) > self._width - lead:
            values.append("")
        for n in range(max(len(labels), len(values))):
            name = labels[n] if n < len(labels) else ""
            value = values[n] if n < len(values) else ""
            row = _styled(name + " " * (lead - cells(name)), styles[0]) + _styled(value, styles[1])
            if change and n == len(values) - 1:
                row = row + (_GAP if value else "") + _styled(change, LINK)
            self._rows.append(row)
        if pair.key is not None:
            self._commands.update(dict.fromkeys(range(start, len(self._rows)), Command("change", pair.key)))

    def _ticket(self, said: Block, code: Pair) -> None:
        """Put a QR code at the left, where nothing can push it out of line, and everything else beside it."""
        picture = large.in_halves(large.qr(code.value)) if self._glyphs.halves else []
        side = len(picture[0]) + 3 if picture else 0
        if self._width - side < _LEAST_BESIDE:
            picture, side = [], 0
        beside = _Page(self._width - side, self._wording, self._glyphs)
        beside.stacked(code)
        beside.blank()
        beside.pairs([part for part in said.parts if isinstance(part, Pair) and not part.large])
        rows = beside._rows
        blank = " " * (side - 3)
        for n in range(max(len(picture), len(rows))):
            left = _styled(picture[n] if n < len(picture) else blank, _QR if n < len(picture) else "")
            right = rows[n] if n < len(rows) else Content("")
            self._rows.append(left + "   " + right if side else right)

        for part in said.parts:
            if isinstance(part, Line):
                self.blank()
                self._led(self._wording.text("face.warning"), f"{WARNING} bold", part.text)

    def blank(self) -> None:
        self._rows.append(Content(""))

    def stacked(self, pair: Pair) -> None:
        """Put a label above its value, and the value large: it is to be read from afar."""
        self._put(pair.label, NOTE)
        for part in self._parts_of(pair.value):
            dots = large.letters(part)
            drawn = large.in_halves(dots) if self._glyphs.halves else large.in_signs(dots)
            if cells(drawn[0]) > self._width:
                self._put(part, STRONG)
                continue
            self._rows += [_styled(line, "$text-primary") for line in drawn]

    def _parts_of(self, code: str) -> list[str]:
        """Cut a code at its dash where it is too wide for one line."""
        if cells(large.in_halves(large.letters(code))[0]) * (1 if self._glyphs.halves else 2) <= self._width:
            return [code]
        first, dash, rest = code.partition("-")
        return [first + dash, rest] if rest else [code]


def _led(lead: str, style: str, said: str, width: int) -> list[Content]:
    first, *rest = wrap(clean(lead + said), width)
    cut = min(len(lead), len(first))
    return [_styled(first[:cut], style) + _styled(first[cut:]), *(_styled(each) for each in rest)]


def _styled(said: str, style: str = "") -> Content:
    return Content.styled(said, style) if style else Content(said)


def _joined(lines: Iterable[Content]) -> Content:
    return Content("\n").join(list(lines))
