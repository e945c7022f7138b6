"""The one table of keys: bindings, the line of keys and the help page all read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from textual.binding import Binding

from assistant.kiosk.policy import Policy


@dataclass(frozen=True)
class Key:
    """A key of the conversation.

    Args:
        id: What it does: the action is ``act_<id>`` of the screen, the words are ``face.key.<id>``.
        key: The key as the framework names it.
        shown: The key as people read it.
        in_bar: Whether the line of keys has it.
    """

    id: str
    key: str
    shown: str
    in_bar: bool = True


KEYS: tuple[Key, ...] = (
    Key("help", "f1", "F1"),
    Key("language", "f2", "F2"),
    Key("ask", "f3", "F3"),
    Key("change", "f4", "F4"),
    Key("steps", "f9", "F9"),
    Key("back", "escape", "Esc", in_bar=False),
    Key("reveal", "f5", "F5", in_bar=False),
    Key("theme", "f6", "F6", in_bar=False),
    Key("keyboard", "f7", "F7", in_bar=False),
    Key("records", "f8", "F8"),
    Key("scroll-up", "pageup", "PgUp", in_bar=False),
    Key("scroll-down", "pagedown", "PgDn", in_bar=False),
    Key("scroll-end", "ctrl+end", "Ctrl+End", in_bar=False),
    Key("item", "ctrl+o", "Ctrl+O", in_bar=False),
    Key("quit", "ctrl+q", "Ctrl+Q"),
)

EVERYWHERE: tuple[Key, ...] = (
    Key("copy", "ctrl+c", "Ctrl+C", in_bar=False),
    Key("picture", "ctrl+s", "Ctrl+S", in_bar=False),
    Key("staff", "f12", "F12", in_bar=False),
)
"""Keys that every page has, where the policy allows what they do."""


def everywhere() -> list[Binding]:
    """Make the bindings of the keys that every page has."""
    return [
        Binding(key.key, f"everywhere('{key.id}')", id=key.id, show=False, priority=True)
        for key in EVERYWHERE
    ]


def offered(allowed: Policy, *, pin_set: bool, keyboard: bool) -> Iterator[Key]:
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
