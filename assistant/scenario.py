"""Scenario files: one registration as facts and what is expected of it, in any order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from content.loader import read
from content.reading import refusal
from content.schema import Bilingual, EditionId, Frozen, Language

Outcome = Literal["paid", "waiting", "refused", "invalid", "withdrawn"]
Result = Literal["verified", "failed", "cannot-verify", "unverified"]


class OnFile(Frozen, frozen=True, rename={"begins": "from"}):
    """A record in the integrity file; without ``until`` it is long-term."""

    basis: str
    begins: date
    until: date | None = None


class Authority(Frozen, frozen=True):
    """What the verification sources answer, once 24 hours have passed."""

    identity: Result = "verified"
    education: tuple[Result, ...] = ()
    degrees: tuple[Result, ...] = ()


class Decision(Frozen, frozen=True):
    """What the office decides in the manual verification."""

    decision: Literal["pass", "fail"]
    reason: str = ""


class FalsePromise(Frozen, frozen=True):
    """A false promise that is found once the step ``at`` stands, and what is decided on it (FAQ 16)."""

    at: Literal["manual-review", "application-pay", "consequences"]
    measure: str
    reason: str


class Staff(Frozen, frozen=True):
    """What the offices do; without ``manual_review`` nobody decides."""

    manual_review: Decision | None = None
    false_promise: FalsePromise | None = None
    payment: Literal["paid", "unpaid"] = "paid"


class Record(Frozen, frozen=True):
    """A record of the form of all academic records, as it was typed."""

    fields: dict[str, str]
    supersedes: int | None = None


class Take(Frozen, frozen=True):
    """One thing that was done in a lesson; exactly one of its parts is there.

    Args:
        text: What was typed.
        choice: What was picked.
        file: A photo: ``ok``, or a path.
        command: A command and what it acts on.
        education: The records of the form, with ``degrees``.
        clock: The time to which the clock was put.
        decided: What the office decided.
        paid: That the fee was taken.
        penalised: The measure and the reason of a decision on a false promise.
    """

    text: str | None = None
    choice: tuple[str, ...] | None = None
    file: str | None = None
    command: tuple[str, str] | None = None
    education: tuple[Record, ...] | None = None
    degrees: tuple[Record, ...] | None = None
    clock: datetime | None = None
    decided: Decision | None = None
    paid: bool = False
    penalised: tuple[str, str] | None = None


class Expect(Frozen, frozen=True):
    """What must come of it; what is left out is not checked."""

    outcome: Outcome | None = None
    visited: tuple[str, ...] | None = None
    not_visited: tuple[str, ...] = ()
    manual_groups: tuple[str, ...] | None = None
    letter: Literal["sealed", "none", "superseded"] | None = None
    later_rule: str | None = None
    answers: tuple[int, ...] = ()


class Scenario(Frozen, frozen=True):
    """One registration.

    Args:
        candidate: Facts by key; a list under a key whose prompt takes one value is tried in turn.
        change: At a step, facts to change with ``/change`` once the step stands.
        ask: At a step, a question to put.
        clock: At a step, the time to which the clock is put once the step stands.
        withdraw_at: The step at which the commitment is withdrawn.
        title: What it is called; one text stands for both languages.
        story: Who this is, in two or three sentences that a class can follow.
        takes: What was done in a lesson, in order: nothing else is then done, and the facts are only told.
        expect: What must come of it.
    """

    title: str | Bilingual
    candidate: dict[str, Any]
    edition: EditionId = "pilot"
    language: Language = "zh"
    now: datetime | None = None
    integrity: tuple[OnFile, ...] = ()
    authority: Authority = Authority()
    staff: Staff = Staff()
    ask: dict[str, str] = msgspec.field(default_factory=dict)
    change: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    clock: dict[str, datetime] = msgspec.field(default_factory=dict)
    withdraw_at: str | None = None
    story: str | Bilingual = ""
    takes: tuple[Take, ...] = ()
    expect: Expect = Expect()

    def called(self, language: str) -> str:
        """Return the title in ``language`` (``en`` or ``zh``)."""
        return self.title if isinstance(self.title, str) else self.title.said(language)

    def told(self, language: str) -> str:
        """Return the story in ``language`` (``en`` or ``zh``)."""
        return self.story if isinstance(self.story, str) else self.story.said(language)


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        ContentError: The file cannot be read or does not have the form of a scenario.
    """
    scenario = read(path, Scenario)
    candidate = scenario.candidate
    for key, wanted in _LISTS.items():
        records = candidate.get(key) or []
        if not isinstance(records, list):
            raise refusal(path, ("candidate", key), "it is a list of records. Write each after a dash.")
        for place, record in enumerate(records):
            steps = ("candidate", key, place)
            if not isinstance(record, dict):
                raise refusal(path, steps, "it is a record. Write its fields as `name: value`.")
            for name, kind in wanted.items():
                if not isinstance(record.get(name), kind):
                    raise refusal(path, (*steps, name), f"it is missing or not {_KINDS[kind]}. Write one.")
    for place, take in enumerate(scenario.takes):
        told = msgspec.structs.asdict(take)
        if sum(bool(value) or value == "" for name, value in told.items() if name != "degrees") != 1:
            raise refusal(path, ("takes", place), "it is one thing that was done. Write one part of it.")
    for key in ("id_number", "name", "mobile", "email", "password", "exam"):
        # A list stands for entries that are tried in turn, but the person is known by one number.
        if isinstance(candidate.get(key), dict) or (
            key == "id_number" and isinstance(candidate.get(key), list)
        ):
            raise refusal(path, ("candidate", key), "it is one text. Write it in quotes.")
    return scenario


_LISTS: Mapping[str, Mapping[str, type]] = {
    "education": {},
    "degrees": {},
    "earlier_passes": {"subject": str, "year": int},
}
_KINDS: Mapping[type, str] = {str: "a text", int: "a whole number"}


def as_json(value: object) -> str:
    """Write a JSON object on one line, Chinese as it is."""
    return msgspec.json.encode(value).decode("utf-8")
