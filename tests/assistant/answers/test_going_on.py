"""A follow-up is told from a question that stands by itself, and goes on only where its own words lead."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import Answers, going_on
from tests.factories import content

ANSWERS = Answers(content())


@pytest.mark.parametrize(
    ("typed", "more"),
    [
        ("and for a degree?", "for a degree"),
        ("And if I have a passport?", "I have a passport"),
        ("what about deleting", "deleting"),
        ("ok, and how about a hat?", "a hat"),
        ("那学位呢？", "学位"),
        ("那如果是护照呢", "护照"),
        ("护照呢？", "护照"),
        ("还有邮箱", "邮箱"),
    ],
)
def test_a_follow_up_says_what_it_adds(typed: str, more: str) -> None:
    assert going_on(typed, "en") == more


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "?",
        "呢",
        "and",
        "what is the password rule?",
        "怎么缴费？",
        "Andrew?",
        "and " + "I would like to know a lot about it " * 3,
        "那" + "我想问一下我的学历是不是可以在网上核验呢" * 2,
    ],
)
def test_a_question_that_stands_by_itself_goes_on_from_nothing(typed: str) -> None:
    assert going_on(typed, "en") is None


@pytest.mark.parametrize(
    ("more", "language", "item", "paragraph"),
    [("deleting", "en", 18, "18.4"), ("国外学历", "zh", 14, "14.4")],
)
def test_what_is_added_is_found_in_the_item_asked_before(
    more: str, language: str, item: int, paragraph: str
) -> None:
    found = ANSWERS.go_on(more, language, "pilot", item)
    assert found is not None
    assert (found.status, found.faq, found.citations[0]) == ("answered", (item,), (item, paragraph))


@pytest.mark.parametrize("item", range(1, 19))
@pytest.mark.parametrize(
    "more", ["the weather", "my dog", "Как", "", "天气", "小狗", "how much is it", "多少钱"]
)
def test_what_is_not_in_the_item_before_is_no_follow_up(more: str, item: int) -> None:
    assert ANSWERS.go_on(more, "zh", "pilot", item) is None


@given(st.text(max_size=400), st.integers(1, 18))
def test_any_text_goes_on_to_its_item_or_nowhere(text: str, item: int) -> None:
    going_on(text, "zh")
    found = ANSWERS.go_on(text, "zh", "pilot", item)
    assert found is None or {number for number, _ in found.citations} == {item}
