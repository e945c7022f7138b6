"""Nobody there: when the kiosk warns, what a touch does, and when it clears the screen by itself."""

from __future__ import annotations

import asyncio
import sys
import time
from dataclasses import replace

import pytest
from textual import events
from textual._callback import invoke
from textual.message import Message

from assistant.clock import uptime
from assistant.kiosk import app as app_module
from assistant.kiosk.app import KioskApp
from assistant.kiosk.idle import IdleWatch
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.idle import IdlePage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.kiosk.theme import LIGHT
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.large import numeral
from tests.assistant.kiosk.remains import remains_at_last
from tests.assistant.kiosk.scenes import (
    COUNTDOWN,
    IDLE,
    KIOSK,
    SCENES,
    FakeTicks,
    Scene,
    during_a_turn,
    mouse,
    visiting,
)
from tests.assistant.kiosk.scripted import CONFIRM, FIRST_TIME, NAME
from tests.assistant.kiosk.seat import said

pytestmark = pytest.mark.filterwarnings("error")


def watch(seconds: float = IDLE, countdown: float = COUNTDOWN) -> tuple[IdleWatch, FakeTicks]:
    ticks = FakeTicks()
    return IdleWatch(seconds, countdown, ticks), ticks


# The watch ---------------------------------------------------------------------------------------------


def test_it_warns_after_its_time_and_counts_down_to_nothing() -> None:
    idle, ticks = watch()
    idle.touch()
    left = []
    for _ in range(5):
        left.append(idle.left)
        ticks.at += 60
    assert left == [None, None, None, 60, 0]
    assert idle.left == 0


def test_any_touch_before_the_end_begins_anew() -> None:
    idle, ticks = watch()
    for _ in range(10):
        idle.touch()
        ticks.at += IDLE + COUNTDOWN - 1
        assert idle.left == 1
    idle.touch()
    assert idle.left is None


def test_once_clearing_is_due_no_touch_prevents_it() -> None:
    idle, ticks = watch()
    idle.touch()
    ticks.at += 8 * 3600
    idle.touch()
    assert idle.left == 0
    idle.rest()
    idle.touch()
    assert idle.left is None


def test_nobody_is_watched_before_the_first_touch_or_where_it_is_off() -> None:
    idle, ticks = watch()
    ticks.at += 10_000
    assert idle.left is None
    idle, ticks = watch(seconds=0)
    idle.touch()
    ticks.at += 10_000
    assert idle.left is None


def test_its_time_goes_on_while_the_machine_sleeps_and_is_never_set() -> None:
    counts_sleep = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform)
    expected = time.monotonic() if counts_sleep is None else time.clock_gettime(getattr(time, counts_sleep))
    assert 0 <= uptime() - expected < 5
    assert KioskApp.__init__.__kwdefaults__["ticks"] is uptime


def test_large_numbers_keep_their_place_as_they_count_down() -> None:
    assert {len(row) for n in range(61) for row in numeral(n, 2)} == {7}
    assert all(len(numeral(n)) == 5 for n in range(200))
    assert len({numeral(n) for n in range(200)}) == 200


# The warning -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "language"), [((60, 18), "zh"), ((60, 18), "en"), ((80, 24), "zh"), ((120, 40), "en")]
)
async def test_the_warning_says_everything_in_both_languages(size: tuple[int, int], language: str) -> None:
    other = "zh" if language == "en" else "en"
    async with visiting(NAME, size=size, language=language) as visit:
        await visit.alone(IDLE)
        assert isinstance(visit.app.screen, IdlePage)
        await visit.alone(COUNTDOWN - 42.5)
        shown = visit.shown()
        for key in ("title", "saved", "go-on"):
            assert said(language, f"face.idle.{key}") in shown
        assert said(language, "face.idle.left").format(seconds=43) in shown
        assert said(language, "face.idle.code").format(code="ABCD-2345") in shown
        assert said(other, "face.idle.title") + said(other, "face.idle.go-on") in shown
        assert visit.app.screen.query_one("#idle-count").display == (size[1] >= 22)


async def test_before_the_first_answer_it_says_that_nothing_is_kept() -> None:
    async with visiting(NAME, enters=()) as visit:
        await visit.alone(IDLE)
        shown = visit.shown()
        assert said("en", "face.quit.nothing") in shown
        assert said("en", "face.idle.saved") not in shown


@pytest.mark.parametrize("scene", SCENES.values(), ids=SCENES)
async def test_in_every_screen_it_warns_brings_all_back_at_a_touch_and_clears_in_the_end(
    scene: Scene,
) -> None:
    async with visiting(scene.prompt) as visit:
        await scene.go(visit)
        panel = visit.talk.query_one(AskPanel)
        stood = (visit.app.screen, panel.draft, panel.prompt, panel.locked, panel.choices.chosen)
        del panel
        await visit.alone(IDLE - 1)
        assert visit.app.screen is stood[0]
        await visit.alone(1)
        assert isinstance(visit.app.screen, IdlePage)
        await visit.come(events.Key("enter", "\r"))
        panel = visit.talk.query_one(AskPanel)
        stands = (visit.app.screen, panel.draft, panel.prompt, panel.locked, panel.choices.chosen)
        assert stands == stood
        del panel, stood, stands
        await visit.alone(IDLE)
        await visit.alone(COUNTDOWN - 1)
        assert isinstance(visit.app.screen, IdlePage)
        await visit.alone(1)
        assert isinstance(visit.app.screen, WelcomePage)
        assert len(visit.app.screen_stack) == 2, "nothing stands below but the framework's blank screen"
        visit.free.set()
        assert await remains_at_last(visit) == []


async def test_what_answers_the_warning_does_nothing_else() -> None:
    async with visiting(FIRST_TIME) as visit:
        x, y, _, _ = visit.panel.choices.rows[0].region
        touches: dict[str, list[Message]] = {
            "letter": [events.Key("x", "x")],
            "digit": [events.Key("1", "1")],
            "enter": [events.Key("enter", "\r")],
            "back": [events.Key("escape", None)],
            "leave": [events.Key("ctrl+q", None)],
            "help": [events.Key("f1", None)],
            "paste": [events.Paste("pasted")],
            "move": [mouse(events.MouseMove, x, y)],
            "scroll": [mouse(events.MouseScrollUp, x, y)],
            "click": [mouse(each, x, y) for each in (events.MouseDown, events.MouseUp)],
            "tap": [mouse(each, x, y) for each in (events.MouseMove, events.MouseDown, events.MouseUp)],
            "commit of an input method": [events.Key(each, each) for each in "王明1"],
            "held key": [events.Key("enter", "\r")] * 3,
        }
        page, shown, turns = visit.app.screen, visit.shown(), list(visit.done)
        for touch, sent in touches.items():
            await visit.alone(IDLE)
            assert isinstance(visit.app.screen, IdlePage), touch
            await visit.come(*sent)
            assert visit.app.screen is page, touch
            assert visit.shown() == shown, touch
            assert visit.done == turns, touch
            visit.ticks.at += 1
        await visit.come(*touches["click"])
        await visit.settle()
        assert visit.done == [*turns, "Choice"], "afterwards a click is a click again"


async def test_the_release_of_the_click_that_answered_completes_no_earlier_one() -> None:
    async with visiting(CONFIRM) as visit:
        x, y, _, _ = visit.panel.choices.rows[0].region
        down, up = mouse(events.MouseDown, x, y), mouse(events.MouseUp, x, y)
        await visit.come(down, up)
        assert visit.panel.choices.rows[0].here, "the first click highlights, the second would confirm"
        await visit.alone(IDLE)
        await visit.come(mouse(events.MouseDown, x, y))
        visit.ticks.at += 5
        await visit.come(mouse(events.MouseUp, x, y))
        await visit.settle()
        assert visit.done == ["Text"]


async def test_every_kind_of_touch_keeps_the_warning_away() -> None:
    async with visiting(NAME) as visit:
        for touch in (
            events.Key("x", "x"),
            events.Paste("pasted"),
            mouse(events.MouseMove),
            mouse(events.MouseDown),
            mouse(events.MouseScrollDown),
        ):
            await visit.come(touch)
            await visit.alone(IDLE - 1)
            assert isinstance(visit.app.screen, ConversationPage), touch
        await visit.come(events.AppBlur(), events.AppFocus())
        await visit.alone(1)
        assert isinstance(visit.app.screen, IdlePage), "that a window came to the front is nobody's touch"


async def test_a_turn_that_ends_behind_the_warning_is_drawn_there() -> None:
    async with visiting(NAME) as visit:
        await during_a_turn(visit)
        await visit.alone(IDLE)
        visit.free.set()
        await visit.settle()
        assert isinstance(visit.app.screen, IdlePage)
        await visit.come(mouse(events.MouseMove))
        assert visit.planted["number"] in visit.shown()
        assert visit.panel.draft == visit.planted["school"]
        assert not visit.panel.locked


async def test_typing_goes_on_in_the_field_after_the_warning() -> None:
    async with visiting(NAME) as visit:
        await visit.keys("a", "b")
        await visit.alone(IDLE)
        await visit.keys("x")
        visit.ticks.at += 1
        await visit.keys("c")
        assert visit.panel.draft == "abc"


async def test_a_machine_that_slept_is_cleared_before_whoever_wakes_it_sees_or_does_anything() -> None:
    async with visiting(NAME) as visit:
        visit.put("name")
        visit.ticks.at += 8 * 3600
        await visit.keys("1")
        assert isinstance(visit.app.screen, WelcomePage)
        assert visit.app.screen_stack[-1] is visit.app.screen
        assert not any(isinstance(page, ConversationPage) for page in visit.app.screen_stack)


async def test_the_welcome_goes_back_to_its_beginning_without_a_warning() -> None:
    async with visiting(NAME) as visit:
        await visit.alone(IDLE + COUNTDOWN)
        visit.ticks.at += 1
        first, theme = visit.shown(), visit.app.theme
        await visit.keys("e", "f6")
        assert visit.app.theme == LIGHT.name
        assert said("en", "face.welcome.what") in visit.shown()
        await visit.alone(IDLE - 1)
        assert said("en", "face.welcome.what") in visit.shown()
        await visit.alone(1)
        assert visit.shown() == first
        assert (visit.app.language, visit.app.theme) == ("zh", theme)
        page = visit.app.screen
        await visit.alone(10 * IDLE)
        assert visit.app.screen is page, "with nobody there, nothing is drawn again and again"


async def test_where_it_is_off_nothing_ever_happens() -> None:
    async with visiting(NAME, allowed=replace(KIOSK, idle_seconds=0)) as visit:
        page = visit.app.screen
        await visit.alone(7 * 24 * 3600)
        assert visit.app.screen is page
    assert Policy(can_quit=True, any_folder=True).idle_seconds == 0


async def test_two_looks_at_the_same_moment_clear_once() -> None:
    async with visiting(NAME) as visit:
        looks = [timer._callback for timer in visit.app._timers if timer._interval == app_module.LOOK]
        visit.ticks.at += IDLE + COUNTDOWN
        # As its timer does it: from a task of its own, at any moment.
        await asyncio.gather(*[invoke(look) for look in looks for _ in range(2)])
        await visit.settle()
        assert isinstance(visit.app.screen, WelcomePage)
        assert len(visit.app.screen_stack) == 2


async def test_the_app_looks_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_module, "LOOK", 0.01)
    async with visiting(NAME, enters=()) as visit:
        for seconds, page in ((IDLE, IdlePage), (COUNTDOWN, WelcomePage)):
            visit.ticks.at += seconds
            for _ in range(100):
                await visit.pilot.pause(0.02)
                if isinstance(visit.app.screen, page):
                    break
            assert isinstance(visit.app.screen, page)
