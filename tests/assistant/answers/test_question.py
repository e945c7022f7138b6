"""A question is told from a plain answer, and its language from its letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answers import language_of, looks_like_question
from assistant.answers.question import LONGEST, can_read, cut


@pytest.mark.parametrize(
    "typed",
    [
        "what is a verification point",
        "How do I pay",
        "can my brother sign it",
        "why",
        "where do I upload the picture",
        "is there a list of exams",
        "Does the hat matter?",
        "password?",
        "密码怎么设",
        "可以代签吗",
        "能不能以后再填",
        "核查点是什么",
        "为什么选不了科目",
        "学位也要填呢",
        "请问照片多大",
        "谁来核查",
        "照片？",
    ],
)
def test_a_question_is_seen(typed: str) -> None:
    assert looks_like_question(typed, "en")
    assert looks_like_question(f"  {typed} ", "zh")


@pytest.mark.parametrize(
    "typed",
    [
        "Will Smith",
        "May Chen",
        "Can Xue",
        "Do Kyung Soo",
        "How Wei",
        "Who Wong",
        "Is Abelle",
        "What",
        "何时希",
        "王小明",
        "多尔衮",
        "清华大学",
        "能源与动力工程",
        "Harvard University",
        "13812345678",
        "11010519491231002X",
        "2005-07",
        "2002?",
        "Abc12345?",
        "a@b.example",
        "可以",
        "没什么",
        "yes",
        "?",
        "？",
        "",
        "   ",
        "my degree is from 1999, not 2005",
        "我的学位是1999年的，不是2005年",
    ],
)
def test_a_plain_answer_is_not_taken_for_a_question(typed: str) -> None:
    assert not looks_like_question(typed, "en")
    assert not looks_like_question(typed, "zh")


@pytest.mark.parametrize(
    ("text", "otherwise", "expected"),
    [
        ("照片 size", "en", "zh"),
        ("photo size", "zh", "en"),
        ("24?", "zh", "zh"),
        ("24?", "en", "en"),
        ("Как", "zh", "zh"),
        ("登録はどこ", "en", "en"),
    ],
)
def test_letters_tell_the_language(text: str, otherwise: str, expected: str) -> None:
    assert language_of(text, otherwise) == expected


@pytest.mark.parametrize(
    ("text", "readable"), [("你好 hello", True), ("Как", False), ("登録はどこ", False), ("", True)]
)
def test_a_script_that_we_do_not_read_is_told(text: str, readable: bool) -> None:
    assert can_read(text) is readable


@given(st.text())
def test_what_is_looked_at_is_short_printable_and_stable(text: str) -> None:
    seen = cut(text)
    assert len(seen) <= LONGEST
    assert seen.isprintable()
    assert cut(seen) == seen
    looks_like_question(text, "en")
