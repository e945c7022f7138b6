"""Changing what was said: back, change, correct in words, add a corrected entry, withdraw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.conversation import choosing, correcting
from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Message, Objected, Option, Prompt, Said
from assistant.conversation.naming import generic, shown
from flows import journey
from flows.dependencies import doubted_by
from flows.dossier import MOST_RECORDS, RECORD_FIELDS, Fact, RecordKind
from flows.situation import Situation
from flows.steps import STEPS
from flows.steps.model import Ask
from flows.verdict import Named, Problem

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn

FIXED_BY_ACCOUNT = frozenset({"name", "id_type", "id_number", "password", "first_time"})
"""What nobody can edit after registering; the checking office can (requirement P.3)."""

UNCHANGING = frozenset({"check-code", "log-in", "log-in-again", "sign", "check-signed-name", "decline"})
"""Acts that are done again where they stand, and not changed from elsewhere."""

CORRECTABLE = frozenset({None, "choose-level", "hash-password", "keep-name"})
"""Acts whose answers are facts of the candidate; a signature or a login is done, not corrected."""


@dataclass
class Mode:
    """One fact is asked again; the earlier answer stands in the field and stays unless a new one is given."""

    ask: Ask

    def prompt(self, conversation: Conversation) -> Prompt:
        """Return the prompt of the fact, with what is known in the field."""
        prompt = conversation.prompt_of(self.ask)
        if prompt.preset or prompt.private or self.ask.kind in {"secret", "file", "acknowledge"}:
            return prompt
        fact = conversation.dossier.earlier(self.ask.key)
        if fact is None:
            return prompt
        known = ",".join(fact.value) if isinstance(fact.value, tuple) else str(fact.value)
        return replace(prompt, preset=known)

    def take(self, conversation: Conversation, turn: Turn, given: Input) -> list[Message]:
        """Take the new answer; a refused one keeps the correction open."""
        conversation.memory.mode = None
        said = conversation.answer(turn, self.ask, self.prompt(conversation), given)
        untouched = conversation.memory.mode is None
        if untouched and any(not isinstance(each, Said) for each in said) and _not_taken(said):
            conversation.memory.mode = self
        return said


def _not_taken(said: Sequence[Message]) -> bool:
    from assistant.conversation.messages import Answered, Echoed

    return not any(isinstance(each, Echoed) for each in said) and any(
        isinstance(each, Objected | Answered) for each in said
    )


def asks(situation: Situation, visited: Sequence[str]) -> tuple[Ask, ...]:
    """Return everything that was asked on the way, in order."""
    return tuple(ask for step in STEPS if step.id in visited for ask in step.all_asks(situation))


def locked(conversation: Conversation, key: str) -> Problem | None:
    """Say why a fact can no longer be changed, and who could change it; ``None`` when it can."""
    known = conversation.dossier
    told = conversation.situation.exam_and_province
    if known.true("application.confirm"):
        return Problem("confirmed-locked", told)
    if "account" in known and key in FIXED_BY_ACCOUNT:
        return Problem("account-locked", {"fact": Named("fact", key), **told})
    kind, _, rest = key.partition(".")
    if kind in RECORD_FIELDS and known.true(f"{kind}.{rest.partition('.')[0]}.saved"):
        return Problem("record-locked")
    return None


def start(conversation: Conversation, turn: Turn, argument: str) -> list[Message]:
    """Begin to change the fact that ``argument`` names, or ask which one."""
    if not argument:
        return _which(conversation)
    key = correcting.key_named(argument, conversation)
    if key is None:
        return [Objected("change", (Problem("unknown-fact"),)), *_which(conversation)]
    reason = locked(conversation, key)
    if reason is not None:
        if reason.code == "record-locked":
            return offer_corrected_entry(conversation, key)
        return [Objected(key, (reason,))]
    ask = _find(conversation, key)
    if ask is None or ask.kind == "acknowledge" or ask.act in UNCHANGING:
        return [Objected(key, (Problem("not-changeable"),))]
    conversation.memory.mode = Mode(ask)
    said: list[Message] = [Said("said.changing", {"fact": Named("fact", generic(key))})]
    return said + _would_change(conversation, key)


def _find(conversation: Conversation, key: str) -> Ask | None:
    place = conversation.place()
    return next((ask for ask in asks(conversation.situation, place.visited) if ask.key == key), None)


def _would_change(conversation: Conversation, key: str) -> list[Message]:
    doubted = doubted_by(conversation.dossier, key)
    if not doubted:
        return []
    return [Said("said.would-change", {"facts": _facts(doubted)})]


def _facts(keys: Sequence[str]) -> tuple[Named, ...]:
    return tuple(dict.fromkeys(Named("fact", generic(key)) for key in keys))


def changeable(conversation: Conversation) -> tuple[str, ...]:
    """Return the keys that were answered and can be changed, saved records by their first field."""
    place = conversation.place()
    return tuple(
        ask.key
        for ask in asks(conversation.situation, place.visited)
        if ask.key in conversation.dossier
        and ask.kind not in {"acknowledge", "file"}
        and ask.act not in UNCHANGING
        and not ask.key.endswith(".add")
        and (locked(conversation, ask.key) or Problem("record-locked")).code == "record-locked"
    )


def _which(conversation: Conversation) -> list[Message]:
    keys = changeable(conversation)
    if not keys:
        return [Said("said.nothing-to-change")]
    options = tuple(Option(key, Named("fact", key)) for key in keys)
    prompt = Prompt("change", "choice", "ask.change", help="help.change", options=options)
    conversation.memory.mode = choosing.Mode(prompt, start)
    return []


def aftermath(conversation: Conversation, turn: Turn, doubted: Sequence[str]) -> list[Message]:
    """Say what a change put in doubt; a letter that held it is superseded (FAQ 5, 13.4)."""
    if not doubted:
        return []
    said: list[Message] = []
    if "signature" in doubted and conversation.registration is not None:
        turn.supersede_letters(conversation.registration, now=conversation.situation.now)
        said.append(Said("said.signature-void"))
    others = [key for key in doubted if key not in {"signature", "signature.name"}]
    if others:
        said.append(Said("said.also-changed", {"facts": _facts(others)}))
    return said


def in_words(conversation: Conversation, turn: Turn, typed: str) -> list[Message] | None:
    """Take a correction such as "my degree is from 1999, not 2005"; ``None`` when it is none."""
    found = correcting.read(typed, conversation)
    if found is None:
        return None
    key, value = found
    reason = locked(conversation, key)
    if reason is not None:
        if reason.code == "record-locked":
            return offer_corrected_entry(conversation, key, value)
        return [Objected(key, (reason,))]
    ask = _find(conversation, key)
    if ask is None:
        return None
    if ask.kind not in {"text", "choice", "several"} or ask.act in UNCHANGING:
        # What was typed may be a password: it is neither taken nor shown.
        return start(conversation, turn, key)
    verdict = choosing.judged(ask, conversation.prompt_of(ask), Text(value), conversation.situation)
    if not verdict.ok or verdict.value is None:
        conversation.memory.drafts[key] = value
        conversation.memory.mode = Mode(ask)
        changing: list[Message] = [Said("said.changing", {"fact": Named("fact", generic(key))})]
        return [*changing, Objected(key, verdict.problems)]
    earlier = conversation.dossier.earlier(key)
    if earlier is not None and earlier.value == verdict.value:
        return [Said("said.unchanged", {"fact": Named("fact", key)})]
    return _confirmed_first(conversation, ask, earlier.value if earlier else "", verdict.value)


def _confirmed_first(conversation: Conversation, ask: Ask, old: object, new: object) -> list[Message]:
    known = conversation.dossier
    prompt = Prompt(
        "change.confirm",
        "choice",
        "ask.change.confirm",
        {
            "fact": Named("fact", ask.key),
            "old": shown(ask.key, old, known) if isinstance(old, str | tuple | int | float) else "",
            "new": shown(ask.key, new, known) if isinstance(new, str | tuple | int | float) else "",
        },
        options=(
            Option("yes", Named("word", "option.change.yes")),
            Option("no", Named("word", "option.change.no")),
        ),
    )

    def then(conversation: Conversation, turn: Turn, choice: str) -> list[Message]:
        if choice == "no" or not isinstance(new, str | tuple | int | float):
            return [Said("said.cancelled")]
        return conversation.keep(turn, ask, new, [])

    conversation.memory.mode = choosing.Mode(prompt, then)
    return _would_change(conversation, ask.key)


def offer_corrected_entry(conversation: Conversation, key: str, value: str = "") -> list[Message]:
    """Offer to add a corrected entry beside one that was saved for good (FAQ 18.4, requirement P.2)."""
    kind: RecordKind = "education" if key.startswith("education.") else "degree"
    index = int(key.split(".")[1])
    count = len(conversation.dossier.records(kind))
    if count >= MOST_RECORDS:
        return [Objected(key, (Problem("records-full", conversation.situation.exam_and_province),))]
    prompt = Prompt(
        "record.correct",
        "choice",
        "ask.record.correct",
        {"number": index + 1, "record": Named("word", f"record.{kind}")},
        help="help.record.correct",
        options=(
            Option("yes", Named("word", "option.record.correct.yes")),
            Option("no", Named("word", "option.record.correct.no")),
        ),
    )

    def then(conversation: Conversation, turn: Turn, choice: str) -> list[Message]:
        if choice == "no":
            return [Said("said.cancelled")]
        return _add_corrected(conversation, turn, kind, index, key, value)

    conversation.memory.mode = choosing.Mode(prompt, then)
    return [Objected(key, (Problem("record-locked"),))]


def _add_corrected(
    conversation: Conversation, turn: Turn, kind: RecordKind, index: int, key: str, value: str
) -> list[Message]:
    """Begin a new record that corrects a saved one: the old fields are offered, none is taken over unseen."""
    new = len(conversation.dossier.records(kind))
    now, role = conversation.situation.now, conversation.outside.role
    facts = [
        Fact(f"{kind}.{new}.add", "yes", now, role),
        Fact(f"{kind}.{new}.supersedes", index, now, role),
    ]
    for field in RECORD_FIELDS[kind]:
        old = conversation.dossier.text(f"{kind}.{index}.{field}")
        facts.append(Fact(f"{kind}.{new}.{field}", old, now, role, "stated", stale=True))
    doubted = [
        each
        for each in ("academic.submit", *doubted_by(conversation.dossier, "academic.submit"))
        if each in conversation.dossier
    ]
    conversation.doubt(turn, doubted)
    said = aftermath(conversation, turn, doubted)
    said += conversation.learn(turn, facts)
    if value:
        conversation.memory.drafts[f"{kind}.{new}.{key.rsplit('.', 1)[1]}"] = value
    return [Said("said.corrected-entry", {"number": new + 1}), *said]


def withdraw(conversation: Conversation, turn: Turn) -> list[Message]:
    """Withdraw the commitment in two steps, while unpaid and before closing (requirement L.2)."""
    refusal = _withdrawal_refused(conversation)
    if refusal is not None:
        if journey.may("sign", conversation.outside.role) is not None:
            now, role = conversation.situation.now, conversation.outside.role
            turn.note("refused:withdraw", conversation.code or "", now=now, role=role)
        return [Objected("withdrawn", (refusal,))]
    first = _two_way("withdraw", conversation)
    again = _two_way("withdraw.again", conversation)

    def then(conversation: Conversation, turn: Turn, choice: str) -> list[Message]:
        if choice == "no":
            return [Said("said.cancelled")]
        conversation.memory.mode = choosing.Mode(again, last)
        return []

    def last(conversation: Conversation, turn: Turn, choice: str) -> list[Message]:
        return [Said("said.cancelled")] if choice == "no" else _withdrawn(conversation, turn)

    conversation.memory.mode = choosing.Mode(first, then)
    return []


def _two_way(key: str, conversation: Conversation) -> Prompt:
    situation = conversation.situation
    return Prompt(
        key,
        "choice",
        f"ask.{key}",
        {
            "closes": situation.window.closes if situation.window else Named("word", "shown.unknown"),
            **situation.exam_and_province,
        },
        help=f"help.{key}",
        options=(
            Option("yes", Named("word", f"option.{key}.yes")),
            Option("no", Named("word", f"option.{key}.no")),
        ),
        irreversible=True,
    )


def _withdrawal_refused(conversation: Conversation) -> Problem | None:
    situation = conversation.situation
    known = situation.dossier
    refusal = journey.may("sign", conversation.outside.role)
    if refusal is not None:
        return refusal
    if not situation.edition.withdrawal:
        return Problem("withdraw-not-in-edition")
    if situation.route != "adopted" or "signature" not in known:
        return Problem("withdraw-nothing-signed")
    if "payment.receipt" in known:
        return Problem("withdraw-paid")
    if known.text("review.decision") == "fail":
        # Withdrawing opens the review anew; it is no way around what the office has decided.
        return Problem("withdraw-refused", situation.exam_and_province)
    if situation.window_state != "open":
        return Problem("withdraw-closed")
    return None


def _withdrawn(conversation: Conversation, turn: Turn) -> list[Message]:
    refusal = _withdrawal_refused(conversation)
    if refusal is not None:
        # The window may have closed, or the payment arrived, between the two steps.
        return [Objected("withdrawn", (refusal,))]
    assert conversation.registration is not None
    now = conversation.situation.now
    turn.supersede_letters(conversation.registration, now=now)
    said = conversation.learn(turn, (Fact("withdrawn", True, now, conversation.outside.role),))
    situation = conversation.situation
    if situation.dossier.true("application.confirm"):
        reasons = [(each.group, each.item) for each in situation.reasons]
        turn.open_review(conversation.registration, reasons, now=now)
        # The case is open again: a decision from before it was withdrawn says nothing about group 14.1.
        conversation.forget(
            turn, tuple(fact.key for fact in situation.dossier if fact.key.startswith("review."))
        )
    return [Said("said.withdrawn", situation.exam_and_province), *said]
