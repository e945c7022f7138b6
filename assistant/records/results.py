"""Results of examinations, and who passed (FAQ 15.3): what supervision, FAQ 16 and FAQ 17 act on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, stamp
from assistant.records.errors import RecordsError
from assistant.records.registrations import Registrations
from assistant.records.supervision_schema import exam_result, passer
from content.schema import Exam
from flows.permissions import Deed, Staff
from flows.rules import results


@dataclass(frozen=True)
class Result:
    """One subject's result of one person.

    Args:
        who: A registration's code, or an ID number.
        exam: Id of the examination.
        level: Id of the registration level.
        subject: Id of the subject.
        year: The year in which it was sat.
        passed: Whether it was passed.
        score: As it was written; may be empty.
    """

    who: str
    exam: str
    level: str
    subject: str
    year: int
    passed: bool
    score: str = ""


@dataclass(frozen=True)
class ResultsImported:
    """What came of an import: lines that were new, that said something else than before, and passers."""

    fresh: int
    changed: int
    same: int
    passers: int


class Results:
    """The results of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core
        self._facts: dict[str, str] = {}

    def import_results(
        self, lines: Iterable[Result], exams: dict[str, Exam], *, by: Staff, now: datetime
    ) -> ResultsImported:
        """Keep results; a pass also stands in the archive that later registrations are judged by (FAQ 17).

        Args:
            lines: The results; one that was imported before is left alone, or corrected.
            exams: The catalogue, by id.
            by: A supervisor.
            now: When.

        Raises:
            RoleRefused: ``by`` is no supervisor.
            RecordsError: A code is unknown, or belongs to a registration for another exam or an unpaid one.
        """
        role = acting_as(by, Deed.IMPORT_RESULTS, "results", now=now)
        counts = {"fresh": 0, "changed": 0, "same": 0}
        touched: dict[tuple[bytes, str, str, int], str | None] = {}
        for line in lines:
            identity, registration = self._who(line)
            counts[self._keep(identity, line, now)] += 1
            key = (identity, line.exam, line.level, line.year)
            touched[key] = registration or touched.get(key)
        passers = sum(
            self._note_passer(key, registration, exams[key[1]], now)
            for key, registration in touched.items()
            if registration is not None
        )
        details = {**counts, "passers": passers}
        self._core.note("import-results", "lines", now=now, role=role, actor=by.id, details=details)
        return ResultsImported(**counts, passers=passers)

    def _who(self, line: Result) -> tuple[bytes, str | None]:
        """Find the person, and their registration for this exam where they have one here."""
        connection = self._core.connection
        found = Registrations(self._core).find(line.who)
        if found is None:
            identity = self._core.identity(line.who)
            account = connection.execute(
                select(schema.account.c.id).where(schema.account.c.identity_idx == identity)
            ).scalar()
            return identity, self._registration(account, line.exam) if account else None
        row = connection.execute(
            select(schema.account.c.identity_idx, schema.payment.c.paid_at)
            .select_from(schema.registration)
            .join(schema.account)
            .join(schema.payment, schema.payment.c.registration_id == schema.registration.c.id, isouter=True)
            .where(schema.registration.c.id == found)
        ).first()
        if row is None or row.paid_at is None:
            raise RecordsError("results-not-registered", {"who": line.who})
        if self._fact(found, "exam") != line.exam:
            raise RecordsError("results-other-exam", {"who": line.who})
        return row.identity_idx, found

    def _registration(self, account: str, exam: str) -> str | None:
        """Return the latest paid registration of an account for an exam."""
        paid = self._core.connection.execute(
            select(schema.registration.c.id)
            .join(schema.payment)
            .where(schema.registration.c.account_id == account, schema.payment.c.paid_at.is_not(None))
            .order_by(schema.payment.c.paid_at.desc())
        ).scalars()
        return next((each for each in paid if self._fact(each, "exam") == exam), None)

    def _fact(self, registration: str, key: str) -> str:
        value = self._core.connection.execute(
            select(schema.fact.c.value_enc).where(
                schema.fact.c.registration_id == registration, schema.fact.c.key == key
            )
        ).scalar()
        return str(json.loads(self._core.cipher.text(value, f"fact|{key}|{registration}"))) if value else ""

    def _keep(self, identity: bytes, line: Result, now: datetime) -> str:
        connection = self._core.connection
        key = {
            "identity_idx": identity,
            "exam": line.exam,
            "level": line.level,
            "subject": line.subject,
            "year": line.year,
        }
        said = {"passed": int(line.passed), "score": line.score}
        where = [exam_result.c[name] == value for name, value in key.items()]
        before = connection.execute(select(exam_result.c.passed, exam_result.c.score).where(*where)).first()
        if before is not None and (before.passed, before.score) == (said["passed"], said["score"]):
            return "same"
        archive = [schema.earlier_pass.c[name] == value for name, value in key.items()]
        if before is None:
            connection.execute(insert(exam_result).values(**key, **said, imported_at=stamp(now)))
        else:
            connection.execute(update(exam_result).where(*where).values(**said, imported_at=stamp(now)))
        held = connection.execute(select(schema.earlier_pass.c.year).where(*archive)).first()
        if line.passed and held is None:
            connection.execute(insert(schema.earlier_pass).values(**key))
        elif not line.passed and before is not None:
            connection.execute(delete(schema.earlier_pass).where(*archive))
        return "fresh" if before is None else "changed"

    def _note_passer(
        self, key: tuple[bytes, str, str, int], registration: str, exam: Exam, now: datetime
    ) -> bool:
        """Note whoever now holds every subject of the level, in passes that still live."""
        identity, _, level, year = key
        archive = schema.earlier_pass
        rows = self._core.connection.execute(
            select(archive.c.subject, archive.c.year).where(
                archive.c.identity_idx == identity,
                archive.c.exam == exam.id,
                archive.c.level == level,
                archive.c.year <= year,
            )
        )
        passes = [results.EarlierPass(exam.id, level, row.subject, row.year) for row in rows]
        known = exam.level(level)
        wanted = set(known.subjects) if known else set()
        # A life of two years covers this year's results and those of the year before.
        living = results.alive(exam, [each for each in passes if each.year < year], year)
        held = {each.subject for each in (*living, *(each for each in passes if each.year == year))}
        connection, mine = self._core.connection, passer.c.registration_id == registration
        if not wanted or not wanted <= held:
            connection.execute(delete(passer).where(mine))
            return False
        if connection.execute(select(passer.c.year).where(mine)).first() is None:
            connection.execute(
                insert(passer).values(
                    registration_id=registration,
                    exam=exam.id,
                    level=level,
                    year=year,
                    province=self._fact(registration, "province"),
                    noted_at=stamp(now),
                )
            )
        return True
