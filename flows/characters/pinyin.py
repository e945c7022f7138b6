"""Characters for the letters of pinyin as they are typed on a keyboard without an input method.

:mod:`flows.characters.lookup` is for the one character that a keyboard cannot give, so it puts the uncommon
first; here the common ones come first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache

from flows.characters.common import ALSO_READ, EVERYDAY, SURNAMES
from flows.characters.known import BEYOND_GBK, COMMON_IN_NAMES, IN_GBK
from flows.characters.lookup import encodable, is_han, level_one
from flows.characters.readings import readings

LONGEST = 40
"""Letters that are looked at; nobody types a longer run before the first character is chosen."""

_Rank = tuple[int, bool, int, int]


def candidates(typed: str, most: int = 8, skip: int = 0) -> tuple[str, ...]:
    """Offer characters for the first syllable of what is typed.

    Args:
        typed: Letters without tones, as far as they are typed: ``w``, ``wang``, ``wangxiao``; ``v`` or ``ü``
            for ü; an apostrophe parts syllables.
        most: How many at most.
        skip: How many of the first to leave out: the next page.

    Returns:
        Characters of exactly this syllable before those of a longer one. Within each the 3,755 common
        characters of GB/T 2312, its others, the rest of GBK, those known from names, and all others; the
        more usual first.
    """
    first, rest = parted(typed)
    if not first or most <= 0:
        return ()
    return _found(first, whole=bool(rest) and first in _index())[skip : skip + most]


def parted(typed: str) -> tuple[str, str]:
    """Part the first syllable from the rest, so that the rest can be read too: ``fangan`` is fang an.

    Args:
        typed: As for :func:`candidates`.

    Returns:
        The first syllable, or the beginning of one, and what follows it; both empty for what is no pinyin.
    """
    letters = (
        typed[:LONGEST].casefold().replace("u:", "v").replace("ü", "v").replace("u\u0308", "v").lstrip("'")
    )
    if not re.fullmatch("[a-z']+", letters):
        return "", ""
    run, _, after = letters.partition("'")
    length = _length(run)
    return run[:length], run[length:] + (f"'{after}" if after or letters.endswith("'") else "")


def _length(run: str) -> int:
    """Return how many letters the first syllable takes: the longest after which the rest can be read."""
    if _begins(run):
        return len(run)
    # From the end, and nothing of it is kept: what one person typed has no place in a cache.
    readable = [True] * (len(run) + 1)
    for at in range(len(run) - 1, 0, -1):
        readable[at] = _begins(run[at:]) or any(
            run[at:end] in _index() and readable[end] for end in range(at + 1, min(len(run), at + 6) + 1)
        )
    lengths = range(min(len(run), 6), 0, -1)
    syllables = [n for n in lengths if run[:n] in _index()]
    begun = (n for n in lengths if _begins(run[:n]))
    return next((n for n in syllables if readable[n]), None) or next(iter(syllables), None) or next(begun, 1)


def _begins(run: str) -> bool:
    """Whether this is a syllable or the beginning of one."""
    return run in _beginnings()


@lru_cache(maxsize=1024)
def _found(first: str, *, whole: bool) -> tuple[str, ...]:
    index = _index()
    exact = index.get(first, {})
    found = sorted(exact, key=exact.__getitem__)
    if whole:
        return tuple(found)
    longer: dict[str, _Rank] = {}
    for syllable, chars in index.items():
        if syllable != first and syllable.startswith(first):
            for char, rank in chars.items():
                longer[char] = min(rank, longer.get(char, rank))
    return tuple(dict.fromkeys([*found, *sorted(longer, key=longer.__getitem__)]))


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(syllable[:n] for syllable in _index() for n in range(len(syllable) + 1))


@cache
def _index() -> Mapping[str, Mapping[str, _Rank]]:
    """Characters with their ranks by syllable; built once, 0.3 s with the data."""
    usual = _usual()
    # 42,000 characters share 1,500 readings.
    syllables: dict[str, str] = {}
    index: dict[str, dict[str, _Rank]] = {}
    for point, own in readings().items():
        char = chr(point)
        if not is_han(char):
            continue
        group = _group(char)
        for place, reading in enumerate(own.split(",")):
            if reading not in syllables:
                syllables[reading] = _letters(reading)
            for syllable in _spellings(syllables[reading]):
                second = place > 0 and ALSO_READ.get(char) != syllable
                rank = group, second, usual.get(char, len(usual) + 5000), point
                chars = index.setdefault(syllable, {})
                chars[char] = min(rank, chars.get(char, rank))
    index.pop("", None)
    return index


def _letters(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("e\u0302", "ei")
    letters = "".join(each for each in plain if each.isascii())
    return letters if re.fullmatch("[a-z]*[aeiouv][a-z]*", letters) else _VOICED.get(letters, "")


_VOICED = {"m": "mu", "n": "en", "ng": "en", "hm": "heng", "hng": "heng"}
"""Sounds without a vowel are no syllables that anybody types; these stand nearest."""


def _spellings(syllable: str) -> tuple[str, ...]:
    """Return how a syllable is typed: for lüe and nüe people leave the dots out."""
    return (syllable, syllable.replace("v", "u")) if syllable in {"lve", "nve"} else (syllable,)


def _group(char: str) -> int:
    if level_one(char):
        return 0
    if encodable(char, "gb2312"):
        return 1
    if encodable(char, "gbk"):
        return 2 if char in IN_GBK else 3
    return 4 if char in BEYOND_GBK else 5


@cache
def _usual() -> Mapping[str, int]:
    """Weigh characters by how often they are meant: everyday ones, then surnames, mixed by their places."""
    weights: dict[str, int] = {}
    for chars, begins, step in ((EVERYDAY, 0, 1), (SURNAMES, 10, 4), (COMMON_IN_NAMES + IN_GBK, 300, 1)):
        for place, char in enumerate(dict.fromkeys(chars)):
            weights[char] = min(begins + step * place, weights.get(char, 10_000))
    return weights
