"""Reports from the public: taking one, the list, and who reported (FAQ 15.3)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line, Pair
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.desk.paged import PagedPage
from assistant.desk.screens.case import CasePage
from assistant.desk.screens.report_stands import ReportStandsPage
from assistant.desk.ways import REPORTS, exam_of
from assistant.records import Turn
from assistant.records.reports import Reporter, ReportRow
from assistant.widgets import drawing, render
from assistant.widgets.listing import Column, ListRow
from assistant.widgets.prose import Prose
from flows.permissions import Deed
from flows.verdict import Named, Problem, RefusedError

WHY_SEEN = ("call-back", "evidence", "reply", "protection")
"""Why somebody may see who reported: from a list, since the reason goes on the audit trail."""


class TakeReportPage(DeskPage):
    """Takes a report; the receipt number is shown large, to be read out."""

    title_key: ClassVar[str] = "desk.page.report-take"
    KEYS: ClassVar[tuple[Key, ...]] = (Key("report-stands", "f7", "F7"),)

    def body(self) -> Iterable[Widget]:
        """Lay out the form, and over it the receipt."""
        fields = ("report-about", "report-exam", "report-name", "report-contact")
        yield DeskForm(self.desk.glyphs, fields, ("take-report",))
        yield Prose(self._draw, id="report-receipt")

    async def opened(self) -> None:
        """Begin in the first field."""
        self._number = ""
        self._show("")

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one(DeskForm).say(self.wording)
        self.query_one("#report-receipt", Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Go through the form; Enter leaves the receipt."""
        if not self._number:
            return self.query_one(DeskForm).key(event)
        if event.key == "enter":
            await self.back()
            return True
        return False

    async def act(self, id: str) -> None:
        """Say where a report stands that was taken before."""
        if id == "report-stands":
            self.desk.push_screen(ReportStandsPage(self.duty))

    async def back(self) -> None:
        """Put the receipt away, ready for another report; then leave."""
        if not self._number:
            self.dismiss()
            return
        names = ("report-about", "report-exam", "report-name", "report-contact")
        self.query_one(DeskForm).put(**dict.fromkeys(names, ""))
        self._show("")

    @on(DeskForm.Chosen)
    def _take(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values, duty = event.values, self.duty
        about = values["report-about"].strip()
        if about and values["report-exam"].strip():
            try:
                exam = exam_of(values["report-exam"], duty.content)
            except RefusedError as refused:
                self.refuse(Problem(refused.code, refused.arguments))
                return
            about = f"{self.wording.arg(Named('exam', exam))}: {about}"
        self.store(
            lambda turn: turn.take_report(
                about,
                channel="desk",
                now=duty.now,
                by=duty.staff,
                name=values["report-name"],
                contact=values["report-contact"],
            ),
            self._show,
        )

    def _show(self, number: str) -> None:
        self._number = number
        form, receipt = self.query_one(DeskForm), self.query_one("#report-receipt", Prose)
        form.display, receipt.display = not number, bool(number)
        receipt.again()
        self.tell(None)
        if number:
            self.set_focus(None)
        else:
            self.tell(lambda: self.wording.text("desk.report.unnamed"))
            form.begin()

    def _draw(self, width: int) -> Content:
        if not getattr(self, "_number", ""):
            return Content("")
        say = self.wording.text
        pair = Pair(say("desk.receipt.number"), self._number, large=True)
        blocks = (
            Block("card", (pair,), say("desk.receipt.title"), "status"),
            Block("said", (Line(say("desk.receipt.text")),)),
        )
        return drawing.below(*blocks, width=width, wording=self.wording, glyphs=self.desk.glyphs)


class ReportsPage(PagedPage[ReportRow]):
    """Lists the reports; F7 changes between all of them and one's own."""

    title_key: ClassVar[str] = "desk.page.reports"
    nothing_key = "desk.reports.nothing"
    KEYS: ClassVar[tuple[Key, ...]] = (Key("mine", "f7", "F7"),)

    def __init__(self, duty: Duty) -> None:
        """Begin with all."""
        super().__init__(duty, self.fetch, self.columns, self.row, self.open)
        self._mine = False

    def heading(self) -> str:
        """Say whose reports they are."""
        return self.wording.text("desk.reports.mine" if self._mine else self.title_key)

    def fetch(self, turn: Turn, after: ReportRow | None) -> tuple[ReportRow, ...]:
        """Load a page of reports."""
        duty = self.duty
        return turn.reports(
            by=duty.staff, now=duty.now, mine=self._mine, days=duty.house.report_days, after=after
        )

    async def act(self, id: str) -> None:
        """Change between all and one's own."""
        if id == "mine":
            self._mine = not self._mine
            self.query_one("#desk-title", Prose).again()
            self.begin_anew()

    def columns(self) -> Sequence[Column]:
        """Name the columns."""
        say = self.wording.text
        return (
            Column(say("desk.column.number"), 12),
            Column(say("desk.column.received"), 10),
            Column(say("desk.column.channel"), 10),
            Column(say("desk.column.owner"), 10),
            Column(say("desk.column.state")),
        )

    def row(self, each: ReportRow) -> ListRow:
        """Say a row; what is overdue says so."""
        say = self.wording.text
        state = say(f"case.report.state.{each.state}")
        late = f"{say('desk.reports.overdue')} · " if each.overdue else ""
        cells = (
            each.number,
            f"{each.received_at:%Y-%m-%d}",
            say(f"desk.channel.{each.channel}"),
            each.owner_name,
            late + state,
        )
        return ListRow(each.number, cells, faded=each.state in REPORTS.kind.final)

    def open(self, id: str) -> None:
        """Open a report; what is done there shows here afterwards."""
        self.desk.push_screen(ReportPage(self.duty, REPORTS, id), lambda _: self.load())


class ReportPage(CasePage):
    """A report; F7 asks who reported, for those who may know."""

    def keys(self) -> tuple[Key, ...]:
        """Offer F7 to those who may."""
        back, *rest = super().keys()
        may = self.duty.staff.acts_as(Deed.SEE_REPORTER) is not None
        return (back, *((Key("reporter", "f7", "F7"),) if may else ()), *rest)

    async def act(self, id: str) -> None:
        """Ask who reported."""
        if id == "reporter":
            self.desk.push_screen(ReporterPage(self.duty, self.number))


class ReporterPage(DeskPage):
    """Says who reported, once a reason is given; it is noted who looked and why."""

    title_key: ClassVar[str] = "desk.reporter.title"

    def __init__(self, duty: Duty, number: str) -> None:
        """Ask about a report."""
        super().__init__(duty)
        self._number = number
        self._who: Reporter | None = None

    def body(self) -> Iterable[Widget]:
        """Lay out the reason, and below it who reported."""
        yield Prose(
            lambda width: render.text(self.wording.text("desk.reporter.text"), width), id="reporter-text"
        )
        options = {"reporter-reason": tuple(f"desk.reporter.{each}" for each in WHY_SEEN)}
        yield DeskForm(self.desk.glyphs, ("reporter-reason",), ("show",), options=options)
        yield Prose(self._draw, id="reporter-who")

    async def opened(self) -> None:
        """Begin with the reason."""
        self.query_one(DeskForm).begin()

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one(DeskForm).say(self.wording)
        for id in ("#reporter-text", "#reporter-who"):
            self.query_one(id, Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Go through the form."""
        return self.query_one(DeskForm).key(event)

    @on(DeskForm.Chosen)
    def _look(self, event: DeskForm.Chosen) -> None:
        event.stop()
        reason, duty = event.values["reporter-reason"], self.duty
        self.store(lambda turn: turn.reporter(self._number, reason, by=duty.staff, now=duty.now), self._shown)

    def _shown(self, who: Reporter) -> None:
        self._who = who
        self.tell(None)
        self.query_one("#reporter-who", Prose).again()

    def _draw(self, width: int) -> Content:
        who, say = self._who, self.wording.text
        if who is None:
            return Content("")
        none = say("desk.reporter.none")
        pairs = (
            Pair(say("desk.field.report-name"), who.name or none),
            Pair(say("desk.field.report-contact"), who.contact or none),
        )
        block = Block("card", pairs, say("desk.case.report", {"number": self._number}), "status")
        return drawing.below(block, width=width, wording=self.wording, glyphs=self.desk.glyphs)
