"""The line of keys at the bottom; each can be clicked, so that a mouse alone suffices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message

from assistant.widgets import render
from assistant.widgets.prose import Prose


class KeyHint(Prose):
    """One key and what it does."""

    @dataclass
    class Clicked(Message):
        """The key was clicked."""

        action: str

    def __init__(self, action: str, *, id: str | None = None) -> None:
        """Stand for ``action``."""
        super().__init__(id=id, classes=f"key-hint -{action}")
        self.action = action
        self._said = Content("")

    def say(self, key: str, word: str) -> None:
        """Show the key and the word for it."""
        self._said = render.line((key, "$text-primary bold"), (" ", ""), (word, render.NOTE))
        self.styles.width = self._said.cell_length
        self.show(lambda _: self._said)

    def on_click(self, event: events.Click) -> None:
        """Do as the key does."""
        event.stop()
        self.post_message(self.Clicked(self.action))


class KeyBar(Horizontal):
    """The keys that matter here."""

    def __init__(self, actions: Sequence[str]) -> None:
        """Show the keys of ``actions``."""
        super().__init__(id="keys")
        self._actions = tuple(actions)

    def compose(self) -> ComposeResult:
        """Lay out a hint a key."""
        for action in self._actions:
            yield KeyHint(action)

    def say(self, words: Sequence[tuple[str, str]]) -> None:
        """Name keys and words, in the order of the actions."""
        for hint, (key, word) in zip(self.query(KeyHint), words, strict=True):
            hint.say(key, word)

    def offer(self, action: str, here: bool) -> None:
        """Show a key that matters only in some places, or take it out of the line."""
        for hint in self.query(KeyHint):
            if hint.action == action:
                hint.display = here
