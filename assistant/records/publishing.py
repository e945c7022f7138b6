"""The integrity file as a list, publicity of decisions, and papers that leave the house (FAQ 16.2, 16.3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, exists, insert, or_, select

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, code, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.false_promises import CaseRow, FalsePromises, Person
from assistant.records.justice_schema import decision_effect, false_promise, publication, sent_paper
from flows.casework.false_promise import STANDS
from flows.casework.measures import MEASURES
from flows.permissions import Deed, Staff

PAGE = 50


@dataclass(frozen=True)
class Blacklisted:
    """A record of the integrity file that runs, the person masked; ``until`` is ``None`` for long-term."""

    id: int
    case: CaseRow
    basis: str
    begins: date
    until: date | None


@dataclass(frozen=True)
class Publication:
    """An entry of publicity: the case, masked, with its first and last day; ``id`` is its place in order."""

    id: int
    number: str
    name: str
    id_number: str
    measure: str
    begins: date
    until: date
    at: datetime


@dataclass(frozen=True)
class CreditEntry:
    """What the credit platform is told of one record; ``ended`` once the decision is revoked."""

    number: str
    person: Person
    exam: str
    year: int
    measure: str
    basis: str
    begins: date
    until: date | None
    ended: bool


@dataclass(frozen=True)
class Sent:
    """A paper that left the house, byte for byte."""

    number: str
    kind: str
    file: bytes
    sha256: str
    at: datetime


class Publishing:
    """The publicity of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core
        self._cases = FalsePromises(core)

    def blacklist(
        self, *, by: Staff, now: datetime, after: Blacklisted | None = None, size: int = PAGE
    ) -> tuple[Blacklisted, ...]:
        """Return a page of the records that run today and rest on a case, in the order they were made.

        There is no second list: this is the integrity file, seen through the cases that wrote it.
        """
        acting_as(by, Deed.SEE_BLACKLIST, "blacklist", now=now)
        self._cases.bring_into_force(now)
        record, today = schema.integrity_record, now.date().isoformat()
        rows = self._core.connection.execute(
            select(record, decision_effect.c.number)
            .join(decision_effect, decision_effect.c.integrity_id == record.c.id)
            .where(
                record.c.id > (after.id if after else 0),
                decision_effect.c.ended_at.is_(None),
                record.c.begins <= today,
                or_(record.c.until.is_(None), record.c.until >= today),
            )
            .order_by(record.c.id)
            .limit(size)
        )
        return tuple(
            Blacklisted(
                row.id,
                self._cases.listed(self._cases.row(row.number)),
                row.basis,
                date.fromisoformat(row.begins),
                date.fromisoformat(row.until) if row.until else None,
            )
            for row in rows
        )

    # Publicity -----------------------------------------------------------------------------------------

    def publish_decision(self, number: str, *, begins: date, until: date, by: Staff, now: datetime) -> None:
        """Make a decision in force public, with the person masked, between two days.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such case, it is not in force, or the period is empty.
        """
        args = {"from": begins.isoformat(), "until": until.isoformat()}
        self._cases.work_false_promise(number, "publish", by=by, now=now, args=args)
        shown = self._cases.listed(self._cases.row(number))
        self._core.connection.execute(
            insert(publication).values(
                number=number,
                act="publish",
                name=shown.name,
                id_number=shown.id_number,
                measure=shown.measure,
                begins=args["from"],
                until=args["until"],
                at=stamp(now),
                staff=by.id,
            )
        )

    def publications(
        self, today: date, *, after: Publication | None = None, size: int = PAGE
    ) -> tuple[Publication, ...]:
        """Return a page of what is public today: the newest entry of each case, unless it was taken back."""
        day, newer = today.isoformat(), publication.alias()
        rows = self._core.connection.execute(
            select(publication)
            .where(
                publication.c.id > (after.id if after else 0),
                publication.c.act == "publish",
                publication.c.begins <= day,
                publication.c.until >= day,
                ~exists().where(newer.c.number == publication.c.number, newer.c.id > publication.c.id),
            )
            .order_by(publication.c.id)
            .limit(size)
        )
        return tuple(
            Publication(
                row.id,
                row.number,
                row.name,
                row.id_number,
                row.measure,
                date.fromisoformat(row.begins),
                date.fromisoformat(row.until),
                moment(row.at),
            )
            for row in rows
        )

    # Papers that leave the house -------------------------------------------------------------------------

    def credit_entries(self, *, by: Staff, now: datetime) -> tuple[CreditEntry, ...]:
        """Return every record that a decision wrote, with those that a revocation ended.

        The platform knows people by their number, so that these entries hold it whole: they are for the file
        of :mod:`assistant.crediting` alone, and no screen shows them.

        Raises:
            RoleRefused: The role may not.
        """
        acting_as(by, Deed.EXPORT_CREDIT, "credit-export", now=now)
        self._cases.bring_into_force(now)
        record, effect, case = schema.integrity_record, decision_effect, false_promise
        rows = self._core.connection.execute(
            select(case, record.c.basis, record.c.begins, record.c.until, effect.c.ended_at)
            .join(effect, and_(effect.c.number == case.c.number, effect.c.kind == "integrity"))
            .join(record, record.c.id == effect.c.integrity_id)
            .order_by(effect.c.id)
        )
        of = {each.basis: each.id for each in MEASURES.values()}
        return tuple(
            CreditEntry(
                row.number,
                self._cases.person(row),
                row.exam,
                row.year,
                row.measure or of[row.basis],
                row.basis,
                date.fromisoformat(row.begins),
                date.fromisoformat(row.until) if row.until else None,
                row.ended_at is not None,
            )
            for row in rows
        )

    def keep_export(self, file: bytes, *, by: Staff, now: datetime) -> Sent:
        """Keep an export for the credit platform, so that it can be handed over again byte for byte."""
        return self._keep("credit-export", Deed.EXPORT_CREDIT, f"C{code(8)}", file, by, now)

    def keep_employer_letter(self, number: str, file: bytes, *, by: Staff, now: datetime) -> Sent:
        """Keep a letter to an employer; ``number`` is the case, whose decision must be in force.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such case, or its decision is not in force.
        """
        self.told_employer(number, by=by, now=now)
        return self._keep("employer-letter", Deed.WRITE_TO_EMPLOYER, number, file, by, now)

    def told_employer(self, number: str, *, by: Staff, now: datetime) -> CreditEntry:
        """Return what the letter to the employer says of a case.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such case, or its decision is not in force.
        """
        acting_as(by, Deed.WRITE_TO_EMPLOYER, number, now=now)
        row = self._cases.due(self._cases.row(number), now)
        if row.state not in STANDS or row.in_force_at is None:
            raise RecordsError("case-not-in-force", {"number": number})
        record, effect = schema.integrity_record, decision_effect
        held = self._core.connection.execute(
            select(record)
            .join(effect, effect.c.integrity_id == record.c.id)
            .where(effect.c.number == number, effect.c.ended_at.is_(None))
        ).first()
        found = MEASURES[row.measure]
        begins = date.fromisoformat(held.begins) if held else moment(row.in_force_at).date()
        until = date.fromisoformat(held.until) if held and held.until else None
        return CreditEntry(
            number,
            self._cases.person(row),
            row.exam,
            row.year,
            found.id,
            found.basis,
            begins,
            until,
            False,
        )

    def sent(self, number: str, *, by: Staff, now: datetime) -> Sent:
        """Return a paper that was sent before, unchanged; handing it out again is noted.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such paper.
        """
        row = self._core.connection.execute(
            select(sent_paper).where(sent_paper.c.number == number).order_by(sent_paper.c.id.desc())
        ).first()
        if row is None:
            raise RecordsError("paper-unknown", {"number": number})
        deed = Deed.EXPORT_CREDIT if row.kind == "credit-export" else Deed.WRITE_TO_EMPLOYER
        role = acting_as(by, deed, number, now=now)
        self._core.note(f"again:{row.kind}", number, now=now, role=role, actor=by.id)
        file = self._core.cipher.decrypt(row.file_enc, f"sent_paper|{number}|{row.sha256}")
        return Sent(number, row.kind, file, row.sha256, moment(row.at))

    def _keep(self, kind: str, deed: Deed, number: str, file: bytes, by: Staff, now: datetime) -> Sent:
        role, digest = acting_as(by, deed, number, now=now), hashlib.sha256(file).hexdigest()
        self._core.connection.execute(
            insert(sent_paper).values(
                kind=kind,
                number=number,
                file_enc=self._core.cipher.encrypt(file, f"sent_paper|{number}|{digest}"),
                sha256=digest,
                at=stamp(now),
                staff=by.id,
            )
        )
        self._core.note(kind, number, now=now, role=role, actor=by.id, details={"sha256": digest})
        return Sent(number, kind, file, digest, now)
