"""What the help desk says on the telephone: three voices for each step, and symptoms.

It stands in ``content/desk`` and is read for the desk alone; :func:`read_desk` proves it whole against the
notice and the words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

from content.loader import Content
from content.reading import ContentError, read, refusal
from content.schema import Bilingual, Decoy, Frozen

T = TypeVar("T")

LEAST_SYMPTOMS = 30


class Likely(Frozen, frozen=True):
    """A question that callers ask at a step, and where its answer stands.

    Args:
        question: As a caller puts it.
        paragraph: The paragraph of the notice that answers it.
        topic: Or the topic, of ``content/notice/decoys``, that the notice does not answer.
    """

    question: Bilingual
    paragraph: str | None = None
    topic: str | None = None


class Voices(Frozen, frozen=True):
    """The three voices of a step.

    Args:
        say: Sentences to read out to the caller, in order.
        do: What staff do or look at; never read out.
        answers: The questions that come first.
    """

    step: str
    say: tuple[Bilingual, ...]
    do: tuple[Bilingual, ...]
    answers: tuple[Likely, ...]


class Aliases(Frozen, frozen=True):
    """What people also call something, by language."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


class Symptom(Frozen, frozen=True):
    """Something that callers complain of.

    Args:
        step: The step at which it is met.
        item: The paragraph of the notice that it turns on.
        usually: What it mostly is; for staff.
        bring: Keys of the words that say what to bring.
        problems: The product's own errors behind it, by code.
        pain: The id of the requirement that it answers.
    """

    id: str
    name: Bilingual
    step: str
    item: str
    aliases: Aliases
    usually: Bilingual
    say: tuple[Bilingual, ...]
    do: tuple[Bilingual, ...]
    pain: str
    problems: tuple[str, ...] = ()
    bring: tuple[str, ...] = ()


class ErrorsOf(Frozen, frozen=True):
    """The errors that are met at a step; a code that ends in ``*`` stands for all that begin so."""

    step: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class DeskContent:
    """Everything that the desk says on the telephone, proven whole.

    Attributes:
        voices: By step.
        symptoms: By id.
        step_of: The step at which an error is met, by code.
    """

    voices: Mapping[str, Voices]
    symptoms: Mapping[str, Symptom]
    step_of: Mapping[str, str]


def read_desk(content: Content, home: Path | None = None) -> DeskContent:
    """Read and prove what the desk says.

    Args:
        content: The notice and the words that it is held against.
        home: A folder of the same form in place of the product's own.

    Raises:
        ContentError: A file is of the wrong form, a step has no voices, or something unknown is named.
    """
    home = home or Path(str(resources.files("content"))) / "desk"
    words = content.words["en"]
    voices: dict[str, Voices] = {}
    for path, at, voice in listed(home, "voices-*.yaml", Voices):
        _prove_step(voice.step, words, path, at)
        if voice.step in voices:
            raise refusal(path, (at, "step"), f"{voice.step} stands twice. Keep one of them.")
        for key in ("say", "do", "answers"):
            if not getattr(voice, key):
                raise refusal(path, (at, key), "nothing stands here. Write at least one line.")
        for place, likely in enumerate(voice.answers):
            _prove_likely(likely, content, path, (at, "answers", place))
        voices[voice.step] = voice
    missing = sorted(steps_of(words) - voices.keys())
    if missing:
        raise ContentError(home.name, None, "step", f"{missing[0]} has no voices. Write them.")
    symptoms: dict[str, Symptom] = {}
    for path, at, symptom in listed(home, "symptoms-*.yaml", Symptom):
        if symptom.id in symptoms:
            raise refusal(path, (at, "id"), f"{symptom.id} stands twice. Keep one of them.")
        _prove_symptom(symptom, content, path, at)
        symptoms[symptom.id] = symptom
    if len(symptoms) < LEAST_SYMPTOMS:
        raise ContentError(home.name, None, "symptoms", f"fewer than {LEAST_SYMPTOMS}. Put them back.")
    return DeskContent(voices, symptoms, _errors(home / "errors.yaml", words))


def prove_topics(desk: DeskContent, topics: tuple[Decoy, ...]) -> None:
    """Prove that every topic without an answer is one that the notice is known not to answer.

    Apart from :func:`read_desk`, as reading all topics takes a second.

    Raises:
        ContentError: A topic is not known.
    """
    known = {each.id for each in topics}
    for voice in desk.voices.values():
        for likely in voice.answers:
            if likely.topic is not None and likely.topic not in known:
                raise ContentError(
                    "desk", None, voice.step, f"no such topic: {likely.topic}. See content/notice/decoys."
                )


def steps_of(words: Mapping[str, str]) -> frozenset[str]:
    """Return the ids of all steps, as the words name them."""
    return frozenset(key.removeprefix("step.") for key in words if key.startswith("step."))


def listed(home: Path, pattern: str, kind: type[T]) -> Iterator[tuple[Path, int, T]]:
    """Read lists out of the files of a folder: each entry with its file and its place there."""
    for path in sorted(home.glob(pattern)):
        for at, each in enumerate(read(path, tuple[kind, ...])):  # type: ignore[valid-type]
            yield path, at, each


def _prove_step(step: str, words: Mapping[str, str], path: Path, at: int) -> None:
    if f"step.{step}" not in words:
        raise refusal(path, (at, "step"), f"no such step: {step}. Mend its id.")


def _prove_likely(likely: Likely, content: Content, path: Path, at: tuple[str | int, ...]) -> None:
    if (likely.paragraph is None) == (likely.topic is None):
        raise refusal(path, at, "name a paragraph or a topic, one of the two.")
    if likely.paragraph is not None and not is_paragraph(likely.paragraph, content):
        raise refusal(path, (*at, "paragraph"), f"the notice has no paragraph {likely.paragraph}.")


def is_paragraph(id: str, content: Content) -> bool:
    """Whether the notice has a paragraph of exactly this number."""
    found = content.paragraph(id, "en")
    return found is not None and found.id == id


def _prove_symptom(symptom: Symptom, content: Content, path: Path, at: int) -> None:
    words = content.words["en"]
    _prove_step(symptom.step, words, path, at)
    if not is_paragraph(symptom.item, content):
        raise refusal(path, (at, "item"), f"the notice has no paragraph {symptom.item}.")
    for key in ("say", "do"):
        if not getattr(symptom, key):
            raise refusal(path, (at, key), "nothing stands here. Write at least one line.")
    for key, listed in (
        ("problems", [f"problem.{each}" for each in symptom.problems]),
        ("bring", symptom.bring),
    ):
        for place, word in enumerate(listed):
            if word not in words:
                raise refusal(path, (at, key, place), f"there are no words {word}. Mend its id.")


def _errors(path: Path, words: Mapping[str, str]) -> Mapping[str, str]:
    known = [key.removeprefix("problem.") for key in words if key.startswith("problem.")]
    found: dict[str, str] = {}
    for at, each in enumerate(read(path, tuple[ErrorsOf, ...])):
        _prove_step(each.step, words, path, at)
        for place, code in enumerate(each.codes):
            begun = code.removesuffix("*")
            meant = [one for one in known if (one.startswith(begun) if code.endswith("*") else one == code)]
            if not meant:
                raise refusal(path, (at, "codes", place), f"no such error: {code}. Mend its code.")
            for one in meant:
                found.setdefault(one, each.step)
    return found
