"""Every turn of every scenario has words in both languages."""

from __future__ import annotations

import pytest

from assistant.conversation import showing
from assistant.conversation.messages import Turn
from flows import journey
from tests.assistant.conversation.seats import render
from tests.assistant.lessons.personas import IDS, played


@pytest.mark.parametrize("id", IDS)
def test_every_turn_of_a_scenario_renders_in_both_languages(id: str) -> None:
    run, states = played(id).run, played(id).states
    shown = []
    for moment, state in zip(run.moments, states[1:], strict=True):
        progress = showing.progress(journey.locate(state.situation))
        shown.append(render(Turn(moment.messages, moment.prompt, progress, run.language)))
    assert len(shown) == run.at > 0
    assert all(each["en"] != each["zh"] for each in shown)
