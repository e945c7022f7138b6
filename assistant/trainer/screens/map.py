"""The map of the journey: all 22 states, where each stands and why; any that can be reached is gone to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.messages import TaskState
from assistant.conversation.wording import Wording
from assistant.lessons.chart import Chart, Standing, Stop
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.trainer.telling import standing_said, why_said
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.prose import Prose

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage

STATES: dict[Standing, TaskState] = {
    "passed": "done",
    "here": "here",
    "ahead": "ahead",
    "out-of-reach": "passed",
}
"""How each looks, in the looks that steps have everywhere else."""


def rail(chart: Chart, width: int, wording: Wording, glyphs: Glyphs, *, brief: bool) -> Content:
    """Draw the map beside the conversation: the stages with their states."""
    stages: dict[str, list[render.RailStep]] = {}
    for stop in chart.stops:
        said = standing_said(stop.standing, wording) if stop.standing == "out-of-reach" else ""
        step = render.RailStep(wording.text(f"step.{stop.step}"), STATES[stop.standing], said)
        stages.setdefault(wording.text(f"stage.{stop.stage}"), []).append(step)
    return render.rail(tuple(stages.items()), width, glyphs, brief=brief)


class MapPage(TrainerPage):
    """The map on the whole screen."""

    title_key = "train.map.title"
    KEYS = (Key("go", (), "Enter"),)

    def __init__(self, lesson: LessonPage) -> None:
        """Show the map of a lesson."""
        super().__init__()
        self._lesson = lesson

    @property
    def _chart(self) -> Chart:
        return self._lesson.view.chart

    def body(self) -> Iterable[Widget]:
        """Lay out the states, and below them why the highlighted one stands where it stands."""
        yield Listing(self.trainer.glyphs, id="map-list")
        with VerticalScroll(id="map-why", can_focus=False):
            yield Prose(self._why, id="map-why-text")

    async def opened(self) -> None:
        """Highlight where the persona is."""
        listing = self.query_one(Listing)
        here = self._lesson.view.number - 1
        for _ in range(here):
            listing.key("down")
        self.query_one("#map-why-text", Prose).again()

    async def say(self) -> None:
        """Say it in the language of now."""
        say = self.wording.text
        columns = (
            Column("", 2),
            Column(say("train.map.item"), 6),
            Column(say("train.map.step")),
            Column(say("train.map.state"), 16),
        )
        self.query_one(Listing).offer(columns, [self._row(each) for each in self._chart.stops])
        self.query_one("#map-why-text", Prose).again()

    def _row(self, stop: Stop) -> ListRow:
        sign, _ = render.state(STATES[stop.standing], self.trainer.glyphs)
        name = self.wording.text(f"step.{stop.step}")
        return ListRow(
            stop.step,
            (sign, str(stop.item), name, standing_said(stop.standing, self.wording)),
            stop.standing == "out-of-reach",
        )

    def _why(self, width: int) -> Content:
        row = self.query_one(Listing).here
        if row is None:
            return Content("")
        stop = self._chart.stop(row.id)
        say = self.wording.text
        lead = f"{say(f'step.{stop.step}')} · {standing_said(stop.standing, self.wording)}  "
        parts = render.led(lead, render.STRONG, why_said(stop, self.wording), width)
        if stop.standing == "here" and self._chart.groups:
            for group, _, why in self._chart.groups:
                parts += render.led(f"{group}  ", render.STRONG, self.wording.text(why.text, why.args), width)
        if stop.standing != "out-of-reach":
            goes = "train.map.back-to" if stop.standing in {"passed", "here"} else "train.map.on-to"
            parts.append(render.text(say(goes), width, render.NOTE))
        return render.joined(parts)

    async def typed(self, event: events.Key) -> bool:
        """Walk through the states."""
        meant = self.query_one(Listing).key({"tab": "down", "shift+tab": "up"}.get(event.key, event.key))
        self.query_one("#map-why-text", Prose).again()
        return meant

    async def act(self, id: str) -> None:
        """Go to the highlighted state."""
        if id == "go":
            self.query_one(Listing).key("enter")

    @on(Listing.Opened)
    def _opened(self, event: Listing.Opened) -> None:
        event.stop()
        self.query_one("#map-why-text", Prose).again()
        if self._chart.stop(event.id).standing == "out-of-reach":
            return
        self.dismiss()
        self.app.call_later(self._lesson.go_to, event.id)
