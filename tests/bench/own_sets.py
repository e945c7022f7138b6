"""Measures the product, and what is beside it, on questions about the notice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answers import Answers
from assistant.answers.model import Model
from assistant.answers.question import cut
from assistant.answers.search import RECOGNISED, SHOWN
from assistant.answers.training import COVERED
from assistant.answers.ways import Asked, read_phrasings, trained
from content.loader import Content
from tests.bench import fresh
from tests.bench.baselines import Baseline, Bm25, Fts5
from tests.bench.measures import best_threshold, percentile, share

Figures = dict[str, float]

EDITION = "pilot"
NEAR, FAR = "out-of-scope-near", "out-of-scope-far"
BASELINES: Mapping[str, Callable[[Sequence[tuple[int, str]]], Baseline]] = {"BM25": Bm25, "FTS5": Fts5}

GOALS: Mapping[str, str] = {
    "right item first": "≥ .88 en, .90 zh",
    "right item among three": "≥ .95",
    "right paragraph of the right items": "≥ .85",
    "in scope answered": "≥ .88",
    "coverage promised minus real": "within ±.03",
    "out of scope refused": "≥ .85",
    "… near misses": "≥ .80",
    "… near misses that no decoy names": "≥ .70",
    "wrong answers shown, of all": "≤ .10",
    "p99 ms": "≤ 5",
}


@dataclass(frozen=True)
class Outcome:
    """What came of one question.

    Attributes:
        asked: The question with what answers it.
        ranked: All items, best first.
        paragraph: The first paragraph cited of the first item, where the ranker tells paragraphs.
        confidence: How probably the first item answers, or whatever the ranker scores with.
        answered: Whether an answer was shown.
        named: Whether a topic that the notice does not answer was recognised.
        ms: How long it took.
    """

    asked: Asked
    ranked: tuple[int, ...]
    paragraph: str | None
    confidence: float
    answered: bool
    named: bool
    ms: float

    @property
    def right(self) -> bool:
        """Whether the first item answers."""
        return bool(self.ranked) and self.ranked[0] in self.asked.items


def product(content: Content, questions: Sequence[Asked], language: str) -> list[Outcome]:
    """Ask the product itself."""
    answers, model = Answers(content), Model(trained(), language)
    # The first refusal reads the topics that are not answered; what a first question costs is told apart.
    for question in fresh.QUESTIONS[language].values():
        answers.ask(question, language, EDITION)
    outcomes = []
    for asked in questions:
        begun = time.perf_counter()
        found = answers.ask(asked.question, language, EDITION)
        ms = (time.perf_counter() - begun) * 1000
        # What is refused is ranked too: the threshold and the ranking are measured apart.
        scores = model.scores(cut(asked.question))
        first = [id for id in scores.paragraphs if id.partition(".")[0] == str(scores.ranked[0])]
        outcomes.append(
            Outcome(
                asked,
                scores.ranked,
                max(first, key=lambda id: scores.paragraphs[id]),
                found.confidence,
                found.status == "answered",
                max(scores.topics.values(), default=0.0) >= RECOGNISED,
                ms,
            )
        )
    model.close()
    return outcomes


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Count what the issue asks for; what cannot be counted is left out."""
    inside = [each for each in outcomes if each.asked.items]
    outside = [each for each in outcomes if not each.asked.items]
    near = [each for each in outside if each.asked.style == NEAR]
    told = [each for each in inside if each.right and each.asked.paragraphs and each.paragraph]
    times = [each.ms for each in outcomes]
    return {
        "questions in scope": len(inside),
        "questions out of scope": len(outside),
        "right item first": share([each.right for each in inside]),
        "right item among three": share(
            [any(item in each.asked.items for item in each.ranked[:SHOWN]) for each in inside]
        ),
        **(
            {
                "right paragraph of the right items": share(
                    [each.paragraph in each.asked.paragraphs for each in told]
                )
            }
            if told
            else {}
        ),
        "in scope answered": share([each.answered for each in inside]),
        "out of scope refused": _refused(outside),
        "… near misses": _refused(near),
        "… near misses that no decoy names": _refused(each for each in near if not each.named),
        "… far ones": _refused(each for each in outside if each.asked.style == FAR),
        "wrong answers shown, of all": share([each.answered and not each.right for each in outcomes]),
        "p50 ms": percentile(times, 0.5),
        "p99 ms": percentile(times, 0.99),
    }


def promises(outcomes: Sequence[Outcome]) -> Figures:
    """Compare what confidence and threshold promise with what came."""
    shown = [each for each in outcomes if each.answered]
    real = share([each.answered for each in outcomes if each.asked.items])
    promised = COVERED[outcomes[0].asked.language]
    return {
        "right promised, all": _mean(outcomes),
        "right in fact, all": share([each.right for each in outcomes]),
        "right promised, shown": _mean(shown),
        "right in fact, shown": share([each.right for each in shown]),
        "coverage promised": promised,
        "coverage promised minus real": promised - real,
    }


def by_style(outcomes: Sequence[Outcome]) -> Figures:
    """Return the share of right items first, by style of question."""
    inside = [each for each in outcomes if each.asked.items]
    styles = dict.fromkeys(each.asked.style for each in inside)
    return {style: share([each.right for each in inside if each.asked.style == style]) for style in styles}


def baseline(
    name: str,
    content: Content,
    calibration: Sequence[Asked],
    sets: Mapping[str, Sequence[Asked]],
    language: str,
) -> dict[str, list[Outcome]]:
    """Ask a baseline over the notice and the phrasings, its best threshold taken from the calibration."""
    ranker = BASELINES[name](_texts(content, language))
    rated = [_ranked(ranker, asked, 0.0) for asked in calibration]
    threshold = best_threshold(
        [each.confidence for each in rated],
        [each.right for each in rated],
        [bool(each.asked.items) for each in rated],
    )
    return {key: [_ranked(ranker, asked, threshold) for asked in asks] for key, asks in sets.items()}


def _ranked(ranker: Baseline, asked: Asked, threshold: float) -> Outcome:
    begun = time.perf_counter()
    ranked = ranker.rank(asked.question)
    ms = (time.perf_counter() - begun) * 1000
    score = ranked[0][1] if ranked else 0.0
    answered = bool(ranked) and score >= threshold
    return Outcome(asked, tuple(item for item, _ in ranked), None, score, answered, False, ms)


def _texts(content: Content, language: str) -> list[tuple[int, str]]:
    found = []
    for item in content.notices[language]:
        found += [(item.number, item.title), *((item.number, each.text) for each in item.paragraphs)]
    for phrasing in read_phrasings(content):
        number = int(phrasing.paragraph.partition(".")[0])
        texts: Any = getattr(phrasing, language)
        found += [(number, said) for said in texts]
    return found


def _refused(outcomes: Iterable[Outcome]) -> float:
    return share([not each.answered for each in outcomes])


def _mean(outcomes: Sequence[Outcome]) -> float:
    return sum(each.confidence for each in outcomes) / len(outcomes)
