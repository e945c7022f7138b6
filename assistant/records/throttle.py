"""Counts wrong attempts in the database, so that a restart forgives nobody."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select

from assistant.records import schema
from assistant.records.core import Core, moment

MOST_ATTEMPTS = 5
WINDOW = timedelta(minutes=15)


def locked_until(core: Core, kind: str, subject: str, now: datetime) -> datetime | None:
    """Return until when ``subject`` may not be tried again, or ``None``."""
    index = core.cipher.index(f"attempt-{kind}", subject)
    since = (now - WINDOW).isoformat()
    found = core.connection.execute(
        select(func.count(), func.max(schema.attempt.c.at)).where(
            schema.attempt.c.subject_idx == index, schema.attempt.c.at > since
        )
    ).one()
    return moment(found[1]) + WINDOW if found[0] >= MOST_ATTEMPTS else None


def failed(core: Core, kind: str, subject: str, now: datetime) -> None:
    """Count a wrong attempt."""
    index = core.cipher.index(f"attempt-{kind}", subject)
    core.connection.execute(insert(schema.attempt).values(subject_idx=index, at=stamp(now)))


def succeeded(core: Core, kind: str, subject: str) -> None:
    """Forget the wrong attempts before a right one."""
    index = core.cipher.index(f"attempt-{kind}", subject)
    core.connection.execute(delete(schema.attempt).where(schema.attempt.c.subject_idx == index))
