"""Reports, false-promise cases, the integrity file and papers through the screens of the desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from assistant.clock import SetClock
from assistant.desk.screens.case import CasePage, MovePage
from assistant.desk.screens.decisions import BlacklistPage, PublicDecisionsPage
from assistant.desk.screens.false_promises import FalsePromisesPage, OpenCasePage
from assistant.desk.screens.reports import ReportPage, ReportsPage, TakeReportPage
from assistant.records.false_promises import Person
from assistant.records.reports import Outcome
from assistant.widgets.choices import Choices
from assistant.widgets.listing import Listing
from flows.casework.report import assigning
from flows.permissions import Staff
from flows.roles import Role
from tests.assistant.conversation.seats import seat as chair_of
from tests.assistant.kiosk.seat import EVERY, flat, said
from tests.assistant.records.stores import NAME, confirmed, store
from tests.assistant.records.test_justice import DECIDED, FORCE, opened, served
from tests.assistant.records.test_supervision import EXAM, both, imported, paid
from tests.factories import NOW, NUMBER

from .seat import DeskSeat, at_the_desk, desk_over, hire

STAFF = {
    "boss": (Role.ADMINISTRATOR,),
    "anna": (Role.SUPERVISOR,),
    "bo": (Role.SUPERVISOR,),
    "helper": (Role.HELP_DESK,),
    "pub": (Role.PUBLISHER,),
}
ANNA = Staff("anna", frozenset({Role.SUPERVISOR}))


async def chosen(seat: DeskSeat, move: str) -> None:
    """Begin a move of the case that is open."""
    rows = seat.page.query_one(Choices).rows
    await seat.press(str([row.asked.id for row in rows].index(move) + 1))


async def sure(seat: DeskSeat) -> None:
    """Confirm what is asked once more."""
    await seat.press("right", "enter")


@pytest.mark.req("15.3")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_report_is_taken_and_its_receipt_is_shown(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("helper")
        await seat.open("report-take")
        assert isinstance(seat.page, TakeReportPage)
        await seat.press("enter", "enter", "enter", "enter")
        assert said(language, "problem.report-empty")[:8] in seat.shown()
        await seat.press("tab", "tab")
        for typed in ("学历造假", "", "赵告密", "13999990000"):
            await seat.type(typed)
        with seat.records.turn() as turn:
            (row,) = turn.reports(by=ANNA, now=NOW)
        assert row.number in seat.page._number  # type: ignore[attr-defined]
        assert said(language, "desk.receipt.title") in seat.shown()
        # Whoever calls back with the number is told where it stands, by those who took it.
        await seat.press("f7")
        await seat.type("R-NONE")
        assert said(language, "problem.report-unknown").partition("{")[0] in seat.shown()
        await seat.type(row.number.lower())
        assert said(language, "case.report.state.received") in seat.shown()


@pytest.mark.req("15.3")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_report_goes_from_open_to_founded_and_opens_a_case(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            number = turn.take_report(
                "学历造假", channel="public", now=NOW, name="赵告密", contact="13999990000"
            )
        await seat.log_in("anna")
        await seat.open("reports")
        assert isinstance(seat.page, ReportsPage)
        assert number in seat.shown()
        await seat.press("enter")
        assert isinstance(seat.page, ReportPage)
        assert "学历造假" in seat.shown()
        assert "赵告密" not in seat.shown()
        # Who reported, for a reason.
        await seat.press("f7", "tab", "enter")
        assert said(language, "problem.view-reason-missing")[:6] in seat.shown()
        await seat.press("shift+tab", "1", "enter")
        assert "赵告密" in seat.shown()
        await seat.press("escape")
        assert ("view:reporter", number, "anna") in seat.trail()
        await chosen(seat, "assign")
        assert isinstance(seat.page, MovePage)
        await seat.press("enter")
        await chosen(seat, "check")
        await chosen(seat, "founded")
        for typed in ("查证属实", "经查属实，已立案处理", "", NAME):
            await seat.type(typed)
        await seat.press("enter")
        for typed in (NUMBER, "economics", "2020"):
            await seat.type(typed)
        # What is asked once more shows everything that was typed, and the number masked.
        assert "查证属实" in seat.shown()
        assert NUMBER not in seat.shown()
        await sure(seat)
        assert isinstance(seat.page, ReportPage)
        assert said(language, "case.report.state.founded") in seat.shown()
        with seat.records.turn() as turn:
            (case,) = turn.false_promises(by=ANNA, now=NOW)
            assert turn.report_case(number, by=ANNA, now=NOW).events[-1].text("case") == case.number


@pytest.mark.req("15.3")
async def test_reports_come_in_pages_and_one_is_referred_by_whoever_it_is_assigned_to(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        with seat.records.turn() as turn:
            numbers = [
                turn.take_report(f"举报{n}", channel="public", now=NOW - timedelta(days=30, minutes=60 - n))
                for n in range(51)
            ]
        await seat.log_in("bo")
        await seat.open("reports")
        assert said("zh", "desk.reports.overdue") in seat.shown()
        assert numbers[0] in seat.shown()
        await seat.press("end", "down")
        assert numbers[50] in seat.shown()
        assert numbers[0] not in seat.shown()
        await seat.press("enter")
        await chosen(seat, "assign")
        await seat.type("anna")
        await chosen(seat, "check")
        assert said("zh", "problem.report-not-yours")[:4] in seat.shown()
        await chosen(seat, "assign")
        await seat.press("enter")
        await chosen(seat, "check")
        await chosen(seat, "refer")
        await seat.type("某市人事考试院")
        await seat.press("enter", "enter")
        # Nothing was found yet: said before it is asked once more, and what was typed stays.
        assert said("zh", "problem.report-finding-missing")[:6] in seat.shown()
        assert "某市人事考试院" in seat.shown()
        await seat.press("shift+tab")
        await seat.type("不属本机构")
        await seat.type("已转交，请与该机构联系")
        await sure(seat)
        assert said("zh", "case.report.state.referred") in seat.shown()
        await seat.press("escape", "f7")
        assert numbers[50] in seat.shown()
        assert numbers[49] not in seat.shown()


@pytest.mark.req("16.1", "16.2", "16.3")
async def test_a_case_goes_from_open_to_closed_with_two_people_and_reaches_the_next_journey(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=(120, 40)) as seat:
        await seat.log_in("anna")
        await seat.open("case-open")
        assert isinstance(seat.page, OpenCasePage)
        await seat.press("2")
        for typed in ("学历造假", "", NAME):
            await seat.type(typed)
        await seat.press("enter")
        for typed in (NUMBER, "class-1-constructor", "2020"):
            await seat.type(typed)
        assert isinstance(seat.page, CasePage)
        number = seat.page.number
        assert "王*明" in seat.shown()
        assert NUMBER not in seat.shown()

        await chosen(seat, "notify")
        await seat.press("5")
        await seat.type("查证")
        await seat.press("1")
        await seat.type("南京")
        await seat.press("enter")
        assert isinstance(seat.page, CasePage)
        # Nobody decides before the defence: said at the move, and again by the store.
        await chosen(seat, "decide")
        assert isinstance(seat.page, CasePage)
        assert said("zh", "problem.defence-running")[:6] in seat.shown()
        await chosen(seat, "hear")
        await seat.type("学历是真的")
        await chosen(seat, "decide")
        await seat.press("5")
        for typed in ("查证属实", "不采纳", "", ""):
            await seat.type(typed)
        shown = seat.shown()
        assert said("zh", "basis.art-10") in shown
        assert said("zh", "desk.record.five-years")[:10] in shown
        assert flat("查证属实") in shown
        # Enter alone goes back: nothing is decided by pressing it twice.
        await seat.press("enter")
        assert isinstance(seat.page, MovePage)
        with seat.records.turn() as turn:
            assert turn.false_promise_row(number, by=ANNA, now=NOW).state == "noticed"
        await seat.press("tab", "tab", "tab", "tab", "enter")
        await sure(seat)
        await chosen(seat, "serve")
        await seat.press("3")
        await seat.type("13800001001")
        await seat.press("enter")
        await chosen(seat, "object")
        await seat.type("不服")
        await chosen(seat, "uphold")
        assert said("zh", "problem.decided-it-yourself")[:8] in seat.shown()
        await seat.press("escape", "escape")
        await seat.rest()

        await seat.log_in("bo")
        await seat.open("false-promises")
        assert isinstance(seat.page, FalsePromisesPage)
        await seat.press("enter")
        await chosen(seat, "uphold")
        await seat.type("原决定正确")
        await sure(seat)
        assert said("zh", "case.false-promise.state.in-force") in seat.shown()
        await seat.press("escape", "escape", "escape")

        await seat.log_in("pub")
        await seat.open("false-promises")
        await seat.press("enter")
        await chosen(seat, "publish")
        await seat.press("enter", "enter")
        await sure(seat)
        await seat.press("escape", "escape")
        await seat.open("blacklist")
        assert isinstance(seat.page, BlacklistPage)
        assert "王*明" in seat.shown()
        await seat.press("escape")
        await seat.open("decisions-public")
        assert isinstance(seat.page, PublicDecisionsPage)
        assert number in seat.shown()
        out = tmp_path / "out"
        out.mkdir()
        await seat.press("f7")
        await seat.type(str(out))
        (credit,) = out.glob("credit-*.jsonl")
        assert NUMBER in credit.read_text()
        await seat.press("f8", "enter")
        for typed in ("某建筑公司", str(out / "nowhere")):
            await seat.type(typed)
        assert said("zh", "desk.field.paper-employer") in seat.shown()
        await seat.type(str(out))
        (letter,) = out.glob("employer-*.html")
        assert "某建筑公司" in letter.read_text()
        await seat.press("escape", "escape")

        await seat.log_in("bo")
        await seat.open("false-promises")
        await seat.press("enter")
        await chosen(seat, "close")
        await seat.type("办结")
        await sure(seat)
        assert said("zh", "case.false-promise.state.closed") in seat.shown()

        # The same person begins anew: the commitment does not apply to them.
        chair = chair_of(tmp_path, seat.records)
        chair.until("application.confirm")
        assert chair.talk.situation.route == "not-applicable"


@pytest.mark.req("15.3", "16.1")
async def test_a_check_that_ended_in_doubt_becomes_a_case_without_typing(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        with seat.records.turn() as turn:
            _, code, _ = paid(turn)
            imported(turn, both(code))
            made = turn.draw_sample(EXAM, 2020, percent=100, seed="s", by=ANNA, now=NOW)
            turn.close_check(made.id, code, "doubtful", reason="工作年限证明不符", by=ANNA, now=NOW)
        await seat.log_in("anna")
        await seat.open("case-open")
        assert "工作年限证明不符" in seat.shown()
        await seat.press("enter")
        assert code in seat.shown()
        await seat.press("tab", "tab", "tab", "tab", "tab", "tab", "enter")
        assert isinstance(seat.page, CasePage)
        assert "工作年限证明不符" in seat.shown()
        with seat.records.turn() as turn:
            (row,) = turn.false_promises(by=ANNA, now=NOW)
        assert (row.exam, row.year) == (EXAM, 2020)


@pytest.mark.req("16.1")
async def test_a_verifier_opens_a_case_by_the_code_alone_and_typos_are_kept(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, {**STAFF, "vera": (Role.VERIFIER,)}) as seat:
        with seat.records.turn() as turn:
            begun, _ = confirmed(turn)
        await seat.log_in("vera")
        await seat.open("case-open")
        await seat.press("3")
        for typed in ("核查发现造假", "ABCD-EFGH"):
            await seat.type(typed)
        await seat.press("tab", "tab", "tab", "tab", "enter")
        assert said("zh", "problem.case-registration-unknown")[:6] in seat.shown()
        assert "2020" in seat.shown()
        await seat.press("shift+tab", "shift+tab", "shift+tab", "shift+tab", "shift+tab")
        await seat.type(begun.code)
        await seat.press("tab", "tab", "tab", "tab", "enter")
        with seat.records.turn() as turn:
            (row,) = turn.false_promises(by=ANNA, now=NOW)
        assert row.name == "王*明"
        assert row.number in seat.shown()
        assert not [each for each in seat.trail() if each[0].startswith("view:")]


@pytest.mark.req("16.1")
def test_a_decision_comes_into_force_by_itself_on_the_day_its_review_period_is_over(tmp_path: Path) -> None:
    from flows.casework.false_promise import deciding, intending, serving

    with store(tmp_path) as records:
        with records.turn() as turn:
            number = turn.open_false_promise(
                Person(NAME, "resident-id", NUMBER),
                source="office",
                why="造假",
                exam="economics",
                year=2020,
                by=ANNA,
                now=NOW,
            )
            notice = {**intending("serious", "查证"), **serving("in-person", "南京", NOW, days=5)}
            turn.work_false_promise(number, "notify", by=ANNA, now=NOW, args=notice)
            decided = NOW + timedelta(days=10)
            args = deciding("serious", "属实")
            turn.work_false_promise(number, "decide", by=ANNA, now=decided, args=args)
            to = serving("in-person", "南京", decided, days=60)
            turn.work_false_promise(number, "serve", by=ANNA, now=decided, args=to)
            over = (decided + timedelta(days=61)).replace(hour=0, minute=0, second=0, microsecond=0)
            turn.bring_into_force(over - timedelta(seconds=1), id_number=NUMBER)
            assert not turn.integrity("resident-id", NUMBER)
            turn.bring_into_force(over + timedelta(days=3), id_number=NUMBER)
            (row,) = turn.false_promises(by=ANNA, now=over + timedelta(days=3))
            (record,) = turn.integrity("resident-id", NUMBER)
        assert (row.state, row.in_force_at) == ("in-force", over)
        assert record.begins == over.date()


@pytest.mark.req("15.3", "16.1")
async def test_the_other_ends_of_a_report_and_of_a_case_are_reached_through_the_screens(
    tmp_path: Path,
) -> None:
    clock = SetClock(DECIDED + timedelta(days=1))
    with store(tmp_path) as records:
        hire(records, {"boss": (Role.ADMINISTRATOR,), "bo": (Role.SUPERVISOR,)})
        bo = Staff("bo", frozenset({Role.SUPERVISOR}))
        with records.turn() as turn:
            number = turn.take_report("学历造假", channel="public", now=NOW)
            turn.work_report(number, "assign", by=bo, now=NOW, args=assigning("bo"))
            turn.work_report(number, "check", by=bo, now=NOW)
            dropped, objected, waiting, revoked = (opened(turn) for _ in range(4))
            for each in (objected, waiting, revoked):
                served(turn, each)
            turn.work_false_promise(objected, "object", by=ANNA, now=DECIDED, args={"why": "不服"})
        async with desk_over(records, clock) as seat:
            await seat.sit("bo", "reports")
            await seat.press("enter")
            await chosen(seat, "note")
            await seat.type("电话核实，学历属实")
            assert "电话核实" in seat.shown()
            await chosen(seat, "unfounded")
            await seat.type("学历真实")
            await seat.type("经查，所反映问题不属实")
            await sure(seat)
            assert said("zh", "case.report.state.unfounded") in seat.shown()
            await seat.press("escape", "escape")

            await seat.open("false-promises")
            await to_case(seat, dropped)
            await chosen(seat, "drop")
            await seat.type("查无实据")
            await sure(seat)
            assert said("zh", "case.false-promise.state.dropped") in seat.shown()

            await to_case(seat, objected)
            await chosen(seat, "change")
            await seat.press("1")
            for typed in ("情节较轻", ""):
                await seat.type(typed)
            assert said("zh", "measure.registration-invalid") in seat.shown()
            await sure(seat)
            assert said("zh", "case.false-promise.state.in-force") in seat.shown()

            await to_case(seat, waiting)
            await chosen(seat, "take-effect")
            assert said("zh", "problem.review-running")[:6] in seat.shown()
            clock.set(FORCE)
            await chosen(seat, "take-effect")
            await sure(seat)
            assert said("zh", "case.false-promise.state.in-force") in seat.shown()

            # Nobody looked at it since its period ended: it stands in the integrity file all the same.
            await seat.press("escape", "escape")
            await seat.open("blacklist")
            assert revoked in {row.id for row in seat.page.query_one(Listing).rows}
            await seat.press("escape")
            await seat.open("false-promises")
            await to_case(seat, revoked)
            await chosen(seat, "revoke")
            await seat.type("法院判决撤销")
            await sure(seat)
            assert said("zh", "case.false-promise.state.revoked") in seat.shown()
            with records.turn() as turn:
                assert {each.case.number for each in turn.blacklist(by=ANNA, now=FORCE)} == {waiting}
                assert turn.report_outcome(number) == Outcome("unfounded", "经查，所反映问题不属实")


async def to_case(seat: DeskSeat, number: str) -> None:
    """Open a case from the list, coming back from another where one is open."""
    if isinstance(seat.page, CasePage):
        await seat.press("escape")
    ids = [row.id for row in seat.page.query_one(Listing).rows]
    await seat.press("home", *["down"] * ids.index(number), "enter")
    assert isinstance(seat.page, CasePage)


async def test_a_case_is_opened_and_taken_on_by_mouse_alone(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        with seat.records.turn() as turn:
            number = opened(turn)
        await seat.sit("anna", "false-promises")
        await seat.click(Listing, 1, 4)
        assert isinstance(seat.page, CasePage)
        await seat.click(seat.page.query_one(Choices).rows[1])
        field = seat.app.focused
        assert field is not None
        field.put("查无实据")  # type: ignore[attr-defined]
        await seat.click_piece("MovePage DeskForm ActBar", "go-on")
        await seat.click_piece("#move-acts", "confirm")
        assert said("zh", "case.false-promise.state.dropped") in seat.shown()
        await seat.click(".key-hint.-back")
        assert isinstance(seat.page, FalsePromisesPage)
        assert number in seat.shown()
