"""How a conversation is left: for the first screen, or for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from assistant.conversation.inputs import Command
from assistant.kiosk.screens.asides import LeavePage
from assistant.kiosk.screens.page import Page
from assistant.kiosk.turns import Turns


@dataclass
class Over(Message):
    """The conversation is over.

    Args:
        leaving: Whether the person wanted to leave the program.
        said: How to come back.
    """

    leaving: bool = False
    said: str = ""


@dataclass
class Leaving:
    """Asks before anything that is kept is left, and says how to come back to it.

    Attributes:
        page: Where the conversation is shown; it hears of :class:`Over`.
        turns: The conversation.
        send: Puts something in.
        asked_for: Whether the person wants to leave the program.
    """

    page: Page[None]
    turns: Turns
    send: Callable[[Command], None]
    asked_for: bool = False

    def to_start(self) -> None:
        """Go to the first screen; once something is kept, ask before."""
        if self.turns.reference is None:
            self.page.post_message(Over())
        else:
            self.page.app.push_screen(LeavePage(self.turns.reference), self._to_start)

    def quit(self) -> None:
        """Ask whether to leave: the program where the policy allows it, else only this conversation."""
        if self.turns.over:
            self.page.post_message(Over())
        else:
            self.page.app.push_screen(LeavePage(self.turns.reference), self._quit)

    def go(self) -> None:
        """Leave, now that the conversation has taken leave."""
        code = self.turns.reference
        said = self.page.wording.text("face.quit.saved", {"code": code}) if code else ""
        self.page.post_message(Over(self.asked_for, said))

    def _to_start(self, leave: bool | None) -> None:
        if leave:
            self.page.post_message(Over())

    def _quit(self, leave: bool | None) -> None:
        if leave:
            self.asked_for = True
            self.send(Command("quit"))
