"""Brings what arrived from outside since the last turn into the dossier, as facts of their own origin."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.conversation.messages import Message, Said
from flows.dossier import Dossier, Fact, Value
from flows.roles import Role
from flows.rules import integrity, results
from flows.verdict import Arg

if TYPE_CHECKING:
    from assistant.records import Turn


_AFTER_CONFIRMING = ("review.", "payment.", "withdrawn", "consequences.")
"""Only these facts still arrive once the application is confirmed (FAQ 13.5)."""


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
    if number := dossier.text("id_number"):
        # A decision whose time for a review is over holds from then on, whether or not anybody looked.
        turn.bring_into_force(now, id_number=number)
    if account is not None:
        found += _verifications(turn, account, now)
        found += _files(turn, dossier, now)
    found += _reviewed(turn, registration, dossier, now)
    if "payment.slip" in dossier and "payment.receipt" not in dossier:
        # Money that came before its time may be due by now.
        turn.settle_payment(dossier.text("payment.slip"), now=now)
        found += _claim(turn, registration, now)
    if "payment.slip" in dossier:
        found += _refund(turn, registration, now)
    payment = turn.payment(registration)
    if payment is not None:
        found.append(Fact("payment.receipt", payment.receipt, payment.paid_at, payment.role, "system"))
    consequence = turn.consequence(registration)
    if consequence is not None or "consequences.measure" in dossier:
        number, measure = (consequence.number, consequence.measure) if consequence else ("", "")
        found.append(Fact("consequences.case", number, now, Role.SUPERVISOR, "staff"))
        found.append(Fact("consequences.measure", measure, now, Role.SUPERVISOR, "staff"))
    if dossier.true("application.confirm"):
        found = [fact for fact in found if fact.key.startswith(_AFTER_CONFIRMING)]
    return tuple(fact for fact in found if _new(fact, dossier))


def _claim(turn: Turn, registration: str, now: datetime) -> Iterable[Fact]:
    """Say what became of the candidate's word that they paid (requirement P.6)."""
    claim = turn.payment_claim(registration)
    if claim is not None:
        yield Fact("payment.claim", claim.outcome or "open", now, Role.SYSTEM, "system")
        yield Fact("payment.claim.day", claim.day.isoformat(), now, Role.SYSTEM, "system")
        yield Fact("payment.claim.reason", claim.reason, now, Role.SYSTEM, "system")


def _refund(turn: Turn, registration: str, now: datetime) -> Iterable[Fact]:
    """Bring what a cashier decided to give back, such as money that came twice (FAQ 13.7)."""
    refund = turn.payment_refund(registration)
    if refund is not None:
        amount = f"{refund.fen // 100}.{refund.fen % 100:02}"
        known = {"": refund.transaction, ".amount": amount, ".day": refund.day.isoformat()}
        for key, value in (known | {".reason": refund.reason}).items():
            yield Fact(f"payment.refund{key}", value, now, Role.CASHIER, "staff")


def news(facts: Iterable[Fact], dossier: Dossier) -> list[Message]:
    """Tell what arrived and moves nobody on, so that no step says it.

    Args:
        facts: What arrived.
        dossier: What is known with it.
    """
    if not any(fact.key == "payment.refund" for fact in facts):
        return []
    args: dict[str, Arg] = {
        "number": dossier.text("payment.refund"),
        **{each: dossier.text(f"payment.refund.{each}") for each in ("amount", "day", "reason")},
    }
    return [Said("said.refund", args)]


def _new(fact: Fact, dossier: Dossier) -> bool:
    known = dossier.earlier(fact.key)
    return known is None or known.value != fact.value


def _reviewed(turn: Turn, registration: str, dossier: Dossier, now: datetime) -> Iterable[Fact]:
    """Bring the result of manual verification, or what the candidate is asked to bring (FAQ 14, 15.2)."""
    found = turn.review(registration)
    if found is None:
        return
    arrived: dict[str, Value] = {}
    if found.decision is not None:
        arrived = {"review.decision": found.decision, "review.reason": found.reason or ""}
    if found.unmet:
        arrived |= {"review.unmet": tuple(found.unmet), "review.unmet.reasons": tuple(found.unmet.values())}
    asked = found.evidence
    if asked is not None and asked.received is None:
        by = asked.by.isoformat()
        arrived |= {"review.evidence": asked.what, "review.evidence.where": asked.where}
        arrived["review.evidence.by"] = by
    elif "review.evidence" in dossier:
        # It has come, or it is no longer wanted: nobody is sent with papers twice.
        arrived["review.evidence"] = ""
    for key, value in arrived.items():
        yield Fact(key, value, now, found.role or Role.VERIFIER, "staff")


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
