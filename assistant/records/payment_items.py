"""What does not add up: money that pays no slip, and what candidates say to have paid (FAQ 13.7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.payment_schema import bank_line, payment_item
from assistant.records.payments import CLAIMED, MATCHED, Payments, close_item
from assistant.records.registrations import code_of
from flows.permissions import Deed, Staff
from flows.roles import Role

TO_REFUND, NOT_FOUND = "to-refund", "not-found"

PAGE = 50


@dataclass(frozen=True)
class Item:
    """Something that does not add up, until somebody has cleared it.

    Args:
        id: Its number.
        kind: A :class:`Fate` of money that arrived, or ``claimed``.
        opened_at: Since when.
        slip: The slip that was quoted, or that the candidate's registration has.
        code: The registration's code, where one is known.
        transaction: The bank's number, or what the candidate gave as it.
        day: When it was paid.
        fen: How much arrived; ``None`` for what was only said.
        quoted: What the payer quoted.
        payer: Who paid, masked.
        outcome: ``matched``, ``to-refund``, ``not-found``; ``None`` while it is open.
        reason: Why, once it is closed.
        closed_at: When.
    """

    id: int
    kind: str
    opened_at: datetime
    slip: str
    code: str
    transaction: str
    day: date | None
    fen: int | None
    quoted: str
    payer: str
    outcome: str | None
    reason: str
    closed_at: datetime | None


@dataclass(frozen=True)
class Claim:
    """What a candidate said to have paid, and what came of it."""

    day: date
    outcome: str | None
    reason: str


@dataclass(frozen=True)
class Refund:
    """Money of a candidate that is to be given back: the bank's number, when it came, how much, and why."""

    transaction: str
    day: date
    fen: int
    reason: str


class PaymentItems:
    """The open items of one transaction."""

    def __init__(self, core: Core, payments: Payments) -> None:
        """Work inside ``core``'s transaction; ``payments`` pays a slip that an item is assigned to."""
        self._core, self._payments = core, payments

    def claim_payment(self, registration: str, *, day: date, reference: str, now: datetime) -> None:
        """Take the word of a candidate that they paid, where it is shown unpaid (requirement P.6).

        A second word while the first is open says nothing new.

        Args:
            registration: The candidate's.
            day: When they paid.
            reference: The bank's number of the payment as they read it; may be empty.
            now: When they say so.
        """
        if self._open_claim(registration) is not None:
            return
        connection = self._core.connection
        slip = connection.execute(
            select(schema.payment.c.slip).where(schema.payment.c.registration_id == registration)
        ).scalar()
        if slip is None:
            raise RecordsError("payment-slip-unknown", {"slip": "-"})
        connection.execute(
            insert(payment_item).values(
                kind=CLAIMED,
                opened_at=stamp(now),
                registration_id=registration,
                slip=slip,
                claimed_day=day.isoformat(),
                claimed_enc=self._core.cipher.encrypt(reference, f"payment_item|claimed|{registration}"),
            )
        )
        code = code_of(self._core, registration)
        self._core.note("claim-payment", code, now=now, role=Role.CANDIDATE, details={"slip": slip})

    def _open_claim(self, registration: str) -> int | None:
        return self._core.connection.execute(
            select(payment_item.c.id).where(
                payment_item.c.registration_id == registration,
                payment_item.c.kind == CLAIMED,
                payment_item.c.outcome.is_(None),
            )
        ).scalar()

    def claim(self, registration: str) -> Claim | None:
        """Return the latest word of a candidate that they paid."""
        row = self._core.connection.execute(
            select(payment_item)
            .where(payment_item.c.registration_id == registration, payment_item.c.kind == CLAIMED)
            .order_by(payment_item.c.id.desc())
            .limit(1)
        ).first()
        if row is None:
            return None
        return Claim(date.fromisoformat(row.claimed_day), row.outcome, self._reason(row))

    def refund(self, registration: str) -> Refund | None:
        """Return the latest money of a candidate that a cashier decided to give back."""
        row = self._core.connection.execute(
            select(payment_item, bank_line.c.day, bank_line.c.fen)
            .join(bank_line, bank_line.c.transaction == payment_item.c.transaction)
            .where(payment_item.c.registration_id == registration, payment_item.c.outcome == TO_REFUND)
            .order_by(payment_item.c.closed_at.desc(), payment_item.c.id.desc())
            .limit(1)
        ).first()
        if row is None:
            return None
        return Refund(row.transaction, date.fromisoformat(row.day), row.fen, self._reason(row))

    def payment_items(
        self, *, by: Staff, now: datetime, kind: str | None = None, closed: bool = False, page: int = 0
    ) -> tuple[Item, ...]:
        """Return a page of what does not add up, oldest first.

        Args:
            by: A cashier, supervisor or auditor.
            now: When, for a refused try.
            kind: Only these.
            closed: What is cleared, in place of what is open.
            page: Which page of :data:`PAGE` items, from 0.
        """
        acting_as(by, Deed.SEE_PAYMENTS, "payment-items", now=now)
        outcome = payment_item.c.outcome
        wanted = (
            select(payment_item, bank_line.c.day, bank_line.c.fen, bank_line.c.quoted_enc)
            .add_columns(bank_line.c.payer_enc, schema.registration.c.code)
            .join(bank_line, bank_line.c.transaction == payment_item.c.transaction, isouter=True)
            .join(
                schema.registration, schema.registration.c.id == payment_item.c.registration_id, isouter=True
            )
            .where(outcome.is_not(None) if closed else outcome.is_(None))
            .order_by(payment_item.c.opened_at, payment_item.c.id)
            .limit(PAGE)
            .offset(page * PAGE)
        )
        if kind is not None:
            wanted = wanted.where(payment_item.c.kind == kind)
        return tuple(self._item(row) for row in self._core.connection.execute(wanted))

    def count_payment_items(self) -> dict[str, int]:
        """Return how many items are open, by kind."""
        found = self._core.connection.execute(
            select(payment_item.c.kind, func.count())
            .where(payment_item.c.outcome.is_(None))
            .group_by(payment_item.c.kind)
        )
        return {str(kind): int(count) for kind, count in found}

    def _item(self, row: Row[Any]) -> Item:
        text, transaction = self._core.cipher.text, row.transaction
        said = row.claimed_enc is not None
        place = f"payment_item|claimed|{row.registration_id}"
        number = text(row.claimed_enc, place) if said else transaction
        return Item(
            id=row.id,
            kind=row.kind,
            opened_at=moment(row.opened_at),
            slip=row.slip,
            code=row.code or "",
            transaction=number,
            day=date.fromisoformat(row.claimed_day or row.day),
            fen=row.fen,
            quoted="" if said else text(row.quoted_enc, f"bank_line|quoted|{transaction}"),
            payer="" if said else text(row.payer_enc, f"bank_line|payer|{transaction}"),
            outcome=row.outcome,
            reason=self._reason(row),
            closed_at=moment(row.closed_at) if row.closed_at else None,
        )

    def _reason(self, row: Row[Any]) -> str:
        return (
            self._core.cipher.text(row.reason_enc, f"payment_item|reason|{row.id}") if row.reason_enc else ""
        )

    def assign_payment(self, item: int, slip: str, *, reason: str, by: Staff, now: datetime) -> None:
        """Pay a slip with money whose payer quoted another one, or none.

        Raises:
            RoleRefused: ``by`` is no cashier.
            RecordsError: There is no such open item with money, no reason is given, or the slip cannot be
                paid.
        """
        acting_as(by, Deed.RECONCILE_PAYMENT, slip, now=now)
        row = self._open_item(item, reason)
        if row.transaction is None:
            raise RecordsError("payment-item-no-money", {"item": item})
        fen = self._core.connection.execute(
            select(bank_line.c.fen).where(bank_line.c.transaction == row.transaction)
        ).scalar()
        self._payments.pay_online(slip, row.transaction, int(fen or 0), by.id, now)
        close_item(self._core, item, MATCHED, reason, actor=by.id, role=Role.CASHIER, now=now)

    def clear_payment(self, item: int, outcome: str, *, reason: str, by: Staff, now: datetime) -> None:
        """Close an item: money is to be given back, or what a candidate said to have paid did not arrive.

        Args:
            item: The item.
            outcome: ``to-refund`` for money that arrived, ``not-found`` for what was only said.
            reason: Why; the candidate reads it.
            by: A cashier.
            now: When.

        Raises:
            RoleRefused: ``by`` is no cashier.
            RecordsError: There is no such open item, no reason is given, or the outcome is for other items.
        """
        role = acting_as(by, Deed.RECONCILE_PAYMENT, f"item-{item}", now=now)
        row = self._open_item(item, reason)
        if outcome != (NOT_FOUND if row.kind == CLAIMED else TO_REFUND):
            raise RecordsError("payment-item-outcome", {"item": item})
        close_item(self._core, item, outcome, reason, actor=by.id, role=role, now=now)

    def _open_item(self, item: int, reason: str) -> Row[Any]:
        row = self._core.connection.execute(
            select(payment_item).where(payment_item.c.id == item, payment_item.c.outcome.is_(None))
        ).first()
        if row is None:
            raise RecordsError("payment-item-none", {"item": item})
        if not reason.strip():
            raise RecordsError("payment-item-reason")
        return row
