"""The call page: finding, the three voices, starting in the middle, notes and calls on hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.calls.searching import Topic
from assistant.desk.form import DeskForm
from assistant.desk.results import Results
from assistant.desk.screens.call import CallPage
from assistant.desk.screens.candidate import CandidatePage
from assistant.desk.screens.home import HomePage
from assistant.widgets.choices import Choices
from assistant.widgets.listing import Listing
from assistant.widgets.prose import Prose
from flows.roles import Role
from tests.assistant.kiosk.seat import EVERY, flat, pressed, said

from .call_situations import MOST_KEYS, SITUATIONS
from .seat import DeskSeat, at_the_desk

STAFF = {"boss": (Role.ADMINISTRATOR,), "helper": (Role.HELP_DESK,)}


def page(seat: DeskSeat) -> CallPage:
    assert isinstance(seat.page, CallPage)
    return seat.page


async def put(seat: DeskSeat, text: str) -> None:
    """Let an input method commit a whole text, and enter it."""
    await seat.type(text)


def test_twenty_situations_take_at_most_twelve_keys_from_login_to_the_answer() -> None:
    assert len(SITUATIONS) == 20
    assert {each.zh: len(each.keys) for each in SITUATIONS if len(each.keys) > MOST_KEYS} == {}


@pytest.mark.parametrize(
    ("size", "language", "begins"), [(*each, n) for n, each in enumerate(EVERY)], ids=["even", "odd"]
)
async def test_the_keys_of_a_situation_lead_to_its_answer(
    tmp_path: Path, size: tuple[int, int], language: str, begins: int
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("helper")
        for each in SITUATIONS[begins::2]:
            assert isinstance(seat.page, HomePage)
            opens, *typed = each.keys
            await seat.press(opens)
            await typed_at_once(seat, typed)
            assert page(seat).call.shown == Topic(*each.opens), each.en
            assert flat(each.said_zh if language == "zh" else each.said_en) in joined(seat), each.en
            # Out to the home again: each situation begins there.
            await seat.press("escape", "escape")


async def typed_at_once(seat: DeskSeat, keys: list[str]) -> None:
    """Press keys as fast as somebody types who waits for nothing."""
    assert seat.app._driver is not None
    for key in keys:
        seat.app._driver.process_message(pressed(key))
    await seat.rest()


def joined(seat: DeskSeat) -> str:
    """Return title and voices, column by column: side by side their lines would mix."""
    shown = seat.page.query("#call-title, VoicePane Prose").results(Prose)
    return flat("".join(each.render().plain for each in shown if each.region.area)).replace("›", "")


MIDDLE = {
    "zh": ("二建 江苏 99年大专 已确认 未缴费", "14.2", "大专"),
    "en": ("second-class constructor, Jiangsu, diploma 1999, confirmed, unpaid", "14.2", "Junior college"),
}


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_call_starts_in_the_middle_and_its_facts_are_marked_changed_and_taken_away(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    line, group, level = MIDDLE[language]
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("helper")
        await seat.press("2")
        await seat.type(line)
        assert page(seat).call.shown == Topic("place", "")
        shown = seat.shown()
        assert flat(level) in shown
        assert said(language, "calls.mark.stated") in shown
        assert group in joined(seat)
        await seat.press("f3", "enter")
        assert page(seat).call.facts[0].mark == "verified"
        assert said(language, "calls.mark.verified") in seat.shown()
        before = page(seat).call.facts
        await seat.press("right", "x", "escape")
        assert len(page(seat).call.facts) == len(before) - 1
        await seat.type("浙江")
        assert ("province", "zhejiang") in {(each.key, each.value) for each in page(seat).call.facts}


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_note_is_kept_copied_and_listed_and_the_call_on_hold_goes_on(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("helper")
        await seat.press("2")
        await seat.type("1999")
        first = page(seat).call
        await seat.press("f7")
        assert page(seat).call.reference != first.reference
        assert said(language, "calls.on-hold").partition("{")[0] in seat.shown()
        await seat.type("refund")
        second = page(seat).call
        await seat.press("f8")
        assert page(seat).call == first
        await seat.press("f8", "f5")
        assert flat(second.reference) in seat.shown()
        await seat.press("enter")
        assert second.reference in seat.app.clipboard
        assert page(seat).call == first
        assert ("note-call", second.reference, "helper") in seat.trail()
        await seat.press("f9")
        assert flat(second.reference) in seat.shown()
        await seat.press("enter")
        assert said(language, "calls.note.topics").partition("{")[0] in seat.shown()
        await seat.press("escape", "escape")
        assert page(seat).call == first


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_links_open_by_key_and_click_and_the_trail_leads_back(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    async with at_the_desk(tmp_path, STAFF, size=size, language=language) as seat:
        await seat.log_in("helper")
        await seat.press("2")
        await seat.type("1999")
        await seat.press("tab", "enter")
        assert page(seat).call.shown == Topic("step", "academic")
        await seat.press("escape")
        assert page(seat).call.shown == Topic("symptom", "early-diploma")
        await seat.press("tab", "tab")
        pane = seat.page.query_one("#voice-answers")
        row = next(
            n for n, each in enumerate(pane.query_one(Prose).render().plain.split("\n")) if "18.2" in each
        )
        await seat.pilot.click(pane.query_one(Prose), offset=(6, row))
        await seat.rest()
        assert page(seat).call.shown == Topic("item", "18.2")
        other = "en" if language == "zh" else "zh"
        await seat.press("f10", "f11")
        text = seat.app.content.paragraph("18.2", other)
        assert text is not None
        assert flat(text.text)[:20] in joined(seat)
        await seat.press("escape", "escape", "escape", "escape")
        assert isinstance(seat.page, HomePage)


async def test_results_are_opened_by_their_number_by_a_click_and_what_nothing_finds_is_asked(
    tmp_path: Path,
) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        await seat.log_in("helper")
        await seat.press("2")
        await typed_at_once(seat, [*"photo"])
        results = seat.page.query_one(Results)
        # The sentence of an error is longer than a line; a click tells the results by their lines.
        await seat.pilot.click(results, offset=(8, 5))
        await seat.rest()
        assert page(seat).call.shown == results_of("photo", seat)[5]
        await typed_at_once(seat, [*"photo"])
        await seat.press("down", "3")
        assert page(seat).call.shown == results_of("photo", seat)[2]
        await seat.type("xyzzy")
        assert page(seat).call.shown == Topic("question", "xyzzy")
        assert said("zh", "answer.unanswered") in joined(seat)


def results_of(typed: str, seat: DeskSeat) -> tuple[Topic, ...]:
    assert seat.app.call_book is not None
    return seat.app.call_book.results(typed, known=False)


async def test_a_call_is_taken_looked_at_and_noted_by_mouse_alone(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, STAFF) as seat:
        await seat.sit("helper")
        await seat.click(seat.page.query_one(Choices).rows[1])
        # What is searched for is typed; all else is clicked.
        await typed_at_once(seat, [*"1999"])
        first = page(seat).call
        await seat.click(seat.page.query_one(Results), 0, 8)
        assert page(seat).call.shown == Topic("symptom", "early-diploma")
        await seat.click_piece("#call-tabs", "do")
        assert page(seat).voices.here == 1
        await seat.click(".key-hint.-call-new")
        assert page(seat).call.reference != first.reference
        await seat.click(".key-hint.-call-hold")
        assert page(seat).call.reference == first.reference
        await seat.click(".key-hint.-call-note")
        await seat.click(".key-hint.-note-keep")
        assert first.reference in seat.app.clipboard
        await seat.click_piece("#call-line", "key:call-candidate")
        assert isinstance(seat.page, CandidatePage)
        assert seat.page.query_one(DeskForm).values["look-reason"] == "call"
        await seat.click(".key-hint.-back")
        await seat.click_piece("#call-line", "key:call-notes")
        assert flat(first.reference) in seat.shown()
        await seat.click(Listing, 1, 4)
        assert said("zh", "calls.note.topics").partition("{")[0] in seat.shown()
