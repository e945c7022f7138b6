"""The question of an item itself finds the item, though it was typed badly; another question does not."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answers import Answers
from assistant.answers.headings import Headings
from content.schema import LANGUAGES
from flows import characters
from tests.factories import content

ANSWERS = Answers(content())
HEADINGS = {
    language: Headings(((item.number, item.title) for item in content().notices[language]), language)
    for language in LANGUAGES
}


@st.composite
def mistyped(draw: st.DrawFn, title: str) -> str:
    """Type a title with two slips: letters swapped or left out; characters left out or of the same sound."""
    for _ in range(2):
        if re.search("[a-z]{4}", title):
            words = [found.span() for found in re.finditer("[A-Za-z]{4,}", title)]
            begins, ends = draw(st.sampled_from(words))
            at = draw(st.integers(begins, ends - 2))
            swapped = title[at + 1] + title[at] if draw(st.booleans()) else title[at + 1]
            title = title[:at] + swapped + title[at + 2 :]
        else:
            at = draw(st.sampled_from([n for n, sign in enumerate(title) if "\u4e00" <= sign <= "\u9fff"]))
            title = title[:at] + draw(st.sampled_from(("", *alike(title[at])))) + title[at + 1 :]
    return title


def alike(char: str) -> tuple[str, ...]:
    """Return characters that sound like one."""
    (found,) = characters.find(char)
    sound = found.pinyin[0] if found.pinyin else ""
    return tuple(each.char for each in characters.find(sound, 6) if each.char != char) if sound else ()


@pytest.mark.parametrize("number", range(1, 19))
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_heading_with_two_typos_finds_its_item(data: st.DataObject, language: str, number: int) -> None:
    typed = data.draw(mistyped(content().item(number, language).title))
    found = ANSWERS.ask(typed, language, "pilot")
    assert (found.status, found.faq[0]) == ("answered", number), typed


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("用户注销时应注意哪些事项？", "zh"),
        ("用户登录时应注意哪些事项？", "zh"),
        ("适用告知承诺制的报考人员如何报名？", "zh"),
        ("用户注册的具体费用是什么？", "zh"),
        ("What are the costs of user registration?", "en"),
        ("What happens in the case of a false photo?", "en"),
        ("What does the applicant need to bring?", "en"),
        ("", "en"),
        ("?", "zh"),
    ],
)
def test_a_question_that_only_looks_like_a_heading_is_weighed(typed: str, language: str) -> None:
    assert HEADINGS[language].meant(typed) is None


def test_two_headings_that_are_as_near_decide_nothing() -> None:
    near = Headings(((1, "How do I pay a fee"), (2, "How do I pay a fen")), "en")
    assert near.meant("How do I pay a fex") is None
    assert near.meant("how do i pay a fen?") == 2
