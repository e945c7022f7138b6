"""Counts wrong attempts in the database, so that a restart forgives nobody.

Five wrong attempts within 15 minutes lock what was tried for 15 minutes from the last of them. What is
locked is a code or an ID number, known or not, so that nothing can be learned from being locked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select

from assistant.records import schema
from assistant.records.core import Core, moment, stamp

MOST_ATTEMPTS = 5
WINDOW = timedelta(minutes=15)


def locked_until(core: Core, kind: str, subject: str, now: datetime) -> datetime | None:
    """Return until when ``subject`` may not be tried again, or ``None``."""
    attempt = schema.attempt
    # An attempt of the future was made before the clock was set back: it would lock for as long as that was.
    last = (
        core.connection.execute(
            select(attempt.c.at)
            .where(attempt.c.subject_idx == _index(core, kind, subject), attempt.c.at <= stamp(now))
            .order_by(attempt.c.id.desc())
            .limit(MOST_ATTEMPTS)
        )
        .scalars()
        .all()
    )
    if len(last) < MOST_ATTEMPTS or moment(last[0]) - moment(last[-1]) > WINDOW:
        return None
    until = moment(last[0]) + WINDOW
    return until if now < until else None


def failed(core: Core, kind: str, subject: str, now: datetime) -> datetime | None:
    """Count a wrong attempt; return until when ``subject`` is locked now, or ``None``."""
    core.connection.execute(
        insert(schema.attempt).values(subject_idx=_index(core, kind, subject), at=stamp(now))
    )
    return locked_until(core, kind, subject, now)


def succeeded(core: Core, kind: str, subject: str) -> None:
    """Forget the wrong attempts before a right one."""
    core.connection.execute(
        delete(schema.attempt).where(schema.attempt.c.subject_idx == _index(core, kind, subject))
    )


def _index(core: Core, kind: str, subject: str) -> bytes:
    return core.cipher.index(f"attempt-{kind}", subject)
