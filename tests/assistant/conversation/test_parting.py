"""A line that answers and asks: the answer is taken, unless it binds, and the question is answered."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conversation.messages import Answered, Turn
from assistant.conversation.parting import parts
from tests.assistant.conversation.seats import Seat, echoed, facts, said, seated
from tests.factories import NUMBER


def asked(turn: Turn) -> list[str]:
    return [each.question for each in turn.messages if isinstance(each, Answered)]


@pytest.mark.parametrize(
    ("key", "typed", "value", "question"),
    [
        ("first_time", "yes, and is the fee refundable?", "yes", "and is the fee refundable?"),
        ("first_time", "是的，不过照片要白底吗？", "yes", "不过照片要白底吗？"),
        ("first_time", "1, can I download the letter", "yes", "can I download the letter"),
        ("province", "江苏，那照片要白底吗", "jiangsu", "那照片要白底吗"),
        ("province", "Jiangsu and what is the password rule?", "jiangsu", "and what is the password rule?"),
        ("email", "candidate1@example.com, what is it for?", "candidate1@example.com", "what is it for?"),
        ("education.0.graduated", "2007-07, do I need my diploma?", "2007-07", "do I need my diploma?"),
    ],
)
def test_the_answer_is_taken_and_the_question_answered(
    tmp_path: Path, key: str, typed: str, value: str, question: str
) -> None:
    with seated(tmp_path) as seat:
        seat.until(key)
        turn = seat.type(typed)
        assert asked(turn) == [question]
        assert facts(seat)[key] == value
        assert key in echoed(turn)
        assert seat.key != key


def test_a_private_answer_stays_private(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("id_number")
        turn = seat.type(f"{NUMBER}，照片要白底吗？")
        assert asked(turn) == ["照片要白底吗？"]
        assert facts(seat)["id_number"] == NUMBER
        assert NUMBER not in repr(turn)


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("first_time", "好的，照片要白底吗？"),
        ("first_time", "ok, is the fee refundable?"),
        ("province", "Shanxi, and Shaanxi both said yes for class 2, right?"),
        ("province", "苏州，照片要白底吗？"),
        ("name", "您好，照片要白底吗？"),
        ("name", "王小明，照片要白底吗？"),
        ("mobile", "1380000, is that enough?"),
        ("education.0.school", "If I lost my diploma, can I register?"),
        ("education.0.school", "2013年注册完就没碰过，会不会给删了"),
        ("work_years", "If I have 8 years, can I register?"),
    ],
)
def test_what_is_no_certain_answer_is_not_taken(tmp_path: Path, key: str, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until(key)
        before = facts(seat), seat.turn.prompt
        turn = seat.type(typed)
        assert asked(turn) == [typed]
        assert (facts(seat), seat.turn.prompt) == before


def test_what_binds_is_never_taken_beside_a_question(tmp_path: Path) -> None:
    binding = []
    with seated(tmp_path, edition="current") as seat:
        for key in seat.prompts():
            prompt = seat.turn.prompt
            if not prompt.options or prompt.kind not in {"choice", "acknowledge"}:
                continue
            if not (prompt.irreversible or prompt.kind == "acknowledge" or key in BINDING):
                continue
            binding.append(key)
            before = state(seat)
            for word in ("1", prompt.options[0].id):
                turn = seat.type(f"{word}, and is the fee refundable?")
                assert asked(turn) == ["and is the fee refundable?"]
                assert said(turn) == ("said.answer-alone",)
                assert state(seat) == before
    assert set(binding) >= {*BINDING, "account", "academic.submit", "application.confirm", "promise.true"}


BINDING = {"adopt_commitment", "photo.confirm"}


@pytest.mark.parametrize("key", ["signature.name", "application.code"])
def test_a_signature_is_not_taken_from_a_line_that_asks(tmp_path: Path, key: str) -> None:
    with seated(tmp_path) as seat:
        seat.until(key)
        before = state(seat)
        seat.type("王小明，费用可以退吗？")
        assert state(seat) == before


def test_a_correction_ends_with_the_answer_beside_a_question(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("password")
        seat.type("/change email")
        turn = seat.type("other@example.com, is the fee refundable?")
        assert asked(turn) == ["is the fee refundable?"]
        assert (facts(seat)["email"], seat.key) == ("other@example.com", "password")


@given(st.text(max_size=80), st.sampled_from(["en", "zh"]))
def test_any_line_comes_apart_into_what_was_typed(typed: str, language: str) -> None:
    for head, tail in parts(typed, language):
        assert head
        assert tail
        assert head in typed
        assert tail in typed


def state(seat: Seat) -> object:
    return facts(seat), seat.turn.prompt, dict(seat.talk.memory.drafts)
