"""Watches how long nobody has touched the terminal. It knows no screen: what follows is for the app."""

from __future__ import annotations

from assistant.clock import Ticks

HUSH = 0.3
"""Seconds after an answer to the warning in which nothing else is taken."""


class IdleWatch:
    """Says when to warn a person who seems to have gone, and when to clear what is theirs."""

    def __init__(self, seconds: float, countdown: float, ticks: Ticks) -> None:
        """Begin at rest.

        Args:
            seconds: Seconds without a touch before the warning; 0 for never.
            countdown: Seconds from the warning until the screen is cleared.
            ticks: What measures: it is never set, and goes on while the machine sleeps.
        """
        self._seconds, self._countdown, self._ticks = seconds, countdown, ticks
        self._touched: float | None = None
        self._hushed = float("-inf")

    @property
    def left(self) -> float | None:
        """Seconds until the screen is cleared, 0 once that is due; ``None`` before a warning is."""
        if self._touched is None or self._seconds <= 0:
            return None
        gone = self._ticks() - self._touched
        return None if gone < self._seconds else max(0.0, self._seconds + self._countdown - gone)

    def touch(self) -> None:
        """Take note that somebody is there.

        Once clearing is due it makes no difference: who wakes a machine that slept may be somebody else.
        """
        if self.left != 0:
            self._touched = self._ticks()

    def rest(self) -> None:
        """Watch nobody until the next touch."""
        self._touched = None

    def hush(self) -> None:
        """Take nothing for a moment.

        A finger on a touch screen first moves the pointer and then presses; an input method sends several
        characters at once; a key that is held repeats. All of that is one answer to the warning.
        """
        self._hushed = self._ticks() + HUSH

    @property
    def hushed(self) -> bool:
        """Whether what comes still belongs to an answer to the warning."""
        return self._ticks() < self._hushed
