"""What trainers say: whole for every step, and held against the notice."""

from __future__ import annotations

import re
import shutil
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from content.loader import scenarios
from content.reading import ContentError
from content.teaching import Notes, Teaching, read_teaching
from flows.steps import STEPS
from tests.factories import content

HOME = Path(str(resources.files("content"))) / "lessons"


@cache
def teaching() -> Teaching:
    return read_teaching(content())


def texts(notes: Notes) -> list[tuple[str, str]]:
    said = [*notes.say, *notes.wrong, *notes.show]
    for question in notes.questions:
        said += [question.ask, *question.options, question.why]
    return [(each.en, each.zh) for each in said]


def test_every_step_has_notes_and_a_question_for_the_class() -> None:
    assert set(teaching().notes) == {step.id for step in STEPS}
    assert all(notes.questions for notes in teaching().notes.values())


def test_everything_is_said_in_both_languages() -> None:
    for notes in teaching().notes.values():
        for en, zh in texts(notes):
            assert en.strip()
            assert zh.strip()
            assert not re.search("[\u4e00-\u9fff]", en), en


def test_the_answers_are_not_all_the_same_option() -> None:
    numbers = {question.answer for notes in teaching().notes.values() for question in notes.questions}

    assert len(numbers) > 2


def test_a_question_cites_the_item_of_its_step() -> None:
    items = {step.id: str(step.item) for step in STEPS}
    # Who is told the scope of verification is told why it decides about item 14, and so on: one of all
    # paragraphs of a question is of the step's own item, or the step's own part of the application.
    for step, notes in teaching().notes.items():
        cited = {each.partition(".")[0] for question in notes.questions for each in question.paragraphs}
        assert items[step] in cited, step


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("answer: 2", "answer: 5", "there is no option 5"),
        ('paragraphs: ["2.2"]', 'paragraphs: ["2.9"]', "the notice has no paragraph 2.9"),
        ('paragraphs: ["2.2"]', "paragraphs: []", "no paragraph is named"),
        ("- step: scope", "- step: skope", "no such step: skope"),
        ("- step: scope", "- step: system", "system stands twice"),
        ("minutes: 3", "minutes: 0", "it is less than 1"),
    ],
)
def test_what_is_not_true_is_refused_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    home = tmp_path / "lessons"
    shutil.copytree(HOME, home)
    file = home / "notes-orient.yaml"
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")

    with pytest.raises(ContentError) as refused:
        read_teaching(content(), home)

    assert said in str(refused.value)


def test_of_every_scenario_it_is_said_what_a_class_sees_by_it() -> None:
    personas = teaching().personas

    assert set(personas) == set(scenarios())
    assert len(personas) >= 16
    for told in personas.values():
        assert told.shows.zh.strip()
        assert told.shows.en.strip()
        assert not re.search("[\u4e00-\u9fff]", told.shows.en), told.shows.en


def test_a_persona_without_a_scenario_is_refused(tmp_path: Path) -> None:
    home = tmp_path / "lessons"
    shutil.copytree(HOME, home)
    file = home / "personas.yaml"
    file.write_text(file.read_text("utf-8").replace("id: passport-holder", "id: nobody"), "utf-8")

    with pytest.raises(ContentError, match="there is no scenario nobody"):
        read_teaching(content(), home)


def test_a_step_without_notes_is_named(tmp_path: Path) -> None:
    home = tmp_path / "lessons"
    shutil.copytree(HOME, home)
    (home / "notes-after.yaml").unlink()

    with pytest.raises(ContentError, match="consequences has no notes"):
        read_teaching(content(), home)
