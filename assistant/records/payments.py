"""Money that comes in: at the counter, by a bank's statement, and what has to be cleared up (FAQ 13.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.payment_schema import bank_line, payment_amount, payment_item
from assistant.records.registrations import code_of
from assistant.services.payment import Received
from flows.permissions import Deed, Staff
from flows.roles import Role
from flows.rules.reconciling import Fate, SlipState, fate_of

CLAIMED = "claimed"
"""The kind of an item that a candidate opened: paid, they say, but shown unpaid."""

MATCHED, TO_REFUND, NOT_FOUND = "matched", "to-refund", "not-found"
OUTCOMES = (MATCHED, TO_REFUND, NOT_FOUND)

PAGE = 50


@dataclass(frozen=True)
class Imported:
    """What came of a statement: how many lines had each fate, and how many were known already."""

    fates: dict[Fate, int]
    known: int

    @property
    def lines(self) -> int:
        """How many lines the statement had."""
        return self.known + sum(self.fates.values())


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


class Payments:
    """The payments of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    # At the counter ------------------------------------------------------------------------------------

    def take_payment(
        self, slip: str, *, receipt: str, by: Staff, now: datetime, fen: int | None = None
    ) -> None:
        """Record money taken at the counter against the candidate's payment slip.

        Args:
            slip: The slip's number.
            receipt: Number of the receipt that the candidate is given.
            by: A cashier.
            now: When.
            fen: How much, in hundredths of a yuan, where it is known.

        Raises:
            RoleRefused: ``by`` is no cashier.
            RecordsError: The slip is unknown or paid, the registration is not confirmed, its review has not
                passed, or the receipt's number stands for another slip.

        Source: FAQ 13.7.
        """
        role = acting_as(by, Deed.TAKE_PAYMENT, slip, now=now)
        self._pay(slip, method="counter", receipt=receipt, fen=fen, actor=by.id, role=role, now=now)

    def state_of(self, slip: str) -> SlipState | None:
        """Say how a slip stands; ``None`` where there is none of this number."""
        row = self._slip(slip)
        if row is None:
            return None
        review = self._core.connection.execute(
            select(schema.review.c.decision).where(schema.review.c.registration_id == row.registration_id)
        ).first()
        passed = review is None or review.decision == "pass"
        return SlipState(row.paid_at is not None, row.confirmed_at is not None and passed)

    def _slip(self, slip: str) -> Row[Any, Any, Any, Any] | None:
        return self._core.connection.execute(
            select(
                schema.payment.c.registration_id,
                schema.payment.c.paid_at,
                schema.registration.c.confirmed_at,
                schema.registration.c.code,
            )
            .join(schema.registration)
            .where(schema.payment.c.slip == slip)
        ).first()

    def _pay(
        self, slip: str, *, method: str, receipt: str, fen: int | None, actor: str, role: Role, now: datetime
    ) -> None:
        connection, row = self._core.connection, self._slip(slip)
        if row is None:
            raise RecordsError("payment-slip-unknown", {"slip": slip})
        if row.paid_at:
            raise RecordsError("payment-twice", {"slip": slip})
        if method == "counter" and self._used(receipt):
            raise RecordsError("payment-receipt-used", {"receipt": receipt})
        try:
            connection.execute(
                update(schema.payment)
                .where(schema.payment.c.slip == slip)
                .values(method=method, receipt=receipt, role=role.value, staff=actor, paid_at=stamp(now))
            )
        except IntegrityError as error:
            raise RecordsError("payment-before-review", {"slip": slip}) from error
        if fen is not None:
            connection.execute(insert(payment_amount).values(slip=slip, fen=fen))
        self._core.note(
            "record-payment", row.code, now=now, role=role, actor=actor, details={"slip": slip, "by": method}
        )
        # Whoever said to have paid is answered by the money itself.
        for item in connection.execute(
            select(payment_item.c.id).where(
                payment_item.c.slip == slip,
                payment_item.c.kind == CLAIMED,
                payment_item.c.outcome.is_(None),
            )
        ).scalars():
            self._close(item, MATCHED, "", actor=actor, role=role, now=now)

    def _used(self, receipt: str) -> bool:
        """Whether a receipt of the counter stands for a payment already."""
        found = self._core.connection.execute(
            select(schema.payment.c.slip).where(
                schema.payment.c.receipt == receipt, schema.payment.c.method == "counter"
            )
        ).first()
        return found is not None

    # From the bank -------------------------------------------------------------------------------------

    def import_statement(self, lines: Iterable[Received], *, by: Staff, now: datetime) -> Imported:
        """Take what a bank says has arrived, and look again at what was waiting.

        A line is known by the bank's number: a statement may be imported again, and statements may overlap.

        Raises:
            RoleRefused: ``by`` is no cashier.
            RecordsError: Two lines of one number say different things.
        """
        role = acting_as(by, Deed.IMPORT_STATEMENT, "statement", now=now)
        fates, known = dict.fromkeys(Fate, 0), 0
        for line in lines:
            if self._known(line):
                known += 1
                continue
            self._keep(line, by, now)
            fates[self._place(line, by, now)] += 1
        settled = sum(self.settle(slip, now=now) for slip in self._waiting())
        details = {**{fate.value: count for fate, count in fates.items()}, "known": known, "settled": settled}
        self._core.note("import-statement", "lines", now=now, role=role, actor=by.id, details=details)
        return Imported(fates, known)

    def settle(self, slip: str, *, now: datetime) -> bool:
        """Pay a slip with money that came before it was due, if it is due now.

        Called at each import and whenever the candidate comes back.
        """
        row = self._core.connection.execute(
            select(payment_item.c.id, bank_line)
            .join(bank_line, bank_line.c.transaction == payment_item.c.transaction)
            .where(
                payment_item.c.slip == slip,
                payment_item.c.kind == Fate.NOT_YET_DUE.value,
                payment_item.c.outcome.is_(None),
            )
            .order_by(payment_item.c.id)
        ).first()
        if row is None or fate_of(self.state_of(slip)) is not Fate.PAID:
            return False
        self._pay_online(slip, row.transaction, row.fen, row.staff, now)
        self._close(row.id, MATCHED, "", actor="", role=Role.SYSTEM, now=now)
        return True

    def _waiting(self) -> list[str]:
        return list(
            self._core.connection.execute(
                select(payment_item.c.slip).where(
                    payment_item.c.kind == Fate.NOT_YET_DUE.value, payment_item.c.outcome.is_(None)
                )
            ).scalars()
        )

    def _known(self, line: Received) -> bool:
        row = self._core.connection.execute(
            select(bank_line.c.day, bank_line.c.fen).where(bank_line.c.transaction == line.transaction)
        ).first()
        if row is not None and (row.day, row.fen) != (line.day.isoformat(), line.fen):
            raise RecordsError("statement-number-twice", {"transaction": line.transaction})
        return row is not None

    def _keep(self, line: Received, by: Staff, now: datetime) -> None:
        encrypt, place = self._core.cipher.encrypt, line.transaction
        self._core.connection.execute(
            insert(bank_line).values(
                transaction=line.transaction,
                day=line.day.isoformat(),
                fen=line.fen,
                slip=line.slip,
                quoted_enc=encrypt(line.quoted, f"bank_line|quoted|{place}"),
                payer_enc=encrypt(line.payer, f"bank_line|payer|{place}"),
                imported_at=stamp(now),
                staff=by.id,
            )
        )

    def _place(self, line: Received, by: Staff, now: datetime) -> Fate:
        """Pay the slip with the money, or open an item where that cannot be done."""
        fate = fate_of(self.state_of(line.slip) if line.slip else None)
        if fate is Fate.PAID:
            self._pay_online(line.slip, line.transaction, line.fen, by.id, now)
            return fate
        row = self._slip(line.slip) if line.slip else None
        self._core.connection.execute(
            insert(payment_item).values(
                kind=fate.value,
                opened_at=stamp(now),
                transaction=line.transaction,
                registration_id=row.registration_id if row else None,
                slip=line.slip,
            )
        )
        return fate

    def _pay_online(self, slip: str, transaction: str, fen: int, actor: str, now: datetime) -> None:
        self._pay(slip, method="online", receipt=transaction, fen=fen, actor=actor, role=Role.SYSTEM, now=now)

    # What does not add up ------------------------------------------------------------------------------

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
        self._pay_online(slip, row.transaction, int(fen or 0), by.id, now)
        self._close(item, MATCHED, reason, actor=by.id, role=Role.CASHIER, now=now)

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
        self._close(item, outcome, reason, actor=by.id, role=role, now=now)

    def _open_item(self, item: int, reason: str) -> Row[Any]:
        row = self._core.connection.execute(
            select(payment_item).where(payment_item.c.id == item, payment_item.c.outcome.is_(None))
        ).first()
        if row is None:
            raise RecordsError("payment-item-none", {"item": item})
        if not reason.strip():
            raise RecordsError("payment-item-reason")
        return row

    def _close(self, item: int, outcome: str, reason: str, *, actor: str, role: Role, now: datetime) -> None:
        self._core.connection.execute(
            update(payment_item)
            .where(payment_item.c.id == item)
            .values(
                outcome=outcome,
                reason_enc=self._core.cipher.encrypt(reason, f"payment_item|reason|{item}"),
                role=role.value,
                staff=actor,
                closed_at=stamp(now),
            )
        )
        self._core.note(
            "clear-payment", f"item-{item}", now=now, role=role, actor=actor, details={"outcome": outcome}
        )
