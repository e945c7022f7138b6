"""The staff PIN of a kiosk: counts wrong tries, and closes for a while after too many."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from threading import Lock

from assistant.pins import fits

TRIES = 5
"""Wrong ones before it closes; with the pause a stranger needs up to 33 hours for all of four digits."""

PAUSE = 60.0
"""Seconds that it stays closed."""

_log = logging.getLogger("assistant.kiosk.staff")


class PinGate:
    """Judges PINs. There is one for as long as the program runs, so no new page or person gives new tries."""

    def __init__(self, hashed: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Begin open.

        Args:
            hashed: The argon2 hash of the PIN; empty where none is set, and then nothing fits.
            monotonic: Seconds since some moment, ever growing.
        """
        self._hashed, self._monotonic = hashed, monotonic
        self._wrong = 0
        self._closed_until = 0.0
        self._judging = Lock()

    @property
    def is_set(self) -> bool:
        """Whether there is a PIN at all."""
        return bool(self._hashed)

    @property
    def tries(self) -> int:
        """How many wrong ones are left before it closes."""
        return TRIES - self._wrong

    def seconds_closed(self) -> int:
        """Return for how many seconds it stays closed; 0 while it is open."""
        return max(0, math.ceil(self._closed_until - self._monotonic()))

    def judge(self, pin: str) -> bool:
        """Whether a PIN is right, noted in the log of faults; takes a quarter of a second, so in a thread."""
        with self._judging:
            if self.seconds_closed():
                return False
            if fits(self._hashed, pin):
                self._wrong = 0
                _log.warning("staff PIN right")
                return True
            self._wrong += 1
            _log.warning("staff PIN wrong, %d of %d", self._wrong, TRIES)
            if self._wrong >= TRIES:
                self._wrong, self._closed_until = 0, self._monotonic() + PAUSE
                _log.warning("staff PIN closed for %d s", PAUSE)
            return False


def note(done: str) -> None:
    """Note in the log of faults what staff did."""
    _log.warning("staff %s", done)
