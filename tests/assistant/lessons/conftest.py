"""A classroom, opened once for all tests of lessons; every run in it has a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.lessons import Classroom, Run, open_classroom
from assistant.scenario import read_scenario
from content import loader
from tests.factories import content

Begin = Callable[[str], Run]


@pytest.fixture(scope="session")
def room(tmp_path_factory: pytest.TempPathFactory) -> Classroom:
    return open_classroom(tmp_path_factory.mktemp("classroom"), content())


@pytest.fixture
def begin(room: Classroom) -> Iterator[Begin]:
    """Let a persona of the product begin, by the name of its scenario."""
    begun: list[Run] = []

    def began(id: str) -> Run:
        path = loader.scenarios()[id]
        begun.append(room.begin(read_scenario(path), beside=path.parent))
        return begun[-1]

    yield began
    for run in begun:
        run.close()
