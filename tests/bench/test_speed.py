"""How long the parts of a turn take: ``make bench``. Figures are printed; nothing is asserted on time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Answers
from assistant.clock import SetClock
from assistant.conversation.finding import Finder
from assistant.conversation.inputs import Choice, Command
from assistant.conversation.known_as import findable
from assistant.conversation.suggesting import Suggester, suggester
from content import loader
from content.suggesting import suggested
from flows import journey
from flows.characters.readings import readings
from flows.steps.model import Option
from flows.verdict import Named
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


def test_making_the_schools_ready_to_be_searched() -> None:
    readings()
    timed("schools, read", lambda: suggested("schools"), 5)
    timed("schools, made ready", lambda: Suggester("schools", suggested("schools")), 5)


@pytest.mark.parametrize(
    "typed", ["n", "njgydx", "南", "南京工大", "工业大学", "nanjing tech", "xianjiaotong", "nanjign", "qwzx"]
)
def test_suggesting_a_school_on_a_key(typed: str) -> None:
    schools = suggester("schools")
    timed(f"schools, on a key: {typed}", lambda: schools.suggest(typed), 50)


def test_finding_a_province() -> None:
    known = content()
    options = [Option(id, Named("province", id)) for id in known.provinces]
    finder = Finder(findable(option, known) for option in options)
    timed("provinces, made ready", lambda: Finder(findable(option, known) for option in options), 50)
    timed("provinces, on a key", lambda: finder.rank("jaingsu"), 200)


def test_a_turn_of_the_conversation(tmp_path: Path) -> None:
    records = opened(tmp_path)
    talk = conversation(tmp_path, records, SetClock(NOW))
    talk.open()
    talk.take(Choice(("yes",)))
    timed("one turn that changes nothing", lambda: talk.take(Command("status")), 50)
    records.close()
