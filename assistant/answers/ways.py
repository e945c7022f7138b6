"""Reads the ways in which people ask, and proves that they point into the notice."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TypeVar

import msgspec

from content.loader import Content, ContentError, read
from content.schema import Decoy, Phrasing

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A question with what answers it, for measuring and calibrating.

    Args:
        language: ``en`` or ``zh``.
        question: As it was put.
        items: Every item that would be a fair answer, best first; none where the notice does not answer.
        paragraphs: The paragraphs that answer, best first, where the writer said so.
        style: How it was put, such as ``typo`` or ``out-of-scope-near``.
    """

    language: str
    question: str
    items: tuple[int, ...]
    paragraphs: tuple[str, ...]
    style: str


def read_phrasings(content: Content) -> tuple[Phrasing, ...]:
    """Read how people ask for each paragraph, from the files of all writers.

    Raises:
        ContentError: A file is of the wrong form, or names a paragraph that is not there.
    """
    known = {each.id for item in content.notices["en"] for each in item.paragraphs}
    found: list[Phrasing] = []
    for path in _files("phrasings"):
        for phrasing in read(path, tuple[Phrasing, ...]):
            if phrasing.paragraph not in known:
                raise ContentError(
                    path.name,
                    None,
                    phrasing.paragraph,
                    "this paragraph is not in the notice. Mend its id.",
                )
            found.append(phrasing)
    return tuple(found)


def read_decoys(content: Content) -> tuple[Decoy, ...]:
    """Read the topics that the notice does not answer; writers of the same topic bring more words for it.

    Raises:
        ContentError: A file is of the wrong form, or names an item or a rule that is not there.
    """
    items = {item.number for item in content.notices["en"]} | {None}
    rules = {rule.id for edition in content.editions.values() for rule in edition.later_rules} | {None}
    found: dict[str, Decoy] = {}
    for path in _files("decoys"):
        for decoy in read(path, tuple[Decoy, ...]):
            if decoy.nearest not in items:
                raise ContentError(path.name, None, decoy.id, f"the notice has no item {decoy.nearest}.")
            if decoy.later_rule not in rules:
                raise ContentError(path.name, None, decoy.id, f"no edition has the rule {decoy.later_rule}.")
            known = found.get(decoy.id)
            found[decoy.id] = decoy if known is None else _joined(known, decoy)
    return tuple(found.values())


def read_questions(path: Path) -> tuple[Asked, ...]:
    """Read questions with their answers: a line each, with tabs between.

    Columns: ``lang``, ``question``, ``gold`` (items, or ``none``), perhaps ``paragraphs``, ``style``.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Asked(
                row["lang"],
                row["question"],
                tuple(int(each) for each in _several(row["gold"]) if each.isdigit()),
                _several(row.get("paragraphs") or ""),
                row["style"],
            )
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        )


def calibration() -> Path:
    """Return the file of the questions that the confidence is fitted on."""
    return _home() / "questions" / "calibration.tsv"


def sources() -> Sequence[Path]:
    """Return every file that the model is made from or with."""
    return [
        *(
            Path(__file__).with_name(f"{name}.py")
            for name in ("features", "kindred", "learning", "training", "model")
        ),
        *(_home() / f"notice.{language}.md" for language in ("en", "zh")),
        *_files("phrasings"),
        *_files("decoys"),
        calibration(),
    ]


def trained() -> Path:
    """Return the file of the model."""
    return _home() / "answers.model"


def _joined(known: Decoy, more: Decoy) -> Decoy:
    return msgspec.structs.replace(
        known,
        en=tuple(dict.fromkeys((*known.en, *more.en))),
        zh=tuple(dict.fromkeys((*known.zh, *more.zh))),
        nearest=known.nearest or more.nearest,
        later_rule=known.later_rule or more.later_rule,
    )


def _several(said: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in said.split(",") if each.strip())


def _files(folder: str) -> list[Path]:
    return sorted((_home() / folder).glob("*.yaml"))


def _home() -> Path:
    return Path(str(resources.files("content"))) / "notice"
