"""A question in the middle: answered, and the same prompt stands again with nothing touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.messages import Answered, Turn
from content.schema import LANGUAGES
from tests.assistant.conversation.seats import Seat, facts, refused, render, seated

QUESTIONS = {
    "zh": "可以请别人代签承诺书吗？",
    "en": "Can somebody else sign the commitment letter for me?",
}

TEN = (
    "24小时后才能看到核验结果吗？",
    "Who is verified by hand?",
    "照片有什么要求？",
    "How many education records can I enter?",
    "手机号可以注册几个用户？",
    "What happens if I make a false promise?",
    "怎样缴费？",
    "What is the password rule?",
    "火星上可以考试吗？",
    "Where do I buy cheese?",
)


def state(seat: Seat) -> tuple[object, ...]:
    """Return all that a question must leave as it was."""
    talk = seat.talk
    kept = {key: (fact.value, fact.at, fact.stale) for key, fact in talk.dossier.facts.items()}
    return seat.turn.prompt, kept, dict(talk.memory.drafts), talk.memory.mode, talk.memory.challenge


def answered(turn: Turn) -> list[Answered]:
    return [each for each in turn.messages if isinstance(each, Answered)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_at_every_prompt_is_answered_and_leaves_it_standing(tmp_path: Path, language: str) -> None:
    kinds = set()
    with seated(tmp_path, language=language, edition="current") as seat:
        for key in seat.prompts():
            kind = seat.turn.prompt.kind
            kinds.add(kind)
            before = state(seat)
            turn = seat.order("ask", QUESTIONS[language])
            assert 5 in {citation.item for citation in answered(turn)[0].citations}, key
            assert state(seat) == before, key
            if kind == "secret":
                continue
            turn = seat.type(QUESTIONS[language])
            assert len(answered(turn)) == 1, key
            assert answered(turn)[0].question == QUESTIONS[language]
            assert refused(turn) == ()
            assert state(seat) == before, key
    assert kinds == {"text", "secret", "choice", "several", "file", "acknowledge", "wait", "end"}


@pytest.mark.parametrize("typed", [*QUESTIONS.values(), "what is my password?", "my name is 李雷"])
def test_at_a_secret_nothing_is_taken_for_a_question_or_shown(tmp_path: Path, typed: str) -> None:
    secrets = []
    with seated(tmp_path) as seat:
        for key in seat.prompts():
            if seat.turn.prompt.kind != "secret":
                continue
            secrets.append(key)
            before = state(seat)
            turn = seat.type(typed)
            assert answered(turn) == []
            assert refused(turn)
            assert state(seat) == before
            assert typed not in repr(turn)
            assert all(typed not in said for said in render(turn).values())
        assert all(typed not in repr(each) for each in seat.talk.transcript)
    assert secrets == ["password", "photo.login", "signature"]


def test_ten_questions_in_a_row_leave_what_was_half_typed(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for key, draft in (
            ("id_number", "32010219850612341"),
            ("work_years", "many"),
            ("signature.name", "王"),
        ):
            seat.until(key)
            assert refused(seat.type(draft))
            before = state(seat)
            for question in TEN:
                assert len(answered(seat.type(question))) == 1, question
                assert state(seat) == before
            assert seat.turn.prompt.preset == draft


def test_a_question_does_not_end_a_correction_or_an_interrupting_choice(tmp_path: Path) -> None:
    question = QUESTIONS["zh"]
    with seated(tmp_path) as seat:
        seat.until("email")
        for begin, key in (
            ("/change mobile", "mobile"),
            ("/change", "change"),
            ("my name is 李雷", "change.confirm"),
            ("/back", "mobile"),
            ("/resume", "resume.code"),
        ):
            seat.type(begin)
            assert seat.key == key
            before, known = seat.turn.prompt, facts(seat)
            assert len(answered(seat.type(question))) == 1, key
            assert (seat.turn.prompt, facts(seat)) == (before, known)
            seat.order("cancel")
            assert seat.key == "email"


def test_an_unanswered_question_says_so_and_names_the_telephone_of_the_chosen_province(
    tmp_path: Path,
) -> None:
    with seated(tmp_path) as seat:
        seat.until("exam")
        (nothing,) = answered(seat.type("Where do I buy cheese?"))
        assert (nothing.status, nothing.citations, nothing.contact) == ("unanswered", (), None)
        seat.until("name")
        (nothing,) = answered(seat.type("Where do I buy cheese?"))
        assert nothing.contact
        assert all(nothing.contact in said for said in render(seat.turn).values())


@pytest.mark.req("P.8")
def test_an_answer_shows_the_passage_it_rests_on_in_the_language_of_the_reader(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        turn = seat.type(QUESTIONS["en"])
        (answer,) = answered(turn)
        shown = render(turn)
        for citation in answer.citations:
            for language in LANGUAGES:
                found = seat.talk.outside.content.paragraph(citation.paragraph, language)
                assert found is not None
                assert found.text in shown[language]
