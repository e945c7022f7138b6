"""Makes the index of a pack: one SQLite file beside its notices, with all that a question needs of them.

For each term the paragraphs that hold it are kept with how strongly, and of a common term the strongest
alone: that bounds how long any question takes, however large the pack.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from assistant.answers.packs import FORMAT, Pack
from assistant.answers.sureness import calibrated
from assistant.answers.terms import pieces, terms
from assistant.answers.weighing import Lengths
from assistant.files import FileRefusedError, problem
from content.schema import Item

STRONGEST = 8000
"""So many paragraphs of a term are kept."""

STEPS = 255
"""Steps of strength that are told apart, in a byte."""

_SHORTEST = 4
"""Letters of a term that a mistyped word is mended to."""


def build(path: Path, notices: Mapping[str, Sequence[Item]], digests: Mapping[str, str]) -> None:
    """Write the index of a pack, all of it or nothing.

    Args:
        path: Where it goes; an index of this name is replaced.
        notices: The items by language.
        digests: What tells the notices that it was made of from others, by language.

    Raises:
        FileRefusedError: It cannot be written there.
    """
    new = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with closing(sqlite3.connect(new)) as file:
            file.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192")
            file.execute("CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
            about: dict[str, Any] = {"format": FORMAT, "digests": dict(digests)}
            about["languages"] = {each: _language(file, each, items) for each, items in notices.items()}
            _tell(file, about)
        with closing(Pack(new)) as pack:
            sure = {language: calibrated(pack, language) for language in notices}
        with closing(sqlite3.connect(new)) as file:
            for language, bands in sure.items():
                about["languages"][language]["bands"] = bands
            _tell(file, about)
        new.chmod(0o644)
        with new.open("rb") as written:
            os.fsync(written.fileno())
        new.replace(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise FileRefusedError(problem("file-no-right-to-write", path)) from error
    finally:
        with suppress(OSError):
            new.unlink()


def digest(path: Path) -> str:
    """Return what tells a file from any other."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tell(file: sqlite3.Connection, about: Mapping[str, Any]) -> None:
    with file:
        file.execute("INSERT OR REPLACE INTO about VALUES ('pack', ?)", (json.dumps(about),))


def _language(file: sqlite3.Connection, language: str, items: Sequence[Item]) -> dict[str, Any]:
    """Write the tables of one language, and return what is to be known of them."""
    file.executescript(
        f"""
        CREATE TABLE item_{language}
            (number INTEGER PRIMARY KEY, title TEXT, terms TEXT, first INTEGER, last INTEGER);
        CREATE TABLE paragraph_{language}
            (at INTEGER PRIMARY KEY, item INTEGER, id TEXT, text TEXT, terms TEXT);
        CREATE TABLE term_{language}
            (at INTEGER PRIMARY KEY, term TEXT UNIQUE, held INTEGER, where_ BLOB, strong BLOB);
        CREATE TABLE piece_{language} (piece TEXT PRIMARY KEY, held INTEGER, terms BLOB);
        """
    )
    taken: list[tuple[str, list[str]]] = []
    at = 0
    for item in items:
        title = " ".join(terms(item.title, language))
        bodies = [" ".join(terms(each.text, language)) for each in item.paragraphs]
        file.execute(
            f"INSERT INTO item_{language} VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a fixed name
            (item.number, item.title, title, at, at + len(bodies) - 1),
        )
        file.executemany(
            f"INSERT INTO paragraph_{language} VALUES (?, ?, ?, ?, ?)",  # noqa: S608 - a fixed name
            [
                (place, item.number, each.id, each.text, body)
                for place, (each, body) in enumerate(zip(item.paragraphs, bodies, strict=True), at)
            ],
        )
        taken.append((title, bodies))
        at += len(bodies)
    whole, parts = _average(taken)
    held = _write_terms(file, language, taken, whole)
    _write_pieces(file, language, taken, held)
    file.commit()
    return {
        "paragraphs": at,
        "items": len(items),
        "lengths": [whole.titles, whole.bodies],
        "pieces": [parts.titles, parts.bodies],
    }


Texts = Sequence[tuple[str, Sequence[str]]]


def _average(taken: Texts) -> tuple[Lengths, Lengths]:
    """Return the mean lengths in terms and in pieces; a question counts with each of its paragraphs."""
    sums, texts = [0, 0, 0, 0], 0
    for title, bodies in taken:
        above = title.split()
        texts += len(bodies)
        sums[0] += len(above) * len(bodies)
        sums[2] += sum(len(pieces(term)) for term in set(above)) * len(bodies)
        for body in bodies:
            below = body.split()
            sums[1] += len(below)
            sums[3] += sum(len(pieces(term)) for term in set(below))
    # A pack without a single word has an average length all the same.
    mean = [max(each / texts, 1e-3) for each in sums]
    return Lengths(mean[0], mean[1]), Lengths(mean[2], mean[3])


def _write_terms(file: sqlite3.Connection, language: str, taken: Texts, lengths: Lengths) -> list[str]:
    places: dict[str, array[int]] = defaultdict(lambda: array("I"))
    strengths: dict[str, bytearray] = defaultdict(bytearray)
    at = 0
    for title, bodies in taken:
        above = title.split()
        high = Counter(above)
        for body in bodies:
            below = body.split()
            low = Counter(below)
            for term in {**high, **low}:
                strong = lengths.strength(high[term], len(above), low[term], len(below))
                places[term].append(at)
                strengths[term].append(max(1, round(STEPS * strong)))
            at += 1
    rows = []
    for number, (term, where) in enumerate(places.items()):
        strong_, held = strengths[term], len(where)
        if held > STRONGEST:
            best = sorted(range(held), key=strong_.__getitem__, reverse=True)[:STRONGEST]
            where, strong_ = (  # noqa: PLW2901 - the rest is not kept
                array("I", [where[each] for each in best]),
                bytearray(strong_[each] for each in best),
            )
        rows.append((number, term, held, where.tobytes(), bytes(strong_)))
    file.executemany(f"INSERT INTO term_{language} VALUES (?, ?, ?, ?, ?)", rows)  # noqa: S608 - a fixed name
    return [*places]


def _write_pieces(file: sqlite3.Connection, language: str, taken: Texts, vocabulary: Sequence[str]) -> None:
    """Write how many paragraphs hold each piece, and which English words it is a piece of."""
    held: Counter[str] = Counter()
    for title, bodies in taken:
        above = title.split()
        for body in bodies:
            held.update({piece for term in {*above, *body.split()} for piece in pieces(term)})
    of: dict[str, array[int]] = {piece: array("I") for piece in held}
    for number, term in enumerate(vocabulary):
        if len(term) >= _SHORTEST and term.isascii():
            for piece in pieces(term):
                of[piece].append(number)
    file.executemany(
        f"INSERT INTO piece_{language} VALUES (?, ?, ?)",  # noqa: S608 - a fixed name
        [(piece, count, of[piece].tobytes()) for piece, count in held.items()],
    )
