"""Call notes: kept for the staff who took the call, without personal data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select

from assistant.records.acting import acting_as
from assistant.records.calls_schema import call_note
from assistant.records.core import Core, code, moment, stamp
from assistant.records.errors import RecordsError
from flows.permissions import Deed, Staff

PAGE = 50
"""Notes that are listed at once."""

LONGEST = 4_000
"""Characters of a note at most."""

_PERSONAL = re.compile(r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|[0-9]{15}|1[3-9][0-9]{9})(?![0-9])|\S+@\S+\.\S+")
"""ID numbers, mobile numbers and e-mail addresses: a note that holds one is not kept."""


@dataclass(frozen=True)
class CallNote:
    """A kept note of a call.

    Args:
        reference: What the caller may quote; it leads to no person.
        topic: What the call was about, on one line.
    """

    reference: str
    staff: str
    at: datetime
    topic: str
    text: str


class CallNotes:
    """The notes, within one transaction."""

    def __init__(self, core: Core) -> None:
        """Work in ``core``'s transaction."""
        self._core = core

    def keep(self, reference: str, topic: str, text: str, *, by: Staff, now: datetime) -> CallNote:
        """Keep a note of a call.

        Raises:
            RoleRefused: This person takes no calls.
            RecordsError: The note holds the number or address of a person, or is too long.
        """
        role = acting_as(by, Deed.NOTE_CALL, reference, now=now)
        if len(text) > LONGEST or _PERSONAL.search(f"{topic} {text}"):
            raise RecordsError("call-note-personal")
        row = {"reference": reference, "staff": by.id, "at": stamp(now), "topic": topic, "text": text}
        self._core.connection.execute(insert(call_note).values(row))
        self._core.note(Deed.NOTE_CALL.value, reference, now=now, role=role, actor=by.id)
        return CallNote(reference, by.id, moment(row["at"]), topic, text)

    def listed(self, *, by: Staff, now: datetime, page: int = 0) -> tuple[CallNote, ...]:
        """Return this person's own notes, the newest first, a page at a time.

        Raises:
            RoleRefused: This person takes no calls.
        """
        acting_as(by, Deed.NOTE_CALL, "list", now=now)
        rows = self._core.connection.execute(
            select(call_note)
            .where(call_note.c.staff == by.id)
            .order_by(call_note.c.id.desc())
            .limit(PAGE)
            .offset(page * PAGE)
        )
        return tuple(CallNote(row.reference, row.staff, moment(row.at), row.topic, row.text) for row in rows)


def new_reference() -> str:
    """Make the reference of a call, such as ``C-7KQ2-M9XA``."""
    return f"C-{code(8)}"
