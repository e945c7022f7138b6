"""Trains the model on how people ask, and calibrates it on questions that nobody wrote for it.

It needs numpy, which only whoever builds the content has.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers.features import features
from assistant.answers.learning import learn
from assistant.answers.model import SCALE, Model, sure, vocabulary
from assistant.answers.question import cut
from assistant.answers.ways import Asked
from content.loader import Content
from content.schema import Decoy, Phrasing, item_of

if TYPE_CHECKING:
    from numpy import ndarray

    Matrix = ndarray[Any, Any]

LEAST = 0.02
"""Weights smaller than this are left out."""

COVERED: Mapping[str, float] = {"en": 0.94, "zh": 0.885}
"""The share of questions the notice answers that are to be answered at the threshold, by language.

In Chinese more of what the notice does not answer comes near to it, so less may pass for an answer.
"""

OFFERED = 0.975
"""The share of them that at least are offered something to pick from."""

FOREIGN = 0.75
"""A question is foreign to us with less than this part of what is known of strange ones that we answer."""

STRANGEST = 0.02
"""The share of the questions that the notice answers that are stranger still."""


@dataclass(frozen=True)
class Text:
    """A text and what it speaks for: the id of a paragraph or of a topic."""

    said: str
    kind: str
    id: str


def texts_of(
    content: Content, phrasings: Iterable[Phrasing], decoys: Iterable[Decoy], language: str
) -> list[Text]:
    """Gather all that the model of a language learns from."""
    found = [
        Text(each.text, "paragraph", each.id)
        for item in content.notices[language]
        for each in item.paragraphs
    ]
    for item in content.notices[language]:
        found += [Text(item.title, "paragraph", each.id) for each in item.paragraphs[:1]]
    for phrasing in phrasings:
        found += [Text(said, "paragraph", phrasing.paragraph) for said in getattr(phrasing, language)]
    for decoy in decoys:
        found += [Text(said, "topic", decoy.id) for said in getattr(decoy, language)]
        found.append(Text(decoy.topic.said(language), "topic", decoy.id))
    return found


def build(
    path: Path,
    content: Content,
    phrasings: Sequence[Phrasing],
    decoys: Sequence[Decoy],
    calibration: Sequence[Asked],
    *,
    made_from: str = "",
) -> None:
    """Write the model of both languages.

    Args:
        path: The file; one that is there is replaced.
        content: The notice.
        phrasings: How people ask for its paragraphs.
        decoys: What people ask that it does not answer.
        calibration: Questions of somebody who saw neither.
        made_from: Names the sources, so that a test can tell whether the file is up to date.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA page_size = 4096")
        file.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        file.execute("INSERT INTO about VALUES ('made-from', ?)", (made_from,))
        file.execute(
            "CREATE TABLE topic (id TEXT PRIMARY KEY, nearest INTEGER, later_rule TEXT, en TEXT, zh TEXT)"
        )
        file.executemany(
            "INSERT INTO topic VALUES (?, ?, ?, ?, ?)",
            ((each.id, each.nearest, each.later_rule, each.topic.en, each.topic.zh) for each in decoys),
        )
        for language in content.notices:
            texts = texts_of(content, phrasings, decoys, language)
            if language == "en":
                words = " ".join(vocabulary([text.said for text in texts]))
                file.execute("INSERT INTO about VALUES ('words.en', ?)", (words,))
            _train(file, texts, language)
        file.commit()
        for language in content.notices:
            asked = [each for each in calibration if each.language == language]
            _calibrate(file, path, asked, language)
        file.commit()
        file.execute("VACUUM")


def _train(file: sqlite3.Connection, texts: Sequence[Text], language: str) -> None:
    import numpy as np

    classes, wanted = _wanted(texts)
    learnt = learn([features(text.said, language) for text in texts], wanted)
    file.execute(
        f"CREATE TABLE weight_{language} "
        "(feature TEXT PRIMARY KEY, rarity REAL, classes BLOB, weights BLOB) WITHOUT ROWID"
    )
    for (feature, rarity), weights in zip(learnt.rarity.items(), learnt.weights, strict=True):
        telling = np.flatnonzero(np.abs(weights) >= LEAST)
        units = np.clip(np.round(weights[telling] / SCALE), -32767, 32767)
        file.execute(
            f"INSERT INTO weight_{language} VALUES (?, ?, ?, ?)",  # noqa: S608 - a fixed name
            (
                feature,
                round(rarity, 4),
                array("H", map(int, telling)).tobytes(),
                array("h", map(int, units)).tobytes(),
            ),
        )
    about = {
        "classes": classes,
        "unknown": learnt.unknown,
        "weights": [0.0],
        "covered": 0.0,
        "answered": 1.0,
        "suggested": 1.0,
    }
    file.execute("INSERT INTO about VALUES (?, ?)", (f"about.{language}", json.dumps(about)))


def _wanted(texts: Sequence[Text]) -> tuple[list[tuple[str, str]], Matrix]:
    """Say for each text which classes it belongs to: its own, and the item or nothing that is behind it."""
    import numpy as np

    own = sorted({(text.kind, text.id) for text in texts})
    items = sorted({_item_of(text) for text in texts})
    classes = [*own, *[("item", str(number)) for number in items]]
    wanted = np.zeros((len(texts), len(classes)))
    for row, text in enumerate(texts):
        wanted[row, own.index((text.kind, text.id))] = 1
        wanted[row, len(own) + items.index(_item_of(text))] = 1
    return classes, wanted


def _item_of(text: Text) -> int:
    return item_of(text.id) if text.kind == "paragraph" else 0


def _calibrate(file: sqlite3.Connection, path: Path, asked: Sequence[Asked], language: str) -> None:
    """Fit the confidence, and set the thresholds where questions that it was not fitted on need them."""
    if not asked:
        return
    model = Model(path, language)
    signs, answers, covered = [], [], []
    for each in asked:
        scores = model.scores(cut(each.question))
        signs.append(scores.signs())
        covered.append(scores.covered)
        answers.append(scores.ranked[0] in each.items)
    model.close()
    folds = 10
    held_out = [0.0] * len(asked)
    for fold in range(folds):
        rest = [n for n in range(len(asked)) if n % folds != fold]
        weights = fit([signs[n] for n in rest], [answers[n] for n in rest])
        for n in range(fold, len(asked), folds):
            held_out[n] = sure(signs[n], weights)
    answerable = sorted(held_out[n] for n, each in enumerate(asked) if each.items)
    row = file.execute("SELECT value FROM about WHERE key = ?", (f"about.{language}",)).fetchone()
    about = json.loads(row[0])
    known = sorted(share for share, each in zip(covered, asked, strict=True) if each.items)
    about["covered"] = FOREIGN * _quantile(known, STRANGEST)
    about["weights"] = fit(signs, answers)
    about["answered"] = _quantile(answerable, 1 - COVERED[language])
    about["suggested"] = _quantile(answerable, 1 - OFFERED)
    file.execute("UPDATE about SET value = ? WHERE key = ?", (json.dumps(about), f"about.{language}"))


def fit(signs: Sequence[Sequence[float]], right: Sequence[bool], costs: float = 3.0) -> list[float]:
    """Fit a logistic regression by Newton's method, on signs brought to one scale."""
    import numpy as np

    given = np.array(signs)
    middle, spread = given.mean(0), given.std(0) + 1e-9
    given = np.hstack([(given - middle) / spread, np.ones((len(given), 1))])
    wanted, weights = np.array(right, dtype=float), np.zeros(given.shape[1])
    price = np.diag([costs] * (given.shape[1] - 1) + [0.0])
    for _ in range(50):
        found = 1 / (1 + np.exp(-given @ weights))
        slope = given.T @ (found - wanted) + price @ weights
        bend = (given * (found * (1 - found))[:, None]).T @ given + price
        weights = weights - np.linalg.solve(bend, slope)
    own = weights[:-1] / spread
    return [*map(float, own), float(weights[-1] - (own * middle).sum())]


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def fingerprint(paths: Iterable[Path]) -> str:
    """Name the state of the sources."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
