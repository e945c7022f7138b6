"""The first stage: what the system is, whether it covers the exam, what is told and promised (FAQ 1-4)."""

from __future__ import annotations

from flows.situation import Situation
from flows.steps.model import Ask, Option, Step, Tell
from flows.verdict import Named, Problem

PROMISES = ("promise.know", "promise.meet", "promise.true", "promise.liability")
"""The four promises of FAQ 1.2 and 4, each taken by itself."""


def yes_or_no(key: str, *, hints: bool = False) -> tuple[Option, ...]:
    """Make the options *yes* and *no* of a fact, with its own words."""
    return tuple(
        Option(
            answer,
            Named("word", f"option.{key}.{answer}"),
            f"hint.{key}.{answer}" if hints else None,
        )
        for answer in ("yes", "no")
    )


def acknowledge(key: str, *, label: str = "") -> tuple[Option, ...]:
    """Make the one option of something that is read and taken note of."""
    return (Option("yes", Named("word", label or f"option.{key}.yes")),)


def _exams(situation: Situation) -> tuple[Option, ...]:
    return tuple(Option(exam.id, Named("exam", exam.id)) for exam in situation.content.exams.values())


def _provinces(situation: Situation) -> tuple[Option, ...]:
    return tuple(
        Option(province.id, Named("province", province.id))
        for province in situation.content.provinces.values()
    )


def _out_of_scope(situation: Situation) -> Problem | None:
    answer = situation.scope
    return None if answer is None or answer.in_scope else answer.reason


STEPS: tuple[Step, ...] = (
    Step(
        "system",
        item=1,
        stage="orient",
        asks=(Ask("first_time", "choice", options=lambda _: yes_or_no("first_time", hints=True)),),
    ),
    Step(
        "scope",
        item=2,
        stage="orient",
        asks=(
            Ask("exam", "choice", options=_exams),
            Ask("province", "choice", options=_provinces),
        ),
    ),
    Step(
        "notice",
        item=3,
        stage="orient",
        asks=(Ask("notice_read", "acknowledge", options=lambda _: acknowledge("notice_read")),),
        tells=lambda _: (
            Tell("scope", show="scope"),
            Tell("notice-paper", show="notice-paper"),
        ),
    ),
    Step(
        "promises",
        item=4,
        stage="orient",
        asks=tuple(
            Ask(key, "acknowledge", options=lambda _: acknowledge("promise", label="option.promise.yes"))
            for key in PROMISES
        ),
        passed=_out_of_scope,
    ),
)
