"""A pack that nobody wrote ways of asking for: found by its own words, honest, hard to upset."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.answers.indexing import build
from assistant.answers.packs import Pack
from content.schema import Item, Paragraph
from tests.factories import content


def item(number: int, title: str, *texts: str) -> Item:
    paragraphs = tuple(Paragraph(id=f"{number}.{at}", text=text) for at, text in enumerate(texts, 1))
    return Item(number=number, title=title, paragraphs=paragraphs)


@pytest.fixture(scope="module")
def notice(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    path = tmp_path_factory.mktemp("pack") / "notice.index"
    build(path, content().notices, {})
    path.chmod(0o444)
    path.parent.chmod(0o555)
    return Pack(path)


def test_every_question_of_the_pack_is_answered_by_its_item_in_both_languages(notice: Pack) -> None:
    for language in ("en", "zh"):
        for each in content().notices[language]:
            found = notice.ask(each.title, language)
            assert (found.status, found.faq) == ("answered", (each.number,)), each.title
            assert found.citations


@pytest.mark.parametrize(
    ("asked", "language", "item"),
    [
        ("How does the prommise letter get signd", "en", 5),
        ("degree certificat verification on the platfrom", "en", 18),
        ("虚假承诺有什么后果", "zh", 16),
    ],
)
def test_what_is_worded_or_typed_otherwise_is_suggested(
    notice: Pack, asked: str, language: str, item: int
) -> None:
    found = notice.ask(asked, language)
    assert found.status == "suggested"
    assert len(found.suggestions) <= 3
    assert item in found.suggestions


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "?",
        "？！。。。",
        "的",
        "the of and",
        "\x00",
        '" OR 1=1 --',
        "NEAR(a b) * ^ : { }",
        "[bold]<b>{0}%s",
        "экзамен",
        "\udcff",
        "zzyzx qwrtp xkcdw",
        "考" * 100_000,
        "x" * 100_000,
    ],
)
def test_what_cannot_be_answered_is_never_answered(notice: Pack, typed: str) -> None:
    for language in ("en", "zh"):
        found = notice.ask(typed, language)
        assert found.status != "answered"
        assert found.citations == () or found.status == "suggested"
        assert len(found.question) <= 300


def test_a_pack_of_one_item_answers_its_own_question_and_suggests_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "notice.index"
    build(path, {"en": [item(1, "Who signs the letter?", "The applicant signs.", "Nobody else may.")]}, {})
    pack = Pack(path)
    assert pack.ask("Who signs the leter?", "en").faq == (1,)
    assert pack.ask("must the letter be signed", "en").status == "suggested"
    assert pack.ask("what is the weather in Paris", "en").status == "unanswered"
    assert pack.ask("谁签署承诺书？", "en").status == "unanswered"
    assert not pack.is_sure("en")


def test_a_pack_of_many_items_is_sure_of_what_it_meets_and_not_of_what_it_lacks(tmp_path: Path) -> None:
    things = (
        *("photo", "diploma", "passport", "payment", "invoice", "password", "mobile", "address", "province"),
        *(
            "transcript",
            "venue",
            "calculator",
            "pencil",
            "refund",
            "appeal",
            "certificate",
            "subject",
            "deadline",
        ),
        *(
            "receipt",
            "interpreter",
            "wheelchair",
            "translation",
            "signature",
            "envelope",
            "stamp",
            "schedule",
        ),
    )
    items = [
        item(
            n,
            f"Where does the office keep my {each}?",
            f"The {each} stays in drawer {n}.",
            "Ask at the desk.",
        )
        for n, each in enumerate(things, 1)
    ]
    path = tmp_path / "notice.index"
    build(path, {"en": items}, {})
    pack = Pack(path)
    for n, each in enumerate(things, 1):
        ranked = pack.ranked(f"{each} drawer office", "en")
        assert ranked.items[0][0] == n
        assert pack.ranked(f"{each} drawer office", "en", without=n).items[0][0] != n
    assert pack.ask("wheelchiar", "en").suggestions[:1] == (things.index("wheelchair") + 1,)
    assert pack.ask("unicorn breeding in Atlantis", "en").status == "unanswered"


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notice.index"
    path.write_bytes(b"no index at all" * 100)
    with pytest.raises(sqlite3.DatabaseError):
        Pack(path)
    path.write_bytes(b"")
    with pytest.raises(sqlite3.DatabaseError):
        Pack(path)
