"""All academic records as one form: it is taken whole in one turn, or nothing of it is (FAQ 18).

The rules are those of the questions one by one: each field is judged by the ask that would have asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.conversation import changing, choosing, showing
from assistant.conversation.inputs import RecordEntry, Records, Text
from assistant.conversation.messages import Message, Objected, Prompt, Said, Warned
from flows.dossier import MOST_RECORDS, RECORD_FIELDS, AcademicRecord, Dossier, Fact, RecordKind, Value
from flows.roles import STAFF, Role
from flows.rules import academic
from flows.situation import Situation
from flows.steps.register import record_field
from flows.verdict import Arg, Named, Problem, Verdict

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn


@dataclass(frozen=True)
class RecordsSheet:
    """What a page needs to show all records and to judge them while one types.

    Args:
        form: What is known so far, what was refused or waits to be confirmed again included.
        saved: The records that can no longer change, such as ``education.0``.
        situation: What the rules look at beside the form: the birth date, the day.
    """

    form: Records
    saved: frozenset[str]
    situation: Situation


def entries(form: Records, kind: RecordKind) -> tuple[RecordEntry, ...]:
    """Return the entries of a form of one kind."""
    return form.education if kind == "education" else form.degrees


# What stands on the form -------------------------------------------------------------------------------


def sheet_of(situation: Situation, drafts: Mapping[str, str]) -> RecordsSheet:
    """Fill the form in with what is known.

    Args:
        situation: Where the candidate stands.
        drafts: What was typed and refused, by key.
    """
    found = {kind: tuple(_known(situation.dossier, kind, drafts)) for kind in RECORD_FIELDS}
    return RecordsSheet(
        Records(found["education"], found["degree"]),
        frozenset(
            record.item
            for kind in RECORD_FIELDS
            for record in situation.dossier.records(kind)
            if record.saved
        ),
        situation,
    )


def _known(dossier: Dossier, kind: RecordKind, drafts: Mapping[str, str]) -> Iterable[RecordEntry]:
    for index in range(MOST_RECORDS):
        fields = {}
        for name in RECORD_FIELDS[kind]:
            key = f"{kind}.{index}.{name}"
            fact = dossier.earlier(key)
            if key in drafts or fact is not None:
                fields[name] = drafts.get(key, "" if fact is None else str(fact.value))
        if not fields and dossier.text(f"{kind}.{index}.add") != "yes":
            return
        supersedes = dossier.value(f"{kind}.{index}.supersedes")
        yield RecordEntry(fields, supersedes if isinstance(supersedes, int) else None)


def prompt_of(kind: RecordKind, index: int, field: str, situation: Situation) -> Prompt:
    """Return the prompt that would ask for a field: its help, its example, what can be picked."""
    return showing.prompt_for(record_field(kind, index, field), situation)


# Judging -----------------------------------------------------------------------------------------------


def judge_field(
    kind: RecordKind, index: int, field: str, typed: str, known: Mapping[str, str], situation: Situation
) -> Verdict[Value]:
    """Judge one field by the rule of its question.

    Args:
        kind: Whether it is an education or a degree record.
        index: Its place.
        field: One of :data:`flows.dossier.RECORD_FIELDS`.
        typed: What stands in the field; for a choice its id, number or name.
        known: The fields of the same record that are right, in normal form.
        situation: What else the rules look at.

    Source: FAQ 18.4.
    """
    ask = record_field(kind, index, field)
    record = {f"{kind}.{index}.{name}": value for name, value in known.items()}
    others = situation.dossier.without(f"{kind}.{index}.{name}" for name in RECORD_FIELDS[kind])
    facts = (Fact(key, value, situation.now) for key, value in record.items())
    seen = replace(situation, dossier=others.put(*facts))
    if ask.kind == "choice":
        return choosing.judged(ask, showing.prompt_for(ask, seen), Text(typed), seen)
    return ask.judge(typed, seen)


def judge_record(
    kind: RecordKind, index: int, fields: Mapping[str, str], situation: Situation
) -> dict[str, Verdict[Value]]:
    """Judge every field of a record; they stand in the order in which they are asked."""
    known: dict[str, str] = {}
    verdicts: dict[str, Verdict[Value]] = {}
    # The number of the certificate comes last: it is compared with the rest.
    for name in sorted(RECORD_FIELDS[kind], key=lambda each: each == "certificate"):
        verdicts[name] = judge_field(kind, index, name, fields.get(name, ""), known, situation)
        if verdicts[name].value is not None:
            known[name] = str(verdicts[name].value)
    return {name: verdicts[name] for name in RECORD_FIELDS[kind]}


def known_of(verdicts: Mapping[str, Verdict[Value]]) -> dict[str, str]:
    """Return the fields that are right, in normal form."""
    return {name: str(each.value) for name, each in verdicts.items() if each.value is not None}


def online_note(kind: RecordKind, index: int, known: Mapping[str, str]) -> Arg | None:
    """Say whether a record can be verified online; ``None`` while too little is known of it.

    Source: FAQ 10.4, 14.2, 14.4, 18.1.
    """
    record = AcademicRecord(kind, index, known)
    reason = academic.online_verifiable(record)
    if reason is not None:
        return reason
    if not record.when or "level" not in known or "country" not in known:
        return None
    return Named("word", "records.online.2002" if academic.flags_2002(record) else "records.online")


# Taking the form ---------------------------------------------------------------------------------------


def take_form(conversation: Conversation, turn: Turn, form: Records) -> list[Message]:
    """Keep a whole form, so that only the saving is left to ask for; or refuse it and keep nothing.

    Source: FAQ 18.2, 18.3 (how many), 18.4 (what is saved stays as it is).
    """
    refusal = _refused_here(conversation, turn)
    if refusal is not None:
        return [Objected("academic.submit", (refusal,))]
    counts = academic.check_record_counts(len(form.education), len(form.degrees))
    if counts:
        return [Objected(each.code.partition("-")[0], (each,)) for each in counts]
    situation, role = conversation.situation, conversation.outside.role
    read = [_read(kind, entries(form, kind), situation) for kind in RECORD_FIELDS]
    objections: list[Message] = [each for part in read for each in part.objections]
    if objections:
        return objections
    conversation.memory.mode = None
    for key in [each for each in conversation.memory.drafts if each.partition(".")[0] in RECORD_FIELDS]:
        del conversation.memory.drafts[key]
    taken: Mapping[str, Arg] = {"education": len(form.education), "degrees": len(form.degrees)}
    said: list[Message] = [Said("said.records-taken", taken)]
    said += [each for part in read for each in part.warnings]
    told = {key: value for part in read for key, value in part.told.items()}
    said += conversation.learn(
        turn,
        [
            Fact(key, value, situation.now, role)
            for key, value in told.items()
            if key not in situation.dossier or situation.dossier.value(key) != value
        ],
    )
    conversation.forget(turn, _left_out(situation.dossier, form, told))
    return said


def _refused_here(conversation: Conversation, turn: Turn) -> Problem | None:
    """Say why no form is taken now: it belongs to the academic step, and to the candidate in person."""
    role = conversation.outside.role
    if role is not Role.CANDIDATE:
        now = conversation.situation.now
        turn.note("refused:records", conversation.code or "", now=now, role=role)
        return Problem("not-for-staff" if role in STAFF else "not-for-you")
    other = conversation.memory.mode is not None and not isinstance(conversation.memory.mode, changing.Mode)
    if other or conversation.place().step.id != "academic":
        return Problem("records-not-now")
    return None


@dataclass(frozen=True)
class _Read:
    """What came of reading the entries of one kind: the facts that they tell, or why they are not taken."""

    told: Mapping[str, Value]
    objections: tuple[Objected, ...]
    warnings: tuple[Warned, ...]


def _read(kind: RecordKind, given: tuple[RecordEntry, ...], situation: Situation) -> _Read:
    told: dict[str, Value] = {}
    objections: list[Objected] = []
    warnings: list[Warned] = []
    saved = {record.index: record for record in situation.dossier.records(kind) if record.saved}
    locked = Problem("record-locked")
    for index, record in saved.items():
        fields = given[index].fields if index < len(given) else dict.fromkeys(record.fields, "")
        changed = [name for name, value in record.fields.items() if fields.get(name, value) != value]
        objections += [Objected(f"{kind}.{index}.{name}", (locked,)) for name in changed[:1]]
    for index, entry in enumerate(given):
        if index in saved:
            continue
        item = f"{kind}.{index}"
        if kind == "degree" or index:
            told[f"{item}.add"] = "yes"
        if entry.supersedes is not None:
            told[f"{item}.supersedes"] = entry.supersedes
            if entry.supersedes not in saved:
                objections.append(Objected(item, (Problem("records-corrects-nothing"),)))
        for name, verdict in judge_record(kind, index, entry.fields, situation).items():
            if verdict.value is None:
                objections.append(Objected(f"{item}.{name}", verdict.problems))
                continue
            told[f"{item}.{name}"] = verdict.value
            if verdict.warnings:
                warnings.append(Warned(f"{item}.{name}", verdict.warnings))
    if len(given) < MOST_RECORDS:
        told[f"{kind}.{len(given)}.add"] = "no"
    return _Read(told, tuple(objections), tuple(warnings))


def _left_out(dossier: Dossier, form: Records, told: Mapping[str, Value]) -> list[str]:
    """Return the facts of records that were taken out of the form, or whose correction was."""
    gone = []
    for fact in dossier:
        kind, _, rest = fact.key.partition(".")
        if kind not in RECORD_FIELDS or fact.key in told:
            continue
        index, _, name = rest.partition(".")
        count = len(form.education if kind == "education" else form.degrees)
        unsaved = not dossier.true(f"{kind}.{index}.saved")
        if int(index) >= count or (unsaved and name == "supersedes"):
            gone.append(fact.key)
    return gone
