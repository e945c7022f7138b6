"""The keys of a page, by F1."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line, Pair
from assistant.trainer.keys import Key
from assistant.trainer.page import TrainerPage
from assistant.widgets import drawing
from assistant.widgets.prose import Prose


class HelpPage(TrainerPage):
    """Names every key of the page that it stands over."""

    title_key = "train.help.title"

    def __init__(self, page: TrainerPage) -> None:
        """Explain the keys of ``page``."""
        super().__init__()
        self._explained = page

    def body(self) -> Iterable[Widget]:
        """Show one table."""
        with VerticalScroll(id="help-page", can_focus=False):
            yield Prose(self._at, id="help-text")

    def _at(self, width: int) -> Content:
        say = self.wording.text
        intro = Block("said", (Line(say("train.help.intro")),))
        pairs = tuple(
            Pair(self._named(key), say(f"train.help.{key.id}")) for key in self._explained.working()
        )
        table = Block("card", pairs, say("train.help.keys"), "keys")
        return drawing.below(intro, table, width=width, wording=self.wording, glyphs=self.terminal.glyphs)

    def _named(self, key: Key) -> str:
        also = [each.upper() for each in key.keys if len(each) == 1 and each.upper() != key.shown]
        return " ".join([self.shown(key), *also])

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one("#help-text", Prose).again()

    async def typed(self, event: events.Key) -> bool:
        """Close by Enter, read on by the arrows."""
        scroll = self.query_one(VerticalScroll)
        match event.key:
            case "enter":
                await self.back()
            case "down" | "pagedown":
                scroll.scroll_relative(y=1 if event.key == "down" else scroll.size.height - 1, animate=False)
            case "up" | "pageup":
                scroll.scroll_relative(y=-1 if event.key == "up" else 1 - scroll.size.height, animate=False)
            case _:
                return False
        return True
