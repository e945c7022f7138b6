"""The call page: what a caller talks about is found as it is typed, and put into three voices."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input

from assistant.calls.book import CallBook, open_book
from assistant.calls.call import Call, Line
from assistant.calls.facts import Facts, put_all
from assistant.calls.locating import Found, find
from assistant.calls.naming import heard, named
from assistant.calls.searching import Topic
from assistant.calls.speaking import Page
from assistant.conversation.wording import Wording
from assistant.desk.call_keys import CALL_KEYS, allowed, beside
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.desk.results import CallLine, FactLine, Results, listed, shortened
from assistant.desk.screens.call_note import NotePage, NotesPage
from assistant.desk.screens.candidate import CandidatePage
from assistant.desk.voices import VOICES, VoicePane, Voices
from assistant.records.calls import new_reference
from assistant.starting import edition_of
from assistant.widgets import render
from assistant.widgets.composer import Composer
from assistant.widgets.prose import Prose
from assistant.widgets.spots import Spots, TabLine

if TYPE_CHECKING:
    from assistant.desk.duty import Duty

LONGEST = 24
"""Cells of a name in the trail."""

TRAIL = 3
"""Topics of the trail that are shown; Esc goes back through all of them."""


class CallPage(DeskPage):
    """One field for everything that a caller may say. Keys stay in it, and walk results and voices."""

    title_key: ClassVar[str] = "desk.page.call"
    KEYS: ClassVar[tuple[Key, ...]] = CALL_KEYS

    def __init__(self, duty: Duty) -> None:
        """Begin where the calls of this person were left."""
        super().__init__(duty)
        self._page: Page | None = None
        self._places: dict[Facts, Found] = {}
        self._large, self._other = False, False
        self._awaited = False

    def keys(self) -> tuple[Key, ...]:
        """Leave out what the roles do not allow."""
        return allowed(super().keys(), self.duty.staff)

    # The calls -------------------------------------------------------------------------------------------

    @property
    def line(self) -> Line:
        """The calls at this desk; they outlast the page, until the person logs out."""
        if self.desk.line is None:
            self.desk.line = Line((Call(new_reference()),))
        return self.desk.line

    @property
    def call(self) -> Call:
        """The call that is spoken to."""
        return self.line.now

    @property
    def book(self) -> CallBook | None:
        """What is answered from, once it is read."""
        return self.desk.call_book

    def _change(self, call: Call) -> None:
        self.desk.line = self.line.changed(call)

    # Laid out --------------------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Lay out the field, what is known, results and voices."""
        glyphs = self.desk.glyphs
        yield Composer()
        yield FactLine(glyphs)
        yield CallLine()
        yield Results(glyphs)
        yield Prose(self._hint, id="call-hint")
        yield Prose(self._page_title, id="call-title")
        yield TabLine(glyphs, id="call-tabs")
        yield Voices(glyphs)

    def heading(self) -> str:
        """Say which call it is, and how many wait."""
        waiting = len(self.line.calls) - 1
        said = f"{self.wording.text(self.title_key)}  {self.call.reference}"
        return f"{said}  {self.wording.text('calls.on-hold', {'count': waiting})}" if waiting else said

    async def opened(self) -> None:
        """Read what is answered from, and show the call as it was left."""
        self.query_one(Composer).put(self.call.typed)
        self.query_one(Composer).focus()
        if self.book is None:
            content = self.duty.content
            self.work(partial(open_book, content), self._ready)
        else:
            self._refresh()

    def _ready(self, book: CallBook) -> None:
        self.desk.call_book = book
        self._refresh()
        if self._awaited:
            self._awaited = False
            self.query_one(Results).key("enter")

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one(Composer).placeholder = self.wording.text("calls.search")
        self._refresh(keep=True)

    # What is shown ---------------------------------------------------------------------------------------

    def _refresh(self, *, keep: bool = False) -> None:
        """Show what the call has come to: results while something is typed, else what was opened."""
        self.query_one("#desk-title", Prose).again()
        say, call = self.wording, self.call
        self.query_one(FactLine).say([(each.key, heard(each, call.facts, say)) for each in call.facts])
        typing = bool(call.typed.strip())
        results = self.query_one(Results)
        if self.book is not None:
            found = self.book.results(call.typed, known=bool(call.facts))
            if tuple(each.topic for each in results.found) != found or keep:
                results.offer([listed(each, self.book.desk, say) for each in found])
        results.display = typing
        shown = call.shown is not None and not typing
        if shown:
            self._speak_of(keep=keep)
        shown = shown and self._page is not None
        self.query_one("#call-hint").display = not shown and not typing
        self.query_one("#call-hint", Prose).again()
        self.query_one("#call-voices").display = shown
        title = self.query_one("#call-title", Prose)
        title.display = shown
        title.again()
        tabs = self.query_one("#call-tabs", TabLine)
        tabs.display = shown and not self._beside
        tabs.say([(each, say.text(f"calls.voice.{each}")) for each in VOICES], VOICES[self.voices.here])
        self.query_one(CallLine).say(self._acts() if not typing else [])

    def _acts(self) -> list[tuple[str, str]]:
        """Name the trail, and what else a mouse can do here."""
        say = self.wording
        acts = [
            (f"key:{key.id}", f"{key.shown} {say.text(f'desk.key.{key.id}')}") for key in beside(self.keys())
        ]
        if self.book is None:
            return acts
        before = list(enumerate(self.call.trail[:-1]))[-TRAIL:]
        trail = [(f"trail:{n}", shortened(named(each, self.book.desk, say), LONGEST)) for n, each in before]
        return [*trail, *acts]

    def _hint(self, width: int) -> Content:
        key = "calls.search-hint" if self.book is not None else "calls.preparing"
        return render.text(self.wording.text(key), width, render.NOTE)

    def _page_title(self, width: int) -> Content:
        return render.text(self._page.title if self._page else "", width, "bold")

    def _speak_of(self, *, keep: bool) -> None:
        """Put what was opened into the three voices; where the caller stands is worked out first."""
        topic, book = self.call.shown, self.book
        if topic is None or book is None:
            return
        found = self._places.get(self.call.facts)
        if topic.kind == "place" and found is None:
            self._page = None
            self._locate(self._refresh)
            return
        say = self.wording
        other = Wording(self.duty.content, "en" if say.chinese else "zh")
        edition = edition_of(self.duty.content, "", self.duty.clock)
        self._page = book.page(topic, found, edition, say)
        aloud = (book.page(topic, found, edition, other), other) if self._other else None
        self.voices.show(self._page, say, aloud, beside=self._beside, large=self._large, keep=keep)

    @property
    def _beside(self) -> bool:
        """Whether the voices stand side by side."""
        return self.has_class("-wide") and not self._large

    def _locate(self, then: Callable[[], None]) -> None:
        """Find where the caller stands, in a thread: it takes longer than a key may."""
        facts, content, now = self.call.facts, self.duty.content, self.duty.now
        edition = edition_of(content, "", self.duty.clock)

        def found(place: Found) -> None:
            self._places[facts] = place
            then()

        self.work(lambda: find(facts, content, edition, now), found)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout of this size: voices side by side, or one at a time."""
        super().on_resize(event)
        if self.query("#voice-say"):
            self._refresh(keep=True)

    # What is typed and opened ----------------------------------------------------------------------------

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        event.stop()
        self._take_typed()

    def _take_typed(self) -> None:
        """Look for what stands in the field now; an arrow may come before the field tells of its letters."""
        field, before = self.query_one(Composer), self.call.typed
        if field.value[:-1] == before and self.query_one(Results).digit(field.value[-1:]):
            field.put(before)
        elif field.value != before:
            self.tell(None)
            self._change(replace(self.call, typed=field.value))
            self._refresh()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        if self.book is None:
            self._awaited = True
        elif self.call.typed.strip():
            self.query_one(Results).key("enter")
        else:
            self.voices.active.key("enter")

    @property
    def voices(self) -> Voices:
        """Where what was opened is read."""
        return self.query_one(Voices)

    async def typed(self, event: events.Key) -> bool:
        """Walk through results or the voice that is read; Tab reads the next one."""
        if event.key == "shift+tab":
            self._read((self.voices.here - 1) % len(VOICES))
            return True
        if self.query_one(FactLine).has_focus:
            return False
        self._take_typed()
        if self.call.typed.strip():
            return self.query_one(Results).key(event.key)
        return self._page is not None and self.voices.active.key(event.key)

    @on(Results.Opened)
    def _result_opened(self, event: Results.Opened) -> None:
        event.stop()
        self._open(event.topic)

    @on(VoicePane.Followed)
    def _followed(self, event: VoicePane.Followed) -> None:
        event.stop()
        kind, _, id = event.command.argument.partition(":")
        if event.command.name == "open":
            self._open(Topic(kind, id))  # type: ignore[arg-type]

    @on(VoicePane.Touched)
    def _touched(self, event: VoicePane.Touched) -> None:
        event.stop()
        self._read(VOICES.index((event.pane.id or "").removeprefix("voice-")))

    def _open(self, topic: Topic) -> None:
        call = self.call
        if topic.kind == "place" and topic.id and self.book is not None:
            facts = put_all(call.facts, self.book.reader.read(topic.id).facts)
            topic = Topic("place", "")
            call = replace(call, facts=facts)
        call = replace(call.open(topic), typed="")
        self.voices.here = 0
        self._go(call)

    def _go(self, call: Call) -> None:
        """Show a call as it has become, and let keys come to the field."""
        self._change(call)
        field = self.query_one(Composer)
        field.put(call.typed)
        field.focus()
        self._refresh()

    async def back(self) -> None:
        """Leave the facts, empty the field, go back along the trail, and leave at last."""
        call = self.call
        self.tell(None)
        if self.query_one(FactLine).has_focus:
            self.query_one(Composer).focus()
        elif call.typed:
            self._go(replace(call, typed=""))
        elif self._large:
            await self.act("call-large")
        elif call.trail:
            self._go(call.back())
        else:
            self.dismiss()

    @on(Spots.Clicked)
    async def _spot(self, event: Spots.Clicked) -> None:
        event.stop()
        kind, _, id = event.id.partition(":")
        if event.id in VOICES:
            self._read(VOICES.index(event.id))
        elif kind == "trail":
            self._go(replace(self.call, trail=self.call.trail[: int(id) + 1]))
        else:
            await self.act(id)

    async def act(self, id: str) -> None:
        """Do what a key of the page means."""
        match id:
            case "call-voice":
                self._read((self.voices.here + 1) % len(VOICES))
            case "call-aloud":
                self._other = not self._other
                self._refresh(keep=True)
            case "call-large":
                self._large, self.voices.here = not self._large, 0
                self._refresh(keep=True)
            case "call-facts":
                self._to_facts()
            case "call-new":
                self.desk.line = self.line.taken(Call(new_reference()))
                self._go(self.call)
                self._say_later("calls.taken", self.call.reference)
            case "call-hold" if len(self.line.calls) == 1:
                self.tell(lambda: self.wording.text("calls.hold-none"))
            case "call-hold":
                self.desk.line = self.line.switched()
                self._go(self.call)
            case "call-note":
                if self.call.facts and self.call.facts not in self._places:
                    self._locate(self._note)
                else:
                    self._note()
            case "call-candidate":
                self.desk.push_screen(CandidatePage(self.duty, "call"))
            case "call-notes":
                self.desk.push_screen(NotesPage(self.duty))

    def _note(self) -> None:
        if self.book is not None:
            found = self._places.get(self.call.facts)
            self.desk.push_screen(
                NotePage(self.duty, self.call, found, self.book.desk), lambda _: self._resumed()
            )

    def _resumed(self) -> None:
        """Come back from the note: where it was kept, the call has ended."""
        if self.desk.kept_note:
            self._say_later("calls.note-kept", self.desk.kept_note)
            self.desk.kept_note = ""
        self._go(self.call)

    def _say_later(self, key: str, reference: str) -> None:
        self.tell(lambda: self.wording.text(key, {"reference": reference}))

    def _read(self, voice: int) -> None:
        self.voices.here = voice
        if self._large and voice:
            self._large = False
        self._refresh(keep=True)

    # What the caller said --------------------------------------------------------------------------------

    def _to_facts(self) -> None:
        if self.call.facts:
            self.query_one(FactLine).focus()
            self.tell(lambda: self.wording.text("calls.facts-how"))
        else:
            self.tell(lambda: self.wording.text("calls.facts-none"))

    @on(FactLine.Acted)
    def _fact(self, event: FactLine.Acted) -> None:
        event.stop()
        self._change(self.call.touched(event.key, event.act))
        if not self.call.facts:
            self.query_one(Composer).focus()
        self._refresh()
