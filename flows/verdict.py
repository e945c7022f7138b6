"""What a rule says about something typed: a value, or problems that a person can mend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Generic, TypeVar, Union

T = TypeVar("T")


@dataclass(frozen=True)
class Named:
    """A thing of the content that is called differently in each language.

    Args:
        kind: Which catalogue names it: ``exam``, ``province``, ``city``, ``point``, ``level``, ``major``,
            ``subject``, ``step``, ``fact``, ``item`` (of verification), or ``word`` for a text
            of ``content/words``.
        id: Its id there; levels, majors and subjects are written ``exam-id/level-id``,
            cities and points ``province-id/city-id`` and ``province-id/point-id``.
    """

    kind: str
    id: str


Arg = Union[str, int, float, date, datetime, Named, "Problem", tuple["Arg", ...]]
"""What a sentence may be filled with: a tuple is a list, a problem stands for its own sentence."""

NO_ARGS: Mapping[str, Arg] = MappingProxyType({})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, or worth a warning: a key of ``content/words`` and what fills its sentence.

    Args:
        code: The rule's name for it in kebab-case, unique within the field: the sentence is found under
            ``problem.<code>``.
        args: What the sentence is filled with. Never the whole of what was typed.
    """

    code: str
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((key, repr(value)) for key, value in self.args.items()))))


@dataclass(frozen=True)
class Verdict(Generic[T]):
    """The outcome of one rule.

    Args:
        value: The normalised value; ``None`` exactly when there are problems.
        problems: What stops the value from being taken, in the order of the rules.
        warnings: What the person ought to look at but may keep.
        notes: What was changed on the way (full-width digits, spaces, dots), said back to the person.
    """

    value: T | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notes: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the value may be taken."""
        return not self.problems


class RefusedError(Exception):
    """An act that cannot be done, for a reason that a person can read.

    Args:
        code: The sentence is found under ``problem.<code>``.
        arguments: What the sentence is filled with.
    """

    def __init__(self, code: str, arguments: Mapping[str, Arg] = NO_ARGS) -> None:
        """Keep the code; the message of the exception is the code alone, never personal data."""
        super().__init__(code)
        self.code = code
        self.arguments = arguments


def accept(value: T, *, warnings: tuple[Problem, ...] = (), notes: tuple[Problem, ...] = ()) -> Verdict[T]:
    """Make a verdict that takes the value."""
    return Verdict(value, (), warnings, notes)


def refuse(*problems: Problem, notes: tuple[Problem, ...] = ()) -> Verdict[T]:
    """Make a verdict that refuses, for at least one reason."""
    if not problems:
        raise ValueError("a refusal needs a reason")
    return Verdict(None, problems, (), notes)
