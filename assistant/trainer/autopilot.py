"""How the persona types: at a speed at which a class can read along."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation.commands import typed
from assistant.conversation.inputs import Choice, Command, File, Text
from assistant.conversation.linebreak import cells
from assistant.lessons import Act

SPEEDS = (1, 2, 4)
"""How many times as fast as reading aloud."""

CELLS_A_SECOND = 24
"""Of text on the screen: eleven Chinese characters or four English words, as one reads to oneself."""
LEAST_READING, MOST_READING = 0.8, 6.0
"""Seconds before the persona answers: to see the question, and no longer than a class stays with it."""

SIGNS_A_SECOND = 10
AFTERWARDS = 0.5
"""Seconds for which the whole answer stands before it is entered."""


@dataclass(frozen=True)
class Read:
    """Nothing happens but time for reading."""


@dataclass(frozen=True)
class Typed:
    """So much stands in the field now."""

    text: str


@dataclass(frozen=True)
class Highlighted:
    """An option is highlighted."""

    id: str


@dataclass(frozen=True)
class Entered:
    """The answer is entered."""


@dataclass(frozen=True)
class Stroke:
    """One movement of the persona, and how many seconds pass before it."""

    after: float
    does: Read | Typed | Highlighted | Entered


def strokes(act: Act, said: Sequence[str], speed: int, language: str) -> Iterator[Stroke]:
    """Say how the persona does something, movement by movement.

    Args:
        act: What they do.
        said: The texts that are new on the screen, in the language that is read.
        speed: One of :data:`SPEEDS`.
        language: The language in which commands are typed.
    """
    reading = sum(cells(each) for each in said) / CELLS_A_SECOND
    first = min(max(reading, LEAST_READING), MOST_READING) / speed
    text = _typed(act, language)
    if text:
        for count in range(1, len(text) + 1):
            yield Stroke(first if count == 1 else 1 / SIGNS_A_SECOND / speed, Typed(text[:count]))
        yield Stroke(AFTERWARDS / speed, Entered())
    elif isinstance(act, Choice):
        for n, id in enumerate(act.ids):
            yield Stroke(first if n == 0 else AFTERWARDS / speed, Highlighted(id))
        yield Stroke(AFTERWARDS / speed, Entered())
    else:
        yield Stroke(first, Entered())


def _typed(act: Act, language: str) -> str:
    """Return what stands in the field before it is entered; nothing where something is picked."""
    match act:
        case Text(text):
            return text
        case File(path):
            return path.name
        case Command("ask", question):
            return question
        case Command():
            return typed(act, language)
        case _:
            return ""
