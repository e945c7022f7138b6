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
from content.teaching import Teaching, Told


@dataclass(frozen=True)
class PersonaCard:
    """A persona in the library.

    Args:
        id: The name of the scenario.
        scenario: What is true of them.
        folder: The scenario's folder: photos are taken from it.
        told: Who they are, as a class meets them.
    """

    id: str
    scenario: Scenario
    folder: Path
    told: Told

    @property
    def begins(self) -> datetime:
        """The simulated time at which they come."""
        return in_china(self.scenario.now or DEFAULT_NOW)

    def names(self) -> tuple[str, ...]:
        """All that they are found by."""
        name = str(self.scenario.candidate.get("name", ""))
        told = self.told
        return (self.id, name, told.name.en, told.name.zh, told.shows.en, told.shows.zh)


def library(teaching: Teaching) -> tuple[PersonaCard, ...]:
    """Read all personas, those that are told first.

    Raises:
        ContentError: A scenario is of the wrong form.
    """
    known = scenarios()
    ids = [*teaching.personas, *sorted(known.keys() - teaching.personas.keys())]
    return tuple(_card(id, read_scenario(known[id]), known[id].parent, teaching) for id in ids)


def one(file: Path) -> PersonaCard:
    """Read a scenario of one's own as a persona.

    Raises:
        ContentError: The file cannot be read or is of the wrong form.
    """
    scenario = read_scenario(file)
    return PersonaCard(file.stem, scenario, file.parent, _untold(file.stem, scenario))


def _card(id: str, scenario: Scenario, folder: Path, teaching: Teaching) -> PersonaCard:
    told = teaching.personas.get(id) or _untold(id, scenario)
    return PersonaCard(id, scenario, folder, told)


def _untold(id: str, scenario: Scenario) -> Told:
    """Tell of a scenario that nobody has written a story for in the words that it has itself."""
    titles = {language: scenario.called(language) for language in LANGUAGES}
    stories = {language: scenario.told(language) or titles[language] for language in LANGUAGES}
    return Told(id=id, name=Bilingual(**titles), story=Bilingual(**stories), shows=Bilingual(en=id, zh=id))
