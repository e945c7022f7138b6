"""Earlier passes: how long they live, and what becomes of them when the conditions are not met (FAQ 17)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from content.schema import Exam
from flows.rules.eligibility import EligibilityAnswer
from flows.verdict import Named, Problem


@dataclass(frozen=True)
class EarlierPass:
    """A subject passed in an earlier year: exam, level and subject by id."""

    exam: str
    level: str
    subject: str
    year: int


@dataclass(frozen=True)
class EarlierAnswer:
    """What becomes of an earlier candidate's registration.

    Args:
        valid: Whether the registration stands.
        invalid: Passes from before the years of work were reached.
        reason: The same in a sentence, or ``None`` where nothing changes.
    """

    valid: bool
    invalid: tuple[EarlierPass, ...]
    reason: Problem | None


def encode(passed: EarlierPass) -> str:
    """Write a pass as ``exam/level/subject/year``.

    Raises:
        ValueError: An id is empty or holds a slash, so that it could not be read back.
    """
    if any(not id or "/" in id for id in (passed.exam, passed.level, passed.subject)):
        raise ValueError(f"no ids: {passed}")
    return f"{passed.exam}/{passed.level}/{passed.subject}/{passed.year}"


def decode(text: str) -> EarlierPass:
    """Read what :func:`encode` wrote.

    Raises:
        ValueError: It is not of that form.
    """
    exam, level, subject, year = text.split("/")
    return EarlierPass(exam, level, subject, int(year))


def alive(exam: Exam, passes: Iterable[EarlierPass], exam_year: int) -> tuple[EarlierPass, ...]:
    """Return the passes whose scores still live in ``exam_year``; an unknown life ends nothing.

    A life of 2 years covers the year of the pass and the one after it: scores roll.
    """

    def lives(each: EarlierPass) -> bool:
        level = exam.level(each.level)
        years = level.score_years if level else None
        return years is None or each.year + years > exam_year

    return tuple(each for each in passes if each.exam == exam.id and each.year < exam_year and lives(each))


def invalid_passes(passes: Iterable[EarlierPass], eligible_from: int | None) -> tuple[EarlierPass, ...]:
    """Return the passes from before the first year in which the years of work were reached (FAQ 17.2)."""
    return tuple(each for each in passes if eligible_from is not None and each.year < eligible_from)


def earlier_verdict(
    exam: Exam, passes: Iterable[EarlierPass], exam_year: int, eligibility: EligibilityAnswer
) -> EarlierAnswer:
    """Say what becomes of an earlier candidate's registration and passes.

    Args:
        exam: The examination.
        passes: All passes in the archive.
        exam_year: The year of the examination.
        eligibility: What the conditions come to now; where they cannot be told nothing is invalid.

    Source: FAQ 17.
    """
    mine = tuple(each for each in passes if each.exam == exam.id)
    if not mine or eligibility.met is None:
        return EarlierAnswer(True, (), None)
    gone = invalid_passes(alive(exam, mine, exam_year), eligibility.eligible_from)
    since = eligibility.eligible_from or exam_year
    subjects = tuple(Named("subject", f"{each.exam}/{each.subject}") for each in gone)
    if gone and eligibility.met:
        return EarlierAnswer(
            True, gone, Problem("earlier-years-short", {"from": since, "subjects": subjects})
        )
    if gone:
        lost = Problem("earlier-not-yet-eligible", {"from": since, "subjects": subjects})
        return EarlierAnswer(False, gone, lost)
    if not eligibility.met:
        return EarlierAnswer(False, (), Problem("earlier-not-eligible"))
    return EarlierAnswer(True, (), None)
