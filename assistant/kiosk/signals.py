"""How the process ends when it is told to: what is under way is finished, but it may not take for ever."""

from __future__ import annotations

import os
import signal
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType

LAST_TURN_SECONDS = 5.0
"""How long a turn that is under way may take to be stored before the process ends without it. It was not
acknowledged, so nothing that somebody relies on is lost."""

_ENDING = (signal.SIGTERM, signal.SIGHUP)
_OF_A_SHELL = (signal.SIGINT, signal.SIGQUIT)


class Signals:
    """Takes the signals of a terminal's process.

    SIGTERM and SIGHUP leave, also while the event loop hangs. In a kiosk SIGINT, SIGQUIT and SIGTSTP mean
    nothing; elsewhere the first two leave and the third gives the terminal back to the shell for a while.
    """

    def __init__(
        self,
        loop: AbstractEventLoop,
        *,
        leave: Callable[[int], None],
        last: Callable[[], None],
        suspend: Callable[[], None] | None,
        resume: Callable[[], None],
        resize: Callable[[], None],
    ) -> None:
        """Take the signals; the constructor is called in the main thread.

        Args:
            loop: The loop in which the others are called, except ``last``.
            leave: Leaves, with the exit code.
            last: Gives the terminal back, called in a thread when leaving hangs.
            suspend: Gives the terminal back and stops the process; ``None`` where it never stops.
            resume: Takes the terminal again after the process was stopped from outside.
            resize: Says the size of the terminal.
        """
        self._loop, self._leave, self._last = loop, leave, last
        ending = _ENDING if suspend is None else _ENDING + _OF_A_SHELL
        for number in ending:
            # Not by the loop, which does not hear signals while a callback hangs.
            signal.signal(number, self._end)
        if suspend is None:
            for number in (*_OF_A_SHELL, signal.SIGTSTP):
                signal.signal(number, signal.SIG_IGN)
        else:
            loop.add_signal_handler(signal.SIGTSTP, suspend)
        loop.add_signal_handler(signal.SIGCONT, resume)
        loop.add_signal_handler(signal.SIGWINCH, resize)

    def _end(self, number: int, _: FrameType | None) -> None:
        end_within(LAST_TURN_SECONDS, lambda: 128 + number, self._last)
        # The loop is closed once the program has left by itself.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(partial(self._leave, 128 + number))


def end_within(seconds: float, code: Callable[[], int], last: Callable[[], None]) -> None:
    """End the process by force if it does not end by itself: a thread that hangs would hold it for ever.

    Args:
        seconds: How long it may take.
        code: Says the exit code.
        last: What is done before, such as giving the terminal back.
    """

    def end() -> None:
        time.sleep(seconds)
        try:
            last()
        finally:
            os._exit(code())

    threading.Thread(target=end, name="kiosk-end", daemon=True).start()
