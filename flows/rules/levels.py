"""Registration levels: which one follows from what is held, and which subjects it has (FAQ 13.3)."""

from __future__ import annotations

from collections.abc import Iterable

from content.schema import Exam, Level, Subject
from flows.rules.results import EarlierPass
from flows.verdict import Named, Problem, Verdict, accept, refuse


def suggest_level(
    exam: Exam, passes: Iterable[EarlierPass], *, holds_other_major: bool | None, exempt: bool | None
) -> Level | None:
    """Derive the level from what the candidate holds (requirement L.8).

    Args:
        exam: The examination.
        passes: Earlier passes that still count: their level is kept.
        holds_other_major: Whether a certificate in another major is held; ``None`` when not known.
        exempt: Whether the conditions of an exemption are met; ``None`` when not known.

    Returns:
        The level, or ``None`` where what is known does not decide it.
    """
    earlier = next((found for each in passes if (found := exam.level(each.level)) is not None), None)
    if earlier is not None:
        return earlier
    kind = "additional" if holds_other_major else "exempt" if exempt else "all"
    fitting = [level for level in exam.levels if level.kind == kind]
    return fitting[0] if len(fitting) == 1 else None


def level_trap(exam: Exam, level: str, passes: Iterable[EarlierPass]) -> Problem | None:
    """Warn of a level that would cut off earlier passes: a changed level counts as a new candidate."""
    other = next((each for each in passes if each.level != level and exam.level(each.level)), None)
    if other is None:
        return None
    return Problem(
        "level-cuts-off",
        {
            "earlier": Named("level", f"{exam.id}/{other.level}"),
            "chosen": Named("level", f"{exam.id}/{level}"),
        },
    )


def subjects_for(exam: Exam, level: str, _major: str = "") -> tuple[Subject, ...]:
    """Return the subjects of a level; a subject *by major* is one paper whatever the major."""
    found = exam.level(level)
    ids = found.subjects if found else ()
    return tuple(subject for each in ids if (subject := exam.subject(each)) is not None)


def all_taken(exam: Exam, level: str) -> bool:
    """Whether all subjects are taken and nothing is chosen by hand: scores live one year (FAQ 13.3)."""
    found = exam.level(level)
    return found is not None and (found.score_years == 1 or len(found.subjects) == 1)


def check_subjects(
    exam: Exam, level: str, chosen: Iterable[str], passes: Iterable[EarlierPass]
) -> Verdict[tuple[str, ...]]:
    """Judge a choice of subjects: known, at least one, none that is passed already and still counts."""
    offered = [subject.id for subject in subjects_for(exam, level)]
    passed = {each.subject: each.year for each in passes}
    picked = tuple(each for each in offered if each in set(chosen))
    unknown = set(chosen) - set(offered)
    if not picked or unknown:
        return refuse(Problem("subjects-none" if not picked else "subjects-unknown"))
    again = [each for each in picked if each in passed]
    if again:
        return refuse(*(Problem("subject-passed-already", {"year": passed[each]}) for each in again))
    return accept(picked)
