"""What another fact does to the way: before and after, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.lessons.chart import Why
from assistant.lessons.rerouting import Rerouted, Route
from assistant.trainer.facts import Supposable, named, value_said
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.trainer.telling import standing_said
from assistant.trainer.view import view
from assistant.widgets import render
from assistant.widgets.prose import Prose

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage


class ReroutedPage(TrainerPage):
    """The two ways beside each other; then one goes on in the new one, or stays."""

    title_key = "train.route.title"
    KEYS = (Key("keep", ("enter", "k"), "Enter"),)

    def __init__(self, lesson: LessonPage, fact: Supposable, found: Rerouted) -> None:
        """Show what was found."""
        super().__init__()
        self._lesson, self._fact, self._found = lesson, fact, found

    def body(self) -> Iterable[Widget]:
        """Lay out one text."""
        with VerticalScroll(id="route", can_focus=False):
            yield Prose(self._text, id="route-text")

    def _text(self, width: int) -> Content:
        say, found = self.wording.text, self._found
        parts = [render.text(self._changed(), width, render.STRONG)]
        ends = [
            *render.led(say("train.route.before"), render.NOTE, self._end(found.before), width),
            *render.led(say("train.route.after"), "$text-primary bold", self._end(found.after), width),
        ]
        parts.append(render.joined(ends))
        if found.steps:
            parts.append(render.joined(self._steps(width)))
        if found.reasons:
            parts.append(render.joined(self._reasons(width)))
        if not found.steps and not found.reasons:
            parts.append(render.text(say("train.route.same"), width))
        return render.stacked(parts)

    def _changed(self) -> str:
        fact = self._fact
        name = next((name for value, name in fact.options.values() if value == self._found.value), None)
        after = self.wording.arg(name) if name is not None else str(self._found.value)
        args = {"fact": named(fact, self.wording), "before": value_said(fact, self.wording), "after": after}
        return self.wording.text("train.route.changed", args)

    def _end(self, route: Route) -> str:
        say = self.wording.text
        where = say(f"step.{route.chart.here}")
        said = say(f"train.outcome.{route.came_of.outcome}", {"step": where})
        return said if not route.stuck else say("train.route.stuck", {"step": where})

    def _steps(self, width: int) -> list[Content]:
        say = self.wording.text
        rows = [render.text(say("train.route.steps"), width, render.STRONG)]
        for each in self._found.steps:
            before, after = (standing_said(one, self.wording) for one in (each.before, each.after))
            arrow = f"{before} → {after}" if before != after else after
            lead = say("train.route.step", {"step": say(f"step.{each.step}")})
            rows += render.led(lead, "$text-primary", arrow, width)
            why = each.why_after or (each.why_before if each.after == "passed" else None)
            if why is not None:
                key = "train.route.because" if why is each.why_after else "train.route.no-longer"
                rows.append(render.text("  " + say(key, {"why": self._said(why)}), width, render.NOTE))
        return rows

    def _reasons(self, width: int) -> list[Content]:
        say = self.wording.text
        rows = [render.text(say("train.route.groups"), width, render.STRONG)]
        for each in self._found.reasons:
            sign = say("train.route.gained" if each.gained else "train.route.lost")
            rows += render.led(f"{sign} {each.group}  ", "$text-primary bold", self._said(each.why), width)
        return rows

    def _said(self, why: Why) -> str:
        args: Mapping[str, object] = why.args
        return self.wording.text(why.text, args)  # type: ignore[arg-type]

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one("#route-text", Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Read on."""
        scroll = self.query_one("#route", VerticalScroll)
        page = max(scroll.size.height - 1, 1)
        by = {"down": 1, "up": -1, "pagedown": page, "pageup": -page}.get(event.key, 0)
        scroll.scroll_relative(y=by, animate=False)
        return bool(by)

    async def act(self, id: str) -> None:
        """Go on in the branch."""
        from assistant.trainer.screens.acts import titled

        lesson, run = self._lesson, self._found.run
        run.title = titled(lesson, self._fact, self._found.value)
        lesson.trainer.keep(lesson.card, run)
        self.dismiss()

        async def use() -> None:
            await lesson.use(lesson.card, run, view(run))

        self.app.call_later(use)

    async def back(self) -> None:
        """Stay with the run as it was; the branch is removed."""
        run = self._found.run
        self.dismiss()
        self.app.run_worker(run.close, thread=True, exit_on_error=False)
