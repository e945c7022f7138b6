"""Writes to the terminal: never waits for one that hangs, never fails for one that is gone."""

from __future__ import annotations

import os
import re
import select
import threading
from collections import deque
from collections.abc import Callable

MOST_WAITING = 2_000_000
"""Bytes that may wait for a terminal that does not take them; beyond that they are dropped."""

LAST_SECONDS = 1.0
"""How long the last words may take; a terminal that hangs does not hear them."""

_UNWANTED = re.compile(
    # What a frame is made of: colours, places, and the marks around a frame that is drawn at once.
    "\x1b(?!\\[[0-9;:]*[mH]|\\[\\?2026[hl])"
    "(?:[\\]PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?|\\[[0-?]*[ -/]*[@-~]?|[ -/]*[0-~]?)"
    "|[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]"
)


def harmless(frame: str) -> str:
    """Take out of a frame what does more than draw.

    A text with ESC, and some of the framework itself (8.2.8), would open links (OSC 8), fill the clipboard
    (OSC 52), rename the window (OSC 0) or leave the alternate screen. Texts are cleaned where they are drawn;
    this holds where that was forgotten.
    """
    return _UNWANTED.sub("", frame)


class Output:
    """A thread that writes, so that a slow terminal does not hold up the app.

    The framework's (8.2.8) waits for ever once 30 writes are queued for a terminal that hangs or is gone, and
    the app with it.
    """

    def __init__(self, handle: int, *, lost: Callable[[], None], caught_up: Callable[[], None]) -> None:
        """Begin to write.

        Args:
            handle: The terminal's file descriptor.
            lost: Called in the thread when the terminal is gone.
            caught_up: Called in the thread when the terminal takes text again after some was dropped.
        """
        self._handle = handle
        self._lost, self._caught_up = lost, caught_up
        self._waiting: deque[bytes] = deque()
        self._length = 0
        self._there = threading.Condition()
        self._gone = self._dropped = self._ending = False
        self._thread = threading.Thread(target=self._run, name="kiosk-output", daemon=True)
        self._thread.start()

    def write(self, text: str) -> None:
        """Queue a text that is whole in itself."""
        self.put(text.encode("utf-8", errors="replace"))

    def put(self, data: bytes) -> None:
        """Queue bytes that are whole in themselves: all of them are written, or none."""
        with self._there:
            if self._gone:
                return
            if self._length > MOST_WAITING:
                self._waiting.clear()
                self._length = 0
                self._dropped = True
            self._waiting.append(data)
            self._length += len(data)
            self._there.notify()

    def end(self) -> None:
        """Write what waits, for a second at most, and stop."""
        with self._there:
            self._ending = True
            self._there.notify()
        self._thread.join(LAST_SECONDS)

    def _run(self) -> None:
        while True:
            with self._there:
                self._there.wait_for(lambda: self._waiting or self._ending)
                if not self._waiting:
                    return
                data = b"".join(self._waiting)
                self._waiting.clear()
                self._length = 0
                dropped, self._dropped = self._dropped, False
            try:
                write_all(self._handle, data)
            except OSError:
                with self._there:
                    self._gone = True
                    self._waiting.clear()
                self._lost()
                return
            if dropped:
                self._caught_up()


def write_all(handle: int, data: bytes, seconds: float | None = None) -> bool:
    """Write all of ``data``.

    Args:
        handle: A file descriptor, blocking or not.
        data: The bytes.
        seconds: How long to wait each time the terminal takes nothing; ``None`` for ever.

    Returns:
        Whether all was taken.

    Raises:
        OSError: The terminal is gone.
    """
    while data:
        if not select.select([], [handle], [], seconds)[1]:
            return False
        try:
            data = data[os.write(handle, data[:4096]) :]
        except BlockingIOError:
            continue
    return True


class Aside:
    """Leads what others write to the terminal, such as a library in C, away from it while the app draws."""

    def __init__(self) -> None:
        """Begin with everything as it is."""
        self._kept: dict[int, int] = {}

    def begin(self) -> None:
        """Lead standard output and error away where they are a terminal."""
        for handle in (1, 2):
            if handle not in self._kept and os.isatty(handle):
                self._kept[handle] = os.dup(handle)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, handle)
                os.close(nowhere)

    def end(self) -> None:
        """Lead them back."""
        for handle, kept in self._kept.items():
            os.dup2(kept, handle)
            os.close(kept)
        self._kept.clear()
