"""Takes a text apart into what a pack is searched by: stems of English words, pairs of Chinese characters.

Each term has pieces, which find it where it is written a little otherwise: three letters of a word in a
row, the characters of a pair.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise

from assistant.answers.features import PIECE, stem, words_of

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")
_SAYS_LITTLE = re.compile("[的了吗呢啊吧呀么]|请问")

_stem = lru_cache(maxsize=1 << 16)(stem)


def terms(text: str, language: str) -> list[str]:
    """Return the terms of a text, each as often as it occurs.

    Args:
        text: Of any length and in any script.
        language: ``en`` or ``zh``; Chinese characters count in a Chinese text alone.
    """
    words = [_stem(word) for word in words_of(text)]
    if language == "en":
        return words
    found: list[str] = []
    for run in _HAN.findall(unicodedata.normalize("NFKC", text)):
        telling = _SAYS_LITTLE.sub("", run)
        found += [one + two for one, two in pairwise(telling)] if len(telling) > 1 else [*telling]
    return found + words


@lru_cache(maxsize=1 << 16)
def pieces(term: str) -> tuple[str, ...]:
    """Return the pieces of a term, each once."""
    if not term.isascii():
        return tuple(dict.fromkeys(term))
    edged = f"^{term}$"
    return tuple(dict.fromkeys(edged[at : at + PIECE] for at in range(max(1, len(edged) - PIECE + 1))))
