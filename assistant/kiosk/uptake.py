"""Turns bytes into what a person did, for whatever reads them: a terminal or a line from a browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS

from assistant.kiosk.bursts import Bursts
from assistant.kiosk.faults import report
from assistant.kiosk.intake import Intake, Token


class Uptake:
    """Reads a stream of bytes; whatever goes wrong costs what was read, and not the program."""

    def __init__(self, put: Callable[[Sequence[Token]], None]) -> None:
        """Begin.

        Args:
            put: Hands on what a person did.
        """
        self._put = put
        self._begin()

    def _begin(self) -> None:
        self._intake, self._bursts = Intake(ANSI_SEQUENCES_KEYS), Bursts()

    def patience(self, now: float) -> float | None:
        """Return the seconds until silence completes something, ``None`` where nothing is open."""
        waits = (self._intake.patience(now), self._bursts.patience(now))
        return min((each for each in waits if each is not None), default=None)

    def take(self, data: bytes, now: float) -> None:
        """Take what came; no bytes are silence."""
        try:
            tokens = self._intake.feed(data, now) if data else self._intake.silence(now)
            found = self._bursts.take(tokens, now)
        except Exception as fault:  # noqa: BLE001 - a public terminal goes on
            report(fault)
            self._begin()
            return
        if found:
            # The loop is closed when the app has ended in between.
            with suppress(RuntimeError):
                self._put(found)
