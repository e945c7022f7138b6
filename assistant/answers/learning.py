"""Learns from texts what each of their features speaks for.

Regularised least squares on weighed features: one solution, the same each time. The notice learns with it
here, and the public sets of questions that the method is measured on learn with the same function. It needs
numpy, which only whoever builds the content has.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.answers.features import weighed

if TYPE_CHECKING:
    from numpy import ndarray

    Matrix = ndarray[Any, Any]

REGULAR = 0.3
"""How much a weight costs: chosen on the questions of the calibration."""

RARE = 2
"""A feature of fewer texts than this is left out: it would speak for one text alone."""

MANY = 8000
"""With more texts than this the solution is approached: their likeness to each other fills the memory."""

EXACT = 1e-3
"""What part of what is wanted the approached solution may miss."""

WIDE = 8000
"""How many features are laid out at a time: all of them together fill the memory."""

BLOCK = 1000
"""How many rows are added up at a time."""


@dataclass(frozen=True)
class Learnt:
    """What was learnt.

    Attributes:
        rarity: How much each feature tells, by feature, in the order of the rows of ``weights``.
        unknown: How much a feature tells that no text was kept for.
        weights: What each feature speaks for: a row for each feature, a column for each class.
    """

    rarity: Mapping[str, float]
    unknown: float
    weights: Matrix


def learn(
    texts: Sequence[Sequence[str]], wanted: Matrix, *, regular: float = REGULAR, rare: int = RARE
) -> Learnt:
    """Find the weights with which the features of each text speak for its classes.

    Args:
        texts: The features of each text, each as often as it occurs.
        wanted: How much each text speaks for each class: a row for each text, a column for each class.
        regular: How much a weight costs.
        rare: Features of fewer texts than this are left out.
    """
    import numpy as np

    counted = [Counter(features) for features in texts]
    held = Counter(feature for each in counted for feature in each)
    kept = sorted(feature for feature, n in held.items() if n >= rare)
    place = {feature: at for at, feature in enumerate(kept)}
    rarity = {feature: math.log((1 + len(texts)) / (1 + held[feature])) + 1 for feature in kept}
    unknown = math.log((1 + len(texts)) / 2) + 1
    rows = [
        {
            place[feature]: value
            for feature, value in weighed(each, rarity, unknown).items()
            if feature in place
        }
        for each in counted
    ]
    if len(texts) > MANY:
        return Learnt(rarity, unknown, _approached(rows, len(kept), wanted, regular))
    near = np.zeros((len(texts), len(texts)))
    for first in range(0, len(kept), WIDE):
        given = _given(rows, first)
        near += given @ given.T
    dual = np.linalg.solve(near + regular * np.eye(len(texts)), wanted)
    weights = [_given(rows, first)[:, : len(kept) - first].T @ dual for first in range(0, len(kept), WIDE)]
    return Learnt(rarity, unknown, np.vstack(weights))


def _given(rows: Sequence[Mapping[int, float]], first: int) -> Matrix:
    """Lay out what the features from ``first`` on weigh in each text."""
    import numpy as np

    given = np.zeros((len(rows), WIDE), dtype=np.float32)
    for at, row in enumerate(rows):
        for feature, value in row.items():
            if first <= feature < first + WIDE:
                given[at, feature - first] = value
    return given


def _approached(rows: Sequence[Mapping[int, float]], wide: int, wanted: Matrix, regular: float) -> Matrix:
    """Solve the same by conjugate gradients, over the features that each text has and no others."""
    import numpy as np

    across = np.array([feature for row in rows for feature in row], dtype=np.int64)
    down = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    values = np.array([value for row in rows for value in row.values()], dtype=np.float32)
    order = np.argsort(across, kind="stable")

    def speaks(weights: Matrix) -> Matrix:
        return _summed(down, across, values, weights, len(rows))

    def gathered(dual: Matrix) -> Matrix:
        return _summed(across[order], down[order], values[order], dual, wide)

    dual = np.zeros(wanted.shape, dtype=np.float32)
    left = wanted.astype(np.float32)
    towards, size = left, (left * left).sum(axis=0)
    enough = EXACT**2 * size
    while (size > enough).any():
        slope = speaks(gathered(towards)) + np.float32(regular) * towards
        step = size / np.maximum((towards * slope).sum(axis=0), 1e-30)
        dual, left = dual + step * towards, left - step * slope
        before, size = size, (left * left).sum(axis=0)
        towards = left + size / np.maximum(before, 1e-30) * towards
    return gathered(dual).astype(np.float64)


def _summed(into: Matrix, of: Matrix, values: Matrix, given: Matrix, count: int) -> Matrix:
    """Add ``values`` times the rows ``of`` a matrix up, ``into`` the rows of another; ``into`` ascends."""
    import numpy as np

    found = np.zeros((count, given.shape[1]), dtype=np.float32)
    places, starts = np.unique(into, return_index=True)
    ends = [*starts[1:], len(into)]
    for at in range(0, len(places), BLOCK):
        first, last = starts[at], ends[min(at + BLOCK, len(places)) - 1]
        parts = given[of[first:last]] * values[first:last, None]
        found[places[at : at + BLOCK]] = np.add.reduceat(parts, starts[at : at + BLOCK] - first, axis=0)
    return found
