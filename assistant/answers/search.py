"""Finds the passages of the notice that answer a question, or says that none does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Literal

from rapidfuzz import fuzz

from assistant.answers.index import Index, mean_of_best
from assistant.answers.question import cut, language_of
from content.loader import Content, ContentError, read
from content.schema import LANGUAGES, Decoy, LaterRule, Phrasing

ANSWERED = 0.45
SUGGESTED = 0.33

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
    own: bool = False
    """Whether this is the notice's own text rather than a way of asking for it."""


@dataclass(frozen=True)
class _Side:
    entries: tuple[_Entry, ...]
    index: Index


class Answers:
    """Answers questions from the notice in both languages.

    Args:
        content: The content, proven whole.
        phrasings: Ways in which people ask.
        decoys: Topics that the notice does not answer.
    """

    def __init__(self, content: Content, phrasings: Sequence[Phrasing], decoys: Sequence[Decoy]) -> None:
        """Take the content; each language's index is built when it is first asked for."""
        self._content, self._phrasings = content, tuple(phrasings)
        self._decoys = {decoy.id: decoy for decoy in decoys}

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
        if spoken is None or sum(c.isalnum() for c in asked) < 2:
            return Answer(asked, language if spoken is None else spoken, "unanswered")
        side = self._sides[spoken]
        near = side.index.scores(asked)
        items, decoys = _gather(side.entries, near)
        ranked = sorted(items, key=lambda number: (-items[number], number))
        decoy = max(sorted(decoys), key=lambda id: decoys[id], default=None)
        against = decoys[decoy] if decoy else 0.0
        best = items[ranked[0]]
        confidence = round(max(0.0, min(1.0, best + 0.5 * min(0.0, best - against))), 3)
        if against > best or confidence < SUGGESTED:
            return self._unanswered(
                asked, spoken, confidence, decoy if against >= SUGGESTED else None, edition
            )
        faq = tuple(number for number in ranked if items[number] >= 0.8 * best)[:SHOWN]
        cited = _cite(side.entries, near, faq)
        return Answer(
            question=asked,
            lang=spoken,
            status="answered" if confidence >= ANSWERED else "suggested",
            faq=faq,
            confidence=confidence,
            citations=cited,
            suggestions=() if confidence >= ANSWERED else tuple(ranked[:SHOWN]),
            later_rule=self._later(cited, asked, spoken, edition),
        )

    @cached_property
    def _sides(self) -> dict[str, _Side]:
        return {language: self._side(language) for language in LANGUAGES}

    def _side(self, language: str) -> _Side:
        entries: list[_Entry] = []
        for item in self._content.notices[language]:
            entries.append(_Entry(item.title, item.number, own=True))
            entries += [_Entry(each.text, item.number, each.id, own=True) for each in item.paragraphs]
        for phrasing in self._phrasings:
            number = int(phrasing.paragraph.partition(".")[0])
            entries += [_Entry(text, number, phrasing.paragraph) for text in getattr(phrasing, language)]
        for decoy in self._decoys.values():
            entries += [_Entry(text, decoy=decoy.id) for text in getattr(decoy, language)]
        return _Side(tuple(entries), Index([entry.text for entry in entries], language))

    def _unanswered(
        self, asked: str, language: str, confidence: float, decoy: str | None, edition: str
    ) -> Answer:
        topic = self._decoys[decoy] if decoy else None
        known = {rule.id for rule in self._rules(edition)}
        return Answer(
            question=asked,
            lang=language,
            status="unanswered",
            confidence=min(confidence, SUGGESTED),
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


def load(content: Content) -> Answers:
    """Make the answers of the product's own phrasings and decoys.

    Raises:
        ContentError: A file is of the wrong form, or names a paragraph, item or rule that is not there.
    """
    home = Path(str(resources.files("content"))) / "notice"
    phrasings = read(home / "phrasings.yaml", tuple[Phrasing, ...])
    decoys = read(home / "decoys.yaml", tuple[Decoy, ...])
    for phrasing in phrasings:
        if content.paragraph(phrasing.paragraph, "en") is None:
            raise ContentError(
                "phrasings.yaml", None, phrasing.paragraph, "this paragraph is not in the notice."
            )
    rules = {rule.id for edition in content.editions.values() for rule in edition.later_rules}
    for decoy in decoys:
        if decoy.later_rule is not None and decoy.later_rule not in rules:
            raise ContentError("decoys.yaml", None, decoy.id, f"no edition has the rule {decoy.later_rule}.")
    return Answers(content, phrasings, decoys)


def _gather(entries: tuple[_Entry, ...], near: list[float]) -> tuple[dict[int, float], dict[str, float]]:
    by_item: dict[int, list[float]] = defaultdict(list)
    by_decoy: dict[str, list[float]] = defaultdict(list)
    for entry, value in zip(entries, near, strict=True):
        if entry.decoy is not None:
            by_decoy[entry.decoy].append(value)
        else:
            by_item[entry.item].append(value)
    return (
        {number: 0.7 * max(values) + 0.3 * mean_of_best(values, 3) for number, values in by_item.items()},
        {id: 0.7 * max(values) + 0.3 * mean_of_best(values, 2) for id, values in by_decoy.items()},
    )


def _cite(
    entries: tuple[_Entry, ...], near: list[float], faq: tuple[int, ...]
) -> tuple[tuple[int, str], ...]:
    """Cite the best paragraph of each item, and of the first item those that come close to it."""
    cited: list[tuple[int, str]] = []
    for number in faq:
        best: dict[str, float] = {}
        for entry, value in zip(entries, near, strict=True):
            if entry.item == number and entry.paragraph is not None:
                best[entry.paragraph] = max(best.get(entry.paragraph, 0.0), value)
        ranked = sorted(best, key=lambda id: -best[id])
        close = [id for id in ranked if best[id] >= 0.85 * best[ranked[0]]]
        cited += [(number, id) for id in (close if number == faq[0] else close[:1])]
    return tuple(cited[:SHOWN])
