"""A small search index of one language: which entries lie nearest to what was asked."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

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


@lru_cache(maxsize=8192)
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
        found.update(f"{one} {two}" for one, two in zip(stems, stems[1:], strict=False))
        return found
    for run in _HAN_RUN.findall(text):
        kept = "".join(c for c in run if c not in _STOP_ZH)
        found.update(kept)
        found.update(one + two for one, two in zip(kept, kept[1:], strict=False))
    found.update(_WORD.findall(text.lower()))
    return found


def weight(feature: str) -> float:
    """How much a kind of feature counts beside the others."""
    if feature.startswith("#"):
        return 0.35
    if " " in feature:
        return 0.7
    return 1.0


class Index:
    """Cosine similarity over weighted features, from an inverted list.

    Args:
        texts: The entries, in an order that :meth:`scores` keeps.
        language: ``en`` or ``zh``.
    """

    def __init__(self, texts: Sequence[str], language: str) -> None:
        """Build the lists: about 60 ms for a thousand entries."""
        self._language = language
        counted = [features(text, language) for text in texts]
        holding = Counter(feature for each in counted for feature in each)
        self._rarity = {f: math.log(1 + len(texts) / n) * weight(f) for f, n in holding.items()}
        self._unknown = math.log(1 + len(texts))
        self._vocabulary = sorted({word for text in texts for word in words_of(text)})
        self._known = frozenset(self._vocabulary)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for entry, each in enumerate(counted):
            vector = self._vector(each)
            for feature, value in vector.items():
                self._postings[feature].append((entry, value))
        self._size = len(texts)

    def scores(self, question: str) -> list[float]:
        """Return how near each entry is to the question, from 0 to 1."""
        asked = self._vector(features(self.mend(question), self._language))
        found = [0.0] * self._size
        for feature, value in asked.items():
            for entry, theirs in self._postings.get(feature, ()):
                found[entry] += value * theirs
        return found

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
            f: (1 + math.log(n)) * self._rarity.get(f, self._unknown * weight(f) * 0.6)
            for f, n in counted.items()
        }
        length = math.sqrt(math.fsum(value * value for value in raw.values())) or 1.0
        return {feature: value / length for feature, value in raw.items()}


def mean_of_best(values: Iterable[float], count: int) -> float:
    """Average the ``count`` highest values."""
    best = sorted(values, reverse=True)[:count]
    return math.fsum(best) / len(best) if best else 0.0
