"""The keys of the classroom: those of every page, and how a page names its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Key:
    """One key.

    Args:
        id: What it does; its words are ``train.key.<id>``, and a page hears it as ``act(id)``.
        keys: The keys as the framework names them: any of them does it.
        shown: The key as people read it.
        line: Which line of keys has it, where it can be clicked; 0 for none, then only the help names it.
    """

    id: str
    keys: tuple[str, ...]
    shown: str
    line: int = 1


BACK = Key("back", ("escape",), "Esc")
EVERYWHERE = (
    Key("help", ("f1",), "F1", line=2),
    Key("language", ("f2",), "F2", line=2),
    Key("theme", ("f6",), "F6", line=0),
    Key("quit", ("ctrl+q", "f10"), "F10", line=2),
)
"""Keys that every page has."""

LESSON = (
    Key("play", ("space",), "Space"),
    Key("rewind", ("left", "b"), "←"),
    Key("step", ("right", "n"), "→"),
    Key("speed", ("s",), "S"),
    Key("map", ("m",), "M"),
    Key("time", ("t",), "T"),
    Key("hour", ("h",), "H"),
    Key("day", ("d",), "D"),
    Key("years", ("y",), "Y"),
    Key("question", ("q",), "Q", line=2),
    Key("hand", ("k",), "K", line=2),
    Key("office", ("o",), "O", line=2),
    Key("fact", ("f",), "F", line=2),
    Key("branch", ("r",), "R", line=2),
    Key("export", ("e",), "E", line=2),
    Key("switch", ("tab",), "Tab", line=0),
    Key("scroll-up", ("pageup",), "PgUp", line=0),
    Key("scroll-down", ("pagedown",), "PgDn", line=0),
    Key("scroll-end", ("end",), "End", line=0),
)
"""Keys while the persona is watched; letters are free, as nothing is typed then."""

BY_HAND = (
    Key("enter", ("enter",), "Enter"),
    Key("reveal", ("f5",), "F5"),
    Key("scroll-up", ("pageup",), "PgUp", line=0),
    Key("scroll-down", ("pagedown",), "PgDn", line=0),
)
"""Keys while somebody answers in the persona's place: letters are typed."""
