"""Cases on false promises: from finding one to a decision that is in force, published and closed (FAQ 16).

The person is heard before anything is decided, learns of the decision by service, and can have it reviewed
by somebody who did not take it. Only then does it take effect.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from flows.casework.measures import MEASURES, Measure
from flows.casework.model import Case, Event, Guard, Kind, Move
from flows.dossier import Value
from flows.permissions import Deed
from flows.verdict import Problem

DEFENCE_DAYS = 5
"""Days for statement and defence. No source of ours names a figure: this is set by the installation."""

REVIEW_DAYS = 60
"""Days in which a review can be asked for. Set by the installation, as above."""

SOURCES = ("report", "sample", "verification", "office")
"""How a false promise came to light: a report, a sample of passers, a manual verification, another office."""

MEANS = ("in-person", "registered-mail", "electronic", "public-notice")
"""How a paper is served. Contact data that a candidate confirmed are the address for service (L.5)."""

STANDS = ("in-force", "published", "closed")
"""States in which a decision has its effects."""


# What comes with a move --------------------------------------------------------------------------------


def finding(source: str, why: str, *, report: str = "") -> Mapping[str, Value]:
    """Gather what comes with opening a case: how it was found, what was found, and the report's number."""
    return {"source": source, "why": why.strip(), "report": report}


def intending(measure: str, why: str) -> Mapping[str, Value]:
    """Gather a measure with its grounds."""
    return {"measure": measure, "why": why.strip()}


def serving(means: str, address: str, served: datetime, *, days: int) -> Mapping[str, Value]:
    """Gather how a paper was served, and until when the person can answer it.

    Args:
        means: One of :data:`MEANS`.
        address: Where it was served.
        served: When, with its zone: days are counted in it.
        days: How many days there are to answer.
    """
    return {
        "means": means,
        "address": address.strip(),
        "served": served.isoformat(),
        "until": period_end(served, days).isoformat(),
    }


def deciding(
    measure: str, why: str, *, answer: str = "", organ: str = "", subject: str = ""
) -> Mapping[str, Value]:
    """Gather a decision.

    Args:
        measure: One of :data:`flows.casework.measures.MEASURES`.
        why: Facts and grounds.
        answer: What is said to the statement and defence; needed when there was one.
        organ: The judicial organ to which the matter goes where a crime is suspected (FAQ 16.2).
        subject: The subject concerned, for a measure that makes one subject invalid.
    """
    return {**intending(measure, why), "answer": answer.strip(), "organ": organ.strip(), "subject": subject}


def period_end(served: datetime, days: int) -> datetime:
    """Return the first moment after a period: it begins on the day after service and ends with a whole day.

    Args:
        served: When the paper was served, with its zone.
        days: How many days the period has.
    """
    return datetime.combine(served.date() + timedelta(days=days + 1), time(), served.tzinfo)


# Reading a case ------------------------------------------------------------------------------------------


def until(case: Case, move: str) -> datetime | None:
    """Return the end of the period that the newest service by ``move`` (notify or serve) began."""
    served = case.last(move)
    return datetime.fromisoformat(served.text("until")) if served else None


def decision(case: Case) -> Event | None:
    """Return the decision that holds: the newest one, as a review left it."""
    return case.last("decide", "change")


def measure(case: Case) -> Measure | None:
    """Return the measure of the decision that holds; ``None`` before there is one, or once it is revoked."""
    decided = decision(case)
    return (
        None if decided is None or case.state in {"revoked", "dropped"} else MEASURES[decided.text("measure")]
    )


def deciders(case: Case) -> frozenset[str]:
    """Return everybody who decided or changed the decision: none of them reviews it."""
    return frozenset(each.by for each in case.events if each.move in {"decide", "change"})


def in_force_on(case: Case) -> date | None:
    """Return the day on which the decision came into force: service of a changed one keeps the first day."""
    first = next((each for each in case.events if each.move in {"take-effect", "uphold", "change"}), None)
    return first.at.date() if first else None


# Guards ----------------------------------------------------------------------------------------------------


def _all(*guards: Guard) -> Guard:
    """Refuse for the first reason that one of the guards has."""

    def refuses(case: Case, event: Event) -> Problem | None:
        return next((found for guard in guards if (found := guard(case, event)) is not None), None)

    return refuses


def _explained(_: Case, event: Event) -> Problem | None:
    return None if event.text("why") else Problem("decision-why-missing")


def _sourced(_: Case, event: Event) -> Problem | None:
    return None if event.text("source") in SOURCES else Problem("finding-source-unknown")


def _measured(_: Case, event: Event) -> Problem | None:
    found = MEASURES.get(event.text("measure"))
    return None if found else Problem("decision-measure-unknown")


def _subject(_: Case, event: Event) -> Problem | None:
    found = MEASURES[event.text("measure")]
    missing = found.results == "subject" and not event.text("subject")
    return Problem("decision-subject-missing") if missing else None


def _served(_: Case, event: Event) -> Problem | None:
    if event.text("means") not in MEANS:
        return Problem("service-means-unknown")
    if not event.text("address"):
        return Problem("service-address-missing")
    return Problem("service-ahead") if datetime.fromisoformat(event.text("served")) > event.at else None


def _heard(case: Case, event: Event) -> Problem | None:
    """Let nobody decide before the person has spoken, or has let the time for it pass."""
    end = until(case, "notify")
    if case.last("hear") is not None or end is None or event.at >= end:
        return None
    return Problem("defence-running", {"until": end})


def _answered(case: Case, event: Event) -> Problem | None:
    unanswered = case.last("hear") is not None and not event.text("answer")
    return Problem("defence-unanswered") if unanswered else None


def _in_time(move: str, code: str) -> Guard:
    def refuses(case: Case, event: Event) -> Problem | None:
        end = until(case, move)
        return Problem(code, {"until": end}) if end is not None and event.at >= end else None

    return refuses


def _unchallenged(case: Case, event: Event) -> Problem | None:
    end = until(case, "serve")
    return Problem("review-running", {"until": end}) if end is not None and event.at < end else None


def _another(case: Case, event: Event) -> Problem | None:
    return Problem("decided-it-yourself") if event.by in deciders(case) else None


def _published_until(_: Case, event: Event) -> Problem | None:
    begins, ends = event.text("from"), event.text("until")
    return None if begins and ends and begins <= ends else Problem("publicity-period-empty")


_LATE_DEFENCE = _in_time("notify", "defence-over")
_LATE_OBJECTION = _in_time("serve", "review-over")
_DECIDED = _all(_explained, _measured, _subject)
_WITH_SERVICE = _all(_explained, _measured, _served)

FALSE_PROMISE = Kind(
    "false-promise",
    ("new", "found", "noticed", "decided", "served", "objected", *STANDS, "dropped", "revoked"),
    (
        Move("open", ("new",), "found", Deed.OPEN_FALSE_PROMISE, takes=_all(_sourced, _explained)),
        Move("notify", ("found",), "noticed", Deed.WORK_FALSE_PROMISE, takes=_WITH_SERVICE),
        Move("hear", ("noticed",), "noticed", Deed.WORK_FALSE_PROMISE, _LATE_DEFENCE, _explained),
        Move(
            "decide",
            ("noticed",),
            "decided",
            Deed.DECIDE_FALSE_PROMISE,
            _heard,
            _all(_DECIDED, _answered),
        ),
        Move("drop", ("found", "noticed"), "dropped", Deed.DECIDE_FALSE_PROMISE, takes=_explained),
        Move("serve", ("decided",), "served", Deed.WORK_FALSE_PROMISE, takes=_served),
        Move("object", ("served",), "objected", Deed.WORK_FALSE_PROMISE, _LATE_OBJECTION, _explained),
        Move("take-effect", ("served",), "in-force", Deed.WORK_FALSE_PROMISE, _unchallenged),
        Move("take-effect", ("served",), "in-force", None, _unchallenged),
        Move("uphold", ("objected",), "in-force", Deed.REVIEW_FALSE_PROMISE, _another, _explained),
        Move("change", ("objected",), "in-force", Deed.REVIEW_FALSE_PROMISE, _another, _DECIDED),
        Move(
            # Also later: a court or a higher office may set aside what is in force.
            "revoke",
            ("objected", *STANDS),
            "revoked",
            Deed.REVIEW_FALSE_PROMISE,
            _another,
            _explained,
        ),
        Move("publish", ("in-force",), "published", Deed.PUBLISH_DECISION, takes=_published_until),
        Move("close", ("in-force", "published"), "closed", Deed.WORK_FALSE_PROMISE, takes=_explained),
    ),
    frozenset({"closed", "dropped", "revoked"}),
)
"""A case on a false promise."""
