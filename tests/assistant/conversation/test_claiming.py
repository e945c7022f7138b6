"""Paid, but shown unpaid: said by the candidate, looked for by the office, never paid twice (P.6)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.conversation.messages import Said
from assistant.services.payment import Received
from flows.permissions import Staff
from flows.roles import Role
from tests.assistant.conversation.seats import refused, said, seat
from tests.factories import opened

CASHIER = Staff("zhao", frozenset({Role.CASHIER}))


@pytest.mark.req("P.6", "13.7")
def test_who_paid_and_is_shown_unpaid_says_so_and_finds_the_outcome_at_the_next_turn(tmp_path: Path) -> None:
    records = opened(tmp_path)
    chair = seat(tmp_path, records)
    chair.until("wait.application-pay")
    today = chair.clock.now().date()
    assert [each.id for each in chair.turn.prompt.options] == ["look", "leave", "claim"]
    assert said(chair.pick("claim")) == ("said.claiming",)
    assert refused(chair.type("十二月四十")) == ("claim-day",)
    assert refused(chair.type("2999-01-01")) == ("claim-day-ahead",)
    chair.type(today.isoformat())
    assert refused(chair.type("9" * 65)) == ("claim-reference",)
    assert "said.claimed" in said(chair.type("T1"))
    assert chair.turn.prompt.text == "wait.payment.claimed"
    assert "claim" not in [each.id for each in chair.turn.prompt.options]
    slip, now = chair.talk.dossier.text("payment.slip"), chair.clock.now()
    with records.turn() as turn:
        [item] = turn.payment_items(by=CASHIER, now=now)
        turn.clear_payment(item.id, "not-found", reason="银行无此流水。", by=CASHIER, now=now)
    chair.pick("look")
    assert chair.turn.prompt.text == "wait.payment.not-found"
    assert chair.turn.prompt.args["reason"] == "银行无此流水。"
    with records.turn() as turn:
        line = Received("T1", date(2020, 7, 3), 6100, slip, slip, "王*明")
        turn.import_statement([line], by=CASHIER, now=now)
    chair.pick("look")
    assert chair.talk.dossier.text("payment.receipt") == "T1"
    with records.turn() as turn:
        again = Received("T2", date(2020, 7, 4), 6150, slip, slip, "王*明")
        turn.import_statement([again], by=CASHIER, now=now)
        [item] = turn.payment_items(by=CASHIER, now=now)
        assert item.kind == "paid-twice"
        turn.clear_payment(item.id, "to-refund", reason="同一缴费单缴了两次。", by=CASHIER, now=now)
    told = chair.order("language", "zh").messages
    [refund] = [each for each in told if isinstance(each, Said) and each.text == "said.refund"]
    assert refund.args == {
        "number": "T2",
        "amount": "61.50",
        "day": "2020-07-04",
        "reason": "同一缴费单缴了两次。",
    }
    # Told once: it is no news at the turn after.
    assert "said.refund" not in said(chair.order("language", "zh"))
    records.close()
