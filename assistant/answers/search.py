"""Finds the passages of the notice that answer a question, or says that none does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz

from assistant.answers import missed
from assistant.answers.headings import Headings
from assistant.answers.model import Model, Scores, Topic
from assistant.answers.question import can_read, cut, language_of
from assistant.answers.ways import trained
from content.loader import Content
from content.schema import Bilingual, LaterRule, item_of

ALSO = 0.75
"""An item with this much of what speaks for the best is cited beside it: some questions have two parts."""

CLOSE = 0.8
"""A paragraph with this much of what speaks for the best of its item is cited beside it."""

RECOGNISED = 0.2
"""How much must speak for a topic that the notice does not answer to say so by its name."""

HEADING = 0.99
"""How sure it is that the question of an item itself is answered by the item."""

NEAR = 0.2
"""How much must speak for an item to offer it to pick from where nothing answers."""

OUTWEIGHS = 0.6
"""With less of what speaks for a topic without an answer than this, an item is no answer to a follow-up."""

SHOWN = 3
"""Never more than this many items or paragraphs for one question."""


@dataclass(frozen=True)
class Answer:
    """What was found for one question.

    Attributes:
        question: What was asked, as it was looked at.
        lang: The language of the question, in which the passages are quoted.
        status: ``answered``, ``suggested`` (perhaps one of these) or ``unanswered``.
        faq: Item numbers, best first; empty when unanswered.
        confidence: How probably the best item answers, from 0 to 1.
        citations: Item number and paragraph id of the passages that answer, best first.
        suggestions: Items to offer when there is no answer, or none that is sure: the nearest, best first.
        later_rule: Id of the rule of the edition that overrides what is cited.
        decoy: Id of the topic that the notice does not answer, when it was recognised.
    """

    question: str
    lang: str
    status: Literal["answered", "suggested", "unanswered"]
    faq: tuple[int, ...] = ()
    confidence: float = 0.0
    citations: tuple[tuple[int, str], ...] = ()
    suggestions: tuple[int, ...] = ()
    later_rule: str | None = None
    decoy: str | None = None


class Answers:
    """Answers questions from the notice in both languages.

    Args:
        content: The content, proven whole.
        model: The trained model; the product's own when not given.

    The first question opens the model, so a journey without a question pays nothing.
    """

    def __init__(self, content: Content, model: Path | None = None) -> None:
        """Take the content; nothing is read yet."""
        self._content, self._path = content, model or trained()
        self._models: dict[str, Model] = {}
        self._titles: dict[str, Headings] = {}

    def topic(self, found: Answer) -> Bilingual | None:
        """Name what was asked in a few words, where it was recognised as something that is not answered."""
        return self._model(found.lang).topic(found.decoy).topic if found.decoy else None

    def ask(self, question: str, language: str, edition: str) -> Answer:
        """Find the passages that answer ``question``.

        Args:
            question: What was typed, of any length and form.
            language: The language of the conversation, for questions that do not tell theirs.
            edition: Id of the edition whose later rules count.
        """
        asked = cut(question)
        spoken = language_of(asked, language)
        if not can_read(asked) or sum(c.isalnum() for c in asked) < 2:
            return Answer(asked, spoken, "unanswered")
        model = self._model(spoken)
        scores = model.scores(asked)
        confidence = model.confidence(scores)
        heading = self._headings(spoken).meant(asked)
        if heading is not None:
            return self._answered(asked, spoken, max(confidence, HEADING), scores, (heading,), edition)
        if confidence < model.bands.suggested:
            return self._unanswered(asked, spoken, confidence, scores, edition)
        ranked = scores.ranked
        if confidence < model.bands.answered:
            return Answer(
                question=asked,
                lang=spoken,
                status="suggested",
                faq=ranked[:SHOWN],
                confidence=confidence,
                citations=_cite(scores, ranked[:SHOWN], also_close=False),
                suggestions=ranked[:SHOWN],
                decoy=self._recognised(scores),
            )
        best = scores.items[ranked[0]]
        faq = tuple(number for number in ranked if scores.items[number] >= ALSO * best)[:SHOWN]
        return self._answered(asked, spoken, confidence, scores, faq, edition)

    def go_on(self, more: str, language: str, edition: str, item: int) -> Answer | None:
        """Find what the item asked about last says of something more.

        Args:
            more: What the follow-up asks about, as :func:`assistant.answers.question.going_on` returns it.
            language: The language of the conversation.
            edition: Id of the edition whose later rules count.
            item: The item that the question before was answered from.

        Returns:
            An answer from that item alone, or ``None`` where the words themselves do not lead there: being
            asked next is no evidence.
        """
        asked = cut(more)
        spoken = language_of(asked, language)
        if not can_read(asked):
            return None
        model = self._model(spoken)
        scores = model.scores(asked)
        speaks, best = scores.items[item], scores.items[scores.ranked[0]]
        known = scores.telling and scores.covered >= model.bands.covered
        refused = self._recognised(scores) is not None and speaks < OUTWEIGHS * scores.nothing
        if not known or refused or speaks < NEAR or speaks < CLOSE * best:
            return None
        confidence = model.confidence(scores)
        return self._answered(asked, spoken, confidence, scores, (item,), edition)

    def masked(self, found: Answer, private: Iterable[str]) -> str:
        """Return what may be kept of a question: words that many ask with, and nothing of ``private``."""
        model = self._model(found.lang) if can_read(found.question) else None
        return missed.masked(found.question, model, private)

    def _headings(self, language: str) -> Headings:
        if language not in self._titles:
            items = self._content.notices[language]
            self._titles[language] = Headings(((item.number, item.title) for item in items), language)
        return self._titles[language]

    def _model(self, language: str) -> Model:
        if language not in self._models:
            self._models[language] = Model(self._path, language)
        return self._models[language]

    def _recognised(self, scores: Scores) -> str | None:
        topic = max(scores.topics, key=lambda id: scores.topics[id], default=None)
        if (
            topic is None
            or scores.topics[topic] < RECOGNISED
            or scores.nothing < scores.items[scores.ranked[0]]
        ):
            return None
        return topic

    def _answered(
        self, asked: str, language: str, confidence: float, scores: Scores, faq: tuple[int, ...], edition: str
    ) -> Answer:
        cited = _cite(scores, faq, also_close=True)
        return Answer(
            question=asked,
            lang=language,
            status="answered",
            faq=faq,
            confidence=confidence,
            citations=cited,
            later_rule=self._later(cited, asked, language, edition),
        )

    def _unanswered(
        self, asked: str, language: str, confidence: float, scores: Scores, edition: str
    ) -> Answer:
        decoy = self._recognised(scores)
        topic = self._model(language).topic(decoy) if decoy else None
        known = {rule.id for rule in self._rules(edition)}
        return Answer(
            question=asked,
            lang=language,
            status="unanswered",
            confidence=confidence,
            suggestions=_nearest(scores, topic) if confidence > 0 else (),
            later_rule=topic.later_rule if topic and topic.later_rule in known else None,
            decoy=decoy,
        )

    def _rules(self, edition: str) -> tuple[LaterRule, ...]:
        found = self._content.editions.get(edition)
        return found.later_rules if found else ()

    def _later(
        self, cited: tuple[tuple[int, str], ...], asked: str, language: str, edition: str
    ) -> str | None:
        """Choose the rule that overrides the best passage; of several, the one nearest to the question."""
        for _number, paragraph in cited[:1]:
            rules = [rule for rule in self._rules(edition) if paragraph in rule.overrides]
            if rules:
                return max(rules, key=lambda rule: fuzz.token_set_ratio(asked, rule.text.said(language))).id
        return None


def _nearest(scores: Scores, topic: Topic | None) -> tuple[int, ...]:
    """Name the items nearest to a question that none answers, that of its topic first."""
    first = (topic.nearest,) if topic and topic.nearest else ()
    near = (number for number in scores.ranked if scores.items[number] >= NEAR)
    return tuple(dict.fromkeys((*first, *near)))[:SHOWN]


def _cite(scores: Scores, faq: tuple[int, ...], *, also_close: bool) -> tuple[tuple[int, str], ...]:
    """Cite the best paragraph of each item, and of the first item those that come close to it."""
    cited: list[tuple[int, str]] = []
    for number in faq:
        own = {id: value for id, value in scores.paragraphs.items() if item_of(id) == number}
        ranked = sorted(own, key=lambda id: -own[id])
        close = [id for id in ranked if own[id] >= CLOSE * own[ranked[0]]]
        cited += [(number, id) for id in (close if also_close and number == faq[0] else ranked[:1])]
    return tuple(cited[:SHOWN])
