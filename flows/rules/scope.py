"""Whether the notification-commitment system covers an examination in a province (FAQ 2)."""

from __future__ import annotations

from dataclasses import dataclass

from content.schema import Edition, Exam
from flows.verdict import Named, Problem


@dataclass(frozen=True)
class ScopeAnswer:
    """Whether it is covered.

    Args:
        in_scope: Whether the commitment can be adopted for this exam here.
        paragraph: The paragraph of the notice that says so.
        reason: The same in a sentence.
    """

    in_scope: bool
    paragraph: str
    reason: Problem


def scope(exam: Exam, province: str, edition: Edition) -> ScopeAnswer:
    """Say whether ``exam`` in ``province`` is covered under ``edition``, and which sentence says so.

    Source: FAQ 2; the head of the notice for the second-class constructor.
    """
    names = {"exam": Named("exam", exam.id), "province": Named("province", province)}
    if exam.organiser == "provincial":
        announced = edition.provincial.get(exam.id, ())
        if province in announced:
            return ScopeAnswer(True, "2.2", Problem("scope-announced", names))
        return ScopeAnswer(False, "2.2", Problem("scope-not-named", names))
    if exam.id in edition.exams:
        return ScopeAnswer(True, edition.scope_paragraph, Problem("scope-covered", names))
    return ScopeAnswer(False, edition.scope_paragraph, Problem("scope-not-covered", names))
