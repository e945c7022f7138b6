"""Reckons from a pack itself how sure an answer from it is.

Nobody has asked a new pack anything yet, so it is asked with what it has: half of the words of one of its
questions, among as many words of its paragraphs; once as it is, and once with the item hidden, when no
answer can be right. How sure a find is follows from how these went.

What that is worth: of several such mixtures this one came nearest to how people rephrased the even threads
of StackFAQ, and it was chosen there. It is no calibration on questions that people asked *this* pack. A
hidden item is nearer than most of what is asked beside a notice; items that are much alike (one notice of
each province) leave nothing sure, and are suggested. A pack of fewer than :data:`FEWEST` items answers
nothing but its own questions.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.answers.model import sure as probability

FEWEST = 20
"""With fewer items nothing can be reckoned."""

ASKED = 200
"""So many items are tried."""

SHOWN_RIGHT = 0.9
"""This share of what is given as the answer is to be right."""

KEPT = 0.97
"""This share of what is right is to be suggested at least."""

UNKNOWN = 0.07
"""Below this share of what a question weighs nothing is suggested from a pack of few items."""

_STEADY = 0.1
_ROUNDS = 30
_WORD = re.compile(r"[^\W\u3400-\u9fff]+|[\u3400-\u9fff]{1,2}")

Signs = tuple[float, ...]


@dataclass(frozen=True)
class Bands:
    """What was reckoned.

    Args:
        weights: One for each sign, and the last for none of them.
        answered: From this confidence on a paragraph is given as the answer.
        suggested: From this confidence on items are offered to pick from.
    """

    weights: tuple[float, ...]
    answered: float
    suggested: float


class Found(Protocol):
    """Items with what they weigh, best first, and what the question weighs in all."""

    @property
    def items(self) -> Sequence[tuple[int, float]]: ...
    @property
    def most(self) -> float: ...


class Searched(Protocol):
    """A pack, as far as it is asked here."""

    def ranked(self, asked: str, language: str, *, without: int | None = None) -> Found: ...
    def title(self, number: int, language: str) -> str: ...
    def said(self, place: int, language: str) -> str: ...
    def count(self, language: str) -> tuple[int, int]: ...


def signs(found: Found) -> Signs:
    """Return what confidence is reckoned from: the share of the question that is met, and the best's lead."""
    if not found.items or not found.most:
        return (0.0, 0.0)
    first = found.items[0][1]
    second = found.items[1][1] if len(found.items) > 1 else 0.0
    return (first / found.most, (first - second) / found.most)


def sure(signs: Signs, bands: Bands | None) -> float:
    """Return how probably the best item answers; of a pack of few items, the share that is met."""
    if not signs[0]:
        return 0.0
    return signs[0] if bands is None else probability(signs, bands.weights)


def calibrated(pack: Searched, language: str) -> Mapping[str, object] | None:
    """Ask a pack its own questions in other words, and return its bands, or ``None`` for few items."""
    items, paragraphs = pack.count(language)
    if items < FEWEST:
        return None
    tried: list[tuple[Signs, bool]] = []
    for number, asked in _asked(pack, language, items, paragraphs):
        found = pack.ranked(asked, language)
        tried.append((signs(found), bool(found.items) and found.items[0][0] == number))
        tried.append((signs(pack.ranked(asked, language, without=number)), False))
    weights = fitted(tried)
    outcomes = sorted(((probability(each, weights), right) for each, right in tried), reverse=True)
    return {
        "weights": weights,
        "answered": _answered([right for _, right in outcomes], [value for value, _ in outcomes]),
        "suggested": _suggested([value for value, right in outcomes if right]),
    }


def fitted(tried: Sequence[tuple[Signs, bool]]) -> tuple[float, ...]:
    """Fit a logistic curve, by Newton's method with a little ridge."""
    size = len(tried[0][0]) + 1
    weights = [0.0] * size
    rows = [((*each, 1.0), float(right)) for each, right in tried]
    for _ in range(_ROUNDS):
        slope = [-_STEADY * weight for weight in weights]
        bend = [[_STEADY * (at == to) for to in range(size)] for at in range(size)]
        for row, right in rows:
            value = probability(row[:-1], weights)
            for at in range(size):
                slope[at] += (right - value) * row[at]
                for to in range(size):
                    bend[at][to] += value * (1 - value) * row[at] * row[to]
        weights = [weight + step for weight, step in zip(weights, _solved(bend, slope), strict=True)]
    return tuple(weights)


def _asked(pack: Searched, language: str, items: int, paragraphs: int) -> Iterator[tuple[int, str]]:
    chance = random.Random(0)  # noqa: S311 - the same pack has the same index
    numbers = range(1, items + 1)
    for number in sorted(chance.sample(numbers, min(ASKED, items))):
        own = _WORD.findall(pack.title(number, language))
        other = _WORD.findall(" ".join(pack.said(chance.randrange(paragraphs), language) for _ in range(3)))
        kept = sorted(chance.sample(range(len(own)), math.ceil(len(own) / 2)))
        strange = chance.sample(other, min(len(other), len(kept)))
        yield number, " ".join([*(own[at] for at in kept), *strange])


def _answered(right: Sequence[bool], values: Sequence[float]) -> float:
    """Return the lowest confidence from which on enough is right; above every one where there is none."""
    found, lowest = 0, 1.01
    for at, (hit, value) in enumerate(zip(right, values, strict=True), 1):
        found += hit
        if found >= SHOWN_RIGHT * at:
            lowest = value
    return lowest


def _suggested(right: Sequence[float]) -> float:
    return right[math.ceil(KEPT * len(right)) - 1] if right else 1.01


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """Solve a few linear equations; the ridge keeps the pivots from zero."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at, row in enumerate(rows):
        for below in rows[at + 1 :]:
            factor = below[at] / row[at]
            for column in range(at, len(row)):
                below[column] -= factor * row[column]
    found = [0.0] * len(rows)
    for at in range(len(rows) - 1, -1, -1):
        known = math.fsum(rows[at][column] * found[column] for column in range(at + 1, len(rows)))
        found[at] = (rows[at][-1] - known) / rows[at][at]
    return found
