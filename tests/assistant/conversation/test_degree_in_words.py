"""Many say degree and mean their education."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.clock import SetClock
from assistant.conversation import correcting
from assistant.conversation.inputs import Choice
from flows.dossier import Fact
from tests.factories import NOW, before, conversation, opened, record


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("my degree is from 1999, not 2005", "1999"),
        ("I graduated in July 1999, not 2005", "July 1999"),
        ("我是1999年7月毕业的，不是2005年", "1999年7月"),
    ],
)
def test_without_a_degree_record_the_degree_is_the_education(tmp_path: Path, typed: str, value: str) -> None:
    records = opened(tmp_path)
    talk = conversation(tmp_path, records, SetClock(NOW))
    talk.open()
    talk.take(Choice(("yes",)))
    known = {**before("academic.submit"), **record("education", 0)}
    with records.turn() as turn:
        talk.learn(turn, [Fact(key, each, NOW) for key, each in known.items()])
    assert correcting.read(typed, talk) == ("education.0.graduated", value)
    records.close()
