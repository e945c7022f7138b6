"""Reads the lists of names that are suggested while somebody types: schools, majors, countries.

They stand apart from the rest of the content: they are read when a field first wants them, and nothing is
ever judged by them. A list that cannot be relied on is refused as any other file is.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Container, Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Literal

from content.reading import ContentError, read_text
from content.schema import Frozen

Kind = Literal["schools", "study-majors", "countries"]
KINDS: tuple[Kind, ...] = ("schools", "study-majors", "countries")

_FILES: dict[Kind, tuple[str, tuple[str, ...]]] = {
    "schools": ("schools/schools.csv", ("place", "name", "english", "short", "now", "until")),
    "study-majors": ("schools/study-majors.csv", ("name", "english", "short")),
    "countries": ("places/countries.csv", ("name", "english", "short")),
}
_CHINESE = re.compile("[\u3400-\u9fff（）、-]+")
_YEAR = re.compile("19[5-9][0-9]|20[0-9]{2}")


class Suggested(Frozen, frozen=True):
    """A name to suggest.

    Args:
        name: The name in Chinese, as certificates print it.
        english: Its name in English, or nothing.
        short: What people also call it.
        place: Id of the province where a school is, or nothing.
        now: For a school of the past: the present name of what it became part of.
        until: The year in which a school of the past lost its name, where it is known.
    """

    name: str
    english: str = ""
    short: tuple[str, ...] = ()
    place: str = ""
    now: str = ""
    until: str = ""


def suggested(
    kind: Kind, *, home: Path | None = None, provinces: Container[str] | None = None
) -> tuple[Suggested, ...]:
    """Read a list and prove it.

    Args:
        kind: Which list.
        home: A folder of content in place of the product's own.
        provinces: The ids that a school's place may have, to prove that it is one.

    Raises:
        ContentError: The file is missing or of the wrong form, a name stands twice, or a school of the past
            became part of one that is not there.
    """
    name, columns = _FILES[kind]
    path = (home or Path(str(resources.files("content")))) / name
    found: dict[str, tuple[int, Suggested]] = {}
    for line, row in _rows(path, columns):
        each = _suggested(path, line, row)
        if each.name in found:
            first = found[each.name][0]
            raise ContentError(path.name, line, each.name, f"it stands in line {first} too. Keep one.")
        if provinces is not None and each.place and each.place not in provinces:
            raise ContentError(
                path.name, line, each.name, f"no such province: {each.place}. Write the id of one, or none."
            )
        found[each.name] = (line, each)
    for line, each in found.values():
        if each.now and (each.now not in found or found[each.now][1].now):
            raise ContentError(
                path.name, line, each.name, f"{each.now} is no school of today in this list. Add or mend it."
            )
    return tuple(each for _, each in found.values())


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Give each row with its line; lines of comment stand between."""
    headed = False
    for line, said in enumerate(read_text(path).splitlines(), 1):
        if not said.strip() or said.startswith("#"):
            continue
        cells = next(csv.reader([said]))
        if len(cells) != len(columns) or (not headed and tuple(cells) != tuple(columns)):
            raise ContentError(
                path.name,
                line,
                "",
                f"{len(columns)} columns are expected: {', '.join(columns)}. Mend the line.",
            )
        if headed:
            yield line, dict(zip(columns, cells, strict=True))
        headed = True
    if not headed:
        raise ContentError(path.name, None, "", "it holds nothing. Put the product's file back.")


def _suggested(path: Path, line: int, row: dict[str, str]) -> Suggested:
    name = row["name"]
    for column, cell in row.items():
        if cell != cell.strip():
            raise ContentError(path.name, line, name, f"{column} begins or ends with a space. Take it out.")
    if not _CHINESE.fullmatch(name):
        raise ContentError(path.name, line, name, "a name in Chinese characters is expected. Write it.")
    until = row.get("until", "")
    if until and not (row.get("now") and _YEAR.fullmatch(until)):
        raise ContentError(
            path.name, line, name, "until is the year of a school of the past. Write it, with what it is now."
        )
    return Suggested(
        name=name,
        english=row["english"],
        short=tuple(each for each in row["short"].split("|") if each),
        place=row.get("place", ""),
        now=row.get("now", ""),
        until=until,
    )
