"""Reads the trained model: what a question's features speak for, and how sure that makes us.

The file is made by :mod:`assistant.answers.training` with the content, and opened read-only. A question
fetches the rows of its own features and nothing else, so opening costs a millisecond and hardly any memory.
"""

from __future__ import annotations

import json
import math
import sqlite3
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

from rapidfuzz import fuzz, process

from assistant.answers.features import PARTIAL, features, is_small, stem, weighed, words_of
from content.schema import Bilingual, item_of

SCALE = 1 / 1000
"""What one unit of a stored weight is worth."""

LONG = 120
"""Characters from which on a longer question tells nothing more."""

_NEAR = 82
"""From this likeness on a word is taken for a known one that was mistyped."""

_SHORTEST = 4

LOWEST = 0.001
"""What is known but answers nothing is told from what is foreign to us."""


@dataclass(frozen=True)
class Bands:
    """What the calibration found.

    Args:
        weights: One for each of the signs of :meth:`Scores.signs`, and the last for none of them.
        covered: With less of a question known than this, nothing is said of it.
        answered: From this confidence on a passage is given as the answer.
        suggested: From this confidence on items are offered to pick from.
    """

    weights: tuple[float, ...]
    covered: float
    answered: float
    suggested: float


@dataclass(frozen=True)
class Scores:
    """How much speaks for each paragraph, item and topic that the notice does not answer.

    Attributes:
        paragraphs: By paragraph id.
        items: By item number.
        topics: By id of the topic.
        nothing: How much speaks for the notice not answering.
        outside: The part of ``nothing`` that comes from no topic in particular.
        covered: The share of the question's features that anything was ever written with, 0 to 1.
        telling: Whether a whole word of it is known, and not only pieces of words and small words.
        length: How many characters the question has.
    """

    paragraphs: Mapping[str, float]
    items: Mapping[int, float]
    topics: Mapping[str, float]
    nothing: float
    outside: float
    covered: float
    telling: bool
    length: int

    @property
    def ranked(self) -> tuple[int, ...]:
        """The items, best first."""
        return tuple(sorted(self.items, key=lambda number: -self.items[number]))

    def signs(self) -> tuple[float, ...]:
        """Return the numbers that confidence is reckoned from."""
        first, second = (self.items[number] for number in self.ranked[:2])
        return (
            first,
            first - second,
            self.nothing,
            first - self.nothing,
            self.outside,
            self.covered,
            math.log(min(max(self.length, 1), LONG)),
        )


@dataclass(frozen=True)
class Topic:
    """Something that people ask and the notice does not answer.

    Attributes:
        topic: What it is, in a few words.
        nearest: Number of the item nearest to it, if any.
        later_rule: Id of the later rule that does answer, if any.
    """

    topic: Bilingual
    nearest: int | None
    later_rule: str | None


def sure(signs: Sequence[float], weights: Sequence[float]) -> float:
    """Turn signs into a probability."""
    reckoned = math.fsum(a * b for a, b in zip(signs, weights, strict=False)) + weights[-1]
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, reckoned))))


class Model:
    """The model of one language, in a file that is opened once and only read."""

    def __init__(self, path: Path, language: str) -> None:
        """Open the file.

        Raises:
            sqlite3.DatabaseError: It is no model.
        """
        self._language, self._lock = language, Lock()
        # `immutable`: the file lies beside the content and may lie on a disk that cannot be written.
        self._file = sqlite3.connect(
            f"{path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        about = json.loads(self._value(f"about.{language}"))
        self._classes: list[tuple[str, str]] = [(kind, id) for kind, id in about["classes"]]
        self._unknown: float = about["unknown"]
        self.bands = Bands(tuple(about["weights"]), about["covered"], about["answered"], about["suggested"])
        self._words: tuple[list[str], frozenset[str]] | None = None

    def confidence(self, scores: Scores) -> float:
        """Return how probably the best item answers: calibrated, and 0 for what is foreign to us."""
        if scores.covered < self.bands.covered or not scores.telling:
            return 0.0
        return max(LOWEST, round(sure(scores.signs(), self.bands.weights), 3))

    def scores(self, question: str) -> Scores:
        """Weigh a question; it is cut already."""
        asked = Counter(features(self.mend(question), self._language))
        rows = self._rows(list(asked))
        values = weighed(asked, {feature: row[0] for feature, row in rows.items()}, self._unknown)
        speaks = [0.0] * len(self._classes)
        for feature, (_rarity, classes, weights) in rows.items():
            value = values[feature] * SCALE
            for at, weight in zip(classes, weights, strict=True):
                speaks[at] += value * weight
        known = math.fsum(rarity for rarity, _, _ in rows.values())
        all_ = known + self._unknown * (len(asked) - len(rows))
        return self._sorted_out(
            speaks,
            covered=known / all_ if all_ else 0.0,
            telling=any(feature[0] not in PARTIAL for feature in rows),
            length=len(question),
        )

    def mend(self, question: str) -> str:
        """Put the nearest known word in place of each mistyped English one."""
        if self._language != "en":
            return question
        return " ".join(self._nearest(word) for word in question.lower().split())

    def known(self, wanted: Sequence[str]) -> frozenset[str]:
        """Return which features several people asked with."""
        return frozenset(self._rows(list(dict.fromkeys(wanted))))

    def topic(self, id: str) -> Topic:
        """Return a topic that the notice does not answer; the file holds it so that no other need be read."""
        with self._lock:
            row = self._file.execute(
                "SELECT nearest, later_rule, en, zh FROM topic WHERE id = ?", (id,)
            ).fetchone()
        nearest, rule, en, zh = row
        return Topic(Bilingual(en=en, zh=zh), nearest, rule)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _sorted_out(self, speaks: list[float], **about: Any) -> Scores:
        paragraphs, groups, topics = {}, {}, {}
        for (kind, id), value in zip(self._classes, speaks, strict=True):
            match kind:
                case "paragraph":
                    paragraphs[id] = value
                case "item":
                    groups[int(id)] = value
                case _:
                    topics[id] = value
        best: dict[int, float] = {}
        for id, value in paragraphs.items():
            number = item_of(id)
            best[number] = max(best.get(number, -math.inf), value)
        outside = groups.pop(0, 0.0)
        items = {number: value + groups.get(number, 0.0) for number, value in best.items()}
        nothing = outside + max(topics.values(), default=0.0)
        return Scores(paragraphs, items, topics, nothing, outside, **about)

    def _rows(self, asked: list[str]) -> dict[str, tuple[float, array[int], array[int]]]:
        marks = ",".join("?" * len(asked))
        with self._lock:
            found = self._file.execute(
                f"SELECT feature, rarity, classes, weights FROM weight_{self._language} "  # noqa: S608 - a fixed name
                f"WHERE feature IN ({marks})",
                asked,
            ).fetchall()
        return {
            f: (rarity, array("H", classes), array("h", weights)) for f, rarity, classes, weights in found
        }

    def _value(self, key: str) -> str:
        with self._lock:
            row = self._file.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        if row is None:
            raise sqlite3.DatabaseError(f"no {key} in the model")
        return str(row[0])

    def _nearest(self, word: str) -> str:
        letters = word.strip(".,;:!?\"'()")
        if len(letters) < _SHORTEST or not letters.isascii() or not letters.isalpha() or is_small(letters):
            return word
        if self._words is None:
            words = self._value("words.en").split()
            self._words = words, frozenset([*words, *map(stem, words)])
        words, known = self._words
        if letters in known or stem(letters) in known:
            return word
        near = process.extractOne(letters, words, scorer=fuzz.ratio, score_cutoff=_NEAR)
        return near[0] if near else word


def vocabulary(texts: Sequence[str]) -> list[str]:
    """Return the English words that texts are written with, in order."""
    return sorted({word for text in texts for word in words_of(text)})
