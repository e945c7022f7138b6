"""A small search index of one language: which entries lie nearest to what was asked."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz, process

UNKNOWN = 0.6
"""What a word that no entry holds counts, beside the rarest known one."""

COVERAGE = 0.6
"""What covering the whole question counts, beside lying exactly on one entry."""

_WORD = re.compile(r"[a-z]+|[0-9]+")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_ENDINGS = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ings",
    "ing",
    "ies",
    "ied",
    "ers",
    "ed",
    "es",
    "er",
    "s",
    "e",
    "y",
)
_STOP_EN = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "and",
        "or",
        "is",
        "are",
        "am",
        "be",
        "it",
        "its",
        "this",
        "that",
        "do",
        "does",
        "did",
        "i",
        "my",
        "me",
        "we",
        "you",
        "your",
        "what",
        "how",
        "can",
        "if",
        "with",
        "will",
        "as",
        "have",
        "has",
        "was",
        "were",
        "so",
        "there",
        "which",
        "they",
        "them",
        "their",
    ]
)
_STOP_ZH = frozenset("的了吗呢啊吧呀么是我您你")


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def words_of(text: str) -> list[str]:
    """Split English text into words that say something, in lower case."""
    return [word for word in _WORD.findall(text.lower().replace("'s", "")) if word not in _STOP_EN]


def features(text: str, language: str) -> Counter[str]:
    """Take a text apart: stems in English, characters and pairs of characters in Chinese."""
    found: Counter[str] = Counter()
    if language == "en":
        stems = [_stem(word) for word in words_of(text)]
        found.update(stems)
        for stem in set(stems):
            padded = f"^{stem}$"
            found.update({f"#{padded[at : at + 4]}": 1 for at in range(max(1, len(padded) - 3))})
        found.update(f"{one} {two}" for one, two in pairwise(stems))
        return found
    for run in _HAN_RUN.findall(text):
        kept = "".join(c for c in run if c not in _STOP_ZH)
        found.update(kept)
        found.update(one + two for one, two in pairwise(kept))
    found.update(_WORD.findall(text.lower()))
    return found


Owner = int | str
"""What an entry speaks for: an item by its number, or a topic that the notice does not answer by its id."""


@dataclass(frozen=True)
class Nearness:
    """How near everything lies to a question: each entry, and each owner of entries."""

    entries: tuple[float, ...]
    owners: Mapping[Owner, float]


class Index:
    """Cosine similarity to each entry, and how much of the question each owner's entries cover together.

    Args:
        texts: The entries.
        owners: For each entry, what it speaks for.
        language: ``en`` or ``zh``.
    """

    def __init__(self, texts: Sequence[str], owners: Sequence[Owner], language: str) -> None:
        """Build the lists: about 50 ms for the notice with its phrasings."""
        self._language, self._owners = language, tuple(owners)
        counted = [features(text, language) for text in texts]
        holding = Counter(feature for each in counted for feature in each)
        self._rarity = {f: math.log(1 + len(texts) / n) * _weight(f) for f, n in holding.items()}
        self._unknown = math.log(1 + len(texts)) * UNKNOWN
        self._vocabulary = sorted({word for text in texts for word in words_of(text)})
        self._known = _STOP_EN.union(self._vocabulary, map(_stem, self._vocabulary))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._held: dict[Owner, set[str]] = defaultdict(set)
        for entry, each in enumerate(counted):
            self._held[self._owners[entry]].update(each)
            for feature, value in self._vector(each).items():
                self._postings[feature].append((entry, value))
        spread = Counter(feature for held in self._held.values() for feature in held)
        self._telling = {f: math.log(1 + len(self._held) / n) * _weight(f) for f, n in spread.items()}
        self._strange = math.log(1 + len(self._held)) * UNKNOWN

    def near(self, question: str) -> Nearness:
        """Return how near each entry (0 to 1) and each owner (0 to 1.6) is to the question."""
        asked = features(self.mend(question), self._language)
        entries = [0.0] * len(self._owners)
        for feature, value in self._vector(asked).items():
            for entry, theirs in self._postings.get(feature, ()):
                entries[entry] += value * theirs
        by_owner: dict[Owner, list[float]] = defaultdict(list)
        for owner, value in zip(self._owners, entries, strict=True):
            by_owner[owner].append(value)
        weights = {f: self._telling.get(f, self._strange * _weight(f)) for f in asked}
        whole = math.fsum(weights.values()) or 1.0
        return Nearness(
            tuple(entries),
            {
                owner: 0.7 * max(values)
                + 0.3 * mean_of_best(values)
                + COVERAGE * math.fsum(w for f, w in weights.items() if f in self._held[owner]) / whole
                for owner, values in by_owner.items()
            },
        )

    def mend(self, question: str) -> str:
        """Put the nearest known word in place of each misspelt English one."""
        if self._language != "en":
            return question
        return " ".join(self._nearest(word) for word in question.lower().split())

    def _nearest(self, word: str) -> str:
        letters = word.strip(".,;:!?\"'()")
        if (
            len(letters) < 4
            or not letters.isalpha()
            or letters in self._known
            or _stem(letters) in self._known
        ):
            return word
        near = process.extractOne(letters, self._vocabulary, scorer=fuzz.ratio, score_cutoff=82)
        return near[0] if near else word

    def _vector(self, counted: Counter[str]) -> dict[str, float]:
        raw = {
            f: (1 + math.log(n)) * self._rarity.get(f, self._unknown * _weight(f)) for f, n in counted.items()
        }
        length = math.sqrt(math.fsum(value * value for value in raw.values())) or 1.0
        return {feature: value / length for feature, value in raw.items()}


def _weight(feature: str) -> float:
    if feature.startswith("#"):
        return 0.35
    return 0.7 if " " in feature else 1.0


def mean_of_best(values: Iterable[float]) -> float:
    """Average the three highest values; there is at least one."""
    best = sorted(values, reverse=True)[:3]
    return math.fsum(best) / len(best)
