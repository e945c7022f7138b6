"""Scenario files: one registration as facts and what is expected of it, in any order."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from content.loader import ContentError, read
from content.schema import EditionId, Frozen, Language

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


class Staff(Frozen, frozen=True):
    """What the offices do; without ``manual_review`` nobody decides."""

    manual_review: Decision | None = None
    payment: Literal["paid", "unpaid"] = "paid"


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
        withdraw_at: The step at which the commitment is withdrawn.
        window: A registration window in place of the sample: ``opens``, ``closes``, ``pay_by``.
    """

    title: str
    candidate: dict[str, Any]
    edition: EditionId = "pilot"
    language: Language = "zh"
    now: datetime | None = None
    integrity: tuple[OnFile, ...] = ()
    authority: Authority = Authority()
    staff: Staff = Staff()
    ask: dict[str, str] = msgspec.field(default_factory=dict)
    change: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)
    withdraw_at: str | None = None
    story: str = ""
    expect: Expect = Expect()


def read_scenario(path: Path) -> Scenario:
    """Read a scenario file.

    Raises:
        ContentError: The file cannot be read or does not have the form of a scenario.
    """
    scenario = read(path, Scenario)
    education = scenario.candidate.get("education", [])
    if not isinstance(education, list) or not all(isinstance(each, dict) for each in education):
        raise ContentError(path.name, None, "candidate.education", "it is a list of records. See the README.")
    return scenario


def as_json(value: object) -> str:
    """Write a JSON object on one line, Chinese as it is."""
    return msgspec.json.encode(value).decode("utf-8")
