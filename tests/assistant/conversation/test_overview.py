"""The whole way at a glance, at every prompt of the journey: what is done, due, and not there yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.messages import Card, Task, Turn
from flows.steps import STEPS
from flows.verdict import Named
from tests.assistant.conversation.seats import seated


def _states(turn: Turn) -> dict[str, str]:
    return {task.step: task.state for task in turn.tasks}


@pytest.mark.req("7.3", "P.5")
def test_every_step_is_listed_at_every_turn_and_only_one_is_due(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        for key in ("name", "academic.submit", "wait.verification", "application.read", "signature.name"):
            turn = chair.until(key)
            assert [task.step for task in turn.tasks] == [step.id for step in STEPS]
            standing = [task for task in turn.tasks if task.state in {"here", "waiting", "stopped"}]
            assert [task.step for task in standing] == [turn.progress.step]
            ahead = [task.step for task in turn.tasks if task.state == "ahead"]
            assert ahead == [step.id for step in STEPS][turn.progress.number :]


def test_what_is_still_to_be_answered_shrinks_with_each_answer(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        here = _here(chair.until("id_number"))
        assert here.needs[0] == Named("fact", "id_number")
        later = _here(chair.until("email"))
        assert set(later.needs) < set(here.needs)


def test_who_waits_is_told_when_to_come_back_once(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        turn = chair.until("wait.verification")
        (card,) = (each for each in turn.messages if isinstance(each, Card) and each.kind == "waiting")
        rows = {row.label: row.value for row in card.rows}
        assert rows["waiting.come-back"] == turn.prompt.args["at"]
        assert rows["waiting.code"] == chair.code
        again = chair.type("1")
        assert not [each for each in again.messages if isinstance(each, Card) and each.kind == "waiting"]


def test_a_question_at_a_review_does_not_say_the_review_again(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        chair.until("academic.submit")
        asked = chair.type("Can an education record be deleted?")
        assert not [each for each in asked.messages if isinstance(each, Card)]


def test_back_says_beforehand_what_it_will_undo(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        turn = chair.until("id_type")
        assert turn.undo is not None
        assert turn.undo.args["fact"] == Named("fact", "name")
        assert chair.order("back").prompt.key == "name"
        late = chair.until("application.save")
        assert late.undo is not None
        assert late.undo.text == "undo.fact"


def _here(turn: Turn) -> Task:
    return next(task for task in turn.tasks if task.state == "here")
