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
    if holds_other_major:
        return _only(exam, "additional")
    earlier = {each.level: each.year for each in sorted(passes, key=lambda each: each.year)}
    if kept := [level for level in exam.levels if level.id in earlier]:
        return max(kept, key=lambda level: earlier[level.id])
    if exempt:
        return _only(exam, "exempt")
    asked = {"additional": holds_other_major, "exempt": exempt}
    if any(level.kind in asked and asked[level.kind] is None for level in exam.levels):
        return None
    return _only(exam, "all")


def _only(exam: Exam, kind: str) -> Level | None:
    """Return the level of this kind where there is exactly one."""
    fitting = [level for level in exam.levels if level.kind == kind]
    return fitting[0] if len(fitting) == 1 else None


def level_trap(exam: Exam, level: str, passes: Iterable[EarlierPass]) -> Problem | None:
    """Warn of a level that would cut off earlier passes: a changed level counts as a new candidate.

    Args:
        exam: The examination.
        level: Id of the level that is about to be saved.
        passes: Earlier passes that still count (:func:`flows.rules.results.alive`). A level whose subjects
            are all passed is finished: nothing of it can be cut off.

    Source: requirement L.8; FAQ 13.3.
    """
    mine = [each for each in passes if each.exam == exam.id and each.level != level]
    for other in exam.levels:
        passed = {each.subject for each in mine if each.level == other.id}
        if passed and not passed >= set(other.subjects):
            return Problem(
                "level-cuts-off",
                {
                    "earlier": Named("level", f"{exam.id}/{other.id}"),
                    "chosen": Named("level", f"{exam.id}/{level}"),
                    "subjects": tuple(Named("subject", f"{exam.id}/{each}") for each in sorted(passed)),
                },
            )
    return None


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
    exam: Exam, level: str, chosen: Iterable[str], passes: Iterable[EarlierPass], exam_year: int
) -> Verdict[tuple[str, ...]]:
    """Judge a choice of subjects: known, at least one, none that is passed already and still counts.

    Args:
        exam: The examination.
        level: Id of the registration level.
        chosen: Ids of the subjects, in any order; looked at only where subjects are chosen by hand.
        passes: Earlier passes that still count.
        exam_year: The year of the examination.

    Returns:
        The subjects in the order of the level. A warning names an earlier pass that ends with this year while
        a subject that is still missing was not chosen.

    Source: FAQ 13.3.
    """
    offered = [subject.id for subject in subjects_for(exam, level)]
    if all_taken(exam, level):
        return accept(tuple(offered))
    wanted = set(chosen)
    picked = tuple(each for each in offered if each in wanted)
    if not picked or wanted - set(offered):
        return refuse(Problem("subjects-none" if not picked else "subjects-unknown"))
    passed = {each.subject: each.year for each in passes if each.exam == exam.id and each.level == level}
    again = [each for each in picked if each in passed]
    if again:
        return refuse(*(Problem("subject-passed-already", {"year": passed[each]}) for each in again))
    found = exam.level(level)
    life = found.score_years if found else None
    left = set(offered) - set(picked) - set(passed)
    ending = sorted(
        each for each, year in passed.items() if life is not None and year + life - 1 == exam_year
    )
    warnings = (
        tuple(
            Problem(
                "subject-last-year", {"subject": Named("subject", f"{exam.id}/{each}"), "year": exam_year}
            )
            for each in ending
        )
        if left
        else ()
    )
    return accept(picked, warnings=warnings)
