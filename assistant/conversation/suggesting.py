"""Suggests names of schools, majors and countries while somebody types, and says what was nearly one.

Suggestions only: whatever is typed is taken as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.conversation.finding import WRITTEN_OUT, Findable, Finder, Way, letters
from assistant.conversation.wording import Wording
from content.reading import ContentError
from content.suggesting import Kind, Suggested, suggested
from flows.verdict import Arg, Named, Problem

MOST = 6
"""So many stand under the field at once."""

MOST_NEAR = 3
"""So many are named to somebody who wrote a name shortened."""

NEAR = 0.9
"""Shortened names within this many points of the best may be meant as well."""

OFFERED_AT_ONCE: frozenset[Kind] = frozenset({"countries"})
"""Lists whose first name is offered before anything is typed: nearly all certificates come from China."""

SPELT_OUT = WRITTEN_OUT - 1
"""The score of a name in full pinyin; initials say less."""

AS_PRINTED: frozenset[Kind] = frozenset({"schools", "study-majors"})
"""Names that have to be written as they are printed, so a shortened one is worth a word."""


@dataclass(frozen=True)
class Suggestion:
    """A name in words: what is taken, and what stands beside it to tell it apart."""

    text: str
    note: str = ""


class Suggester:
    """One list, made ready to be searched."""

    def __init__(self, kind: Kind, names: tuple[Suggested, ...]) -> None:
        """Make the names ready; those of the past stand behind those of today."""
        self._kind = kind
        self._names = {each.name: each for each in sorted(names, key=lambda each: bool(each.now))}
        self._finder = Finder(
            Findable(each.name, (each.english, *each.short)) for each in self._names.values()
        )

    def suggest(self, typed: str) -> tuple[Suggested, ...]:
        """Find the names that may be meant, best first."""
        if not typed.strip():
            return tuple(self._names.values())[:1] if self._kind in OFFERED_AT_ONCE else ()
        found = [self._names[match.id] for match in self._finder.rank(typed, most=MOST)]
        # A name itself comes before one that is also called so: 石油大学 stood on diplomas until 2005.
        return tuple(sorted(found, key=lambda each: letters(each.name) != letters(typed)))

    def near(self, typed: str) -> Problem | None:
        """Return a warning for a name of the list that is shortened, or written as it only sounds.

        What only resembles a name is left alone: no list holds every school.
        """
        if self._kind not in AS_PRINTED or typed in self._names:
            return None
        found = self._finder.rank(typed, most=MOST)
        if not found:
            return None
        best = found[0]
        shortened = best.way is Way.SHORT or (best.way is Way.EXACT and best.score >= SPELT_OUT)
        if not shortened or letters(typed) == letters(best.id):
            return None
        meant = [each.id for each in found if each.way is best.way and each.score >= best.score - NEAR]
        return Problem("name-shortened", {"names": tuple(meant[:MOST_NEAR])})

    def said(self, each: Suggested, wording: Wording) -> Suggestion:
        """Put a name into words: a country in the language of now, all else as it is printed."""
        if self._kind == "countries":
            return Suggestion(each.name if wording.chinese else each.english)
        if each.now:
            since: dict[str, Arg] = {"name": each.now, "year": each.until}
            return Suggestion(each.name, wording.text("face.now-since" if each.until else "face.now", since))
        if each.english and not wording.chinese:
            return Suggestion(each.name, each.english)
        return Suggestion(each.name, wording.arg(Named("province", each.place)) if each.place else "")


def near(kind: Kind, typed: str) -> Problem | None:
    """Return the warning of :meth:`Suggester.near`; a list that cannot be read stops nobody."""
    try:
        if typed in _names(kind):
            # Reading the list takes a tenth of the time in which it is made ready to be searched.
            return None
        return suggester(kind).near(typed)
    except ContentError:
        return None


@cache
def _names(kind: Kind) -> frozenset[str]:
    """Return the names of a list, read once: a fortieth of a second for the schools."""
    return frozenset(each.name for each in suggested(kind))


@cache
def suggester(kind: Kind) -> Suggester:
    """Return a list, read and made ready once: a quarter of a second for the schools, so never on a key."""
    return Suggester(kind, suggested(kind))
