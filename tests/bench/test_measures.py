"""The benchmarks count rightly."""

from __future__ import annotations

import math

import pytest

from tests.bench.baselines import Bm25, Fts5
from tests.bench.measures import auroc, average_precision, best_threshold, percentile, share


def test_average_precision_of_right_ones_at_the_first_and_third_place() -> None:
    assert average_precision("abcd", {"a", "c"}) == pytest.approx((1 + 2 / 3) / 2)


def test_auroc_counts_pairs_in_order_and_draws_as_half() -> None:
    assert auroc([3, 2], [2, 1]) == pytest.approx(3.5 / 4)
    assert auroc([0, 0], [1, 1]) == 0


def test_a_percentile_is_one_of_the_values() -> None:
    assert (percentile([3, 1, 2], 0.5), percentile([3, 1, 2], 0.99)) == (2, 3)


def test_a_share_of_none_is_no_number() -> None:
    assert share([True, False]) == 0.5
    assert math.isnan(share([]))


def test_the_best_threshold_answers_what_is_right_and_refuses_the_rest() -> None:
    assert best_threshold([1, 2, 3], [False, True, True], [False, True, True]) == 2
    assert best_threshold([1.0], [False], [False]) == math.inf


@pytest.mark.parametrize("baseline", [Bm25, Fts5])
def test_a_baseline_ranks_the_item_that_shares_rare_words_first(baseline: type[Bm25] | type[Fts5]) -> None:
    ranker = baseline(
        [(1, "the photo of the candidate"), (2, "the password"), (3, "照片的背景颜色"), (4, "密码")]
    )
    assert ranker.rank("the photo?")[0][0] == 1
    assert ranker.rank("照片什么颜色")[0][0] == 3
    assert ranker.rank("???") == []
