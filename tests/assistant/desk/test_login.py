"""The login, the lock and the home of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.desk.screens.home import HomePage
from assistant.desk.screens.login import LockPage, LoginPage
from flows.roles import Role
from tests.assistant.kiosk.seat import EVERY, said

from .seat import PASSWORD, at_the_desk

BOSS = {"boss": (Role.ADMINISTRATOR,), "auditor": (Role.AUDITOR,)}


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_wrong_password_is_said_and_a_right_one_leads_home(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, BOSS, size=size, language=language) as seat:
        await seat.log_in("boss", "Wrong2020xx")
        assert isinstance(seat.page, LoginPage)
        assert said(language, "problem.desk-login-wrong")[:20] in seat.shown()
        await seat.type(PASSWORD)
        assert isinstance(seat.page, HomePage)
        assert said(language, "desk.role.administrator") in seat.shown()
        assert ("log-in-desk", "boss", "boss") in seat.trail()
        await seat.press("escape")
        assert isinstance(seat.page, LoginPage)
        assert ("log-out-desk", "boss", "boss") in seat.trail()


async def test_a_desk_that_is_left_locks_over_the_work_and_asks_the_same_person(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, BOSS) as seat:
        await seat.log_in("boss")
        home = seat.page
        await seat.alone(599)
        assert seat.page is home
        await seat.alone(1)
        assert isinstance(seat.page, LockPage)
        await seat.press("escape")
        assert isinstance(seat.page, LockPage)
        await seat.type("Wrong2020xx")
        assert isinstance(seat.page, LockPage)
        await seat.type(PASSWORD)
        assert seat.page is home


async def test_a_store_without_staff_says_how_the_first_account_is_made(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, {}) as seat:
        assert "chengnuostaffadd" in seat.shown()


async def test_a_hidden_password_is_shown_only_while_asked_for(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, BOSS) as seat:
        await seat.type("boss")
        await seat.press("A", "b")
        assert "Ab" not in seat.shown()
        await seat.press("f5")
        assert "Ab" in seat.shown()
        await seat.press("f5")
        assert "Ab" not in seat.shown()
