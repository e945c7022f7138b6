"""Puts a case into words: its heading, what happened to it, and what a measure brings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from assistant.conversation.blocks import Block, Line, Pair
from assistant.conversation.wording import Wording
from assistant.records.false_promises import CaseRow
from flows.casework import model
from flows.casework.measures import MEASURES, last_day
from flows.dossier import Value
from flows.verdict import Arg, Named

_WORDS = {
    "measure": "measure",
    "source": "desk.source",
    "means": "desk.means",
    "channel": "desk.channel",
}
"""Arguments of events that are ids, with where their words stand."""


@dataclass(frozen=True)
class CaseWords:
    """A case in the language of now; ``names`` are what colleagues are called, by login name."""

    wording: Wording
    kind: model.Kind
    names: Mapping[str, str] = field(default_factory=dict)

    def state(self, state: str) -> str:
        """Name a state."""
        return self.wording.text(f"case.{self.kind.name}.state.{state}")

    def move(self, move: str) -> str:
        """Name a move where it stands by itself, in a list or as a heading."""
        return headed(self.wording.text(f"case.{self.kind.name}.move.{move}"))

    def trail(self, case: model.Case) -> Iterable[Block]:
        """Say what happened to a case, the newest first: it is what the next move answers."""
        say = self.wording.text
        for event in reversed(case.events):
            by = self.names.get(event.by, event.by) or say("desk.by-itself")
            pairs = [Pair(say("desk.arg.when"), f"{self.wording.arg(event.at)} · {by}")]
            pairs += self.given(event.args)
            yield Block("card", tuple(pairs), self.move(event.move), "status")

    def given(self, args: Mapping[str, Value]) -> Iterable[Pair]:
        """Say what came with a move, without what was left empty."""
        for key, value in args.items():
            if isinstance(value, str) and value:
                yield Pair(self.wording.text(f"desk.arg.{key}"), self._value(key, value))

    def _value(self, key: str, value: str) -> str:
        if key == "owner":
            return self.names.get(value, value)
        if key in _WORDS:
            return self.wording.text(f"{_WORDS[key]}.{value}")
        if key in {"served", "until", "from"}:
            whole = datetime.fromisoformat(value) if len(value) > 10 else date.fromisoformat(value)
            return self.wording.arg(whole)
        return value

    def about(self, row: CaseRow) -> Block:
        """Say whom a case is about, masked, and where it stands."""
        say = self.wording
        pairs = [
            Pair(say.text("desk.arg.state"), self.state(row.state)),
            Pair(say.text("desk.arg.person"), f"{row.name} · {row.id_number}"),
            Pair(say.text("desk.arg.exam"), sitting(row.exam, row.year, say)),
        ]
        if row.measure is not None:
            pairs.append(Pair(say.text("desk.arg.measure"), say.text(f"measure.{row.measure}")))
            basis = MEASURES[row.measure].basis
            pairs.append(Pair(say.text("desk.arg.basis"), say.text(f"basis.{basis}")))
        if row.in_force_at is not None:
            pairs.append(Pair(say.text("desk.arg.in-force"), say.arg(row.in_force_at)))
        return Block("card", tuple(pairs), say.text("desk.case.number", {"number": row.number}), "status")

    def brings(self, measure: str, today: date) -> Block:
        """Spell out what a measure does, on what basis, and how long it is on record."""
        say, held = self.wording, MEASURES[measure]
        record: Arg = Named("word", f"desk.record.{held.record}")
        pairs = [
            Pair(say.text("desk.arg.measure"), say.text(f"measure.{held.id}")),
            Pair(say.text("desk.arg.basis"), say.text(f"basis.{held.basis}")),
            Pair(
                say.text("desk.effect.registration"),
                say.text(f"desk.effect.registration-{'ends' if held.registration else 'stays'}"),
            ),
            Pair(say.text("desk.effect.results"), say.text(f"desk.effect.results-{held.results}")),
            Pair(say.text("desk.effect.record"), say.arg(record)),
        ]
        until = last_day(held, today) if held.record == "five-years" else None
        if until is not None:
            said = say.text("desk.effect.until-today", {"until": until})
            pairs.append(Pair(say.text("desk.effect.until"), said))
        return Block("card", tuple(pairs), say.text("desk.effect.title"), "status")


def headed(said: str) -> str:
    """Begin with a capital what stands in the middle of sentences elsewhere."""
    return said[:1].upper() + said[1:]


def sitting(exam: str, year: int, say: Wording) -> str:
    """Name an examination and its year; some cases are on registrations that had not chosen one yet."""
    return f"{say.arg(Named('exam', exam))} · {year}" if exam else str(year)


def warned(said: str) -> Block:
    """Say what cannot be taken back."""
    return Block("warned", (Line(said),))
