"""Sets the stage for a scenario: what authorities, archive and integrity file know of the person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from assistant.records.passwords import hash_password
from assistant.scenario import Scenario
from flows.roles import Role

if TYPE_CHECKING:
    from assistant.records import Records, Turn


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
