"""A page of the desk that is a list, fifty rows at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from textual import events, on
from textual.widget import Widget

from assistant.conversation.wording import Wording
from assistant.desk.duty import Duty
from assistant.desk.page import DeskPage
from assistant.records import Turn
from assistant.widgets.listing import Column, Listing, ListRow

Row = TypeVar("Row")

PAGE = 50


@dataclass(frozen=True)
class Place:
    """The page of a list that is looked at.

    Args:
        page: Its number, from 0.
        more: Whether another follows.
    """

    page: int = 0
    more: bool = False

    def turned(self, by: int) -> int | None:
        """Return the page that a walk past the last row (1) or the first (-1) leads to, if there is one."""
        return self.page + by if (self.more if by > 0 else self.page > 0) else None

    def around(self, wording: Wording) -> tuple[str, str]:
        """Return the lines that lead to the page before and after, as :meth:`Listing.offer` takes them."""
        before = wording.text("desk.rows.before") if self.page else ""
        return before, wording.text("desk.rows.after") if self.more else ""


class PagedPage(DeskPage, Generic[Row]):
    """Walks a list of the store page by page; Enter or a click opens a row.

    ``nothing_key`` are the words for an empty list.
    """

    nothing_key = ""

    def __init__(
        self,
        duty: Duty,
        fetch: Callable[[Turn, Row | None], tuple[Row, ...]],
        columns: Callable[[], Sequence[Column]],
        row: Callable[[Row], ListRow],
        open: Callable[[str], None],
    ) -> None:
        """Begin with the first page.

        Args:
            duty: Who is on duty.
            fetch: Returns the rows after one, or the first ones.
            columns: Returns the columns in the language of now.
            row: Returns a row in the language of now.
            open: Opens the row of an id.
        """
        super().__init__(duty)
        self.listed: tuple[Row, ...] = ()
        self._ends: list[Row | None] = [None]
        self._fetch, self._columns, self._row, self._opens = fetch, columns, row, open

    def body(self) -> Iterable[Widget]:
        """Lay out the list."""
        yield Listing(self.desk.glyphs)

    async def opened(self) -> None:
        """Load the first page."""
        self.load()

    async def say(self) -> None:
        """Say the rows in the language of now."""
        place = Place(len(self._ends) - 1, more=len(self.listed) == PAGE)
        rows = [self._row(each) for each in self.listed]
        self.query_one(Listing).offer(self._columns(), rows, around=place.around(self.wording))

    async def typed(self, event: events.Key) -> bool:
        """Walk through the list."""
        return self.query_one(Listing).key(event.key)

    def begin_anew(self) -> None:
        """Load the first page again."""
        self._ends = [None]
        self.load()

    def load(self) -> None:
        """Load the page that is looked at."""
        after = self._ends[-1]
        self.store(lambda turn: self._fetch(turn, after), self._loaded)

    async def _loaded(self, rows: tuple[Row, ...]) -> None:
        if not rows and len(self._ends) > 1:
            # The page before was full and the last one.
            self._ends.pop()
            return
        self.listed = rows
        await self.say()
        self.tell(None if rows else lambda: self.wording.text(self.nothing_key))

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        if event.by > 0 and len(self.listed) == PAGE:
            self._ends.append(self.listed[-1])
            self.load()
        elif event.by < 0 and len(self._ends) > 1:
            self._ends.pop()
            self.load()

    @on(Listing.Opened)
    def _opened(self, event: Listing.Opened) -> None:
        event.stop()
        self._opens(event.id)
