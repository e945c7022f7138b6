"""Finds what was meant among things with names: in Chinese, pinyin, initials or English, typos included.

One engine serves every pick list: it narrows options while one types, and decides what a typed name means.
Exact names stand above beginnings, these above parts, these above what is only like a name; what is less
like than that is not found at all.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import accumulate

from flows import text
from flows.characters.spelling import spell

LONGEST = 60
"""Longer entries are no name; looking for them would only cost time."""

WRITTEN_OUT = 100.0
"""The score of a name that was typed as it is; pinyin and initials have less."""


class Way(IntEnum):
    """How an entry came to a name, the surest first."""

    EXACT = 5
    """It is the name, its pinyin or its initials."""
    START = 4
    """It begins the name, its pinyin or its initials."""
    PART = 3
    """It stands within the name at the beginning of a word, or mixes pinyin and initials (``nanjgydx``)."""
    SHORT = 2
    """It leaves characters out (南工大), or writes others of the same sound (南晶)."""
    LIKE = 1
    """It is a typing mistake away from it."""


@dataclass(frozen=True)
class Findable:
    """Something to find. ``names`` are all that people call it, in any language; the id is one more."""

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, order=True)
class Match:
    """Something found, the better the greater.

    Args:
        way: How it was found.
        score: 0 to 100, comparable among matches of the same entry.
        id: What was found.
    """

    way: Way
    score: float
    id: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name made ready to compare.

    Args:
        owner: The place of what it names.
        text: Its letters and characters alone, folded.
        words: Its words, of a name without Chinese.
        syllables: A syllable for each character of ``text``, of a name in Chinese.
        starts: Where a word begins in ``text``, or a syllable in ``sound``.
        sound: The syllables joined.
        initials: Their first letters.
    """

    owner: int
    text: str
    words: tuple[str, ...]
    syllables: tuple[str, ...]
    starts: tuple[int, ...]
    sound: str = ""
    initials: str = ""


class Finder:
    """Things to find, with their names made ready once."""

    def __init__(self, things: Iterable[Findable]) -> None:
        """Make the names ready: about 20 microseconds a name."""
        self._ids: list[str] = []
        self._names: list[_Name] = []
        self._begun_by: dict[str, list[_Name]] = {}
        self._wholes: dict[bool, list[tuple[str, _Name]]] = {}
        for owner, thing in enumerate(things):
            self._ids.append(thing.id)
            ready = {name.text: name for each in (thing.id, *thing.names) if (name := _ready(owner, each))}
            self._names += ready.values()
        for name in self._names:
            for letter in {name.text[0], name.sound[:1]} - {""}:
                self._begun_by.setdefault(letter, []).append(name)

    def rank(self, typed: str, *, sure: bool = False, most: int | None = None) -> tuple[Match, ...]:
        """Find what an entry may mean, best first; what is equally good stays in its order.

        Args:
            typed: What was typed, unchanged.
            sure: Whether only a name that is written out counts: for what promises, confirms or cannot be
                undone. Of a question this holds always, and of yes and no what is less than a beginning
                is never found.
            most: How many to return at most.
        """
        wanted = letters(typed)
        if not wanted or len(wanted) > LONGEST or _NO_NAME.search(typed):
            return ()
        found = self._found(wanted, most) or self._like(wanted)
        ranked = sorted(found.items(), key=lambda each: (-each[1][0], -each[1][1], each[0]))
        matches = tuple(Match(way, score, self._ids[owner]) for owner, (way, score) in ranked[:most])
        if sure or _is_question(typed):
            return tuple(each for each in matches if each.way is Way.EXACT and each.score == WRITTEN_OUT)
        if {"yes", "no"} <= set(self._ids):
            return tuple(each for each in matches if each.way >= Way.START)
        return matches

    def _found(self, wanted: str, most: int | None) -> _Found:
        han = _HAN.search(wanted) is not None
        found: _Found = {}
        begins = _begins_in_chinese if han else _begins
        for name in self._begun_by.get(wanted[0], ()):
            _keep(found, name, begins(wanted, name))
        if not han and most is not None and len(found) >= most:
            # Whatever else there is stands behind these: on most keys that is all the work.
            return found
        sound = _sound("".join(spell(wanted))) if han else _sound(wanted)
        holds = _holds_in_chinese if han else _holds
        if len(wanted) > 1 or han:
            for name in self._names:
                _keep(found, name, holds(wanted, sound, name))
        return found

    def _like(self, wanted: str) -> _Found:
        """Find names a typing mistake or two away; nothing where the entry is too short to tell."""
        han = _HAN.search(wanted) is not None
        budget = _mistakes(len(wanted), han)
        found: _Found = {}
        if not budget:
            return found
        if han not in self._wholes:
            self._wholes[han] = [(whole, name) for name in self._names for whole in _wholes(name, han)]
        first, second = wanted[0], wanted[1]
        for whole, name in self._wholes[han]:
            # The first letter, or the first after one left out or put in, is nearly always right.
            if first not in (whole[0], whole[1]) and second != whole[0]:
                continue
            away = _away(wanted, whole, budget)
            if away <= budget:
                _keep(found, name, (Way.LIKE, 100 - 15.0 * away - _left_over(wanted, whole)))
        return found


def decided(matches: Sequence[Match]) -> str | None:
    """Return what was meant where the matches leave no doubt: ``None`` where two are as good.

    Anything less sure than a beginning decides only when nothing else was found.
    """
    if not matches:
        return None
    best = matches[0]
    if best.way is Way.EXACT:
        rivals = [each for each in matches if each.way is Way.EXACT and each.score == best.score]
    elif best.way is Way.START:
        rivals = [each for each in matches if each.way is Way.START]
    else:
        rivals = list(matches)
    return best.id if len(rivals) == 1 else None


# Comparing ---------------------------------------------------------------------------------------------

_HAN = re.compile("[\u3007\u3400-\u9fff\U00020000-\U0003ffff]")
_NO_NAME = re.compile(r"^\s*[/／]|[^\w\s.,，、·'’()（）/〇&+\u2010-\u2015-]")
"""Signs that stand in no name, and the beginning of a command: what has one is something else."""

_NOTHING = (Way.LIKE, -1.0)

_Found = dict[int, tuple[Way, float]]
"""How well each thing fits, by its place."""


def _keep(found: _Found, name: _Name, match: tuple[Way, float] | None) -> None:
    if match is not None and match > found.get(name.owner, _NOTHING):
        found[name.owner] = match


def _begins(wanted: str, name: _Name) -> tuple[Way, float] | None:
    """Hold an entry in Latin letters against a name that begins with the same letter."""
    if name.text.startswith(wanted):
        return _begun(wanted, name.text, WRITTEN_OUT)
    if not name.syllables:
        along = len(wanted) > 2 and len(name.words) > 1 and _along(wanted, name.words)
        return (Way.PART, 95 - _left_over(wanted, name.text)) if along else None
    sound = _sound(wanted)
    if name.sound.startswith(sound):
        return _begun(sound, name.sound, WRITTEN_OUT - 1)
    if name.initials.startswith(sound):
        return _begun(sound, name.initials, WRITTEN_OUT - 2)
    if len(sound) > 2 and _along(sound, name.syllables):
        return Way.PART, 95 - _left_over(sound, name.initials)
    return None


def _holds(wanted: str, sound: str, name: _Name) -> tuple[Way, float] | None:
    """Hold an entry in Latin letters against the inside of a name."""
    if not name.syllables:
        held = _within(wanted, name.text, name.starts)
        return (Way.PART, 90 - _left_over(wanted, name.text)) if held else None
    if len(sound) < 3:
        return None
    if _within(sound, name.sound, name.starts):
        return Way.PART, 85 - _left_over(sound, name.sound)
    if sound in name.initials:
        return Way.PART, 80 - _left_over(sound, name.initials)
    return (Way.PART, 75.0) if wanted in name.text else None


def _begins_in_chinese(wanted: str, name: _Name) -> tuple[Way, float] | None:
    """Hold an entry with Chinese characters against a name that begins with the same one."""
    if name.text.startswith(wanted):
        return _begun(wanted, name.text, WRITTEN_OUT)
    if len(wanted) < 2:
        return None
    left_over = _left_over(wanted, name.text)
    if span := _spread(wanted, name.text):
        return Way.SHORT, 90 - 2.0 * (span - len(wanted)) - left_over + _together(wanted, name.text)
    mixed = _HAN.sub("", wanted) and _along(wanted, name.syllables, name.text)
    return (Way.PART, 85 - left_over) if mixed else None


def _holds_in_chinese(wanted: str, sound: str, name: _Name) -> tuple[Way, float] | None:
    """Hold an entry with Chinese characters against the inside of a name, and against its sound."""
    if not name.syllables:
        return None
    if wanted in name.text:
        return Way.PART, 90 - _left_over(wanted, name.text)
    if len(wanted) > 1 and name.sound.startswith(sound):
        whole = len(sound) == len(name.sound) or len(sound) in name.starts
        return (Way.SHORT, 60 - _left_over(sound, name.sound)) if whole else None
    return None


def _is_question(typed: str) -> bool:
    from assistant.answers import looks_like_question  # imported here: the search is not needed to paint

    return looks_like_question(typed, "zh")


def _begun(wanted: str, whole: str, best: float) -> tuple[Way, float]:
    if wanted == whole:
        return Way.EXACT, best
    return Way.START, best - _left_over(wanted, whole)


def _left_over(wanted: str, whole: str) -> float:
    """Return 0 to 10 by how much of a name the entry leaves unsaid."""
    return 10.0 * max(0, len(whole) - len(wanted)) / len(whole)


def _within(wanted: str, whole: str, places: tuple[int, ...]) -> bool:
    at = whole.find(wanted)
    while at >= 0:
        if at in places:
            return True
        at = whole.find(wanted, at + 1)
    return False


def _along(wanted: str, pieces: Sequence[str], chars: str = "") -> bool:
    """Whether an entry goes along a name as an input method lets one type: any beginning of each piece.

    Args:
        wanted: The entry.
        pieces: The syllables of a name in Chinese, or the words of one in English.
        chars: The characters that the entry may have in place of their syllables.
    """
    reached = {0}
    for place, piece in enumerate(pieces):
        ahead: set[int] = set()
        for at in reached:
            if chars and wanted[at] == chars[place]:
                ahead.add(at + 1)
            step = 0
            while step < len(piece) and at + step < len(wanted) and wanted[at + step] == piece[step]:
                step += 1
                ahead.add(at + step)
        if len(wanted) in ahead:
            return True
        if not ahead:
            return False
        reached = ahead
    return False


def _spread(wanted: str, whole: str) -> int:
    """Return over how many characters of a name an entry is spread in order, from the first; 0 for none."""
    at = -1
    for char in wanted:
        at = whole.find(char, at + 1)
        if at < 0:
            return 0
    return at + 1


def _together(wanted: str, whole: str) -> int:
    """Count how many characters an entry and a name begin with alike: 南京工大 is rather 工业 than 理工."""
    count = 0
    while count < len(wanted) and wanted[count] == whole[count]:
        count += 1
    return count


def _mistakes(length: int, han: bool) -> int:
    """Return how many mistakes an entry may hold; two characters with one of them wrong say nothing."""
    if han:
        return 0 if length < 4 else 1 if length < 8 else 2
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 13 else 3


def _away(wanted: str, whole: str, budget: int) -> int:
    """Count the mistakes to a name, or to a beginning of it as long as the entry."""
    from rapidfuzz.distance import OSA  # imported here: 12 ms, not needed to paint

    best = OSA.distance(wanted, whole, score_cutoff=budget)
    for size in range(len(wanted) - 1, min(len(wanted) + 2, len(whole))):
        best = min(best, OSA.distance(wanted, whole[:size], score_cutoff=budget))
    return best


def _wholes(name: _Name, han: bool) -> Iterable[str]:
    if han:
        return (name.text,) if len(name.syllables) > 1 else ()
    if name.syllables:
        return (name.sound,) if len(name.sound) > 1 else ()
    return (name.text[at:] for at in name.starts if len(name.text) - at >= 4)


# Making names ready ------------------------------------------------------------------------------------


def _ready(owner: int, name: str) -> _Name | None:
    pieces = _pieces(name)
    whole = "".join(pieces)
    if not whole:
        return None
    if not _HAN.search(whole) or len(whole) == 1:
        # The sound of a single character is no name: hu is not 沪 but the beginning of Hunan.
        return _Name(owner, whole, tuple(pieces), (), _starts(pieces))
    syllables = tuple(_sound(each) for each in spell(whole))
    initials = "".join(each[0] for each in syllables)
    return _Name(owner, whole, (), syllables, _starts(syllables), "".join(syllables), initials)


def _starts(pieces: Sequence[str]) -> tuple[int, ...]:
    return tuple(accumulate((len(each) for each in pieces[:-1]), initial=0))


def letters(name: str) -> str:
    """Return a name without case, accents, spaces and signs: what is left is compared."""
    return "".join(_pieces(name))


def _pieces(name: str) -> list[str]:
    """Part a name into words of small letters without accents; what is no letter or digit parts them."""
    bare = unicodedata.normalize("NFKD", text.field(name[:200])).casefold()
    letters = "".join(each for each in bare if not unicodedata.combining(each) and each not in "'’")
    return re.findall(r"[^\W_]+", letters)


def _sound(spelt: str) -> str:
    """Write ü as u: people type lv, lu and lü for one syllable."""
    return re.sub("(?<=[ln])v", "u", spelt)
