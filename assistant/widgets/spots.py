"""Short words side by side that can be clicked: tabs, what can be picked, what can be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from assistant.conversation.blocks import AskedOption
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose


class Spots(Prose):
    """Pieces on a line or two; it says which one was clicked."""

    @dataclass
    class Clicked(Message):
        """A piece was clicked, or chosen by a key."""

        spots: Spots
        id: str

        @property
        def control(self) -> Spots:
            """The line that it stands on."""
            return self.spots

    def __init__(self, *, id: str | None = None, gap: int = 2) -> None:
        """Begin without pieces; ``gap`` is the cells between two."""
        super().__init__(self._at, id=id)
        self._gap = gap
        self._places: tuple[render.Spot, ...] = ()

    def pieces(self) -> Sequence[render.Piece]:
        """Return what is shown now."""
        return ()

    def _at(self, width: int) -> Content:
        drawn, self._places = render.flow(self.pieces(), width, gap=self._gap)
        return drawn

    def place(self, id: str) -> tuple[int, int] | None:
        """Return the cell and the row where a piece begins, or ``None`` where it is not shown."""
        self.at(self.content_size.width)
        return next(((each.start, each.row) for each in self._places if each.id == id), None)

    def on_click(self, event: events.Click) -> None:
        """Say what was clicked."""
        event.stop()
        self.hit(event)

    def hit(self, event: events.MouseEvent) -> None:
        """Take the piece under the mouse, if there is one."""
        offset = event.get_content_offset(self)
        for spot in self._places if offset is not None else ():
            if offset is not None and spot.row == offset.y and spot.start <= offset.x < spot.end:
                self.clicked(spot.id)

    def clicked(self, id: str) -> None:
        """Do what a click on a piece does."""
        self.post_message(self.Clicked(self, id))


class TabLine(Spots):
    """Which one of several is looked at; a click changes to another."""

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        """Begin without tabs."""
        super().__init__(id=id, gap=1)
        self._glyphs = glyphs
        self._shown: tuple[render.Piece, ...] = ()

    def say(self, tabs: Sequence[tuple[str, str]], here: str) -> None:
        """Show tabs, each an id and a word; one without an id is a heading, ``here`` is looked at."""
        shown = tuple(
            render.Piece(
                id,
                f"{self._glyphs.here if id == here else ' '}{said} " if id else said,
                "$text-primary bold reverse" if id == here else "" if id else render.NOTE,
            )
            for id, said in tabs
        )
        if shown != self._shown:
            self._shown = shown
            self.again()

    def pieces(self) -> Sequence[render.Piece]:
        """Return the tabs."""
        return self._shown

    def clicked(self, id: str) -> None:
        """Change to a tab; a heading is none."""
        if id:
            super().clicked(id)


class PickField(Spots, can_focus=True, inherit_bindings=False):
    """A field with a few answers: by digit, by first letter, by left and right, or by a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter", "go_on", show=False),
    ]

    @dataclass
    class Picked(Message):
        """An answer was picked; ``done`` tells to go on to the next field."""

        id: str
        done: bool

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin without answers."""
        super().__init__()
        self._glyphs = glyphs
        self._options: tuple[AskedOption, ...] = ()
        self.value = ""

    def offer(self, options: Sequence[AskedOption]) -> None:
        """Show the answers in words."""
        if tuple(options) != self._options:
            self._options = tuple(options)
            self.again()

    def put(self, id: str) -> None:
        """Show what was picked before; anything that is no answer shows nothing."""
        self.value = id
        self.again()

    def pieces(self) -> Sequence[render.Piece]:
        """Return the answers with their digits; the picked one has a sign too."""
        return [
            render.Piece(
                each.id,
                f"{self._glyphs.met if each.id == self.value else ' '}{number} {each.label}",
                "$text-primary bold" if each.id == self.value else "",
            )
            for number, each in enumerate(self._options, start=1)
        ]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Pick at once: a problem of the field that is left may move this one from under the mouse."""
        self.hit(event)

    def on_click(self, event: events.Click) -> None:
        """Leave it at what was picked when the mouse went down."""
        event.stop()

    def clicked(self, id: str) -> None:
        """Pick what was clicked."""
        self._pick(id)

    def action_step(self, by: int) -> None:
        """Pick the answer beside."""
        ids = [each.id for each in self._options]
        here = ids.index(self.value) if self.value in ids else -1 if by > 0 else 0
        if ids:
            self._pick(ids[(here + by) % len(ids)])

    def action_go_on(self) -> None:
        """Leave it at what is picked."""
        self.post_message(self.Picked(self.value, True))

    def on_key(self, event: events.Key) -> None:
        """Pick by a digit, or by how a name or an id begins; the same letter again picks the next such."""
        typed = (event.character or "").casefold()
        if not typed or not typed.isprintable() or typed == " ":
            return
        event.stop()
        if typed in "123456789" and int(typed) <= len(self._options):
            self._pick(self._options[int(typed) - 1].id, done=True)
            return
        ids = [each.id for each in self._options]
        start = ids.index(self.value) + 1 if self.value in ids else 0
        for each in (*self._options[start:], *self._options[:start]):
            if each.id.startswith(typed) or each.label.casefold().startswith(typed):
                self._pick(each.id)
                return

    def _pick(self, id: str, *, done: bool = False) -> None:
        self.value = id
        self.again()
        self.post_message(self.Picked(id, done))


class ActBar(Spots, can_focus=True, inherit_bindings=False):
    """What can be done here: left and right move, Enter does it, and so does a click."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter,space", "do", show=False),
    ]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        """Begin with nothing to do."""
        super().__init__(id=id)
        self._glyphs = glyphs
        self._acts: tuple[tuple[str, str], ...] = ()
        self._here = ""

    def offer(self, acts: Sequence[tuple[str, str]], *, first: str = "") -> None:
        """Show what can be done, each an id and a word; ``first`` is where one stands then.

        Without ``first`` one stays where one was, or stands at the beginning.
        """
        ids = [id for id, _ in acts]
        wanted = first or self._here
        here = wanted if wanted in ids else next(iter(ids), "")
        if (tuple(acts), here) != (self._acts, self._here):
            self._acts, self._here = tuple(acts), here
            self.again()

    def pieces(self) -> Sequence[render.Piece]:
        """Return what can be done; where one stands has a sign while keys come here."""
        found = []
        for id, said in self._acts:
            here = id == self._here and self.has_focus
            sign, style = (self._glyphs.here, render.PRESSED) if here else (" ", render.BUTTON)
            found.append(render.Piece(id, f"{sign}{said} ", style))
        return found

    def on_focus(self) -> None:
        """Show where one stands."""
        self.again()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.again()

    def action_step(self, by: int) -> None:
        """Stand at the next or an earlier one."""
        ids = [id for id, _ in self._acts]
        if ids:
            self._here = ids[(ids.index(self._here) + by) % len(ids)]
            self.again()

    def action_do(self) -> None:
        """Do what one stands at."""
        if self._here:
            self.clicked(self._here)
