"""The way at a glance: every step with what it needs or why not yet, and the deadlines backwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content

from assistant.conversation.blocks import Block, Line, Pair
from assistant.conversation.messages import Plan, Said, Task, TaskState
from assistant.kiosk.keys import bindings
from assistant.kiosk.screens.page import SHORT
from assistant.kiosk.screens.reading import ReadingPage
from assistant.widgets import drawing, render
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose

Tab = Literal["tasks", "plan"]
TABS: tuple[Tab, ...] = ("tasks", "plan")

GROUPS: Mapping[TaskState, frozenset[TaskState]] = {
    "here": frozenset({"here", "waiting", "stopped"}),
    "ahead": frozenset({"ahead"}),
    "done": frozenset({"done"}),
    "passed": frozenset({"passed"}),
}
"""The states that stand together in the list of steps, under the heading and with the sign of the first."""


class StepsPage(ReadingPage):
    """Two leaves: the task list, and the deadline plan."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("language", "theme", "back", "steps", "scroll-up", "scroll-down")
    ]

    def __init__(self, tasks: Sequence[Task], plan: Plan | None, tab: Tab = "tasks") -> None:
        """Show ``tasks`` and ``plan``, with ``tab`` on top."""
        super().__init__()
        self._tasks, self._plan, self._tab = tasks, plan, tab

    def compose(self) -> ComposeResult:
        """Lay out the tabs and one long text."""
        with Horizontal(id="tabs"):
            for tab in TABS:
                yield KeyHint(tab)
        with VerticalScroll(id="aside-page", can_focus=False):
            yield Prose(self._at, id="aside-text")
        yield Prose(id="aside-keys")
        yield from self.cover()

    async def opened(self) -> None:
        """Show it."""
        await self.speak()

    async def speak(self) -> None:
        """Say it in the language of now."""
        await super().speak()
        for number, hint in enumerate(self.query(KeyHint), start=1):
            hint.say(str(number), self.wording.text(f"tasks.tab.{hint.action}"))
            hint.set_class(hint.action == self._tab, "-on-top")
        self.query_one("#aside-text", Prose).again()
        self.query_one("#aside-keys", Prose).show(render.draws(self.wording.text("tasks.keys"), render.NOTE))

    def _at(self, width: int) -> Content:
        blocks = self._of_plan() if self._tab == "plan" else tuple(self._of_tasks())
        wording, glyphs, airy = self.wording, self.kiosk.glyphs, self.size.height >= SHORT
        return drawing.below(*blocks, width=width, wording=wording, glyphs=glyphs, airy=airy)

    def _of_plan(self) -> Sequence[Block]:
        if self._plan is None:
            return (Block("said", (Line(self.wording.text("tasks.no-plan")),)),)
        note = Block("said", (Line(self.wording.text("tasks.plan-note")),))
        return (self.wording.message(self._plan), note)

    def _of_tasks(self) -> Iterable[Block]:
        say = self.wording.text
        if not self._tasks:
            yield Block("said", (Line(say("tasks.nothing-yet")),), say("tasks.title"))
            return
        for group, states in GROUPS.items():
            tasks = [task for task in self._tasks if task.state in states]
            rows = tuple(Pair(say(f"step.{task.step}"), self._about(task)) for task in tasks)
            if rows:
                yield Block("card", rows, say(f"tasks.group.{group}"), f"tasks-{group}")

    def _about(self, task: Task) -> str:
        if isinstance(task.why, Said):
            return self.wording.text(task.why.text, task.why.args)
        if task.why is not None:
            return self.wording.problem(task.why)
        if task.needs:
            needs = self.wording.value(task.needs)
            return self.wording.text("face.pair", {"label": self.wording.text("tasks.needs"), "value": needs})
        return ""

    async def _turn_to(self, tab: Tab) -> None:
        self._tab = tab
        self.text.scroll_home(animate=False)
        await self.speak()

    async def _on_key(self, event: events.Key) -> None:
        tab: Tab | None = {"1": TABS[0], "left": TABS[0], "2": TABS[1], "right": TABS[1]}.get(event.key)
        if tab is not None:
            event.stop()
            event.prevent_default()
            await self._turn_to(tab)

    @on(KeyHint.Clicked)
    async def _clicked(self, event: KeyHint.Clicked) -> None:
        event.stop()
        await self._turn_to("plan" if event.action == "plan" else "tasks")
