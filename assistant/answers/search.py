"""Finds the passages of the notice that answer a question, or says that none does."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rapidfuzz import fuzz

from assistant.answers.index import Index, mean_of_best
from assistant.answers.question import can_read, cut, language_of
from assistant.answers.ways import read_decoys, read_phrasings
from content.loader import Content
from content.schema import Decoy, LaterRule, Phrasing

ANSWERED = 0.6
"""From this confidence on an answer is given as one."""

TIED = 0.93
"""An item this near to the best makes it a suggestion: which is meant is for the person to say."""

SUGGESTED = 0.35
"""From this confidence on items are offered; below it, nothing is."""

RECOGNISED = 0.6
"""How near a question must lie to a topic of the decoys to be told that the notice does not say that."""

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
        confidence: From 0 to 1.
        citations: Item number and paragraph id of the passages that answer, best first.
        suggestions: Items to offer when there is no answer.
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


@dataclass(frozen=True)
class _Entry:
    text: str
    item: int = 0
    paragraph: str | None = None
    decoy: str | None = None


@dataclass(frozen=True)
class _Side:
    entries: tuple[_Entry, ...]
    index: Index


class Answers:
    """Answers questions from the notice in both languages.

    Args:
        content: The content, proven whole.
        phrasings: Ways in which people ask; the product's own when not given.
        decoys: Topics that the notice does not answer; the product's own when not given.

    The first question reads the files and builds the index, so a journey without a question pays nothing.
    """

    def __init__(
        self,
        content: Content,
        phrasings: Sequence[Phrasing] | None = None,
        decoys: Sequence[Decoy] | None = None,
    ) -> None:
        """Take the content; nothing is read yet."""
        self._content, self._given = content, (phrasings, decoys)
        self._sides: dict[str, _Side] = {}

    def decoy(self, id: str) -> Decoy:
        """Return a topic that the notice does not answer."""
        return self._decoys[id]

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
        if spoken not in self._sides:
            self._sides[spoken] = self._side(spoken)
        side = self._sides[spoken]
        near = side.index.near(asked)
        items = {owner: value for owner, value in near.owners.items() if isinstance(owner, int)}
        topics = {owner: value for owner, value in near.owners.items() if isinstance(owner, str)}
        ranked = sorted(items, key=lambda number: -items[number])
        best, topic = items[ranked[0]], max(topics, key=lambda id: topics[id], default=None)
        against = topics[topic] if topic else 0.0
        confidence = _confidence(best, best - against)
        if confidence < SUGGESTED:
            seen = topic if against >= max(best, RECOGNISED) else None
            return self._unanswered(asked, spoken, confidence, seen, edition)
        faq = tuple(number for number in ranked if items[number] >= 0.8 * best)[:SHOWN]
        cited = _cite(side.entries, near.entries, faq)
        sure = confidence >= ANSWERED and items[ranked[1]] < TIED * best
        return Answer(
            question=asked,
            lang=spoken,
            status="answered" if sure else "suggested",
            faq=faq,
            confidence=confidence,
            citations=cited,
            suggestions=() if sure else tuple(ranked[:SHOWN]),
            later_rule=self._later(cited, asked, spoken, edition),
        )

    @cached_property
    def _phrasings(self) -> tuple[Phrasing, ...]:
        given = self._given[0]
        return read_phrasings(self._content) if given is None else tuple(given)

    @cached_property
    def _decoys(self) -> dict[str, Decoy]:
        given = self._given[1]
        return {decoy.id: decoy for decoy in (read_decoys(self._content) if given is None else given)}

    def _side(self, language: str) -> _Side:
        entries: list[_Entry] = []
        for item in self._content.notices[language]:
            entries.append(_Entry(item.title, item.number))
            entries += [_Entry(each.text, item.number, each.id) for each in item.paragraphs]
        for phrasing in self._phrasings:
            number = int(phrasing.paragraph.partition(".")[0])
            entries += [_Entry(text, number, phrasing.paragraph) for text in getattr(phrasing, language)]
        for decoy in self._decoys.values():
            entries += [_Entry(text, decoy=decoy.id) for text in getattr(decoy, language)]
        owners = [entry.decoy or entry.item for entry in entries]
        return _Side(tuple(entries), Index([entry.text for entry in entries], owners, language))

    def _unanswered(
        self, asked: str, language: str, confidence: float, decoy: str | None, edition: str
    ) -> Answer:
        topic = self._decoys[decoy] if decoy else None
        known = {rule.id for rule in self._rules(edition)}
        return Answer(
            question=asked,
            lang=language,
            status="unanswered",
            confidence=confidence,
            suggestions=(topic.nearest,) if topic and topic.nearest else (),
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


def _confidence(best: float, margin: float) -> float:
    """Turn nearness into the share of such answers that are right: a logistic fit on questions of our own."""
    return round(1 / (1 + math.exp(1.7 - 1.8 * best - 4.4 * margin)), 3)


def _cite(
    entries: tuple[_Entry, ...], near: tuple[float, ...], faq: tuple[int, ...]
) -> tuple[tuple[int, str], ...]:
    """Cite the best paragraph of each item, and of the first item those that come close to it."""
    cited: list[tuple[int, str]] = []
    for number in faq:
        values: dict[str, list[float]] = defaultdict(list)
        for entry, value in zip(entries, near, strict=True):
            if entry.item == number and entry.paragraph is not None:
                values[entry.paragraph].append(value)
        best = {id: max(each) + mean_of_best(each) for id, each in values.items()}
        ranked = sorted(best, key=lambda id: -best[id])
        close = [id for id in ranked if best[id] >= 0.85 * best[ranked[0]]]
        cited += [(number, id) for id in (close if number == faq[0] else close[:1])]
    return tuple(cited[:SHOWN])
