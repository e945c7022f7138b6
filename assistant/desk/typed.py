"""Reads what is typed into the forms of the desk: names of the catalogue, amounts, numbers, paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from assistant.conversation.finding import Finder, decided
from assistant.conversation.known_as import findable
from assistant.files import FileRefusedError, write_atomically
from content.loader import Content
from flows import text
from flows.steps.model import Option
from flows.verdict import Named, RefusedError


def named(kind: str, typed: str, content: Content) -> str:
    """Return the id of the exam or province that somebody names, in either language or by its id.

    Args:
        kind: ``exam`` or ``province``.
        typed: What was typed.
        content: The catalogues.

    Raises:
        RefusedError: Nothing, or more than one, is called so.
    """
    ids: Iterable[str] = content.exams if kind == "exam" else content.provinces
    options = [Option(each, Named(kind, each)) for each in ids]
    found = decided(Finder(findable(each, content) for each in options).rank(text.field(typed)))
    if found is None:
        raise RefusedError(f"desk-{kind}-unknown")
    return found


def whole(typed: str, code: str) -> int:
    """Return a whole number of at most six digits.

    Raises:
        RefusedError: It is none; ``code`` names the sentence.
    """
    plain = text.field(typed)
    if not (plain.isascii() and plain.isdecimal() and len(plain) <= 6):
        raise RefusedError(code)
    return int(plain)


def sitting(values: Mapping[str, str], content: Content) -> tuple[str, int, str]:
    """Return exam, year and province of the fields ``sample-exam``, ``sample-year``, ``sample-province``.

    Raises:
        RefusedError: One of them cannot be read; an empty province stands for all.
    """
    exam = named("exam", values["sample-exam"], content)
    year = whole(values["sample-year"], "desk-year")
    wanted = values["sample-province"]
    return exam, year, named("province", wanted, content) if wanted else ""


def path(typed: str) -> Path:
    """Return the path that somebody typed or dropped onto the terminal.

    Raises:
        RefusedError: Nothing was typed, or nobody of the name after ``~`` has a home.
    """
    plain = typed.strip().strip("\"'").strip()
    if not plain:
        raise RefusedError("desk-path-missing")
    try:
        return Path(plain).expanduser()
    except RuntimeError as error:
        raise RefusedError("desk-path-missing") from error


def write(file: Path, data: bytes) -> Path:
    """Write a new file; one that is there stays.

    Raises:
        RefusedError: It cannot be written.
    """
    try:
        write_atomically(file, data, replace=False)
    except FileRefusedError as refused:
        raise RefusedError(refused.problem.code, refused.problem.args) from refused
    return file
