"""What stands around an answer: an honest no with its topic, what is near, and in the end the telephone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answers import Answer, Answers
from assistant.answers.missed import Misses
from assistant.conversation.blocks import Line, Link, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.messages import Answered, Turn
from assistant.conversation.wording import Wording
from content.schema import LANGUAGES
from tests.assistant.conversation.seats import Seat, render, seated
from tests.factories import NOW, NUMBER, content

CANCEL = "How do I cancel my registration?"


class Told(Answers):
    """Answers in the order that a test tells, whatever is asked."""

    def __init__(self, told: Sequence[Answer]) -> None:
        super().__init__(content())
        self._told: Iterator[Answer] = iter(told)

    def ask(self, question: str, language: str, edition: str) -> Answer:
        return replace(next(self._told), question=question, lang=language)


def unsure(*items: int) -> Answer:
    cited = tuple((number, f"{number}.1") for number in items)
    return Answer("", "en", "suggested", items, 0.4, cited, items)


def nothing(*near: int, decoy: str | None = None) -> Answer:
    return Answer("", "en", "unanswered", suggestions=near, decoy=decoy)


def told(seat: Seat, *answers: Answer) -> list[Answered]:
    """Ask once for each of the answers."""
    seat.talk.outside = replace(seat.talk.outside, answers=Told(answers))
    return [answered(seat.order("ask", "anything at all")) for _ in answers]


def answered(turn: Turn) -> Answered:
    (found,) = [each for each in turn.messages if isinstance(each, Answered)]
    return found


def picks(message: Answered, language: str = "en") -> list[int]:
    parts = Wording(content(), language).message(message).parts
    return [int(each.command.argument) for each in parts if isinstance(each, Link)]


def test_an_honest_no_names_the_topic_and_offers_the_nearest_item(tmp_path: Path) -> None:
    with seated(tmp_path, language="en") as seat:
        found = answered(seat.type(CANCEL))
        assert found.status == "unanswered"
        assert found.topic is not None
        assert found.nearest
        assert len(found.nearest) <= 2
        shown = render(seat.turn)
        for language in LANGUAGES:
            assert found.topic.said(language) in shown[language]
            block = Wording(content(), language).message(found)
            assert not [part for part in block.parts if isinstance(part, Quote)]
            assert picks(found, language) == list(found.nearest)
        shown_item = answered(seat.order("item", str(found.nearest[0])))
        assert {each.item for each in shown_item.citations} == {found.nearest[0]}


def test_what_is_foreign_to_the_notice_is_near_to_nothing(tmp_path: Path) -> None:
    with seated(tmp_path, language="en") as seat:
        found = answered(seat.type("Где купить сыр?"))
        assert (found.status, found.topic, found.nearest) == ("unanswered", None, ())


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_province_it_is_said_how_to_get_its_telephone(tmp_path: Path, language: str) -> None:
    with seated(tmp_path, language=language) as seat:
        found = answered(seat.type(CANCEL))
        assert found.contact is None
        wording = Wording(content(), language)
        assert Line(wording.text("face.no-contact"), "note") in wording.message(found).parts


def test_after_two_weak_answers_the_three_best_of_both_then_the_telephone(tmp_path: Path) -> None:
    with seated(tmp_path, language="en") as seat:
        seat.until("name")
        one, two, three, four = told(seat, nothing(12, 13, 5), nothing(16), nothing(3), nothing())
        assert [each.weak for each in (one, two, three, four)] == [1, 2, 3, 4]
        assert (picks(one), picks(two), picks(three), picks(four)) == ([12, 13], [16, 12, 13], [], [])
        wording = Wording(content(), "en")
        assert Line(wording.text("answer.best")) in wording.message(two).parts
        call = Line(wording.text("answer.call", {"telephone": three.contact or ""}))
        assert wording.message(three).parts[1] == call


def test_a_suggestion_offers_its_items_and_is_never_quoted_as_the_answer(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for found in told(seat, unsure(14, 5, 9), unsure(5, 14), unsure(3)):
            for language in LANGUAGES:
                block = Wording(content(), language).message(found)
                assert not [part for part in block.parts if isinstance(part, Quote)]
                assert picks(found, language) == [each.item for each in found.citations]


@pytest.mark.parametrize("between", ["answer", "item"])
def test_an_answer_or_an_item_that_was_picked_ends_the_row(tmp_path: Path, between: str) -> None:
    with seated(tmp_path) as seat:
        told(seat, nothing(12, 13))
        if between == "item":
            seat.take(Command("item", "12"))
        else:
            told(seat, Answer("", "en", "answered", (5,), 0.9, ((5, "5.1"),)))
        (found,) = told(seat, nothing(16))
        assert (found.weak, found.nearest) == (1, (16,))


def test_a_follow_up_that_finds_nothing_by_itself_goes_on_from_the_item_before(tmp_path: Path) -> None:
    with seated(tmp_path, language="en") as seat:
        before = answered(seat.type("How many education records can I enter?"))
        assert before.citations[0].item == 18
        found = answered(seat.type("and deleting?"))
        assert (found.status, found.going_on) == ("answered", 18)
        assert found.citations[0].paragraph == "18.4"
        said = render(seat.turn)
        assert all(wording("answer.going-on", each, item=18) in said[each] for each in LANGUAGES)


def test_a_follow_up_without_a_question_before_or_about_something_else_is_an_honest_no(
    tmp_path: Path,
) -> None:
    with seated(tmp_path, language="en") as seat:
        assert answered(seat.type("and deleting?")).status != "answered"
        seat.type("How many education records can I enter?")
        assert answered(seat.type("and my dog?")).status == "unanswered"
        assert answered(seat.type("and how much is it?")).status == "unanswered"


def wording(key: str, language: str, **args: int) -> str:
    return Wording(content(), language).text(key, args)


def test_a_question_without_an_answer_is_kept_without_the_person(tmp_path: Path) -> None:
    with seated(tmp_path, language="en") as seat:
        misses = Misses(tmp_path / "misses.db")
        seat.talk.outside = replace(seat.talk.outside, misses=misses)
        seat.until("password")
        seat.order("ask", "What is the password rule?")
        assert misses.listed() == ()
        seat.order("ask", f"{NUMBER}: {CANCEL}")
        seat.order("ask", "王小明怎么取消报名？")
        kept = {each.language: each for each in misses.listed()}
        assert kept["en"].topic == "cancel-registration"
        assert kept["zh"].question == "…怎么取消报名?"
        assert all(each.band != "answered" and each.day == NOW.date() for each in kept.values())
        assert "王小" not in repr(kept)
        assert NUMBER not in repr(kept)
        raw = (tmp_path / "misses.db").read_bytes()
        assert "王小明".encode() not in raw
        assert NUMBER.encode() not in raw
