"""Draws the blocks of the conversation: what was said, answered, echoed, and the cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from textual.content import Content

from assistant.conversation.blocks import Block, Line, Link, Moment, Pair, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.linebreak import cells, wrap
from assistant.conversation.messages import TaskState
from assistant.conversation.wording import Wording
from assistant.widgets import large, render, timeline
from assistant.widgets.glyphs import Glyphs

_MOST_LABEL = 26
_LEAST_BESIDE = 36
_QR = "#000000 on #ffffff"
"""Cameras want dark on light, whatever the look."""
_GAP = "  "
_SIGN = 2
"""The cells of the sign that leads a step."""

_FORM = (render.NOTE, render.STRONG)
_SENTENCES = (render.NOTE, "")
_TONES = {"note": render.NOTE, "heading": render.STRONG, "warning": f"{render.WARNING} bold"}
_KEYS = ("$text-primary bold", "")

_STATES: Mapping[str, TaskState] = {
    "tasks-here": "here", "tasks-ahead": "ahead", "tasks-done": "done", "tasks-passed": "passed"
}  # fmt: skip
"""The cards that hold steps, and the state of the steps on each."""


@dataclass(frozen=True)
class Drawn:
    """Content broken to a width, and what a click on a line would put in."""

    content: Content
    commands: Mapping[int, Command] = field(default_factory=dict)

    @property
    def height(self) -> int:
        """How many lines it takes."""
        return self.content.plain.count("\n") + 1


def block(
    said: Block, width: int, wording: Wording, glyphs: Glyphs, *, airy: bool = False, label: int = 0
) -> Drawn:
    """Draw a message.

    Args:
        said: The message in words.
        width: The cells of a line.
        wording: The sentences of the language.
        glyphs: The signs.
        airy: Whether there are lines to spare.
        label: The cells of the labels of a card, so that cards below one another stand in line; 0 for what
            fits.
    """
    page = _Page(width, wording, glyphs, airy=airy, label=label)
    match said.kind:
        case "objected":
            page.marked(said, "face.error", f"{render.ERROR} bold")
        case "warned":
            page.marked(said, "face.warning", f"{render.WARNING} bold")
        case "answered":
            page.answer(said)
        case "card":
            page.card(said)
        case "echoed":
            page.echo(said)
        case _:
            page.prose(said)
    return page.drawn()


def below(*blocks: Block, width: int, wording: Wording, glyphs: Glyphs, airy: bool = False) -> Content:
    """Draw messages below one another, the labels of all their cards in one column."""
    pairs = [part for each in blocks for part in each.parts if isinstance(part, Pair)]
    label = _column(pairs, width - _SIGN, 0)
    drawn = [block(each, width, wording, glyphs, airy=airy, label=label) for each in blocks]
    return render.stacked([each.content for each in drawn])


def _column(pairs: Sequence[Pair], width: int, change: int) -> int:
    """Return the cells of the labels: all that they want where values leave it, and else not too many.

    Args:
        pairs: The labels and values.
        width: The cells of a line.
        change: The cells that *change* takes beside a value.
    """
    wanted = max((cells(pair.label) for pair in pairs), default=0)
    values = (cells(pair.value) + change * (pair.key is not None) for pair in pairs)
    left = width - len(_GAP) - max(values, default=0)
    return min(wanted, max(left, min(_MOST_LABEL, width * 2 // 5)))


class _Page:
    """Lines as they are drawn, to one width."""

    def __init__(
        self, width: int, wording: Wording, glyphs: Glyphs, *, airy: bool = False, label: int = 0
    ) -> None:
        self._width, self._wording, self._glyphs = max(width, 2), wording, glyphs
        self._airy, self._label = airy, label
        self._rows: list[Content] = []
        self._commands: dict[int, Command] = {}

    def drawn(self) -> Drawn:
        return Drawn(render.joined(self._rows), self._commands)

    def prose(self, said: Block) -> None:
        self._heading(said.heading)
        for part in said.parts:
            if isinstance(part, Line):
                self._put(part.text, _TONES["heading"] if part.tone == "heading" else "")
            elif isinstance(part, Link):
                self._link(part)

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
        pairs = [part for part in said.parts if isinstance(part, Pair)]
        state = _STATES.get(said.variant)
        if state is not None:
            self._steps(pairs, state)
        else:
            self.pairs(pairs, _KEYS if said.variant == "keys" else _FORM)
        dates = [part for part in said.parts if isinstance(part, Moment)]
        drawn = timeline.rows(dates, self._width, self._glyphs, airy=self._airy)
        self._rows += [render.line(*spans) for spans in drawn]
        for part in said.parts:
            if isinstance(part, Line):
                self._rows.append(render.styled(""))
                self._led(self._wording.text("face.warning"), f"{render.WARNING} bold", part.text)

    def pairs(self, pairs: Sequence[Pair], styles: tuple[str, str], label: int = 0) -> None:
        """Put labels and values side by side, in the styles of the two; ``label`` is 0 for what fits."""
        label = label or self._label or _column(pairs, self._width, self._change)
        # What is longer than a line breaks, and does not move the others' *change*.
        room = self._width - label - len(_GAP) - self._change
        value = max((found for pair in pairs if (found := cells(pair.value)) <= room), default=0)
        for pair in pairs:
            self._pair(pair, label, styles, value)

    @property
    def _change(self) -> int:
        """The cells of *change* and of what parts it from a value."""
        return len(_GAP) + cells(self._wording.text("face.change"))

    def _steps(self, pairs: Sequence[Pair], state: TaskState) -> None:
        """Put steps and what is said of them side by side, each step led by the sign of its state."""
        lead, style = render.state(state, self._glyphs)
        label = self._label or _column(pairs, self._width - _SIGN, 0)
        beside = _Page(self._width - _SIGN, self._wording, self._glyphs)
        for pair in pairs:
            before = len(beside._rows)
            beside.pairs([pair], (style, render.NOTE), label)
            for n, row in enumerate(beside._rows[before:]):
                self._rows.append(render.styled(" " * _SIGN if n else lead, style) + row)

    def answer(self, said: Block) -> None:
        if said.heading:
            self._put(self._wording.text("face.asked", {"question": said.heading}), render.NOTE)
            self._rows.append(render.styled(""))
        for n, part in enumerate(said.parts):
            if n:
                self._rows.append(render.styled(""))
            match part:
                case Quote(source, quoted):
                    self._put(quoted)
                    self._put(f"{self._glyphs.dash} {source}", render.NOTE)
                case Pair():
                    self._pair(part, cells(part.label))
                case Link():
                    self._link(part)
                case Line(said_, tone):
                    self._put(said_, _TONES.get(tone, ""))

    def _link(self, link: Link) -> None:
        first = len(self._rows)
        self._put(f"{self._glyphs.more} {link.text}", render.LINK)
        self._commands.update(dict.fromkeys(range(first, len(self._rows)), link.command))

    def _heading(self, heading: str) -> None:
        if heading:
            self._put(heading, render.STRONG)
            self._rows.append(render.styled(""))

    def _put(self, said: str, style: str = "") -> None:
        self._rows += [render.styled(each, style) for each in wrap(said, self._width)]

    def _led(self, lead: str, style: str, said: str) -> None:
        self._rows += render.led(lead, style, said, self._width)

    def _pair(self, pair: Pair, label: int, styles: tuple[str, str] = _FORM, column: int = 0) -> None:
        """Put a label and its value beside it, and *change* after it where it can be changed.

        Args:
            pair: The two.
            label: The cells of the label.
            styles: How the two look.
            column: The cells of the value, where *change* stands in a column.
        """
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
            row = render.styled(name + " " * (lead - cells(name)), styles[0]) + render.styled(
                value, styles[1]
            )
            if change and n == len(values) - 1:
                gap = _GAP if value or column else ""
                row = row + " " * (column - cells(value)) + gap + render.styled(change, render.LINK)
            self._rows.append(row)
        if pair.key is not None:
            self._commands.update(dict.fromkeys(range(start, len(self._rows)), Command("change", pair.key)))

    def _ticket(self, said: Block, code: Pair) -> None:
        """Put a QR code at the left, where nothing can push it out of line, and what is short beside it.

        Sentences stand below at full width: in half of it they would be a column of broken lines.
        """
        picture = large.in_halves(large.qr(code.value)) if self._glyphs.halves else []
        side = len(picture[0]) + 3 if picture else 0
        if self._width - side < _LEAST_BESIDE:
            picture, side = [], 0
        beside = _Page(self._width - side, self._wording, self._glyphs)
        beside.stacked(code)
        beside.blank()
        pairs = [part for part in said.parts if isinstance(part, Pair) and not part.large]
        short = [pair for pair in pairs if cells(f"{pair.label}{_GAP}{pair.value}") <= beside._width]
        beside.pairs(short, _FORM)
        rows = beside._rows
        blank = " " * (side - 3)
        for n in range(max(len(picture), len(rows))):
            left = render.styled(picture[n] if n < len(picture) else blank, _QR if n < len(picture) else "")
            right = rows[n] if n < len(rows) else render.styled("")
            self._rows.append(left + "   " + right if side else right)

        long = [pair for pair in pairs if pair not in short]
        if long:
            self.blank()
        label = _column(long, self._width, 0)
        for pair in long:
            # A date has no room beside the code either, and is no sentence.
            styles = _FORM if cells(pair.value) <= _LEAST_BESIDE else _SENTENCES
            self.pairs([pair], styles, label)
        for part in said.parts:
            if isinstance(part, Line):
                self.blank()
                self._led(self._wording.text("face.warning"), f"{render.WARNING} bold", part.text)

    def blank(self) -> None:
        self._rows.append(render.styled(""))

    def stacked(self, pair: Pair) -> None:
        """Put a label above its value, and the value large: it is to be read from afar."""
        self._put(pair.label, render.NOTE)
        for part in self._parts_of(pair.value):
            dots = large.letters(part)
            drawn = large.in_halves(dots) if self._glyphs.halves else large.in_signs(dots)
            if cells(drawn[0]) > self._width:
                self._put(part, render.STRONG)
                continue
            self._rows += [render.styled(line, "$text-primary") for line in drawn]

    def _parts_of(self, code: str) -> list[str]:
        """Cut a code at its dash where it is too wide for one line."""
        if cells(large.in_halves(large.letters(code))[0]) * (1 if self._glyphs.halves else 2) <= self._width:
            return [code]
        first, dash, rest = code.partition("-")
        return [first + dash, rest] if rest else [code]
