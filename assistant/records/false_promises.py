"""Cases on false promises in the store, and what a decision does on the day it comes into force (FAQ 16)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, tuple_, update

from assistant.clock import in_china
from assistant.records import schema
from assistant.records.accounts import Accounts
from assistant.records.acting import acting_as
from assistant.records.case_files import CaseFile
from assistant.records.core import Core, code, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.justice_schema import (
    decision_effect,
    false_promise,
    false_promise_event,
    publication,
)
from assistant.records.registrations import Registrations
from flows.casework import model
from flows.casework.false_promise import FALSE_PROMISE, decision, finding, measure, until
from flows.casework.measures import Measure, last_day
from flows.dossier import Value
from flows.masking import masked_name
from flows.permissions import Deed, Staff
from flows.roles import Role
from flows.rules.identity import mask_id_number

PAGE = 50


@dataclass(frozen=True)
class Person:
    """Whom a case is about."""

    name: str
    id_type: str
    id_number: str


@dataclass(frozen=True)
class CaseRow:
    """A case as lists show it: the person is masked."""

    number: str
    name: str
    id_number: str
    exam: str
    year: int
    opened_at: datetime
    state: str
    measure: str | None
    in_force_at: datetime | None


@dataclass(frozen=True)
class Consequence:
    """What a decision in force means for a registration: number of the case, and the measure."""

    number: str
    measure: str


class FalsePromises:
    """The false-promise cases of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core
        self._file = CaseFile(core, FALSE_PROMISE, false_promise_event)

    def open_false_promise(
        self,
        person: Person,
        *,
        source: str,
        why: str,
        exam: str,
        year: int,
        by: Staff,
        now: datetime,
        registration: str | None = None,
        report: str = "",
    ) -> str:
        """Open a case; returns its number.

        Args:
            person: Whom it is about.
            source: One of :data:`flows.casework.false_promise.SOURCES`.
            why: What was found.
            exam: The examination.
            year: The year of the sitting.
            by: Who opens it.
            now: When.
            registration: The registration with the promise, where it was made here: it must be confirmed.
            report: Number of the report that led to it.

        Raises:
            RoleRefused: The role may not.
            RecordsError: The reason is its code.
        """
        number, args = f"F{code(8, self._core.draw)}", finding(source, why, report=report)
        self._file.judge(FALSE_PROMISE.new(), number, "open", by=by, now=now, args=args)
        if not person.name.strip() or not person.id_number.strip():
            raise RecordsError("case-person-missing")
        if registration is not None:
            confirmed = self._core.connection.execute(
                select(schema.registration.c.confirmed_at).where(schema.registration.c.id == registration)
            ).scalar()
            if confirmed is None:
                raise RecordsError("case-not-confirmed")
        written = json.dumps(asdict(person), ensure_ascii=False)
        self._core.connection.execute(
            insert(false_promise).values(
                number=number,
                identity_idx=self._core.identity(person.id_number),
                person_enc=self._core.cipher.encrypt(written, f"false_promise|{number}"),
                registration_id=registration,
                exam=exam,
                year=year,
                opened_at=stamp(now),
                state="found",
            )
        )
        self._file.make(number, "open", by=by, now=now, args=args)
        return number

    def open_on_registration(
        self,
        code: str,
        *,
        source: str,
        why: str,
        year: int,
        by: Staff,
        now: datetime,
        report: str = "",
    ) -> str:
        """Open a case on a registration made here; returns its number.

        The person is taken from the account, so that nobody at the desk has to see or type an ID number.

        Args:
            code: The registration code.
            source: As :meth:`open_false_promise`, and so are the others.
            why: What was found.
            year: The year of the sitting.
            by: Who opens it.
            now: When.
            report: Number of the report that led to it.

        Raises:
            RoleRefused: The role may not.
            RecordsError: No confirmed registration has this code, or the reason is its code.
        """
        registrations = Registrations(self._core)
        found = registrations.find(code)
        if found is None:
            raise RecordsError("case-registration-unknown", {"code": code})
        held = registrations.load(found)
        if held.account is None:
            raise RecordsError("case-not-confirmed")
        known = Accounts(self._core).account(held.account)
        return self.open_false_promise(
            Person(known.name, known.id_type, known.id_number),
            source=source,
            why=why,
            exam=held.dossier.text("exam"),
            year=year,
            by=by,
            now=now,
            registration=found,
            report=report,
        )

    def work_false_promise(
        self,
        number: str,
        move: str,
        *,
        by: Staff | None,
        now: datetime,
        args: Mapping[str, Value] = model.NOTHING,
    ) -> model.Case:
        """Make a move of :data:`flows.casework.false_promise.FALSE_PROMISE`, with its effects at once.

        Publishing has an act of its own (:meth:`assistant.records.publishing.Publishing.publish_decision`).

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such case, or it cannot be done: the reason is its code.
        """
        return self._make(number, move, by, now, args, noted=now)

    def _make(
        self,
        number: str,
        move: str,
        by: Staff | None,
        now: datetime,
        args: Mapping[str, Value],
        *,
        noted: datetime,
    ) -> model.Case:
        row = self.row(number)
        now = in_china(now)
        case = self._file.make(number, move, by=by, now=now, args=args, noted=noted)
        held = measure(case)
        begins = case.state == "in-force" and row.in_force_at is None
        self._core.connection.execute(
            update(false_promise)
            .where(false_promise.c.number == number)
            .values(
                state=case.state,
                measure=held.id if held else None,
                in_force_at=stamp(now) if begins else row.in_force_at,
            )
        )
        if begins and held is not None:
            self._begin(row, held, case, now, noted)
        if move == "revoke" and row.in_force_at is not None:
            self._end(row, now, by)
        return case

    def bring_into_force(self, now: datetime, *, id_number: str) -> None:
        """Bring the decisions on a person into force whose time for a review is over.

        Nobody has to press for it: a candidate's turn asks it of their own number, lists of their rows.
        """
        found = self._core.connection.execute(
            select(false_promise).where(
                false_promise.c.identity_idx == self._core.identity(id_number),
                false_promise.c.state == "served",
            )
        )
        for row in found.all():
            self._due(row, now)

    def _due(self, row: Row[Any], now: datetime) -> Row[Any]:
        """Put a served decision into force once its period is over: on that day, whoever looks and when."""
        if row.state != "served":
            return row
        ended = until(self._file.case(row.number), "serve")
        if ended is None or now < ended:
            return row
        self._make(row.number, "take-effect", None, ended, model.NOTHING, noted=now)
        return self.row(row.number)

    def _begin(self, row: Row[Any], held: Measure, case: model.Case, now: datetime, noted: datetime) -> None:
        common: dict[str, Any] = {
            "number": row.number,
            "identity_idx": row.identity_idx,
            "exam": row.exam,
            "year": row.year,
            "began_at": stamp(now),
        }
        decided = decision(case)
        if row.registration_id is not None:
            self._effect(kind="registration", registration_id=row.registration_id, **common)
        if held.results != "none":
            subject = decided.text("subject") if decided and held.results == "subject" else None
            self._effect(kind="results", subject=subject, **common)
        if held.record != "none":
            last = last_day(held, now.date())
            made = self._core.connection.execute(
                insert(schema.integrity_record).values(
                    identity_idx=row.identity_idx,
                    basis=held.basis,
                    begins=now.date().isoformat(),
                    until=last.isoformat() if last else None,
                    added_at=stamp(now),
                )
            )
            assert made.inserted_primary_key is not None
            self._effect(kind="integrity", integrity_id=made.inserted_primary_key[0], **common)
            self._core.note("add-integrity", row.number, now=noted, role=Role.SYSTEM)

    def _effect(self, **values: Any) -> None:
        self._core.connection.execute(insert(decision_effect).values(**values))

    def _end(self, row: Row[Any], now: datetime, by: Staff | None) -> None:
        """End what a revoked decision did, and take it out of publicity."""
        self._core.connection.execute(
            update(decision_effect)
            .where(decision_effect.c.number == row.number, decision_effect.c.ended_at.is_(None))
            .values(ended_at=stamp(now))
        )
        self._core.note("end-effects", row.number, now=now, role=Role.SYSTEM)
        shown = self._core.connection.execute(
            select(publication).where(publication.c.number == row.number).order_by(publication.c.id.desc())
        ).first()
        if shown is not None and shown.act == "publish":
            values = {**shown._mapping, "act": "withdraw", "at": stamp(now), "staff": by.id if by else ""}
            self._core.connection.execute(
                insert(publication).values({key: each for key, each in values.items() if key != "id"})
            )

    # Reading -------------------------------------------------------------------------------------------

    def false_promise(self, number: str, *, by: Staff, now: datetime) -> model.Case:
        """Return a case with what happened to it; looking is noted."""
        role = acting_as(by, Deed.SEE_FALSE_PROMISES, number, now=now)
        self._due(self.row(number), now)
        self._core.note("view:false-promise", number, now=now, role=role, actor=by.id)
        return self._file.case(number)

    def false_promises(
        self,
        *,
        by: Staff,
        now: datetime,
        state: str | None = None,
        after: CaseRow | None = None,
        size: int = PAGE,
    ) -> tuple[CaseRow, ...]:
        """Return a page of cases, oldest first, the persons masked; ``after`` is the last row before it."""
        acting_as(by, Deed.SEE_FALSE_PROMISES, "false-promises", now=now)
        table = false_promise
        query = select(table)
        if state is not None:
            query = query.where(table.c.state == state)
        if after is not None:
            place = tuple_(table.c.opened_at, table.c.number)
            query = query.where(place > (stamp(after.opened_at), after.number))
        rows = self._core.connection.execute(query.order_by(table.c.opened_at, table.c.number).limit(size))
        return tuple(self.listed(self._due(row, now)) for row in rows.all())

    def false_promise_row(self, number: str, *, by: Staff, now: datetime) -> CaseRow:
        """Return a case as lists show it: it stands over what happened to it."""
        acting_as(by, Deed.SEE_FALSE_PROMISES, number, now=now)
        return self.listed(self._due(self.row(number), now))

    def consequence(self, registration: str) -> Consequence | None:
        """Return the decision in force on a registration, for its candidate's turn."""
        found, effect = false_promise, decision_effect
        row = self._core.connection.execute(
            select(found.c.number, found.c.measure)
            .join(effect, effect.c.number == found.c.number)
            .where(
                effect.c.registration_id == registration,
                effect.c.kind == "registration",
                effect.c.ended_at.is_(None),
            )
            .order_by(effect.c.id.desc())
        ).first()
        return Consequence(row.number, row.measure) if row else None

    def row(self, number: str) -> Row[Any]:
        """Return the row of a case.

        Raises:
            RecordsError: There is none.
        """
        row = self._core.connection.execute(
            select(false_promise).where(false_promise.c.number == number)
        ).first()
        if row is None:
            raise RecordsError("case-unknown", {"number": number})
        return row

    def person(self, row: Row[Any]) -> Person:
        """Decrypt whom a case is about: for papers that leave the house, never for a screen."""
        return Person(**json.loads(self._core.cipher.text(row.person_enc, f"false_promise|{row.number}")))

    def listed(self, row: Row[Any]) -> CaseRow:
        """Return a case as lists show it."""
        person = self.person(row)
        return CaseRow(
            row.number,
            masked_name(person.name),
            mask_id_number(person.id_number),
            row.exam,
            row.year,
            moment(row.opened_at),
            row.state,
            row.measure,
            moment(row.in_force_at) if row.in_force_at else None,
        )
