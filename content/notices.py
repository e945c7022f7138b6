"""A notice as it was read from a text: its items with their lines, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from content.schema import Item, Language, Paragraph

NO_ARGS: Mapping[str, str | int] = MappingProxyType({})

REFUSALS = frozenset({"notice-no-items", "notice-number-twice", "notice-is-pack"})
"""What no pack can be made of; everything else is mended in the pack or in the file."""


@dataclass(frozen=True)
class Finding:
    """One place that could not be read, or reads as damaged.

    Args:
        code: The sentence that says what it is and how to mend it: ``problem.<code>`` of ``content/words``.
        line: Its line in the file, from 1.
        place: The item or paragraph that it became part of, such as ``11`` or ``11.3``; or nothing.
        args: What the sentence is filled with.
    """

    code: str
    line: int
    place: str = ""
    args: Mapping[str, str | int] = field(default_factory=lambda: NO_ARGS)


@dataclass(frozen=True)
class Piece:
    """A paragraph on its way into an item.

    Args:
        lines: The lines of the file that it came from, from 1.
        text: What they say.
        point: Its label when it is a numbered point, such as ``(3)``.
    """

    lines: tuple[int, ...]
    text: str
    point: str = ""


@dataclass(frozen=True)
class Entry:
    """An item as it stands in the file.

    Args:
        number: Its number, read or concluded.
        title: The question as printed.
        line: The line of the question.
        pieces: The paragraphs of the answer.
    """

    number: int
    title: str
    line: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Notice:
    """A notice as it was read.

    Args:
        language: The language that most of it is in.
        heading: What stands above the first item, when that is one line.
        entries: The items by number, with the lines that they came from.
        findings: What could not be read, by line.
    """

    language: Language
    heading: str
    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """The items as the content holds them."""
        return tuple(
            Item(
                number=each.number,
                title=each.title,
                paragraphs=tuple(
                    Paragraph(id=f"{each.number}.{at}", text=piece.text)
                    for at, piece in enumerate(each.pieces, 1)
                ),
            )
            for each in self.entries
        )

    @property
    def refusals(self) -> tuple[Finding, ...]:
        """What stops a pack from being made."""
        return tuple(each for each in self.findings if each.code in REFUSALS)


def short(text: str, most: int = 40) -> str:
    """Cut a text for a sentence that names it."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def written(notice: Notice) -> str:
    """Write a notice in the form that :func:`content.loader.read_notice` reads.

    An item without a title has a question mark in its place, so that the file says where one is due.
    """
    lines = [f"# {notice.heading}", ""] if notice.heading else []
    for item in notice.items:
        lines += [f"## {item.number}. {item.title or '?'}", ""]
        lines += [f"[{each.id}] {each.text}" for each in item.paragraphs]
        lines += [""] if item.paragraphs else []
    return "\n".join(lines).rstrip("\n") + "\n"
