"""The keyboard on the screen: a finger types what keys would, and nothing that was typed is lost by it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from textual.pilot import Pilot
from textual.widget import Widget

from assistant.conversation.inputs import Choice, Command, Text
from assistant.conversation.messages import Prompt
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.asides import HelpPage
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import ASCII, UNICODE, Glyphs
from assistant.widgets.keyboard import Keyboard
from assistant.widgets.keyboard_layout import Placed
from assistant.widgets.prose import Prose
from assistant.widgets.transcript import TranscriptView
from tests.assistant.kiosk.fingers import Fingers
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import (
    END,
    FIRST_TIME,
    MOBILE,
    NAME,
    PASSWORD,
    PROVINCE,
    SUBJECTS,
    FakeConversation,
)
from tests.factories import content

OPEN = Policy(can_quit=True, any_folder=True, grace=0)
SCHOOL = replace(NAME, key="education.0.school", ticks=None)
ID_NUMBER = Prompt(
    "id_number",
    "text",
    "ask.id_number",
    {"id_type": "resident-id", "today": "2020-07-01"},
    help="help.id_number",
    example="example.id_number",
    private=True,
    ticks="id_number",
)

pytestmark = pytest.mark.filterwarnings("error")


class Touching:
    """Somebody before a touch screen."""

    def __init__(self, app: KioskApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot
        self.fingers = Fingers(app)

    @property
    def keyboard(self) -> Keyboard:
        return self.app.screen.query_one(Keyboard)

    @property
    def panel(self) -> AskPanel:
        return self.app.screen.query_one(AskPanel)

    @property
    def draft(self) -> str:
        return self.panel.draft

    @property
    def offered(self) -> str:
        return "".join(key.cap.text for key in self.keyboard.placed if key.cap.act == "candidate")

    def key(self, name: str) -> Placed:
        """Find a key by what it types or does."""
        return next(key for key in self.keyboard.placed if name in {key.cap.text, key.cap.act})

    async def touch(self, *names: str) -> None:
        """Put a finger down on keys; it does not matter where it is lifted."""
        lifted = self.panel.query_one("#question").region.offset
        for name in names:
            key = self.key(name)
            left, top = self.keyboard.content_region.offset
            # Below the label and beside it: the gap belongs to the key.
            self.fingers.touch((left + key.x + key.width - 1, top + key.y + key.height - 1), lifted)
            await self.fingers.arrived()
            if name == "keyboard":
                await self.settle()
        await self.settle()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        await quiet(self.pilot.app)
        await self.app.workers.wait_for_complete()
        await quiet(self.pilot.app)

    def shown(self) -> str:
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


@asynccontextmanager
async def touching(
    *script: Prompt,
    language: str = "zh",
    size: tuple[int, int] = (80, 24),
    keyboard: bool = True,
    glyphs: Glyphs = UNICODE,
) -> AsyncIterator[tuple[Touching, FakeConversation]]:
    conversation = FakeConversation(script, language=language)
    app = KioskApp(
        content(), lambda *_: conversation, OPEN, language=language, glyphs=glyphs, keyboard=keyboard
    )
    async with app.run_test(size=size) as pilot:
        touching = Touching(app, pilot)
        await touching.press("1")
        yield touching, conversation


# Where it is ------------------------------------------------------------------------------------------


async def test_a_machine_without_a_touch_screen_has_no_keyboard_on_it() -> None:
    async with touching(NAME, keyboard=False) as (seat, _):
        assert not seat.keyboard.display
        await seat.press("f7")
        assert not seat.keyboard.display
        assert not seat.keyboard.open
        await seat.press("f1")
        assert "F7" not in seat.app.screen.query_one("#help-text", Prose).at(70).plain


async def test_help_names_the_key_where_there_is_a_touch_screen() -> None:
    async with touching(NAME) as (seat, _):
        await seat.press("f1")
        assert "F7" in seat.app.screen.query_one("#help-text", Prose).at(70).plain


@pytest.mark.parametrize(
    ("size", "language"), [((80, 24), "zh"), ((80, 24), "en"), ((100, 36), "en"), ((120, 40), "zh")]
)
async def test_question_field_and_ticks_are_whole_on_the_screen_above_the_keys(
    size: tuple[int, int], language: str
) -> None:
    script = (NAME, ID_NUMBER, MOBILE, PASSWORD, SCHOOL, END)
    async with touching(*script, language=language, size=size) as (seat, _):
        screen = seat.app.screen
        for prompt in script[:-1]:
            assert seat.keyboard.open, prompt.key
            assert screen.region.contains_region(seat.keyboard.region)
            whole = ["question", "composer", "help", *(["ticks"] if prompt.ticks else [])]
            for id in whole:
                shown = screen.query_one(f"#{id}")
                lines = shown.at(shown.size.width).plain.count("\n") + 1 if isinstance(shown, Prose) else 1
                assert shown.region.height == lines, (prompt.key, id)
                assert screen.region.contains_region(shown.region), (prompt.key, id)
                assert not shown.region.overlaps(seat.keyboard.region), (prompt.key, id)
            assert screen.query_one(TranscriptView).size.height >= 2, prompt.key
            seat.panel.composer.put("x")
            await seat.press("enter")


@pytest.mark.parametrize(("size", "lines"), [((60, 18), 1), ((80, 24), 2), ((100, 36), 4)])
async def test_the_keys_are_as_large_as_the_window_allows(size: tuple[int, int], lines: int) -> None:
    async with touching(NAME, size=size) as (seat, _):
        assert seat.key("q").height == lines
        assert seat.key("q").width >= 4
        await seat.pilot.resize_terminal(80, 24)
        await seat.settle()
        assert seat.key("q").height == 2
        assert seat.keyboard.size.height == 10


async def test_it_folds_away_and_stays_so_until_it_is_wanted_again() -> None:
    async with touching(NAME, FIRST_TIME, SCHOOL, MOBILE, END) as (seat, _):
        await seat.touch("w", "keyboard")
        assert not seat.keyboard.open
        assert seat.keyboard.size.height == 1
        seat.panel.composer.put("王")
        await seat.press("enter", "1")
        assert seat.panel.prompt == SCHOOL
        assert not seat.keyboard.open
        await seat.press("f7")
        assert seat.keyboard.open
        assert seat.keyboard.board.layout == "pinyin"
        seat.panel.composer.put("校")
        await seat.press("enter")
        assert seat.keyboard.open
        assert seat.keyboard.board.layout == "digits"


async def test_it_makes_room_where_an_answer_is_picked_and_comes_back_by_itself() -> None:
    async with touching(NAME, FIRST_TIME, SUBJECTS, SCHOOL, END) as (seat, _):
        seat.panel.composer.put("王")
        await seat.press("enter")
        assert not seat.keyboard.open
        await seat.touch("keyboard", "keyboard")
        await seat.press("1", "1", "enter")
        assert seat.keyboard.open


# Typing -----------------------------------------------------------------------------------------------


async def test_a_key_acts_as_the_finger_comes_down_and_the_field_keeps_the_focus() -> None:
    async with touching(MOBILE, END) as (seat, conversation):
        await seat.touch(*"1380")
        assert seat.draft == "1380"
        assert isinstance(seat.app.focused, Composer)
        await seat.touch("backspace", "left", "9", "right", "5")
        assert seat.draft == "13985"
        await seat.touch("clear", "7", "enter")
        assert conversation.given == [Text("7")]


async def test_capitals_signs_and_digits_of_a_password() -> None:
    async with touching(PASSWORD, END, language="en") as (seat, conversation):
        await seat.touch(
            "shift", "K", "a", "symbols", "_", "latin", "2", "shift", "shift", "X", "Y", "shift", "z"
        )
        assert seat.draft == "Ka_2XYz"
        assert "Ka_2" not in seat.shown()
        await seat.touch("reveal")
        assert "Ka_2XYz" in seat.shown()
        await seat.touch("enter")
        assert conversation.given == [Text("Ka_2XYz")]


async def test_a_digit_at_a_choice_picks_as_the_real_key_does() -> None:
    async with touching(FIRST_TIME, SUBJECTS, END) as (seat, conversation):
        await seat.touch("keyboard", "2")
        assert conversation.given == [Choice(("no",))]
        await seat.touch("keyboard", "1", "3", "enter")
        assert conversation.given[-1] == Choice(("beijing", "jiangsu"))


async def test_letters_narrow_a_long_list_down() -> None:
    async with touching(PROVINCE, END) as (seat, conversation):
        await seat.touch("keyboard", *"hun", "enter")
        assert conversation.given == [Choice(("hunan",))]


async def test_a_list_that_is_longer_than_its_place_is_leafed_through() -> None:
    async with touching(PROVINCE, END) as (seat, conversation):
        last = seat.panel.choices.rows[-1]
        assert not seat.panel.choices.region.contains_region(last.region)
        await seat.touch("options-down")
        assert seat.panel.choices.region.contains_region(last.region)
        await seat.touch("options-up")
        assert seat.panel.choices.scroll_y == 0
        assert conversation.given == []


async def test_no_more_is_typed_than_a_field_takes() -> None:
    async with touching(SCHOOL, END, language="en") as (seat, _):
        seat.panel.composer.put("a" * 299)
        await seat.touch("b", "c")
        assert seat.draft == "a" * 299 + "b"


async def test_what_is_typed_while_a_turn_is_under_way_is_kept() -> None:
    async with touching(MOBILE, END) as (seat, conversation):
        seat.panel.locked = True
        await seat.touch("1", "enter")
        assert seat.draft == "1"
        assert conversation.given == []


# Pinyin -----------------------------------------------------------------------------------------------


async def test_a_name_is_written_by_its_sounds() -> None:
    async with touching(NAME, END) as (seat, conversation):
        await seat.touch("w")
        assert {"我", "王", "为"} <= set(seat.offered)
        assert "w" in seat.shown()
        await seat.touch(*"angxiao")
        await seat.touch("王")
        assert seat.draft == "王"
        assert seat.keyboard.board.composing == "xiao"
        await seat.touch("小", *"ming", " ", "backspace", *"ming", "明", "enter")
        assert conversation.given == [Text("王小明")]


async def test_a_rare_character_is_some_pages_on_and_its_page_has_the_same_places() -> None:
    async with touching(NAME, END) as (seat, _):
        await seat.touch(*"zhe")
        first, place = seat.offered, seat.key("later")
        for _page in range(20):
            if "喆" in seat.offered:
                break
            await seat.touch("later")
        assert seat.key("later").x == place.x
        await seat.touch("喆")
        assert seat.draft == "喆"
        await seat.touch(*"zhe")
        assert seat.offered == first


async def test_letters_typed_before_the_characters_are_there_are_kept() -> None:
    async with touching(NAME, END) as (seat, _):
        seat.keyboard._ready = False
        await seat.touch(*"wang", " ")
        assert seat.keyboard.board.composing == "wang"
        assert seat.offered == ""
        seat.keyboard.post_message(Keyboard.Loaded())
        await seat.settle()
        assert seat.offered.startswith("王")


async def test_a_touch_beside_the_keys_loses_nothing() -> None:
    async with touching(NAME, END) as (seat, conversation):
        await seat.touch("w", "王", *"xi")
        for id in ("#transcript", "#question", "#ticks", "#progress", "#help", "#more", "#composer"):
            await seat.pilot.click(id)
        await seat.pilot.click(seat.keyboard, offset=(0, 0))
        await seat.settle()
        assert (seat.draft, seat.keyboard.board.composing) == ("王", "xi")
        assert isinstance(seat.app.focused, Composer)
        assert conversation.given == []


async def test_a_change_of_language_keeps_what_is_composed() -> None:
    async with touching(NAME, END) as (seat, _):
        await seat.touch(*"wang")
        await seat.press("f2")
        assert seat.keyboard.board.composing == "wang"
        assert content().words["en"]["keyboard.key.pinyin"] in seat.shown()


# Reading and going ------------------------------------------------------------------------------------


async def test_reading_back_and_on_and_going_back_need_no_real_key() -> None:
    async with touching(NAME, SCHOOL, END, size=(80, 24)) as (seat, conversation):
        for n in range(4):
            seat.fingers.send(f"{n}?\r")
            await seat.settle()
        seat.fingers.send("王小明\r")
        await seat.settle()
        transcript = seat.app.screen.query_one(TranscriptView)
        await seat.touch("scroll-up", "scroll-up")
        back = transcript.scroll_y
        assert back < transcript.max_scroll_y
        await seat.touch("scroll-down")
        assert transcript.scroll_y > back
        on = transcript.scroll_y
        await seat.touch("scroll-up")
        await seat.pilot.click("#more")
        await seat.settle()
        assert transcript.scroll_y == on
        await seat.touch("back")
        assert conversation.given[-1] == Command("back")


async def test_help_is_read_to_its_end_by_touches_and_closed_by_one() -> None:
    async with touching(NAME, END) as (seat, _):
        await seat.press("f1")
        page = seat.app.screen.query_one("#help-page")
        touches = 0
        while isinstance(seat.app.screen, HelpPage):
            read = page.scroll_y
            await seat.pilot.click("#help-page")
            await seat.settle()
            touches += 1
            assert not isinstance(seat.app.screen, HelpPage) or page.scroll_y > read
        assert touches > 1
        assert page.scroll_y == page.max_scroll_y


async def test_nothing_is_left_on_the_keyboard_for_the_next_person() -> None:
    async with touching(NAME, END) as (seat, _):
        keyboard = seat.keyboard
        await seat.touch(*"wangxiaoming")
        await seat.app.to_start()
        await seat.settle()
        assert "wang" not in repr(vars(keyboard))
        for screen in seat.app.screen_stack:
            assert not [each for each in screen.walk_children(Widget) if "wang" in repr(vars(each))]
        assert "wang" not in seat.shown()


# Looks ------------------------------------------------------------------------------------------------


async def test_with_plain_signs_keys_are_seen_by_brackets_and_all_of_it_is_ascii() -> None:
    async with touching(MOBILE, language="en", glyphs=ASCII) as (seat, _):
        lines = seat.shown().split("\n")
        board = lines[seat.keyboard.region.y : seat.keyboard.region.bottom]
        assert "".join(board).isascii()
        assert sum(line.count("[") for line in board) == len(seat.keyboard.placed)


@pytest.mark.parametrize(("size", "glyphs"), [((60, 18), ASCII), ((80, 24), UNICODE), ((120, 40), ASCII)])
async def test_every_key_is_drawn_where_it_answers(size: tuple[int, int], glyphs: Glyphs) -> None:
    async with touching(NAME, size=size, glyphs=glyphs, language="en") as (seat, _):
        lines = [strip.text for strip in seat.app.screen._compositor.render_strips()]
        left, top = seat.keyboard.content_region.offset
        for key in seat.keyboard.placed:
            middle = lines[top + key.y + key.lines // 2][left + key.x : left + key.x + key.width]
            label = key.cap.text if key.cap.act == "type" and key.cap.text != " " else ""
            assert label in middle
            assert middle.strip(), key
            assert middle.endswith(" ")
