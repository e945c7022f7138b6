"""Somebody before the page of records, which is filled in by keys or by a mouse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from textual.widget import Widget

from assistant.conversation.academic_form import RecordsSheet
from assistant.conversation.inputs import RecordEntry, Records
from assistant.conversation.messages import Prompt
from assistant.kiosk.app import KioskApp
from assistant.kiosk.form_draft import FormDraft
from assistant.kiosk.screens.records import RecordsPage
from assistant.widgets.composer import Composer
from assistant.widgets.prose import Prose
from assistant.widgets.record_form import FieldRow
from assistant.widgets.spots import ActBar, Spots, TabLine
from tests.assistant.kiosk.fingers import Fingers
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import FakeConversation
from tests.assistant.kiosk.seat import OPEN, SMALL, Seat
from tests.factories import before, content, situation

HERE = situation(before("education.0.level"))
SCHOOL = Prompt("education.0.school", "text", "ask.education.school", {"number": 1})


def sheet(*education: Mapping[str, str], saved: str = "") -> RecordsSheet:
    return RecordsSheet(Records(tuple(map(RecordEntry, education))), frozenset(saved.split()), HERE)


class PageSeat(Seat):
    """Somebody before the page of records."""

    @property
    def page(self) -> RecordsPage:
        page = self.app.screen
        assert isinstance(page, RecordsPage)
        return page

    @property
    def field(self) -> str | None:
        """The field that keys come to."""
        focused = self.app.screen.focused
        rows = () if focused is None else focused.ancestors_with_self
        return next((each.field for each in rows if isinstance(each, FieldRow)), None)

    def row(self, field: str) -> FieldRow:
        return next(row for row in self.page.query(FieldRow) if row.field == field)

    async def put(self, text: str) -> None:
        """Put a text into the field that keys come to, as an input method or a screen keyboard does."""
        composer = self.app.screen.focused
        assert isinstance(composer, Composer)
        composer.insert_text_at_cursor(text)
        await quiet(self.pilot.app)

    async def enter(self, text: str) -> None:
        """Put a text into the field that keys come to, and go on."""
        composer = self.app.screen.focused
        assert isinstance(composer, Composer)
        composer.insert_text_at_cursor(text)
        await self.pilot.press("enter")

    async def touch(self, widget: Widget, offset: tuple[int, int] = (3, 0)) -> None:
        """Press the button of the mouse, and let go of it at the same place once all is drawn."""
        place = (widget.region.x + offset[0], widget.region.y + offset[1])
        assert self.app.get_widget_at(*place)[0] is widget
        for end in ("M", "m"):
            Fingers(self.app).button(place, end)
            await asyncio.sleep(0)
            await self.settle()

    async def hit(self, spots: Spots, id: str) -> None:
        """Click a piece of a line."""
        place = spots.place(id)
        assert place is not None, id
        offset = (place[0] + spots.gutter.left + 1, place[1] + spots.gutter.top)
        await self.pilot.click(spots, offset=offset)
        await quiet(self.pilot.app)

    async def act(self, id: str) -> None:
        await self.hit(self.page.query_one(ActBar), id)

    async def tab(self, id: str) -> None:
        await self.hit(self.page.query_one(TabLine), id)

    def below(self, field: str) -> str:
        """Return what is said below a field."""
        prose = self.row(field).query_one(".field-below", Prose)
        return "".join(prose.at(200).plain.split()) if prose.display else ""

    def beside(self, field: str) -> str:
        return self.row(field).query_one(".field-beside", Prose).at(22).plain


@asynccontextmanager
async def paged(
    *education: Mapping[str, str], saved: str = "", language: str = "zh", size: tuple[int, int] = SMALL
) -> AsyncIterator[tuple[PageSeat, list[Records | None]]]:
    """Sit down before the page alone; what is handed in is gathered."""
    app = KioskApp(content(), lambda *_: FakeConversation(()), OPEN, language=language)
    handed: list[Records | None] = []
    async with app.run_test(size=size) as pilot:
        app.push_screen(RecordsPage(FormDraft(sheet(*education, saved=saved))), handed.append)
        seat = PageSeat(app, pilot)
        await quiet(pilot.app)
        await quiet(pilot.app)
        yield seat, handed
