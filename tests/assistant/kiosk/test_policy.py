"""What each policy allows, asked of the policy and of the screen that obeys it."""

from __future__ import annotations

import html
import os
import re
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import fields, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.widget import Widget

from assistant.conversation.inputs import Command
from assistant.conversation.linebreak import cells
from assistant.kiosk.app import KioskApp
from assistant.kiosk.keys import offered
from assistant.kiosk.policy import Policy, policy, policy_of
from assistant.kiosk.screens.asides import HelpPage
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.notice import NoticePage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.settings import Settings
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.transcript import Bubble
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import NAME, PASSWORD, FakeConversation
from tests.factories import content

FREE = ("can_quit", "any_folder", "select", "clipboard", "screenshots")
STRICT = replace(policy("kiosk"), grace=0)
OPEN = replace(policy("open"), grace=0)


@asynccontextmanager
async def seated(
    allowed: Policy, *prompts: Any, pictures: Path | None = None
) -> AsyncIterator[tuple[KioskApp, Pilot[None], FakeConversation]]:
    talk = FakeConversation(prompts or (NAME, NAME, NAME))
    app = KioskApp(content(), lambda *_: talk, allowed, language="en", pictures=pictures)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(app, pilot, "1")
        yield app, pilot, talk


async def settle(app: KioskApp, pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await quiet(pilot.app)
    await app.workers.wait_for_complete()
    await quiet(pilot.app)


async def mark(pilot: Pilot[None], widget: Widget, start: tuple[int, int], end: tuple[int, int]) -> None:
    """Drag the mouse over a text."""
    await pilot.mouse_down(widget, offset=start)
    await pilot.hover(widget, offset=end)
    await pilot.mouse_up(widget, offset=end)
    await quiet(pilot.app)


# The policy --------------------------------------------------------------------------------------------


def test_a_kiosk_allows_nothing_and_so_does_a_name_that_nobody_knows() -> None:
    for name in ("kiosk", "", "Open", "anything"):
        allowed = policy(name, (Path("given"),))
        yes = [each.name for each in fields(allowed) if getattr(allowed, each.name) is True]
        assert yes == ["staff_key"]
        assert allowed.folders == (Path("given"),)


@pytest.mark.parametrize("name", ["open", "staff"])
def test_at_ones_own_machine_and_in_an_office_text_files_and_pictures_are_free(name: str) -> None:
    allowed = policy(name)
    assert all(getattr(allowed, each) for each in FREE)
    assert not allowed.palette
    assert not allowed.staff_key
    assert (allowed.links, allowed.suspend) == ((True, True) if name == "open" else (False, False))


def test_only_a_kiosk_clears_itself_unless_the_settings_say_otherwise() -> None:
    assert [policy(name).idle_seconds for name in ("open", "staff", "kiosk")] == [0, 0, 180]
    assert policy("kiosk").idle_countdown == 60
    assert policy("kiosk", idle_seconds=0).idle_seconds == 0
    chosen = policy("open", idle_seconds=90, idle_countdown=30, grace=1, reveal=2)
    assert (chosen.idle_seconds, chosen.idle_countdown, chosen.grace, chosen.reveal) == (90, 30, 1, 2)


def test_the_settings_make_the_policy() -> None:
    chosen = Settings(
        policy="kiosk", photos=(Path("p"),), grace=1, reveal_seconds=2, idle_seconds=90, idle_countdown=30
    )
    expected = policy("kiosk", (Path("p"),), grace=1, reveal=2, idle_seconds=90, idle_countdown=30)
    assert policy_of(chosen) == expected


def test_what_is_not_said_is_not_allowed() -> None:
    allowed = Policy(False, any_folder=False)
    assert [each.name for each in fields(allowed) if getattr(allowed, each.name) is True] == []


def test_help_names_a_key_only_where_it_does_something() -> None:
    def ids(allowed: Policy, *, pin_set: bool) -> set[str]:
        return {key.id for key in offered(allowed, pin_set=pin_set, keyboard=False)}

    assert {"quit", "copy", "picture"} <= ids(OPEN, pin_set=True)
    assert "staff" not in ids(OPEN, pin_set=True)
    assert ids(STRICT, pin_set=True) & {"quit", "copy", "picture", "staff"} == {"staff"}
    assert "staff" not in ids(STRICT, pin_set=False)


# Marking and copying -----------------------------------------------------------------------------------


async def test_where_it_is_allowed_marked_text_is_copied_and_gone_for_the_next_person() -> None:
    async with seated(OPEN) as (app, pilot, _):
        greeting = app.screen.query(Bubble).first()
        await mark(pilot, greeting, (1, 0), (7, 0))
        await pilot.press("ctrl+c")
        assert app.clipboard == "Welcome"
        notice = app.screen.query_one("#notice")
        assert notice.display
        await app.to_start()
        await quiet(pilot.app)
        assert app.clipboard == ""


async def test_with_nothing_marked_ctrl_c_does_nothing() -> None:
    async with seated(OPEN) as (app, pilot, _):
        app.screen.query_one(AskPanel).composer.put("王小明")
        await pilot.press("ctrl+c")
        assert app.clipboard == ""
        assert app.screen.query_one(AskPanel).draft == "王小明"


async def test_at_a_kiosk_nothing_can_be_marked_or_copied() -> None:
    async with seated(STRICT) as (app, pilot, _):
        greeting = app.screen.query(Bubble).first()
        await mark(pilot, greeting, (1, 0), (7, 0))
        assert app.screen.get_selected_text() is None
        await pilot.press("ctrl+c")
        app.copy_to_clipboard("something")
        assert app.clipboard == ""


async def test_what_is_typed_hidden_cannot_be_copied() -> None:
    async with seated(OPEN, PASSWORD) as (app, pilot, _):
        composer = app.screen.query_one(AskPanel).composer
        composer.put("Chengnuo2020")
        await quiet(pilot.app)
        await mark(pilot, composer, (0, 0), (20, 0))
        app.screen.text_select_all()
        await pilot.press("ctrl+c")
        assert "Chengnuo2020" not in app.clipboard


async def test_a_mouse_that_marks_a_fact_does_not_change_it() -> None:
    async with seated(OPEN) as (app, pilot, talk):
        app.screen.query_one(AskPanel).composer.put("王小明")
        await settle(app, pilot, "enter")
        echo = app.screen.query(Bubble).last()
        assert echo.has_class("-echoed")
        await mark(pilot, echo, (3, 0), (9, 0))
        await settle(app, pilot)
        assert Command("change", "name") not in talk.given
        assert app.screen.get_selected_text()
        await pilot.click(echo, offset=(3, 0))
        await settle(app, pilot)
        assert Command("change", "name") in talk.given


async def test_a_mouse_that_marks_help_does_not_close_it() -> None:
    async with seated(OPEN) as (app, pilot, _):
        await settle(app, pilot, "f1")
        text = app.screen.query_one("#help-text")
        await mark(pilot, text, (0, 2), (10, 2))
        assert isinstance(app.screen, HelpPage)
        assert app.screen.get_selected_text()
        # A click reads on, and closes at the end.
        for _ in range(12):
            if isinstance(app.screen, HelpPage):
                await pilot.click("#help-page", offset=(2, 3))
                await quiet(pilot.app)
        assert isinstance(app.screen, ConversationPage)


# Pictures ----------------------------------------------------------------------------------------------


async def test_ctrl_s_saves_a_picture_that_only_this_account_reads_and_says_where(tmp_path: Path) -> None:
    async with seated(OPEN, pictures=tmp_path / "pictures") as (app, pilot, _):
        await settle(app, pilot, "ctrl+s")
        page = app.screen
        assert isinstance(page, NoticePage)
        (saved,) = (tmp_path / "pictures").iterdir()
        assert str(saved) in page.text()
        assert "personal data" in page.text()
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
        drawn = saved.read_text(encoding="utf-8")
        assert drawn.startswith("<svg")
        assert "Exactly" in drawn
        assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "").replace(
            "https://www.textual", ""
        )
        await settle(app, pilot, "enter")
        assert isinstance(app.screen, ConversationPage)


async def test_in_a_picture_every_text_is_as_wide_as_its_cells_and_nothing_overlaps(tmp_path: Path) -> None:
    cell = 12.2
    async with seated(OPEN, pictures=tmp_path) as (app, pilot, _):
        await settle(app, pilot, "f2", "ctrl+s")
        (saved,) = tmp_path.iterdir()
    drawn = saved.read_text(encoding="utf-8")
    places: dict[str, list[tuple[float, float]]] = {}
    a_text = r'<text [^>]*x="([\d.]+)" y="([\d.]+)" textLength="([\d.]+)"[^>]*>([^<\n]+)<'
    found = re.findall(a_text, drawn)
    for left, row, length, text in found:
        assert float(length) == pytest.approx(cells(html.unescape(text)) * cell, abs=0.1)
        places.setdefault(row, []).append((float(left), float(left) + float(length)))
    assert any(len(text) < cells(html.unescape(text)) for *_, text in found)
    for spans in places.values():
        assert all(end <= start + 0.2 for (_, end), (start, _) in pairwise(sorted(spans)))
        assert max(end for _, end in spans) <= 80 * cell + 0.2
    assert "rect { shape-rendering: crispEdges; }" in drawn


async def test_a_picture_that_cannot_be_saved_says_why(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    async with seated(OPEN, pictures=tmp_path / "file" / "pictures") as (app, pilot, _):
        await settle(app, pilot, "ctrl+s")
        page = app.screen
        assert isinstance(page, NoticePage)
        assert page.text()
        assert "Saved" not in page.text()


async def test_at_a_kiosk_ctrl_s_saves_nothing(tmp_path: Path) -> None:
    async with seated(STRICT, pictures=tmp_path) as (app, pilot, _):
        await settle(app, pilot, "ctrl+s")
        assert isinstance(app.screen, ConversationPage)
        assert list(tmp_path.iterdir()) == []


# Ways out ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("allowed", [True, False])
async def test_links_the_palette_and_the_shell_are_opened_only_by_the_policy(
    allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    permits = replace(STRICT, links=allowed, palette=allowed, suspend=allowed)
    async with seated(permits) as (app, pilot, _):
        driver = app._driver
        assert driver is not None
        monkeypatch.setattr(driver, "open_url", lambda url, new_tab: opened.append(url))
        monkeypatch.setattr(type(driver), "can_suspend", property(lambda self: True))
        monkeypatch.setattr(os, "kill", lambda process, number: opened.append("shell"))
        app.open_url("https://example.org")
        app.action_suspend_process()
        assert opened == (["https://example.org", "shell"] if allowed else [])
        app.action_command_palette()
        await quiet(pilot.app)
        assert isinstance(app.screen, CommandPalette) == allowed


@pytest.mark.parametrize(("name", "left"), [("open", True), ("staff", True), ("kiosk", False)])
async def test_ctrl_q_at_the_welcome_leaves_only_where_it_may(name: str, left: bool) -> None:
    app = KioskApp(content(), lambda *_: FakeConversation((NAME,)), policy(name), language="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+q")
        await quiet(pilot.app)
        assert app._exit == left
        assert isinstance(app.screen, WelcomePage)
