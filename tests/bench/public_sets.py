"""Measures the product's features and its way of learning on public sets that nobody here wrote.

Only files of the folder are read. What is chosen was chosen on their validation parts and on our own
calibration; the thresholds of CLINC150 are taken from its validation part in each run.
"""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from assistant.answers.features import features, weighed
from assistant.answers.learning import Learnt, learn
from assistant.answers.model import LONG, sure
from assistant.answers.training import fit
from tests.bench.measures import auroc, share
from tests.bench.stackfaq import stackfaq

if TYPE_CHECKING:
    from numpy import ndarray

    Matrix = ndarray[Any, Any]

Labelled = tuple[str, str]
"""A class and a text."""

Table = dict[str, dict[str, float]]

REGULAR = 1.0
"""With a handful of texts a class a weight costs more: chosen on the validation part of BANKING77."""

RARE = 1
"""And each text is one of few: no feature is left out."""

IN_SCOPE = 0.865
"""What of CLINC150's validation questions in scope is to be right at the threshold."""

GOALS = {
    "StackFAQ: MAP": "≥ .80",
    "StackFAQ: right pair first": "≥ .80",
    "BANKING77, 5 examples: right, test": "≥ .72",
    "BANKING77-OOS, 10 examples: near-miss AUROC": "≥ .75",
    "CLINC150: in scope right": "≥ .86",
    "CLINC150: out of scope refused": "≥ .50",
}


@dataclass(frozen=True)
class Classifier:
    """What was learnt from labelled texts."""

    classes: Sequence[str]
    learnt: Learnt

    def scores(self, texts: Iterable[str]) -> Matrix:
        """Return how much each text speaks for each class."""
        place = {feature: at for at, feature in enumerate(self.learnt.rarity)}
        found = np.zeros((len(list(texts := list(texts))), len(self.classes)))
        for row, text in enumerate(texts):
            values = weighed(Counter(features(text, "en")), self.learnt.rarity, self.learnt.unknown)
            for feature, value in values.items():
                if feature in place:
                    found[row] += value * self.learnt.weights[place[feature]]
        return found


def classifier(labelled: Sequence[Labelled], *, regular: float = REGULAR, rare: int = RARE) -> Classifier:
    """Learn classes from their examples, as the notice learns its paragraphs."""
    classes = sorted({label for label, _ in labelled})
    wanted = np.array([[label == each for each in classes] for label, _ in labelled], dtype=float)
    return Classifier(
        classes, learn([features(text, "en") for _, text in labelled], wanted, regular=regular, rare=rare)
    )


def banking(folder: Path) -> dict[str, float]:
    """Tell 77 intents apart from 5 and 10 examples of each.

    The name of an intent is learnt from too, as one text more: it is what its heading is to an item of the
    notice, and says the same ("card payment wrong exchange rate").
    """
    figures = {}
    for n in (5, 10):
        examples = labelled(folder / f"banking77_train_{n}.tsv")
        learnt = classifier([*examples, *_headings(examples)])
        for part in ("valid", "test"):
            figures[f"BANKING77, {n} examples: right, {part}"] = _right(
                learnt, labelled(folder / f"banking77_{part}.tsv")
            )
    return figures


def banking_oos(folder: Path, draws: int = 3) -> dict[str, float]:
    """Tell 50 intents apart from 10 examples of each, drawn several times, and what is none of them.

    How sure an answer is comes from the product's signs, fitted on the validation parts as the product's are
    on its calibration; beside it stands the score alone. Its length is one of the signs.
    """
    train = labelled(folder / "banking77oos_train.tsv")
    kinds = {"own": "", "near": "id-oos_", "far": "ood-oos_"}
    valid, asked = (
        {name: labelled(folder / f"banking77oos_{kind}{part}.tsv") for name, kind in kinds.items()}
        for part in ("valid", "test")
    )
    found = defaultdict(list)
    for draw in range(draws):
        learnt = classifier(_drawn(train, 10, draw))
        known = [each for part in valid.values() for each in _signs(learnt, part)]
        weights = fit(known, [at < len(valid["own"]) for at in range(len(known))])
        signs = {name: _signs(learnt, each) for name, each in asked.items()}
        sure_ = {name: [sure(each, weights) for each in rows] for name, rows in signs.items()}
        score = {name: [each[0] for each in rows] for name, rows in signs.items()}
        found["in scope right"].append(_right(learnt, asked["own"]))
        for kind in ("near", "far"):
            found[f"{kind}-miss AUROC"].append(auroc(sure_["own"], sure_[kind]))
            found[f"{kind}-miss AUROC, score alone"].append(auroc(score["own"], score[kind]))
    return {
        f"BANKING77-OOS, 10 examples: {name}": sum(values) / len(values) for name, values in found.items()
    }


def clinc(folder: Path) -> dict[str, float]:
    """Tell 150 intents apart and refuse what is none of them, the threshold from the validation part."""
    learnt = classifier(labelled(folder / "clinc150_train.tsv"), regular=0.3, rare=2)
    valid, test = (labelled(folder / f"clinc150_{part}.tsv") for part in ("valid", "test"))
    outside = labelled(folder / "clinc150_oos_test.tsv")
    threshold = _threshold(learnt.scores(text for _, text in valid), learnt, valid)
    scores = learnt.scores(text for _, text in test)
    best = [*map(float, scores.max(axis=1))]
    right = [learnt.classes[at] == label for at, (label, _) in zip(scores.argmax(axis=1), test, strict=True)]
    refused = [*map(float, learnt.scores(text for _, text in outside).max(axis=1))]
    return {
        "CLINC150: right without refusing": share(right),
        "CLINC150: in scope right": share(
            [hit and score >= threshold for hit, score in zip(right, best, strict=True)]
        ),
        "CLINC150: out of scope refused": share([score < threshold for score in refused]),
        "CLINC150: AUROC": auroc(best, refused),
    }


def tables(folder: Path) -> Table:
    """Measure all public sets."""
    return {"product": {**stackfaq(folder), **banking(folder), **banking_oos(folder), **clinc(folder)}}


def labelled(path: Path) -> list[Labelled]:
    """Read lines of a class, a tab and a text."""
    lines = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines())
    return [(label, text) for label, text in lines]


def _right(learnt: Classifier, asked: Sequence[Labelled]) -> float:
    best = learnt.scores(text for _, text in asked).argmax(axis=1)
    return share([learnt.classes[at] == label for at, (label, _) in zip(best, asked, strict=True)])


def _signs(learnt: Classifier, asked: Sequence[Labelled]) -> list[tuple[float, ...]]:
    """Return the product's signs, without those that need topics known to be unanswered."""
    found: list[tuple[float, ...]] = []
    rarity, unknown = learnt.learnt.rarity, learnt.learnt.unknown
    for row, (_, text) in zip(learnt.scores(text for _, text in asked), asked, strict=True):
        second, first = map(float, np.partition(row, -2)[-2:])
        held = set(features(text, "en"))
        all_ = sum(rarity.get(feature, unknown) for feature in held)
        covered = sum(rarity.get(feature, 0.0) for feature in held) / all_ if all_ else 0.0
        found.append((first, first - second, covered, math.log(min(max(len(text), 1), LONG))))
    return found


def _headings(examples: Sequence[Labelled]) -> list[Labelled]:
    return [(label, label.replace("_", " ")) for label in sorted({label for label, _ in examples})]


def _drawn(train: Sequence[Labelled], each: int, draw: int) -> list[Labelled]:
    chance = random.Random(draw)
    by_label = defaultdict(list)
    for label, text in train:
        by_label[label].append(text)
    return [(label, text) for label, texts in sorted(by_label.items()) for text in chance.sample(texts, each)]


def _threshold(scores: Matrix, learnt: Classifier, asked: Sequence[Labelled]) -> float:
    """Return the highest threshold at which enough of the questions in scope are right."""
    right = sorted(
        float(row.max())
        for row, (label, _) in zip(scores, asked, strict=True)
        if learnt.classes[int(row.argmax())] == label
    )
    return right[max(0, len(right) - round(IN_SCOPE * len(asked)))]
