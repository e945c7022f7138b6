"""The audit trail: who did what, append-only, each entry holding the hash of the one before.

An edited, inserted or removed entry breaks the chain. Entries cut off at the end do not: to notice that,
the newest hash has to be kept elsewhere, for which :func:`head` gives it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from assistant.records import schema

FIRST = "0" * 64


@dataclass(frozen=True)
class ChainVerdict:
    """Whether the chain is whole; ``at`` is the first entry that does not fit, ``head`` the newest hash."""

    ok: bool
    at: int | None
    head: str
    entries: int


def append(
    connection: Connection,
    *,
    at: datetime,
    role: str,
    actor: str,
    action: str,
    subject: str,
    details: Mapping[str, str | int] | None = None,
) -> None:
    """Add an entry. ``subject`` is a resume code or an account's id; no personal data in any part."""
    last = connection.execute(
        select(schema.audit.c.seq, schema.audit.c.hash).order_by(schema.audit.c.seq.desc()).limit(1)
    ).first()
    seq, previous = (last.seq + 1, last.hash) if last else (1, FIRST)
    written = json.dumps(dict(details or {}), sort_keys=True, ensure_ascii=True)
    row = (seq, at.isoformat(), role, actor, action, subject, written, previous)
    names = ("seq", "at", "role", "actor", "action", "subject", "details", "previous")
    connection.execute(insert(schema.audit).values(**dict(zip(names, row, strict=True)), hash=_hash(row)))


def verify(connection: Connection) -> ChainVerdict:
    """Go through the chain from its first entry."""
    previous, expected = FIRST, 1
    for row in connection.execute(select(schema.audit).order_by(schema.audit.c.seq)):
        parts = (row.seq, row.at, row.role, row.actor, row.action, row.subject, row.details, row.previous)
        if row.seq != expected or row.previous != previous or row.hash != _hash(parts):
            return ChainVerdict(False, row.seq, previous, expected - 1)
        previous, expected = row.hash, expected + 1
    return ChainVerdict(True, None, previous, expected - 1)


def head(connection: Connection) -> tuple[int, str]:
    """Return number and hash of the newest entry, to be kept elsewhere."""
    count = connection.execute(select(func.max(schema.audit.c.seq))).scalar() or 0
    found = connection.execute(select(schema.audit.c.hash).where(schema.audit.c.seq == count)).scalar()
    return count, found or FIRST


def _hash(row: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(row, ensure_ascii=True).encode()).hexdigest()
