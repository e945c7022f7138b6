"""The mark in a database that says whose it is: an installation's, or the classroom's."""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path

from assistant.records.errors import RecordsError

_HEAD = b"SQLite format 3\0"
_FROM, _TO = 68, 72
"""Where SQLite keeps the ``application_id`` in the first page, high byte first (its file format, 1.3)."""


class Mark(IntEnum):
    """The ``application_id`` of a database; SQLite's own 0 is that of every installation so far."""

    PRODUCTION = 0
    TRAINING = 0x43_4E_54_52
    """``CNTR``: nothing in such a file is real."""


def prove_marked(database: Path, mark: Mark) -> None:
    """See that a file bears the mark, before anything of it is opened, read with a key, or changed.

    The first bytes are read through whatever links lead to the file: what counts is what is in it. What is
    no database at all, is said by those who open it.

    Raises:
        RecordsError: It bears the other one: ``records-not-training`` or ``records-is-training``.
        OSError: It cannot be read.
    """
    with database.open("rb") as file:
        head = file.read(_TO)
    if not head.startswith(_HEAD):
        return
    found = int.from_bytes(head[_FROM:_TO])
    if mark is Mark.TRAINING and found != mark:
        raise RecordsError("records-not-training", {"path": str(database)})
    if mark is Mark.PRODUCTION and found == Mark.TRAINING:
        raise RecordsError("records-is-training", {"path": str(database)})
