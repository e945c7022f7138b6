"""A page that says one thing and goes again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from assistant.conversation.blocks import AskedOption
from assistant.conversation.wording import Wording
from assistant.kiosk.keys import bindings
from assistant.kiosk.screens.picking import PickingPage


class NoticePage(PickingPage[None]):
    """Says something until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("language", "back")]

    def __init__(self, title: str, said: Callable[[Wording], str]) -> None:
        """Say ``said``, made anew in another language, under the words of ``title``."""
        super().__init__()
        self._matter, self._said = title, said

    def heading(self) -> str:
        """Name the matter."""
        return self.wording.text(self._matter)

    def text(self) -> str:
        """Say it."""
        return self._said(self.wording)

    def options(self) -> Sequence[AskedOption]:
        """Offer to close."""
        return [AskedOption("close", self.wording.text("face.notice.close"))]

    async def pick(self, id: str) -> None:
        """Close."""
        self.dismiss()

    async def action_key(self, id: str) -> None:
        """Change the language, or close."""
        if id == "language":
            await self.kiosk.ask_for_language()
        else:
            self.dismiss()
