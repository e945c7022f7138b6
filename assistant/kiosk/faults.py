"""What is said of a fault: its kind and its place in the code, never its message or the values of variables.

Those hold what a candidate typed. The framework and Python print them in a dozen ways; all of them end here.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.conversation.wording import Wording
from content.loader import Content

_log = logging.getLogger("assistant.kiosk")


def report(fault: BaseException) -> str:
    """Log a fault and return its reference, which the screen says and staff look up. It never raises."""
    reference = secrets.token_hex(3).upper()
    frames = traceback.walk_tb(fault.__traceback__)
    places = [f"{frame.f_code.co_name}:{line}" for frame, line in frames]
    # The disk may be full or the folder gone; the fault itself matters more.
    with suppress(Exception):
        _log.error("fault %s: %s at %s", reference, type(fault).__name__, " < ".join(reversed(places)))
    return reference


@contextmanager
def kept_quiet(log: Path) -> Iterator[None]:
    """Send every fault of the process to :func:`report`, and its lines to a file.

    Args:
        log: The file; it is made with the first fault.
    """
    file = logging.FileHandler(log, encoding="utf-8", delay=True)
    file.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    loud, last = logging.raiseExceptions, logging.lastResort
    propagates = _log.propagate
    _log.addHandler(file)
    _log.propagate = False
    # A logger without a handler, such as asyncio's, writes to the terminal; so does a handler that fails.
    logging.raiseExceptions, logging.lastResort = False, None
    sys.excepthook = lambda _, fault, __: _said(fault)
    threading.excepthook = lambda caught: _said(caught.exc_value)
    sys.unraisablehook = lambda caught: _said(caught.exc_value)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
        logging.raiseExceptions, logging.lastResort = loud, last
        _log.propagate = propagates
        _log.removeHandler(file)
        file.close()


def of_the_loop(_: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
    """Report what a task raised that nobody waits for; asyncio would log the task with its values."""
    _said(context.get("exception"))


def _said(fault: BaseException | None) -> None:
    if fault is not None:
        report(fault)


def said_of_a_fault(content: Content, reference: str) -> str:
    """Return what the person before the screen is told, in both languages; it never raises."""
    try:
        return "\n".join(
            Wording(content, language).text("face.fatal", {"reference": reference})
            for language in ("zh", "en")
        )
    except Exception:  # noqa: BLE001 - the words themselves may be what is broken
        return f"Chengnuo {reference}"


def say_last(said: str) -> None:
    """Write a sentence to the terminal that the app has given back, if it is still there to hear it."""
    if sys.__stderr__ is not None:
        with suppress(OSError, ValueError):
            print(said, file=sys.__stderr__, flush=True)
