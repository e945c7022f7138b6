"""Knows the question of an item itself, though it was mistyped: nothing has to be weighed then."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from rapidfuzz.distance import DamerauLevenshtein

MOST_TYPOS = 2
"""So many letters may be missing, doubled, wrong or swapped; in Chinese missing, or of the same sound."""

_LETTERS = re.compile(r"[^a-z0-9\u3400-\u9fff\U00020000-\U0003ffff ]+")
_NOT = frozenset("不未无非没")
"""Without one of these a question asks the opposite; that is no typo."""


class Headings:
    """The questions of a notice in one language, by their length."""

    def __init__(self, titles: Iterable[tuple[int, str]], language: str) -> None:
        """Take the number and the question of each item."""
        self._language = language
        self._titles: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for number, title in titles:
            plain = self._plain(title)
            self._titles[len(plain)].append((number, plain))

    def meant(self, asked: str) -> int | None:
        """Return the number of the item whose question this is, or ``None`` where it is none or two."""
        typed = self._plain(asked)
        lengths = range(len(typed) - MOST_TYPOS, len(typed) + MOST_TYPOS + 1)
        near = [
            (number, title)
            for length in lengths
            for number, title in self._titles.get(length, ())
            if DamerauLevenshtein.distance(typed, title, score_cutoff=MOST_TYPOS) <= MOST_TYPOS
        ]
        if self._language == "zh":
            near = [(number, title) for number, title in near if _sounds_like(typed, title)]
        exact = [number for number, title in near if title == typed]
        found = exact or [number for number, _ in near]
        return found[0] if len(found) == 1 else None

    def _plain(self, text: str) -> str:
        plain = _LETTERS.sub("", unicodedata.normalize("NFKC", text).lower())
        return plain.replace(" ", "") if self._language == "zh" else " ".join(plain.split())


def _sounds_like(typed: str, title: str, slips: int = MOST_TYPOS) -> bool:
    """Whether characters are only missing or replaced by others of the same sound.

    By their number alone 用户注销 would be a mistyped 用户注册.
    """
    if not title:
        return not typed
    lost, rest = title[0], title[1:]
    if typed and typed[0] == lost and _sounds_like(typed[1:], rest, slips):
        return True
    if slips == 0 or lost in _NOT:
        return False
    if _sounds_like(typed, rest, slips - 1):
        return True
    alike = bool(typed) and not _sounds(lost).isdisjoint(_sounds(typed[0]))
    return alike and _sounds_like(typed[1:], rest, slips - 1)


def _sounds(char: str) -> frozenset[str]:
    """Return how a character is read, without tones."""
    # Imported here: the table takes 12 MB, and only a heading with a strange character needs it.
    from flows.characters.readings import readings

    read = unicodedata.normalize("NFD", readings().get(ord(char), ""))
    return frozenset("".join(sign for sign in read if sign.isalpha() or sign == ",").split(",")) - {""}
