"""Answers questions from a pack that nobody has written ways of asking for: by its own words alone.

The index is made by :mod:`assistant.answers.indexing` and only read here. A question first fetches the
paragraphs that hold its rarest terms most strongly, then weighs the best of them whole; an item is worth
its best paragraph.

Without ways of asking, and without questions that are known to have no answer, how sure an answer is can
only be reckoned from the pack itself: :mod:`assistant.answers.sureness` says how, and what that is worth.
"""

from __future__ import annotations

import heapq
import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any

from rapidfuzz import fuzz

from assistant.answers.headings import Headings
from assistant.answers.question import can_read, cut, language_of
from assistant.answers.search import CLOSE, HEADING, SHOWN, Answer
from assistant.answers.sureness import UNKNOWN, Bands, signs, sure
from assistant.answers.terms import pieces, terms
from assistant.answers.weighing import Lengths, Question, rarity

FORMAT = 1
"""Raised when an index of before can no longer be read."""

FETCHED = 50
"""So many paragraphs are weighed whole."""

LOOKED_AT = 25_000
"""So many entries of terms are looked at for one question, those of the rarest terms first."""

ALIKE = 82
"""From this likeness on a word is taken for a known one that was mistyped."""

MENDED = 6
"""Of so many unknown words of a question it is tried: beyond, it is not a slip of the hand."""

_COMPARED = 12


@dataclass(frozen=True)
class Ranked:
    """What was found for a question, items best first.

    Args:
        items: Item numbers with what they weigh.
        most: What a text would weigh that is all about every word of the question.
        question: What paragraphs were weighed with.
    """

    items: tuple[tuple[int, float], ...]
    most: float
    question: Question


@dataclass(frozen=True)
class _Language:
    """What is known of the tables of one language."""

    paragraphs: int
    items: int
    lengths: Lengths
    pieces: Lengths
    bands: Bands | None


class Pack:
    """The index of a pack, in a file that is opened once and only read."""

    def __init__(self, path: Path) -> None:
        """Open the file.

        Raises:
            sqlite3.DatabaseError: It is no index, or one of another version of the product.
        """
        self._lock = Lock()
        # `immutable`: the file lies beside the notices and may lie on a disk that cannot be written.
        self._file = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        try:
            about: dict[str, Any] = json.loads(self._rows("SELECT value FROM about WHERE key = 'pack'")[0][0])
            if about["format"] != FORMAT:
                raise sqlite3.DatabaseError("an index of another version")
            self.digests: Mapping[str, str] = about["digests"]
            self._languages = {each: _known(value) for each, value in about["languages"].items()}
        except (IndexError, KeyError, ValueError, TypeError) as error:
            self.close()
            raise sqlite3.DatabaseError("no index of a pack") from error
        except sqlite3.Error:
            self.close()
            raise

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that the pack has a notice in."""
        return tuple(self._languages)

    def ask(self, question: str, language: str) -> Answer:
        """Find the paragraphs that answer ``question``.

        Args:
            question: What was typed, of any length and form.
            language: The language to take where the question does not tell its own.

        Returns:
            An answer; of a pack without a notice in the language of the question always an honest no.
        """
        asked = cut(question)
        spoken = language_of(asked, language)
        known = self._languages.get(spoken)
        if known is None or not can_read(asked):
            return Answer(asked, spoken, "unanswered")
        found = self.ranked(asked, spoken)
        best = [number for number, _ in found.items[:SHOWN]]
        if not best:
            return Answer(asked, spoken, "unanswered")
        titles = [(number, self.title(number, spoken)) for number, _ in found.items]
        heading = Headings(titles, spoken).meant(asked)
        confidence = sure(signs(found), known.bands)
        if heading is not None:
            return self._answered(asked, found.question, spoken, HEADING, heading)
        if known.bands is not None and confidence >= known.bands.answered:
            return self._answered(asked, found.question, spoken, confidence, best[0])
        if confidence < (known.bands.suggested if known.bands else UNKNOWN):
            return Answer(
                asked, spoken, "unanswered", confidence=round(confidence, 3), suggestions=tuple(best)
            )
        return Answer(
            question=asked,
            lang=spoken,
            status="suggested",
            faq=tuple(best),
            confidence=round(confidence, 3),
            citations=tuple((number, self._cited(found.question, spoken, number)[0]) for number in best),
            suggestions=tuple(best),
        )

    def ranked(self, asked: str, language: str, *, without: int | None = None) -> Ranked:
        """Rank the items of one language.

        Args:
            asked: A question, cut already.
            language: One that the pack has.
            without: An item to leave out, as if the pack did not have it.
        """
        question, wanted = self._question(asked, language)
        places = self._fetched(wanted, language, without)
        rows = self._rows(
            f"SELECT p.item, i.terms, p.terms FROM paragraph_{language} p "  # noqa: S608 - a fixed name
            f"JOIN item_{language} i ON i.number = p.item WHERE p.at IN ({_marks(places)})",
            places,
        )
        best: dict[int, float] = {}
        for item, above, below in rows:
            best[item] = max(best.get(item, 0.0), question.weigh(above.split(), below.split()))
        return Ranked(
            tuple(sorted(best.items(), key=lambda each: (-each[1], each[0]))), question.most, question
        )

    def would_answer(self, asked: str, language: str, *, without: int) -> bool:
        """Whether a question would be given an answer if the pack did not have an item."""
        bands = self._languages[language].bands
        found = self.ranked(asked, language, without=without)
        return bands is not None and sure(signs(found), bands) >= bands.answered

    def paragraphs(self, asked: str, language: str, item: int) -> tuple[tuple[str, float], ...]:
        """Rank the paragraphs of an item, by id with what they weigh, best first."""
        return self._weighed(self._question(asked, language)[0], language, item)

    def _weighed(self, question: Question, language: str, item: int) -> tuple[tuple[str, float], ...]:
        rows = self._rows(
            f"SELECT p.id, i.terms, p.terms FROM item_{language} i "  # noqa: S608 - a fixed name
            f"JOIN paragraph_{language} p ON p.at BETWEEN i.first AND i.last "
            "WHERE i.number = ? ORDER BY p.at",
            (item,),
        )
        weighed = [(id, question.weigh(above.split(), below.split())) for id, above, below in rows]
        return tuple(sorted(weighed, key=lambda each: -each[1]))

    def title(self, number: int, language: str) -> str:
        """Return the question of an item."""
        rows = self._rows(f"SELECT title FROM item_{language} WHERE number = ?", (number,))  # noqa: S608
        return str(rows[0][0])

    def text(self, number: int, paragraph: str, language: str) -> str:
        """Return what a paragraph of an item says."""
        rows = self._rows(
            f"SELECT p.text FROM item_{language} i JOIN paragraph_{language} p "  # noqa: S608 - a fixed name
            "ON p.at BETWEEN i.first AND i.last WHERE i.number = ? AND p.id = ?",
            (number, paragraph),
        )
        return str(rows[0][0])

    def said(self, place: int, language: str) -> str:
        """Return what the paragraph at a place says, from 0."""
        rows = self._rows(f"SELECT text FROM paragraph_{language} WHERE at = ?", (place,))  # noqa: S608
        return str(rows[0][0])

    def count(self, language: str) -> tuple[int, int]:
        """Return how many items and paragraphs a language has."""
        return self._languages[language].items, self._languages[language].paragraphs

    def is_sure(self, language: str) -> bool:
        """Whether anything but the pack's own questions is ever given as answered, and not only suggested."""
        bands = self._languages[language].bands
        return bands is not None and bands.answered <= 1

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _answered(
        self, asked: str, question: Question, language: str, confidence: float, item: int
    ) -> Answer:
        cited = self._cited(question, language, item)
        return Answer(
            question=asked,
            lang=language,
            status="answered",
            faq=(item,),
            confidence=round(confidence, 3),
            citations=tuple((item, id) for id in cited),
        )

    def _cited(self, question: Question, language: str, item: int) -> list[str]:
        """Choose the best paragraph of an item, and those that come close to it."""
        ranked = self._weighed(question, language, item)
        return [id for id, weight in ranked if weight >= CLOSE * ranked[0][1]][:SHOWN]

    def _question(self, asked: str, language: str) -> tuple[Question, list[tuple[int, int, float]]]:
        """Take a question apart: what to weigh with, and its terms by number, holders and rarity."""
        known = self._languages[language]
        wanted = list(dict.fromkeys(terms(asked, language)))
        held = self._held(wanted, language)
        mended = self._mended([term for term in wanted if term not in held], language)
        wanted = list(dict.fromkeys(mended.get(term, term) for term in wanted))
        held |= self._held([*mended.values()], language)
        parts = list(dict.fromkeys(piece for term in wanted for piece in pieces(term)))
        rows = self._rows(
            f"SELECT piece, held FROM piece_{language} WHERE piece IN ({_marks(parts)})",  # noqa: S608
            parts,
        )
        pieces_held = dict(rows)
        number = known.paragraphs
        words = {term: rarity(held[term][1] if term in held else 0, number) for term in wanted}
        small = {piece: rarity(pieces_held.get(piece, 0), number) for piece in parts}
        question = Question(words, small, known.lengths, known.pieces)
        return question, [(*held[term], words[term]) for term in wanted if term in held]

    def _held(self, wanted: Sequence[str], language: str) -> dict[str, tuple[int, int]]:
        rows = self._rows(
            f"SELECT term, at, held FROM term_{language} WHERE term IN ({_marks(wanted)})",  # noqa: S608
            wanted,
        )
        return {term: (at, held) for term, at, held in rows}

    def _fetched(
        self, wanted: Sequence[tuple[int, int, float]], language: str, without: int | None
    ) -> list[int]:
        """Return the places of the paragraphs that are worth to be weighed whole."""
        weights: dict[int, float] = {}
        left = LOOKED_AT
        for at, _held, rare in sorted(wanted, key=lambda each: each[1]):
            [(where, strong)] = self._rows(
                f"SELECT where_, strong FROM term_{language} WHERE at = ?",  # noqa: S608 - a fixed name
                (at,),
            )
            for place, strength in zip(array("I", where), strong, strict=True):
                weights[place] = weights.get(place, 0.0) + rare * strength
            left -= len(strong)
            if left <= 0:
                break
        if without is not None:
            for place in self._places(without, language):
                weights.pop(place, None)
        if len(weights) <= FETCHED:
            return list(weights)
        least = heapq.nlargest(FETCHED, weights.values())[-1]
        above = [place for place, weight in weights.items() if weight > least]
        drawn = (place for place, weight in weights.items() if weight == least)
        return [*above, *islice(drawn, FETCHED - len(above))]

    def _places(self, item: int, language: str) -> Iterable[int]:
        [(first, last)] = self._rows(f"SELECT first, last FROM item_{language} WHERE number = ?", (item,))  # noqa: S608
        return range(first, last + 1)

    def _mended(self, unknown: Iterable[str], language: str) -> dict[str, str]:
        """Find the known word that each mistyped English one was meant to be."""
        tried = [term for term in unknown if term.isascii() and term.isalpha() and len(term) >= 4]
        found = {}
        for term in tried[:MENDED]:
            parts = pieces(term)
            shared: Counter[int] = Counter()
            for (of,) in self._rows(
                f"SELECT terms FROM piece_{language} WHERE piece IN ({_marks(parts)})",  # noqa: S608
                parts,
            ):
                shared.update(array("I", of))
            near = [number for number, _ in shared.most_common(_COMPARED)]
            rows = self._rows(f"SELECT term, held FROM term_{language} WHERE at IN ({_marks(near)})", near)  # noqa: S608
            alike = max(((fuzz.ratio(term, each), held, each) for each, held in rows), default=None)
            if alike is not None and alike[0] >= ALIKE:
                found[term] = alike[2]
        return found

    def _rows(self, query: str, given: Sequence[object] = ()) -> list[Any]:
        with self._lock:
            return self._file.execute(query, given).fetchall()


def _known(value: Mapping[str, Any]) -> _Language:
    bands = value.get("bands")
    return _Language(
        value["paragraphs"],
        value["items"],
        Lengths(*value["lengths"]),
        Lengths(*value["pieces"]),
        Bands(tuple(bands["weights"]), bands["answered"], bands["suggested"]) if bands else None,
    )


def _marks(wanted: Sequence[object]) -> str:
    return ",".join("?" * len(wanted))
