"""Finding a candidate, with a reason, and seeing where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line, Pair
from assistant.conversation.looking_up import Seen, seen
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.page import DeskPage
from assistant.records import Turn
from assistant.records.finding import BY, REASONS, Found
from assistant.widgets import drawing
from assistant.widgets.prose import Prose
from flows.verdict import Problem

Looked = tuple[tuple[Found, Seen], ...]


class CandidatePage(DeskPage):
    """Asks for the reason and the code or number; shows what staff may see, and changes nothing."""

    title_key: ClassVar[str] = "desk.page.candidate"

    def __init__(self, duty: Duty, reason: str = "") -> None:
        """Begin with a reason that is plain already, such as ``call``."""
        super().__init__(duty)
        self._reason = reason
        self._found: Looked = ()

    def body(self) -> Iterable[Widget]:
        """Lay out the form, and over it what was found."""
        yield DeskForm(
            self.desk.glyphs,
            ("look-reason", "look-note", "look-by", "look-for"),
            ("look",),
            options={
                "look-reason": tuple(f"desk.reason.{each}" for each in REASONS),
                "look-by": tuple(f"desk.by.{each}" for each in BY),
            },
        )
        with VerticalScroll(id="desk-found", can_focus=False):
            yield Prose(self._draw, id="desk-found-text")

    async def opened(self) -> None:
        """Begin with the reason."""
        self.query_one("#desk-found").display = False
        form = self.query_one(DeskForm)
        form.put(**{"look-by": BY[0], "look-reason": self._reason})
        form.begin("look-by" if self._reason else "")

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one(DeskForm).say(self.wording)
        self.query_one("#desk-found-text", Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Go through the form, or read on in what was found."""
        found = self.query_one("#desk-found", VerticalScroll)
        if not found.display:
            return self.query_one(DeskForm).key(event)
        match event.key:
            case "down":
                found.scroll_down(animate=False)
            case "up":
                found.scroll_up(animate=False)
            case "pagedown" | "space":
                found.scroll_page_down(animate=False)
            case "pageup":
                found.scroll_page_up(animate=False)
            case _:
                return False
        return True

    async def back(self) -> None:
        """Put away what was found; then leave. Another look asks for its own reason."""
        if not self.query_one("#desk-found").display:
            self.dismiss()
            return
        self._show(())
        form = self.query_one(DeskForm)
        form.put(**{"look-reason": self._reason, "look-note": "", "look-for": ""})
        form.begin("look-by" if self._reason else "")

    @on(DeskForm.Chosen)
    def _look(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values, duty = event.values, self.duty
        by = next((each for each in BY if each == values["look-by"]), None)
        if by is None or not values["look-for"].strip():
            self.refuse(Problem("look-for-missing"))
            return

        def look(turn: Turn) -> Looked:
            found = turn.find_candidate(
                by,
                values["look-for"],
                reason=values["look-reason"],
                note=values["look-note"],
                staff=duty.staff,
                now=duty.now,
            )
            return tuple((each, seen(turn, each.registration, duty.content, duty.now)) for each in found)

        if self.store(look, self._looked):
            self.tell(lambda: self.wording.text("desk.look.looking"))

    def _looked(self, found: Looked) -> None:
        if not found:
            self.refuse(Problem("look-nothing"))
            return
        self.tell(None)
        self._show(found)

    def _show(self, found: Looked) -> None:
        self._found = found
        scroll = self.query_one("#desk-found", VerticalScroll)
        scroll.display = bool(found)
        self.query_one(DeskForm).display = not found
        self.query_one("#desk-found-text", Prose).again()
        scroll.scroll_home(animate=False)
        if found:
            self.set_focus(None)

    def _draw(self, width: int) -> Content:
        blocks = [block for found, sight in self._found for block in self._blocks(found, sight)]
        if not blocks:
            return Content("")
        return drawing.below(*blocks, width=width, wording=self.wording, glyphs=self.desk.glyphs)

    def _blocks(self, found: Found, sight: Seen) -> Iterable[Block]:
        say = self.wording
        pairs = [
            Pair(say.fact(key), value)
            for key, value in (("name", found.name), ("id_number", found.id_number), ("mobile", found.mobile))
            if value
        ]
        yield Block("card", tuple(pairs), say.text("desk.look.code", {"code": found.code}), "status")
        waits = sight.next_said()
        if waits is not None:
            yield Block("said", (Line(say.text(waits.text, waits.args)),))
        for message in sight.messages():
            block = say.message(message)
            # Nothing here is corrected by staff: no value leads to a change.
            parts = (replace(each, key=None) if isinstance(each, Pair) else each for each in block.parts)
            yield replace(block, parts=tuple(parts))
