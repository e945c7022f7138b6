"""The pages of the house itself: finding a candidate, the audit trail, the staff accounts."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.desk.screens.audit import AuditPage
from assistant.desk.screens.candidate import CandidatePage
from assistant.desk.screens.home import HomePage
from assistant.desk.screens.login import LoginPage
from assistant.desk.screens.staff import StaffPage
from assistant.records.staff import OPERATOR
from flows.permissions import DESK_ROLES
from flows.roles import Role
from tests.assistant.kiosk.seat import EVERY, flat, said
from tests.assistant.records.stores import MOBILE, NAME, confirmed
from tests.factories import NOW, NUMBER

from .seat import PASSWORD, at_the_desk

ROLES = {Role.VERIFIER, Role.CASHIER}
STAFF = {"boss": (Role.ADMINISTRATOR,), "helper": (Role.HELP_DESK,), "reader": (Role.AUDITOR,)}


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_candidate_is_found_masked_and_the_look_is_recorded(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        with seat.records.turn() as turn:
            begun, _ = confirmed(turn)
        await seat.log_in("helper")
        await seat.press("1")
        assert isinstance(seat.page, CandidatePage)
        await seat.press("1")
        await seat.type(f"{NAME} rang")
        await seat.press("2")
        await seat.type(MOBILE)
        shown = seat.shown()
        assert flat(begun.code) in shown
        assert "王*明" in shown
        assert "138****1001" in shown
        assert NAME not in shown
        assert NUMBER not in shown
        assert MOBILE not in shown
        assert ("view:candidate", begun.code, "helper") in seat.trail()
        await seat.press("escape", "escape")
        assert isinstance(seat.page, HomePage)


async def test_a_look_without_a_reason_or_with_a_number_in_its_note_is_refused(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        await seat.log_in("helper")
        await seat.press("1", "tab", "enter", "enter")
        await seat.type("ABCD-EFGH")
        assert said("zh", "problem.look-reason-missing")[:10] in seat.shown()
        await seat.press("tab", "tab", "1")
        await seat.type("tel 13800001001")
        await seat.press("enter", "enter")
        assert said("zh", "problem.look-note-personal")[:10] in seat.shown()
        assert not [each for each in seat.trail() if each[0] == "view:candidate"]


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_an_auditor_narrows_the_trail_down_and_proves_it_whole(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("reader")
        await seat.press("1")
        assert isinstance(seat.page, AuditPage)
        assert "log-in-desk" in seat.shown()
        await seat.press("f7")
        await seat.type("add-")
        await seat.press("enter", "enter", "enter")
        assert "add-staff" in seat.shown()
        assert "log-in-desk" not in seat.shown()
        await seat.press("f8")
        assert said(language, "desk.audit.whole")[:5] in seat.shown()


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_an_administrator_adds_somebody_and_the_last_one_stays(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("boss")
        await seat.press("1")
        assert isinstance(seat.page, StaffPage)
        await seat.press("f10")
        # The rule's own words, with the name in them.
        assert "boss" in seat.shown()
        assert (
            flat(seat.app.wording.text("problem.staff-last-administrator", {"login": "boss"}))[:12]
            in seat.shown()
        )
        await seat.press("f7")
        for typed in ("chen", "陈静", PASSWORD, PASSWORD):
            await seat.type(typed)
        # Back to the form and here again: nothing is typed twice.
        await seat.press("escape", "tab", "tab", "tab", "tab", "enter")
        ticked = [str(sorted(DESK_ROLES).index(each) + 1) for each in ROLES]
        await seat.press(*ticked, "enter")
        assert "陈静" in seat.shown()
        with seat.records.turn() as turn:
            member = turn.staff_member("chen")
        assert member.roles == ROLES


async def test_somebody_who_was_disabled_meanwhile_can_do_nothing_more(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        await seat.log_in("helper")
        with seat.records.turn() as turn:
            turn.set_staff_active("helper", False, by=OPERATOR, now=NOW)
        await seat.press("1")
        assert isinstance(seat.page, HomePage)
        assert said("zh", "problem.staff-disabled")[:8] in seat.shown()
        await seat.press("escape")
        assert isinstance(seat.page, LoginPage)
