"""How long the parts of a turn take: ``make bench``. Figures are printed; nothing is asserted on time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Answers
from assistant.clock import SetClock
from assistant.conversation.inputs import Choice, Command
from content import loader
from flows import journey
from tests.factories import NOW, content, conversation, opened, situation

pytestmark = pytest.mark.bench


def timed(name: str, act: Callable[[], object], rounds: int) -> None:
    """Print the median and the slowest of several rounds, in milliseconds."""
    act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    print(f"{name:34} median {statistics.median(taken):8.2f} ms   slowest {max(taken):8.2f} ms")


def test_loading_all_content() -> None:
    timed("content.load", loader.load, 5)


def test_locating_a_complete_candidate() -> None:
    timed("journey.locate, last state", lambda: journey.locate(situation()), 200)


def test_answering_a_question() -> None:
    answers = Answers(content())
    timed("answers.ask, first and later", lambda: answers.ask("需要带毕业证吗？", "zh", "pilot"), 200)


def test_a_turn_of_the_conversation(tmp_path: Path) -> None:
    records = opened(tmp_path)
    talk = conversation(tmp_path, records, SetClock(NOW))
    talk.open()
    talk.take(Choice(("yes",)))
    timed("one turn that changes nothing", lambda: talk.take(Command("status")), 50)
    records.close()
