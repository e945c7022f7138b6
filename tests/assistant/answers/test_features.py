"""What a text is taken apart into."""

from __future__ import annotations

import pytest

from assistant.answers.features import features, stem
from assistant.answers.kindred import KINDRED


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [("en", "my fee, how long", "how long for a fee"), ("zh", "照片怎么改", "改一下照片")],
)
def test_what_stands_together_counts_in_either_order(language: str, one: str, other: str) -> None:
    shared = {each for each in features(one, language) if each[0] == "&"} & set(features(other, language))
    assert ("&how long" if language == "en" else "&改照") in shared


def test_a_word_and_its_kin_meet_beside_the_same_word() -> None:
    common = set(features("parcel arrived", "en")) & set(features("parcel received", "en"))
    assert any(each[0] == "=" and each.endswith("parcel") for each in common)


def test_a_text_of_very_many_words_has_no_more_pairs_than_one_of_some() -> None:
    words = " ".join(f"{one}{two}" for one in "abcdefghij" for two in "klmnopqrst")
    assert sum(each[0] == "&" for each in features(words, "en")) == 40 * 39 // 2


def test_each_group_of_kindred_words_joins_two_at_least() -> None:
    assert all(len({stem(word) for word in group.split()}) > 1 for group in KINDRED)
