"""The personas of the product, each played once in a test process, for all tests of what came of it."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.lessons import Classroom, Run, open_classroom
from assistant.lessons.keeping import Pages, Standing, pages, stand
from assistant.scenario import Scenario, read_scenario
from content import loader
from flows.situation import Situation
from tests.factories import content

IDS = tuple(sorted(loader.scenarios()))

_FOLDER = tempfile.TemporaryDirectory(prefix="chengnuo-classroom-")


@dataclass(frozen=True)
class State:
    """All that a run is at a moment: the file of its database, its conversation, and the time."""

    database: Pages
    standing: Standing
    situation: Situation

    @classmethod
    def of(cls, run: Run, like: Pages = ()) -> State:
        return cls(pages(run.folder / "run.db", like), stand(run.conversation), run.situation)

    @property
    def told(self) -> tuple[object, ...]:
        """What is the same at every playing: not the salt of a hash, nor what a database encrypts with."""
        known = dict(self.standing.dossier.facts)
        if "password" in known:
            known["password"] = replace(known["password"], value="hashed")
        memory = replace(self.standing.memory, mode=None)
        return known, memory, len(self.standing.transcript), self.standing.code, self.situation.now


@dataclass(frozen=True)
class Played:
    """A persona that was played to the end, and what the run was at every moment."""

    run: Run
    states: tuple[State, ...]


@cache
def room() -> Classroom:
    return open_classroom(Path(_FOLDER.name), content())


def begin(id: str, scenario: Scenario | None = None) -> Run:
    path = loader.scenarios()[id]
    return room().begin(scenario or read_scenario(path), beside=path.parent)


@cache
def played(id: str) -> Played:
    """Play a persona; whoever uses it leaves it standing at its end."""
    run = begin(id)
    return Played(run, walked(run))


def walked(run: Run) -> tuple[State, ...]:
    states = [State.of(run)]
    while run.step() is not None:
        states.append(State.of(run, states[-1].database))
    return tuple(states)
