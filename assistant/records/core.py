"""What every part of the store works with inside one transaction."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from assistant.records import audit
from assistant.records.encryption import Cipher
from flows.roles import Role

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""For codes that people write down: nothing that is mistaken for something else."""


@dataclass(frozen=True)
class Core:
    """The connection of one transaction and the cipher of the store."""

    connection: Connection
    cipher: Cipher

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
            at=now,
            role=role.value,
            actor=actor,
            action=action,
            subject=subject,
            details=details,
        )

    def identity(self, id_number: str) -> bytes:
        """Return the blind index of an ID number, whatever its case."""
        return self.cipher.index("identity", id_number.strip().upper())


def code(length: int) -> str:
    """Make a random code of ``length`` characters, in groups of four."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(length))
    return "-".join(drawn[start : start + 4] for start in range(0, length, 4))


def moment(text: str) -> datetime:
    """Read a stored time."""
    return datetime.fromisoformat(text)
