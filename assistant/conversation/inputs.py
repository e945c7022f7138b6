"""What a person can put in: one of these is one turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Text:
    """Words that were typed: an answer, a question, a correction or a command such as ``/back``."""

    text: str


@dataclass(frozen=True)
class Choice:
    """An option that was picked; several ids, in order, where several may be picked."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class File:
    """A file that was chosen."""

    path: Path


@dataclass(frozen=True)
class RecordEntry:
    """One academic record of a form.

    Args:
        fields: What was typed, under the names of :data:`flows.dossier.RECORD_FIELDS`; a choice as its id or
            name. What is missing counts as left empty.
        supersedes: Index of the saved record that this one corrects, or ``None``.
    """

    fields: Mapping[str, str]
    supersedes: int | None = None


@dataclass(frozen=True)
class Records:
    """All academic records in one turn: the whole form is taken, or nothing of it.

    The place of an entry is its index in the dossier, so saved records stand in it too, unchanged.
    """

    education: tuple[RecordEntry, ...]
    degrees: tuple[RecordEntry, ...] = ()


@dataclass(frozen=True)
class Command:
    """An act on the conversation itself.

    Args:
        name: ``back``, ``change``, ``why``, ``say-again``, ``help``, ``language``, ``status``, ``resume``,
            ``quit``, ``ask``, ``item`` or ``original``.
        argument: What it acts on: a fact's key, a language, an item number, a question.
    """

    name: str
    argument: str = ""


Input = Text | Choice | File | Records | Command
