"""Looks at a payment slip for somebody at the counter: whose it is, and whether it is to be paid now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import select

from assistant.records import schema
from assistant.records.accounts import Accounts
from assistant.records.acting import acting_as
from assistant.records.core import Core, moment
from assistant.records.errors import RecordsError
from assistant.services.payment import slip_in
from flows.masking import masked_name
from flows.permissions import Deed, Staff
from flows.rules.identity import mask_id_number

Standing = Literal["due", "paid", "not-confirmed", "in-review", "failed"]


@dataclass(frozen=True)
class Slip:
    """A payment slip, with nothing that says more of a person than staff may see.

    Args:
        number: The slip's number.
        code: The registration's code.
        name: The candidate's name, masked; empty before there is an account.
        id_number: The ID number, masked.
        standing: Whether it is to be paid now, or why not.
        paid_at: When it was paid.
        method: ``counter`` or ``online``, once it is paid.
        receipt: Number of the receipt or of the bank's transaction, once it is paid.
    """

    number: str
    code: str
    name: str
    id_number: str
    standing: Standing
    paid_at: datetime | None
    method: str
    receipt: str


class PaymentSlips:
    """The slips of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    def look(self, typed: str, *, by: Staff, now: datetime) -> Slip:
        """Look at a slip before money is taken; the look stands on the audit trail.

        Args:
            typed: The slip's number, in any case, with or without its dash.
            by: A cashier, supervisor or auditor.
            now: When.

        Raises:
            RoleRefused: ``by`` does not see payments.
            RecordsError: There is no slip of this number.

        Source: FAQ 13.7 (payment comes once the check has passed).
        """
        number = slip_in(typed)
        role = acting_as(by, Deed.SEE_PAYMENTS, number or "unknown", now=now)
        row = self._core.connection.execute(
            select(
                schema.payment,
                schema.registration.c.code,
                schema.registration.c.account_id,
                schema.registration.c.confirmed_at,
                schema.review.c.registration_id.label("reviewed"),
                schema.review.c.decision,
            )
            .join(schema.registration, schema.registration.c.id == schema.payment.c.registration_id)
            .join(schema.review, schema.review.c.registration_id == schema.registration.c.id, isouter=True)
            .where(schema.payment.c.slip == number)
        ).first()
        if row is None:
            raise RecordsError("payment-slip-unknown", {"slip": number or typed[:40]})
        details = {"slip": number, "reason": "payment"}
        self._core.note("view:payment-slip", row.code, now=now, role=role, actor=by.id, details=details)
        person = Accounts(self._core).account(row.account_id) if row.account_id else None
        return Slip(
            number,
            row.code,
            masked_name(person.name) if person else "",
            mask_id_number(person.id_number) if person else "",
            _standing(
                paid=row.paid_at is not None,
                confirmed=row.confirmed_at is not None,
                review=(row.decision or "open") if row.reviewed else "none",
            ),
            moment(row.paid_at) if row.paid_at else None,
            row.method or "",
            row.receipt or "",
        )


def _standing(*, paid: bool, confirmed: bool, review: str) -> Standing:
    if paid:
        return "paid"
    if not confirmed:
        return "not-confirmed"
    return "failed" if review == "fail" else "in-review" if review == "open" else "due"
