"""Brings what arrived from outside since the last turn into the dossier, as facts of their own origin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from flows.dossier import Dossier, Fact, Value
from flows.roles import Role
from flows.rules import integrity, results

if TYPE_CHECKING:
    from assistant.records import Turn


def arrived(
    turn: Turn, registration: str, account: str | None, dossier: Dossier, now: datetime
) -> tuple[Fact, ...]:
    """Return the facts that the store knows and the dossier does not.

    Args:
        turn: The transaction of this turn.
        registration: The registration.
        account: Its account, or ``None`` before there is one.
        dossier: What is known so far.
        now: The time: results of verification become visible with it (FAQ 7.2).
    """
    found: list[Fact] = []
    if account is not None:
        found += _verifications(turn, account, now)
        found += _files(turn, dossier, now)
    review = turn.review(registration)
    if review is not None and review.decision is not None:
        decided = (("review.decision", review.decision), ("review.reason", review.reason or ""))
        found += [Fact(key, value, now, review.role or Role.VERIFIER, "staff") for key, value in decided]
    payment = turn.payment(registration)
    if payment is not None:
        found.append(Fact("payment.receipt", payment.receipt, now, payment.role, "system"))
    consequence = turn.consequence(registration)
    if consequence is not None or "consequences.measure" in dossier:
        number, measure = (consequence.number, consequence.measure) if consequence else ("", "")
        found.append(Fact("consequences.case", number, now, Role.SUPERVISOR, "staff"))
        found.append(Fact("consequences.measure", measure, now, Role.SUPERVISOR, "staff"))
    return tuple(fact for fact in found if _new(fact, dossier))


def _new(fact: Fact, dossier: Dossier) -> bool:
    known = dossier.earlier(fact.key)
    return known is None or known.value != fact.value


def _verifications(turn: Turn, account: str, now: datetime) -> Iterable[Fact]:
    for each in turn.verifications(account, now):
        key = f"verification.{each.item}"
        yield Fact(f"{key}.submitted", each.submitted.isoformat(), now, Role.SYSTEM, "system")
        if each.status != "unverified":
            yield Fact(f"{key}.status", each.status, now, Role.SYSTEM, "verified")
            yield Fact(f"{key}.source", each.source, now, Role.SYSTEM, "verified")


def _files(turn: Turn, dossier: Dossier, now: datetime) -> Iterable[Fact]:
    """Read the integrity file and the archive of results anew at every turn: both can change (FAQ 6, 17)."""
    id_type, number = dossier.text("id_type"), dossier.text("id_number")
    if not number:
        return
    records: Value = tuple(
        integrity.encode(integrity.IntegrityRecord(each.basis, each.begins, each.until))
        for each in turn.integrity(id_type, number)
    )
    if records or "integrity" in dossier:
        yield Fact("integrity", records, now, Role.SYSTEM, "archive")
    passed: Value = tuple(
        results.encode(results.EarlierPass(*each)) for each in turn.earlier_passes(id_type, number)
    )
    if passed or "archive.passes" in dossier:
        yield Fact("archive.passes", passed, now, Role.SYSTEM, "archive")
