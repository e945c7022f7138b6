"""The first screen: three large choices, and the other language by one key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events, on
from textual.binding import BindingType
from textual.message import Message
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption
from assistant.kiosk.keys import bindings
from assistant.kiosk.screens.picking import PickingPage
from assistant.widgets.key_bar import KeyHint

Purpose = Literal["register", "resume", "ask"]
PURPOSES: tuple[Purpose, ...] = ("register", "resume", "ask")

LETTERS = {"e": "en", "z": "zh"}
"""The key of each language."""


class WelcomePage(PickingPage[None]):
    """Asks what the person came for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("language", "theme", "quit")]
    branded: ClassVar[bool] = True

    @dataclass
    class Chosen(Message):
        """The person said what they came for."""

        purpose: Purpose

    def heading(self) -> str:
        """Name the product."""
        return self.wording.text("face.brand")

    def text(self) -> str:
        """Say what it is for."""
        return self.wording.text("face.tagline")

    def question(self) -> str:
        """Ask for the language, or what for."""
        return self.wording.text("face.welcome.what")

    def options(self) -> Sequence[AskedOption]:
        """Offer the purposes."""
        say = self.wording.text
        return [AskedOption(id, say(f"face.welcome.{id}"), say(f"face.welcome.{id}-hint")) for id in PURPOSES]

    def above(self) -> Iterable[Widget]:
        """Offer the other language above everything else: who cannot read this one looks there."""
        yield KeyHint("language")

    async def speak(self) -> None:
        """Say everything in the language of now."""
        await super().speak()
        letter = next(each for each, language in LETTERS.items() if language != self.kiosk.language)
        self.query_one(KeyHint).say(letter.upper(), self.wording.text("face.welcome.other"))

    def keys(self) -> str:
        """Say how to pick."""
        return self.wording.text("face.welcome.keys")

    async def pick(self, id: str) -> None:
        """Begin what was picked."""
        for purpose in PURPOSES:
            if id == purpose:
                self.post_message(self.Chosen(purpose))

    async def on_key(self, event: events.Key) -> None:
        """Take E and Z for the language."""
        language = LETTERS.get((event.character or "").casefold())
        if language is not None:
            event.stop()
            await self.kiosk.speak(language)
            return
        await super().on_key(event)

    @on(KeyHint.Clicked)
    async def _other(self, event: KeyHint.Clicked) -> None:
        event.stop()
        await self.action_key(event.action)

    async def action_key(self, id: str) -> None:
        """Do what a key of the table means here."""
        match id:
            case "language":
                await self.kiosk.speak("en" if self.kiosk.language == "zh" else "zh")
            case "theme":
                self.kiosk.change_theme()
            case "quit":
                self.kiosk.leave_program()
