"""Lines break as Chinese and English are written, at any width."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.linebreak import CLOSING, OPENING, cells, wrap
from tests.factories import content

TEXTS = st.text(alphabet="汉字报名，。“”（）《》、：abc XY12.-—…()\n", max_size=120)


@given(TEXTS, st.integers(2, 60))
def test_no_line_is_wider_than_the_width_and_no_character_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cells(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@cache
def paragraphs() -> dict[str, int]:
    """Every paragraph of the notice and of our sentences in Chinese, with its cells."""
    said = content()
    texts = [p.text for item in said.notices["zh"] for p in item.paragraphs] + list(said.words["zh"].values())
    return {paragraph: cells(paragraph) for text in texts for paragraph in text.split("\n")}


@pytest.mark.parametrize("width", range(40, 161))
def test_no_line_of_the_notice_or_of_our_sentences_begins_with_closing_punctuation(width: int) -> None:
    # What fits on a line is not broken; half of the time would go by on it.
    broken = {text: wrap(text, width) for text, wide in paragraphs().items() if wide > width}
    assert broken
    for text, lines in broken.items():
        assert len(lines) > 1, text
        assert not {line.lstrip()[0] for line in lines[1:]} & CLOSING, text
        assert not {line[-1] for line in lines[:-1]} & OPENING, text


def test_a_latin_word_and_a_number_stay_whole() -> None:
    assert wrap("身份证号码为110105199001011234请核对", 20) == [
        "身份证号码为",
        "110105199001011234请",
        "核对",
    ]
    assert wrap("come back on 2020-07-02 then", 16) == ["come back on", "2020-07-02 then"]


def test_a_word_longer_than_a_line_is_folded() -> None:
    assert wrap("abcdefghij", 4) == ["abcd", "efgh", "ij"]


def test_line_feeds_stay() -> None:
    assert wrap("甲\n\n乙", 10) == ["甲", "", "乙"]
