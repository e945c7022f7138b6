"""Messages and prompts become sentences in either language."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from assistant.clock import CHINA
from assistant.conversation.blocks import Line, Link, Moment, Pair, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.messages import (
    Answered,
    Card,
    Citation,
    Deadline,
    Document,
    Echoed,
    Objected,
    Plan,
    Progress,
    Prompt,
    Row,
    Said,
)
from assistant.conversation.wording import Wording
from flows.verdict import Arg, Named, Problem
from tests.assistant.kiosk.scripted import FIRST_TIME, NAME
from tests.factories import content


@pytest.fixture(name="english")
def _english() -> Wording:
    return Wording(content(), "en")


@pytest.fixture(name="chinese")
def _chinese() -> Wording:
    return Wording(content(), "zh")


def test_an_unknown_sentence_or_a_place_without_its_argument_is_a_fault(english: Wording) -> None:
    with pytest.raises(KeyError):
        english.text("said.no-such-sentence")
    with pytest.raises(KeyError):
        english.text("face.citation", {"item": 1})


@pytest.mark.parametrize(
    ("arg", "en", "zh"),
    [
        (date(2020, 7, 1), "1 July 2020", "2020年7月1日"),
        (
            datetime(2020, 7, 1, 9, 5, tzinfo=CHINA),
            "1 July 2020 09:05 (China time)",
            "2020年7月1日 09:05",
        ),
        (2.5, "2.5", "2.5"),
        (4.0, "4", "4"),
        (("a", "b", "c"), "a, b and c", "a、b和c"),
        (Named("province", "jiangsu"), "Jiangsu", "江苏省"),
        (Named("city", "jiangsu/nanjing"), "Nanjing", "南京市"),
        (Named("exam", "class-1-constructor"), "Class-1 constructor", "一级建造师"),
        (Named("province", "atlantis"), "atlantis", "atlantis"),
    ],
)
def test_arguments_are_said_as_the_language_does(arg: Arg, en: str, zh: str) -> None:
    assert Wording(content(), "en").arg(arg) == en
    assert Wording(content(), "zh").arg(arg) == zh


def test_a_fact_of_one_of_several_records_is_named_with_its_number(english: Wording) -> None:
    school = english.text("fact.education.school")
    assert english.arg(Named("fact", "education.0.school")) == f"{school} (1)"
    assert english.fact("education.1.school") == f"{school} (2)"
    assert english.arg(Named("fact", "name")) == english.text("fact.name")


def test_hidden_characters_and_braces_in_an_argument_reach_nobody(english: Wording) -> None:
    said = english.text("face.asked", {"question": "a\x1b[31m\u202eb{of}"})
    assert said == "You asked: a[31mb{of}"


def test_an_objection_says_each_problem(english: Wording) -> None:
    problems = (Problem("name-missing"), Problem("mobile-missing"))
    block = english.message(Objected("name", problems))
    assert [part.text for part in block.parts if isinstance(part, Line)] == [
        english.problem(each) for each in problems
    ]


def test_an_answer_quotes_the_notice_with_item_and_paragraph(english: Wording, chinese: Wording) -> None:
    answered = Answered("who signs?", "answered", (Citation(5, "5.1"),))
    for wording in (english, chinese):
        quote = next(part for part in wording.message(answered).parts if isinstance(part, Quote))
        paragraph = content().paragraph("5.1", wording.language)
        assert paragraph is not None
        assert quote.text == paragraph.text
        assert "5.1" in quote.source


@pytest.mark.req("P.8")
def test_an_answer_that_a_later_rule_overrides_says_so_with_date_and_source(english: Wording) -> None:
    rule = content().editions["current"].later_rules[0]
    answered = Answered("q", "answered", (Citation(5, "5.1"),), later_rule=rule.id)
    quotes = [part for part in english.message(answered).parts if isinstance(part, Quote)]
    assert quotes[-1].text == rule.text.en
    assert rule.date in quotes[-1].source
    assert rule.source in quotes[-1].source


def test_suggestions_stand_with_what_to_type(english: Wording) -> None:
    block = english.message(Answered("q", "suggested", (Citation(14, "14.1"), Citation(14, "14.2"))))
    links = [part for part in block.parts if isinstance(part, Link)]
    assert [link.command for link in links] == [Command("item", "14")]


def test_an_honest_no_says_who_can_answer(english: Wording) -> None:
    said = english.message(Answered("q", "unanswered", (), contact="025-1234"))
    assert "025-1234" in " ".join(part.text for part in said.parts if isinstance(part, Line))


def test_a_card_has_a_pair_a_row_and_keeps_which_can_be_changed(chinese: Wording) -> None:
    card = Card(
        "review",
        "column.title",
        (Row("fact.name", "王小明", "name"), Row("fact.province", Named("province", "jiangsu"))),
    )
    block = chinese.message(card)
    assert [(part.value, part.key) for part in block.parts if isinstance(part, Pair)] == [
        ("王小明", "name"),
        ("江苏省", None),
    ]


NIGHT = datetime(2020, 12, 18, 23, 30, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("away", "state", "en", "zh"),
    [
        (timedelta(days=-2), "past", "2 days ago", "2 天前"),
        (timedelta(days=-1), "past", "yesterday", "昨天"),
        (timedelta(hours=-23), "past", "earlier today", "今天已过"),
        (timedelta(0), "past", "earlier today", "今天已过"),
        (timedelta(minutes=29), "ahead", "later today", "今天之内"),
        (timedelta(minutes=31), "ahead", "tomorrow", "明天"),
        (timedelta(days=1, minutes=31), "ahead", "in 2 days", "2 天后"),
    ],
)
def test_how_far_away_a_deadline_is_counts_by_the_calendar_of_china(
    english: Wording, chinese: Wording, away: timedelta, state: str, en: str, zh: str
) -> None:
    # The machine's own zone changes nothing.
    plan = Plan("column.title", (Deadline("plan.photo", NIGHT + away),), NIGHT.astimezone(UTC))
    for wording, said in ((english, en), (chinese, zh)):
        found = [part for part in wording.message(plan).parts if isinstance(part, Moment)]
        (date,) = (each for each in found if each.state != "now")
        assert (date.away, date.state) == (said, state)
        assert [each.state for each in found] == (["past", "now"] if state == "past" else ["now", "ahead"])


def test_an_echo_that_cannot_be_corrected_offers_no_change(english: Wording) -> None:
    block = english.message(Echoed("name", "Wang", correctable=False))
    assert [part.key for part in block.parts if isinstance(part, Pair)] == [None]


def test_a_paper_is_shown_in_the_readers_language(english: Wording, chinese: Wording) -> None:
    paper = Document("commitment-letter", "I promise", "本人承诺")
    assert english.message(paper).parts == (Line("I promise", "heading"),)
    assert chinese.message(paper).parts == (Line("本人承诺", "heading"),)


def test_a_prompt_has_its_options_and_why_one_cannot_be_picked(english: Wording) -> None:
    first, second = FIRST_TIME.options
    prompt = replace(FIRST_TIME, options=(first, replace(second, refused=Problem("name-missing"))))
    asked = english.prompt(prompt)
    assert [option.id for option in asked.options] == ["yes", "no"]
    assert asked.options[0].refused == ""
    assert asked.options[1].refused == english.problem(Problem("name-missing"))


def test_a_prompt_without_written_help_or_example_goes_without(english: Wording) -> None:
    asked = english.prompt(Prompt("name", "text", "ask.name", help="help.none", example="example.none"))
    assert (asked.help, asked.example) == ((), "")
    assert english.prompt(NAME).help


def test_progress_is_said_in_words(english: Wording) -> None:
    said = english.progress(Progress("account", 10, "register", 7, 22))
    assert said.startswith("Step 7 of 22: ")


def test_a_message_keeps_its_meaning_when_the_language_changes(english: Wording, chinese: Wording) -> None:
    hello = Said("said.hello")
    assert english.message(hello).kind == chinese.message(hello).kind
    assert english.message(hello) != chinese.message(hello)
