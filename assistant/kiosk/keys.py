"""The bindings of the table of deeds, and which of them a terminal offers."""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding

from assistant.conversation.deeds import DEEDS, Deed
from assistant.kiosk.policy import Policy

KEYS = tuple(deed for deed in DEEDS if deed.key and not deed.everywhere)
"""Keys of the conversation: the action is ``key('<id>')`` of the screen."""

EVERYWHERE = tuple(deed for deed in DEEDS if deed.everywhere)
"""Keys that every page has, where the policy allows what they do."""


def everywhere() -> list[Binding]:
    """Make the bindings of the keys that every page has."""
    return [
        Binding(key.key, f"everywhere('{key.id}')", id=key.id, show=False, priority=True)
        for key in EVERYWHERE
    ]


def offered(allowed: Policy, *, pin_set: bool, keyboard: bool) -> Iterator[Deed]:
    """Yield the keys that the help names at this terminal.

    Args:
        allowed: What the terminal allows.
        pin_set: Whether there is a staff PIN.
        keyboard: Whether there is a keyboard on the screen.
    """
    granted = {
        "quit": allowed.can_quit,
        "keyboard": keyboard,
        "copy": allowed.clipboard,
        "picture": allowed.screenshots,
        "staff": allowed.staff_key and pin_set,
    }
    yield from (key for key in (*KEYS, *EVERYWHERE) if granted.get(key.id, True))


def bindings(*ids: str) -> list[Binding]:
    """Make the bindings of these keys, or of all."""
    return [
        Binding(key.key, f"key('{key.id}')", id=key.id, show=False, priority=True)
        for key in KEYS
        if not ids or key.id in ids
    ]
