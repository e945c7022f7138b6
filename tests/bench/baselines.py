"""What is measured beside the product: BM25 and SQLite FTS5 over the same texts, with nothing trained."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Protocol

K1 = 1.2
B = 0.75

_HAN_OR_WORD = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+")


class Baseline(Protocol):
    """Ranks the items of one language."""

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return items with their scores, best first."""
        ...


def terms(text: str) -> list[str]:
    """Split a text into words, and Chinese into characters and their pairs."""
    found: list[str] = []
    for run in _HAN_OR_WORD.findall(text.lower()):
        if run[0].isascii():
            found.append(run)
        else:
            found += [*run, *(one + two for one, two in pairwise(run))]
    return found


class Bm25:
    """Okapi BM25, each text a document; an item scores what its best text does."""

    def __init__(self, texts: Sequence[tuple[int, str]]) -> None:
        """Index texts, each with its item."""
        self._items = [item for item, _ in texts]
        counted = [Counter(terms(text)) for _, text in texts]
        lengths = [counts.total() for counts in counted]
        mean = sum(lengths) / len(lengths)
        held: Mapping[str, int] = Counter(term for counts in counted for term in counts)
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, (counts, length) in enumerate(zip(counted, lengths, strict=True)):
            for term, n in counts.items():
                rarity = math.log(1 + (len(texts) - held[term] + 0.5) / (held[term] + 0.5))
                weight = rarity * n * (K1 + 1) / (n + K1 * (1 - B + B * length / mean))
                self._postings[term].append((at, weight))

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return items with their scores, best first."""
        scores: dict[int, float] = defaultdict(float)
        for term in set(terms(question)):
            for at, weight in self._postings.get(term, ()):
                scores[at] += weight
        best: dict[int, float] = {}
        for at, score in scores.items():
            best[self._items[at]] = max(score, best.get(self._items[at], 0.0))
        return sorted(best.items(), key=lambda each: -each[1])


class Fts5:
    """SQLite FTS5 with its own ``bm25()``: porter stems, and Chinese split as for BM25."""

    def __init__(self, texts: Sequence[tuple[int, str]]) -> None:
        """Index texts, each with its item."""
        self._file = sqlite3.connect(":memory:")
        self._file.execute("CREATE VIRTUAL TABLE texts USING fts5 (item UNINDEXED, said, tokenize = porter)")
        self._file.executemany(
            "INSERT INTO texts VALUES (?, ?)", [(item, " ".join(terms(text))) for item, text in texts]
        )

    def rank(self, question: str) -> list[tuple[int, float]]:
        """Return items with their scores, best first."""
        asked = " OR ".join(f'"{term}"' for term in dict.fromkeys(terms(question)))
        if not asked:
            return []
        best: dict[int, float] = {}
        for item, score in self._file.execute(
            "SELECT item, -bm25(texts) FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT 200", (asked,)
        ):
            best.setdefault(item, score)
        return sorted(best.items(), key=lambda each: -each[1])
