"""A run can be taken back to any moment and comes out the same; a branch leaves the first one alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assistant.conversation.inputs import Choice, Text
from assistant.lessons import Moved, Run
from content import loader
from flows.dossier import Dossier
from tests.assistant.lessons.conftest import Begin

req = pytest.mark.req


def stored(run: Run) -> object:
    """Read the registration as the store holds it, with its letters, money and trail."""
    registration = run.conversation.registration
    if registration is None:
        return None
    with run.records.turn() as turn:
        loaded = turn.load(registration)
        return replace(loaded, dossier=Dossier()), facts(loaded.dossier), turn.letters(registration)


def facts(dossier: Dossier) -> dict[str, Any]:
    """Return the facts; the salt of a password's hash is drawn anew at every playing."""
    return {each.key: replace(each, value="hashed") if each.key == "password" else each for each in dossier}


def state(run: Run) -> tuple[object, ...]:
    """Everything that makes a run what it is at a moment."""
    place = run.place()
    return (
        facts(run.conversation.dossier),
        stored(run),
        place.step.id,
        place.visited,
        run.prompt(),
        run.transcript,
        run.now,
        run.at,
        run.map(),
        run.persona,
    )


@req("I6.2")
@pytest.mark.parametrize("id", sorted(loader.scenarios()))
def test_rewinding_and_playing_again_gives_the_same_state_at_every_step(id: str, begin: Begin) -> None:
    run = begin(id)
    states = [state(run)]
    while run.step() is not None:
        states.append(state(run))

    for at in (0, len(states) // 2, len(states) - 1, len(states) // 3):
        run.rewind(at)
        assert state(run) == states[at]
    run.rewind(0)
    for expected in states[1:]:
        assert run.forward() is not None
        assert state(run) == expected
    assert run.forward() is None

    again = begin(id)
    replayed = [state(again)]
    while again.step() is not None:
        replayed.append(state(again))
    assert [without_letter(each) for each in replayed] == [without_letter(each) for each in states]
