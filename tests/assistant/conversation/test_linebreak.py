"""Lines break as Chinese and English are written, at any width."""

from __future__ import annotations

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


@pytest.mark.parametrize("width", range(40, 161, 3))
def test_no_line_of_the_notice_or_of_our_sentences_begins_with_closing_punctuation(width: int) -> None:
    said = content()
    texts = [p.text for item in said.notices["zh"] for p in item.paragraphs] + list(said.words["zh"].values())
    for text in texts:
        starts = {line.lstrip()[0] for paragraph in text.split("\n") for line in wrap(paragraph, width)[1:]}
        assert not starts & CLOSING, text
        ends = {line[-1] for line in wrap(text, width)[:-1] if line}
        assert not ends & OPENING, text


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
