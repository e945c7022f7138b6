"""A question finds its passage with date and source, or an honest word that the notice does not answer it."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answers import Answers, later_rule, quote
from assistant.answers.question import LONGEST
from assistant.answers.training import fingerprint
from assistant.answers.ways import read_decoys, read_phrasings, sources, trained
from content.schema import LANGUAGES
from tests.factories import content


@cache
def answers() -> Answers:
    return Answers(content())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_title_of_each_item_finds_the_item(language: str) -> None:
    for item in content().notices[language]:
        found = answers().ask(item.title, language, "pilot")
        assert (found.status, found.faq[:1]) == ("answered", (item.number,)), item.title


@pytest.mark.parametrize(
    ("question", "paragraph"),
    [
        ("what must a password look like", "11.4"),
        ("pasword rules", "11.4"),
        ("which backgruond colour has the photo", "12.3"),
        ("may someone else sign the letter on my behalf", "5.2"),
        ("can I still change the registration after I confirmed it", "13.5"),
        ("can a saved education record be deleted", "18.4"),
        ("密码有哪些要求", "11.4"),
        ("照片的背景颜色", "12.3"),
        ("承诺书能不能由朋友代签", "5.2"),
        ("学历信息保存以后可以删除吗", "18.4"),
        ("报名信息确认之后还可以修改吗", "13.5"),
    ],
)
def test_a_question_in_other_words_cites_the_paragraph(question: str, paragraph: str) -> None:
    found = answers().ask(question, "en", "pilot")
    assert found.status == "answered"
    assert found.citations[0] == (int(paragraph.partition(".")[0]), paragraph)


@pytest.mark.parametrize(
    ("question", "decoy"),
    [
        ("how much does the exam cost in yuan", "fee-amount"),
        ("on what date is the examination", "exam-date"),
        ("please tell me the pass mark", "pass-mark"),
        ("I need an invoice for my company", "invoice"),
        ("考试费用多少钱", "fee-amount"),
        ("几月几号开考", "exam-date"),
        ("多少分算及格", "pass-mark"),
        ("发票怎么开", "invoice"),
    ],
)
def test_what_the_notice_does_not_say_is_not_answered(question: str, decoy: str) -> None:
    found = answers().ask(question, "en", "pilot")
    assert (found.status, found.faq, found.citations) == ("unanswered", (), ())
    assert found.decoy == decoy


@pytest.mark.parametrize(
    "question",
    [
        "",
        "a",
        "密",
        "?",
        "？？！……",
        "\u202e\u200b",
        "😀😀",
        "\ud800",
        "[/x]",
        "[@click=app.quit]x[/]",
        "'; DROP TABLE users; --",
        "12345",
        "qwerty",
        "Как зарегистрироваться на экзамен?",
        "登録はどうすればいいですか",
        "시험 등록은 어떻게 하나요",
        "Comment puis-je m'inscrire",
        "a" * 100_000,
        "what " * 20_000,
        "[" * 100_000,
    ],
)
def test_what_is_no_question_of_ours_is_unanswered_and_fast(question: str) -> None:
    answers().ask("warm up", "en", "pilot")
    begun = time.perf_counter()
    found = answers().ask(question, "en", "pilot")
    assert time.perf_counter() - begun < 0.5
    assert (found.status, found.faq, found.citations) == ("unanswered", (), ())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=2000), st.sampled_from(LANGUAGES), st.sampled_from(["pilot", "current", "unknown"]))
def test_any_text_gets_an_answer_that_agrees_with_itself(text: str, language: str, edition: str) -> None:
    found = answers().ask(text, language, edition)
    assert found == answers().ask(text, language, edition)
    assert len(found.question) <= LONGEST
    assert 0.0 <= found.confidence <= 1.0
    assert (found.status == "unanswered") == (not found.faq) == (not found.citations)
    assert all(number in found.faq for number, _ in found.citations)
    assert all(content().paragraph(id, found.lang) is not None for _, id in found.citations)


@pytest.mark.req("P.8")
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quoted_passage_carries_its_date_and_source(language: str) -> None:
    found = answers().ask(content().item(12, language).title, language, "pilot")
    quoted = quote(content(), found)
    assert quoted
    for each in quoted:
        assert each.as_of == content().editions["pilot"].begins
        assert each.source == content().editions["pilot"].source
        assert content().item(each.item, language).title == each.title


@pytest.mark.req("P.8")
@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("which exams does the pilot cover", "scope"),
        ("what is the punishment for a false promise", "L.9"),
        ("承诺书可以由别人代签吗", "L.2"),
        ("how will the institution contact me", "L.5"),
        ("报考级别怎么选", "L.8"),
    ],
)
def test_a_later_rule_is_named_in_the_current_edition_only(question: str, rule: str) -> None:
    assert answers().ask(question, "en", "pilot").later_rule is None
    found = answers().ask(question, "en", "current")
    assert found.later_rule == rule
    told = later_rule(content(), found, "current")
    assert told is not None
    assert told.date
    assert told.source


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("can I withdraw my commitment", "L.2"),
        ("可以不采用告知承诺制吗", "L.1"),
        ("am I banned from the exam", "L.9"),
    ],
)
def test_a_later_rule_may_say_what_the_notice_does_not(question: str, rule: str) -> None:
    found = answers().ask(question, "en", "current")
    assert (found.status, found.later_rule) == ("unanswered", rule)
    assert answers().ask(question, "en", "pilot").later_rule is None


def test_each_paragraph_bearing_item_has_ways_of_asking_in_both_languages() -> None:
    counted: dict[tuple[int, str], int] = {}
    for phrasing in read_phrasings(content()):
        number = int(phrasing.paragraph.partition(".")[0])
        for language, texts in (("en", phrasing.en), ("zh", phrasing.zh)):
            counted[number, language] = counted.get((number, language), 0) + len(texts)
    assert set(counted) == {(number, language) for number in range(1, 19) for language in LANGUAGES}
    assert min(counted.values()) >= 40


def test_the_topics_that_the_notice_does_not_answer_are_many_and_told_in_both_languages() -> None:
    decoys = read_decoys(content())
    assert len({each.id for each in decoys}) == len(decoys)
    assert len([each for each in decoys if len(each.en) >= 4 and len(each.zh) >= 4]) >= 150
    assert all(len(each.en) >= 2 and len(each.zh) >= 2 for each in decoys)


EACH = 5
"""One of so many texts is asked: all of them would take a minute."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_has_learnt_how_people_ask(language: str) -> None:
    ways = [
        (int(phrasing.paragraph.partition(".")[0]), text)
        for phrasing in read_phrasings(content())
        for text in getattr(phrasing, language)
    ][::EACH]
    missed = [text for number, text in ways if answers().ask(text, language, "pilot").faq[:1] != (number,)]
    assert len(missed) <= 0.03 * len(ways), missed[:20]
    topics = [text for decoy in read_decoys(content()) for text in getattr(decoy, language)][::EACH]
    shown = [text for text in topics if answers().ask(text, language, "pilot").status == "answered"]
    assert len(shown) <= 0.03 * len(topics), shown[:20]


def test_the_model_was_made_from_what_lies_beside_it() -> None:
    with closing(sqlite3.connect(trained())) as file:
        ((made_from,),) = file.execute("SELECT value FROM about WHERE key = 'made-from'")
    assert made_from == fingerprint(sources()), "the model is older than its sources: run `make model`"
