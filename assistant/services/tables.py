"""Reads tables that other programs wrote as CSV, and says line by line what cannot be used.

UTF-8, with or without a byte order mark, and GB18030, which Chinese spreadsheets still write. The first line
names the columns in any order; each may go by several names; columns that nobody asked for are left alone.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flows.text import field
from flows.verdict import Arg, RefusedError

MOST_BYTES = 64 * 1024 * 1024
"""A table of a million lines; what is larger is another kind of file."""


class TableRefused(RefusedError):  # noqa: N818 - named for what happened
    """A table cannot be used; the sentence says which line, and how to mend it."""


@dataclass(frozen=True)
class Column:
    """A column that is wanted.

    Args:
        name: What it is called here.
        also: What else it may be called in the file, in any case and with spaces.
        needed: Whether the file has to have it, and each line a value.
    """

    name: str
    also: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True)
class Line:
    """One line of a table: its number in the file, and its values by the column's name."""

    number: int
    values: Mapping[str, str]


def read_table(path: Path, columns: Sequence[Column]) -> Iterator[Line]:
    """Read a table.

    Args:
        path: A CSV file; its values may be separated by commas, semicolons or tabs.
        columns: What is wanted of it.

    Raises:
        TableRefused: It cannot be read, lacks a column, or a line lacks a value.
    """
    text = _text(path)
    first = next(iter(text.splitlines()), "")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        places = _places(path, next(reader, []), columns)
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            values = {name: field(row[at]) if at < len(row) else "" for name, at in places.items()}
            for column in columns:
                if column.needed and not values.get(column.name):
                    raise line_refused(path, reader.line_num, "table-value-missing", column=column.name)
            yield Line(reader.line_num, {each.name: values.get(each.name, "") for each in columns})
    except csv.Error as error:
        raise line_refused(path, reader.line_num, "table-line-broken") from error


def line_refused(path: Path, line: int, code: str, **told: Arg) -> TableRefused:
    """Say what is wrong with one line."""
    return TableRefused(code, {"path": str(path), "line": line, **told})


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise TableRefused("table-unreadable", {"path": str(path)}) from error
    if len(data) > MOST_BYTES:
        raise TableRefused("table-too-large", {"path": str(path)})
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused("table-encoding", {"path": str(path)})


def _places(path: Path, head: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    written = [_folded(each) for each in head]
    found: dict[str, int] = {}
    for column in columns:
        for each in (column.name, *column.also):
            if _folded(each) in written:
                found[column.name] = written.index(_folded(each))
                break
    missing = [each for each in columns if each.needed and each.name not in found]
    if missing:
        raise TableRefused(
            "table-columns",
            {
                "path": str(path),
                "missing": tuple("/".join((each.name, *each.also[:1])) for each in missing),
                "found": tuple(field(each)[:40] for each in head[:20]) or ("-",),
            },
        )
    return found


def _folded(name: str) -> str:
    return "".join(each for each in field(name).casefold() if each not in " _-/()（）")
