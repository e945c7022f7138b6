"""The queue of manual verifications, a page at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk import review_words
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.desk.screens.provinces import ProvincesPage
from assistant.desk.screens.review import ReviewPage
from assistant.records.queue import Page, ReviewFilter, ReviewRow
from assistant.widgets import render
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.spots import Spots
from flows.casework.review import REVIEW
from flows.verdict import Named

STATES = ("", *REVIEW.states)
GROUPS = ("", "14.1", "14.2", "14.3", "14.4", "14.5")

_REFRESH = Key("review-refresh", "f5", "F5")
_NARROW = (
    Key("review-state", "f7", "F7", in_bar=False),
    Key("review-group", "f8", "F8", in_bar=False),
    Key("review-overdue", "f9", "F9", in_bar=False),
    Key("review-mine", "f10", "F10", in_bar=False),
    Key("review-province", "f11", "F11", in_bar=False),
)
_TURN = (
    Key("review-previous", "left", "←", in_bar=False),
    Key("review-next", "right", "→", in_bar=False),
)


class PieceLine(Spots):
    """Pieces that the page says anew; one without an id is only read."""

    def __init__(self, *, id: str) -> None:
        """Begin empty."""
        super().__init__(id=id)
        self._shown: tuple[render.Piece, ...] = ()

    def say(self, pieces: Sequence[render.Piece]) -> None:
        """Show other pieces."""
        self._shown = tuple(pieces)
        self.again()

    def pieces(self) -> Sequence[render.Piece]:
        """Return what is shown."""
        return self._shown

    def clicked(self, id: str) -> None:
        """Leave alone what is only read."""
        if id:
            super().clicked(id)


class ReviewsPage(DeskPage):
    """Lists the cases, what is due first; F7 to F11 narrow the list down, Enter opens a case."""

    title_key: ClassVar[str] = "desk.page.reviews"
    KEYS: ClassVar[tuple[Key, ...]] = (_REFRESH, *_NARROW, *_TURN)

    def body(self) -> Iterable[Widget]:
        """Lay out the filter, the list, and how many pages there are."""
        yield PieceLine(id="reviews-filter")
        yield Listing(self.desk.glyphs)
        yield PieceLine(id="reviews-pages")

    async def opened(self) -> None:
        """Load the first page."""
        self._filter = ReviewFilter()
        self._page: Page[ReviewRow] = Page((), 1, 0)
        self._load(1)

    async def say(self) -> None:
        """Say it in the language of now."""
        if hasattr(self, "_page"):
            self._list()

    def on_resize(self, event: events.Resize) -> None:
        """Give the columns what room there is."""
        self.call_after_refresh(self._list)

    async def typed(self, event: events.Key) -> bool:
        """Walk through the list."""
        return self.query_one(Listing).key(event.key)

    async def act(self, id: str) -> None:
        """Narrow the list down, turn the page, or load it anew."""
        wanted, number = self._filter, 1
        match id:
            case "review-state":
                wanted = replace(wanted, state=_next(STATES, wanted.state))
            case "review-group":
                wanted = replace(wanted, group=_next(GROUPS, wanted.group))
            case "review-overdue":
                wanted = replace(wanted, overdue=not wanted.overdue)
            case "review-mine":
                wanted = replace(wanted, mine=not wanted.mine)
            case "review-province":
                page = ProvincesPage(self.duty)
                self.desk.push_screen(page, lambda _: self._narrow_to(page.picked))
                return
            case "review-previous" | "review-next":
                self._turn(1 if id == "review-next" else -1)
                return
            case _:
                number = self._page.number
        self._filter = wanted
        self._load(number)

    def _narrow_to(self, province: str | None) -> None:
        if province is not None:
            self._filter = replace(self._filter, province=province)
            self._load(1)

    def _turn(self, by: int) -> None:
        number = self._page.number + by
        if 1 <= number <= self._page.pages:
            self._load(number, last=by < 0)

    @on(Spots.Clicked)
    async def _piece_clicked(self, event: Spots.Clicked) -> None:
        event.stop()
        await self.act(event.id)

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        self._turn(event.by)

    @on(Listing.Opened)
    def _opened(self, event: Listing.Opened) -> None:
        event.stop()
        self.tell(None)
        self.desk.push_screen(ReviewPage(self.duty, event.id), lambda _: self._load(self._page.number))

    def _load(self, number: int, *, last: bool = False) -> None:
        duty, wanted = self.duty, self._filter
        self.store(
            lambda turn: turn.review_page(
                wanted, number, by=duty.staff, now=duty.now, days=duty.house.review_days
            ),
            lambda page: self._loaded(page, last),
        )

    def _loaded(self, page: Page[ReviewRow], last: bool) -> None:
        self._page = page
        self._list(last=last)
        self.tell(None if page.rows else lambda: self.wording.text("desk.review.nothing"))

    # Said ------------------------------------------------------------------------------------------------

    def _list(self, *, last: bool = False) -> None:
        if not hasattr(self, "_page"):
            return
        self.query_one("#reviews-filter", PieceLine).say(list(self._narrowing()))
        self.query_one("#reviews-pages", PieceLine).say(list(self._paging()))
        say, wide = self.wording, self.has_class("-wide")
        columns = [
            Column(say.text("desk.column.review-code"), 9),
            Column(say.text("desk.column.review-age"), 7),
            Column(say.text("desk.column.review-due"), 21 if wide else 11),
            Column(say.text("desk.column.review-groups"), 20 if wide else 9),
            Column(say.text("desk.column.review-state"), 8),
            Column(say.text("desk.column.review-province"), 14 if wide else 8),
            Column(say.text("desk.column.review-holder")),
        ]
        rows = [
            ListRow(
                row.code,
                (
                    row.code,
                    review_words.age(row, say),
                    review_words.due(row, say, wide=wide),
                    " ".join(row.groups),
                    say.text(f"desk.review.state.{row.state}"),
                    say.value(Named("province", row.province)) if row.province else "",
                    review_words.holder(row),
                ),
            )
            for row in self._page.rows
        ]
        self.query_one(Listing).offer(columns, rows, last=last)

    def _narrowing(self) -> Iterable[render.Piece]:
        say, wanted = self.wording, self._filter
        everything = say.text("desk.review.all")
        state = (
            say.text(f"desk.review.state.{wanted.state}")
            if wanted.state
            else say.text("desk.review.all-open")
        )
        picked = {"review-state": state, "review-group": wanted.group or everything}
        ticked = {"review-overdue": wanted.overdue, "review-mine": wanted.mine}
        active = {
            "review-state": wanted.state,
            "review-group": wanted.group,
            "review-province": wanted.province,
        }
        for key in _NARROW:
            said = say.text(f"desk.key.{key.id}")
            if key.id in picked:
                said = say.text("desk.review.narrowed", {"what": said, "value": picked[key.id]})
            elif key.id in ticked:
                sign = self.desk.glyphs.ticked if ticked[key.id] else self.desk.glyphs.unticked
                said = f"{sign} {said}"
            elif wanted.province:
                said = say.value(Named("province", wanted.province))
            else:
                said = say.text("desk.review.all-provinces")
            strong = active.get(key.id) or ticked.get(key.id)
            yield render.Piece(key.id, f"{key.shown} {said}", "$text-primary bold" if strong else "")

    def _paging(self) -> Iterable[render.Piece]:
        say, page = self.wording, self._page
        back, on_ = _TURN
        count = {"number": page.number, "pages": page.pages, "total": page.total}
        if page.number > 1:
            yield render.Piece(back.id, f"{back.shown} {say.text(f'desk.key.{back.id}')}")
        yield render.Piece("", say.text("desk.review.page", count), render.NOTE)
        if page.number < page.pages:
            yield render.Piece(on_.id, f"{on_.shown} {say.text(f'desk.key.{on_.id}')}")


def _next(ring: Sequence[str], here: str) -> str:
    return ring[(ring.index(here) + 1) % len(ring)]
