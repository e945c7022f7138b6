"""Starts in the middle: finds the place that a caller means, by the journey's own ``locate``.

What was not said is assumed, one thing after another, for as long as the place found lies before how far the
caller is. Nothing here is a registration: it is never stored, and signs, confirms and pays nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.calls.facts import Facts, value
from content.loader import Content
from content.schema import Edition
from flows import journey
from flows.dossier import Dossier, Fact, Origin, Value
from flows.journey import Place
from flows.roles import Role
from flows.rules.academic import online_verifiable
from flows.rules.verification import WAIT
from flows.situation import Situation
from flows.steps import STEPS
from flows.steps.model import Ask

ORDER = tuple(step.id for step in STEPS)

ENDS = {
    "account": "account-rules", "academic": "academic", "photo": "photo", "verified": "verification",
    "filled": "application-fill", "signed": "signature", "confirmed": "application-confirm",
    "reviewed": "manual-review", "paid": "application-pay",
}  # fmt: skip
"""The step that is behind a caller who is so far."""

ENOUGH_YEARS = "40"
"""Years of work of a caller who says nothing of them: the place must not be found on a guess."""

USUAL: dict[str, Value] = {
    "work_years": ENOUGH_YEARS, "level": "bachelor", "graduated": "2010-07", "awarded": "2010-07",
    "study": "full-time", "country": "china", "decline.confirm": True, "add": "no",
}  # fmt: skip

TOLD = (
    "first_time",
    "exam",
    "province",
    "id_type",
    "education.0.level",
    "education.0.graduated",
    "adopt_commitment",
    "level",
    "work_years",
)
"""Assumptions that staff are told of: each may move the place."""

_DESK_ONLY = frozenset({"reached", "status", "waited"})
_MOST = 200


@dataclass(frozen=True)
class Found:
    """Where a caller stands, and what will be asked of them.

    Args:
        facts: What was said.
        place: The place found.
        situation: The facts and assumptions up to it.
        ahead: The same, as it will be when somebody looks at the registration (FAQ 14).
        assumed: Keys that were assumed to find the place and its groups, of those that matter.
        open: Whether examination or province are still to be asked for.
    """

    facts: Facts
    place: Place
    situation: Situation
    ahead: Situation
    assumed: tuple[str, ...]
    open: bool


def find(facts: Facts, content: Content, edition: Edition, now: datetime) -> Found:
    """Find the place of a caller from what is known of them."""
    dossier = Dossier().put(
        *(_fact(each.key, each.value, now, each.mark) for each in facts if each.key not in _DESK_ONLY)
    )
    if "id_type" not in dossier and value(facts, "first_time") == "no":
        # The account of somebody who has one already holds it; nobody asks again.
        dossier = dossier.put(_fact("id_type", "resident-id", now))
    reached = value(facts, "reached")
    here = _walked(Situation(dossier, edition, content, now), facts, ENDS.get(reached, ""))
    here = _waiting(here, facts)
    ahead = _walked(here, facts, "application-confirm")
    said = {each.key for each in facts}
    assumed = tuple(key for key in TOLD if key in ahead.dossier and key not in said)
    missing = not {"exam", "province"} <= said
    return Found(facts, journey.locate(here), here, ahead, assumed, missing)


def _walked(situation: Situation, facts: Facts, behind: str) -> Situation:
    """Assume one thing after another until the step ``behind`` is behind."""
    until = ORDER.index(behind) if behind else -1
    for _ in range(_MOST):
        place = journey.locate(situation)
        if ORDER.index(place.step.id) > until:
            return situation
        more = _assumed(place, situation, facts)
        if not more:
            return situation
        situation = Situation(
            situation.dossier.put(*more), situation.edition, situation.content, situation.now
        )
    return situation


def _assumed(place: Place, situation: Situation, facts: Facts) -> tuple[Fact, ...]:
    now = situation.now
    if place.ending is not None:
        # A caller who is further on has passed what is closed by now.
        gone = {"application-choose": "application.choose", "application-confirm": "application.confirm"}
        key = gone.get(place.step.id) if place.ending.text in {"ending.closed", "ending.not-yet"} else None
        return (_fact(key, "yes" if key == "application.choose" else True, now),) if key else ()
    if place.ask is not None:
        return (_fact(place.ask.key, _usual(place.ask, situation), now),)
    match place.step.id:
        case "verification":
            return _results(situation, value(facts, "status"))
        case "manual-review":
            return (_fact("review.decision", "pass", now, role=Role.VERIFIER),)
        case "application-pay":
            return (_fact("payment.receipt", "-", now),)
        case _:
            return ()


def _usual(ask: Ask, situation: Situation) -> Value:
    options = tuple(each.id for each in ask.options(situation) if each.refused is None)
    if ask.key in USUAL:
        usual = USUAL[ask.key]
        if not options or usual in options or usual is True:
            return usual
    last = ask.key.rpartition(".")[2]
    if ask.key == "exam":
        return next(iter(situation.edition.exams))
    if ask.key == "province":
        announced = situation.edition.provincial.get(situation.dossier.text("exam"), ())
        return next(iter((*announced, *options)))
    if "." in ask.key and last in USUAL and (not options or USUAL[last] in options):
        return USUAL[last]
    if ask.kind == "several":
        return options
    if ask.kind == "acknowledge":
        return True
    return options[0] if options else "-"


def _results(situation: Situation, status: str) -> tuple[Fact, ...]:
    """Let the verification be complete: what cannot be verified online is not, the rest as it was said."""
    now, records = situation.now, (*situation.education, *situation.degrees)
    by_hand = {each.item for each in records if online_verifiable(each) is not None}
    if situation.dossier.text("id_type") != "resident-id":
        by_hand.add("identity")
    bad = status if status in {"failed", "cannot-verify"} else "verified"
    submitted = (now - 2 * WAIT).isoformat()
    found = []
    for item in situation.statuses:
        result = "cannot-verify" if item in by_hand else bad if item == "education.0" else "verified"
        found += [
            _fact(f"verification.{item}.submitted", submitted, now),
            _fact(f"verification.{item}.status", result, now),
        ]
    return tuple(found)


def _waiting(situation: Situation, facts: Facts) -> Situation:
    """Let somebody who waits for results have waited as long as they say."""
    if journey.locate(situation).step.id != "verification":
        return situation
    hours = float(value(facts, "waited") or 0)
    since = (situation.now - timedelta(hours=hours)).isoformat()
    more = [_fact(f"verification.{item}.submitted", since, situation.now) for item in situation.statuses]
    return Situation(situation.dossier.put(*more), situation.edition, situation.content, situation.now)


def _fact(
    key: str, value: Value, now: datetime, origin: Origin = "assumed", role: Role = Role.CANDIDATE
) -> Fact:
    return Fact(key, value, now, role, origin)
