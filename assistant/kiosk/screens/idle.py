"""Stands over everything when nobody has touched the terminal for a while, and counts down."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from assistant.conversation.wording import Wording
from assistant.kiosk.screens.page import Page
from assistant.widgets import render
from assistant.widgets.large import numeral
from assistant.widgets.prose import Prose

LOW = 22
"""Lines below which the large number has no room; the sentence says it too."""


class IdlePage(Page[None]):
    """Asks whether the person is still there. It answers no key itself: the app takes any touch as yes."""

    CSS_PATH = "idle.tcss"
    AUTO_FOCUS: ClassVar[str | None] = None

    def __init__(self, seconds: int, reference: str | None) -> None:
        """Begin to count.

        Args:
            seconds: Seconds until the screen is cleared.
            reference: The code to come back with, once there is one.
        """
        super().__init__()
        self._seconds, self._digits = seconds, len(str(seconds))
        self._reference = reference

    def compose(self) -> ComposeResult:
        """Lay out a sheet: the question, the seconds, what is kept, how to go on, in both languages."""
        with Vertical(id="idle"):
            yield Prose(lambda width: self._say(width, "title", "$text-accent bold"), id="idle-title")
            yield Prose(self._count, id="idle-count")
            yield Prose(self._left, id="idle-left")
            yield Prose(self._kept)
            yield Prose(lambda width: self._say(width, "go-on", render.STRONG))
            yield Prose(self._otherwise)
        yield from self.cover()

    def count(self, seconds: int) -> None:
        """Show how many seconds are left."""
        if seconds != self._seconds:
            self._seconds = seconds
            self.query_one("#idle-count", Prose).again()
            self.query_one("#idle-left", Prose).again()

    def on_resize(self, event: events.Resize) -> None:
        """Leave the large number out where it has no room."""
        super().on_resize(event)
        self.set_class(event.size.height < LOW, "-low")

    async def speak(self) -> None:
        """Say it in the language of now."""
        await super().speak()
        for prose in self.query(Prose):
            prose.again()

    def _say(self, width: int, id: str, style: str) -> Content:
        return render.text(self.wording.text(f"face.idle.{id}"), width, style)

    def _count(self, _: int) -> Content:
        return render.cells_of(numeral(self._seconds, self._digits), "$primary")

    def _left(self, width: int) -> Content:
        return render.text(self.wording.text("face.idle.left", {"seconds": self._seconds}), width)

    def _kept(self, width: int) -> Content:
        say = self.wording.text
        if self._reference is None:
            return render.text(say("face.quit.nothing"), width, render.NOTE)
        code = render.text(say("face.idle.code", {"code": self._reference}), width, render.STRONG)
        return render.stacked([render.text(say("face.idle.saved"), width, render.NOTE), code])

    def _otherwise(self, width: int) -> Content:
        """Say it in the other language: who comes back may be somebody else."""
        other = Wording(self.wording.content, "en" if self.wording.language == "zh" else "zh")
        said = [other.text(f"face.idle.{id}") for id in ("title", "go-on")]
        return render.text(("" if other.chinese else " ").join(said), width, render.NOTE)
