"""The helper for uncommon characters beside the name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.clock import SetClock
from assistant.conversation.inputs import Choice, Command, Text
from assistant.conversation.messages import Said
from flows.dossier import Fact
from tests.factories import NOW, before, conversation, opened


@pytest.mark.req("11.3")
def test_a_character_that_is_picked_stands_in_the_name_and_the_stand_in_beside_it(tmp_path: Path) -> None:
    records = opened(tmp_path)
    talk = conversation(tmp_path, records, SetClock(NOW))
    talk.open()
    talk.take(Choice(("yes",)))
    facts = [Fact(key, value, NOW) for key, value in before("name").items()]
    with records.turn() as turn:
        talk.learn(turn, facts)
    assert talk.prompt().key == "name"

    turn_back = talk.take(Command("characters", "王 U+20BB7"))
    assert [option.id for option in turn_back.prompt.options] == ["𠮷", "none"]
    turn_back = talk.take(Choice(("𠮷",)))
    assert turn_back.prompt.key == "name"
    assert turn_back.prompt.preset == "王𠮷"

    taken = talk.take(Text("王𠮷"))
    assert talk.dossier.text("name") == "王𠮷"
    told = next(
        each for each in taken.messages if isinstance(each, Said) and each.text == "characters.stand-in"
    )
    assert told.args["name"] == "王𠮷"
    assert str(told.args["stand_in"]).startswith("王[")
    records.close()


def test_by_pinyin_there_are_several_to_pick_from_and_a_way_out(tmp_path: Path) -> None:
    records = opened(tmp_path)
    talk = conversation(tmp_path, records, SetClock(NOW))
    talk.open()
    talk.take(Choice(("yes",)))
    with records.turn() as turn:
        talk.learn(turn, [Fact(key, value, NOW) for key, value in before("name").items()])
    shown = talk.take(Text("/生僻字 zhe2")).prompt
    assert len(shown.options) > 2
    assert talk.take(Choice(("none",))).prompt.key == "name"
    records.close()
