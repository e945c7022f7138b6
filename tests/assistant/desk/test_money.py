"""The pages of payments, supervision, publicity and the figures of the house."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.answers.missed import Miss, Misses
from assistant.desk.duty import House
from assistant.desk.form import DeskForm
from assistant.desk.screens.false_promises import OpenCasePage
from assistant.desk.screens.home import HomePage
from assistant.desk.screens.overview import OverviewPage
from assistant.desk.screens.payments import PaymentsPage
from assistant.desk.screens.publicity import PublicityPage
from assistant.desk.screens.supervision import SupervisionPage
from flows.roles import Role
from tests.assistant.kiosk.seat import EVERY, flat, said
from tests.assistant.records.stores import NAME, confirmed
from tests.assistant.records.test_payments import CASHIER, arrived, due
from tests.assistant.records.test_supervision import both, imported, paid
from tests.factories import NOW, NUMBER

from .seat import DeskSeat, at_the_desk

STAFF = {
    "boss": (Role.ADMINISTRATOR,),
    "zhao": (Role.CASHIER,),
    "qian": (Role.SUPERVISOR,),
    "sun": (Role.PUBLISHER,),
}


async def at_payments(seat: DeskSeat, login: str = "zhao") -> None:
    await seat.sit(login, "payments")
    assert isinstance(seat.page, PaymentsPage)


@pytest.mark.req("13.7")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_payment_at_the_counter_shows_whose_it_is_and_is_asked_for_once_more(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            begun, _ = confirmed(turn)
            slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
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


@pytest.mark.req("15.3")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_supervisor_draws_a_sample_and_a_doubt_is_noted_with_its_reason(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            _, code, _ = paid(turn)
            imported(turn, both(code))
        await seat.sit("qian", "supervision")
        assert isinstance(seat.page, SupervisionPage)
        await seat.press("f7")
        for typed in ("no such exam", "2020", "江苏", "100"):
            await seat.type(typed)
        await seat.press("enter")
        assert flat(said(language, "problem.desk-exam-unknown"))[:8] in seat.shown()
        await seat.press("tab", "tab")
        for typed in ("经济", "2020", "江苏", "100", "2020-12"):
            await seat.type(typed)
        assert flat(code) in seat.shown()
        await seat.press("enter", "enter", "enter")
        assert flat(said(language, "problem.sample-reason"))[:8] in seat.shown()
        field = seat.app.focused
        assert field is not None
        field.put("diploma number unknown to the archive")  # type: ignore[attr-defined]
        await seat.press("tab", "right", "enter")
        assert flat(said(language, "desk.check.doubtful")) in seat.shown()
        with seat.records.turn() as turn:
            (sample,) = turn.samples()
            assert [each.code for each in turn.doubtful()] == [code]
        assert (sample.exam, sample.percent, sample.seed) == ("economics", 100, "2020-12")
        assert ("close-check", code, "qian") in seat.trail()
        # From where the doubt is seen a case is opened; with nothing seen it is said why not.
        await seat.press("f9")
        assert flat(said(language, "problem.check-not-doubtful"))[:8] in seat.shown()
        await seat.press("enter", "f9")
        assert isinstance(seat.page, OpenCasePage)
        assert "diploma number unknown" in seat.page.query_one(DeskForm).values["case-why"]
        await seat.press(*["tab"] * 7, "enter")
        with seat.records.turn() as turn:
            assert turn.doubtful() == ()
        await seat.press("escape")
        # One case at a time on a registration.
        await seat.press("f9", *["tab"] * 7, "enter")
        assert flat(said(language, "problem.case-open-already"))[:3] in seat.shown()
        await seat.press("escape", "escape")
        await seat.press("escape", "escape")
        assert isinstance(seat.page, HomePage)


@pytest.mark.req("15.3")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_list_is_seen_masked_before_it_is_public_and_goes_to_files(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            _, code, _ = paid(turn)
            imported(turn, both(code))
        await seat.sit("sun", "publicity")
        assert isinstance(seat.page, PublicityPage)
        await seat.press("f8")
        assert flat(said(language, "problem.list-draft-first"))[:6] in seat.shown()
        await seat.press("f7")
        for typed in ("economics", "2020", ""):
            await seat.type(typed)
        assert "王*明" in seat.shown()
        await seat.press("f8")
        await seat.type("2020-12-10")
        await seat.type("2020-12-01")
        await seat.press("tab", "tab")
        await seat.type("2020-12-01")
        await seat.type("2020-12-14")
        await seat.press("right", "enter")
        with seat.records.turn() as turn:
            (made,) = turn.publicities()
        assert (made.begins, made.ends, made.length) == (date(2020, 12, 1), date(2020, 12, 14), 1)
        await seat.press("f9")
        await seat.type(str(tmp_path))
        assert "王*明" in (tmp_path / "list-1.csv").read_text(encoding="utf-8-sig")
        assert "王*明" in (tmp_path / "list-1.html").read_text(encoding="utf-8")
        await seat.press("f9")
        await seat.type(str(tmp_path))
        assert "list-1.csv" in seat.shown()


@pytest.mark.req("14.1", "15.3")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_the_figures_are_drawn_with_their_numbers_and_go_to_a_file(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        misses = tmp_path / "misses.db"
        Misses(misses).keep(Miss("=can I pay … by card", "en", "pilot", "unanswered", "", NOW.date(), 7))
        seat.app.house = House(misses=misses)
        with seat.records.turn() as turn:
            due(turn, review=True)
            paid(turn)
            turn.import_statement([arrived("P2222-2222")], by=CASHIER, now=NOW)
        await seat.sit("qian", "overview")
        assert isinstance(seat.page, OverviewPage)
        for stage in ("in-review", "paid"):
            # One is there and was touched today; nobody can stop there, and none went back.
            assert flat(said(language, f"figures.stage.{stage}") + "110━") in seat.shown()
        await seat.press("end")
        assert flat(said(language, "desk.item.unknown-slip") + "1━") in seat.shown()
        assert "=canIpay…bycard7━" in seat.shown()
        await seat.press("f7")
        await seat.type(str(tmp_path / "nowhere"))
        assert seat.page.query_one("#folder").display
        field = seat.app.focused
        assert field is not None
        field.put("")  # type: ignore[attr-defined]
        await seat.type(str(tmp_path))
        (file,) = tmp_path.glob("figures-*.csv")
        rows = file.read_text(encoding="utf-8-sig").splitlines()
        assert {"stage,paid,1", "reason,14.2,1", "question,'=can I pay … by card,7"} <= set(rows)
