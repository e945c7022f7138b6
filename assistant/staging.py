"""Sets the stage for a scenario: what authorities, archive and integrity file know of the person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.clock import SetClock
from assistant.scenario import Scenario
from flows.casework.false_promise import (
    DEFENCE_DAYS,
    REVIEW_DAYS,
    deciding,
    intending,
    period_end,
    serving,
)
from flows.permissions import Staff
from flows.roles import Role

if TYPE_CHECKING:
    from assistant.records import Records, Turn


VERIFIERS = tuple(Staff(name, frozenset({Role.VERIFIER})) for name in ("verifier-1", "verifier-2"))
"""Two people who work the cases of a scenario: a "fail" takes both."""


def settle(turn: Turn, registration: str, decision: str, reason: str, now: datetime) -> None:
    """Decide a manual verification as two verifiers would, each reason of it with the same words.

    Raises:
        RecordsError: There is no case to decide, or the decision or its reason is missing.
    """
    first, second = VERIFIERS
    found = turn.review(registration)
    code = found.code if found else ""
    unmet = {f"{group} {item}": reason for group, item in found.reasons} if found else {}
    turn.claim_review(code, by=first, now=now)
    turn.decide_review(code, decision, by=first, now=now, reason=reason, unmet=unmet)
    if decision == "fail":
        turn.second_review(code, agree=True, by=second, now=now)


SUPERVISOR = Staff("supervisor-1", frozenset({Role.SUPERVISOR}))
"""Who works the false promises of a scenario."""


def penalise(records: Records, code: str, measure: str, reason: str, clock: SetClock) -> None:
    """Take a false promise from its finding to a decision in force, and the clock through its periods.

    Args:
        records: The store.
        code: Code of the registration, which is confirmed.
        measure: One of :data:`flows.casework.measures.MEASURES`.
        reason: Facts and grounds.
        clock: The simulated clock: nobody objects, so both periods run to their ends.

    Raises:
        RecordsError: There is no such registration or measure.

    Source: FAQ 16; Order No. 31, Art. 18 (statement and defence before the decision).
    """
    found = clock.now()
    notice = {**intending(measure, reason), **serving("in-person", "-", found, days=DEFENCE_DAYS)}
    with records.turn() as turn:
        number = turn.open_on_registration(
            code, source="office", why=reason, year=found.year, by=SUPERVISOR, now=found
        )
        turn.work_false_promise(number, "notify", by=SUPERVISOR, now=found, args=notice)
    decided = period_end(found, DEFENCE_DAYS)
    clock.set(decided)
    with records.turn() as turn:
        args = deciding(measure, reason)
        turn.work_false_promise(number, "decide", by=SUPERVISOR, now=decided, args=args)
        service = serving("in-person", "-", decided, days=REVIEW_DAYS)
        turn.work_false_promise(number, "serve", by=SUPERVISOR, now=decided, args=service)
    clock.set(period_end(decided, REVIEW_DAYS))


def stage(scenario: Scenario, records: Records, now: datetime) -> None:
    """Put what the scenario says of the outside world into the store, before the candidate comes.

    A candidate who is not there for the first time gets the account that they made earlier.
    """
    candidate = scenario.candidate
    number = str(candidate.get("id_number", "")).strip().upper()
    with records.turn() as turn:
        turn.answer_for(number, "identity", scenario.authority.identity)
        for kind, results in (
            ("education", scenario.authority.education),
            ("degree", scenario.authority.degrees),
        ):
            for position, result in enumerate(results):
                turn.answer_for(number, f"{kind}.{position}", result)
        for record in scenario.integrity:
            turn.add_integrity(number, basis=record.basis, begins=record.begins, until=record.until, now=now)
        for passed in candidate.get("earlier_passes") or ():
            turn.add_earlier_pass(
                number,
                exam=str(passed.get("exam", candidate.get("exam", ""))),
                level=str(passed.get("level", candidate.get("level", ""))),
                subject=str(passed["subject"]),
                year=int(passed["year"]),
            )
        if candidate.get("first_time") is False:
            _registered_before(candidate, turn, scenario, now)


def _registered_before(candidate: dict[str, Any], turn: Turn, scenario: Scenario, now: datetime) -> None:
    # Imported here: argon2, which only a scenario with an earlier account needs.
    from assistant.records.passwords import hash_password

    begun = turn.begin(
        edition=scenario.edition, language=scenario.language, content_version="", now=now, role=Role.CANDIDATE
    )
    turn.create_account(
        begun.registration,
        name=str(candidate.get("name", "")),
        id_type=str(candidate.get("id_type", "resident-id")),
        id_number=str(candidate.get("id_number", "")).strip().upper(),
        mobile=str(candidate.get("mobile", "")),
        email=str(candidate.get("email", "")),
        password_hash=hash_password(str(candidate.get("password", ""))),
        now=now,
        role=Role.CANDIDATE,
    )
