"""The note of a call, before it is kept and afterwards, and the list of one's own notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.calls.call import Call, Line
from assistant.calls.locating import Found
from assistant.calls.notes import note, topic_of
from assistant.desk.duty import Duty
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.records.calls import PAGE, CallNote, new_reference
from assistant.widgets import render
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.prose import Prose
from content.calls import DeskContent


class NotePage(DeskPage):
    """Shows the note of the call of now; Enter keeps it, copies it and ends the call."""

    title_key: ClassVar[str] = "desk.key.call-note"
    KEYS: ClassVar[tuple[Key, ...]] = (Key("note-keep", "enter", "Enter"),)

    def __init__(self, duty: Duty, call: Call, found: Found | None, desk: DeskContent) -> None:
        """Write the note of ``call``."""
        super().__init__(duty)
        self._call, self._found, self._content = call, found, desk

    def body(self) -> Iterable[Widget]:
        """Show the note."""
        with VerticalScroll(can_focus=False):
            yield Prose(self._draw, id="note-text")

    @property
    def _note(self) -> str:
        return note(self._call, self._found, self._content, self.wording, self.duty.now)

    def _draw(self, width: int) -> Content:
        return render.text(self._note, width)

    async def say(self) -> None:
        """Write it in the language of now."""
        self.query_one("#note-text", Prose).again()
        self.tell(lambda: self.wording.text("calls.note-how"))

    async def typed(self, event: events.Key) -> bool:
        """Read on."""
        return _scrolled(self.query_one(VerticalScroll), event.key)

    async def act(self, id: str) -> None:
        """Keep the note."""
        duty, call, text = self.duty, self._call, self._note
        topic = topic_of(call, self._content, self.wording) or call.reference
        self.store(
            lambda turn: turn.keep_call_note(call.reference, topic, text, by=duty.staff, now=duty.now),
            self._kept,
        )

    def _kept(self, kept: CallNote) -> None:
        """End the call: the next one on hold goes on, or a new one begins."""
        self.desk.copy_to_clipboard(kept.text)
        line = self.desk.line
        if line is not None and len(line.calls) > 1:
            self.desk.line = line.ended()
        else:
            self.desk.line = Line((Call(new_reference()),))
        self.desk.kept_note = kept.reference
        self.dismiss()


class NotesPage(DeskPage):
    """Lists one's own notes, newest first; Enter shows one, and Enter there copies it."""

    title_key: ClassVar[str] = "desk.key.call-notes"

    def body(self) -> Iterable[Widget]:
        """Lay out the list and the one note that is read."""
        yield Listing(self.desk.glyphs)
        with VerticalScroll(id="note-read", can_focus=False):
            yield Prose(self._draw, id="note-text")

    async def opened(self) -> None:
        """Load the newest."""
        self._page = 0
        self._notes: tuple[CallNote, ...] = ()
        self._read: CallNote | None = None
        self.query_one("#note-read").display = False
        self._load()

    async def say(self) -> None:
        """Say it in the language of now."""
        self._list()

    async def typed(self, event: events.Key) -> bool:
        """Walk through the list, or read and copy the note."""
        if self._read is None:
            return self.query_one(Listing).key(event.key)
        if event.key == "enter":
            self.desk.copy_to_clipboard(self._read.text)
            self.tell(lambda: self.wording.text("calls.note-copied"))
            return True
        return _scrolled(self.query_one("#note-read", VerticalScroll), event.key)

    async def back(self) -> None:
        """Close the note; then leave."""
        if self._read is None:
            self.dismiss()
            return
        self._show(None)

    def _load(self) -> None:
        duty, wanted = self.duty, self._page
        self.store(lambda turn: turn.call_notes(by=duty.staff, now=duty.now, page=wanted), self._loaded)

    def _loaded(self, notes: tuple[CallNote, ...]) -> None:
        self._notes = notes
        self._list()
        self.tell(None if notes else lambda: self.wording.text("calls.notes-none"))

    def _list(self) -> None:
        say = self.wording.text
        columns = [
            Column(say("desk.column.at"), 16),
            Column(say("calls.column.reference"), 11),
            Column(say("calls.column.topic")),
        ]
        rows = [
            ListRow(each.reference, (f"{each.at:%Y-%m-%d %H:%M}", each.reference, each.topic))
            for each in getattr(self, "_notes", ())
        ]
        self.query_one(Listing).offer(columns, rows)

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        if (event.by > 0 and len(self._notes) == PAGE) or (event.by < 0 and self._page):
            self._page += event.by
            self._load()

    @on(Listing.Opened)
    def _opened(self, event: Listing.Opened) -> None:
        event.stop()
        self._show(next(each for each in self._notes if each.reference == event.id))

    def _show(self, read: CallNote | None) -> None:
        self._read = read
        self.query_one(Listing).display = read is None
        self.query_one("#note-read").display = read is not None
        self.query_one("#note-text", Prose).again()
        self.tell((lambda: self.wording.text("calls.note-copy-how")) if read else None)

    def _draw(self, width: int) -> Content:
        read = getattr(self, "_read", None)
        return render.text(read.text if read else "", width)


def _scrolled(scroll: VerticalScroll, key: str) -> bool:
    match key:
        case "down":
            scroll.scroll_down(animate=False)
        case "up":
            scroll.scroll_up(animate=False)
        case "pagedown" | "space":
            scroll.scroll_page_down(animate=False)
        case "pageup":
            scroll.scroll_page_up(animate=False)
        case _:
            return False
    return True
