"""The local verification source: known people and certificates, kept as blind indexes only.

An operator imports them from CSV; the results become visible 24 hours after an item was submitted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, insert, select

from assistant.records import schema
from assistant.records.accounts import Account, Accounts
from assistant.records.core import Core, moment, stamp
from flows.dossier import AcademicRecord
from flows.roles import Role
from flows.rules import academic, verification

SOURCE = "local-authority"

RESULTS: tuple[verification.Status, ...] = ("verified", "failed", "cannot-verify")
"""What a source can answer; anything else never arrives."""


@dataclass(frozen=True)
class Verification:
    """One item in verification: what it is, since when, when its result shows, what it is, who says so."""

    item: str
    submitted: datetime
    visible_at: datetime
    status: verification.Status
    source: str
    checked_at: datetime


class Authority:
    """The verification of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core
        self._accounts = Accounts(core)

    # What the source knows ---------------------------------------------------------------------------

    def know_person(self, id_number: str, name: str) -> None:
        """Know a person by ID number and name; a later word replaces an earlier one."""
        self._put(
            schema.authority_person,
            {"identity_idx": self._core.identity(id_number)},
            {"name_idx": self._core.name("person-name", name)},
        )

    def know_certificate(self, kind: str, number: str, *, name: str, level: str, year: str) -> None:
        """Know a certificate by kind and number, with the name, level and year that it was issued for."""
        self._put(
            schema.authority_certificate,
            {"certificate_idx": self._certificate(kind, number)},
            {"details_idx": self._details(name, level, year)},
        )

    def answer_for(
        self,
        id_number: str,
        item: str,
        result: str,
        *,
        source: str = SOURCE,
        checked_at: datetime | None = None,
    ) -> None:
        """Keep what a source answered for one person and item; it goes before the tables.

        This is where another source than the local one is plugged in (FAQ 15.1). ``unverified`` never
        arrives.

        Args:
            id_number: Whom it is about.
            item: ``identity``, ``education.0``, ``degree.0`` and so on.
            result: ``verified``, ``failed`` or ``cannot-verify``.
            source: Who says so.
            checked_at: When they looked; by default the moment at which the result is shown.
        """
        self._put(
            schema.authority_answer,
            {"identity_idx": self._core.identity(id_number), "item": item},
            {"result": result, "source": source, "checked_at": stamp(checked_at) if checked_at else None},
        )

    def _put(self, table: Table, key: dict[str, object], values: dict[str, object]) -> None:
        where = [table.c[name] == value for name, value in key.items()]
        if not self._core.connection.execute(table.update().where(*where).values(**values)).rowcount:
            self._core.connection.execute(insert(table).values(**key, **values))

    def _certificate(self, kind: str, number: str) -> bytes:
        return self._core.cipher.index("certificate", kind, self._core.identity(number).hex())

    def _details(self, name: str, level: str, year: str) -> bytes:
        return self._core.name("certificate-details", name, level, year)

    # Verification --------------------------------------------------------------------------------------

    def submit(self, account: str, items: Iterable[str], *, now: datetime) -> None:
        """Hand items in; one that was handed in before keeps its time."""
        held = set(
            self._core.connection.execute(
                select(schema.verification.c.item).where(schema.verification.c.account_id == account)
            ).scalars()
        )
        fresh = [item for item in items if item not in held]
        for item in fresh:
            self._core.connection.execute(
                insert(schema.verification).values(account_id=account, item=item, submitted_at=stamp(now))
            )
        details = {"items": len(fresh)}
        self._core.note("submit-verification", account, now=now, role=Role.CANDIDATE, details=details)

    def verifications(self, account: str, now: datetime) -> tuple[Verification, ...]:
        """Return every item with the status that may be shown at ``now`` (FAQ 7.2, 18.5)."""
        rows = self._core.connection.execute(
            select(schema.verification).where(schema.verification.c.account_id == account)
        ).all()
        if not rows:
            return ()
        person = self._accounts.account(account)
        records = {record.item: record for record in self._accounts.saved_records(account)}
        return tuple(
            self._verification(row.item, moment(row.submitted_at), person, records, now) for row in rows
        )

    def _verification(
        self,
        item: str,
        submitted: datetime,
        person: Account,
        records: dict[str, AcademicRecord],
        now: datetime,
    ) -> Verification:
        record, fixed = records.get(item), self._fixed(person, item)
        result = fixed.result if fixed is not None else self._looked_up(item, person, record)
        if result == "verified" and record is not None and academic.online_verifiable(record) is not None:
            # What lies before the registers cannot be verified online, whatever a source says (FAQ 18.1).
            result = "cannot-verify"
        arrived = next((each for each in RESULTS if each == result), None)
        shown_at = verification.visible_at(submitted)
        return Verification(
            item,
            submitted,
            shown_at,
            verification.status_of(submitted, arrived, now),
            fixed.source if fixed is not None else SOURCE,
            moment(fixed.checked_at) if fixed is not None and fixed.checked_at else shown_at,
        )

    def _fixed(self, person: Account, item: str) -> Row[Any, Any, Any] | None:
        answer = schema.authority_answer
        return self._core.connection.execute(
            select(answer.c.result, answer.c.source, answer.c.checked_at).where(
                answer.c.identity_idx == self._core.identity(person.id_number), answer.c.item == item
            )
        ).first()

    def _looked_up(self, item: str, person: Account, record: AcademicRecord | None) -> str:
        if item == "identity":
            return self._person(person)
        if record is None or academic.online_verifiable(record) is not None:
            return "cannot-verify"
        return self._record(person, record)

    def _person(self, person: Account) -> str:
        if person.id_type != "resident-id":
            return "cannot-verify"
        known = self._core.connection.execute(
            select(schema.authority_person.c.name_idx).where(
                schema.authority_person.c.identity_idx == self._core.identity(person.id_number)
            )
        ).scalar()
        return _compared(known, self._core.name("person-name", person.name))

    def _record(self, person: Account, record: AcademicRecord) -> str:
        known = self._core.connection.execute(
            select(schema.authority_certificate.c.details_idx).where(
                schema.authority_certificate.c.certificate_idx
                == self._certificate(record.kind, record.fields.get("certificate", ""))
            )
        ).scalar()
        return _compared(known, self._details(person.name, record.fields.get("level", ""), record.when[:4]))


def _compared(known: bytes | None, stated: bytes) -> str:
    if known is None:
        return "cannot-verify"
    return "verified" if known == stated else "failed"
