"""Who is verified by hand, why, and what to bring (FAQ 14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from flows.dossier import AcademicRecord
from flows.rules import academic
from flows.rules.verification import Status
from flows.verdict import NO_ARGS, Arg, Named, Problem

Group = Literal["14.1", "14.2", "14.3", "14.4", "14.5"]
Adopted = Literal["adopted", "declined", "withdrawn", "not-applicable", "out-of-scope"]


@dataclass(frozen=True)
class ReviewReason:
    """One reason why somebody looks at a registration.

    Args:
        group: The group of item 14.
        item: What it is about: ``commitment``, ``identity``, ``education.0``, ``degree.1``.
        problem: The reason in a sentence.
        bring: Key of the words that say what to bring.
    """

    group: Group
    item: str
    problem: Problem
    bring: str


def review_reasons(
    *,
    adopted: Adopted,
    id_type: str,
    education: Iterable[AcademicRecord],
    degrees: Iterable[AcademicRecord],
    statuses: Mapping[str, Status],
) -> tuple[ReviewReason, ...]:
    """List the reasons for manual verification, sorted by group and item.

    Args:
        adopted: How the commitment stands.
        id_type: The kind of ID document.
        education: Education records in force.
        degrees: Degree records in force.
        statuses: The verification status of each item.

    Returns:
        At most one reason for each group and item. What has a known cause (14.2, 14.4) and cannot be verified
        gets that cause only; a failed check is a reason of its own beside it.

    Source: FAQ 14; 2002 stands in both FAQ 10.3 (online) and 14.2 (by hand), so it is tried online first.
    """
    found: list[ReviewReason] = []
    if adopted != "adopted":
        found.append(ReviewReason("14.1", "commitment", Problem(f"review-{adopted}"), "bring.14.1"))
    found += _identity(id_type, statuses.get("identity", "unverified"))
    for record in (*education, *degrees):
        found += _record(record, statuses.get(record.item, "unverified"))
    return tuple(sorted(found, key=lambda each: (each.group, each.item)))


def _identity(id_type: str, status: Status) -> Iterable[ReviewReason]:
    other = id_type != "resident-id"
    if other:
        yield _reason("14.4", "identity", "review-other-id", {"id_type": Named("word", f"id_type.{id_type}")})
    if status == "failed":
        yield _reason("14.3", "identity", "review-identity-failed")
    elif status == "cannot-verify" and not other:
        yield _reason("14.5", "identity", "review-identity-cannot")


def _record(record: AcademicRecord, status: Status) -> Iterable[ReviewReason]:
    about: dict[str, Arg] = {"number": record.index + 1, "month": record.when}
    number: dict[str, Arg] = {"number": record.index + 1}
    cause = academic.online_verifiable(record)
    known = cause is not None
    if cause is not None:
        group: Group = "14.4" if cause.code == "overseas-record" else "14.2"
        yield ReviewReason(group, record.item, cause, f"bring.{group}")
    elif academic.flags_2002(record) and status in {"failed", "cannot-verify"}:
        known = True
        yield _reason("14.2", record.item, "review-education-2002", about)
    if status == "failed":
        yield _reason("14.3", record.item, f"review-{record.kind}-failed", number)
    elif status == "cannot-verify" and not known:
        yield _reason("14.5", record.item, f"review-{record.kind}-cannot", number)


def _reason(group: Group, item: str, code: str, args: Mapping[str, Arg] = NO_ARGS) -> ReviewReason:
    return ReviewReason(group, item, Problem(code, args), f"bring.{group}")
