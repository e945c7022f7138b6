"""Hands what was typed to the app, one piece after the other, each when the one before has had its effect."""

from __future__ import annotations

import threading
from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable, Iterable
from contextlib import suppress

from textual.app import App, ScreenError
from textual.message_pump import MessagePump

from assistant.kiosk.backlog import Backlog
from assistant.kiosk.intake import Token, Typed

PATIENCE_SECONDS = 0.2
"""How long a piece may take before the next follows all the same: a screen may have closed under it."""


class Handing:
    """A queue between the thread that reads and the app.

    The framework (8.2.8) does what a key is bound to only when the key has come up from the field to the app,
    over eight queues; a letter that follows at once is in the field before. So Enter, or a deletion, and text
    behind it changed places, and a flood of keys stood in queues without a bound.
    """

    def __init__(self, app: App[object], loop: AbstractEventLoop, hand: Callable[[Token], None]) -> None:
        """Begin.

        Args:
            app: The app.
            loop: Its event loop.
            hand: Posts the events of a piece to the app; called in the loop.
        """
        self._app, self._loop, self._hand = app, loop, hand
        self._backlog, self._lock = Backlog(), threading.Lock()
        self._piece = 0
        self._patience: TimerHandle | None = None

    def put(self, tokens: Iterable[Token]) -> None:
        """Add pieces; called in any thread.

        Raises:
            RuntimeError: The loop is closed.
        """
        with self._lock:
            for token in tokens:
                self._backlog.put(token)
        self._loop.call_soon_threadsafe(self._begin)

    def _begin(self) -> None:
        if self._patience is None:
            self._next()

    def _next(self) -> None:
        with self._lock:
            token = self._backlog.take()
        self._piece += 1
        if token is None:
            self._patience = None
            return
        self._patience = self._loop.call_later(PATIENCE_SECONDS, self._next)
        self._hand(token)
        # Once over the queues a key has come to the app, which does what it is bound to; twice, what the
        # field says of that has come to the panel; three times, what the panel says to the page.
        self._go_over(self._piece, 1 if isinstance(token, Typed) else 3, [self._app])

    def _go_over(self, piece: int, rounds: int, pumps: list[MessagePump]) -> None:
        """Follow the way that keys take from queue to queue, and go on when it was gone all the rounds."""
        if piece != self._piece:
            return
        while pumps:
            if pumps.pop(0).call_later(self._go_over, piece, rounds, pumps):
                return
        if rounds:
            with suppress(ScreenError):
                standing = self._app.focused or self._app.screen
                self._go_over(piece, rounds - 1, list(standing.ancestors_with_self))
        else:
            if self._patience is not None:
                self._patience.cancel()
            self._next()
