"""Takes a text apart into what the model weighs: stems, pairs and pieces of words; characters in Chinese."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from assistant.answers.kindred import KINDRED

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
WEIGHT = {"_": 0.6, "#": 0.7, "&": 1.0, "=": 1.4}
"""What features weigh beside words, by how they begin: chosen on the calibration and BANKING77 valid."""

PARTIAL = frozenset("#_&=")
"""How features begin that are pieces of words, or hold small words, or stand for others."""

_STOP_ZH = frozenset("的了吗呢啊吧呀么是我您你请问")
PIECE = 3
"""Length of the pieces of an English word: they carry what typos leave of it."""

BEGINNING = 5
"""As many letters of a word tell it: "arrived" and "arrival" stand together with the same others."""

TOGETHER = 40
"""Of no more than this many words or characters, in order, it counts which stand together in one text."""


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


_KIN: dict[str, tuple[int, ...]] = {}
for _at, _group in enumerate(KINDRED):
    for _word in _group.split():
        _KIN[stem(_word)] = (*_KIN.get(stem(_word), ()), _at)


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
        feature: (1 + math.log(n)) * rarity.get(feature, unknown) * WEIGHT.get(feature[0], 1.0)
        for feature, n in counted.items()
    }
    length = math.sqrt(math.fsum(value * value for value in raw.values())) or 1.0
    return {feature: value / length for feature, value in raw.items()}


def _together(parts: Iterable[str]) -> Iterator[tuple[str, str]]:
    return combinations(sorted(set(parts))[:TOGETHER], 2)


def _kindred(telling: Sequence[str]) -> list[str]:
    """Pair each word with what the others are kin to: "my card came" comes near to "my card arrived"."""
    words = sorted(set(telling))[:TOGETHER]
    kin = sorted({of for word in words for of in _KIN.get(word, ())})
    return [f"={of} {word}" for of in kin for word in words if of not in _KIN.get(word, ())]


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().replace("'s", "").replace("n't", " not")


def _english(text: str) -> list[str]:
    words = [stem(word) for word in _WORD.findall(text)]
    telling = [stem(word) for word in words_of(text)]
    found = [*telling]
    found += [f"{one} {two}" for one, two in pairwise(telling)]
    # With the small words too: "how do I" and "do I have to" tell one kind of question from another.
    found += [f"_{one} {two}" for one, two in pairwise(words)]
    # Words say more together than apart, in whichever order: "change" with "photo", "how" with "long".
    found += [f"&{one} {two}" for one, two in _together(word[:BEGINNING] for word in words)]
    found += _kindred(telling)
    for word in dict.fromkeys(telling):
        edged = f"^{word}$"
        found += [f"#{edged[at : at + PIECE]}" for at in range(max(1, len(edged) - PIECE + 1))]
    return found


def _chinese(text: str) -> list[str]:
    runs = _HAN_RUN.findall(text)
    found = [
        f"&{one}{two}" for one, two in _together(sign for run in runs for sign in run if sign not in _STOP_ZH)
    ]
    for run in runs:
        found += run
        found += [one + two for one, two in pairwise(run)]
        found += [run[at : at + 3] for at in range(len(run) - 2)]
        telling = "".join(sign for sign in run if sign not in _STOP_ZH)
        if telling != run:
            found += [f"~{one}{two}" for one, two in pairwise(telling)]
    return found + _WORD.findall(text)
