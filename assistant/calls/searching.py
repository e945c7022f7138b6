"""Finds, while staff type, what a caller talks about: a step, symptom, item, error or examination."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from rapidfuzz import fuzz

from assistant.conversation.finding import Findable, Finder, Way
from content.calls import DeskContent
from content.loader import ITEMS, Content
from content.schema import LANGUAGES
from flows.steps import STEPS

Kind = Literal["symptom", "step", "item", "error", "exam", "place", "question"]
KINDS: tuple[Kind, ...] = get_args(Kind)

MOST = 12
"""Results that are shown at most: more than a screen holds is not read on the telephone."""

LIKE = 78.0
"""How alike, of 100, the words of an entry and of a name have to be."""

_NUMBER = re.compile(
    r"(?:第|item|faq|q|#)?\s*([0-9]{1,2})(?:[.．。]([0-9]{1,2}))?\s*(?:条|项|款)?", re.IGNORECASE
)
_EARLY = re.compile(r"(?<![0-9])(?:19[5-9][0-9]|200[0-2])(?![0-9])|(?<![0-9])[5-9][0-9]\s*年")
_HAN = re.compile("[\u3400-\u9fff]+")


@dataclass(frozen=True)
class Topic:
    """Something that a call page can show.

    Args:
        kind: ``symptom``, ``step``, ``item``, ``error`` or ``exam``; ``place`` is where the caller stands,
            ``question`` what was asked in their own words.
        id: Its id there; an item's is its number, or a paragraph such as ``14.2``.
    """

    kind: Kind
    id: str


@dataclass(frozen=True)
class _Text:
    """All words of a topic, in one language: what of it is found by words in any order."""

    topic: Topic
    words: str
    bare: str


class Directory:
    """All topics, with their names made ready once."""

    def __init__(self, content: Content, desk: DeskContent) -> None:
        """Take what there is to find; the names are made ready at the first search."""
        self._content, self._desk = content, desk

    def search(self, typed: str, most: int = MOST) -> tuple[Topic, ...]:
        """Find what an entry may mean, best first; among what fits as well, symptoms stand before steps.

        Args:
            typed: What was typed so far: a name or part of it in either language, pinyin or its initials,
                words in any order, or the number of an item (``14``) or paragraph (``14.2``).
            most: How many to return at most.
        """
        wanted = unicodedata.normalize("NFKC", typed[:80]).strip()
        if not wanted:
            return ()
        if numbered := _NUMBER.fullmatch(wanted):
            return self._numbered(numbered)[:most]
        scores: dict[Topic, float] = {}
        for match in self._finder.rank(wanted):
            kind, _, id = match.id.partition(":")
            score = _OF_WAY[match.way] + match.score / 20
            scores[Topic(kind, id)] = score  # type: ignore[arg-type]
        for topic, score in self._by_words(wanted):
            scores[topic] = max(scores.get(topic, 0), score)
        if _EARLY.search(wanted):
            early = Topic("symptom", "early-diploma")
            scores[early] = max(scores.get(early, 0), 90.0)
        ranked = sorted(scores, key=lambda each: (-scores[each], KINDS.index(each.kind), each.id))
        return tuple(ranked[:most])

    # By number -----------------------------------------------------------------------------------------

    def _numbered(self, number: re.Match[str]) -> tuple[Topic, ...]:
        item, paragraph = int(number[1]), number[2]
        if not 1 <= item <= ITEMS:
            return ()
        meant = f"{item}.{int(paragraph)}" if paragraph else str(item)
        if paragraph and all(each.id != meant for each in self._content.item(item, "en").paragraphs):
            return ()
        symptoms = [
            Topic("symptom", each.id)
            for each in self._desk.symptoms.values()
            if each.item == meant or (not paragraph and each.item.partition(".")[0] == meant)
        ]
        steps = [Topic("step", step.id) for step in STEPS if step.item == item]
        return (Topic("item", meant), *steps, *symptoms)

    # By words ------------------------------------------------------------------------------------------

    def _by_words(self, wanted: str) -> Iterator[tuple[Topic, float]]:
        folded = wanted.casefold()
        pieces = [each for each in re.findall(r"[a-z0-9]+|[\u3400-\u9fff]+", folded) if each not in _SMALL]
        if not pieces:
            return
        bare = "".join(re.findall(r"[a-z0-9\u3400-\u9fff]", folded))
        han = _HAN.search(folded) is not None
        for text in self._texts:
            if all(_holds(text, each) for each in pieces):
                yield text.topic, 70.0 if text.topic.kind != "error" else 55.0
            elif han:
                if len(bare) >= 3 and (alike := _shared(bare, text.bare)) >= 0.75:
                    yield text.topic, 40 + 15 * alike - (10 if text.topic.kind == "error" else 0)
            elif len(pieces) > 1 and text.topic.kind == "symptom":
                alike = fuzz.token_set_ratio(" ".join(pieces), text.words, score_cutoff=LIKE)
                if alike:
                    yield text.topic, 30 + alike / 5

    @cached_property
    def _finder(self) -> Finder:
        return Finder(Findable(f"{topic.kind}:{topic.id}", names) for topic, names in self._named() if names)

    @cached_property
    def _texts(self) -> tuple[_Text, ...]:
        found = []
        for topic, names in (*self._named(), *self._errors()):
            said = " ".join(names).casefold()
            found.append(_Text(topic, f" {said}", "".join(re.findall(r"[a-z0-9\u3400-\u9fff]", said))))
        return tuple(found)

    def _named(self) -> Iterator[tuple[Topic, tuple[str, ...]]]:
        content, words = self._content, self._content.words
        for symptom in self._desk.symptoms.values():
            names = (*symptom.aliases.en, *symptom.aliases.zh)
            yield Topic("symptom", symptom.id), (symptom.name.en, symptom.name.zh, *names)
        for step in STEPS:
            yield Topic("step", step.id), tuple(words[each][f"step.{step.id}"] for each in LANGUAGES)
        for number in range(1, ITEMS + 1):
            titles = tuple(content.item(number, each).title for each in LANGUAGES)
            yield Topic("item", str(number)), titles
        for exam in content.exams.values():
            yield Topic("exam", exam.id), (exam.name.zh, exam.name.en, *exam.aliases)

    def _errors(self) -> Iterator[tuple[Topic, tuple[str, ...]]]:
        for code in self._desk.step_of:
            sentences = (self._content.words[each][f"problem.{code}"] for each in LANGUAGES)
            yield Topic("error", code), (code, *sentences)


_OF_WAY: Mapping[Way, float] = {
    Way.EXACT: 95.0, Way.START: 80.0, Way.PART: 72.0, Way.SHORT: 45.0, Way.LIKE: 35.0
}  # fmt: skip

_SMALL = frozenset(
    {"a", "an", "the", "is", "it", "my", "i", "to", "of", "in", "and", "but", "for", "at", "s", "was", "did"}
)


def _holds(text: _Text, piece: str) -> bool:
    """Whether a word of the text begins so; Chinese may stand anywhere in it."""
    return piece in text.bare if _HAN.match(piece) else f" {piece}" in text.words


def _shared(bare: str, whole: str) -> float:
    """Return how much of an entry's pairs of signs stand in the text: 收不到码 in 收不到短信验证码."""
    pairs = [bare[at : at + 2] for at in range(len(bare) - 1)]
    return sum(1 for each in pairs if each in whole) / len(pairs)
