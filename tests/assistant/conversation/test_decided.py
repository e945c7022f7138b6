"""A false-promise case decided at the desk is what the same person's journeys say, while it is in force."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.clock import CHINA
from assistant.records import Turn
from assistant.records.false_promises import Person
from flows.casework.false_promise import deciding, intending, serving
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import NOW, NUMBER, opened

from .seats import render, said, seat, seated

ANNA, BO = Staff("anna", frozenset({Role.SUPERVISOR})), Staff("bo", frozenset({Role.SUPERVISOR}))


def decide(turn: Turn, force: datetime, registration: str | None = None) -> str:
    """Take a case from open to in force at ``force``."""
    found, decided = force - timedelta(days=80), force - timedelta(days=65)
    number = turn.open_false_promise(
        Person("王小明", "resident-id", NUMBER),
        source="sample",
        why="学历造假",
        exam="class-1-constructor",
        year=2020,
        by=ANNA,
        now=found,
        registration=registration,
    )
    notice = {**intending("false-proof", "查证"), **serving("in-person", "南京", found, days=5)}
    turn.work_false_promise(number, "notify", by=ANNA, now=found, args=notice)
    args = deciding("false-proof", "属实")
    turn.work_false_promise(number, "decide", by=ANNA, now=decided, args=args)
    to = serving("electronic", "13800001001", decided, days=64)
    turn.work_false_promise(number, "serve", by=ANNA, now=decided, args=to)
    turn.work_false_promise(number, "take-effect", by=ANNA, now=force)
    return number


@pytest.mark.req("1.5", "16.2")
@pytest.mark.parametrize(
    ("force", "applies"),
    [
        pytest.param(datetime(2015, 7, 3, 0, 0, tzinfo=CHINA), False, id="last-day-of-the-record"),
        pytest.param(datetime(2015, 7, 2, 23, 59, 59, tzinfo=CHINA), True, id="day-after"),
    ],
)
def test_the_commitment_is_not_applicable_until_the_day_after_the_record(
    tmp_path: Path, force: datetime, applies: bool
) -> None:
    with seated(tmp_path) as chair:
        with chair.talk.outside.records.turn() as turn:
            decide(turn, force)
        chair.until("signature.name" if applies else "application.confirm")
        assert chair.clock.now().date().isoformat() == "2020-07-02"
        assert chair.talk.situation.route == ("adopted" if applies else "not-applicable")
        assert ("signature" in chair.talk.place().passed) is not applies


@pytest.mark.req("15.4", "16.1")
def test_a_paid_registration_says_the_decision_and_what_can_be_done_until_it_is_revoked(
    tmp_path: Path,
) -> None:
    records = opened(tmp_path)
    try:
        chair = seat(tmp_path, records)
        chair.until("end.consequences")
        with records.turn() as turn:
            number = decide(turn, chair.clock.now(), chair.registration)
        ended = chair.order("status")
        ending = chair.talk.place().ending
        assert ending is not None
        assert (ending.outcome, ending.args["case"]) == ("invalid", number)
        assert "ending.decision" in said(ended)
        assert number in render(ended)["zh"]
        with records.turn() as turn:
            turn.work_false_promise(number, "revoke", by=BO, now=NOW, args={"why": "法院撤销"})
        chair.order("status")
        ending = chair.talk.place().ending
        assert ending is not None
        assert ending.outcome == "paid"
    finally:
        records.close()
