"""A notice in any usual form becomes items, and what cannot be read is named with its line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.damage import damaged
from content.decoding import Decoded, decoded
from content.importing import read
from content.loader import notice_in
from content.notices import Finding, written
from content.schema import Item, Paragraph

SOURCE = Path(__file__).parent / "notices" / "pilot-garbled.txt"

Form = tuple[str, str, str]
"""How the question is written, how the answer, and what stands between paragraphs."""

HAN = "零一二三四五六七八九"
ENGLISH: tuple[Form, ...] = (
    ("{n}. {title}", "A: ", "\n\n"),
    ("{n}) {title}", "Answer: ", "\n"),
    ("Q{n}: {title}", "A{n}: ", "\n\n"),
    ("Q: {title}", "A: ", "\n"),
    ("## {n}. {title}", "**A:** ", "\n\n"),
    ("**Question {n}. {title}**", "a: ", "\n\n"),
)
CHINESE: tuple[Form, ...] = (
    ("{n}、{title}", "答：", "\n"),
    ("{n}．{title}", "答:", "\n\n"),
    ("{wide}．{title}", "答：", "\n"),
    ("{han}、{title}", "答：", "\n\n"),
    ("（{han}）{title}", "答：", "\n"),
    ("问：{title}", "答：", "\n"),
    ("问题{n}：{title}", "回答：", "\n\n"),
    ("第{han}条 {title}", "答复：", "\n"),
)


def found(text: str) -> list[tuple[str, int, str]]:
    notice = read(text)
    return [(each.code, each.line, each.place) for each in (*notice.findings, *damaged(notice, text))]


def han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else HAN[tens]) + ("十" if tens else "") + (HAN[ones] if ones else "")


def printed(items: tuple[Item, ...], form: Form, gap: str) -> str:
    question, answer, between = form
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return gap.join(
        question.format(
            n=item.number, title=item.title, han=han(item.number), wide=str(item.number).translate(wide)
        )
        + gap[:1]
        + answer.format(n=item.number)
        + between.join(each.text for each in item.paragraphs)
        for item in items
    )


def notices(
    words: st.SearchStrategy[str], asks: str, ends: str, space: str
) -> st.SearchStrategy[tuple[Item, ...]]:
    sentence = st.lists(words, min_size=3, max_size=9).map(lambda each: space.join(each) + ends)
    plain = st.lists(sentence, min_size=1, max_size=3)
    points = plain.map(lambda each: [f"({at}) {text}" for at, text in enumerate(each, 1)])
    one = st.tuples(sentence.map(lambda each: each[:-1] + asks), plain | points)
    return st.lists(one, min_size=1, max_size=23).map(
        lambda all_: tuple(
            Item(
                number=n,
                title=title,
                paragraphs=tuple(Paragraph(id=f"{n}.{at}", text=text) for at, text in enumerate(texts, 1)),
            )
            for n, (title, texts) in enumerate(all_, 1)
        )
    )


ENGLISH_NOTICES = notices(
    st.sampled_from(["Apply", "before", "noon", "with", "photo", "degree", "letter", "office", "exam"]),
    "?",
    ".",
    " ",
)
CHINESE_NOTICES = notices(
    st.sampled_from(["报考人员", "应当", "填写", "学历", "信息", "承诺书", "照片", "核验", "缴费", "１２元"]),
    "？",
    "。",
    "",
)


def test_the_notice_as_it_was_given_is_18_items_and_its_damage_is_named() -> None:
    text = SOURCE.read_text(encoding="utf-8")
    notice = read(text)
    assert [item.number for item in notice.items] == list(range(1, 19))
    counts = [len(item.paragraphs) for item in notice.items]
    assert counts == [1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 6, 2, 7, 6, 4, 3, 1, 5]
    assert found(text) == [
        ("notice-before", 1, ""),
        ("notice-number-unread", 49, "11"),
        ("notice-title-garbled", 49, "11"),
        ("notice-number-broken", 67, "12.2"),
        ("notice-begins-small", 99, "13.6"),
        ("notice-begins-small", 121, "15"),
        ("notice-begins-small", 127, "15.3"),
        ("notice-point-number", 135, "16.2"),
        ("notice-word-twice", 135, "16.2"),
    ]
    assert notice.items[17].paragraphs[4].text.startswith("5. If the online verification")
    assert notice.items[12].paragraphs[5].text.startswith("(6) special circumstances audit: If online")


@pytest.mark.parametrize("form", ENGLISH)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@given(items=ENGLISH_NOTICES)
@settings(max_examples=15, deadline=None)
def test_an_english_notice_in_any_form_comes_back(form: Form, gap: str, items: tuple[Item, ...]) -> None:
    notice = read(printed(items, form, gap))
    assert (notice.language, notice.items) == ("en", items)
    assert notice.findings == ()


@pytest.mark.parametrize("form", CHINESE)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@given(items=CHINESE_NOTICES)
@settings(max_examples=15, deadline=None)
def test_a_chinese_notice_in_any_form_comes_back(form: Form, gap: str, items: tuple[Item, ...]) -> None:
    notice = read(printed(items, form, gap))
    assert (notice.language, notice.items) == ("zh", items)
    assert notice.findings == ()


@given(items=ENGLISH_NOTICES | CHINESE_NOTICES)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_what_the_content_reads(items: tuple[Item, ...]) -> None:
    notice = read(printed(items, ("{n}. {title}", "A: ", "\n"), "\n\n"))
    assert notice_in(written(notice), f"notice.{notice.language}.md") == items


@given(
    text=st.text(
        st.sampled_from("12一、.．: Qq问Aa答：()（）[]?？\n\n #*“”\ufffd\x0b\u2028词w"), max_size=120
    )
)
@settings(max_examples=200, deadline=None)
def test_whatever_is_read_names_lines_of_the_file_and_fits_on_lines_of_a_pack(text: str) -> None:
    notice = read(text)
    lines = text.count("\n") + 1
    assert all(1 <= each.line <= lines for each in (*notice.findings, *damaged(notice, text)))
    assert notice.items or notice.refusals
    numbers = [item.number for item in notice.items]
    if numbers == list(range(1, len(numbers) + 1)) and all(item.paragraphs for item in notice.items):
        back = notice_in(written(notice), "notice.md")
        assert [each.paragraphs for each in back] == [each.paragraphs for each in notice.items]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "big5"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_text_is_the_same_in_every_encoding_and_with_every_line_end(encoding: str, end: str) -> None:
    text = (
        "1、什么是告知承诺制？\n答：由考試機構告知。\n"
        if encoding == "big5"
        else "1、什么是告知？\n答：“考试”机构告知。\n"
    )
    text = text.replace("什么", "何") if encoding == "big5" else text
    read_as = decoded(text.replace("\n", end).encode(encoding, "ignore"))
    assert isinstance(read_as, Decoded)
    assert read_as.text == text.encode(encoding, "ignore").decode(encoding)
    assert read_as.certain == (encoding in {"utf-8", "utf-8-sig", "utf-16", "utf-32"})


def test_western_text_and_damaged_utf_8_are_not_taken_for_chinese() -> None:
    western = decoded("1. What’s the fee?\nA: 30 € – “more” for some.\n".encode("cp1252"))
    assert isinstance(western, Decoded)
    assert "What’s the fee" in western.text
    broken = decoded("1、什么是告知承诺制？\n答：由考试机构告知报考人员。".encode()[:-4])
    assert isinstance(broken, Decoded)
    assert (broken.encoding, broken.certain, broken.text[-1]) == ("utf-8", False, "\ufffd")


@pytest.mark.parametrize(
    ("data", "at"),
    [(b"%PDF-1.7 1. a?", 0), (b"PK\x03\x04", 0), (b"1. a?\nA: b\0c d", 10), (b"a\x01\x02\x03\x04b", 1)],
)
def test_what_is_no_text_is_told_with_the_place(data: bytes, at: int) -> None:
    assert decoded(data) == at


GOOD = "1. What is it?\nA: It is a paper.\n2. Who signs it?\nA: The applicant signs it.\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, []),
        ("", [("notice-no-items", 1, "")]),
        ("Some text.\n\nMore of it.", [("notice-no-items", 1, "")]),
        ("## 1. It?\n\n[1.1] One.\n[1.2] Two.\n", [("notice-is-pack", 1, "")]),
        (GOOD.replace("2.", "3."), [("notice-number-missing", 3, "")]),
        (GOOD.replace("2.", "1."), [("notice-number-twice", 3, "1")]),
        (GOOD.replace("1.", "3."), [("notice-number-order", 3, "2"), ("notice-number-missing", 3, "")]),
        (GOOD.replace("A: It is a paper.\n", ""), [("notice-no-answer", 1, "1")]),
        (GOOD.replace("A: It", "It"), [("notice-answer-unmarked", 1, "1")]),
        (GOOD.replace("A: The applicant signs it.\n", ""), [("notice-no-answer", 3, "2")]),
        (GOOD.replace("What is it?", "4471"), [("notice-title-garbled", 1, "1")]),
        (
            GOOD.replace("1. What is it?", "4471"),
            [("notice-number-unread", 1, "1"), ("notice-title-garbled", 1, "1")],
        ),
        (GOOD.replace("is it?", "is the and"), [("notice-title-cut", 1, "1")]),
        (GOOD.replace("paper.", "pa\ufffder."), [("notice-signs-lost", 2, "1.1")]),
        (GOOD.replace("paper.", "pa\x07er."), [("notice-control", 2, "1.1")]),
        (GOOD.replace("a paper", "a (paper"), [("notice-unpaired", 2, "1.1")]),
        (GOOD.replace("a paper", 'a "paper'), [("notice-unpaired", 2, "1.1")]),
        (GOOD.replace("a paper.", "a paper and the"), [("notice-cut", 2, "1.1")]),
        (GOOD.replace("a paper", "a paper paper"), [("notice-word-twice", 2, "1.1")]),
        (GOOD.replace("a paper", "295px*4 13px"), [("notice-number-broken", 2, "1.1")]),
        (GOOD.replace("It is a paper.", "(1) It is.\n(3) It was."), [("notice-point-number", 3, "1.2")]),
        (
            GOOD.replace("It is a paper.", "(1) It is.\n(2) It was.\n(III) It will be."),
            [("notice-point-number", 4, "1.3")],
        ),
        (GOOD.replace("2. Who", "It goes on.\nA: More.\n2. Who"), [("notice-answer-twice", 4, "1")]),
        (GOOD.replace("2. Who signs it?\n", ""), [("notice-answer-twice", 3, "1")]),
        ("Home\nNews\n\n" + GOOD, [("notice-before", 1, "")]),
    ],
)
def test_each_damage_is_named_with_its_line(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert found(text) == expected


def test_points_are_no_items_and_an_index_in_front_is_no_second_notice() -> None:
    answer = "A: 1. Fill it in.\n2. Print it.\n3. Sign it.\n"
    text = f"1. What is it?\n2. Who signs it?\n\n1. What is it?\n{answer}2. Who signs it?\nA: You do.\n"
    notice = read(text)
    assert [len(item.paragraphs) for item in notice.items] == [3, 1]
    assert [each.code for each in notice.findings] == ["notice-before"]


def test_a_title_and_a_paragraph_over_several_lines_are_joined() -> None:
    text = "1. What is the\nsystem?\nA: It is one that\nasks nothing.\nIt is new.\n"
    text += "2. 谁来签？ 答：报考人员\n签署。\n"
    english, chinese = read(text).items
    assert english.title == "What is the system?"
    assert [each.text for each in english.paragraphs] == ["It is one that asks nothing.", "It is new."]
    assert (chinese.title, chinese.paragraphs[0].text) == ("谁来签？", "报考人员签署。")


def test_a_heading_within_the_file_is_kept_when_it_is_one_line() -> None:
    assert written(read(f"Questions and answers\n\n{GOOD}")).startswith(
        "# Questions and answers\n\n## 1. What"
    )
    assert re.match("## 1", written(read(GOOD)))


def test_every_finding_has_words() -> None:
    from tests.factories import content

    code = Finding("notice-cut", 1).code
    folder = Path(__file__).parents[2]
    named = {
        each
        for name in ("content/importing.py", "content/damage.py", "assistant/notices.py")
        for each in re.findall('"(notice-[a-z-]+)"', (folder / name).read_text(encoding="utf-8"))
    }
    assert code in named
    assert len(named) > 20
    assert {each for each in named if f"problem.{each}" not in content().words["en"]} == set()
