"""Takes a text apart into what the model weighs: stems, pairs and pieces of words; characters in Chinese."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from itertools import combinations, pairwise

_WORD = re.compile(r"[a-z]+|[0-9]+")
_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
# Longer ones first.
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ied"),
    *("ers", "ed", "es", "er", "s", "e", "y"),
)
_STOP_EN = frozenset(
    (
        *("a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "and", "or", "with", "as", "so", "if"),
        *("is", "are", "am", "be", "was", "were", "will", "would", "could", "should", "can", "not", "just"),
        *("do", "does", "did", "have", "has", "it", "its", "this", "that", "there", "they", "them", "their"),
        *("i", "my", "me", "we", "you", "your", "s", "m", "ll", "ve", "re", "t"),
        *("what", "which", "who", "whose", "when", "where", "why", "how"),
    )
)
SMALL = 0.6
"""What a pair that holds small words weighs: "what must" is rare and tells little."""

PARTIAL = frozenset("#_")
"""How features begin that are pieces of words, or hold small words."""

_STOP_ZH = frozenset("的了吗呢啊吧呀么是我您你请问")
PIECE = 3
"""Length of the pieces of an English word: they carry what typos leave of it."""

TOGETHER = 40
"""Of no more than this many words, in alphabetical order, it counts which stand together in one text."""


def words_of(text: str) -> list[str]:
    """Split English text into words that say something, in lower case."""
    return [word for word in _WORD.findall(_plain(text)) if word not in _STOP_EN]


def stem(word: str) -> str:
    """Cut an English ending off where four letters stay."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def is_small(word: str) -> bool:
    """Whether an English word only joins others."""
    return word in _STOP_EN


def features(text: str, language: str) -> list[str]:
    """Take a text apart, each feature as often as it occurs.

    Args:
        text: Of any length and in any script.
        language: ``en`` or ``zh``.
    """
    return _english(_plain(text)) if language == "en" else _chinese(_plain(text))


def weighed(counted: Mapping[str, int], rarity: Mapping[str, float], unknown: float) -> dict[str, float]:
    """Weigh the features of a text by how rare they are, so that long texts weigh no more than short ones.

    Args:
        counted: How often each feature occurs.
        rarity: How much each known feature tells.
        unknown: How much any other tells.
    """
    raw = {
        feature: (1 + math.log(n)) * rarity.get(feature, unknown) * (SMALL if feature[0] == "_" else 1)
        for feature, n in counted.items()
    }
    length = math.sqrt(math.fsum(value * value for value in raw.values())) or 1.0
    return {feature: value / length for feature, value in raw.items()}


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("'s", "").replace("n't", " not")


def _english(text: str) -> list[str]:
    words = [stem(word) for word in _WORD.findall(text)]
    telling = [stem(word) for word in words_of(text)]
    found = [*telling]
    found += [f"{one} {two}" for one, two in pairwise(telling)]
    # With the small words too: "how do I" and "do I have to" tell one kind of question from another.
    found += [f"_{one} {two}" for one, two in pairwise(words)]
    # Words say more together than apart, in whichever order: "change" with "photo", "change" with "level".
    found += [f"&{one} {two}" for one, two in combinations(sorted(set(telling))[:TOGETHER], 2)]
    for word in dict.fromkeys(telling):
        edged = f"^{word}$"
        found += [f"#{edged[at : at + PIECE]}" for at in range(max(1, len(edged) - PIECE + 1))]
    return found


def _chinese(text: str) -> list[str]:
    found: list[str] = []
    for run in _HAN_RUN.findall(text):
        found += run
        found += [one + two for one, two in pairwise(run)]
        found += [run[at : at + 3] for at in range(len(run) - 2)]
        telling = "".join(sign for sign in run if sign not in _STOP_ZH)
        if telling != run:
            found += [f"~{one}{two}" for one, two in pairwise(telling)]
    return found + _WORD.findall(text)
