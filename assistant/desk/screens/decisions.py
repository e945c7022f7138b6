"""The integrity file as a list, the decisions that are public, and papers that leave the house (FAQ 16)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk import papers
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.paged import PagedPage
from assistant.desk.screens.case import CasePage
from assistant.desk.ways import FALSE_PROMISES
from assistant.records import Turn
from assistant.records.publishing import Blacklisted, Publication
from assistant.widgets.listing import Column, Listing, ListRow
from flows.permissions import Deed


class BlacklistPage(PagedPage[Blacklisted]):
    """Lists the records that run today, the persons masked."""

    title_key: ClassVar[str] = "desk.page.blacklist"
    nothing_key = "desk.blacklist.nothing"

    def __init__(self, duty: Duty) -> None:
        """List what :meth:`fetch` loads."""
        super().__init__(duty, self.fetch, self.columns, self.row, self.open)

    def fetch(self, turn: Turn, after: Blacklisted | None) -> tuple[Blacklisted, ...]:
        """Load a page of records."""
        return turn.blacklist(by=self.duty.staff, now=self.duty.now, after=after)

    def columns(self) -> Sequence[Column]:
        """Name the columns."""
        say = self.wording.text
        return (
            Column(say("desk.column.person"), 10),
            Column(say("desk.column.id-number"), 18),
            Column(say("desk.column.begins"), 10),
            Column(say("desk.column.until"), 10),
            Column(say("desk.column.basis")),
        )

    def row(self, each: Blacklisted) -> ListRow:
        """Say a row."""
        say = self.wording.text
        until = each.until.isoformat() if each.until else say("shown.long-term")
        basis = say(f"desk.basis.{each.basis}")
        cells = (each.case.name, each.case.id_number, each.begins.isoformat(), until, basis)
        return ListRow(each.case.number, cells)

    def open(self, id: str) -> None:
        """Open the case that wrote a record."""
        self.desk.push_screen(CasePage(self.duty, FALSE_PROMISES, id), lambda _: self.load())


_FORMS: dict[str, tuple[tuple[str, ...], Deed]] = {
    "credit": (("paper-folder",), Deed.EXPORT_CREDIT),
    "employer": (("paper-case", "paper-employer", "paper-folder"), Deed.WRITE_TO_EMPLOYER),
}


class PublicDecisionsPage(PagedPage[Publication]):
    """Lists what is public today; F7 exports for the credit platform, F8 writes to an employer.

    A decision is made public on the page of its case.
    """

    title_key: ClassVar[str] = "desk.page.decisions-public"
    nothing_key = "desk.public.nothing"
    KEYS: ClassVar[tuple[Key, ...]] = (Key("credit", "f7", "F7"), Key("employer", "f8", "F8"))

    def __init__(self, duty: Duty) -> None:
        """List what :meth:`fetch` loads."""
        super().__init__(duty, self.fetch, self.columns, self.row, self.open)

    def fetch(self, turn: Turn, after: Publication | None) -> tuple[Publication, ...]:
        """Load a page of what is public."""
        return turn.publications(self.duty.now.date(), after=after)

    def keys(self) -> tuple[Key, ...]:
        """Offer what this person may."""
        may, keys = self.duty.staff.acts_as, super().keys()
        return tuple(each for each in keys if each.id not in _FORMS or may(_FORMS[each.id][1]) is not None)

    def body(self) -> Iterable[Widget]:
        """Lay out a form for each paper, and the list."""
        for paper, (fields, _) in _FORMS.items():
            yield DeskForm(self.desk.glyphs, fields, ("write",), id=f"paper-{paper}")
        yield from super().body()

    async def opened(self) -> None:
        """Load what is public."""
        self._fold()
        await super().opened()

    async def say(self) -> None:
        """Say it in the language of now."""
        for form in self.query(DeskForm):
            form.say(self.wording)
        await super().say()

    @property
    def _open_form(self) -> DeskForm | None:
        return next((form for form in self.query(DeskForm) if form.display), None)

    async def typed(self, event: events.Key) -> bool:
        """Go through the form that is open, or the list."""
        form = self._open_form
        return form.key(event) if form is not None else await super().typed(event)

    async def back(self) -> None:
        """Close the form; then leave."""
        if self._open_form is not None:
            self._fold()
            self.tell(None)
        else:
            self.dismiss()

    async def act(self, id: str) -> None:
        """Open the form of a paper."""
        self._fold()
        form = self.query_one(f"#paper-{id}", DeskForm)
        here = self.query_one(Listing).here
        form.put(**{"paper-case": here.id if here else "", "paper-employer": ""})
        self.query_one(Listing).display = False
        form.display = True
        form.begin()
        self.tell(lambda: self.wording.text(f"desk.paper.{id}"))

    def _fold(self) -> None:
        for form in self.query(DeskForm):
            form.display = False
        self.query_one(Listing).display = True
        self.set_focus(None)

    @on(DeskForm.Chosen)
    def _write(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values, duty = event.values, self.duty
        write: Callable[[Turn], str]
        if event.form.id == "paper-credit":

            def write(turn: Turn) -> str:
                return papers.export_credit(turn, duty, values["paper-folder"])
        else:

            def write(turn: Turn) -> str:
                number, employer = values["paper-case"], values["paper-employer"]
                return papers.write_to_employer(turn, duty, number, employer, values["paper-folder"])

        self.store(write, self._written)

    def _written(self, name: str) -> None:
        self._fold()
        self.tell(lambda: self.wording.text("desk.paper.written", {"name": name}), "$text-success")

    def columns(self) -> Sequence[Column]:
        """Name the columns."""
        say = self.wording.text
        return (
            Column(say("desk.column.number"), 12),
            Column(say("desk.column.person"), 10),
            Column(say("desk.column.begins"), 10),
            Column(say("desk.column.until"), 10),
            Column(say("desk.column.measure")),
        )

    def row(self, each: Publication) -> ListRow:
        """Say a row."""
        measure = self.wording.text(f"desk.measure.{each.measure}")
        cells = (each.number, each.name, each.begins.isoformat(), each.until.isoformat(), measure)
        return ListRow(each.number, cells)

    def open(self, id: str) -> None:
        """Open the case of an entry."""
        self.desk.push_screen(CasePage(self.duty, FALSE_PROMISES, id), lambda _: self.load())
