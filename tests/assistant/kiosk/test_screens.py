"""The full screen: what people see and press, at two sizes and in both languages."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual.widget import Widget

from assistant.conversation.inputs import Choice, Command, File, Text
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.asides import HelpPage, LeavePage
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.widgets.choices import Choices, OptionRow
from assistant.widgets.composer import Composer
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.prose import Prose
from assistant.widgets.transcript import Bubble, TranscriptView
from flows.verdict import Problem
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import (
    CONFIRM,
    END,
    FIRST_TIME,
    MOBILE,
    NAME,
    PASSWORD,
    PHOTO,
    PROVINCE,
    SUBJECTS,
    FakeConversation,
    refused,
)
from tests.assistant.kiosk.seat import EVERY, LARGE, OPEN, SMALL, Seat, flat, said, seated
from tests.factories import content

pytestmark = pytest.mark.filterwarnings("error")


# Welcome ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "language"), [("e", "en"), ("E", "en"), ("Z", "zh"), ("f2", "en")])
async def test_one_key_chooses_the_language(key: str, language: str) -> None:
    app = KioskApp(content(), lambda *_: FakeConversation((NAME,)), OPEN, language="zh")
    async with app.run_test(size=SMALL) as pilot:
        await pilot.press(key)
        await quiet(pilot.app)
        assert app.language == language
        assert said(language, "face.welcome.what") in Seat(app, pilot).shown()


async def test_each_choice_begins_what_it_says() -> None:
    modes: list[tuple[str, str]] = []

    def start(language: str, mode: str) -> FakeConversation:
        modes.append((language, mode))
        return FakeConversation((NAME,))

    for key, mode in (("1", "register"), ("2", "resume"), ("3", "register")):
        app = KioskApp(content(), start, OPEN, language="en")
        async with app.run_test(size=SMALL) as pilot:
            seat = Seat(app, pilot)
            await seat.press(key)
            assert modes[-1] == ("en", mode)
            asks = said("en", "face.ask") in seat.says("question")
            assert asks == (key == "3")


async def test_a_mouse_alone_gets_through_the_welcome() -> None:
    app = KioskApp(content(), lambda *_: FakeConversation((NAME,)), OPEN, language="zh")
    async with app.run_test(size=SMALL) as pilot:
        seat = Seat(app, pilot)
        await seat.click(app.screen.query_one(KeyHint), offset=(0, 0))
        assert app.language == "en"
        await seat.click(app.screen.query(OptionRow)[0])
        assert isinstance(app.screen, ConversationPage)


# Answering --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_digit_picks_a_choice(size: tuple[int, int], language: str) -> None:
    conversation = FakeConversation((FIRST_TIME, NAME), language=language)
    async with seated(conversation, size=size) as seat:
        assert said(language, "ask.first_time") in seat.shown()
        await seat.press("2")
        assert conversation.given == [Choice(("no",))]
        assert said(language, "ask.name") in seat.shown()


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_click_picks_a_choice(size: tuple[int, int], language: str) -> None:
    conversation = FakeConversation((FIRST_TIME, NAME), language=language)
    async with seated(conversation, size=size) as seat:
        await seat.click(seat.panel.choices.rows[1])
        assert conversation.given == [Choice(("no",))]


async def test_arrows_and_enter_pick_a_choice() -> None:
    conversation = FakeConversation((FIRST_TIME, NAME))
    async with seated(conversation) as seat:
        await seat.press("down", "enter")
        assert conversation.given == [Choice(("no",))]


async def test_typing_a_name_narrows_a_long_list_down() -> None:
    conversation = FakeConversation((PROVINCE, NAME))
    async with seated(conversation) as seat:
        await seat.type("jiangx", enter=False)
        assert [row.asked.id for row in seat.panel.choices.rows] == ["jiangxi"]
        await seat.press("enter")
        assert conversation.given == [Choice(("jiangxi",))]


async def test_a_digit_of_a_long_list_is_typed_and_enter_picks_the_number() -> None:
    conversation = FakeConversation((PROVINCE, NAME))
    async with seated(conversation) as seat:
        await seat.press("1", "enter")
        assert conversation.given == [Choice(("beijing",))]


@pytest.mark.parametrize(("keys", "id"), [("11", "hunan"), ("3", "jiangsu")])
async def test_a_number_that_no_digit_could_follow_picks_at_once(keys: str, id: str) -> None:
    conversation = FakeConversation((PROVINCE, NAME))
    async with seated(conversation) as seat:
        await seat.press(*keys)
        assert conversation.given == [Choice((id,))]
        assert seat.draft == ""


async def test_a_question_at_a_choice_is_sent_as_it_is_typed() -> None:
    conversation = FakeConversation((FIRST_TIME, NAME))
    async with seated(conversation) as seat:
        await seat.type("what if my degree is from 1999?")
        assert conversation.given == [Text("what if my degree is from 1999?")]


async def test_before_a_point_of_no_return_one_key_only_highlights() -> None:
    conversation = FakeConversation((CONFIRM, NAME))
    async with seated(conversation) as seat:
        await seat.press("enter")
        await seat.press("1")
        await seat.click(seat.panel.choices.rows[1])
        assert conversation.given == []
        await seat.press("enter")
        assert conversation.given == [Choice(("no",))]


async def test_several_are_ticked_by_digit_and_mouse_and_sent_together() -> None:
    conversation = FakeConversation((SUBJECTS, NAME))
    async with seated(conversation) as seat:
        await seat.press("1", "3")
        await seat.click(seat.panel.choices.rows[1])
        await seat.press("1")
        await seat.click(seat.panel.choices.rows[-1])
        assert conversation.given == [Choice(("shanghai", "jiangsu"))]


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_text_is_entered_and_echoed(size: tuple[int, int], language: str) -> None:
    conversation = FakeConversation((NAME, MOBILE), language=language)
    async with seated(conversation, size=size) as seat:
        await seat.type("王小明")
        assert conversation.given == [Text("王小明")]
        assert "王小明" in seat.shown()
        assert seat.draft == ""


async def test_typed_keys_arrive_one_by_one() -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation) as seat:
        await seat.press(*"Li", "space", *"Wei", "enter")
        assert conversation.given == [Text("Li Wei")]


async def test_an_ideograph_that_python_calls_unassigned_can_be_typed() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        rare = "\U000323af"
        seat.panel.composer.post_message(events.Key("unknown", rare))
        await seat.settle()
        assert seat.draft == rare


@pytest.mark.parametrize("prompt", [PASSWORD, MOBILE])
async def test_a_secret_is_never_on_the_screen(prompt: object) -> None:
    assert prompt in (PASSWORD, MOBILE)
    conversation = FakeConversation((PASSWORD if prompt is PASSWORD else MOBILE,))
    async with seated(conversation) as seat:
        await seat.type("Qz7813x", enter=False)
        assert "Qz7813x" not in seat.shown()
        await seat.press("f5")
        assert "Qz7813x" in seat.shown()


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_refused_entry_keeps_what_was_typed(size: tuple[int, int], language: str) -> None:
    conversation = FakeConversation((NAME,), language=language, refuses={"1": Problem("name-missing")})
    async with seated(conversation, size=size) as seat:
        await seat.type("1")
        assert seat.draft == "1"
        assert seat.says("notice") == said(language, "face.error") + said(language, "problem.name-missing")
        assert seat.panel.has_class("-refused")


async def test_a_problem_is_said_anew_in_the_other_language_and_goes_when_the_answer_is_taken() -> None:
    conversation = FakeConversation((NAME, MOBILE), language="zh", refuses={"1": Problem("name-missing")})
    async with seated(conversation) as seat:
        await seat.type("1")
        await seat.press("f2")
        assert seat.says("notice") == said("en", "face.error") + said("en", "problem.name-missing")
        await seat.type("王小明")
        assert seat.says("notice") == ""


async def test_a_turn_that_did_not_happen_keeps_what_was_typed_and_says_why() -> None:
    fails = {"Wang": refused("name-missing"), "Li": RuntimeError("Li 110105199001011234")}
    conversation = FakeConversation((NAME, MOBILE), fails=fails)
    async with seated(conversation) as seat:
        await seat.type("Wang")
        assert seat.draft == "Wang"
        assert said("en", "problem.name-missing") in seat.says("notice")
        await seat.type("Li")
        assert seat.draft == "Li"
        assert "1101051990" not in seat.shown()
        await seat.type("Zhao")
        assert said("en", "ask.mobile") in seat.says("question")


# Ticks and help ---------------------------------------------------------------------------------------


@pytest.mark.req("11.4")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_each_rule_of_the_password_ticks_as_one_types(size: tuple[int, int], language: str) -> None:
    async with seated(FakeConversation((PASSWORD,), language=language), size=size) as seat:
        rules = ["lower", "upper", "digit", "length"]
        for typed, met in (("b", 1), ("bQ", 2), ("bQ7", 3), ("bQ7813xw", 4)):
            await seat.type(typed, enter=False)
            ticks = seat.says("ticks")
            for n, rule in enumerate(rules):
                mark = "✓" if n < met else "◦"
                assert mark + said(language, f"tick.password.{rule}") in ticks, (typed, rule)


@pytest.mark.req("10.2")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_help_for_the_field_is_on_the_screen_beside_it(size: tuple[int, int], language: str) -> None:
    async with seated(FakeConversation((NAME, MOBILE), language=language), size=size) as seat:
        for prompt in (NAME, MOBILE):
            assert said(language, prompt.help or "") in seat.says("help")
            beside, field = seat.app.screen.query_one("#help").region, seat.panel.composer.region
            assert seat.app.screen.region.contains_region(beside)
            assert (beside.x >= field.right) == (size == LARGE)
            assert (beside.y >= field.bottom) == (size == SMALL)
            await seat.type("Wang")


# Language, back, questions ----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_change_of_language_says_the_whole_transcript_anew(size: tuple[int, int]) -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation, size=size) as seat:
        await seat.type("Wang")
        await seat.type("1380", enter=False)
        await seat.press("f2")
        assert conversation.given[-1] == Command("language", "zh")
        texts = [bubble.at(76).plain for bubble in seat.app.screen.query(Bubble)]
        assert flat(texts[0]) == said("zh", "said.hello")
        assert said("zh", "ask.mobile") in seat.says("question")
        assert said("zh", "help.mobile") in seat.says("help")
        assert seat.draft == "1380"
        assert said("en", "said.hello") not in seat.shown()


async def test_escape_goes_back_and_a_half_typed_answer_waits_in_its_field() -> None:
    conversation = FakeConversation((NAME, FIRST_TIME, replace(NAME, key="school")))
    async with seated(conversation) as seat:
        await seat.type("Wang")
        await seat.press("1")
        await seat.type("half", enter=False)
        await seat.press("escape")
        assert conversation.given[-1] == Command("back")
        assert said("en", "ask.first_time") in seat.says("question")
        assert seat.draft == ""
        await seat.press("1")
        assert seat.draft == "half"


async def test_a_question_in_the_middle_keeps_the_draft() -> None:
    conversation = FakeConversation((NAME,))
    async with seated(conversation) as seat:
        await seat.type("王小", enter=False)
        await seat.press("f3")
        assert seat.draft == ""
        await seat.type("Who signs the letter")
        assert conversation.given == [Command("ask", "Who signs the letter")]
        assert said("en", "ask.name") in seat.says("question")
        assert seat.draft == "王小"
        await seat.press("f3", "escape")
        assert seat.draft == "王小"


async def test_just_asking_stays_with_questions_until_one_goes_on() -> None:
    conversation = FakeConversation((NAME,))
    async with seated(conversation, purpose="3") as seat:
        await seat.type("Who signs?")
        await seat.type("What does it cost?")
        assert [each.argument for each in conversation.given if isinstance(each, Command)] == [
            "Who signs?",
            "What does it cost?",
        ]
        await seat.press("escape")
        assert said("en", "ask.name") in seat.says("question")


async def test_change_beside_an_answer_corrects_it_by_a_click() -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation) as seat:
        await seat.type("Wang")
        await seat.click(list(seat.app.screen.query(Bubble))[-1])
        assert conversation.given[-1] == Command("change", "name")


# Odd input --------------------------------------------------------------------------------------------

MARKUP = ["[/b]", "[@click=app.quit]x[/]", "[red]王[/red]", "王晓[沛]", "\\[b]", "{name}", "%s"]


@pytest.mark.parametrize("text", MARKUP)
async def test_what_looks_like_markup_is_shown_as_it_was_typed(text: str) -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation) as seat:
        await seat.type(text)
        assert conversation.given == [Text(text)]
        assert text in seat.shown()
        await seat.click(list(seat.app.screen.query(Bubble))[-1], offset=(10, 0))
        assert seat.app.is_running


async def test_escape_sequences_in_a_message_do_not_reach_the_terminal() -> None:
    async with seated(FakeConversation((NAME, MOBILE))) as seat:
        await seat.type("a\x1b]0;owned\x07b\u202ec")
        shown = seat.shown()
        assert not [each for each in shown if each in "\x1b\x07\u202e\x9b"]
        assert "owned" in shown


async def test_of_several_pasted_lines_the_first_is_offered_and_the_rest_named() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        seat.panel.composer.post_message(events.Paste("王小明\r\n第二行\n\n第三行\u2028第四行"))
        await seat.settle()
        assert seat.draft == "王小明"
        assert flat(content().words["en"]["face.pasted-lines"].format(count=3)) == seat.says("notice")


async def test_a_very_long_paste_is_cut_and_counted() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        seat.panel.composer.post_message(events.Paste("王" * 10_000))
        await seat.settle()
        assert seat.draft == "王" * 300
        assert "9700" in seat.says("notice")


async def test_hidden_characters_of_a_paste_are_taken_out_and_counted() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        seat.panel.composer.post_message(events.Paste("王\u200b小\x1b\u202e明"))
        await seat.settle()
        assert seat.draft == "王小明"
        assert "3" in seat.says("notice")


async def test_enter_answers_nothing_for_a_moment_after_a_new_question() -> None:
    conversation = FakeConversation((FIRST_TIME, CONFIRM, NAME))
    async with seated(conversation, allowed=replace(OPEN, grace=3)) as seat:
        await seat.press("enter", "enter")
        assert conversation.given == []
        await seat.pilot.pause(3.2)
        await seat.press("enter")
        assert conversation.given == [Choice(("yes",))]


async def test_what_is_typed_while_a_turn_is_under_way_is_kept_and_not_sent() -> None:
    gate = threading.Event()
    conversation = FakeConversation((NAME, replace(NAME, key="school")), waits=lambda: gate.wait(5))
    async with seated(conversation) as seat:
        seat.panel.composer.put("Wang")
        await seat.pilot.press("enter")
        await seat.pilot.press(*"Tsinghua", "enter")
        assert conversation.given == []
        gate.set()
        await seat.settle()
        assert conversation.given == [Text("Wang")]
        assert seat.draft == "Tsinghua"


# Files ------------------------------------------------------------------------------------------------


async def test_pictures_of_the_usual_folders_are_offered(tmp_path: Path) -> None:
    (tmp_path / "我的 照片.JPG").write_bytes(b"x")
    (tmp_path / "notes.txt").write_bytes(b"x")
    conversation = FakeConversation((PHOTO, END))
    async with seated(conversation, allowed=replace(OPEN, folders=(tmp_path,))) as seat:
        assert [row.asked.label for row in seat.panel.choices.rows] == ["我的 照片.JPG"]
        await seat.press("1")
        assert conversation.given == [File(tmp_path / "我的 照片.JPG")]


async def test_a_kiosk_takes_no_file_from_another_folder(tmp_path: Path) -> None:
    inside, outside = tmp_path / "stick", tmp_path / "home"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "me.png").write_bytes(b"x")
    (inside / "link.png").symlink_to(outside / "me.png")
    conversation = FakeConversation((PHOTO, END))
    allowed = Policy(can_quit=False, any_folder=False, folders=(inside,), grace=0)
    async with seated(conversation, allowed=allowed) as seat:
        for typed in (str(outside / "me.png"), str(inside / "link.png"), f"{inside}/../home/me.png"):
            await seat.type(typed)
            assert conversation.given == []
            assert seat.draft == typed
        assert said("en", "face.outside-folders") in seat.says("notice")
        await seat.type(f"'{inside / 'me.png'}'")
        assert conversation.given == [File(inside / "me.png")]


async def test_a_question_at_the_photo_is_no_path() -> None:
    conversation = FakeConversation((PHOTO, END))
    async with seated(conversation) as seat:
        await seat.type("May I wear glasses?")
        assert conversation.given == [Text("May I wear glasses?")]


# Size -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "zh"])
async def test_any_size_survives_and_a_small_one_says_so(language: str) -> None:
    conversation = FakeConversation((PROVINCE, NAME), language=language)
    async with seated(conversation) as seat:
        for size in [(1, 1), (8, 4), (40, 12), (59, 24), (80, 17), (0, 0), (300, 100), (110, 18), (80, 24)]:
            await seat.pilot.resize_terminal(*size)
            await seat.settle()
            small = size[0] < 60 or size[1] < 18
            assert seat.app.screen.query_one("#too-small").display == small, size
        assert said(language, "ask.province") in seat.shown()
        await seat.type("hunan")
        assert conversation.given == [Choice(("hunan",))]


@pytest.mark.parametrize("size", [(80, 24), (109, 30), (110, 24), (120, 40), (160, 50)])
async def test_the_rail_stands_where_there_is_room(size: tuple[int, int]) -> None:
    async with seated(FakeConversation((NAME,)), size=size) as seat:
        rail = seat.app.screen.query_one("#rail")
        assert rail.display == (size[0] >= 110)
        if rail.display:
            assert said("en", "stage.apply") in seat.shown()


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_the_question_and_the_field_are_whole_on_the_screen(
    size: tuple[int, int], language: str
) -> None:
    script = (FIRST_TIME, PROVINCE, NAME, MOBILE, PASSWORD, SUBJECTS, PHOTO, CONFIRM)
    for prompt in script:
        async with seated(FakeConversation((prompt,), language=language), size=size) as seat:
            screen = seat.app.screen.region
            for id in ("question", "composer"):
                region = seat.app.screen.query_one(f"#{id}").region
                assert region.height >= 1
                assert screen.contains_region(region), (prompt.key, id)
            assert seat.app.screen.query_one(TranscriptView).size.height >= 4, prompt.key


# Help, leaving, wiping --------------------------------------------------------------------------------


async def test_help_lists_keys_and_commands_and_closes() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        await seat.type("half", enter=False)
        await seat.press("f1")
        assert isinstance(seat.app.screen, HelpPage)
        assert "F3" in seat.shown()
        text = seat.app.screen.query_one("#help-text", Prose).at(70).plain
        assert "/back" in flat(text)
        numbered = re.findall(r"^F([1-9])  +(\S.*)$", text, re.MULTILINE)
        assert [number for number, _ in numbered] == list("12345689")
        # The words of both tables stand in one column, and the way out is in view from the first.
        words = re.findall(r"^(?:F\d|Esc|/back) +(?=\S)", text, re.MULTILINE)
        assert len({len(lead) for lead in words}) == 1
        assert f"Esc{said('en', 'face.help.close')}" in seat.shown()
        await seat.press("escape")
        assert seat.draft == "half"


async def test_help_is_left_by_a_click_on_its_line_of_keys() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        await seat.press("f1")
        hints = {hint.action: hint for hint in seat.app.screen.query(KeyHint)}
        await seat.click(hints["scroll-down"], offset=(0, 0))
        assert seat.app.screen.query_one("#help-page").scroll_y > 0
        await seat.click(hints["back"], offset=(0, 0))
        assert not isinstance(seat.app.screen, HelpPage)


async def test_every_key_of_the_line_can_be_clicked() -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation) as seat:
        hints = {hint.action: hint for hint in seat.app.screen.query(KeyHint)}
        await seat.type("王小明")
        conversation.given.clear()
        await seat.click(hints["back"], offset=(0, 0))
        assert conversation.given == [Command("back")]
        await seat.click(hints["help"], offset=(0, 0))
        assert isinstance(seat.app.screen, HelpPage)


async def test_leaving_is_asked_first_and_staying_changes_nothing() -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation) as seat:
        await seat.type("Wang")
        await seat.press("ctrl+q")
        assert isinstance(seat.app.screen, LeavePage)
        assert "ABCD-2345" in seat.shown()
        await seat.press("1")
        assert isinstance(seat.app.screen, ConversationPage)
        assert Command("quit") not in conversation.given
        await seat.type("/quit")
        await seat.press("2")
        assert conversation.given[-1] == Command("quit")
        assert not seat.app.is_running or seat.app._exit


async def test_a_kiosk_cannot_be_left_and_wipes_for_the_next_person() -> None:
    allowed = Policy(can_quit=False, any_folder=False, grace=0)
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation, allowed=allowed) as seat:
        await seat.type("王小明")
        await seat.type("13800138000", enter=False)
        await seat.press("ctrl+q", "2")
        app = seat.app
        for key in ("ctrl+c", "ctrl+p", "ctrl+z", "ctrl+backslash", "ctrl+q", "escape", "e"):
            await seat.press(key)
        assert app.is_running
        assert not app._exit
        for screen in app.screen_stack:
            for widget in screen.walk_children(Widget):
                kept = repr(vars(widget))
                assert "王小明" not in kept
                assert "13800138000" not in kept
        assert "王小明" not in seat.shown()


async def test_the_end_goes_to_the_start_when_enter_is_pressed() -> None:
    conversation = FakeConversation((NAME,))
    async with seated(conversation) as seat:
        page = seat.app.screen
        assert isinstance(page, ConversationPage)
        page.send(Command("quit"))
        await seat.settle()
        assert said("en", "face.finished") in seat.says("question")
        await seat.press("enter")
        assert isinstance(seat.app.screen, WelcomePage)
        assert len([each for each in seat.app.screen_stack if isinstance(each, ConversationPage)]) == 0


async def test_a_choice_says_where_one_is_by_a_sign_too() -> None:
    async with seated(FakeConversation((FIRST_TIME,))) as seat:
        choices = seat.panel.query_one(Choices)
        assert [row.at(60).plain.startswith("›") for row in choices.rows] == [True, False]
        await seat.press("down")
        assert [row.at(60).plain.startswith("›") for row in choices.rows] == [False, True]


async def test_the_field_has_no_clipboard() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        await seat.type("Wang", enter=False)
        seat.panel.query_one(Composer).action_select_all()
        await seat.press("ctrl+c", "ctrl+x", "ctrl+v")
        assert seat.app.clipboard == ""


async def test_a_fault_is_logged_with_its_place_and_without_what_was_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    conversation = FakeConversation((NAME,), fails={"Li": ValueError("王小明 110105199001011234")})
    async with seated(conversation) as seat:
        await seat.type("Li")
        logged = caplog.text
        reference = next(each for each in logged.split() if each.rstrip(":") in seat.says("notice"))
        assert len(reference) >= 6
        assert "ValueError" in logged
        assert "take:" in logged
        assert "110105" not in logged
