"""The pages of payments, supervision, publicity and the figures of the house."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.desk.screens.payments import PaymentsPage
from flows.roles import Role
from tests.assistant.kiosk.seat import EVERY, flat, said
from tests.assistant.records.stores import NAME, confirmed
from tests.assistant.records.test_payments import CASHIER, arrived, due
from tests.factories import NOW, NUMBER

from .seat import DeskSeat, at_the_desk

STAFF = {"boss": (Role.ADMINISTRATOR,), "zhao": (Role.CASHIER,), "qian": (Role.SUPERVISOR,)}


async def at_payments(seat: DeskSeat, login: str = "zhao") -> None:
    await seat.log_in(login)
    await seat.press("2")
    assert isinstance(seat.page, PaymentsPage)


@pytest.mark.req("13.7")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_payment_at_the_counter_shows_whose_it_is_and_is_asked_for_once_more(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            begun, _ = confirmed(turn)
            slip = turn.payment_slip(begun.registration, now=NOW)
        await at_payments(seat)
        await seat.press("f7")
        await seat.type(slip.lower())
        shown = seat.shown()
        assert "王*明" in shown
        assert flat(said(language, "desk.slip.due")) in shown
        assert NAME not in shown
        assert NUMBER not in shown
        await seat.type("R-17")
        await seat.type("6100")
        await seat.press("enter")
        # No stands first: nothing is recorded yet.
        assert seat.page.query_one("#take").display
        await seat.type("R-17")
        await seat.type("61.00")
        assert "61.00" in seat.shown()
        await seat.press("right", "enter")
        assert "R-17" in seat.shown()
        with seat.records.turn() as turn:
            payment = turn.payment(begun.registration)
        assert payment is not None
        assert (payment.receipt, payment.role) == ("R-17", Role.CASHIER)
        assert ("record-payment", begun.code, "zhao") in seat.trail()
        await seat.type(slip)
        assert flat(seat.app.wording.text("problem.slip-paid", {"slip": slip}))[:12] in seat.shown()


@pytest.mark.req("13.7", "P.6")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_an_open_item_goes_from_the_statement_to_cleared(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            registration, slip = due(turn)
        table = tmp_path / "bank.csv"
        table.write_text(
            "date,amount,reference,transaction,payer\n"
            "2020-07-03,61.00,P2222-2222,T1,王小明\n"
            "2020-07-03,61.00,,T2,李明\n",
            encoding="utf-8",
        )
        await at_payments(seat)
        await seat.press("f8")
        await seat.type(str(tmp_path / "none.csv"))
        assert "none.csv" in seat.shown()
        await seat.type(str(table))
        assert "P2222-2222" in seat.shown()
        await seat.press("enter")
        assert "王*明" in seat.shown()
        await seat.type(slip)
        await seat.press("enter")
        assert flat(said(language, "problem.payment-item-reason"))[:8] in seat.shown()
        await seat.type("payer wrote another slip")
        await seat.press("right", "enter")
        with seat.records.turn() as turn:
            payment = turn.payment(registration)
        assert payment is not None
        assert payment.receipt == "T1"
        await seat.press("enter", "tab")
        field = seat.app.focused
        assert field is not None
        field.put("payer unknown")  # type: ignore[attr-defined]
        await seat.press("tab", "right", "enter", "right", "enter")
        assert flat(said(language, "desk.pay.cleared")) in seat.shown()
        assert flat(said(language, "desk.pay.nothing")) in seat.shown()
        await seat.press("f9")
        assert flat(said(language, "desk.outcome.to-refund")) in seat.shown()


async def test_a_supervisor_reads_payments_and_has_no_key_to_take_or_clear_one(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        with seat.records.turn() as turn:
            later = NOW + timedelta(days=1)
            turn.import_statement([arrived("P2222-2222")], by=CASHIER, now=later)
        await at_payments(seat, "qian")
        await seat.press("f7")
        assert seat.page.query_one("#items").display
        await seat.press("enter")
        assert seat.page.query_one("#seen").display
        assert "P2222-2222" in seat.shown()
