"""What a conversation says: records that hold text ids and arguments, never finished sentences.

A face turns them into sentences with :mod:`assistant.conversation.wording`, so a change of language
shows the whole transcript anew and wiping a kiosk is dropping a list.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from content.schema import Bilingual
from content.suggesting import Kind as Suggestions
from flows.steps.model import Option
from flows.verdict import NO_ARGS, Arg, Problem


@dataclass(frozen=True)
class Said:
    """The assistant tells something: ``text`` is a key of ``content/words``."""

    text: str
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)


@dataclass(frozen=True)
class Echoed:
    """What the candidate just said, in normal form; ``shown`` is masked where the fact is private.

    Args:
        key: The fact's key.
        shown: What stands in the transcript.
        correctable: Whether *change* is offered beside it.
    """

    key: str
    shown: Arg
    correctable: bool = True


@dataclass(frozen=True)
class Objected:
    """What was typed was not taken: each problem with how to mend it. ``key`` names the field."""

    key: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Warned:
    """Something was taken that ought to be looked at, or was changed on the way."""

    key: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Citation:
    """A paragraph of the notice, ``"13.5"`` of item 13; its text is resolved in the reader's language."""

    item: int
    paragraph: str


@dataclass(frozen=True)
class Answered:
    """An answer to a question that was put in the middle: cited, suggested, or an honest no.

    Args:
        question: What was asked, cleaned.
        status: As in the contract of ``chengnuo ask``.
        citations: The passages, best first; for ``suggested`` the ones to pick from.
        later_rule: Id of the rule of the current edition that overrides a passage, or ``None``.
        contact: Telephone of the chosen province, where one is known and the notice has no answer.
        topic: What the notice does not say, where the question's topic was recognised.
        nearest: Items to pick from where the notice has no answer; never shown as if they were one.
        weak: How many questions in a row, this one included, found no sure answer.
        applies: Why the first passages apply to this candidate, by what is known of them.
        going_on: The item of the question before, where this one was understood as going on from it.
    """

    question: str
    status: Literal["answered", "suggested", "unanswered"]
    citations: tuple[Citation, ...]
    later_rule: str | None = None
    contact: str | None = None
    topic: Bilingual | None = None
    nearest: tuple[int, ...] = ()
    weak: int = 0
    going_on: int | None = None
    applies: tuple[Said, ...] = ()


@dataclass(frozen=True)
class Row:
    """One line of a card: ``label`` is a text id; ``key`` is the fact that *change* would correct.

    ``large`` marks what has to be read from afar or taken by a camera: the registration code.
    """

    label: str
    value: Arg
    key: str | None = None
    large: bool = False


@dataclass(frozen=True)
class Card:
    """A titled table: check your answers, the prompt column, a receipt, a worked sum.

    Args:
        kind: What it is, for its looks: ``review``, ``column``, ``receipt``, ``sum``, ``status``,
            ``waiting``, ``done``.
        title: Text id of the heading.
        rows: The lines in order.
        warning: Text id of what can no longer be changed afterwards, or ``None``.
    """

    kind: Literal["review", "column", "receipt", "sum", "status", "waiting", "done"]
    title: str
    rows: tuple[Row, ...]
    warning: str | None = None
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)


@dataclass(frozen=True)
class Deadline:
    """A date of the plan: ``label`` is a text id; ``closing`` marks the one that all others count towards."""

    label: str
    at: datetime
    closing: bool = False


@dataclass(frozen=True)
class Plan:
    """The deadlines in their order, and the moment ``now`` that they are seen from.

    Args:
        title: Text id of the heading.
        deadlines: The dates, earliest first.
        warning: Text id of what is to be known about them, or ``None``.
    """

    title: str
    deadlines: tuple[Deadline, ...]
    now: datetime
    warning: str | None = None
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)


@dataclass(frozen=True)
class Document:
    """A paper to read: the notice paper or the commitment letter, already written in both languages."""

    kind: Literal["notice-paper", "commitment-letter", "instructions", "agreement"]
    en: str
    zh: str


Message = Said | Echoed | Objected | Warned | Answered | Card | Plan | Document

PromptKind = Literal["text", "secret", "choice", "several", "file", "acknowledge", "wait", "end"]


@dataclass(frozen=True)
class Prompt:
    """The one thing that is asked now.

    Args:
        key: The fact asked for, such as ``name`` or ``education.0.school``; ``resume.code`` and the like for
            what is not a fact.
        kind: How it is answered. ``wait`` takes *look again*; ``end`` takes nothing but commands.
        text: Text id of the question; ``help`` of the lines beside the field; ``example`` of an example.
        options: What can be picked, for ``choice``, ``several``, ``acknowledge`` and ``wait``.
        preset: What stands in the field at first: an earlier value to confirm, or what was refused.
        private: Whether what is typed is masked.
        ticks: The field whose rules tick while one types (:func:`flows.rules.ticks`), or ``None``.
        irreversible: Whether answering passes a point of no return.
        suggest: The list whose names are suggested while one types, or ``None``.
    """

    key: str
    kind: PromptKind
    text: str
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)
    help: str | None = None
    example: str | None = None
    options: tuple[Option, ...] = ()
    preset: str = ""
    private: bool = False
    ticks: str | None = None
    irreversible: bool = False
    suggest: Suggestions | None = None


@dataclass(frozen=True)
class Progress:
    """Where the candidate is: for the progress line and the rail.

    Args:
        step: Id of the state, such as ``application-fill``.
        item: Its item of the notice, 1 to 18.
        stage: ``orient``, ``register``, ``apply`` or ``after``.
        number: How many states in the candidate's order lie behind, plus one.
        of: 22, the number of states.
        passed: Ids of the states that are behind.
        paragraph: The paragraph of the item that the state is about, or nothing where it is the whole item.
    """

    step: str
    item: int
    stage: str
    number: int
    of: int
    passed: tuple[str, ...] = ()
    paragraph: str = ""


TaskState = Literal["done", "here", "waiting", "stopped", "ahead", "passed"]


@dataclass(frozen=True)
class Task:
    """A step of the journey in the list of all of them.

    Args:
        step: Id of the state.
        item: Its item of the notice.
        stage: ``orient``, ``register``, ``apply`` or ``after``.
        state: ``done``; ``here`` and something is asked; ``waiting`` for something to arrive; ``stopped`` by
            an ending with a next step; ``ahead``; or ``passed``, because it does not concern this candidate.
        brief: What it still needs in a few words, for the rail.
        needs: The answers that are still open at the step of now.
        why: Why it is not there yet, waits, stopped or was passed.
    """

    step: str
    item: int
    stage: str
    state: TaskState
    brief: Said | None = None
    needs: tuple[Arg, ...] = ()
    why: Said | Problem | None = None


@dataclass(frozen=True)
class Turn:
    """What comes back from one input: messages to add to the transcript, and the prompt that now stands."""

    messages: tuple[Message, ...]
    prompt: Prompt
    progress: Progress
    language: str
    reference: str | None = None
    """The resume code, once there is something to come back to."""
    deadline: datetime | None = None
    """The next deadline that matters to this candidate."""
    finished: bool = False
    """Whether the conversation is over: paid, or left by ``/quit``."""
    tasks: tuple[Task, ...] = ()
    """Every step with what it still needs."""
    plan: Plan | None = None
    """The deadlines from the closing date backwards, once an examination and a province are chosen."""
    undo: Said | None = None
    """What going back would undo, or ``None`` where there is nothing before."""


__all__ = [
    "Answered",
    "Card",
    "Citation",
    "Deadline",
    "Document",
    "Echoed",
    "Message",
    "Objected",
    "Option",
    "Plan",
    "Progress",
    "Prompt",
    "PromptKind",
    "Row",
    "Said",
    "Task",
    "TaskState",
    "Turn",
    "Warned",
]
