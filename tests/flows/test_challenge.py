"""The verification code lapses, can be read without mistakes, and is the same for the same seed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.clock import CHINA
from content.loader import places, read
from content.schema import Bilingual
from flows.challenge import LASTS, Challenge, answer, check, make

NOW = datetime(2020, 7, 1, 9, tzinfo=CHINA)
WORDS = read(Path(__file__).parents[2] / "content" / "words" / "challenge.yaml", dict[str, Bilingual])


def code(challenge: Challenge, typed: str, now: datetime = NOW) -> str | None:
    problem = check(challenge, typed, now)
    return problem.code if problem else None


@pytest.mark.req("10.3")
@given(st.text(max_size=40))
def test_the_right_answer_passes_however_it_is_typed_and_no_other(seed: str) -> None:
    challenge = make(seed, NOW)
    right = answer(challenge)
    wide = "".join(chr(ord(each) + 0xFEE0) for each in right)
    for typed in (right, right.lower(), f"  {right}\n", " ".join(right), wide):
        assert code(challenge, typed) is None
    assert code(challenge, right + "7") == "challenge-wrong"
    assert code(challenge, right[:-1] + "%") == "challenge-wrong"
    assert code(challenge, "") == code(challenge, " \u3000") == "challenge-empty"


@pytest.mark.req("10.3")
def test_an_answer_counts_until_five_minutes_are_over() -> None:
    challenge = make("seed", NOW)
    right = answer(challenge)
    assert code(challenge, right, NOW + LASTS - timedelta(seconds=1)) is None
    assert code(challenge, right, NOW + LASTS) == "challenge-expired"
    assert code(challenge, "wrong", NOW + LASTS) == "challenge-expired"
    assert timedelta(minutes=5) == LASTS


@pytest.mark.req("10.3")
def test_a_wrong_answer_brings_another_task() -> None:
    assert make("a-1", NOW) == make("a-1", NOW)
    tasks = [make(f"a-{count}", NOW) for count in range(200)]
    assert len({task.id for task in tasks}) == 200
    assert {task.text for task in tasks} == {"challenge.sum", "challenge.characters"}
    assert code(make("a-2", NOW), answer(make("a-1", NOW))) == "challenge-wrong"


def test_no_character_can_be_taken_for_another() -> None:
    for count in range(300):
        shown = str(make(str(count), NOW).args.get("characters", ""))
        assert not set(shown) & set("0OQ1IL2Z5S8BG")
        assert shown == "" or len(shown.split(" ")) == 4


def test_a_sum_may_be_answered_in_chinese_numerals() -> None:
    ones = "零一二三四五六七八九"
    numerals = {value: ("十" if value > 9 else "") + ones[value % 10] for value in range(4, 19)} | {10: "十"}
    sums = [make(str(count), NOW) for count in range(300)]
    for challenge in sums:
        if challenge.text == "challenge.sum":
            assert code(challenge, numerals[int(answer(challenge))]) is None
            assert code(challenge, "二十") == "challenge-wrong"


@pytest.mark.parametrize("typed", ["x" * 1_000_000, "\ud800", "[/b]", "\x1b[2J", "'; DROP TABLE", "\u202e"])
def test_whatever_is_typed_is_only_wrong(typed: str) -> None:
    assert code(make("seed", NOW), typed) == "challenge-wrong"


def test_every_task_and_problem_has_its_sentence_in_both_languages() -> None:
    for count in range(50):
        challenge = make(str(count), NOW)
        assert places(WORDS[challenge.text].en) == places(WORDS[challenge.text].zh) == set(challenge.args)
    for problem in (
        check(make("a", NOW), "x", NOW),
        check(make("a", NOW), "", NOW),
        check(make("a", NOW), "x", NOW + LASTS),
    ):
        assert problem is not None
        assert places(WORDS[f"problem.{problem.code}"].en) == set(problem.args)
