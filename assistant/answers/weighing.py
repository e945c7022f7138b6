"""Weighs how well a paragraph and the question above it match what was asked: BM25 over two fields.

The settings were chosen on the even threads of StackFAQ, see ``tests/bench/stackfaq.py``.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answers.terms import pieces

FULL = 1.2
"""From how often a term stands somewhere on, more of it hardly counts (the k1 of BM25)."""

LENGTH = 0.5
"""How much it counts against a text that it is long (the b of BM25)."""

BODY = 0.3
"""What a term in a paragraph weighs beside one in the question above it."""

PIECES = 0.4
"""What the pieces of terms weigh beside whole terms."""


@dataclass(frozen=True)
class Lengths:
    """How many terms, or pieces of them, the questions and the paragraphs of a pack have on average."""

    titles: float
    bodies: float

    def strength(self, in_title: float, title: int, in_body: float, body: int) -> float:
        """Return how strongly a term stands in a paragraph, from 0 to below 1.

        Args:
            in_title: How often it stands in the question above the paragraph.
            title: How many terms that question has.
            in_body: How often it stands in the paragraph itself.
            body: How many terms that has.
        """
        often = in_title / (1 - LENGTH + LENGTH * title / self.titles)
        often += BODY * in_body / (1 - LENGTH + LENGTH * body / self.bodies)
        return often / (FULL + often)


def rarity(held: int, texts: int) -> float:
    """Return how much a term tells that ``held`` of so many texts hold."""
    return math.log(1 + (texts - held + 0.5) / (held + 0.5))


class Question:
    """What one question weighs paragraphs with."""

    def __init__(
        self, words: Mapping[str, float], parts: Mapping[str, float], lengths: Lengths, piece_lengths: Lengths
    ) -> None:
        """Take the rarity of its terms and of their pieces, and the lengths of the pack."""
        self._words, self._pieces = words, parts
        self._lengths, self._piece_lengths = lengths, piece_lengths
        self._held: dict[str, tuple[str, ...]] = {}
        self.most = math.fsum(words.values()) + PIECES * math.fsum(parts.values())
        """What a text would weigh that is all about every term."""

    def weigh(self, title: Sequence[str], body: Sequence[str]) -> float:
        """Weigh a paragraph by its terms and those of the question above it."""
        above, below = Counter(title), Counter(body)
        found = math.fsum(
            rare * self._lengths.strength(above[term], len(title), below[term], len(body))
            for term, rare in self._words.items()
            if term in above or term in below
        )
        high, high_length = self._counted(above)
        low, low_length = self._counted(below)
        parts = math.fsum(
            self._pieces[piece]
            * self._piece_lengths.strength(high.get(piece, 0), high_length, low.get(piece, 0), low_length)
            for piece in {**high, **low}
        )
        return found + PIECES * parts

    def _counted(self, found: Iterable[str]) -> tuple[dict[str, int], int]:
        """Count the question's pieces in terms that differ, and how many pieces these have in all."""
        counts: dict[str, int] = {}
        length = 0
        for term in found:
            length += len(pieces(term))
            held = self._held.get(term)
            if held is None:
                held = self._held[term] = tuple(piece for piece in pieces(term) if piece in self._pieces)
            for piece in held:
                counts[piece] = counts.get(piece, 0) + 1
        return counts, length
