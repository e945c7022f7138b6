"""The one table of keys: bindings, the line of keys and the help page all read it."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding


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
    Key("scroll-up", "pageup", "PgUp", in_bar=False),
    Key("scroll-down", "pagedown", "PgDn", in_bar=False),
    Key("scroll-end", "ctrl+end", "Ctrl+End", in_bar=False),
    Key("item", "ctrl+o", "Ctrl+O", in_bar=False),
    Key("quit", "ctrl+q", "Ctrl+Q"),
)


def bindings(*ids: str) -> list[Binding]:
    """Make the bindings of these keys, or of all."""
    return [
        Binding(key.key, f"key('{key.id}')", id=key.id, show=False, priority=True)
        for key in KEYS
        if not ids or key.id in ids
    ]
