"""Money that comes in: at the counter and by a bank's statement (FAQ 13.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, stamp
from assistant.records.errors import RecordsError
from assistant.records.payment_schema import bank_line, payment_amount, payment_item
from assistant.services.payment import Received
from flows.permissions import Deed, Staff
from flows.roles import Role
from flows.rules.reconciling import Fate, SlipState, fate_of

CLAIMED = "claimed"
"""The kind of an item that a candidate opened: paid, they say, but shown unpaid."""

MATCHED = "matched"
"""The outcome of an item whose money was found, or has paid a slip."""


@dataclass(frozen=True)
class Imported:
    """What came of a statement: how many lines had each fate, and how many were known already."""

    fates: dict[Fate, int]
    known: int

    @property
    def lines(self) -> int:
        """How many lines the statement had."""
        return self.known + sum(self.fates.values())


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
            close_item(self._core, item, MATCHED, "", actor=actor, role=role, now=now)

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
        self.pay_online(slip, row.transaction, row.fen, row.staff, now)
        close_item(self._core, row.id, MATCHED, "", actor="", role=Role.SYSTEM, now=now)
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
            self.pay_online(line.slip, line.transaction, line.fen, by.id, now)
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

    def pay_online(self, slip: str, transaction: str, fen: int, actor: str, now: datetime) -> None:
        """Pay a slip with money that arrived at the bank."""
        self._pay(slip, method="online", receipt=transaction, fen=fen, actor=actor, role=Role.SYSTEM, now=now)


def close_item(
    core: Core, item: int, outcome: str, reason: str, *, actor: str, role: Role, now: datetime
) -> None:
    """Close an item of what does not add up, and note it."""
    core.connection.execute(
        update(payment_item)
        .where(payment_item.c.id == item)
        .values(
            outcome=outcome,
            reason_enc=core.cipher.encrypt(reason, f"payment_item|reason|{item}"),
            role=role.value,
            staff=actor,
            closed_at=stamp(now),
        )
    )
    core.note("clear-payment", f"item-{item}", now=now, role=role, actor=actor, details={"outcome": outcome})
