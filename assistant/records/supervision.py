"""Supervision of who passed: the sample of them that is checked (FAQ 15.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, insert, select, update

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.justice_schema import false_promise
from assistant.records.supervision_schema import passer, sample, sampled
from flows.permissions import Deed, Staff
from flows.rules.sampling import drawn

AS_PROMISED, DOUBTFUL = "as-promised", "doubtful"
"""What a check of somebody drawn ends with.

``doubtful`` is where a case of a false promise begins (FAQ 16): whoever opens it finds the registration in
:meth:`Supervision.doubtful`.
"""

PAGE = 50


@dataclass(frozen=True)
class Sample:
    """A sample that was drawn: from how many, which share, by which seed."""

    id: int
    exam: str
    year: int
    province: str
    percent: int
    seed: str
    passers: int
    drawn: int
    drawn_at: datetime


@dataclass(frozen=True)
class Check:
    """Somebody drawn, to be checked against what they promised."""

    sample: int
    registration: str
    code: str
    province: str
    outcome: str | None
    reason: str


class Supervision:
    """The supervision of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    # The sample ----------------------------------------------------------------------------------------

    def draw_sample(
        self, exam: str, year: int, province: str = "", *, percent: int, seed: str, by: Staff, now: datetime
    ) -> Sample:
        """Draw who is checked, in proportion within each province.

        Args:
            exam: Id of the examination.
            year: Of the results.
            province: Id of one province; empty for all.
            percent: The share, 1 to 100.
            seed: What makes the draw: the same seed draws the same people from the same passers.
            by: A supervisor.
            now: When.

        Raises:
            RoleRefused: ``by`` is no supervisor.
            RecordsError: Nobody passed, or the share is none.
        """
        role = acting_as(by, Deed.DRAW_SAMPLE, exam, now=now)
        if not 1 <= percent <= 100:
            raise RecordsError("sample-percent")
        connection = self._core.connection
        rows = connection.execute(self._passers(exam, year, province)).all()
        if not rows:
            raise RecordsError("passers-none", {"year": year})
        chosen = drawn(((row.code, row.province) for row in rows), percent=percent, seed=seed)
        made = connection.execute(
            insert(sample).values(
                exam=exam,
                year=year,
                province=province,
                percent=percent,
                seed=seed,
                passers=len(rows),
                drawn_at=stamp(now),
                staff=by.id,
            )
        ).inserted_primary_key
        number = int(made[0]) if made else 0
        connection.execute(
            insert(sampled),
            [
                {"sample_id": number, "registration_id": row.registration_id, "province": row.province}
                for row in rows
                if row.code in chosen
            ],
        )
        details: dict[str, str | int] = {
            "exam": exam,
            "year": year,
            "percent": percent,
            "seed": seed,
            "drawn": len(chosen),
        }
        self._core.note("draw-sample", f"sample-{number}", now=now, role=role, actor=by.id, details=details)
        return Sample(number, exam, year, province, percent, seed, len(rows), len(chosen), now)

    def samples(self, page: int = 0) -> tuple[Sample, ...]:
        """Return a page of the samples, newest first."""
        counted = (
            select(func.count()).where(sampled.c.sample_id == sample.c.id).scalar_subquery().label("drawn")
        )
        rows = self._core.connection.execute(
            select(sample, counted).order_by(sample.c.id.desc()).limit(PAGE).offset(page * PAGE)
        )
        return tuple(
            Sample(
                row.id,
                row.exam,
                row.year,
                row.province,
                row.percent,
                row.seed,
                row.passers,
                row.drawn,
                moment(row.drawn_at),
            )
            for row in rows
        )

    def checks(self, number: int, *, by: Staff, now: datetime, page: int = 0) -> tuple[Check, ...]:
        """Return a page of those drawn in a sample, open ones first.

        Raises:
            RoleRefused: ``by`` does not work samples.
        """
        acting_as(by, Deed.WORK_SAMPLE, f"sample-{number}", now=now)
        rows = self._core.connection.execute(
            select(sampled, schema.registration.c.code)
            .join(schema.registration)
            .where(sampled.c.sample_id == number)
            .order_by(sampled.c.outcome.is_not(None), schema.registration.c.code)
            .limit(PAGE)
            .offset(page * PAGE)
        )
        return tuple(self._check(row) for row in rows)

    def close_check(
        self, number: int, code: str, outcome: str, *, reason: str, by: Staff, now: datetime
    ) -> None:
        """Say what the check of somebody drawn came to.

        Args:
            number: The sample's number.
            code: The registration's code.
            outcome: ``as-promised`` or ``doubtful``.
            reason: What was looked at and found.
            by: A verifier or supervisor.
            now: When.

        Raises:
            RoleRefused: ``by`` does not work samples.
            RecordsError: Nobody of this code is open in the sample, or there is no reason.
        """
        role = acting_as(by, Deed.WORK_SAMPLE, code, now=now)
        if outcome not in {AS_PROMISED, DOUBTFUL}:
            raise RecordsError("sample-outcome")
        if not reason.strip():
            raise RecordsError("sample-reason")
        registration = self._core.connection.execute(
            select(schema.registration.c.id).where(schema.registration.c.code == code)
        ).scalar()
        changed = self._core.connection.execute(
            update(sampled)
            .where(
                sampled.c.sample_id == number,
                sampled.c.registration_id == (registration or ""),
                sampled.c.outcome.is_(None),
            )
            .values(
                outcome=outcome,
                reason_enc=self._core.cipher.encrypt(reason, f"sampled|reason|{number}|{registration}"),
                role=role.value,
                staff=by.id,
                closed_at=stamp(now),
            )
        )
        if not changed.rowcount:
            raise RecordsError("sample-not-open", {"code": code, "sample": number})
        self._core.note("close-check", code, now=now, role=role, actor=by.id, details={"outcome": outcome})

    def doubtful(self, page: int = 0) -> tuple[Check, ...]:
        """Return a page of those whose check ended in doubt and led to no case yet: each is to become one
        (FAQ 16)."""
        opened = exists().where(false_promise.c.registration_id == sampled.c.registration_id)
        rows = self._core.connection.execute(
            select(sampled, schema.registration.c.code)
            .join(schema.registration)
            .where(sampled.c.outcome == DOUBTFUL, ~opened)
            .order_by(sampled.c.closed_at, sampled.c.sample_id, sampled.c.registration_id)
            .limit(PAGE)
            .offset(page * PAGE)
        )
        return tuple(self._check(row) for row in rows)

    def _check(self, row: Any) -> Check:
        place = f"sampled|reason|{row.sample_id}|{row.registration_id}"
        reason = self._core.cipher.text(row.reason_enc, place) if row.reason_enc else ""
        return Check(row.sample_id, row.registration_id, row.code, row.province, row.outcome, reason)

    def _passers(self, exam: str, year: int, province: str) -> Select[Any]:
        wanted = (
            select(passer.c.registration_id, passer.c.province, schema.registration.c.code)
            .join(schema.registration, schema.registration.c.id == passer.c.registration_id)
            .where(passer.c.exam == exam, passer.c.year == year)
            .order_by(schema.registration.c.code)
        )
        return wanted.where(passer.c.province == province) if province else wanted
