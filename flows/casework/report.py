"""Reports from the public: each is checked, and closed with an outcome (FAQ 15.3).

A report cannot be dropped: the only ways out lead through checking to one of three outcomes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from flows.casework.model import Case, Event, Kind, Move
from flows.dossier import Value
from flows.permissions import Deed
from flows.verdict import Problem

DAYS = 30
"""Days after which a report that is not closed is marked as overdue. The notice names none: this is the
figure of the installation."""

CHANNELS = ("desk", "journey", "public")
"""Where a report was taken: by staff, in a candidate's own journey, or at the public's command."""

OPEN = ("received", "assigned", "checking")
OUTCOMES = ("founded", "unfounded", "referred")
CLOSING = ("founded", "unfounded", "refer")
"""The moves that lead there."""


def owner(case: Case) -> str:
    """Return who the report is assigned to, or the empty string."""
    assigned = case.last("assign")
    return assigned.text("owner") if assigned else ""


def overdue(received: datetime, now: datetime, *, days: int = DAYS) -> bool:
    """Whether a report that is still open has waited too long: at the end of its last second, not before."""
    return now >= received + timedelta(days=days)


def receiving(channel: str, about: str) -> Mapping[str, Value]:
    """Gather what comes with a report: where it was taken, and what it says."""
    return {"channel": channel, "about": about.strip()}


def assigning(owner: str) -> Mapping[str, Value]:
    """Gather what comes with giving a report to somebody: their login name."""
    return {"owner": owner.strip()}


def finding(why: str, *, reply: str = "", office: str = "", case: str = "") -> Mapping[str, Value]:
    """Gather what comes with an outcome.

    Args:
        why: What the check found; for the institution alone, since it tells of people.
        reply: What whoever holds the receipt number is told, with the reason.
        office: To whom a report goes that is not for this institution.
        case: Number of the false-promise case that a founded report opens.
    """
    return {"why": why.strip(), "reply": reply.strip(), "office": office.strip(), "case": case}


def _told(_: Case, event: Event) -> Problem | None:
    return None if event.text("about") else Problem("report-empty")


def _somebody(_: Case, event: Event) -> Problem | None:
    return None if event.text("owner") else Problem("report-owner-missing")


def _mine(case: Case, event: Event) -> Problem | None:
    held = owner(case)
    return None if held == event.by else Problem("report-not-yours", {"owner": held})


def _explained(_: Case, event: Event) -> Problem | None:
    return None if event.text("why") else Problem("report-finding-missing")


def _replied(case: Case, event: Event) -> Problem | None:
    missing = None if event.text("reply") else Problem("report-reply-missing")
    return _explained(case, event) or missing


def _with_case(case: Case, event: Event) -> Problem | None:
    return _replied(case, event) or (None if event.text("case") else Problem("report-case-missing"))


def _with_office(case: Case, event: Event) -> Problem | None:
    return _replied(case, event) or (None if event.text("office") else Problem("report-office-missing"))


REPORT = Kind(
    "report",
    ("new", *OPEN, *OUTCOMES),
    (
        Move("receive", ("new",), "received", Deed.TAKE_REPORT, takes=_told),
        Move("receive", ("new",), "received", None, takes=_told),
        Move("assign", OPEN, "assigned", Deed.WORK_REPORT, takes=_somebody),
        Move("check", ("assigned",), "checking", Deed.WORK_REPORT, _mine),
        Move("note", ("checking",), "checking", Deed.WORK_REPORT, _mine, _explained),
        Move("founded", ("checking",), "founded", Deed.WORK_REPORT, _mine, _with_case),
        Move("unfounded", ("checking",), "unfounded", Deed.WORK_REPORT, _mine, _replied),
        Move("refer", ("checking",), "referred", Deed.WORK_REPORT, _mine, _with_office),
    ),
    frozenset(OUTCOMES),
)
"""A report: received, assigned to an owner, checked, and closed as founded, unfounded or referred."""
