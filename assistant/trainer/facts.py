"""The facts of a persona that may be supposed to be others: "and what if the degree were from 2007?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from assistant.conversation.wording import Wording
from assistant.scenario import Scenario
from content.loader import Content
from flows import text
from flows.rules import academic
from flows.rules.verification import STATUSES
from flows.verdict import Named, RefusedError

MOST_YEARS = 60


@dataclass(frozen=True)
class Supposable:
    """A fact that may be another.

    Args:
        key: As :func:`assistant.lessons.supposing.supposed` takes it.
        now: What it is.
        options: What it may be: by an id, the value and its name; empty where it is typed.
        read: Makes the value of what is typed, where it is.
    """

    key: str
    now: Any
    options: Mapping[str, tuple[Any, Named]]
    read: Callable[[str], Any] | None = None

    def value(self, given: str) -> Any:
        """Return the value that was picked or typed.

        Raises:
            RefusedError: It cannot be read.
        """
        if given in self.options:
            return self.options[given][0]
        if self.read is None:
            raise RefusedError("train-pick")
        return self.read(given)


def supposable(scenario: Scenario, content: Content, now: datetime) -> tuple[Supposable, ...]:
    """List what may be another in a scenario, in the order in which a candidate tells it.

    Args:
        scenario: The scenario.
        content: The catalogues.
        now: The simulated time: a record in the integrity file is supposed to run on it.
    """
    return tuple(_candidate(scenario, content)) + tuple(_records(scenario)) + tuple(_world(scenario, now))


def named(fact: Supposable, wording: Wording) -> str:
    """Name a fact."""
    part, _, rest = fact.key.partition(".")
    if part in {"authority", "staff", "integrity", "edition"}:
        number = next((int(each) + 1 for each in rest.split(".") if each.isdigit()), 0)
        key = ".".join(each for each in fact.key.split(".") if not each.isdigit())
        return wording.text(f"train.fact.{key}", {"number": number} if number else {})
    return wording.fact(fact.key)


def value_said(fact: Supposable, wording: Wording) -> str:
    """Say what a fact is."""
    for value, name in fact.options.values():
        if value == fact.now:
            return wording.arg(name)
    if fact.key == "integrity":
        return wording.text("train.value.record" if fact.now else "train.value.no-record")
    return wording.text("train.value.unknown") if fact.now is None else wording.value(_arg(fact.now))


def _arg(value: Any) -> str:
    return value.strftime("%Y-%m") if hasattr(value, "strftime") else str(value)


# The candidate -----------------------------------------------------------------------------------------


def _candidate(scenario: Scenario, content: Content) -> Iterator[Supposable]:
    told = scenario.candidate
    exam = content.exams.get(str(told.get("exam", "")))
    lists: dict[str, Mapping[str, tuple[Any, Named]]] = {
        "first_time": {
            each: (each == "yes", Named("word", f"option.first_time.{each}")) for each in ("yes", "no")
        },
        "exam": {each: (each, Named("exam", each)) for each in content.exams},
        "province": {each: (each, Named("province", each)) for each in content.provinces},
    }
    if exam is not None:
        lists["level"] = {each.id: (each.id, Named("level", f"{exam.id}/{each.id}")) for each in exam.levels}
        lists["major"] = {each.id: (each.id, Named("major", f"{exam.id}/{each.id}")) for each in exam.majors}
    for key, options in lists.items():
        if key in told and len(options) > 1:
            yield Supposable(key, told[key], options)
    if "work_years" in told:
        yield Supposable("work_years", told["work_years"], {}, _years)
    if scenario.edition == "current":
        chosen = {
            each: (each == "yes", Named("word", f"option.adopt_commitment.{each}")) for each in ("yes", "no")
        }
        yield Supposable("adopt_commitment", told.get("adopt_commitment", True), chosen)


def _records(scenario: Scenario) -> Iterator[Supposable]:
    for listed, kind, when in (("education", "education", "graduated"), ("degrees", "degree", "awarded")):
        for n, record in enumerate(scenario.candidate.get(listed) or ()):
            yield Supposable(f"{kind}.{n}.{when}", record.get(when), {}, _month)
            levels = academic.EDUCATION_LEVELS if kind == "education" else academic.DEGREE_LEVELS
            yield Supposable(f"{kind}.{n}.level", record.get("level"), _words(levels, f"{kind}.level"))
            if kind == "education":
                study = _words(academic.STUDY_MODES, "study")
                yield Supposable(f"{kind}.{n}.study", record.get("study"), study)


def _words(ids: Sequence[str], prefix: str) -> Mapping[str, tuple[Any, Named]]:
    return {each: (each, Named("word", f"{prefix}.{each}")) for each in ids}


# The world around ----------------------------------------------------------------------------------------


def _world(scenario: Scenario, now: datetime) -> Iterator[Supposable]:
    results = _words(STATUSES, "status")
    yield Supposable("authority.identity", scenario.authority.identity, results)
    for kind in ("education", "degrees"):
        for n, result in enumerate(getattr(scenario.authority, kind)):
            yield Supposable(f"authority.{kind}.{n}", result, results)
    record = {
        "basis": "art-7",
        "from": (now - timedelta(days=365)).date(),
        "until": (now + timedelta(days=4 * 365)).date(),
    }
    yield Supposable(
        "integrity",
        [msgspec.to_builtins(each) for each in scenario.integrity],
        {
            "none": ([], Named("word", "train.value.no-record")),
            "running": ([record], Named("word", "train.value.record")),
        },
    )
    decided = scenario.staff.manual_review
    decisions: Mapping[str, tuple[Any, Named]] = {
        "pass": ({"decision": "pass", "reason": "核查通过"}, Named("word", "train.value.pass")),
        "fail": ({"decision": "fail", "reason": "材料与填报信息不一致"}, Named("word", "train.value.fail")),
        "none": (None, Named("word", "train.value.undecided")),
    }
    now_decided = next(
        (
            value
            for value, _ in decisions.values()
            if decided and value and value["decision"] == decided.decision
        ),
        None,
    )
    yield Supposable("staff.manual_review", now_decided, decisions)
    editions = {each: (each, Named("word", f"train.edition.{each}")) for each in ("pilot", "current")}
    yield Supposable("edition", scenario.edition, editions)


# What is typed -------------------------------------------------------------------------------------------


def _years(typed: str) -> int:
    plain = text.field(typed)
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 2 and int(plain) <= MOST_YEARS):
        raise RefusedError("train-years")
    return int(plain)


def _month(typed: str) -> str:
    found = re.fullmatch(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*月?", text.field(typed), re.ASCII)
    if found is None or not 1 <= int(found[2]) <= 12 or not 1950 <= int(found[1]) <= date.max.year:
        raise RefusedError("train-month")
    return f"{found[1]}-{int(found[2]):02}"


def moment(typed: str, now: datetime) -> datetime:
    """Read a date, with or without a time of day; without one it is that of the simulated clock.

    Raises:
        RefusedError: It is none.
    """
    plain = text.field(typed).replace("T", " ")
    found = re.fullmatch(
        r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?(?:\s*(\d{1,2})[:点时](\d{2})?分?)?",
        plain,
        re.ASCII,
    )
    if found is None:
        raise RefusedError("train-date")
    hour, minute = (int(found[4]), int(found[5] or 0)) if found[4] else (now.hour, now.minute)
    try:
        return now.replace(
            year=int(found[1]), month=int(found[2]), day=int(found[3]),
            hour=hour, minute=minute, second=0, microsecond=0,
        )  # fmt: skip
    except ValueError as error:
        raise RefusedError("train-date") from error
