"""What is learnt from texts with classes."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answers import learning
from assistant.answers.features import features
from assistant.answers.learning import learn

TEXTS = [
    "photo size", "photo background", "background of my photo", "password length", "password rules",
    "forgot the password rules", "photo and password",
]  # fmt: skip
WANTED = np.array([[1, 0], [1, 0], [1, 0], [0, 1], [0, 1], [0, 1], [1, 1]], dtype=float)


def test_a_feature_speaks_for_the_classes_of_its_texts() -> None:
    learnt = learn([features(text, "en") for text in TEXTS], WANTED)
    place = list(learnt.rarity).index("photo")
    # One text is of both, so a little speaks for the other too.
    own, other = learnt.weights[place]
    assert own > 0.5
    assert other < 0.2


def test_a_feature_of_one_text_alone_is_left_out() -> None:
    taken = [features(text, "en") for text in TEXTS]
    assert "forgot" not in learn(taken, WANTED).rarity
    assert "forgot" in learn(taken, WANTED, rare=1).rarity


def test_many_texts_are_learnt_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = [features(text, "en") for text in TEXTS]
    solved = learn(taken, WANTED)
    monkeypatch.setattr(learning, "MANY", 3)
    monkeypatch.setattr(learning, "EXACT", 1e-5)
    monkeypatch.setattr(learning, "BLOCK", 4)
    approached = learn(taken, WANTED)
    assert list(approached.rarity) == list(solved.rarity)
    assert np.abs(approached.weights - solved.weights).max() < 1e-4


def test_what_is_laid_out_a_part_at_a_time_is_learnt_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = [features(text, "en") for text in TEXTS]
    solved = learn(taken, WANTED)
    monkeypatch.setattr(learning, "WIDE", 7)
    parted = learn(taken, WANTED)
    assert parted.weights.shape == solved.weights.shape
    assert np.abs(parted.weights - solved.weights).max() < 1e-5
