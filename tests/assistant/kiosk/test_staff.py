"""The staff key of a kiosk: the PIN, the pause after wrong ones, and what staff can do."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from textual.pilot import Pilot

from assistant.conversation.inputs import File
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy, policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.notice import NoticePage
from assistant.kiosk.screens.staff import DOES, PadKey, PinPage, StaffPage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.kiosk.staff import PAUSE, TRIES, PinGate
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.choices import Choices
from assistant.widgets.prose import Prose
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import NAME, PHOTO, FakeConversation
from tests.assistant.kiosk.terminals import Terminals
from tests.factories import content

PIN = "4829"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PIN)
KIOSK = replace(policy("kiosk"), grace=0)


class FakeSeconds:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Desk:
    """A kiosk with a candidate before it, and staff who come."""

    def __init__(
        self, app: KioskApp, pilot: Pilot[None], talk: FakeConversation, seconds: FakeSeconds
    ) -> None:
        self.app, self.pilot, self.talk, self.seconds = app, pilot, talk, seconds

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        await quiet(self.pilot.app)
        await self.app.workers.wait_for_complete()
        await quiet(self.pilot.app)

    async def try_pin(self, pin: str) -> None:
        await self.press(*pin, "enter")

    async def unlock(self) -> None:
        await self.press("f12")
        await self.try_pin(PIN)
        assert isinstance(self.app.screen, StaffPage)

    async def choose(self, id: str) -> None:
        page = self.app.screen
        row = next(row for row in page.query_one(Choices).rows if row.asked.id == id)
        await self.press(str(row.number))

    def says(self, id: str) -> str:
        return self.app.screen.query_one(f"#{id}", Prose).at(60).plain

    def shown(self) -> str:
        return "".join(strip.text for strip in self.app.screen._compositor.render_strips())


@asynccontextmanager
async def desk(
    *,
    hashed: str = HASH,
    allowed: Policy = KIOSK,
    language: str = "en",
    size: tuple[int, int] = (80, 24),
    pictures: Path | None = None,
    script: tuple[object, ...] = (NAME, NAME),
    candidate: bool = True,
) -> AsyncIterator[Desk]:
    """Start a kiosk; without a candidate nobody has gone beyond the welcome."""
    talk = FakeConversation(script, language)  # type: ignore[arg-type]
    seconds = FakeSeconds()
    app = KioskApp(
        content(),
        lambda *_: talk,
        allowed,
        language=language,
        staff_pin=hashed,
        pictures=pictures,
        monotonic=seconds,
    )
    async with app.run_test(size=size) as pilot:
        found = Desk(app, pilot, talk, seconds)
        if candidate:
            await found.press("1")
        yield found


# The gate ----------------------------------------------------------------------------------------------


def test_the_gate_closes_after_five_wrong_ones_and_opens_again_after_a_minute() -> None:
    seconds = FakeSeconds()
    gate = PinGate(HASH, seconds)
    for wrong in range(TRIES):
        assert gate.seconds_closed() == 0
        assert gate.tries == TRIES - wrong
        assert not gate.judge("0000")
    assert gate.seconds_closed() == 60
    # While it is closed the right one is not looked at either.
    assert not gate.judge(PIN)
    seconds.now += PAUSE - 0.5
    assert gate.seconds_closed() == 1
    assert not gate.judge(PIN)
    seconds.now += 0.5
    assert gate.seconds_closed() == 0
    assert gate.tries == TRIES
    assert gate.judge(PIN)


def test_a_right_one_forgets_the_wrong_ones_before_it() -> None:
    gate = PinGate(HASH, FakeSeconds())
    for _ in range(TRIES - 1):
        gate.judge("0000")
    assert gate.judge(PIN)
    assert gate.tries == TRIES


def test_without_a_pin_nothing_fits() -> None:
    gate = PinGate("")
    assert not gate.is_set
    assert not gate.judge("")
    assert not gate.judge(PIN)


def test_every_try_is_noted_and_no_pin_is(caplog: pytest.LogCaptureFixture) -> None:
    gate = PinGate(HASH, FakeSeconds())
    with caplog.at_level(logging.WARNING, "assistant.kiosk"):
        for pin in ("135790", "246802", PIN):
            gate.judge(pin)
    noted = [record.getMessage() for record in caplog.records]
    assert noted == ["staff PIN wrong, 1 of 5", "staff PIN wrong, 2 of 5", "staff PIN right"]
    assert all(record.name.startswith("assistant.kiosk") for record in caplog.records)


# The page of the PIN -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "size"), [("en", (80, 24)), ("zh", (80, 24)), ("zh", (120, 40)), ("en", (60, 18))]
)
async def test_the_pin_opens_what_staff_can_do_and_is_never_shown(
    language: str, size: tuple[int, int]
) -> None:
    async with desk(language=language, size=size, candidate=False) as staff:
        await staff.press("f12", *PIN)
        assert isinstance(staff.app.screen, PinPage)
        assert staff.says("pin-field").count("*") == len(PIN)
        assert PIN not in staff.shown()
        height = staff.app.size.height
        for id in ("pin-title", "pin-ask", "pin-field", "pin-notice", "pin-keys"):
            region = staff.app.screen.query_one(f"#{id}").region
            assert 0 <= region.y < region.bottom <= height, id
        assert all(key.region.bottom <= height for key in staff.app.screen.query(PadKey))
        await staff.press("enter")
        assert isinstance(staff.app.screen, StaffPage)
        rows = staff.app.screen.query_one(Choices).rows
        assert [row.asked.id for row in rows] == list(DOES)
        assert all(row.region.height for row in rows)
        if size != (60, 18):
            assert all(row.region.bottom <= height for row in rows)


async def test_with_a_mouse_alone_the_pin_is_typed_mended_and_entered() -> None:
    async with desk(candidate=False) as staff:
        await staff.press("f12")
        keys = {key.key: key for key in staff.app.screen.query(PadKey)}
        for key in ("7", "erase", *PIN, "enter"):
            await staff.pilot.click(keys[key])
        await staff.settle()
        assert isinstance(staff.app.screen, StaffPage)


async def test_with_a_mouse_alone_the_page_is_left() -> None:
    async with desk() as staff:
        await staff.press("f12")
        await staff.pilot.click(next(key for key in staff.app.screen.query(PadKey) if key.key == "back"))
        await staff.settle()
        assert isinstance(staff.app.screen, ConversationPage)


async def test_full_width_digits_of_an_input_method_are_digits_and_letters_are_nothing() -> None:
    async with desk(candidate=False) as staff:
        await staff.press("f12", "a", "４", "8", "space", "２", "9", "x", "8", "backspace")
        assert staff.says("pin-field").count("*") == 4
        await staff.press("enter")
        assert isinstance(staff.app.screen, StaffPage)


async def test_five_wrong_ones_close_it_for_a_minute_that_is_counted_down() -> None:
    async with desk(candidate=False) as staff:
        await staff.press("f12")
        await staff.try_pin("12")
        assert "4 to 12 digits" in staff.says("pin-notice")
        await staff.try_pin("1111")
        assert isinstance(staff.app.screen, PinPage)
        assert f": {TRIES - 1}" in staff.says("pin-notice")
        for _ in range(TRIES - 2):
            staff.app.gate.judge("1111")
        await staff.try_pin("1111")
        assert "60 seconds" in staff.says("pin-notice")
        staff.seconds.now += 20
        await staff.try_pin(PIN)
        assert isinstance(staff.app.screen, PinPage)
        assert "40 seconds" in staff.says("pin-notice")
        # A page opened anew gives no new tries, and a new person neither.
        await staff.app.to_start()
        await staff.press("f12")
        assert "40 seconds" in staff.says("pin-notice")
        staff.seconds.now += 40
        await staff.try_pin(PIN)
        assert isinstance(staff.app.screen, StaffPage)


async def test_the_staff_key_pressed_twice_asks_once_and_esc_goes_back() -> None:
    async with desk() as staff:
        staff.app.screen.query_one(AskPanel).composer.put("王小")
        await staff.press("f12", "f12")
        assert sum(isinstance(page, PinPage) for page in staff.app.screen_stack) == 1
        await staff.press("escape")
        assert isinstance(staff.app.screen, ConversationPage)
        assert staff.app.screen.query_one(AskPanel).draft == "王小"


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_without_a_pin_the_key_says_how_one_is_set(language: str) -> None:
    async with desk(hashed="", language=language, candidate=False) as staff:
        await staff.press("f12")
        page = staff.app.screen
        assert isinstance(page, NoticePage)
        assert "chengnuo settings pin" in page.text()
        assert "chengnuo.toml" in page.text()


@pytest.mark.parametrize("name", ["open", "staff"])
async def test_where_there_is_nothing_to_unlock_the_key_does_nothing(name: str) -> None:
    async with desk(allowed=policy(name), candidate=False) as staff:
        await staff.press("f12")
        assert isinstance(staff.app.screen, WelcomePage)


# What staff can do -------------------------------------------------------------------------------------


async def test_files_from_any_folder_are_allowed_until_the_screen_is_cleared(tmp_path: Path) -> None:
    photo = tmp_path / "portrait.jpg"
    photo.write_bytes(b"x")
    async with desk(script=(PHOTO, PHOTO, PHOTO)) as staff:
        panel = staff.app.screen.query_one(AskPanel)
        panel.composer.put(str(photo))
        await staff.press("enter")
        assert staff.talk.given == []
        await staff.unlock()
        await staff.choose("folders")
        assert isinstance(staff.app.screen, NoticePage)
        await staff.press("enter")
        panel.composer.put(str(photo))
        await staff.press("enter")
        assert staff.talk.given == [File(photo)]
        # What is allowed already is not offered again.
        await staff.unlock()
        assert "folders" not in [row.asked.id for row in staff.app.screen.query_one(Choices).rows]
        await staff.choose("start")
        assert isinstance(staff.app.screen, WelcomePage)
        assert staff.app.policy == KIOSK


async def test_a_picture_shows_the_candidates_screen_and_not_the_page_of_staff(tmp_path: Path) -> None:
    async with desk(pictures=tmp_path / "pictures") as staff:
        await staff.unlock()
        await staff.choose("picture")
        await staff.settle()
        page = staff.app.screen
        assert isinstance(page, NoticePage)
        (saved,) = (tmp_path / "pictures").iterdir()
        assert str(saved) in page.text()
        drawn = saved.read_text(encoding="utf-8").replace("&#160;", " ")
        assert "Exactly as on your ID document" in drawn
        assert "For staff" not in drawn


async def test_leaving_clears_the_screen_and_ends_the_program() -> None:
    async with desk() as staff:
        await staff.unlock()
        await staff.choose("leave")
        assert staff.app._exit
        assert (staff.app.return_code or 0) == 0
        assert not any(isinstance(page, ConversationPage) for page in staff.app.screen_stack)


async def test_going_back_changes_nothing_and_asks_for_the_pin_again_the_next_time() -> None:
    async with desk() as staff:
        await staff.unlock()
        await staff.choose("return")
        assert isinstance(staff.app.screen, ConversationPage)
        assert staff.app.policy == KIOSK
        await staff.press("f12")
        assert isinstance(staff.app.screen, PinPage)


def test_in_a_terminal_staff_leave_a_kiosk_and_the_list_of_faults_says_so(
    terminals: Terminals, tmp_path: Path
) -> None:
    environment = {
        "CHENGNUO_DATA": str(tmp_path / "data"),
        "CHENGNUO_KEYS": str(tmp_path / "keys"),
        "CHENGNUO_POLICY": "kiosk",
        "CHENGNUO_STAFF_PIN": HASH,
    }
    with terminals.program(tmp_path, "chengnuo", "--lang", "en", environment=environment) as terminal:
        for shown, typed in (
            ("What would you like to do", "\x1b[24~"),
            ("Type the staff PIN", "1111\r"),
            ("not the staff PIN", f"{PIN}\r"),
            ("Leave the program", "5"),
        ):
            assert terminal.shows(shown)
            terminal.send(typed)
        assert terminal.ended() == 0
    noted = (tmp_path / "data" / "faults.log").read_text(encoding="utf-8")
    assert [line.split(" staff ")[1] for line in noted.splitlines()] == [
        "PIN wrong, 1 of 5",
        "PIN right",
        "left the program",
    ]
    assert PIN not in noted
