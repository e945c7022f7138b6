"""What the benchmarks count: pure functions of ranks and scores."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence


def average_precision(ranked: Sequence[object], right: Collection[object]) -> float:
    """Return the mean share of right ones among the first n, over the places n of the right ones."""
    found, total = 0, 0.0
    for place, each in enumerate(ranked, start=1):
        if each in right:
            found += 1
            total += found / place
    return total / len(right)


def auroc(above: Sequence[float], below: Sequence[float]) -> float:
    """Return how probably one of ``above`` scores more than one of ``below``; a draw is half."""
    ordered = sorted([(score, 1) for score in above] + [(score, 0) for score in below])
    total, at = 0.0, 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        rank = (at + 1 + end) / 2
        total += rank * sum(which for _, which in ordered[at:end])
        at = end
    return (total - len(above) * (len(above) + 1) / 2) / (len(above) * len(below))


def share(which: Sequence[bool]) -> float:
    """Return the share of true ones; not a number where there are none."""
    return sum(which) / len(which) if which else math.nan


def percentile(values: Sequence[float], part: float) -> float:
    """Return the smallest value that ``part`` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def best_threshold(scores: Sequence[float], right: Sequence[bool], in_scope: Sequence[bool]) -> float:
    """Return the score from which to answer for the most right outcomes.

    Args:
        scores: The best score of each question.
        right: Whether its best item answers.
        in_scope: Whether anything answers it. A refusal is right where nothing does.
    """
    best, chosen = -1, math.inf
    for threshold in [*sorted(set(scores)), math.inf]:
        outcomes = sum(
            hit if score >= threshold else not inside
            for score, hit, inside in zip(scores, right, in_scope, strict=True)
        )
        if outcomes > best:
            best, chosen = outcomes, threshold
    return chosen
