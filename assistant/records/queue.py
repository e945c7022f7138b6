"""The queue of manual verifications, a page at a time, and a case with what is needed to judge it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row, exists, func, select

from assistant.records import schema
from assistant.records.accounts import Accounts
from assistant.records.acting import acting_as
from assistant.records.authority import Authority, Verification
from assistant.records.casework import Casework
from assistant.records.core import Core, moment, stamp
from assistant.records.registrations import Registrations, code_of
from assistant.records.staff import StaffAccounts
from flows.casework import model, review
from flows.casework.review import REVIEW, Evidence
from flows.dossier import AcademicRecord, Value
from flows.permissions import Deed, Staff
from flows.roles import Role
from flows.rules.identity import mask_id_number
from flows.rules.mobile import mask_mobile

T = TypeVar("T")

PAGE = 50
"""Rows of a page."""

JUDGED = (
    "exam",
    "province",
    "city",
    "verification_point",
    "level",
    "major",
    "subjects",
    "work_years",
    "first_time",
    "adopt_commitment",
    "withdrawn",
)
"""Facts of a registration that a verifier judges by; who it is stands in :class:`Person`."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows of many.

    Args:
        rows: At most :data:`PAGE` of them.
        number: Which page it is, from 1.
        total: How many rows there are on all pages.
    """

    rows: tuple[T, ...]
    number: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


@dataclass(frozen=True)
class ReviewFilter:
    """Which cases a page shows; what is left out does not narrow it.

    Args:
        state: A state of :data:`flows.casework.review.REVIEW`; empty for all that are open.
        group: A group of item 14, such as ``14.2``.
        province: Id of a province.
        overdue: Only what is late.
        mine: Only what this person holds now.
    """

    state: str = ""
    group: str = ""
    province: str = ""
    overdue: bool = False
    mine: bool = False


@dataclass(frozen=True)
class ReviewRow:
    """A case in the queue.

    Args:
        reasons: Group and item of each reason.
        since: From when the office's days are counted; while evidence is asked for, the time by which it is
            to be brought.
        due: The last second in which it is in time.
        owner: Login name of who holds it now; empty when nobody does.
        holder: What colleagues call them.
    """

    code: str
    registration: str
    state: str
    province: str
    exam: str
    field: str
    reasons: tuple[tuple[str, str], ...]
    opened_at: datetime
    since: datetime
    due: datetime
    overdue: bool
    age: timedelta
    owner: str
    holder: str
    lock_until: datetime | None

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups of item 14, each once."""
        return tuple(dict.fromkeys(group for group, _ in self.reasons))


@dataclass(frozen=True)
class Person:
    """The candidate as a verifier sees them: the name to compare with the document, numbers masked."""

    name: str
    id_type: str
    id_number: str
    mobile: str


@dataclass(frozen=True)
class ReviewCase:
    """A case with what is needed to judge it.

    Args:
        conditions: What can be found not met, as the keys of ``unmet`` in ``decide_review``.
        offers: What this person may do with it now, and what stands in the way of each.
        unmet: The conditions and reasons of a proposed or standing "fail".
        proposer: Who proposed the "fail" that waits for a second person.
        verifications: What the sources answered, for each item.
        facts: The facts in :data:`JUDGED` that are known.
        names: What colleagues call whoever did something with it, by login name.
    """

    row: ReviewRow
    events: tuple[model.Event, ...]
    offers: tuple[model.Offer, ...]
    conditions: tuple[str, ...]
    evidence: Evidence | None
    unmet: Mapping[str, str]
    proposer: str | None
    person: Person | None
    academic: tuple[AcademicRecord, ...]
    verifications: tuple[Verification, ...]
    facts: Mapping[str, Value]
    names: Mapping[str, str]


class Queue:
    """The queue as one transaction reads it."""

    def __init__(self, core: Core) -> None:
        """Read inside ``core``'s transaction."""
        self._core = core
        self._casework = Casework(core)

    def review_page(
        self, wanted: ReviewFilter, number: int = 1, *, by: Staff, now: datetime, days: int = review.DAYS
    ) -> Page[ReviewRow]:
        """Return a page of the queue, what waits longest first.

        Args:
            wanted: Which cases.
            number: Which page, from 1; one behind the last is the last.
            by: Who looks.
            now: The time, for locks and what is overdue.
            days: Days within which a case is to be decided.

        Raises:
            RoleRefused: The role may not look.
        """
        self._may_see("reviews", by, now)
        table, connection = schema.review, self._core.connection
        where = _where(wanted, by, now, days)
        total = connection.execute(select(func.count()).select_from(table).where(*where)).scalar() or 0
        number = max(1, min(number, -(-total // PAGE)))
        found = connection.execute(
            select(table)
            .where(*where)
            .order_by(table.c.since, table.c.registration_id)
            .limit(PAGE)
            .offset((number - 1) * PAGE)
        ).all()
        return Page(self._rows(found, now, days), number, total)

    def review_provinces(self, *, by: Staff, now: datetime) -> tuple[tuple[str, int], ...]:
        """Return the provinces that have open cases, each with how many, in the order of their ids.

        Raises:
            RoleRefused: The role may not look.
        """
        acting_as(by, Deed.SEE_REVIEWS, "reviews", now=now)
        table = schema.review
        found = self._core.connection.execute(
            select(table.c.province, func.count())
            .where(table.c.decision.is_(None), table.c.province != "")
            .group_by(table.c.province)
            .order_by(table.c.province)
        )
        return tuple((province, count) for province, count in found)

    def review_case(
        self,
        code: str,
        *,
        by: Staff,
        now: datetime,
        days: int = review.DAYS,
        reason: str = "manual-verification",
    ) -> ReviewCase:
        """Return a case with its person and what there is to judge; the look stands on the audit trail.

        Args:
            code: The registration's code.
            by: Who looks.
            now: The time.
            days: Days within which a case is to be decided.
            reason: Why they look: a word of the product, never free text.

        Raises:
            RoleRefused: The role may not look.
            RecordsError: There is no such case.
        """
        role = self._may_see(code, by, now)
        registration = self._casework.find_case(code)
        loaded = Registrations(self._core).load(registration)
        row = self._core.connection.execute(
            select(schema.review).where(schema.review.c.registration_id == registration)
        ).one()
        case = self._casework.case(registration)
        accounts = Accounts(self._core)
        person: Person | None = None
        academic: tuple[AcademicRecord, ...] = ()
        verifications: tuple[Verification, ...] = ()
        if loaded.account is not None:
            known = accounts.account(loaded.account)
            person = Person(
                known.name, known.id_type, mask_id_number(known.id_number), mask_mobile(known.mobile)
            )
            academic = accounts.saved_records(loaded.account)
            verifications = Authority(self._core).verifications(loaded.account, now)
        self._core.note(
            "view:review", loaded.code, now=now, role=role, actor=by.id, details={"reason": reason}
        )
        return ReviewCase(
            row=self._rows([row], now, days)[0],
            events=case.events,
            offers=model.offers(REVIEW, case, by=by, now=now),
            conditions=review.conditions(case),
            evidence=review.evidence(case),
            unmet=review.unmet(case),
            proposer=review.proposer(case),
            person=person,
            academic=academic,
            verifications=verifications,
            facts={key: value for key in JUDGED if (value := loaded.dossier.value(key)) is not None},
            names=StaffAccounts(self._core).names(each.by for each in case.events),
        )

    def _may_see(self, subject: str, by: Staff, now: datetime) -> Role:
        # What was typed for a code may be anything, so it does not go on the audit trail.
        found = Registrations(self._core).find(subject)
        known = code_of(self._core, found) if found else "reviews"
        return acting_as(by, Deed.SEE_REVIEWS, known, now=now)

    def _rows(
        self, found: list[Row[Any]] | tuple[Row[Any], ...] | Any, now: datetime, days: int
    ) -> tuple[ReviewRow, ...]:
        ids = [each.registration_id for each in found]
        connection, reason, owner = self._core.connection, schema.review_reason, schema.registration
        found_codes = connection.execute(select(owner.c.id, owner.c.code).where(owner.c.id.in_(ids)))
        codes = {each.id: each.code for each in found_codes}
        names = StaffAccounts(self._core).names(each.owner or "" for each in found)
        reasons: dict[str, list[tuple[str, str]]] = {}
        for each in connection.execute(
            select(reason).where(reason.c.registration_id.in_(ids)).order_by("group", "item")
        ):
            reasons.setdefault(each.registration_id, []).append((each.group, each.item))
        return tuple(
            _row(
                each,
                codes[each.registration_id],
                tuple(reasons.get(each.registration_id, ())),
                names,
                now,
                days,
            )
            for each in found
        )


def _row(
    row: Row[Any],
    code: str,
    reasons: tuple[tuple[str, str], ...],
    names: Mapping[str, str],
    now: datetime,
    days: int,
) -> ReviewRow:
    opened, since = moment(row.opened_at), moment(row.since)
    until = moment(row.lock_until) if row.lock_until else None
    running = until is not None and now < until
    return ReviewRow(
        code=code,
        registration=row.registration_id,
        state=row.state,
        province=row.province,
        exam=row.exam,
        field=row.field,
        reasons=reasons,
        opened_at=opened,
        since=since,
        due=review.due(since, days),
        overdue=row.decision is None and review.overdue(since, now, days),
        age=review.whole(now) - review.whole(opened),
        owner=row.owner if running else "",
        holder=names.get(row.owner, "") if running else "",
        lock_until=until if running else None,
    )


def _where(wanted: ReviewFilter, by: Staff, now: datetime, days: int) -> list[ColumnElement[bool]]:
    table, reason = schema.review, schema.review_reason
    where: list[ColumnElement[bool]] = []
    if wanted.state:
        where.append(table.c.state == wanted.state)
    if wanted.state not in REVIEW.final:
        where.append(table.c.decision.is_(None))
    if wanted.province:
        where.append(table.c.province == wanted.province)
    if wanted.group:
        where.append(
            exists().where(
                reason.c.registration_id == table.c.registration_id, reason.c.group == wanted.group
            )
        )
    if wanted.overdue:
        # A decided case is late no more; `since` holds whole seconds, as `review.overdue` counts.
        where.append(table.c.decision.is_(None))
        where.append(table.c.since < stamp(review.whole(now) - timedelta(days=days)))
    if wanted.mine:
        where += [table.c.owner == by.id, table.c.lock_until > stamp(now)]
    return where
