"""What happens to a registration: letters, the integrity file, earlier passes, payment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records import schema
from assistant.records.core import Core, code, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.justice_schema import decision_effect
from assistant.records.registrations import code_of
from flows.roles import Role


@dataclass(frozen=True)
class Letter:
    """A sealed commitment letter; ``superseded_at`` once another one or nothing stands in its place."""

    number: int
    file: bytes
    sha256: str
    sealed_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True)
class IntegrityEntry:
    """A record in the integrity file; ``until`` is ``None`` for a long-term one."""

    basis: str
    begins: date
    until: date | None


@dataclass(frozen=True)
class Payment:
    """A payment that was received."""

    slip: str
    receipt: str
    role: Role
    paid_at: datetime


class Proceedings:
    """The proceedings of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    # Letters -------------------------------------------------------------------------------------------

    def seal_letter(self, registration: str, *, file: bytes, sha256: str, now: datetime) -> int:
        """Keep a sealed letter; returns its number. Earlier ones stay: see :meth:`supersede_letters`.

        Raises:
            RecordsError: The registration is confirmed.
        """
        number = 1 + (
            self._core.connection.execute(
                select(func.max(schema.letter.c.number)).where(
                    schema.letter.c.registration_id == registration
                )
            ).scalar()
            or 0
        )
        place = f"letter|{number}|{registration}"
        try:
            self._core.connection.execute(
                insert(schema.letter).values(
                    registration_id=registration,
                    number=number,
                    file_enc=self._core.cipher.encrypt(file, place),
                    sha256=sha256,
                    sealed_at=stamp(now),
                )
            )
        except IntegrityError as error:
            raise RecordsError("confirmed-locked-store") from error
        self._note("sign", registration, now, Role.CANDIDATE, details={"sha256": sha256})
        return number

    def supersede_letters(self, registration: str, *, now: datetime) -> None:
        """Mark every standing letter as superseded."""
        changed = self._core.connection.execute(
            update(schema.letter)
            .where(schema.letter.c.registration_id == registration, schema.letter.c.superseded_at.is_(None))
            .values(superseded_at=stamp(now))
        )
        if changed.rowcount:
            self._note("supersede-letter", registration, now, Role.CANDIDATE)

    def letters(self, registration: str) -> tuple[Letter, ...]:
        """Return all letters of a registration, oldest first."""
        rows = self._core.connection.execute(
            select(schema.letter)
            .where(schema.letter.c.registration_id == registration)
            .order_by(schema.letter.c.number)
        )
        return tuple(
            Letter(
                row.number,
                self._core.cipher.decrypt(row.file_enc, f"letter|{row.number}|{registration}"),
                row.sha256,
                moment(row.sealed_at),
                moment(row.superseded_at) if row.superseded_at else None,
            )
            for row in rows
        )

    # Files on a person ---------------------------------------------------------------------------------

    def integrity(self, _id_type: str, id_number: str) -> tuple[IntegrityEntry, ...]:
        """Return the integrity-file records of a person, running or over; a revoked decision has none."""
        ended = exists().where(
            decision_effect.c.integrity_id == schema.integrity_record.c.id,
            decision_effect.c.ended_at.is_not(None),
        )
        rows = self._core.connection.execute(
            select(schema.integrity_record)
            .where(schema.integrity_record.c.identity_idx == self._core.identity(id_number), ~ended)
            .order_by(schema.integrity_record.c.id)
        )
        return tuple(
            IntegrityEntry(
                row.basis,
                date.fromisoformat(row.begins),
                date.fromisoformat(row.until) if row.until else None,
            )
            for row in rows
        )

    def add_integrity(
        self, id_number: str, *, basis: str, begins: date, until: date | None, now: datetime
    ) -> None:
        """Put a record in the integrity file."""
        self._core.connection.execute(
            insert(schema.integrity_record).values(
                identity_idx=self._core.identity(id_number),
                basis=basis,
                begins=begins.isoformat(),
                until=until.isoformat() if until else None,
                added_at=stamp(now),
            )
        )
        self._core.note("add-integrity", basis, now=now, role=Role.SYSTEM)

    def earlier_passes(self, _id_type: str, id_number: str) -> tuple[tuple[str, str, str, int], ...]:
        """Return exam, level, subject and year of every subject the person passed before.

        What a decision in force made invalid is not among them (FAQ 16.1).
        """
        found, effect = schema.earlier_pass, decision_effect
        void = exists().where(
            and_(
                effect.c.identity_idx == found.c.identity_idx,
                effect.c.kind == "results",
                effect.c.exam == found.c.exam,
                effect.c.year == found.c.year,
                or_(effect.c.subject.is_(None), effect.c.subject == found.c.subject),
                effect.c.ended_at.is_(None),
            )
        )
        rows = self._core.connection.execute(
            select(found)
            .where(found.c.identity_idx == self._core.identity(id_number), ~void)
            .order_by(found.c.year)
        )
        return tuple((row.exam, row.level, row.subject, row.year) for row in rows)

    def add_earlier_pass(self, id_number: str, *, exam: str, level: str, subject: str, year: int) -> None:
        """Put a passed subject in the archive of results."""
        self._core.connection.execute(
            insert(schema.earlier_pass).values(
                identity_idx=self._core.identity(id_number),
                exam=exam,
                level=level,
                subject=subject,
                year=year,
            )
        )

    # Payment -------------------------------------------------------------------------------------------

    def payment_slip(self, registration: str, *, now: datetime) -> str:
        """Make the slip that the fee is paid against, or return the one that is there."""
        known = self._core.connection.execute(
            select(schema.payment.c.slip).where(schema.payment.c.registration_id == registration)
        ).scalar()
        if known:
            return str(known)
        slip = f"P{code(8, self._core.draw)}"
        self._core.connection.execute(
            insert(schema.payment).values(slip=slip, registration_id=registration, made_at=stamp(now))
        )
        return slip

    def payment(self, registration: str) -> Payment | None:
        """Return the payment once it is received."""
        row = self._core.connection.execute(
            select(schema.payment).where(
                schema.payment.c.registration_id == registration, schema.payment.c.paid_at.is_not(None)
            )
        ).first()
        return Payment(row.slip, row.receipt, Role(row.role), moment(row.paid_at)) if row else None

    def _note(
        self,
        action: str,
        registration: str,
        now: datetime,
        role: Role,
        *,
        actor: str = "",
        details: dict[str, str | int] | None = None,
    ) -> None:
        subject = code_of(self._core, registration)
        self._core.note(action, subject, now=now, role=role, actor=actor, details=details)
