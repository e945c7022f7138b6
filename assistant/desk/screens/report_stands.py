"""Says where a report stands to whoever reads out its receipt number, as the public's command does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Pair
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.page import DeskPage
from assistant.records.reports import Outcome
from assistant.widgets import drawing
from assistant.widgets.prose import Prose
from flows.verdict import Problem


class ReportStandsPage(DeskPage):
    """Asks for the receipt number; shows the state, and once it is closed what the reporter is told."""

    title_key: ClassVar[str] = "desk.key.report-stands"

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing found."""
        super().__init__(duty)
        self._found: tuple[str, Outcome] | None = None

    def body(self) -> Iterable[Widget]:
        """Lay out the number, and below it what was found."""
        yield DeskForm(self.desk.glyphs, ("report-number",), ("look",))
        yield Prose(self._draw, id="report-stands")

    async def opened(self) -> None:
        """Begin with the number."""
        self.query_one(DeskForm).begin()

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one(DeskForm).say(self.wording)
        self.query_one("#report-stands", Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Go through the form."""
        return self.query_one(DeskForm).key(event)

    @on(DeskForm.Chosen)
    def _look(self, event: DeskForm.Chosen) -> None:
        event.stop()
        number = event.values["report-number"].strip().upper()
        self.store(lambda turn: turn.report_outcome(number), lambda found: self._show(number, found))

    def _show(self, number: str, outcome: Outcome | None) -> None:
        self._found = (number, outcome) if outcome is not None else None
        self.query_one("#report-stands", Prose).again()
        if outcome is None:
            self.refuse(Problem("report-unknown", {"number": number}))
        else:
            self.tell(None)

    def _draw(self, width: int) -> Content:
        if self._found is None:
            return Content("")
        (number, outcome), say = self._found, self.wording.text
        pairs = [Pair(say("desk.arg.state"), say(f"case.report.state.{outcome.state}"))]
        if outcome.reply:
            pairs.append(Pair(say("desk.arg.reply"), outcome.reply))
        block = Block("card", tuple(pairs), say("desk.case.report", {"number": number}), "status")
        return drawing.below(block, width=width, wording=self.wording, glyphs=self.desk.glyphs)
