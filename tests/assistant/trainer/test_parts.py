"""The parts of the classroom that need no screen: typing, following, facts, and what is said."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import pytest

from assistant.clock import CHINA
from assistant.conversation.inputs import Choice, Command, File, Text
from assistant.conversation.messages import Option, Prompt
from assistant.conversation.wording import Wording
from assistant.lessons import Act, Decided, Moved, Paid
from assistant.lessons.acts import Penalised
from assistant.scenario import read_scenario
from assistant.trainer import following
from assistant.trainer.autopilot import (
    MOST_READING,
    SPEEDS,
    Entered,
    Highlighted,
    Typed,
    strokes,
)
from assistant.trainer.facts import moment, named, supposable, value_said
from assistant.trainer.personas import library
from assistant.trainer.telling import act_said, moment_said
from content.loader import scenarios
from flows.verdict import Named, RefusedError
from tests.assistant.trainer.classroom import teaching
from tests.factories import NOW, content

NAME = Prompt("name", "text", "ask.name")
SECRET = Prompt("password", "secret", "ask.password", private=True)


# Typing ------------------------------------------------------------------------------------------------


def test_the_persona_types_sign_by_sign_and_then_enters() -> None:
    done = [each.does for each in strokes(Text("王小明"), ["姓名？"], 1, "zh")]

    assert done == [Typed("王"), Typed("王小"), Typed("王小明"), Entered()]


def test_a_choice_is_highlighted_before_it_is_entered() -> None:
    done = [each.does for each in strokes(Choice(("yes",)), [], 1, "zh")]

    assert done == [Highlighted("yes"), Entered()]


@pytest.mark.parametrize("act", [Paid(), Moved(NOW), Decided("pass", "")])
def test_what_no_one_types_only_takes_the_time_to_read(act: Act) -> None:
    assert [each.does for each in strokes(act, ["等待"], 1, "zh")] == [Entered()]


def test_long_texts_take_longer_to_read_but_never_too_long_and_speed_divides_it() -> None:
    def seconds(text: str, speed: int) -> float:
        return sum(each.after for each in strokes(Text("a"), [text], speed, "zh"))

    assert seconds("字" * 10, 1) < seconds("字" * 60, 1)
    assert seconds("字" * 9000, 1) < MOST_READING + 2
    assert seconds("字" * 60, SPEEDS[-1]) == pytest.approx(seconds("字" * 60, 1) / SPEEDS[-1])


# Following ---------------------------------------------------------------------------------------------


def test_the_second_terminal_reads_what_the_first_wrote(tmp_path: Path) -> None:
    stand = following.Stand(
        os.getpid(),
        persona={"zh": "王小明"},
        step="photo",
        number=10,
        asked=following.Asked("photo", 0, True),
    )

    assert following.write(tmp_path / "new", stand)
    assert following.read(tmp_path / "new") == stand
    assert following.alive(stand)
    assert [each.name for each in (tmp_path / "new").iterdir()] == [following.NAME]


@pytest.mark.parametrize("data", [b"", b"{", b'{"process": "x"}', b"\xff\xfe", b" " * 70_000])
def test_a_file_that_is_none_of_ours_is_no_lesson(tmp_path: Path, data: bytes) -> None:
    (tmp_path / following.NAME).write_bytes(data)

    assert following.read(tmp_path) is None


def test_without_a_file_there_is_no_lesson_and_without_a_folder_it_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    assert following.read(tmp_path) is None
    assert not following.write(tmp_path / "file", following.Stand(1))


def test_a_first_terminal_that_was_ended_without_a_word_is_missed() -> None:
    assert not following.alive(following.Stand(2**22 + 1))
    assert not following.alive(following.Stand(os.getpid(), ended=True))


# Facts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_fact_of_every_persona_is_named_and_said(language: str) -> None:
    wording = Wording(content(), language)
    for id in ("first-time-clean-english", "current-declined", "integrity-record-running", "review-refused"):
        for fact in supposable(read_scenario(scenarios()[id]), content(), NOW):
            assert named(fact, wording)
            assert value_said(fact, wording)
            assert all(wording.arg(name) for _, name in fact.options.values())
            assert fact.options or fact.read


def test_what_is_typed_is_read_as_people_write_it() -> None:
    facts = {each.key: each for each in supposable(
        read_scenario(scenarios()["first-time-clean-english"]), content(), NOW
    )}  # fmt: skip

    assert facts["degree.0.awarded"].value("2008年8月") == "2008-08"
    assert facts["degree.0.awarded"].value("２００７－０７") == "2007-07"
    assert facts["work_years"].value(" 2 ") == 2
    assert facts["province"].value("guangdong") == "guangdong"
    for key, typed in (("degree.0.awarded", "2008-13"), ("work_years", "99"), ("province", "nowhere")):
        with pytest.raises(RefusedError):
            facts[key].value(typed)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2025-07-15", datetime(2025, 7, 15, 9, 0, tzinfo=CHINA)),
        ("2025年7月15日 16:30", datetime(2025, 7, 15, 16, 30, tzinfo=CHINA)),
        ("2025/1/2 0:05", datetime(2025, 1, 2, 0, 5, tzinfo=CHINA)),
    ],
)
def test_a_date_may_stand_with_a_time_or_without_one(typed: str, read: datetime) -> None:
    assert moment(typed, NOW) == read


@pytest.mark.parametrize("typed", ["", "tomorrow", "2025-02-30", "2025-07-15 25:00", "15.7.2025"])
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(RefusedError):
        moment(typed, NOW)


# What is said ------------------------------------------------------------------------------------------


def test_the_clock_is_said_with_its_weekday() -> None:
    assert moment_said(NOW, Wording(content(), "zh")) == "2020年7月1日 周三 09:00"
    assert moment_said(NOW, Wording(content(), "en")) == "Wed 1 July 2020 09:00"
    assert moment_said(NOW, Wording(content(), "en"), short=True) == "Wed 2020-07-01 09:00"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_act_is_said_and_nothing_that_is_typed_hidden(language: str) -> None:
    wording = Wording(content(), language)
    options = Prompt(
        "first_time",
        "choice",
        "ask.first_time",
        options=(Option("yes", Named("word", "option.first_time.yes")),),
    )
    acts = (
        *(Moved(NOW), Decided("pass", "a"), Decided("fail", "b"), Paid(), Penalised("serious", "c")),
        *(Text("x"), File(Path("y.jpg")), Command("change", "city")),
    )
    said = [act_said(each, NAME, wording) for each in acts]

    assert len(set(said)) == len(said)
    assert "Chengnuo2020" not in act_said(Text("Chengnuo2020"), SECRET, wording)
    assert wording.text("option.first_time.yes") in act_said(Choice(("yes",)), options, wording)


def test_the_library_begins_with_the_plain_way_and_holds_every_scenario() -> None:
    cards = library(teaching())

    assert cards[0].id == "first-time-clean"
    assert {each.id for each in cards} == set(scenarios())
