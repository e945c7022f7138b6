"""What a candidate learns of their manual verification at the next turn: what to bring, and why it failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.conversation.inputs import Command
from assistant.conversation.messages import Card
from assistant.staging import VERIFIERS

from .seated import seated

FIRST, SECOND = VERIFIERS


@pytest.mark.req("14.1", "15.2")
def test_evidence_asked_for_is_read_at_the_next_turn_until_it_has_come() -> None:
    with seated(diploma="failed") as here:
        here.answer_until("wait.manual-review")
        now, code = here.clock.now(), here.talk.code or ""
        by = now + timedelta(days=7)
        with here.records.turn() as turn:
            turn.claim_review(code, by=FIRST, now=now)
            turn.ask_evidence(code, what="毕业证书原件", where="南京核查点", until=by, by=FIRST, now=now)
        here.take(Command("status"))

        wait = here.talk.place().wait
        assert wait is not None
        assert wait.text == "wait.review-evidence"
        assert (wait.args["what"], wait.args["where"], wait.args["by"]) == ("毕业证书原件", "南京核查点", by)

        with here.records.turn() as turn:
            turn.receive_evidence(code, by=SECOND, now=now)
        here.take(Command("status"))
        wait = here.talk.place().wait
        assert wait is not None
        assert wait.text == "wait.review"


@pytest.mark.req("14.1", "16.1")
def test_a_proposed_fail_is_not_told_and_a_standing_one_is_with_each_reason() -> None:
    with seated(diploma="failed") as here:
        here.answer_until("wait.manual-review")
        now, code = here.clock.now(), here.talk.code or ""
        unmet = {"14.3 education.0": "证书编号与原件不符", "work-years": "工作年限不足"}
        with here.records.turn() as turn:
            turn.claim_review(code, by=FIRST, now=now)
            turn.decide_review(code, "fail", by=FIRST, now=now, unmet=unmet)
        here.take(Command("status"))
        assert here.talk.place().ending is None

        with here.records.turn() as turn:
            turn.second_review(code, agree=True, by=SECOND, now=now)
        told = here.take(Command("status"))
        ending = here.talk.place().ending
        assert ending is not None
        assert ending.args["reason"] == tuple(unmet.values())
        [card] = [each for each in told.messages if isinstance(each, Card) and each.title == "review.unmet"]
        assert [(row.label, row.value) for row in card.rows] == [
            ("item.education", "证书编号与原件不符"),
            ("item.work-years", "工作年限不足"),
        ]
