"""Keeps which questions found no answer, for the owners of the content: counted, and without personal data.

What is kept of a question are the words that many people ask with. Everything else, and whatever the dossier
of the candidate holds, is masked before it leaves the conversation; so nothing here has to be encrypted.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.answers.features import is_small, stem
from assistant.answers.model import Model

MASK = "…"
"""Stands in place of everything that is not kept."""

LONGEST = 120
"""Characters of a question that are kept at most."""

MOST = 5000
"""Questions that are kept at most: beyond it, those asked least and longest ago go."""

_PIECE = re.compile(r"[A-Za-z]+(?:'[a-z]+)?|[\u3400-\u9fff]+|[^\sA-Za-z\u3400-\u9fff]+|\s+")
_HARMLESS = re.compile(r"[,.;:?!'\"()，。；：？！、“”（）]+|\s+")
_ADDRESS = re.compile(r"[!-~]*[@/\\][!-~]*")
_HAN = re.compile(r"[\u3400-\u9fff]+")

_TABLE = """
CREATE TABLE IF NOT EXISTS missed (
    question TEXT NOT NULL, language TEXT NOT NULL, edition TEXT NOT NULL, band TEXT NOT NULL,
    topic TEXT NOT NULL, times INTEGER NOT NULL, day TEXT NOT NULL,
    PRIMARY KEY (question, language, edition, band, topic)
) WITHOUT ROWID
"""


@dataclass(frozen=True)
class Miss:
    """A question that found no answer, masked.

    Args:
        question: What is kept of it.
        language: ``en`` or ``zh``.
        edition: Id of the edition that it was asked under.
        band: ``suggested`` or ``unanswered``.
        topic: Id of the topic that was recognised, or the item that came nearest, such as ``item 13``.
        day: When it was asked last, to the day.
        times: How often it was asked.
    """

    question: str
    language: str
    edition: str
    band: str
    topic: str
    day: date
    times: int = 1


class Misses:
    """The file of the questions that found no answer."""

    def __init__(self, path: Path) -> None:
        """Name the file; it is made with the first question."""
        self._path = path

    def keep(self, miss: Miss) -> None:
        """Count a question. That it cannot be written is no reason to disturb whoever asked it."""
        with suppress(sqlite3.Error, OSError):
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, 0o600))
            with closing(sqlite3.connect(self._path, timeout=1)) as file, file:
                file.execute(_TABLE)
                file.execute(
                    "INSERT INTO missed VALUES (?, ?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT DO UPDATE SET times = times + excluded.times, day = excluded.day",
                    (
                        *(miss.question, miss.language, miss.edition, miss.band, miss.topic, miss.times),
                        miss.day.isoformat(),
                    ),
                )
                file.execute(
                    "DELETE FROM missed WHERE (question, language, edition, band, topic) IN "
                    "(SELECT question, language, edition, band, topic FROM missed "
                    "ORDER BY times DESC, day DESC LIMIT -1 OFFSET ?)",
                    (MOST,),
                )

    def listed(self) -> tuple[Miss, ...]:
        """Return the questions, those asked most often first.

        Raises:
            sqlite3.DatabaseError: The file is damaged, or no such file.
        """
        if not self._path.exists():
            return ()
        with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            rows = file.execute(
                "SELECT question, language, edition, band, topic, day, times FROM missed "
                "ORDER BY times DESC, day DESC, question"
            ).fetchall()
        return tuple(
            Miss(question, language, edition, band, topic, date.fromisoformat(day), times)
            for question, language, edition, band, topic, day, times in rows
        )


def masked(question: str, model: Model | None, private: Iterable[str]) -> str:
    """Return what may be kept of a question.

    Args:
        question: As it was looked at: cut and on one line.
        model: What knows the words that people ask with, in the language of the question; ``None`` for one
            that is in no language of ours.
        private: What is known of the candidate, in any form: none of it is kept.

    Returns:
        Words that several people used in asking, and marks; each run of anything else is one ``…``.
    """
    if model is None:
        return MASK
    said = _ADDRESS.sub(MASK, question)
    for each in sorted((each for each in private if len(each.strip()) > 1), key=len, reverse=True):
        said = re.sub(re.escape(each.strip()), MASK, said, flags=re.IGNORECASE)
    pieces = _PIECE.findall(said.lower())
    known = model.known([each for piece in pieces for each in _wanted(piece)])
    kept = "".join(_kept(piece, known) for piece in pieces)
    return re.sub(rf"{MASK}(?:[\s\W]*{MASK})+", MASK, kept).strip()[:LONGEST]


def _wanted(piece: str) -> list[str]:
    if _HAN.fullmatch(piece):
        return [piece[at : at + size] for size in (2, 3) for at in range(len(piece) - size + 1)]
    return [stem(piece.partition("'")[0])]


def _kept(piece: str, known: frozenset[str]) -> str:
    if _HARMLESS.fullmatch(piece):
        return piece
    if _HAN.fullmatch(piece):
        return _kept_of(piece, known)
    word = piece.partition("'")[0]
    if not word.isalpha():
        return MASK
    return piece if is_small(word) or stem(word) in known else MASK


def _kept_of(run: str, known: frozenset[str]) -> str:
    """Keep of a run of characters what is in known pairs, and beside a strange one only what is in threes.

    The last character of a name and the 的 after it may well be a pair that people asked with.
    """
    in_pair, in_three = set[int](), set[int]()
    for size, places in ((2, in_pair), (3, in_three)):
        for at in range(len(run) - size + 1):
            if run[at : at + size] in known:
                places.update(range(at, at + size))
    strange = {at for at in range(len(run)) if at not in in_pair}
    beside = {at for at in in_pair if {at - 1, at + 1} & strange and at not in in_three}
    return "".join(MASK if at in strange | beside else sign for at, sign in enumerate(run))
