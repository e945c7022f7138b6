"""Where the candidate is: one line of progress, and the rail of stages where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content

from assistant.conversation.messages import Progress, Task
from assistant.conversation.wording import Wording
from assistant.widgets import drawing, render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose


class ProgressLine(Prose):
    """The brand, the step of now, and how far it is."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin with the brand alone."""
        super().__init__(id="progress")
        self._glyphs = glyphs

    def tell(self, wording: Wording, progress: Progress | None, reference: str | None) -> None:
        """Say where the candidate is, and the code to come back with."""
        brand = render.brand(wording.text("face.brand")) + "   "

        def draw(width: int) -> Content:
            if progress is None:
                return brand
            said = brand + render.line((wording.progress(progress), render.STRONG))
            number, of = progress.number, progress.of
            # The bar stands last: some Chinese fonts draw it twice as wide, and the code stays whole.
            bars = [render.bar(number, of, length, self._glyphs) for length in (of, of // 2)]
            if reference is None:
                return render.apart(said, bars, width)
            code = render.line((wording.text("face.reference", {"code": reference}), render.NOTE))
            # Half a code is worse than none; /status says it too.
            return render.apart(said, [*(code + "   " + bar for bar in bars), code, *bars], width)

        self.show(draw)


class ProgressRail(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The stages with their steps, each with its state and what it still needs."""

    TALL = 32
    """Lines from which the steps of every stage have room."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin empty."""
        super().__init__(Prose(id="rail-way"), id="rail")
        self._glyphs = glyphs

    def tell(self, wording: Wording, tasks: Sequence[Task]) -> None:
        """Say where the candidate is."""
        stages: dict[str, list[render.RailStep]] = {}
        for task in tasks:
            brief = wording.text(task.brief.text, task.brief.args) if task.brief else ""
            step = render.RailStep(wording.text(f"step.{task.step}"), task.state, brief)
            stages.setdefault(wording.text(f"stage.{task.stage}"), []).append(step)

        def draw(width: int) -> Content:
            return render.rail(tuple(stages.items()), width, self._glyphs, brief=self.size.height < self.TALL)

        self.query_one(Prose).show(draw if stages else None)

    def on_resize(self) -> None:
        """Draw anew: how many steps have room depends on the height."""
        self.query_one(Prose).again()


class NoticePane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """What the notice says about the step of now, beside the conversation where there is room."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin empty."""
        super().__init__(Prose(id="notice-text"), id="notice-pane")
        self._glyphs = glyphs
        self._shown = ""

    def tell(self, wording: Wording, progress: Progress | None) -> None:
        """Show the paragraph of the step of now, or the whole of its item where the step has no own one."""
        if progress is None:
            return
        block = wording.passage(progress)

        def draw(width: int) -> Content:
            return drawing.block(block, width, wording, self._glyphs).content

        self.query_one(Prose).show(draw)
        if self._shown != progress.step:
            self._shown = progress.step
            self.scroll_home(animate=False)
