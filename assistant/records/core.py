"""What every part of the store works with inside one transaction."""

from __future__ import annotations

import secrets
import unicodedata
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection

from assistant.clock import CHINA, in_china
from assistant.records import audit
from assistant.records.encryption import Cipher
from flows.roles import Role

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""For codes that people write down: nothing that is mistaken for something else."""


Draw = Callable[[int], int]
"""Draws a number below the one given; in the classroom the same ones at every playing."""


@dataclass(frozen=True)
class Core:
    """The connection of one transaction, the cipher of the store, and where its numbers are drawn from."""

    connection: Connection
    cipher: Cipher
    draw: Draw = secrets.randbelow

    def id(self) -> str:
        """Make the id of something stored, unique for good."""
        return uuid.UUID(int=self.draw(1 << 128), version=4).hex

    def note(
        self,
        action: str,
        subject: str,
        *,
        now: datetime,
        role: Role,
        actor: str = "",
        details: Mapping[str, str | int] | None = None,
    ) -> None:
        """Write an entry of the audit trail."""
        audit.append(
            self.connection,
            self.cipher,
            at=stamp(now),
            role=role.value,
            actor=actor,
            action=action,
            subject=subject,
            details=details,
        )

    def identity(self, id_number: str) -> bytes:
        """Return the blind index of an ID number, whatever its case and width."""
        return self.cipher.index("identity", unicodedata.normalize("NFKC", id_number).strip().upper())

    def name(self, kind: str, name: str, *more: str) -> bytes:
        """Return the blind index of a name; only its composed form counts, nothing else is folded."""
        return self.cipher.index(kind, unicodedata.normalize("NFC", name).strip(), *more)

    def mobile(self, mobile: str) -> bytes:
        """Return the blind index of a mobile number."""
        return self.cipher.index("mobile", unicodedata.normalize("NFKC", mobile).strip())


def code(length: int, draw: Draw = secrets.randbelow) -> str:
    """Make a random code of ``length`` characters, in groups of four."""
    drawn = "".join(ALPHABET[draw(len(ALPHABET))] for _ in range(length))
    return "-".join(drawn[start : start + 4] for start in range(0, length, 4))


def stamp(now: datetime) -> str:
    """Write a time as it is stored: in UTC and always as long, so that texts compare as the times do."""
    return in_china(now).astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """Read a stored time, in China Standard Time."""
    return datetime.fromisoformat(text).astimezone(CHINA)
