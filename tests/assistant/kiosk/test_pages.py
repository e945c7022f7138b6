"""Pages of their own: papers, reviews, waiting, the end; the way at a glance; what going back undoes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.clock import CHINA
from assistant.conversation.inputs import Choice, Command
from assistant.conversation.messages import (
    Answered,
    Card,
    Citation,
    Deadline,
    Document,
    Message,
    Plan,
    Row,
    Said,
    Warned,
)
from assistant.kiosk.pages import page_of
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.steps import StepsPage
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.transcript import Bubble, TranscriptView
from flows.steps.model import Option
from flows.verdict import Named
from tests.assistant.kiosk.scripted import FIRST_TIME, MOBILE, NAME, SUBJECTS, FakeConversation
from tests.assistant.kiosk.seat import EVERY, LARGE, SMALL, flat, said, seated
from tests.factories import content

REVIEW = Card("review", "review.account", (Row("fact.name", "王小明", "name"),), warning="warning.account")
WAITING = Card("waiting", "waiting.verification", (Row("waiting.code", "ABCD-2345", large=True),))
PAPER = Document("notice-paper", "\n".join(f"Line {n}" for n in range(80)), "告知\n" * 80)
READ = replace(
    FIRST_TIME,
    key="application.read",
    kind="acknowledge",
    options=(Option("yes", Named("word", "option.first_time.yes")),),
)


@pytest.mark.parametrize(
    ("messages", "begins"),
    [
        ((Said("said.hello"), REVIEW, Warned("education", ())), 1),
        ((Said("said.hello"), Said("tell.signature"), PAPER), 1),
        ((Said("said.looked"), Said("tell.verification"), WAITING), 2),
        ((Answered("q", "answered", (Citation(5, "5.1"),)), REVIEW), None),
        ((Said("said.hello"),), None),
        ((), None),
    ],
)
def test_papers_reviews_and_waiting_begin_a_page(messages: tuple[Message, ...], begins: int | None) -> None:
    assert page_of(messages) == begins


class Bringing(FakeConversation):
    """Brings messages with the answer to its first prompt."""

    brings: tuple[Message, ...] = ()

    def _turn(self, said: list[Message], *, finished: bool = False):  # type: ignore[no-untyped-def]
        return super()._turn([*said, *(self.brings if self.at == 1 else ())], finished=finished)


def bringing(*brings: Message, prompt: object = MOBILE, language: str = "en") -> Bringing:
    conversation = Bringing((NAME, prompt, MOBILE), language=language)  # type: ignore[arg-type]
    conversation.brings = brings
    return conversation


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_a_form_to_be_checked_stands_alone_and_what_came_before_can_be_read_back(
    size: tuple[int, int], language: str
) -> None:
    async with seated(bringing(REVIEW, language=language), size=size) as seat:
        await seat.type("王小明")
        transcript = seat.app.screen.query_one(TranscriptView)
        assert len(transcript.bubbles) == 1
        assert said(language, "review.account") in seat.shown()
        await seat.press("pageup", "pageup")
        assert said(language, "said.hello")[:20] in "".join(
            "".join(bubble.at(60).plain.split()) for bubble in transcript.bubbles
        )


async def test_what_is_shorter_than_the_screen_stands_by_its_question() -> None:
    async with seated(bringing(REVIEW), size=LARGE) as seat:
        await seat.type("王小明")
        transcript = seat.app.screen.query_one(TranscriptView)
        assert transcript.max_scroll_y == 0
        (card,) = transcript.bubbles
        assert card.region.bottom == transcript.content_region.bottom
        await seat.press("pageup", "pageup")
        assert card.region.bottom == transcript.content_region.bottom
        assert len(transcript.bubbles) > 1


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_who_waits_sees_the_code_large_and_as_a_picture(size: tuple[int, int]) -> None:
    async with seated(bringing(WAITING), size=size) as seat:
        await seat.type("王小明")
        assert seat.shown().count("█▀▀▀▀▀█") >= 2


@pytest.mark.req("13.2")
async def test_the_answer_comes_alive_at_the_end_of_the_text() -> None:
    conversation = bringing(PAPER, prompt=READ)
    async with seated(conversation) as seat:
        await seat.type("王小明")
        await seat.press("1")
        assert conversation.at == 1
        assert seat.says("notice") == said("en", "face.read-to-end")
        presses = 0
        while conversation.at == 1:
            await seat.press("enter")
            presses += 1
        assert presses > 5
        assert conversation.given[-1] == Choice(("yes",))


async def test_one_key_reads_to_the_end() -> None:
    conversation = bringing(PAPER, prompt=READ)
    async with seated(conversation) as seat:
        await seat.type("王小明")
        await seat.press("ctrl+end")
        await seat.press("1")
        assert conversation.given[-1] == Choice(("yes",))


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_back_says_what_it_undoes(size: tuple[int, int], language: str) -> None:
    async with seated(FakeConversation((NAME, MOBILE), language=language), size=size) as seat:
        assert said(language, "face.back-start") in seat.shown()
        await seat.type("王小明")
        assert said(language, "undo.fact").replace("{fact}", said(language, "fact.name")) in seat.shown()


async def test_back_at_the_first_question_leads_to_the_first_screen() -> None:
    async with seated(FakeConversation((NAME, MOBILE))) as seat:
        await seat.press("escape")
        assert isinstance(seat.app.screen, WelcomePage)


async def test_the_whole_item_is_shown_by_a_key_and_by_a_click() -> None:
    conversation = FakeConversation((NAME, MOBILE))
    async with seated(conversation) as seat:
        await seat.type("May somebody else sign?")
        await seat.press("ctrl+o")
        assert conversation.given[-1] == Command("item", "5")
        conversation.given.clear()
        bubble = next(each for each in seat.app.screen.query(Bubble) if each.links)
        row = max(line for line, link in bubble._commands.items() if link == Command("item", "5"))
        top = bubble.content_region.y - bubble.region.y
        await seat.press("pagedown")
        await seat.click(bubble, offset=(4, row + top))
        assert conversation.given == [Command("item", "5")]


@pytest.mark.req("7.3")
@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_the_list_of_steps_says_what_is_due_and_why_the_rest_is_not(
    size: tuple[int, int], language: str
) -> None:
    async with seated(FakeConversation((NAME, MOBILE), language=language), size=size) as seat:
        await seat.press("f9")
        assert isinstance(seat.app.screen, StepsPage)
        for key in ("tasks.group.here", "tasks.group.ahead", "tasks.after.verification", "fact.name"):
            assert said(language, key)[:16] in seat.shown()
        await seat.press("2")
        assert said(language, "tasks.no-plan")[:16] in seat.shown()
        await seat.press("left", "escape")
        assert isinstance(seat.app.screen, ConversationPage)


NOON = datetime(2020, 12, 18, 12, tzinfo=CHINA)
PLAN = Plan(
    "plan.title",
    (
        Deadline("plan.start.late", NOON - timedelta(days=1)),
        Deadline("plan.photo", NOON + timedelta(days=1)),
        Deadline("plan.closes", NOON + timedelta(days=2), closing=True),
        Deadline("plan.pay-by", NOON + timedelta(days=30)),
    ),
    NOON,
    args={"exam": Named("exam", "class-1-constructor"), "province": Named("province", "jiangsu")},
)


@pytest.mark.parametrize(("size", "language"), EVERY)
async def test_the_deadlines_stand_on_a_time_line_on_their_page_and_in_the_conversation(
    size: tuple[int, int], language: str
) -> None:
    conversation = bringing(PLAN, language=language)
    conversation.plan = PLAN
    far = {"en": ["yesterday", "today", "tomorrow", "in2days", "in30days"]}
    far["zh"] = ["昨天", "今天", "明天", "2天后", "30天后"]
    signs = ["●", "◎", "○", "◆", "○"]
    async with seated(conversation, size=size) as seat:
        await seat.type("王小明")
        shown = seat.app.screen.query(Bubble).last()
        card = [flat(line) for line in shown.at(shown.content_size.width).plain.split("\n")]
        await seat.press("f9", "2")
        lines = [flat(strip.text) for strip in seat.app.screen._compositor.render_strips()]
        for drawn in (card, lines):
            assert [line[1:] for line in drawn if line[:1] in signs] == [
                away + what for away, what in zip(far[language], what_is_due(language), strict=True)
            ]
            assert [line[0] for line in drawn if line[:1] in signs] == signs


def what_is_due(language: str) -> list[str]:
    now = {"en": "18December202012:00(Chinatime)", "zh": "2020年12月18日12:00"}[language]
    start, *ahead = (said(language, each.label) for each in PLAN.deadlines)
    return [start, now, *ahead]


async def test_the_leaves_change_by_a_click() -> None:
    async with seated(FakeConversation((NAME,))) as seat:
        await seat.press("f9")
        plan = next(hint for hint in seat.app.screen.query(KeyHint) if hint.action == "plan")
        await seat.click(plan, offset=(0, 0))
        assert said("en", "tasks.no-plan")[:16] in seat.shown()


@pytest.mark.parametrize(("size", "rail", "pane"), [((80, 24), 0, 0), ((120, 40), 1, 0), ((160, 50), 1, 1)])
async def test_the_rail_and_the_notice_stand_where_there_is_room(
    size: tuple[int, int], rail: int, pane: int
) -> None:
    async with seated(FakeConversation((SUBJECTS,), language="zh"), size=size) as seat:
        shown = [seat.app.screen.query_one(id).display for id in ("#rail", "#notice-pane")]
        assert shown == [bool(rail), bool(pane)]
        assert (said("zh", "tasks.brief.photo") in seat.shown()) == bool(rail)
        assert ("问答11.3" in seat.shown()) == bool(pane)
        assert (flat(content().item(11, "zh").title) in seat.shown()) == bool(pane)
