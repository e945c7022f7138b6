"""The audit trail: who did what, append-only, each entry holding the hash of the one before.

An edited, inserted or removed entry breaks the chain. So that whoever can write the file cannot also work the
hashes out anew or cut entries off the end, number and hash of the newest entry are kept beside the chain
under a code made with the installation's key. What this cannot show is a whole older database put in the
place of this one: for that an operator keeps the head (:attr:`ChainVerdict.head`, printed by ``chengnuo db
verify``) elsewhere and hands it to :func:`verify` as the anchor.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from assistant.records import schema
from assistant.records.encryption import Cipher

FIRST = "0" * 64


@dataclass(frozen=True)
class ChainVerdict:
    """What came of going through the chain.

    Attributes:
        ok: Whether it is whole.
        at: Number of the first entry that does not fit or is missing, or ``None``.
        head: Hash of the last entry that fits.
        entries: How many fit.
    """

    ok: bool
    at: int | None
    head: str
    entries: int


def start(connection: Connection, cipher: Cipher) -> None:
    """Begin the trail of a new database."""
    connection.execute(insert(schema.audit_head).values(id=1, seq=0, mac=_mac(cipher, 0, FIRST)))


def append(
    connection: Connection,
    cipher: Cipher,
    *,
    at: str,
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
    row = (seq, at, role, actor, action, subject, written, previous)
    names = ("seq", "at", "role", "actor", "action", "subject", "details", "previous")
    newest = _hash(row)
    connection.execute(insert(schema.audit).values(**dict(zip(names, row, strict=True)), hash=newest))
    # A trail that was cut goes on, but its head stays where it was: it must not become whole again.
    connection.execute(
        update(schema.audit_head)
        .where(schema.audit_head.c.seq == seq - 1, schema.audit_head.c.mac == _mac(cipher, seq - 1, previous))
        .values(seq=seq, mac=_mac(cipher, seq, newest))
    )


def verify(connection: Connection, cipher: Cipher, anchor: tuple[int, str] | None = None) -> ChainVerdict:
    """Go through the chain from its first entry.

    Args:
        connection: Where to read.
        cipher: The installation's, for the head's code.
        anchor: Number of entries and head as they were noted elsewhere some time ago.
    """
    previous, expected = FIRST, 1
    for row in connection.execute(select(schema.audit).order_by(schema.audit.c.seq)):
        parts = (row.seq, row.at, row.role, row.actor, row.action, row.subject, row.details, row.previous)
        if row.seq != expected or row.previous != previous or row.hash != _hash(parts):
            return ChainVerdict(False, row.seq, previous, expected - 1)
        previous, expected = row.hash, expected + 1
        if anchor is not None and anchor[0] == row.seq and anchor[1] != row.hash:
            return ChainVerdict(False, row.seq, previous, expected - 1)
    entries = expected - 1
    head = connection.execute(select(schema.audit_head)).first()
    whole = head is not None and head.seq == entries and head.mac == _mac(cipher, entries, previous)
    if not whole or (anchor is not None and anchor[0] > entries):
        return ChainVerdict(False, expected, previous, entries)
    return ChainVerdict(True, None, previous, entries)


def _mac(cipher: Cipher, seq: int, newest: str) -> bytes:
    return cipher.index("audit-head", str(seq), newest)


def _hash(row: tuple[object, ...]) -> str:
    return hashlib.sha256(json.dumps(row, ensure_ascii=True).encode()).hexdigest()
