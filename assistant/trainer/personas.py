"""The library: scenarios as people whom a class can follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.clock import in_china
from assistant.lessons.run import DEFAULT_NOW
from assistant.scenario import Scenario, read_scenario
from content.loader import scenarios
from content.schema import LANGUAGES, Bilingual
from content.teaching import Teaching


@dataclass(frozen=True)
class PersonaCard:
    """A persona in the library.

    Args:
        id: The name of the scenario.
        scenario: What is true of them, their name and their story.
        folder: The scenario's folder: photos are taken from it.
        shows: What a class sees by it.
    """

    id: str
    scenario: Scenario
    folder: Path
    shows: Bilingual

    @property
    def begins(self) -> datetime:
        """The simulated time at which they come."""
        return in_china(self.scenario.now or DEFAULT_NOW)

    def name(self, language: str) -> str:
        """Return who it is and what is about them, in one line."""
        return self.scenario.called(language)

    def names(self) -> tuple[str, ...]:
        """Return all that they are found by."""
        name = str(self.scenario.candidate.get("name", ""))
        return (self.id, name, *(self.name(each) for each in LANGUAGES), self.shows.en, self.shows.zh)


def library(teaching: Teaching) -> tuple[PersonaCard, ...]:
    """Read all personas, those that are told first.

    Raises:
        ContentError: A scenario is of the wrong form.
    """
    known = scenarios()
    ids = [*teaching.personas, *sorted(known.keys() - teaching.personas.keys())]
    return tuple(_card(id, known[id], teaching) for id in ids)


def one(id: str, teaching: Teaching) -> PersonaCard | None:
    """Read one persona; ``None`` where there is none of this id.

    Raises:
        ContentError: The scenario is of the wrong form.
    """
    path = scenarios().get(id)
    return None if path is None else _card(id, path, teaching)


def _card(id: str, path: Path, teaching: Teaching) -> PersonaCard:
    told = teaching.personas.get(id)
    shows = told.shows if told is not None else Bilingual(en=id, zh=id)
    return PersonaCard(id, read_scenario(path), path.parent, shows)
