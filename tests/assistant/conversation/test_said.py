"""Every turn of every scenario has words in both languages."""

from __future__ import annotations

import pytest

from assistant.conversation.engine import Conversation
from assistant.conversation.inputs import Input
from assistant.conversation.messages import Turn
from assistant.play import play
from assistant.scenario import read_scenario
from content import loader
from tests.assistant.conversation.seats import render
from tests.factories import content


@pytest.mark.parametrize("id", sorted(loader.scenarios()))
def test_every_turn_of_a_scenario_renders_in_both_languages(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real, shown = Conversation.take, []

    def take(self: Conversation, given: Input) -> Turn:
        turn = real(self, given)
        shown.append(render(turn))
        return turn

    monkeypatch.setattr(Conversation, "take", take)
    path = loader.scenarios()[id]
    played = play(read_scenario(path), content(), beside=path.parent)
    assert len(shown) == played.turns > 0
    assert all(each["en"] != each["zh"] for each in shown)
