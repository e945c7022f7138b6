"""Where the candidate is: one line of progress, and the rail of stages where there is room."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import VerticalScroll
from textual.content import Content

from assistant.conversation.messages import Progress
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose

Stages = Sequence[tuple[str, tuple[str, ...]]]
"""Each stage with the ids of its steps, in the candidate's order."""


class ProgressLine(Prose):
    """The brand, the step of now, and how far it is."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin with the brand alone."""
        super().__init__(id="progress")
        self._glyphs = glyphs

    def tell(self, wording: Wording, progress: Progress | None, reference: str | None) -> None:
        """Say where the candidate is, and the code to come back with."""
        brand = Content.assemble(render.line((wording.text("face.brand"), "$text-accent bold"), ("   ", "")))

        def draw(width: int) -> Content:
            if progress is None:
                return brand
            said = render.progress(wording.progress(progress), progress.number, progress.of, self._glyphs)
            if reference is None:
                return brand + said
            code = render.line(
                ("   ", ""), (wording.text("face.reference", {"code": reference}), render.NOTE)
            )
            whole = brand + said + code
            # Half a code is worse than none; /status says it too.
            return whole if whole.cell_length <= width else brand + said

        self.show(draw)


class ProgressRail(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The stages with their steps: done, now, and still to come."""

    TALL = 34
    """Lines from which the steps of every stage have room."""

    def __init__(self, stages: Stages, glyphs: Glyphs) -> None:
        """Show ``stages``."""
        super().__init__(Prose(id="rail-way"), id="rail")
        self._stages, self._glyphs = stages, glyphs

    def tell(self, wording: Wording, progress: Progress | None) -> None:
        """Say where the candidate is."""
        if progress is None:
            return
        stages = [
            (
                wording.text(f"stage.{stage}"),
                [(wording.text(f"step.{step}"), _state(step, progress)) for step in steps],
            )
            for stage, steps in self._stages
        ]

        def draw(width: int) -> Content:
            return render.rail(stages, width, self._glyphs, brief=self.size.height < self.TALL)

        self.query_one(Prose).show(draw)

    def on_resize(self) -> None:
        """Draw anew: how many steps have room depends on the height."""
        self.query_one(Prose).again()


def _state(step: str, progress: Progress) -> str:
    if step == progress.step:
        return "here"
    return "done" if step in progress.passed else "ahead"
