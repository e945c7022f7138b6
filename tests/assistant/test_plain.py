"""Line by line: the whole journey without a cursor, for screen readers, pipes and plain terminals."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from assistant.clock import CHINA
from assistant.conversation.inputs import Text
from assistant.conversation.messages import Deadline, Plan
from assistant.conversation.paragraphs import paragraphs
from assistant.conversation.wording import Wording
from assistant.plain import run_plain
from flows.verdict import Problem
from tests.assistant.kiosk.scripted import (
    END,
    FIRST_TIME,
    NAME,
    PASSWORD,
    FakeConversation,
    refused,
)
from tests.factories import content


def talk(conversation: FakeConversation, *lines: str) -> list[str]:
    """Type lines into a pipe and return the paragraphs that come back."""
    writer = io.StringIO()
    reader = io.StringIO("".join(f"{line}\n" for line in lines))
    assert run_plain(conversation, lambda language: Wording(content(), language), reader, writer) == 0
    return [each for each in writer.getvalue().split("\n\n") if each.strip()]


def test_progress_and_options_are_said_as_text() -> None:
    told = talk(FakeConversation((FIRST_TIME,)))
    assert any(each.startswith("Step 8 of 22: ") for each in told)
    assert any(each.startswith("1. ") for each in told)
    assert any(each.startswith("2. ") for each in told)


@pytest.mark.parametrize(
    ("language", "over", "here", "closes"),
    [
        (
            "en",
            "Safe start, now over: begin at once: 17 December 2020 12:00 (China time), yesterday",
            "Now: 18 December 2020 12:00 (China time), today",
            "Confirm before registration closes: 20 December 2020 12:00 (China time), in 2 days",
        ),
        (
            "zh",
            "稳妥的开始时间已过，请立即办理：2020年12月17日 12:00，昨天",
            "现在：2020年12月18日 12:00，今天",
            "报名截止，请在此之前完成信息确认：2020年12月20日 12:00，2 天后",
        ),
    ],
)
def test_deadlines_are_lines_of_text_that_say_how_far_away_they_are(
    language: str, over: str, here: str, closes: str
) -> None:
    wording = Wording(content(), language)
    noon = datetime(2020, 12, 18, 12, tzinfo=CHINA)
    dates = (
        Deadline("plan.start.late", noon - timedelta(days=1)),
        Deadline("plan.closes", noon + timedelta(days=2), closing=True),
    )
    (told,) = paragraphs(wording.message(Plan("column.title", dates, noon)), wording)
    assert told.split("\n")[1:] == [over, here, closes]


@pytest.mark.parametrize(("language", "mark"), [("en", "Error: "), ("zh", "错误：")])
def test_an_error_begins_with_the_word_for_it(language: str, mark: str) -> None:
    conversation = FakeConversation((NAME,), language=language, refuses={"x": Problem("name-missing")})
    told = talk(conversation, "x")
    problem = Wording(content(), language).problem(Problem("name-missing"))
    assert any(each.endswith(mark + problem) for each in told)


def test_what_is_typed_reaches_the_conversation_as_it_is() -> None:
    conversation = FakeConversation((FIRST_TIME, NAME, PASSWORD, END))
    talk(conversation, "2", "王小明", " Aa1 ", "/status")
    assert conversation.given == [Text("2"), Text("王小明"), Text(" Aa1 "), Text("/status")]


def test_nothing_moves_the_cursor_and_nothing_is_coloured() -> None:
    conversation = FakeConversation((NAME, NAME))
    told = "".join(talk(conversation, "a\x1b[31m\x07b"))
    assert not [each for each in told if each < " " and each != "\n"]


def test_an_empty_line_keeps_what_was_entered_before() -> None:
    conversation = FakeConversation((replace(NAME, preset="王小明"), END))
    told = talk(conversation, "")
    assert conversation.given == [Text("王小明")]
    assert any("王小明" in each for each in told)


def test_nothing_private_is_offered_in_clear() -> None:
    conversation = FakeConversation((replace(NAME, preset="4111", private=True), END))
    assert not any("4111" in each for each in talk(conversation, ""))
    assert conversation.given == [Text("")]


def test_what_was_just_refused_is_not_offered_to_be_kept() -> None:
    refuses = {"W4ng": Problem("name-missing")}
    conversation = FakeConversation((replace(NAME, preset="W4ng"), END), refuses=refuses)
    talk(conversation, "W4ng", "")
    assert conversation.given == [Text("W4ng"), Text("")]


def test_after_a_question_in_the_middle_only_the_question_is_said_again() -> None:
    conversation = FakeConversation((FIRST_TIME,))
    told = talk(conversation, "who signs?")
    first_option = Wording(content(), "en").prompt(FIRST_TIME).options[0].label
    assert sum(first_option in each for each in told) == 1
    assert told.count(Wording(content(), "en").text("ask.first_time")) == 2


def test_the_end_of_the_input_says_how_to_come_back() -> None:
    assert "ABCD-2345" in talk(FakeConversation((NAME, END)), "Wang")[-1]
    nothing = Wording(content(), "en").text("face.plain.nothing-saved")
    assert talk(FakeConversation((NAME,)))[-1].endswith(nothing)


def test_a_turn_that_the_store_refuses_says_why_and_the_prompt_stands_again() -> None:
    conversation = FakeConversation((NAME, END), fails={"Wang": refused("name-missing")})
    words = content().words["en"]
    told = talk(conversation, "Wang", "Li")
    assert any(each.endswith("Error: " + words["problem.name-missing"]) for each in told)
    assert conversation.given == [Text("Wang"), Text("Li")]


def test_importing_it_loads_no_screen() -> None:
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            "import assistant.plain, sys; print([m for m in ('textual', 'rich') if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == "[]"
