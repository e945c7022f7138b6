"""From person to person: what one has typed is found nowhere once the next is welcomed."""

from __future__ import annotations

import asyncio
import gc
import logging
import secrets
import signal
import tempfile
import threading
import weakref
from collections.abc import Awaitable, Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache, partial
from pathlib import Path

import pytest
from rich.cells import cached_cell_len
from rich.segment import Segment
from stdnum.iso7064 import mod_11_2
from textual import events
from textual.app import App

from assistant import photo
from assistant.clock import SetClock
from assistant.conversation.engine import Conversation
from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Turn
from assistant.conversation.protocol import Mode
from assistant.kiosk import app as app_module
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.asides import LeavePage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.kiosk.turns import Advanced, Failed
from assistant.kiosk.wiping import forget
from assistant.settings import Settings
from assistant.starting import opened
from assistant.widgets.transcript import Bubble
from tests.assistant.kiosk.remains import remains, remains_at_last
from tests.assistant.kiosk.scenes import (
    COUNTDOWN,
    IDLE,
    KIOSK,
    Planted,
    Visit,
    during_a_turn,
    finished,
    mouse,
    visiting,
)
from tests.assistant.kiosk.scripted import FIRST_TIME, NAME, PASSWORD, FakeConversation
from tests.assistant.kiosk.terminals import Terminals
from tests.factories import NOW, content
from tests.journeys.candidate import answer

pytestmark = pytest.mark.filterwarnings("error")


# The search itself -------------------------------------------------------------------------------------


class Thing:
    """Something that keeps a value as an attribute."""

    def __init__(self, value: str) -> None:
        self.value = value


class Name(str):
    """A text of a kind of its own."""


@lru_cache
def measured(text: str) -> int:
    return len(text)


def _generator(value: str) -> Iterator[int]:
    yield len(value)
    yield len(value)


def _cached(value: str) -> Callable[[str], int]:
    measured(f"before {value} after")
    return measured


def _suspended(value: str) -> object:
    running = _generator(value)
    next(running)
    return running


KEEPERS: tuple[Callable[[str], object], ...] = (
    lambda value: [value],
    lambda value: (("a", (value,)),),
    lambda value: {value: 1},
    lambda value: {"a": {"b": value}},
    lambda value: {value},
    Thing,
    lambda value: [f"Your name is {value}."],
    lambda value: [Name(value)],
    lambda value: [value.encode()],
    lambda value: [bytearray(value.encode())],
    lambda value: lambda: value,
    _cached,
    _suspended,
    Text,
    events.Paste,
    lambda value: Segment(f"  {value}  "),
    lambda value: partial(len, value),
)


def test_the_search_finds_whatever_is_kept_wherever_it_is_kept() -> None:
    planted = Planted({str(n): secrets.token_hex(8)[::-1] for n in range(len(KEEPERS))})
    kept = [keep(planted[str(n)]) for n, keep in enumerate(KEEPERS)]
    missed = {*planted.backwards} - {found.partition(" ")[0] for found in remains(planted)}
    assert not missed
    kept.clear()
    measured.cache_clear()
    assert remains(planted) == []


async def test_the_search_finds_a_screen_that_is_in_use_and_one_that_somebody_kept() -> None:
    async with visiting(NAME) as visit:
        visit.put("school")
        found = " ".join(remains(visit.planted))
        assert "name in" in found
        assert "school in" in found
        kept = visit.panel.composer
        await visit.alone(IDLE)
        await visit.alone(COUNTDOWN)
        kept._value_before = visit.planted["school"]  # type: ignore[attr-defined]
        assert remains(visit.planted) != []


def test_forgetting_empties_the_caches_of_the_framework_and_frees_what_is_left_in_circles() -> None:
    thing = Thing("")
    thing.value = thing  # type: ignore[assignment]
    seen = weakref.ref(thing)
    del thing
    gc.disable()
    try:
        cached_cell_len("some line of a conversation")
        forget()
        assert seen() is None
        assert cached_cell_len.cache_info().currsize == 0
    finally:
        gc.enable()


# A person leaves ---------------------------------------------------------------------------------------


async def leave(visit: Visit) -> None:
    await visit.keys("ctrl+q")
    assert isinstance(visit.app.screen, LeavePage)
    await visit.press("2")


async def end(visit: Visit) -> None:
    await finished(visit)
    await visit.press("enter")


async def walk_away(visit: Visit) -> None:
    await visit.alone(IDLE)
    await visit.alone(COUNTDOWN)


async def walk_away_to_another_window(visit: Visit) -> None:
    await visit.come(events.AppBlur())
    await walk_away(visit)


TAP = (events.MouseMove, events.MouseDown, events.MouseUp)
GOING = (leave, end, walk_away_to_another_window)


@pytest.mark.parametrize("go", GOING)
async def test_whichever_way_a_person_goes_nothing_of_theirs_is_alive_in_the_process(
    go: Callable[[Visit], Awaitable[None]], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with visiting(NAME, PASSWORD, FIRST_TIME, NAME, enters=("name", "password", "question")) as visit:
        for widget in (visit.panel.composer, visit.talk.query(Bubble).last()):
            x, y, _, _ = widget.region
            await visit.come(*[mouse(each, x, y) for each in TAP])
        await visit.come(events.Paste(visit.planted["number"]), events.Key("backspace", None))
        await visit.keys("ctrl+w", "f3")
        await visit.come(events.Paste(visit.planted["school"]))
        await visit.keys("f2", "escape", "f4", "f6")
        App.copy_to_clipboard(visit.app, visit.planted["mobile"])
        del widget
        await go(visit)
        await visit.settle()
        assert isinstance(visit.app.screen, WelcomePage)
        assert (visit.app._mouse_down_widget, visit.app._last_focused_on_app_blur) == (None, None)
        assert await remains_at_last(visit) == []
        shown = visit.shown()
        assert not [key for key in visit.planted.backwards if visit.planted[key] in shown]
        assert not [key for key in visit.planted.backwards if visit.planted[key] in caplog.text]
        assert (visit.app.language, visit.app.theme) == ("zh", "chengnuo-dark")


# What is still under way -------------------------------------------------------------------------------


async def until(visit: Visit, happened: Callable[[], object]) -> None:
    for _ in range(200):
        if happened():
            break
        await visit.pilot.pause(0.01)
    assert happened()


async def test_a_turn_that_ends_after_the_person_went_is_kept_and_brings_nothing_back() -> None:
    async with visiting(NAME) as visit:
        await during_a_turn(visit)
        await walk_away(visit)
        first = visit.shown()
        assert visit.done == ["Text"]
        assert "school" not in " ".join(remains(visit.planted)), "only what was entered is still under way"
        visit.free.set()
        await until(visit, lambda: len(visit.done) == 2)
        assert visit.done == ["Text", "Text"], "what was entered is taken, and so kept"
        assert await remains_at_last(visit) == []
        assert visit.shown() == first
        assert visit.app.language == "zh", "the conversation spoke English"


async def test_a_turn_that_breaks_after_the_person_went_is_logged_without_what_they_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    free = threading.Event()

    class Breaking(FakeConversation):
        def take(self, given: Input) -> Turn:
            free.wait(20)
            raise ValueError(given)

    async with visiting(start=lambda language, _: Breaking((NAME,), language), enters=()) as visit:
        visit.put("number")
        await visit.keys("enter")
        await walk_away(visit)
        free.set()
        await until(visit, lambda: "ValueError at take" in caplog.text)
        assert visit.planted["number"] not in caplog.text
        assert isinstance(visit.app.screen, WelcomePage)
        assert await remains_at_last(visit) == []


async def test_a_page_that_was_left_heeds_nothing_that_still_arrives() -> None:
    opened: list[str] = []

    def start(language: str, _mode: str) -> FakeConversation:
        opened.append(language)
        return FakeConversation((NAME,), language)

    async with visiting(start=start, enters=()) as visit:
        page, turn, conversation = visit.talk, visit.talk._turns.last, visit.talk._turns.conversation
        assert turn is not None
        page.forget()
        # As when the store opens in the very moment in which the person is taken to have gone.
        page._turns.conversation = conversation
        page.post_message(Advanced(turn, None))
        page.post_message(Failed(None, "ABC123", Text("half typed")))
        page.call_later(page._open)
        await visit.settle()
        assert (visit.panel.prompt, visit.draft, visit.panel.locked) == (None, "", False)
        assert visit.says("notice") == ""
        assert not list(page.query(Bubble))
        assert opened == ["en"]


async def test_a_store_that_opens_after_the_person_went_shows_nothing() -> None:
    free, opened = threading.Event(), []

    def start(language: str, _mode: str) -> FakeConversation:
        free.wait(20)
        opened.append(language)
        return FakeConversation((NAME,), language)

    async with visiting(start=start, enters=(), opens=False) as visit:
        visit.put("name")
        await walk_away(visit)
        first = visit.shown()
        free.set()
        await until(visit, lambda: opened)
        assert await remains_at_last(visit) == []
        assert visit.shown() == first


@pytest.mark.parametrize("later", [0, 6, 14])
async def test_a_turn_that_is_just_being_drawn_is_no_obstacle(later: int) -> None:
    async with visiting(FIRST_TIME, FIRST_TIME) as visit:
        visit.free.clear()
        await visit.keys("2")
        visit.ticks.at += IDLE + COUNTDOWN
        visit.free.set()
        await until(visit, lambda: len(visit.done) == 2)
        for _ in range(later):
            await asyncio.sleep(0)
        visit.app.call_later(visit.app.look)
        await visit.settle()
        assert isinstance(visit.app.screen, WelcomePage)
        assert visit.app.language == "zh"


# What lies beside the screen ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "cleared"),
    [
        (KIOSK, True),
        (Policy(can_quit=True, any_folder=True, grace=0, idle_seconds=IDLE), True),
        (Policy(can_quit=True, any_folder=True, grace=0), False),
    ],
)
async def test_a_machine_that_people_share_loses_its_scrollback_and_clipboard_one_s_own_keeps_them(
    allowed: Policy, cleared: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    drivers: list[object] = []
    monkeypatch.setattr(app_module, "clear_terminal", drivers.append)
    async with visiting(NAME, allowed=allowed, enters=()) as visit:
        await end(visit)
        assert isinstance(visit.app.screen, WelcomePage)
        assert drivers == [visit.app._driver] * cleared


def found_below(folder: Path, planted: Planted) -> list[str]:
    """Name the files that hold a planted value."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [
        f"{key} in {path.name}"
        for path in files
        for key in planted.backwards
        if planted[key].encode() in path.read_bytes()
    ]


def test_in_a_terminal_nothing_is_on_the_screen_above_it_or_in_a_file(
    terminals: Terminals, tmp_path: Path
) -> None:
    planted = Planted()
    folders = {name: tmp_path / name for name in ("data", "keys", "tmp")}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    environment = {
        "CHENGNUO_DATA": str(folders["data"]),
        "CHENGNUO_KEYS": str(folders["keys"]),
        "CHENGNUO_POLICY": "kiosk",
        "CHENGNUO_IDLE_SECONDS": str(IDLE),
        "CHENGNUO_IDLE_COUNTDOWN": str(COUNTDOWN),
        "TMPDIR": str(folders["tmp"]),
    }
    with terminals.program(tmp_path, "forsaken", environment=environment) as terminal:
        terminal.stood(f"{planted['mobile']}\n" * 60)
        assert len(terminal.screen.above) > 30
        assert terminal.shows("What would you like to do")
        terminal.send("1")
        assert terminal.shows("A number, a name")
        terminal.read(0.4)
        terminal.send(planted["question"])
        assert terminal.shows(planted["question"])
        terminal.send("\r")
        assert terminal.shows(f"You asked: {planted['question']}")
        terminal.send(planted["school"])
        assert terminal.shows(planted["school"])
        terminal.signal(signal.SIGUSR1)
        assert terminal.shows("Are you still there?")
        assert terminal.shows("您还在吗？")
        before = len(terminal.sent)
        terminal.signal(signal.SIGUSR1)
        assert terminal.shows("What would you like to do")
        terminal.read(0.2)
        left = terminal.left
        assert not [key for key in planted.backwards if "".join(planted[key].split()) in left]
        assert b"\x1b[3J" in terminal.sent[before:]
        assert b"\x1b]52;c;!\x07" in terminal.sent[before:]
        terminal.signal(signal.SIGUSR1)
        terminal.read()
        terminal.send("1")
        assert terminal.shows("A number, a name"), "the next person is served"
        assert found_below(tmp_path, planted) == []


# The real conversation ---------------------------------------------------------------------------------


class Candidate(Planted):
    """A candidate whose values meet the rules; nobody else has them."""

    def __init__(self) -> None:
        born = date(1970, 1, 1) + timedelta(days=secrets.randbelow(10_000))
        body = f"320102{born:%Y%m%d}{secrets.randbelow(1000):03}"
        values = {
            "name": "".join(chr(0x4E00 + secrets.randbelow(0x5000)) for _ in range(4)),
            "id_number": body + mod_11_2.calc_check_digit(body),
            "mobile": f"138{secrets.randbelow(10**8):08}",
            "email": f"{secrets.token_hex(5)}@example.com",
            "password": f"Aa1{secrets.token_hex(6)}",
            "school": f"{secrets.token_hex(4)}大学",
            "question": f"Where do I pay, {secrets.token_hex(6)}?",
            "certificate": f"1029112005{secrets.randbelow(10**8):08}",
        }
        super().__init__({key: value[::-1] for key, value in values.items()})

    def answer(self, talk: Conversation) -> Text:
        """Answer what is asked now."""
        prompt = talk.prompt()
        if prompt.key in {"photo.login", "password"}:
            return Text(self["password"])
        known = prompt.key.rsplit(".", 1)[-1]
        return Text(self[known] if known in self.backwards else answer(prompt, talk.memory.challenge, Path()))


async def test_with_the_real_engine_a_photo_check_is_kept_and_nothing_of_the_person_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    portrait = tmp_path / "portrait.jpg"
    photo.sample_photo(portrait)
    judging, free, kept = threading.Event(), threading.Event(), threading.Event()

    def judge(jpeg: bytes) -> photo.PhotoReport:
        judging.set()
        free.wait(20)
        return judge_bytes(jpeg)

    judge_bytes = photo.judge_bytes
    monkeypatch.setattr(photo, "judge_bytes", judge)
    settings = Settings(data=tmp_path / "data", keys=tmp_path / "keys")
    clock = SetClock(NOW)
    who, codes = Candidate(), []

    with opened(settings, content(), clock, content().editions["pilot"]) as begin:

        def start(language: str, mode: Mode) -> Conversation:
            talk = begin(language, mode)
            talk.open()
            talk.take(Text(who["question"]))
            while talk.prompt().key != "photo":
                talk.take(who.answer(talk))
            codes.append(talk.code or "")
            store = talk.take

            def take(given: Input) -> Turn:
                try:
                    return store(given)
                finally:
                    kept.set()

            talk.take = take  # type: ignore[method-assign]
            return talk

        async with visiting(start=start, enters=()) as visit:
            visit.planted = who
            assert {found.partition(" in ")[0] for found in remains(who)} >= {"name", "id_number", "mobile"}
            visit.panel.composer.put(str(portrait))
            await visit.keys("enter")
            await until(visit, judging.is_set)
            visit.put("school")
            await walk_away(visit)
            free.set()
            await until(visit, kept.is_set)
            assert await remains_at_last(visit) == []
        back = begin("en", "resume")
        back.open()
        with back.outside.records.turn() as transaction:
            found = transaction.find(codes[0]) or ""
            assert "photo" in transaction.load(found).dossier
    assert found_below(tmp_path, who) == []
    assert not [key for key in who.backwards if who[key] in caplog.text]
