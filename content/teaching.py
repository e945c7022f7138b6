"""What a trainer shows and says in front of a class: personas, notes for each step, questions with answers.

It stands in ``content/lessons`` and is read for the classroom alone; :func:`read_teaching` proves it whole
against the notice and the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from content.calls import is_paragraph, listed, steps_of
from content.loader import Content, scenarios
from content.reading import ContentError, read, refusal
from content.schema import Bilingual, Frozen

FEWEST_LINES, MOST_LINES = 4, 8
"""Lines of notes for a step: a trainer reads them at a glance, between two sentences."""

FEWEST_OPTIONS, MOST_OPTIONS = 2, 4


class Question(Frozen, frozen=True):
    """A question for the class.

    Args:
        ask: The question.
        options: What the class chooses from.
        answer: The number of the right option, from 1.
        why: Why it is right.
        paragraphs: The paragraphs of the notice that say so.
    """

    ask: Bilingual
    options: tuple[Bilingual, ...]
    answer: int
    why: Bilingual
    paragraphs: tuple[str, ...]


class Notes(Frozen, frozen=True):
    """What a trainer needs at a step.

    Args:
        minutes: How long it takes in front of a class.
        say: What to tell.
        wrong: What people get wrong here.
        show: What to do on the screen.
    """

    step: str
    minutes: int
    say: tuple[Bilingual, ...]
    wrong: tuple[Bilingual, ...]
    show: tuple[Bilingual, ...]
    questions: tuple[Question, ...]


class Told(Frozen, frozen=True):
    """A persona in the library; name and story stand in the scenario.

    Args:
        id: The scenario that they live in.
        shows: What a class sees by it.
    """

    id: str
    shows: Bilingual


@dataclass(frozen=True)
class Teaching:
    """Everything that a trainer shows and says, proven whole.

    Attributes:
        notes: By step.
        personas: By id, in the order of the library.
    """

    notes: Mapping[str, Notes]
    personas: Mapping[str, Told]


def read_teaching(content: Content, home: Path | None = None) -> Teaching:
    """Read and prove what trainers say.

    Args:
        content: The notice and the words that it is held against.
        home: A folder of the same form in place of the product's own.

    Raises:
        ContentError: A file is of the wrong form, a step has no notes or too few, a question cannot be
            answered from the notice, or a persona lives in no scenario.
    """
    home = home or Path(str(resources.files("content"))) / "lessons"
    steps = steps_of(content.words["en"])
    found: dict[str, Notes] = {}
    for path, at, notes in listed(home, "notes-*.yaml", Notes):
        if notes.step not in steps:
            raise refusal(path, (at, "step"), f"no such step: {notes.step}. Mend its id.")
        if notes.step in found:
            raise refusal(path, (at, "step"), f"{notes.step} stands twice. Keep one of them.")
        _prove_notes(notes, content, path, at)
        found[notes.step] = notes
    missing = sorted(steps - found.keys())
    if missing:
        raise ContentError(home.name, None, "step", f"{missing[0]} has no notes. Write them.")
    return Teaching(found, _personas(home / "personas.yaml"))


def _personas(path: Path) -> Mapping[str, Told]:
    known, found = scenarios(), dict[str, Told]()
    for at, told in enumerate(read(path, tuple[Told, ...])):
        if told.id not in known:
            raise refusal(path, (at, "id"), f"there is no scenario {told.id}. Mend its id.")
        if told.id in found:
            raise refusal(path, (at, "id"), f"{told.id} stands twice. Keep one of them.")
        found[told.id] = told
    return found


def _prove_notes(notes: Notes, content: Content, path: Path, at: int) -> None:
    for key in ("say", "wrong", "show", "questions"):
        if not getattr(notes, key):
            raise refusal(path, (at, key), "nothing stands here. Write at least one.")
    lines = len(notes.say) + len(notes.wrong) + len(notes.show)
    if not FEWEST_LINES <= lines <= MOST_LINES:
        raise refusal(path, (at,), f"{lines} lines. Write {FEWEST_LINES} to {MOST_LINES} in all.")
    if notes.minutes < 1:
        raise refusal(path, (at, "minutes"), "it is less than 1. Write whole minutes.")
    for place, question in enumerate(notes.questions):
        _prove_question(question, content, path, (at, "questions", place))


def _prove_question(question: Question, content: Content, path: Path, at: tuple[str | int, ...]) -> None:
    count = len(question.options)
    if not FEWEST_OPTIONS <= count <= MOST_OPTIONS:
        raise refusal(
            path, (*at, "options"), f"{count} options. Write {FEWEST_OPTIONS} to {MOST_OPTIONS} of them."
        )
    if not 1 <= question.answer <= count:
        raise refusal(path, (*at, "answer"), f"there is no option {question.answer}. Count from 1.")
    if not question.paragraphs:
        raise refusal(path, (*at, "paragraphs"), "no paragraph is named. Name the one that says so.")
    for place, paragraph in enumerate(question.paragraphs):
        if not is_paragraph(paragraph, content):
            raise refusal(
                path, (*at, "paragraphs", place), f"the notice has no paragraph {paragraph}. Mend its number."
            )
