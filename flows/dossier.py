"""What is known of a candidate: facts by key, each with where it came from.

The dossier is all that is stored of a registration. Where the candidate is follows from it
(:func:`flows.journey.locate`), so going back, correcting and resuming need nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from flows.roles import Role

Value = str | int | float | bool | tuple[str, ...]
"""What a fact may hold. Lists of records are flat keys: ``education.0.level``."""

Origin = Literal["stated", "assumed", "verified", "archive", "system", "staff"]

RecordKind = Literal["education", "degree"]
RECORD_FIELDS: Mapping[RecordKind, tuple[str, ...]] = {
    "education": ("level", "study", "school", "major", "graduated", "certificate", "country"),
    "degree": ("level", "school", "major", "awarded", "certificate", "country"),
}
MOST_RECORDS = 5
"""At most five education and five degree records (FAQ 18.2, 18.3)."""


@dataclass(frozen=True)
class Fact:
    """One thing known.

    Args:
        key: What it is about, such as ``name`` or ``education.0.graduated``.
        value: What is known, normalised.
        at: When it was said, with its zone.
        role: Who said it.
        origin: How it is known.
        stale: Whether something that it depended on has changed since: it is asked to be confirmed again.
    """

    key: str
    value: Value
    at: datetime
    role: Role = Role.CANDIDATE
    origin: Origin = "stated"
    stale: bool = False


def _no_facts() -> Mapping[str, Fact]:
    return {}


@dataclass(frozen=True)
class Dossier:
    """An unchanging set of facts; every change makes a new dossier."""

    facts: Mapping[str, Fact] = field(default_factory=_no_facts)

    def __contains__(self, key: str) -> bool:
        """Whether the fact is known and does not wait to be confirmed again."""
        fact = self.facts.get(key)
        return fact is not None and not fact.stale

    def __iter__(self) -> Iterator[Fact]:
        """Go through the facts in the order in which they were first learned."""
        return iter(self.facts.values())

    def value(self, key: str) -> Value | None:
        """Return what is known under ``key``; a fact to be confirmed again counts as unknown."""
        fact = self.facts.get(key)
        return None if fact is None or fact.stale else fact.value

    def text(self, key: str) -> str:
        """Return a text fact, or the empty string."""
        value = self.value(key)
        return value if isinstance(value, str) else ""

    def true(self, key: str) -> bool:
        """Whether the fact is known and true."""
        return self.value(key) is True

    def earlier(self, key: str) -> Fact | None:
        """Return the fact even when it waits to be confirmed again: it is offered as the preset."""
        return self.facts.get(key)

    def put(self, *facts: Fact) -> Dossier:
        """Return a dossier with these facts in place of those of the same keys."""
        return Dossier({**self.facts, **{fact.key: fact for fact in facts}})

    def without(self, keys: Iterable[str]) -> Dossier:
        """Return a dossier that does not know these keys."""
        gone = frozenset(keys)
        return Dossier({key: fact for key, fact in self.facts.items() if key not in gone})

    def doubting(self, keys: Iterable[str]) -> Dossier:
        """Return a dossier in which these facts wait to be confirmed again."""
        doubted = frozenset(keys)
        return Dossier(
            {key: replace(fact, stale=True) if key in doubted else fact for key, fact in self.facts.items()}
        )

    def records(self, kind: RecordKind) -> tuple[AcademicRecord, ...]:
        """Return the education or degree records entered so far, complete or not, in their order."""
        found = []
        for index in range(MOST_RECORDS):
            fields = {
                name: self.text(f"{kind}.{index}.{name}")
                for name in RECORD_FIELDS[kind]
                if f"{kind}.{index}.{name}" in self
            }
            if not fields:
                break
            supersedes = self.value(f"{kind}.{index}.supersedes")
            found.append(
                AcademicRecord(
                    kind=kind,
                    index=index,
                    fields=fields,
                    supersedes=supersedes if isinstance(supersedes, int) else None,
                    saved=self.true(f"{kind}.{index}.saved"),
                )
            )
        return tuple(found)

    def records_in_force(self, kind: RecordKind) -> tuple[AcademicRecord, ...]:
        """Return the complete records that no later one corrects."""
        records = self.records(kind)
        corrected = {record.supersedes for record in records if record.supersedes is not None}
        return tuple(record for record in records if record.complete and record.index not in corrected)


@dataclass(frozen=True)
class AcademicRecord:
    """One education or degree entry.

    ``fields`` holds text under the names of :data:`RECORD_FIELDS`; ``graduated`` and ``awarded`` are
    ``YYYY-MM``; ``country`` is ``china`` or another country's name in lower case.
    ``supersedes`` is the index of the saved record that this one corrects.
    """

    kind: RecordKind
    index: int
    fields: Mapping[str, str]
    supersedes: int | None = None
    saved: bool = False

    @property
    def complete(self) -> bool:
        """Whether every field is filled; a certificate number may be empty only where none was issued."""
        return all(name in self.fields for name in RECORD_FIELDS[self.kind])

    @property
    def when(self) -> str:
        """The month of graduation or award, ``YYYY-MM``."""
        return self.fields.get("graduated") or self.fields.get("awarded") or ""

    @property
    def item(self) -> str:
        """The name under which this record is verified, such as ``education.0``."""
        return f"{self.kind}.{self.index}"
