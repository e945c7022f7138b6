"""Manual verification in the store: the queue, the lock of a case, what happened to it, the decision.

The machine (:mod:`flows.casework.review`) says what may be done; what happened is written down for good in
``review_event``, and the row of ``review`` says where that leads, so that pages of the queue are one query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Row, and_, delete, insert, or_, select, update

from assistant.records import schema
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.registrations import Registrations, code_of
from assistant.records.review_file import ReviewFile
from flows.casework import model, review
from flows.casework.review import REVIEW, Evidence, Ground
from flows.dossier import Value
from flows.permissions import Deed, Staff
from flows.roles import Role

Opened = Literal["opened", "repeated", "carried"]
"""What came of opening a case: a new one, one again because the last one does not reach here (L.6), or the
result of an earlier one taken over."""


@dataclass(frozen=True)
class Review:
    """A manual verification as its candidate's turn needs it: its reasons, and how it was decided.

    Args:
        state: A state of :data:`flows.casework.review.REVIEW`.
        unmet: After a "fail", each condition that is not met with its reason; its key is a reason of item 14
            (``14.2 education.0``) or one of :data:`flows.casework.review.BEYOND`.
        evidence: What the candidate is asked to bring, while nothing is decided.
        role: In which role the decision was taken.
    """

    registration: str
    code: str
    state: str
    opened_at: datetime
    reasons: tuple[tuple[str, str], ...]
    decision: str | None
    reason: str | None
    role: Role | None
    decided_at: datetime | None
    unmet: Mapping[str, str]
    evidence: Evidence | None


class Casework:
    """The manual verifications of one transaction; the queue stands in :mod:`assistant.records.queue`."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core
        self._registrations = Registrations(core)
        self._file = ReviewFile(core)

    # Opening -----------------------------------------------------------------------------------------

    def open_review(
        self, registration: str, reasons: Iterable[tuple[str, str]], *, now: datetime, lasting: bool = False
    ) -> Opened:
        """Open a manual verification, or open it again with new reasons and no decision.

        Args:
            registration: The registration, whose province, exam and major the case belongs to.
            reasons: Group and item of each reason (FAQ 14).
            now: When.
            lasting: Whether an earlier result for the same province and field holds here (L.6).
        """
        connection, table = self._core.connection, schema.review
        wanted = tuple(dict.fromkeys(reasons))
        ground = self._ground(registration)
        if not connection.execute(
            select(table.c.registration_id).where(table.c.registration_id == registration)
        ).first():
            connection.execute(insert(table).values(registration_id=registration, opened_at=stamp(now)))
        connection.execute(
            update(table)
            .where(table.c.registration_id == registration)
            .values(opened_at=stamp(now), province=ground.province, exam=ground.exam, field=ground.field)
        )
        connection.execute(
            delete(schema.review_reason).where(schema.review_reason.c.registration_id == registration)
        )
        for group, item in wanted:
            connection.execute(
                insert(schema.review_reason).values(registration_id=registration, group=group, item=item)
            )
        rows = tuple(f"{group} {item}" for group, item in wanted)
        self._make(registration, "open", by=None, now=now, args=review.opening(ground, rows))
        self._note("open-review", registration, now, Role.SYSTEM)
        return self._carried(registration, ground, rows, now) if lasting else "opened"

    def _ground(self, registration: str) -> Ground:
        known = self._registrations.load(registration).dossier
        return Ground(known.text("province"), known.text("exam"), known.text("major"))

    def _carried(self, registration: str, ground: Ground, rows: tuple[str, ...], now: datetime) -> Opened:
        """Take an earlier result over that still holds, with the word of whoever decided then."""
        table, owner = schema.review, schema.registration
        mine = select(owner.c.account_id).where(owner.c.id == registration).scalar_subquery()
        earlier = self._core.connection.execute(
            select(table)
            .join(owner, owner.c.id == table.c.registration_id)
            .where(owner.c.account_id == mine, owner.c.id != registration, table.c.decision == "pass")
            .order_by(table.c.decided_at.desc())
        ).all()
        for each in earlier:
            case = self.case(each.registration_id)
            before = Ground(each.province, each.exam, each.field)
            if not review.lasts(before, review.rows(case), ground, rows):
                continue
            reason = self._reason(each) or ""
            args: Mapping[str, Value] = {
                "from": code_of(self._core, each.registration_id),
                "why": reason,
                "role": each.role,
                "staff": each.staff or "",
            }
            self._make(registration, "carry", by=None, now=now, args=args)
            self._note("carry-review", registration, now, Role.SYSTEM, details={"from": str(args["from"])})
            return "carried"
        return "repeated" if earlier else "opened"

    # Acts of staff -------------------------------------------------------------------------------------

    def claim_review(self, code: str, *, by: Staff, now: datetime, lock: timedelta = review.LOCK) -> datetime:
        """Take a case to work on, or hold it longer; returns until when nobody else may touch it.

        Args:
            code: The registration's code.
            by: Who claims it.
            now: When.
            lock: How long it is kept.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such case, it is decided, or somebody else holds it.
        """
        until = now + lock
        registration = self.find_case(code)
        self._make(registration, "claim", by=by, now=now, args=review.claiming(until))
        self._note("claim-review", registration, now, by.acts_as(Deed.CLAIM_REVIEW), by.id)
        return until

    def release_review(self, code: str, *, by: Staff, now: datetime) -> None:
        """Put a case back that one has claimed.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such case, or somebody else or nobody holds it.
        """
        registration = self.find_case(code)
        self._make(registration, "release", by=by, now=now)
        self._note("release-review", registration, now, by.acts_as(Deed.CLAIM_REVIEW), by.id)

    def ask_evidence(
        self, code: str, *, what: str, where: str, until: datetime, by: Staff, now: datetime
    ) -> None:
        """Ask the candidate for evidence; they read it at their next turn, and the case is free again.

        Args:
            code: The registration's code.
            what: What is to be brought, in the candidate's language.
            where: Where to: a verification point with its address.
            until: By when.
            by: Who asks, holding the case.
            now: When.

        Raises:
            RoleRefused: The role may not.
            RecordsError: It cannot be asked for: the reason is its code.

        Source: FAQ 15.2 (supporting material where needed).
        """
        registration = self.find_case(code)
        self._make(registration, "ask-evidence", by=by, now=now, args=review.asking(what, where, until))
        self._note("ask-evidence", registration, now, by.acts_as(Deed.ASK_EVIDENCE), by.id)

    def receive_evidence(self, code: str, *, by: Staff, now: datetime) -> None:
        """Note that the evidence has come; from now on the office's days are counted again.

        Raises:
            RoleRefused: The role may not.
            RecordsError: None was asked for, or somebody else holds the case.
        """
        registration = self.find_case(code)
        self._make(registration, "receive-evidence", by=by, now=now)
        self._note("receive-evidence", registration, now, by.acts_as(Deed.RECEIVE_EVIDENCE), by.id)

    def decide_review(
        self,
        code: str,
        decision: str,
        *,
        by: Staff,
        now: datetime,
        reason: str = "",
        unmet: Mapping[str, str] | None = None,
    ) -> None:
        """Pass a case, or propose to fail it: a "fail" stands once a second person agrees.

        Args:
            code: The registration's code.
            decision: ``pass`` or ``fail``.
            by: Who decides, holding the case.
            now: When.
            reason: For a pass: why; it is kept with the decision.
            unmet: For a fail: each condition that is not met with the reason, which the candidate reads. The
                conditions of a case are ``ReviewCase.conditions``.

        Raises:
            RoleRefused: The role may not.
            RecordsError: It cannot be decided: the reason is its code.
        """
        if decision not in {"pass", "fail"}:
            raise RecordsError("review-decision-unknown")
        registration = self.find_case(code)
        if decision == "pass":
            self._make(registration, "pass", by=by, now=now, args=review.explaining(reason))
        else:
            self._make(registration, "propose-fail", by=by, now=now, args=review.failing(unmet or {}))
        said = "pass" if decision == "pass" else "fail-proposed"
        role = by.acts_as(Deed.DECIDE_REVIEW)
        self._note("decide-review", registration, now, role, by.id, details={"decision": said})

    def second_review(self, code: str, *, agree: bool, by: Staff, now: datetime, why: str = "") -> None:
        """Agree with a proposed "fail", which stands then, or send the case back to the queue.

        Args:
            code: The registration's code.
            agree: Whether the second person agrees.
            by: The second person: somebody else than who proposed it.
            now: When.
            why: Needed to send it back.

        Raises:
            RoleRefused: The role may not.
            RecordsError: Nothing is proposed, or it is this person's own proposal.
        """
        registration = self.find_case(code)
        move = "agree" if agree else "disagree"
        self._make(registration, move, by=by, now=now, args={} if agree else review.explaining(why))
        said = "fail" if agree else "sent-back"
        role = by.acts_as(Deed.SECOND_REVIEW)
        self._note("second-review", registration, now, role, by.id, details={"decision": said})

    # Reading -------------------------------------------------------------------------------------------

    def review(self, registration: str) -> Review | None:
        """Return the manual verification of a registration, as its candidate's turn needs it."""
        row = self._row(registration)
        if row is None:
            return None
        case = self.case(registration)
        decided, table = row.decision is not None, schema.review_reason
        reasons = self._core.connection.execute(
            select(table.c.group, table.c.item)
            .where(table.c.registration_id == registration)
            .order_by("group", "item")
        )
        return Review(
            registration,
            code_of(self._core, registration),
            case.state,
            moment(row.opened_at),
            tuple((each.group, each.item) for each in reasons),
            row.decision,
            self._reason(row),
            Role(row.role) if decided else None,
            moment(row.decided_at) if row.decided_at else None,
            review.unmet(case) if row.decision == "fail" else {},
            None if decided else review.evidence(case),
        )

    def find_case(self, code: str) -> str:
        """Return the registration whose case a code names.

        Raises:
            RecordsError: There is none.
        """
        registration = self._registrations.find(code)
        if registration is None or self._row(registration) is None:
            raise RecordsError("review-not-open")
        return registration

    def case(self, registration: str) -> model.Case:
        """Return a case with everything that happened to it."""
        return self._file.case(registration)

    def _row(self, registration: str) -> Row[Any] | None:
        return self._core.connection.execute(
            select(schema.review).where(schema.review.c.registration_id == registration)
        ).first()

    def _reason(self, row: Row[Any]) -> str | None:
        if row.reason_enc is None:
            return None
        return self._core.cipher.text(row.reason_enc, f"review|reason|{row.registration_id}")

    # Moving ----------------------------------------------------------------------------------------------

    def _make(
        self,
        registration: str,
        move: str,
        *,
        by: Staff | None,
        now: datetime,
        args: Mapping[str, Value] = model.NOTHING,
    ) -> None:
        self._stand(registration, self._file.make(registration, move, by=by, now=now, args=args))

    def _stand(self, registration: str, case: model.Case) -> None:
        """Write where a case stands now; a lock is taken by this one statement or not at all."""
        table, event, held = schema.review, case.events[-1], review.lock(case)
        values: dict[str, object] = {
            "state": case.state,
            "since": stamp(review.since(case)),
            "owner": held.owner if held else None,
            "lock_until": stamp(held.until) if held else None,
            "decision": {"passed": "pass", "failed": "fail"}.get(case.state),
            **self._decided(registration, case),
        }
        where: list[ColumnElement[bool]] = [table.c.registration_id == registration]
        if event.move == "claim":
            free = or_(
                table.c.owner.is_(None), table.c.owner == event.by, table.c.lock_until <= stamp(event.at)
            )
            where.append(and_(table.c.decision.is_(None), free))
        if not self._core.connection.execute(update(table).where(*where).values(**values)).rowcount:
            raise RecordsError("review-taken")

    def _decided(self, registration: str, case: model.Case) -> dict[str, object]:
        if case.state not in REVIEW.final:
            return {"reason_enc": None, "role": None, "staff": None, "decided_at": None}
        event = case.events[-1]
        carried = event.move == "carry"
        return {
            "reason_enc": self._core.cipher.encrypt(event.text("why"), f"review|reason|{registration}"),
            "role": event.text("role") if carried else event.role.value,
            "staff": event.text("staff") if carried else event.by,
            "decided_at": stamp(event.at),
        }

    def _note(
        self,
        action: str,
        registration: str,
        now: datetime,
        role: Role | None,
        actor: str = "",
        *,
        details: Mapping[str, str | int] | None = None,
    ) -> None:
        subject = code_of(self._core, registration)
        self._core.note(action, subject, now=now, role=role or Role.SYSTEM, actor=actor, details=details)
