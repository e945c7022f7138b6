"""The figures of the house as charts: where registrations stand and wait, and why."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.answers.missed import Miss, Misses
from assistant.desk import typed
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.leaves import Leaves, LeavesPage
from assistant.figures import as_csv
from assistant.records.overview import Overview, Waiting
from assistant.widgets import render
from assistant.widgets.bars import Bar, chart
from assistant.widgets.prose import Prose
from flows.verdict import Arg

SHOWN_MISSES = 12
"""Questions without an answer that are drawn; the exported table has all of them."""

Figures = tuple[Overview, tuple[Miss, ...]]


class OverviewPage(LeavesPage):
    """Draws the figures; F5 counts anew, F7 writes them to a file."""

    title_key: ClassVar[str] = "desk.page.overview"
    KEYS: ClassVar[tuple[Key, ...]] = (Key("count", "f5", "F5"), Key("export", "f7", "F7"))

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing counted."""
        super().__init__(duty)
        self._figures: Figures | None = None

    def body(self) -> Iterable[Widget]:
        """Lay out the charts, and the form of the export."""
        yield Prose(self._above, id="figures-card")
        yield Leaves(
            VerticalScroll(Prose(self._draw, id="charts-text"), id="charts", can_focus=False),
            DeskForm(self.desk.glyphs, ("export-folder",), ("export-figures",), id="folder"),
        )

    async def opened(self) -> None:
        """Count."""
        self._count()

    async def say(self) -> None:
        """Say it in the language of now."""
        self.leaves.say(self.wording)
        self.turned()

    def turned(self) -> None:
        """Say what the form is for."""
        card = self.query_one("#figures-card", Prose)
        card.display = self.leaves.open == "folder"
        card.again()

    def _above(self, width: int) -> Content:
        return render.text(self.wording.text("figures.folder"), width) + "\n"

    async def act(self, id: str) -> None:
        """Count anew, or ask where the file goes."""
        if id == "count":
            self._count()
        elif self._figures is not None:
            self.tell(None)
            self.turn("folder")

    def _count(self) -> None:
        duty = self.duty

        def count() -> Figures:
            figures = duty.turn(lambda turn: turn.overview(by=duty.staff, now=duty.now))
            missed: tuple[Miss, ...] = ()
            # A file of questions that is damaged is no reason to show no figures.
            with suppress(sqlite3.DatabaseError):
                missed = Misses(duty.house.misses).listed() if duty.house.misses is not None else ()
            return figures, missed

        if self.work(count, self._counted):
            self.tell(lambda: self.wording.text("figures.counting"))

    def _counted(self, figures: Figures) -> None:
        self._figures = figures
        self.tell(None)
        self.query_one("#charts-text", Prose).again()

    @on(DeskForm.Chosen)
    def _export(self, event: DeskForm.Chosen) -> None:
        event.stop()
        if self._figures is None:
            return
        figures, written = self._figures, event.values["export-folder"]
        name = f"figures-{self.duty.now:%Y%m%d-%H%M}.csv"
        self.work(lambda: typed.write(typed.path(written) / name, as_csv(*figures)), self._exported)

    def _exported(self, file: Path) -> None:
        self.turn("charts")
        args: dict[str, Arg] = {"file": str(file)}
        self.done(lambda: self.wording.text("figures.exported", args))

    # Drawn -----------------------------------------------------------------------------------------------

    def _draw(self, width: int) -> Content:
        if self._figures is None:
            return Content("")
        figures, missed = self._figures
        say = self.wording.text
        today: dict[str, Arg] = {"begun": figures.begun_today, "returned": figures.returned_today}
        parts = [
            render.text(say("figures.today", today), width),
            self._chart("stands", _STAND_HEADS, self._stands(figures), width),
            render.text(say("figures.stands.explained"), width, render.NOTE),
            self._chart("waiting", _WAIT_HEADS, self._waits(figures), width),
            self._chart("reasons", _COUNT_HEADS, self._reasons(figures), width),
            self._chart("payments", _COUNT_HEADS, self._payments(figures), width),
        ]
        if self.duty.house.misses is not None:
            parts.append(self._chart("questions", _COUNT_HEADS, self._questions(missed), width))
        return render.stacked(parts)

    def _chart(self, id: str, heads: Sequence[str], bars: Sequence[Bar], width: int) -> Content:
        say = self.wording.text
        title = render.text(say(f"figures.{id}"), width, render.STRONG)
        if not bars:
            return render.stacked([title, render.text(say(f"figures.{id}.none"), width)], between=0)
        drawn = chart([say(head) for head in heads], bars, width, self.desk.glyphs)
        return render.stacked([title, drawn], between=0)

    def _stands(self, figures: Overview) -> list[Bar]:
        return [
            Bar(
                self.wording.text(f"figures.stage.{each.stage}"),
                (
                    str(each.here),
                    str(each.today),
                    "" if each.quiet is None else str(each.quiet),
                    str(each.back),
                ),
                each.here,
            )
            for each in figures.stands
        ]

    def _waits(self, figures: Overview) -> list[Bar]:
        found: tuple[tuple[str, Waiting], ...] = (
            ("verification", figures.verification),
            ("review", figures.review),
        )
        return [
            Bar(
                self.wording.text(f"figures.wait.{name}"),
                (str(each.count), self._age(each.median), self._age(each.longest)),
                each.median.total_seconds(),
            )
            for name, each in found
            if each.count
        ]

    def _age(self, age: timedelta) -> str:
        """Say how long something waits, in the unit that fits."""
        minutes = int(age.total_seconds() // 60)
        for unit, length in (("days", 2 * 24 * 60), ("hours", 2 * 60)):
            if minutes >= length:
                return self.wording.text(f"figures.{unit}", {"count": minutes // (length // 2)})
        return self.wording.text("figures.minutes", {"count": minutes})

    def _reasons(self, figures: Overview) -> list[Bar]:
        return [
            Bar(self.wording.text(f"group.{group}"), (str(count),), count) for group, count in figures.reasons
        ]

    def _payments(self, figures: Overview) -> list[Bar]:
        return [
            Bar(self.wording.text(f"desk.item.{kind}"), (str(count),), count)
            for kind, count in sorted(figures.open_payments.items(), key=lambda each: -each[1])
        ]

    def _questions(self, missed: Sequence[Miss]) -> list[Bar]:
        return [Bar(each.question, (str(each.times),), each.times) for each in missed[:SHOWN_MISSES]]


_STAND_HEADS = ("figures.head.here", "figures.head.today", "figures.head.quiet", "figures.head.back")
_WAIT_HEADS = ("figures.head.count", "figures.head.median", "figures.head.longest")
_COUNT_HEADS = ("figures.head.count",)
