"""The keys of the desk: those of every page, and how a page names its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key.

    Args:
        id: What it does; its words are ``desk.key.<id>``, and a page hears it as ``act(id)``.
        key: The key as the framework names it.
        shown: The key as people read it.
        in_bar: Whether the line of keys has it; there it can be clicked.
    """

    id: str
    key: str
    shown: str
    in_bar: bool = True


BACK = Key("back", "escape", "Esc")
EVERYWHERE = (
    Key("help", "f1", "F1"),
    Key("language", "f2", "F2"),
    Key("theme", "f6", "F6", in_bar=False),
    Key("lock", "f12", "F12"),
    Key("quit", "ctrl+q", "Ctrl+Q", in_bar=False),
)
"""Keys that every page of somebody on duty has; F5 and F7 to F11 are free for pages."""

READING = (
    Key("choose", "", "1–9", in_bar=False),
    Key("read", "", "PgUp PgDn", in_bar=False),
)
"""For the help of a page that shows a case: these keys mean something to what lies on it."""
