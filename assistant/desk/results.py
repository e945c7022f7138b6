"""What the search field of a call found, to walk and open, and what the caller said, to mark and change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from assistant.calls.naming import named
from assistant.calls.searching import Topic
from assistant.conversation.linebreak import cells
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose
from assistant.widgets.spots import Spots
from content.calls import DeskContent

_LEAD = 9
"""The cells of a line that its sign, its number and the gap before the note take."""


@dataclass(frozen=True)
class Result:
    """Something found: what opens, its name, and what tells it apart."""

    topic: Topic
    name: str
    note: str


def listed(topic: Topic, desk: DeskContent, wording: Wording) -> Result:
    """Return a topic as it stands among what was found."""
    return Result(topic, named(topic, desk, wording), wording.text(f"calls.kind.{topic.kind}"))


class Results(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Numbered results; the first is the one that Enter opens until the arrows say otherwise."""

    @dataclass
    class Opened(Message):
        """A result was opened."""

        topic: Topic

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin without results."""
        super().__init__(id="call-results")
        self._glyphs = glyphs
        self._found: tuple[Result, ...] = ()
        self._at = 0
        self.walking = False
        self._prose = Prose(self._draw)

    def compose(self) -> ComposeResult:
        """Lay out the one text that the results are."""
        yield self._prose

    @property
    def found(self) -> tuple[Result, ...]:
        """The results that are shown."""
        return self._found

    def offer(self, found: Sequence[Result]) -> None:
        """Show other results, the first highlighted."""
        self._found, self._at, self.walking = tuple(found), 0, False
        self._prose.again()
        self.scroll_home(animate=False)

    def key(self, key: str) -> bool:
        """Take a key; return whether it meant something here."""
        if key in {"down", "up"} and self._found:
            self._at = (self._at + (1 if key == "down" else -1)) % len(self._found)
            self.walking = True
            self._prose.again()
            self.scroll_to_region(Region(0, self._at, 1, 1), animate=False, force=True)
        elif key == "enter" and self._found:
            self.post_message(self.Opened(self._found[self._at].topic))
        else:
            return False
        return True

    def digit(self, typed: str) -> bool:
        """Open the result of a digit once the arrows have walked; before, a digit is typed like any other."""
        if not self.walking or typed not in set("123456789") or int(typed) > len(self._found):
            return False
        self.post_message(self.Opened(self._found[int(typed) - 1].topic))
        return True

    def on_click(self, event: events.Click) -> None:
        """Open what was clicked."""
        event.stop()
        offset = event.get_content_offset(self._prose)
        if offset is not None and 0 <= offset.y < len(self._found):
            self.post_message(self.Opened(self._found[offset.y].topic))

    def _draw(self, width: int) -> Content:
        return render.joined(
            render.suggestion(
                f"{n:>2}  {shortened(each.name, width - _LEAD - cells(each.note))}",
                each.note,
                width,
                self._glyphs,
                here=n == self._at + 1,
            )
            for n, each in enumerate(self._found, start=1)
        )


def shortened(name: str, room: int) -> str:
    """Cut a name to so many cells: a click tells the results by their lines."""
    if cells(name) <= room:
        return name
    while name and cells(name) > room - 2:
        name = name[:-1]
    return f"{name.rstrip()} …"


class FactLine(Spots, can_focus=True, inherit_bindings=False):
    """What the caller said, each with its mark. A click on it changes that, on its cross removes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("enter,space", "act('mark')", show=False),
        Binding("delete,backspace,x", "act('remove')", show=False),
        Binding("plus,equals_sign,c", "act('change')", show=False),
    ]

    @dataclass
    class Acted(Message):
        """Something is to be done with a fact: ``mark``, ``remove`` or ``change``."""

        key: str
        act: str

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin without facts."""
        super().__init__(id="call-facts", gap=1)
        self._glyphs = glyphs
        self._facts: tuple[tuple[str, str], ...] = ()
        self._here = 0

    def say(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show facts, each a key and words that hold its mark."""
        self._facts = tuple(facts)
        self._here = max(min(self._here, len(self._facts) - 1), 0)
        self.display = bool(facts)
        self.again()

    def pieces(self) -> Sequence[render.Piece]:
        """Return the facts, each with its cross."""
        found = []
        for n, (key, said) in enumerate(self._facts):
            here = n == self._here and self.has_focus
            sign = self._glyphs.here if here else " "
            found.append(render.Piece(f"mark:{key}", f"{sign}{said}", render.PRESSED if here else "bold"))
            found.append(render.Piece(f"remove:{key}", "× " if self._glyphs.halves else "x ", render.NOTE))
        return found

    def on_focus(self) -> None:
        """Show where one stands."""
        self.again()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.again()

    def clicked(self, id: str) -> None:
        """Mark or remove what was clicked."""
        act, _, key = id.partition(":")
        self.post_message(self.Acted(key, act))

    def action_step(self, by: int) -> None:
        """Stand at the next fact or an earlier one."""
        if self._facts:
            self._here = (self._here + by) % len(self._facts)
            self.again()

    def action_act(self, act: str) -> None:
        """Do something with the fact that one stands at."""
        if self._facts:
            self.post_message(self.Acted(self._facts[self._here][0], act))


class CallLine(Spots):
    """The trail of the call, and what else a mouse can do here."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="call-line")
        self._said: tuple[render.Piece, ...] = ()

    def say(self, acts: Iterable[tuple[str, str]]) -> None:
        """Show them, each an id and a word."""
        self._said = tuple(render.Piece(id, said, render.LINK) for id, said in acts)
        self.display = bool(self._said)
        self.again()

    def pieces(self) -> tuple[render.Piece, ...]:
        """Return them."""
        return self._said
