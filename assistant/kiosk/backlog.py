"""Holds what was typed and the app has not taken yet: a flood of keys never stands before a person."""

from __future__ import annotations

import re
from collections import deque

from assistant.kiosk.intake import Pressed, Token, Typed

MOST = 64
"""Keys that may wait; the app takes some hundreds a second, so what comes after a flood is heard at once."""

MOST_REPEATS = 4
"""How often the same key may wait in a row; a person sees no use in more."""

MOST_TEXT = 1000
"""Characters of text that may wait; a field takes 300."""

_MOTION = re.compile("\x1b\\[<(3[2-9]|4[0-9]|5[0-9]|6[0-3]);")
"""A mouse report of a move, with the buttons and modifiers that are held; the place follows."""


class Backlog:
    """A queue that grows no longer than a second's work.

    Text that waits is joined to one piece: a long commit costs as much as a key. Of a key that repeats and of
    mouse moves the surplus goes; where still more comes, it is a flood, and the oldest of its keys go: who
    types behind it is heard.
    """

    def __init__(self) -> None:
        """Begin empty."""
        self._waiting: deque[Token] = deque()
        self._repeats = 0

    def __len__(self) -> int:
        """Return how many pieces wait."""
        return len(self._waiting)

    def put(self, token: Token) -> None:
        """Add a piece, join it to the last one, or drop it."""
        waiting = self._waiting
        last = waiting[-1] if waiting else None
        if isinstance(token, Typed) and isinstance(last, Typed):
            waiting[-1] = Typed((last.text + token.text)[:MOST_TEXT])
            return
        if isinstance(token, Pressed):
            if isinstance(last, Pressed) and _moves_on(token, last):
                waiting[-1] = token
                return
            self._repeats = self._repeats + 1 if token == last else 0
            if self._repeats >= MOST_REPEATS:
                return
        if len(waiting) >= MOST:
            oldest = next((n for n, each in enumerate(waiting) if isinstance(each, Pressed)), 0)
            del waiting[oldest]
        waiting.append(token)

    def take(self) -> Token | None:
        """Take out the oldest piece."""
        return self._waiting.popleft() if self._waiting else None


def _moves_on(token: Pressed, last: Pressed) -> bool:
    """Whether a mouse report only says where a move that waits has got to."""
    move, before = _MOTION.match(token.sequence), _MOTION.match(last.sequence)
    return move is not None and before is not None and move[0] == before[0]
