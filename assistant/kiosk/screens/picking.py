"""A screen that asks one thing with a few options: digits, arrows and Enter, or a click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption
from assistant.kiosk.screens.page import Page, Result
from assistant.widgets import render
from assistant.widgets.choices import Choices
from assistant.widgets.prose import Prose


class PickingPage(Page[Result]):
    """A centred sheet with a heading, lines and options."""

    CSS_PATH = "picking.tcss"
    branded: ClassVar[bool] = False
    """Whether the heading is the name of the product."""
    AUTO_FOCUS: ClassVar[str | None] = None

    def compose(self) -> ComposeResult:
        """Lay out the sheet."""
        with Vertical(id="sheet"):
            yield Prose(id="sheet-heading")
            yield Prose(id="sheet-text")
            yield from self.above()
            yield Prose(id="sheet-question")
            yield Choices(self.kiosk.glyphs, id="sheet-choices")
            yield Prose(id="sheet-keys")
        yield from self.cover()

    def above(self) -> Iterable[Widget]:
        """Return what stands above the question."""
        return ()

    def heading(self) -> str:
        """Return the line at the top."""
        return ""

    def text(self) -> str:
        """Return the paragraph below it."""
        return ""

    def question(self) -> str:
        """Return what is asked."""
        return ""

    def options(self) -> Sequence[AskedOption]:
        """Return what can be picked."""
        return ()

    def first(self) -> str:
        """Return the id of the option that is highlighted at first."""
        return ""

    def keys(self) -> str:
        """Return the line about keys."""
        return ""

    async def pick(self, id: str) -> None:
        """Do what was picked."""

    async def opened(self) -> None:
        """Show it."""
        await self.speak()

    async def speak(self) -> None:
        """Say everything in the language of now; the same option stays highlighted."""
        await super().speak()
        for id, said, style in (
            ("heading", self.heading(), "$text-accent bold"),
            ("text", self.text(), ""),
            ("question", self.question(), render.STRONG),
            ("keys", self.keys(), render.NOTE),
        ):
            self.query_one(f"#sheet-{id}", Prose).show(render.draws(said, style) if said else None)
        if self.branded:
            brand = render.brand(self.heading())
            self.query_one("#sheet-heading", Prose).show(lambda _: brand)
        choices = self.query_one(Choices)
        here = choices.highlighted
        await choices.offer(self.options(), preset=(here.asked.id if here else self.first(),))

    async def on_key(self, event: events.Key) -> None:
        """Move and pick."""
        choices = self.query_one(Choices)
        if event.key in {"down", "tab"}:
            choices.move(1)
        elif event.key in {"up", "shift+tab"}:
            choices.move(-1)
        elif event.key == "enter":
            choices.enter()
        elif event.character is not None and event.character in set("123456789"):
            choices.digit(int(event.character))
        else:
            return
        event.stop()

    @on(Choices.Picked)
    async def _picked(self, event: Choices.Picked) -> None:
        event.stop()
        await self.pick(event.ids[0])
