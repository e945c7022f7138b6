"""Pages that stand over the conversation for a moment: help, and whether to leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content

from assistant.conversation.blocks import AskedOption, Block, Line, Pair
from assistant.conversation.commands import LISTED
from assistant.kiosk.keys import KEYS, bindings, offered
from assistant.kiosk.screens.picking import PickingPage
from assistant.kiosk.screens.reading import ReadingPage
from assistant.widgets import drawing
from assistant.widgets.key_bar import KeyBar, KeyHint
from assistant.widgets.prose import Prose

_BAR = ("back", "scroll-up", "scroll-down")


class HelpPage(ReadingPage):
    """What can be pressed and typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("language", "theme", "back", "help", "scroll-up", "scroll-down")
    ]

    def compose(self) -> ComposeResult:
        """Lay out one long text, and the way out of it below."""
        with VerticalScroll(id="help-page", can_focus=False):
            yield Prose(self._at, id="help-text")
        yield KeyBar(_BAR)
        yield from self.cover()

    def _at(self, width: int) -> Content:
        wording = self.wording
        intro = Block("said", (Line(wording.text("face.help.intro")),), wording.text("face.help.title"))
        tables = (
            Block("card", tuple(self._keys()), wording.text("face.help.keys"), "keys"),
            Block("card", tuple(self._commands()), wording.text("face.help.commands"), "keys"),
        )
        return drawing.below(intro, *tables, width=width, wording=wording, glyphs=self.kiosk.glyphs)

    def _keys(self) -> Iterable[Pair]:
        for key in offered(self.kiosk.policy, pin_set=self.kiosk.gate.is_set, keyboard=self.kiosk.keyboard):
            yield Pair(key.shown, self.wording.text(f"face.key.{key.id}"))

    def _commands(self) -> Iterable[Pair]:
        for id, name in zip(LISTED["en"], LISTED[self.wording.language], strict=True):
            yield Pair(f"/{name}", self.wording.text(f"command.{id}"))

    async def speak(self) -> None:
        """Say it in the language of now."""
        await super().speak()
        self.query_one("#help-text", Prose).again()
        shown_as = {key.id: key.shown for key in KEYS}
        words = {id: f"face.key.{id}" for id in _BAR} | {"back": "face.help.close"}
        self.query_one(KeyBar).say([(shown_as[id], self.wording.text(words[id])) for id in _BAR])

    async def opened(self) -> None:
        """Name the keys."""
        await self.speak()

    @on(KeyHint.Clicked)
    async def _clicked(self, event: KeyHint.Clicked) -> None:
        event.stop()
        await self.action_key(event.action)


class LeavePage(PickingPage[bool]):
    """Asks whether to leave; to stay is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("back")]

    def __init__(self, reference: str | None) -> None:
        """Ask; ``reference`` is the code to come back with, once there is one."""
        super().__init__()
        self._reference = reference

    def heading(self) -> str:
        """Ask whether to leave."""
        return self.wording.text("face.quit.question")

    def text(self) -> str:
        """Say what is kept."""
        if self._reference is None:
            return self.wording.text("face.quit.nothing")
        return self.wording.text("face.quit.saved", {"code": self._reference})

    def options(self) -> Sequence[AskedOption]:
        """Offer to stay first."""
        say = self.wording.text
        return [AskedOption("stay", say("face.quit.stay")), AskedOption("leave", say("face.quit.leave"))]

    async def pick(self, id: str) -> None:
        """Leave or stay."""
        self.dismiss(id == "leave")

    def action_key(self, _: str) -> None:
        """Stay."""
        self.dismiss(False)
