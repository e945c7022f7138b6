"""Cases on false promises: opening one, and the list (FAQ 16)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.page import DeskPage
from assistant.desk.paged import PagedPage
from assistant.desk.screens.case import CasePage
from assistant.desk.ways import FALSE_PROMISES, ID_TYPES, PERSON, open_case, opening, proposed
from assistant.records import Turn
from assistant.records.false_promises import CaseRow
from assistant.records.supervision import Check
from assistant.widgets import render
from assistant.widgets.listing import Column, Listing, ListRow
from flows.casework.false_promise import SOURCES
from flows.permissions import Deed
from flows.verdict import Named, Problem, RefusedError

SOURCE_OPTIONS = tuple(f"desk.source.{each}" for each in SOURCES)


class OpenCasePage(DeskPage):
    """Opens a case: on a registration by its code, from a check that ended in doubt, or on a person."""

    title_key: ClassVar[str] = "desk.page.case-open"

    def __init__(self, duty: Duty, check: Check | None = None) -> None:
        """Begin with a check that ended in doubt, or with all of them to choose from."""
        super().__init__(duty)
        self._doubtful: tuple[Check, ...] = ()
        self._check = check

    def body(self) -> Iterable[Widget]:
        """Lay out the form under the checks that ended in doubt."""
        yield Listing(self.desk.glyphs, id="doubtful")
        yield DeskForm(
            self.desk.glyphs,
            ("case-source", "case-why", *PERSON),
            ("open-case",),
            options={"case-source": SOURCE_OPTIONS, "case-id-type": ID_TYPES},
        )

    async def opened(self) -> None:
        """Load the doubtful checks: without any the form is all."""
        if self._check is not None:
            self._fill_from(self._check)
            return
        self._fill()
        if self.duty.staff.acts_as(Deed.WORK_SAMPLE) is not None:
            self.store(lambda turn: turn.doubtful(), self._loaded)

    async def say(self) -> None:
        """Say it in the language of now."""
        say = self.wording.text
        self.query_one(DeskForm).say(self.wording)
        columns = (Column(say("desk.column.registration"), 12), Column(say("desk.column.doubt")))
        rows = [ListRow(each.code, (each.code, each.reason)) for each in self._doubtful]
        other = ListRow("other", (say("desk.case.other"), say("desk.case.other-hint")))
        self.query_one(Listing).offer(columns, [*rows, other] if rows else ())

    async def typed(self, event: events.Key) -> bool:
        """Walk through the checks, or go through the form."""
        listing = self.query_one(Listing)
        return listing.key(event.key) if listing.display else self.query_one(DeskForm).key(event)

    async def back(self) -> None:
        """Go back to the checks, where there are any; then leave."""
        if self._doubtful and not self.query_one(Listing).display:
            self._choose()
        else:
            self.dismiss()

    async def _loaded(self, checks: tuple[Check, ...]) -> None:
        # The first page alone: whoever works them off sees the next.
        self._doubtful = checks
        if self._doubtful and not self.query_one(DeskForm).values["case-why"]:
            await self.say()
            self._choose()

    def _choose(self) -> None:
        self.query_one(Listing).display = True
        self.query_one(DeskForm).display = False
        self.set_focus(None)

    def _fill(self, **values: str) -> None:
        self.query_one(Listing).display = False
        form = self.query_one(DeskForm)
        form.display = True
        form.put(**{**values, **proposed(self.duty)})
        form.begin("case-why" if values else "")

    @on(Listing.Opened)
    def _chosen(self, event: Listing.Opened) -> None:
        event.stop()
        check = next((each for each in self._doubtful if each.code == event.id), None)
        if check is None:
            self._fill()
        else:
            self._fill_from(check)

    def _fill_from(self, check: Check) -> None:
        self._fill(**{"case-source": "sample", "case-why": check.reason, "case-code": check.code})

    @on(DeskForm.Chosen)
    def _open(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values, duty = event.values, self.duty
        try:
            opening(values, duty)
        except RefusedError as refused:
            self.refuse(Problem(refused.code, refused.arguments))
            return
        self.store(
            lambda turn: open_case(turn, duty, values, source=values["case-source"]), self._opened_case
        )

    def _opened_case(self, number: str) -> None:
        if self.duty.staff.acts_as(Deed.SEE_FALSE_PROMISES) is not None:
            self.desk.push_screen(CasePage(self.duty, FALSE_PROMISES, number), self._left)
        else:
            self._fill(**dict.fromkeys(("case-why", *PERSON), ""))
            self.tell(lambda: self.wording.text("desk.case.opened", {"number": number}), render.STRONG)

    def _left(self, _: None) -> None:
        self.desk.call_later(self._leave)

    def _leave(self) -> None:
        # Not returned: a page that waits for its own end waits for ever.
        self.dismiss()


class FalsePromisesPage(PagedPage[CaseRow]):
    """Lists the cases, the persons masked."""

    title_key: ClassVar[str] = "desk.page.false-promises"
    nothing_key = "desk.cases.nothing"

    def __init__(self, duty: Duty) -> None:
        """List what :meth:`fetch` loads."""
        super().__init__(duty, self.fetch, self.columns, self.row, self.open)

    def fetch(self, turn: Turn, after: CaseRow | None) -> tuple[CaseRow, ...]:
        """Load a page of cases."""
        return turn.false_promises(by=self.duty.staff, now=self.duty.now, after=after)

    def columns(self) -> Sequence[Column]:
        """Name the columns."""
        say = self.wording.text
        return (
            Column(say("desk.column.number"), 11),
            Column(say("desk.column.person"), 8),
            Column(say("desk.column.opened"), 10),
            Column(say("desk.column.state"), 16),
            Column(say("desk.column.exam")),
        )

    def row(self, each: CaseRow) -> ListRow:
        """Say a row."""
        say = self.wording
        cells = (
            each.number,
            each.name,
            f"{each.opened_at:%Y-%m-%d}",
            say.text(f"case.false-promise.state.{each.state}"),
            f"{each.year} {say.arg(Named('exam', each.exam)) if each.exam else ''}",
        )
        return ListRow(each.number, cells, faded=each.state in FALSE_PROMISES.kind.final)

    def open(self, id: str) -> None:
        """Open a case; what is done there shows here afterwards."""
        self.desk.push_screen(CasePage(self.duty, FALSE_PROMISES, id), lambda _: self.load())
