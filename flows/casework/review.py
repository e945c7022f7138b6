"""Manual verification: from the queue to a decision that, when it is "fail", takes two people (FAQ 14, 15.2).

A case waits, is claimed under a lock that runs out, evidence may be asked for and received, and it is passed,
or a "fail" is proposed with a reason for each condition that is not met, which a second person agrees with or
sends back. The product itself opens a case, opens it again when something that it judged has changed, and
takes an earlier result over where the rules let it last (:func:`lasts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flows.casework.model import Case, Event, Kind, Move
from flows.dossier import Value
from flows.permissions import Deed
from flows.text import clean
from flows.verdict import Problem

LOCK = timedelta(minutes=30)
"""How long a claimed case is kept for who claimed it, unless the installation says otherwise."""

DAYS = 5
"""Days within which a case is to be decided, unless the installation says otherwise: a working rule, since
FAQ 14 and 15.2 name no period."""

BEYOND = ("work-years", "exam-conditions")
"""Conditions that can be found not met although they are no reason of FAQ 14 themselves."""

LONGEST_TEXT = 500
"""Characters of a reason or of what is asked for."""

WORKING = ("claimed", "evidence-asked", "evidence-received")
OPEN = ("waiting", *WORKING, "fail-proposed")
"""States in which nothing is decided yet."""


@dataclass(frozen=True)
class Lock:
    """Who works at a case, and until when nobody else may; from ``until`` on it holds no longer."""

    owner: str
    until: datetime

    def running(self, now: datetime) -> bool:
        """Whether it still holds."""
        return now < self.until


@dataclass(frozen=True)
class Evidence:
    """What a candidate is asked to bring: what, where, until when, and when it came."""

    what: str
    where: str
    by: datetime
    received: datetime | None = None


@dataclass(frozen=True)
class Ground:
    """Where a verification holds: one province, one examination and one field of it (requirement L.6)."""

    province: str
    exam: str
    field: str


# What follows from the events --------------------------------------------------------------------------


def lock(case: Case) -> Lock | None:
    """Return the newest lock that nobody has let go of; it may have run out."""
    last = case.last("claim", "release", "ask-evidence", "pass", "propose-fail", "open")
    if last is None or last.move != "claim":
        return None
    return Lock(last.by, datetime.fromisoformat(last.text("until")))


def evidence(case: Case) -> Evidence | None:
    """Return what was last asked for since the case was opened."""
    found: Evidence | None = None
    for event in case.events:
        match event.move:
            case "open":
                found = None
            case "ask-evidence":
                by = datetime.fromisoformat(event.text("by"))
                found = Evidence(event.text("what"), event.text("where"), by)
            case "receive-evidence" if found is not None:
                found = Evidence(found.what, found.where, found.by, event.at)
    return found


def since(case: Case) -> datetime:
    """Return from when on the office's days are counted.

    They begin with the opening, and anew when evidence has come, when a second person sent the case back, and
    with the day by which evidence was to be brought: the time that the candidate needs is not the office's.

    Raises:
        ValueError: Nothing has happened to the case.
    """
    last = case.last("open", "ask-evidence", "receive-evidence", "disagree")
    if last is None:
        raise ValueError("the case was never opened")
    return whole(datetime.fromisoformat(last.text("by")) if last.move == "ask-evidence" else last.at)


def rows(case: Case) -> tuple[str, ...]:
    """Return the reasons of item 14 for which the case stands open, as ``14.2 education.0``."""
    opened = case.last("open")
    return _texts(opened.args.get("rows")) if opened else ()


def conditions(case: Case) -> tuple[str, ...]:
    """Return what can be found not met: each reason of the case, and what holds for every candidate."""
    return (*rows(case), *BEYOND)


def unmet(case: Case) -> Mapping[str, str]:
    """Return each condition that a proposed "fail" names, with its reason; empty when none stands."""
    last = case.last("propose-fail", "open", "disagree")
    if last is None or last.move != "propose-fail":
        return {}
    return {name: last.text(f"why {name}") for name in _texts(last.args.get("unmet"))}


def proposer(case: Case) -> str | None:
    """Return who proposed the "fail" that waits for a second person."""
    last = case.last("propose-fail")
    return last.by if last is not None and case.state == "fail-proposed" else None


# Days ----------------------------------------------------------------------------------------------------


def whole(moment: datetime) -> datetime:
    """Cut a time to whole seconds, in which days are counted."""
    return moment.replace(microsecond=0)


def due(begins: datetime, days: int) -> datetime:
    """Return the second up to which a case is in time.

    Args:
        begins: From when the days are counted (:func:`since`).
        days: How many days of 24 hours there are.
    """
    return whole(begins) + timedelta(days=days)


def overdue(begins: datetime, now: datetime, days: int) -> bool:
    """Whether a case is late: not yet at the very second in which it is due, but one second after."""
    return whole(now) > due(begins, days)


# Where a result lasts -----------------------------------------------------------------------------------


def lasts(earlier: Ground, earlier_rows: tuple[str, ...], ground: Ground, wanted: tuple[str, ...]) -> bool:
    """Whether a verification that was passed before still holds for a new registration.

    It belongs to one province and one exam field and is asked for again when either changes, or when
    something is to be looked at that was not looked at then.

    Source: notice of the registration platform, April 2024 (requirement L.6).
    """
    return bool(ground.province and ground.exam) and earlier == ground and set(wanted) <= set(earlier_rows)


# Arguments of the moves ---------------------------------------------------------------------------------


def opening(ground: Ground, wanted: tuple[str, ...]) -> Mapping[str, Value]:
    """Return what comes with opening a case."""
    return {"rows": wanted, "province": ground.province, "exam": ground.exam, "field": ground.field}


def claiming(until: datetime) -> Mapping[str, Value]:
    """Return what comes with claiming a case."""
    return {"until": until.isoformat()}


def asking(what: str, where: str, by: datetime) -> Mapping[str, Value]:
    """Return what comes with asking for evidence."""
    return {"what": clean(what).strip(), "where": clean(where).strip(), "by": by.isoformat()}


def failing(reasons: Mapping[str, str]) -> Mapping[str, Value]:
    """Return what comes with proposing "fail": a reason for each condition that is not met."""
    named = {name: clean(why).strip() for name, why in reasons.items()}
    return {"unmet": tuple(named), **{f"why {name}": why for name, why in named.items()}}


def explaining(why: str) -> Mapping[str, Value]:
    """Return what comes with a pass, or with sending a case back."""
    return {"why": clean(why).strip()}


# Guards ---------------------------------------------------------------------------------------------------


def _free(case: Case, event: Event) -> Problem | None:
    """Refuse while somebody else holds the case."""
    held = lock(case)
    if held is None or held.owner == event.by or not held.running(event.at):
        return None
    return Problem("review-held", {"owner": held.owner, "until": held.until})


def _held(case: Case, event: Event) -> Problem | None:
    """Refuse to whoever does not hold the case now: nothing is decided in passing."""
    refused = _free(case, event)
    if refused is not None:
        return refused
    held = lock(case)
    if held is None or held.owner != event.by:
        return Problem("review-not-claimed")
    return None if held.running(event.at) else Problem("review-lock-over", {"until": held.until})


def _own(case: Case, event: Event) -> Problem | None:
    """Refuse to let go of what one does not hold; a lock that ran out may still be let go."""
    refused = _free(case, event)
    held = lock(case)
    return refused or (None if held is not None and held.owner == event.by else Problem("review-not-claimed"))


def _another(case: Case, event: Event) -> Problem | None:
    """Refuse a second look by the person whose "fail" it is."""
    return Problem("review-same-person") if proposer(case) == event.by else None


def _until_later(_: Case, event: Event) -> Problem | None:
    return None if datetime.fromisoformat(event.text("until")) > event.at else Problem("review-lock-empty")


def _explained(_: Case, event: Event) -> Problem | None:
    return _text(event.text("why"), "review-why-missing")


def _asked(_: Case, event: Event) -> Problem | None:
    wrong = _text(event.text("what"), "review-evidence-what") or _text(
        event.text("where"), "review-evidence-where"
    )
    if wrong is not None:
        return wrong
    return (
        None if datetime.fromisoformat(event.text("by")) > event.at else Problem("review-evidence-by-passed")
    )


def _each_with_reason(case: Case, event: Event) -> Problem | None:
    named = _texts(event.args.get("unmet"))
    if not named:
        return Problem("review-unmet-missing")
    known = conditions(case)
    if any(name not in known for name in named):
        return Problem("review-unmet-unknown")
    for name in named:
        wrong = _text(event.text(f"why {name}"), "review-unmet-reason")
        if wrong is not None:
            return wrong
    return None


def _text(text: str, missing: str) -> Problem | None:
    if not text:
        return Problem(missing)
    if len(text) > LONGEST_TEXT:
        return Problem("review-text-too-long", {"most": LONGEST_TEXT, "typed": len(text)})
    return None


def _texts(value: Value | None) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, tuple) else ()


# The machine ------------------------------------------------------------------------------------------------

_STATES = (*OPEN, "passed", "failed")

REVIEW = Kind(
    "review",
    _STATES,
    (
        Move("open", _STATES, "waiting", None),
        Move("carry", ("waiting",), "passed", None),
        # The first release let one person decide at once; such decisions stand as they were taken.
        Move("pass-alone", ("waiting",), "passed", None),
        Move("fail-alone", ("waiting",), "failed", None),
        Move("claim", ("waiting", "claimed"), "claimed", Deed.CLAIM_REVIEW, _free, _until_later),
        Move("claim", ("evidence-asked",), "evidence-asked", Deed.CLAIM_REVIEW, _free, _until_later),
        Move("claim", ("evidence-received",), "evidence-received", Deed.CLAIM_REVIEW, _free, _until_later),
        Move("release", ("claimed",), "waiting", Deed.CLAIM_REVIEW, _own),
        Move("release", ("evidence-asked",), "evidence-asked", Deed.CLAIM_REVIEW, _own),
        Move("release", ("evidence-received",), "evidence-received", Deed.CLAIM_REVIEW, _own),
        Move("ask-evidence", WORKING, "evidence-asked", Deed.ASK_EVIDENCE, _held, _asked),
        Move("receive-evidence", ("evidence-asked",), "evidence-received", Deed.RECEIVE_EVIDENCE, _free),
        Move("pass", WORKING, "passed", Deed.DECIDE_REVIEW, _held, _explained),
        Move("propose-fail", WORKING, "fail-proposed", Deed.DECIDE_REVIEW, _held, _each_with_reason),
        Move("agree", ("fail-proposed",), "failed", Deed.SECOND_REVIEW, _another),
        Move("disagree", ("fail-proposed",), "waiting", Deed.SECOND_REVIEW, _another, _explained),
    ),
    frozenset({"passed", "failed"}),
)
"""The machine of manual verification."""
