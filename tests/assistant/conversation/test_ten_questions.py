"""Ten questions in a row, whatever they are, come back to the same prompt and its draft, at every step."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest

from assistant.answers import looks_like_question
from assistant.answers.ways import read_decoys, read_phrasings
from assistant.conversation.inputs import Text
from assistant.conversation.messages import Answered
from tests.assistant.conversation.seats import Seat, seated
from tests.factories import content


@cache
def asked(language: str) -> tuple[str, ...]:
    """Return all questions that the content knows, those that have an answer and those that have none."""
    other = {"en": "zh", "zh": "en"}[language]
    return (
        *(item.title for item in content().notices[language]),
        *(
            text
            for each in (*read_phrasings(content()), *read_decoys(content()))
            for text in getattr(each, language)
        ),
        *(item.title for item in content().notices[other]),
    )


@pytest.mark.parametrize(("language", "edition"), [("zh", "pilot"), ("en", "current")])
def test_ten_questions_at_every_step_leave_everything_as_it_was(
    tmp_path: Path, language: str, edition: str
) -> None:
    random, kinds = Random(f"{language} {edition}"), set()
    with seated(tmp_path, language=language, edition=edition) as seat:
        for key in seat.prompts():
            kinds.add(seat.turn.prompt.kind)
            if seat.turn.prompt.kind == "text":
                seat.talk.memory.drafts[key] = "half an answer"
            before = state(seat)
            for question in random.sample(asked(language), 10):
                plain = seat.turn.prompt.kind != "secret" and looks_like_question(question, language)
                turn = seat.talk.take(Text(question if plain else f"/ask {question}"))
                assert len([each for each in turn.messages if isinstance(each, Answered)]) == 1, question
                assert turn.prompt == before[0], question
            assert state(seat) == before, key
            seat.talk.memory.drafts.pop(key, None)
    assert kinds == {"text", "secret", "choice", "several", "file", "acknowledge", "wait", "end"}


def state(seat: Seat) -> tuple[object, ...]:
    """Return all that a question must leave as it was."""
    talk = seat.talk
    return (
        talk.prompt(),
        dict(talk.dossier.facts),
        dict(talk.memory.drafts),
        talk.memory.mode,
        talk.memory.challenge,
        talk.place().step.id,
    )
