"""The keys of a page, by F1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line, Pair
from assistant.desk.keys import Key
from assistant.desk.page import Sheet
from assistant.widgets import drawing
from assistant.widgets.prose import Prose


class HelpPage(Sheet):
    """Names every key of the page that it stands over."""

    title_key: ClassVar[str] = "desk.help.title"

    def __init__(self, keys: tuple[Key, ...]) -> None:
        """Explain ``keys``."""
        super().__init__()
        self._explained = keys

    def body(self) -> Iterable[Widget]:
        """Show one table."""
        with VerticalScroll(can_focus=False):
            yield Prose(self._at, id="help-text")

    def _at(self, width: int) -> Content:
        say = self.wording.text
        intro = Block("said", (Line(say("desk.help.intro")),))
        pairs = tuple(Pair(key.shown, say(f"desk.key.{key.id}")) for key in self._explained)
        table = Block("card", pairs, say("desk.help.keys"), "keys")
        return drawing.below(intro, table, width=width, wording=self.wording, glyphs=self.desk.glyphs)

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one("#help-text", Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Close by Enter, read on by the arrows."""
        scroll = self.query_one(VerticalScroll)
        match event.key:
            case "enter":
                await self.back()
            case "down":
                scroll.scroll_down(animate=False)
            case "up":
                scroll.scroll_up(animate=False)
            case _:
                return False
        return True
