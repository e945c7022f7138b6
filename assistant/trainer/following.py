"""What the second terminal follows: a small file in the training folder, written anew at each move.

It holds nothing of a person but the name of the lesson: where the class is, and what it is asked.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

from assistant.files import FileRefusedError, write_atomically

NAME = "lesson.json"

_LARGEST = 64_000
"""Bytes; a larger file is none of ours."""


class Asked(msgspec.Struct, frozen=True):
    """A question that stands before the class.

    Args:
        step: The step that it belongs to.
        number: Which of the step's questions, from 0.
        answered: Whether the class has seen the answer.
    """

    step: str
    number: int
    answered: bool = False


class Stand(msgspec.Struct, frozen=True):
    """Where the first terminal is.

    Args:
        process: The process of the first terminal.
        run: What the run is called, where it is a branch.
        persona: Who it is, by language; nothing in the library.
        story: Their story, by language.
        shows: What a class sees by it, by language.
        step: The step of now.
        number: Its place in the journey, from 1.
        following: The steps that lie ahead, in order.
        at: The simulated time as people read it, by language.
        coming: What the persona does next, by language; what is typed hidden is not said.
        waits: What ends the wait, by language, if something is awaited.
        asked: The question that stands before the class.
        ended: Whether the first terminal was left.
    """

    process: int
    run: str = ""
    persona: dict[str, str] = {}
    story: dict[str, str] = {}
    shows: dict[str, str] = {}
    step: str = ""
    number: int = 0
    following: tuple[str, ...] = ()
    at: dict[str, str] = {}
    coming: dict[str, str] = {}
    waits: dict[str, str] = {}
    asked: Asked | None = None
    ended: bool = False


def write(folder: Path, stand: Stand) -> bool:
    """Write where the class is; return whether it could be written: a lesson goes on without it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(folder / NAME, msgspec.json.encode(stand), replace=True)
    except (OSError, FileRefusedError):
        return False
    return True


def read(folder: Path) -> Stand | None:
    """Read where the class is; ``None`` where there is no lesson yet, or the file is none of ours."""
    path = folder / NAME
    with suppress(OSError, msgspec.DecodeError):
        if path.stat().st_size <= _LARGEST:
            return msgspec.json.decode(path.read_bytes(), type=Stand)
    return None


def alive(stand: Stand) -> bool:
    """Whether the first terminal is still there: it may have been ended without a word."""
    if stand.ended:
        return False
    if sys.platform == "win32":
        return True
    try:
        os.kill(stand.process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
