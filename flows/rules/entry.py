"""What was typed into a field of numbers and letters, made ready to judge, with notes of what changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from flows.text import field, first_line, hidden_count
from flows.verdict import Problem

_DASHES = "\\-\u2010-\u2015\u2212\ufe58\ufe63"


@dataclass(frozen=True)
class Entry:
    """An entry ready to judge.

    Args:
        text: What is judged.
        notes: What was changed on the way, to be said back.
        problem: Why it cannot be judged at all, or ``None``.
    """

    text: str
    notes: tuple[Problem, ...] = ()
    problem: Problem | None = None


def read_entry(typed: str, *, most: int, joined: str = " ") -> Entry:
    """Clean one entry.

    Args:
        typed: What was typed or pasted, unchanged.
        most: The most characters that are looked at; a longer entry is refused unread.
        joined: Which separators are taken out: spaces, dashes (``-``), round brackets (``(``). Empty: none.

    Returns:
        The entry in half-width characters, or the reason why it is not looked at.
    """
    if len(typed) > most:
        return Entry("", problem=Problem("entry-too-long", {"most": most, "typed": len(typed)}))
    line, others = first_line(typed)
    if others:
        return Entry("", problem=Problem("entry-several-lines", {"lines": others + 1}))
    notes = []
    if count := hidden_count(line):
        notes.append(Problem("entry-hidden-removed", {"count": count}))
    text = field(line)
    if re.search("[\uff01-\uff5e]", line):
        notes.append(Problem("entry-full-width-folded"))
    if joined:
        separators = joined.replace("-", _DASHES).replace("(", "()")
        bare = re.sub(f"[{separators}]", "", text)
        if bare != text:
            notes.append(Problem("entry-separators-removed"))
        text = bare
    return Entry(text, tuple(notes))


def some(characters: list[str], most: int = 5) -> tuple[str, ...]:
    """Return the distinct characters in their order, at most five: enough to find them by."""
    return tuple(dict.fromkeys(characters))[:most]
