"""What becomes of money that a bank says has arrived (FAQ 13.7): a rule on what is known of its slip."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    """Where money that arrived belongs."""

    PAID = "paid"
    """It pays its slip."""
    UNKNOWN_SLIP = "unknown-slip"
    """No slip of this number was ever made: somebody has to find out whose money it is."""
    PAID_TWICE = "paid-twice"
    """The slip is paid already: the money goes back."""
    NOT_YET_DUE = "not-yet-due"
    """The registration is not confirmed, or its qualification check has not passed: the money waits."""


@dataclass(frozen=True)
class SlipState:
    """What is known of a payment slip.

    Args:
        paid: Whether it is paid.
        payable: Whether it may be paid: confirmed, and every review passed.
    """

    paid: bool
    payable: bool


def fate_of(slip: SlipState | None) -> Fate:
    """Say what becomes of money for a slip.

    Args:
        slip: What is known of the slip that the payer quoted; ``None`` where there is none of that number.

    Source: FAQ 13.7 (payment comes once the check has passed).
    """
    if slip is None:
        return Fate.UNKNOWN_SLIP
    if slip.paid:
        return Fate.PAID_TWICE
    return Fate.PAID if slip.payable else Fate.NOT_YET_DUE
