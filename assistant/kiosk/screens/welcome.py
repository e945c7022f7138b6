"""The first screen: the language by one key, then three large choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import events
from textual.binding import BindingType
from textual.message import Message

from assistant.conversation.blocks import AskedOption
from assistant.kiosk.keys import bindings
from assistant.kiosk.screens.picking import PickingPage

Purpose = Literal["register", "resume", "ask"]
PURPOSES: tuple[Purpose, ...] = ("register", "resume", "ask")

_LANGUAGES = {"en": "English", "zh": "中文"}
_LETTERS = {"e": "en", "z": "zh"}


class WelcomePage(PickingPage[None]):
    """Asks in both languages for the language, then what the person came for."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("language", "theme", "quit", "back")]
    branded: ClassVar[bool] = True

    @dataclass
    class Chosen(Message):
        """The person said what they came for."""

        purpose: Purpose

    def __init__(self) -> None:
        """Begin with the language."""
        super().__init__()
        self._language_known = False

    def heading(self) -> str:
        """Name the product."""
        return self.wording.text("face.brand")

    def text(self) -> str:
        """Say what it is for."""
        return self.wording.text("face.tagline")

    def question(self) -> str:
        """Ask for the language, or what for."""
        return self.wording.text("face.welcome.what" if self._language_known else "face.welcome.language")

    def options(self) -> Sequence[AskedOption]:
        """Offer the languages, or the purposes."""
        if not self._language_known:
            return [AskedOption(id, name) for id, name in _LANGUAGES.items()]
        say = self.wording.text
        return [AskedOption(id, say(f"face.welcome.{id}"), say(f"face.welcome.{id}-hint")) for id in PURPOSES]

    def first(self) -> str:
        """Highlight the language of now at first."""
        return self.kiosk.language

    def keys(self) -> str:
        """Say how to pick."""
        return self.wording.text("face.welcome.keys")

    async def pick(self, id: str) -> None:
        """Take the language or the purpose."""
        if id in _LANGUAGES:
            self._language_known = True
            await self.kiosk.speak(id)
        for purpose in PURPOSES:
            if id == purpose:
                self.post_message(self.Chosen(purpose))

    async def on_key(self, event: events.Key) -> None:
        """Take E and Z for the language at any time."""
        language = _LETTERS.get((event.character or "").casefold())
        if language is not None:
            event.stop()
            await self.pick(language)
            return
        await super().on_key(event)

    async def action_key(self, id: str) -> None:
        """Do what a key of the table means here."""
        match id:
            case "language":
                await self.kiosk.speak("en" if self.kiosk.language == "zh" else "zh")
            case "theme":
                self.kiosk.change_theme()
            case "quit":
                self.kiosk.leave_program()
            case "back":
                self._language_known = False
                await self.speak()
