"""What a message is when it has been put into words: a heading and parts for any face to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.conversation.inputs import Command

BlockKind = Literal["said", "echoed", "objected", "warned", "answered", "card", "document"]


@dataclass(frozen=True)
class Line:
    """A paragraph. ``tone`` says what it is for: ``note`` stands back, ``heading``, ``warning`` stand out."""

    text: str
    tone: Literal["plain", "note", "heading", "warning"] = "plain"


@dataclass(frozen=True)
class Pair:
    """A label and its value; ``key`` is the fact that *change* would correct.

    ``large`` marks what has to be read from afar or taken by a camera.
    """

    label: str
    value: str
    key: str | None = None
    large: bool = False


@dataclass(frozen=True)
class Moment:
    """A date of a time line.

    Args:
        label: What is due then.
        at: The date and the time of day.
        away: How far from today it is.
        state: Whether it is over, is this very moment, or is still to come.
        days: The days from today until then; fewer than 0 where it is over.
        closing: Whether it is the date that all others count towards.
    """

    label: str
    at: str
    away: str
    state: Literal["past", "now", "ahead"]
    days: int
    closing: bool = False


@dataclass(frozen=True)
class Quote:
    """Words of the notice, or of a later rule, and where they stand."""

    source: str
    text: str


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere when they are picked: ``command`` is what picking them puts in."""

    text: str
    command: Command


Part = Line | Pair | Moment | Quote | Link


@dataclass(frozen=True)
class Block:
    """A message in words.

    Args:
        kind: Which message it was.
        parts: What it says, in order.
        heading: A line above it, or nothing.
        variant: The kind of card or paper, or the status of an answer.
        key: The fact that it is about: *change* on an echo leads there.
    """

    kind: BlockKind
    parts: tuple[Part, ...]
    heading: str = ""
    variant: str = ""
    key: str | None = None


@dataclass(frozen=True)
class AskedOption:
    """An option in words.

    Args:
        refused: Why it cannot be picked now.
        names: All that people call it, in both languages: it is found by each of them.
    """

    id: str
    label: str
    hint: str = ""
    refused: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A prompt in words: the question, the lines beside the field, an example, what can be picked."""

    question: str
    help: tuple[str, ...] = ()
    example: str = ""
    options: tuple[AskedOption, ...] = ()
