"""The journey as a flat machine of 22 states, and where a candidate is in it.

Where somebody is, is never stored: :func:`locate` walks the machine from its first state through every
step whose demands the facts meet, and stops at the first that needs something. The machine knows the ways
and who may take them; the steps know what is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from transitions import Machine

from flows.dossier import Fact
from flows.roles import STAFF, Role
from flows.situation import Situation
from flows.steps import BY_ID, STEPS
from flows.steps.model import Ask, Ending, Step, Wait
from flows.verdict import Problem

FIRST = STEPS[0].id
LAST = STEPS[-1].id


@dataclass(frozen=True)
class Guard:
    """A condition of a way, with the reason it gives when it refuses.

    Args:
        name: What it demands, as the diagram shows it.
        refuses: The reason why the way is closed in a situation, or ``None`` when it is open.
    """

    name: str
    refuses: Callable[[Situation], Problem | None]

    def holds(self, situation: Situation) -> bool:
        """Whether the way is open; the machine asks this."""
        return self.refuses(situation) is None


@dataclass(frozen=True)
class Way:
    """A transition: a trigger takes the journey from one state to another where its guards hold.

    Args:
        roles: Who may take it. A way that nobody has to take is the system's.
    """

    trigger: str
    source: str
    dest: str
    guards: tuple[Guard, ...] = ()
    roles: frozenset[Role] = frozenset({Role.CANDIDATE, Role.SYSTEM})


@dataclass(frozen=True)
class Place:
    """Where a candidate is.

    Args:
        step: The state that needs something, or the last one.
        visited: The states on the way that concern this candidate, in order, this one included.
        passed: The states that were passed without a word, each with the reason.
        ask: What is asked next, or ``None``.
        wait: What has to arrive, or ``None``.
        ending: Why the journey stops here, or ``None``.
    """

    step: Step
    visited: tuple[str, ...]
    passed: Mapping[str, Problem]
    ask: Ask | None = None
    wait: Wait | None = None
    ending: Ending | None = None


def locate(situation: Situation) -> Place:
    """Find where the candidate is: the first state whose demands the facts do not meet."""
    machine, walker = _machine(), _Walker()
    visited: list[str] = []
    passed: dict[str, Problem] = {}
    while True:
        step = BY_ID[walker.state]
        reason = step.passed(situation)
        if reason is not None:
            passed[step.id] = reason
        else:
            visited.append(step.id)
            place = _standing(step, situation, tuple(visited), passed)
            if place is not None:
                return place
        if not _go_on(machine, walker, situation):
            return Place(step, tuple(visited), passed)


def may(trigger: str, role: Role) -> Problem | None:
    """Say why ``role`` may not take the ways called ``trigger``, or ``None`` when it may.

    Raises:
        KeyError: There is no such trigger.

    Source: FAQ 5, FAQ 13.4 (nobody signs for the applicant).
    """
    roles = frozenset[Role]().union(*(way.roles for way in WAYS if way.trigger == trigger))
    if not roles:
        raise KeyError(trigger)
    return None if role in roles else Problem(f"not-for-{'staff' if role in STAFF else 'you'}")


def refusals(situation: Situation, state: str) -> tuple[Problem, ...]:
    """Give the reasons why no way out of ``state`` is open now."""
    if any(_open(way, situation) for way in WAYS if way.source == state):
        return ()
    return tuple(
        reason
        for way in WAYS
        if way.source == state
        for guard in way.guards
        if (reason := guard.refuses(situation)) is not None
    )


# Guards ------------------------------------------------------------------------------------------------


def _said(key: str, value: str, name: str) -> Guard:
    def refuses(situation: Situation) -> Problem | None:
        return None if situation.dossier.text(key) == value else Problem(f"guard-{name.replace(' ', '-')}")

    return Guard(name, refuses)


def _by_candidate(key: str, name: str) -> Guard:
    """Demand a fact that only the candidate may have stated."""

    def refuses(situation: Situation) -> Problem | None:
        fact: Fact | None = situation.dossier.earlier(key)
        if fact is None or fact.stale:
            return Problem(f"guard-{name.replace(' ', '-')}")
        return None if fact.role is Role.CANDIDATE else Problem("not-for-staff")

    return Guard(name, refuses)


def _verification_complete(situation: Situation) -> Problem | None:
    if not situation.pending:
        return None
    return Problem("verification-pending")


def _has_account(situation: Situation) -> Problem | None:
    return None if "account" in situation.dossier else Problem("guard-no-account")


def _commitment_due(situation: Situation) -> Problem | None:
    return None if situation.route == "adopted" else Problem("guard-commitment-not-adopted")


def _commitment_not_due(situation: Situation) -> Problem | None:
    return Problem("guard-commitment-due") if situation.route in {"adopted", None} else None


def _review_due(situation: Situation) -> Problem | None:
    return None if situation.reasons else Problem("guard-no-review-due")


def _review_not_due(situation: Situation) -> Problem | None:
    return Problem("guard-review-due") if situation.reasons else None


def _reviewed_by_staff(situation: Situation) -> Problem | None:
    fact = situation.dossier.earlier("review.decision")
    if fact is None or fact.value != "pass":
        return Problem("guard-review-not-passed")
    return Problem("guard-review-not-by-staff") if fact.role not in STAFF else None


def _paid(situation: Situation) -> Problem | None:
    return None if "payment.receipt" in situation.dossier else Problem("guard-not-paid")


FIRST_TIME = _said("first_time", "yes", "first time")
RETURNING = _said("first_time", "no", "registered before")
ACCOUNT = Guard("has an account", _has_account)
COMPLETE = Guard("verification complete", _verification_complete)
SIGNED = _by_candidate("signature", "signed by the candidate")
CONFIRMED = _by_candidate("application.confirm", "confirmed by the candidate")
DUE = Guard("commitment adopted", _commitment_due)
NOT_DUE = Guard("commitment not adopted", _commitment_not_due)
REVIEW = Guard("review due", _review_due)
NO_REVIEW = Guard("no review due", _review_not_due)
REVIEWED = Guard("review passed by staff", _reviewed_by_staff)
PAID = Guard("payment received", _paid)

CANDIDATE = frozenset({Role.CANDIDATE})
REVIEWERS = frozenset({Role.VERIFIER, Role.SUPERVISOR})

WAYS: tuple[Way, ...] = (
    Way("go_on", "system", "scope"),
    Way("go_on", "scope", "notice"),
    Way("go_on", "notice", "promises"),
    Way("go_on", "promises", "first-time", (FIRST_TIME,)),
    Way("go_on", "promises", "returning", (RETURNING,)),
    Way("go_on", "first-time", "account"),
    Way("go_on", "account", "account-rules"),
    Way("go_on", "account-rules", "academic", (ACCOUNT,)),
    Way("go_on", "returning", "academic", (ACCOUNT,)),
    Way("go_on", "academic", "photo"),
    Way("go_on", "photo", "verification"),
    Way("go_on", "verification", "application-choose", (COMPLETE,)),
    Way("go_on", "application-choose", "application-read", (ACCOUNT, COMPLETE)),
    Way("go_on", "application-read", "application-fill"),
    Way("go_on", "application-fill", "earlier-candidate"),
    Way("go_on", "earlier-candidate", "applicability"),
    Way("go_on", "applicability", "signature"),
    Way("sign", "signature", "application-confirm", (DUE, SIGNED), CANDIDATE),
    Way("go_on", "signature", "application-confirm", (NOT_DUE,)),
    Way("confirm", "application-confirm", "manual-review", (CONFIRMED,), CANDIDATE),
    Way("decide", "manual-review", "application-pay", (REVIEW, REVIEWED), REVIEWERS),
    Way("go_on", "manual-review", "application-pay", (NO_REVIEW,)),
    Way("pay", "application-pay", "supervision", (PAID,), frozenset({Role.CANDIDATE, Role.CASHIER})),
    Way("go_on", "supervision", "consequences"),
)


# Walking -----------------------------------------------------------------------------------------------


@dataclass
class _Walker:
    """What the machine moves."""

    state: str = FIRST


@cache
def _machine() -> Machine:
    """Build the machine, once: it knows the ways and nobody who walks them."""
    return Machine(
        None,
        states=[{"name": step.id, "final": step.id == LAST} for step in STEPS],
        transitions=[transition(way) for way in WAYS],
        initial=FIRST,
        # Otherwise `to_consequences()` would exist and jump over every guard.
        auto_transitions=False,
    )


def transition(way: Way) -> dict[str, Any]:
    """Write a way as the machine takes it."""
    return {
        "trigger": way.trigger,
        "source": way.source,
        "dest": way.dest,
        "conditions": [guard.holds for guard in way.guards],
    }


def _open(way: Way, situation: Situation) -> bool:
    return all(guard.holds(situation) for guard in way.guards)


def _go_on(machine: Machine, walker: _Walker, situation: Situation) -> bool:
    """Take the first open way, by its trigger; the machine's own guards decide."""
    way = next((way for way in WAYS if way.source == walker.state and _open(way, situation)), None)
    return way is not None and bool(machine.events[way.trigger].trigger(walker, situation))


def _standing(
    step: Step, situation: Situation, visited: tuple[str, ...], passed: Mapping[str, Problem]
) -> Place | None:
    """Return the place when something is needed at this step, or ``None`` when its demands are met."""
    if (ending := step.ends(situation)) is not None:
        return Place(step, visited, passed, ending=ending)
    if (ask := step.next_ask(situation)) is not None:
        return Place(step, visited, passed, ask=ask)
    if (wait := step.waits(situation)) is not None:
        return Place(step, visited, passed, wait=wait)
    return None
