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
    given = np.zeros((len(texts), len(kept)), dtype=np.float32)
    for row, each in enumerate(counted):
        for feature, value in weighed(each, rarity, unknown).items():
            if feature in place:
                given[row, place[feature]] = value
    near = (given @ given.T).astype(np.float64)
    dual = np.linalg.solve(near + regular * np.eye(len(texts)), wanted)
    return Learnt(rarity, unknown, given.T.astype(np.float64) @ dual)
