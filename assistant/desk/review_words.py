"""A manual verification in words: a row of the queue, and the cards of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from assistant.conversation.blocks import Block, Line, Pair
from assistant.conversation.naming import shown, summary
from assistant.conversation.wording import Wording
from assistant.records.queue import ReviewCase, ReviewRow
from flows.casework import model, review
from flows.dossier import AcademicRecord, Dossier, Fact
from flows.roles import Role
from flows.verdict import Arg, Named

Offers = tuple[model.Offer, ...]


def age(row: ReviewRow, say: Wording) -> str:
    """Say how long ago a case was opened, in the largest unit of which there is one."""
    minutes = int(row.age.total_seconds()) // 60
    for unit, length in (("days", 24 * 60), ("hours", 60)):
        if minutes >= length:
            return say.text(f"desk.review.age-{unit}", {"number": minutes // length})
    return say.text("desk.review.age-minutes", {"number": minutes})


def due(row: ReviewRow, say: Wording, *, wide: bool) -> str:
    """Say by when a case is to be decided; one that is late has a sign and a word."""
    at = f"{row.due:%m-%d %H:%M}"
    if not row.overdue:
        return at
    mark = say.text("desk.review.overdue")
    return f"{mark} {at}" if wide else mark


def holder(row: ReviewRow) -> str:
    """Say until when a case is held and by whom; nothing where nobody does."""
    return f"{row.lock_until:%H:%M} {row.holder}" if row.owner and row.lock_until else ""


def condition(name: str, say: Wording) -> str:
    """Name a condition that can be found not met, such as ``14.2 education.0`` or ``work-years``."""
    group, _, item = name.rpartition(" ")
    said = say.value(Named("item", item))
    return f"{group} {said}" if group else said


def refused(offers: Offers, say: Wording) -> tuple[str, ...]:
    """Say what cannot be done now, with the reason, each reason once."""
    found: dict[str, list[Arg]] = {}
    for offer in offers:
        if offer.refused is not None:
            found.setdefault(say.problem(offer.refused), []).append(_move(offer.move.name))
    return tuple(
        say.text("desk.review.not-now", {"moves": say.value(tuple(moves)), "reason": reason})
        for reason, moves in found.items()
    )


def blocks(case: ReviewCase, me: str, now: datetime, say: Wording) -> Iterable[Block]:
    """Put a case into words: where it stands, who it is, what is to be judged, what happened.

    Args:
        case: The case.
        me: Login name of who reads it.
        now: The time, for the lock.
        say: The sentences of the language.
    """
    yield _card(say, "desk.review.stands", _stands(case, me, now, say))
    if case.unmet:
        unmet = (Pair(condition(name, say), why) for name, why in case.unmet.items())
        yield _card(say, "review.unmet", unmet)
    reasons = (
        Pair(say.value(Named("item", item)), say.text(f"group.{group}")) for group, item in case.row.reasons
    )
    yield _card(say, "desk.review.reasons", reasons)
    if case.evidence is not None:
        yield _card(say, "desk.review.evidence", _evidence(case.evidence, say))
    if case.person is not None:
        person = case.person
        pairs = (
            Pair(say.fact("name"), person.name),
            Pair(say.fact("id_type"), say.text(f"id_type.{person.id_type}")),
            Pair(say.fact("id_number"), person.id_number),
            Pair(say.fact("mobile"), person.mobile),
        )
        yield _card(say, "desk.review.person", pairs)
    if case.academic:
        records = (Pair(say.value(Named("item", each.item)), _record(each, say)) for each in case.academic)
        yield _card(say, "desk.review.academic", records)
    if case.verifications:
        statuses = (
            Pair(say.value(Named("item", each.item)), say.text(f"status.{each.status}"))
            for each in case.verifications
        )
        yield _card(say, "desk.review.statuses", statuses)
    known = Dossier({key: Fact(key, value, now) for key, value in case.facts.items()})
    facts = (Pair(say.fact(key), say.value(shown(key, value, known))) for key, value in case.facts.items())
    if case.facts:
        yield _card(say, "desk.review.facts", facts)
    trail = (
        Pair(f"{each.at.astimezone(now.tzinfo):%Y-%m-%d %H:%M}", _event(each, case.names, say))
        for each in case.events
    )
    yield _card(say, "desk.review.trail", trail)


def _card(say: Wording, title: str, pairs: Iterable[Pair], *lines: Line) -> Block:
    return Block("card", (*pairs, *lines), say.text(title), "status")


def _stands(case: ReviewCase, me: str, now: datetime, say: Wording) -> Iterable[Pair]:
    row = case.row
    yield Pair(say.text("desk.review.state"), say.text(f"case.review.state.{row.state}"))
    yield Pair(say.text("desk.review.opened"), say.value(row.opened_at))
    if row.state in review.OPEN:
        late = say.text("desk.review.due-overdue", {"at": row.due}) if row.overdue else say.value(row.due)
        yield Pair(say.text("desk.review.due"), late)
        yield Pair(say.text("desk.review.held"), _held(case, me, now, say))
    if case.proposer is not None:
        yield Pair(say.text("desk.review.proposer"), case.names.get(case.proposer, case.proposer))


def _held(case: ReviewCase, me: str, now: datetime, say: Wording) -> str:
    held = review.lock(model.Case(case.row.state, case.events))
    if held is None:
        return say.text("desk.review.held-nobody")
    until = held.until.astimezone(now.tzinfo)
    day = "" if until.date() == now.date() else f"{until:%m-%d} "
    owner = case.names.get(held.owner, held.owner)
    args: dict[str, Arg] = {"owner": owner, "until": f"{day}{until:%H:%M}"}
    if not held.running(now):
        return say.text("desk.review.held-over", args)
    if held.owner != me:
        return say.text("desk.review.held-other", args)
    # A part of a minute counts as one: nobody reads "0 minutes left" while the lock still holds.
    minutes = -(-(held.until - now) // timedelta(minutes=1))
    return say.text("desk.review.held-mine", {**args, "minutes": minutes})


def _evidence(evidence: review.Evidence, say: Wording) -> Iterable[Pair]:
    yield Pair(say.text("evidence.what"), evidence.what)
    yield Pair(say.text("evidence.where"), evidence.where)
    yield Pair(say.text("evidence.by"), say.value(evidence.by))
    if evidence.received is not None:
        yield Pair(say.text("desk.review.evidence-received"), say.value(evidence.received))


def _record(record: AcademicRecord, say: Wording) -> str:
    study = record.fields.get("study")
    number = record.fields.get("certificate")
    country = record.fields.get("country", "")
    ways = (Named("word", f"study.{study}"),) if study else ()
    held = (
        say.text("desk.review.certificate", {"number": number})
        if number
        else say.text("shown.no-certificate")
    )
    place = say.text("country.china") if country == "china" else country
    return say.value((say.value(summary(record)), *ways, held, place))


def _move(name: str) -> Named:
    return Named("word", f"case.review.move.{name}")


def _event(event: model.Event, names: Mapping[str, str], say: Wording) -> str:
    args: dict[str, Arg] = {"move": _move(event.move), "staff": names.get(event.by, event.by)}
    if event.role is Role.SYSTEM:
        said = say.text("desk.review.event-system", args)
    else:
        said = say.text("desk.review.event", {**args, "role": say.text(f"desk.role.{event.role}")})
    told = event.text("why") or event.text("what")
    return say.text("desk.review.event-told", {"event": said, "told": told}) if told else said
