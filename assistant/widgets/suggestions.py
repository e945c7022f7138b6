"""Names that are suggested under a field while one types: by arrow and Enter, or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message

from assistant.conversation.suggesting import MOST, Suggester, Suggestion, suggester
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose
from content.suggesting import Kind


class SuggestionRow(Prose):
    """One place in the list; it may be empty, so that the list keeps its height while one types."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin empty."""
        super().__init__(self._at, classes="suggestion")
        self._glyphs = glyphs
        self._here = False
        self.said: Suggestion | None = None

    @property
    def here(self) -> bool:
        """Whether it is highlighted."""
        return self._here

    def put(self, said: Suggestion | None, *, here: bool = False) -> None:
        """Show a name, or nothing."""
        if (said, here) != (self.said, self._here):
            self.said, self._here = said, here
            self.set_class(here, "-here")
            self.again()

    def _at(self, width: int) -> Content:
        if self.said is None:
            return Content(" ")
        return render.suggestion(self.said.text, self.said.note, width, self._glyphs, here=self._here)


class Suggestions(Vertical, can_focus=False):
    """The list. Nothing is highlighted at first: Enter alone takes what was typed as it is."""

    DEFAULT_CSS = """
    Suggestions {
        height: auto;
        display: none;
    }
    Suggestions > .suggestion {
        height: 1;
        max-width: 96;
    }
    Suggestions > .suggestion:hover, Suggestions > .suggestion.-here {
        background: $panel;
    }
    Suggestions > #suggesting {
        margin: 0 0 0 2;
    }
    """

    @dataclass
    class Taken(Message):
        """A name was clicked."""

        text: str

    @dataclass
    class Changed(Message):
        """The list came or went.

        Args:
            crowded: Whether it takes its full height and other lines should make room.
        """

        crowded: bool

    @dataclass
    class Prepared(Message):
        """A list is ready to be searched."""

        kind: Kind
        suggester: Suggester

    def __init__(self, wording: Wording, glyphs: Glyphs) -> None:
        """Begin without a list."""
        super().__init__(id="suggestions")
        self._wording, self._glyphs = wording, glyphs
        self._kind: Kind | None = None
        self._suggester: Suggester | None = None
        self._typed = ""
        self._said: tuple[Suggestion, ...] = ()
        self._here = -1

    def compose(self) -> ComposeResult:
        """Lay out the places and the line that says how to pick."""
        yield from (SuggestionRow(self._glyphs) for _ in range(MOST))
        yield Prose(id="suggesting")

    @property
    def kind(self) -> Kind | None:
        """The list that is suggested from."""
        return self._kind

    @property
    def rows(self) -> list[SuggestionRow]:
        """The places that hold a name, in order."""
        return [row for row in self.query_children(SuggestionRow) if row.said is not None]

    @property
    def offering(self) -> bool:
        """Whether there is anything to pick."""
        return self.display and bool(self._said)

    @property
    def highlighted(self) -> str | None:
        """The name that Enter would take."""
        return self._said[self._here].text if self.offering and self._here >= 0 else None

    def use(self, kind: Kind | None, wording: Wording, typed: str) -> None:
        """Suggest from a list, or from none; it is read in the background when it is first wanted."""
        self._wording, self._typed = wording, ""
        if kind != self._kind:
            self._kind, self._suggester = kind, None
            if kind is not None:
                self._prepare(kind)
            self._put(())
        self.look_up(typed)

    def look_up(self, typed: str) -> None:
        """Suggest what may be meant by what stands in the field."""
        if self._kind is None:
            # What is typed elsewhere may be private: it is not kept here.
            return
        self._typed = typed
        if self._suggester is None:
            return
        found = self._suggester.suggest(typed)
        self._put([self._suggester.said(each, self._wording) for each in found])

    def move(self, by: int) -> None:
        """Highlight the next name or an earlier one; before the first stands the field itself."""
        if self._said:
            places = len(self._said) + 1
            self._show((self._here + 1 + by) % places - 1)

    def walk(self, by: int) -> bool:
        """Highlight the next name or an earlier one, where fields stand before and behind the list.

        Returns:
            Whether the list has such a place; the field itself is the one before the first.
        """
        here = self._here + by
        if not self.offering or not -1 <= here < len(self._said):
            return False
        self._show(here)
        return True

    @work(thread=True, group="suggestions", exclusive=True, exit_on_error=False)
    def _prepare(self, kind: Kind) -> None:
        """Read a list off the event loop: the schools take a quarter of a second."""
        self.post_message(self.Prepared(kind, suggester(kind)))

    def on_suggestions_prepared(self, event: Prepared) -> None:
        """Suggest for what was typed meanwhile."""
        event.stop()
        if event.kind == self._kind:
            self._suggester = event.suggester
            self.look_up(self._typed)

    def on_click(self, event: events.Click) -> None:
        """Take the name that was clicked."""
        row = event.widget
        if isinstance(row, SuggestionRow) and row.said is not None:
            event.stop()
            self.post_message(self.Taken(row.said.text))

    def _put(self, said: Sequence[Suggestion]) -> None:
        self._said = tuple(said)
        # Once there, the list keeps its room until the field is empty: one that jumps is hard to type into.
        typing = bool(self._typed.strip())
        self.display = bool(said) or (self.display and typing)
        self._show(-1)
        for row in self.query_children(SuggestionRow):
            row.display = typing or row.said is not None
        how = self._wording.text("face.suggesting") if said else " "
        self.query_one("#suggesting", Prose).show(render.draws(how, render.NOTE))
        self.post_message(self.Changed(self.display and typing))

    def _show(self, here: int) -> None:
        self._here = here
        for place, row in enumerate(self.query_children(SuggestionRow)):
            row.put(self._said[place] if place < len(self._said) else None, here=place == here)
