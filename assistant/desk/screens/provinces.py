"""Picks the province whose manual verifications are listed, from all that have open ones."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk.duty import Duty
from assistant.desk.page import DeskPage
from assistant.widgets.listing import Column, Listing, ListRow
from flows.verdict import Named

EVERY = "every"
"""The row for all provinces."""


class ProvincesPage(DeskPage):
    """Lists the provinces with how many cases are open; Enter or a click picks one. ``picked`` holds it."""

    title_key: ClassVar[str] = "desk.review.provinces"

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing picked."""
        super().__init__(duty)
        self.picked: str | None = None
        self._provinces: tuple[tuple[str, int], ...] = ()

    def body(self) -> Iterable[Widget]:
        """Lay out the list."""
        yield Listing(self.desk.glyphs)

    async def opened(self) -> None:
        """Load the provinces."""
        duty = self.duty
        self.store(lambda turn: turn.review_provinces(by=duty.staff, now=duty.now), self._loaded)

    async def _loaded(self, provinces: tuple[tuple[str, int], ...]) -> None:
        self._provinces = provinces
        await self.say()

    async def say(self) -> None:
        """Say it in the language of now."""
        say = self.wording
        columns = [Column(say.text("desk.column.review-province"), 30), Column(say.text("desk.column.open"))]
        rows = [
            ListRow(province, (say.value(Named("province", province)), str(count)))
            for province, count in self._provinces
        ]
        every = (say.text("desk.review.all-provinces"), str(sum(count for _, count in self._provinces)))
        self.query_one(Listing).offer(columns, [ListRow(EVERY, every), *rows])

    async def typed(self, event: events.Key) -> bool:
        """Walk through the list."""
        return self.query_one(Listing).key(event.key)

    @on(Listing.Opened)
    def _pick(self, event: Listing.Opened) -> None:
        event.stop()
        self.picked = "" if event.id == EVERY else event.id
        self.dismiss()
