"""Which options were meant, and what is said when none was."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.choosing import picked
from assistant.conversation.inputs import Text
from assistant.conversation.messages import Answered, Echoed, Objected, Option, Prompt, Turn
from assistant.conversation.wording import Wording
from flows.verdict import Named
from tests.assistant.conversation.seats import refused, seated, warned
from tests.factories import content

ALL = ("economics", "law", "management", "practice")


@pytest.mark.parametrize("typed", ["1-4", "1 至 4", "1,2,3-4", "all", "全部"])
def test_several_are_picked_in_a_row_or_all_at_once(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("subjects")
        seat.type(typed)
        assert seat.talk.dossier.value("subjects") == ALL


@pytest.mark.parametrize("typed", ["0-2", "3-9", "4-1"])
def test_a_row_that_goes_beyond_what_is_there_picks_nothing(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("subjects")
        assert refused(seat.type(typed)) == ("choose-some-of",)


def test_a_registration_code_typed_as_an_answer_is_sent_to_resume(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        assert refused(seat.type("rdab-r7dy")) == ("choose-not-resume",)


# Names that fit several, or hardly -------------------------------------------------------------------


def objection(turn: Turn, language: str) -> str:
    problems = [each.problems[0] for each in turn.messages if isinstance(each, Objected)]
    assert len(problems) == 1
    return Wording(content(), language).problem(problems[0])


def test_an_answer_that_fits_two_options_names_both_with_their_numbers(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("exam")
        numbers = {option.id: n for n, option in enumerate(seat.turn.prompt.options, start=1)}
        turn = seat.type("constructor")
        assert seat.key == "exam"
        assert refused(turn) == ("choose-which",)
        for language, first, second in (
            ("en", "Class-1 constructor", "Class-2 constructor"),
            ("zh", "一级建造师", "二级建造师"),
        ):
            said = objection(turn, language)
            brackets = "{} ({})" if language == "en" else "{}（{}）"
            assert brackets.format(first, numbers["class-1-constructor"]) in said
            assert brackets.format(second, numbers["class-2-constructor"]) in said
        seat.type(str(numbers["class-2-constructor"]))
        assert seat.talk.dossier.text("exam") == "class-2-constructor"


def test_of_many_that_fit_five_are_named_and_all_are_counted(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("province")
        turn = seat.type("省")
        assert refused(turn) == ("choose-which-of-many",)
        said = objection(turn, "zh")
        assert said.count("（") == 5
        assert "22" in said
        assert refused(seat.type("某某")) == ("choose-one-of",)


@pytest.mark.parametrize(
    ("typed", "id"),
    [("苏", "jiangsu"), ("js", "jiangsu"), ("nmg", "neimenggu"), ("江酥", "jiangsu"), ("Tibet", "xizang")],
)
def test_a_name_in_any_of_the_usual_ways_is_an_answer(tmp_path: Path, typed: str, id: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("province")
        turn = seat.type(typed)
        assert seat.talk.dossier.text("province") == id
        # What was understood is said back, with a way to change it.
        assert any(isinstance(each, Echoed) and each.correctable for each in turn.messages)


def test_a_question_at_a_choice_is_answered_and_picks_nothing(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        for key in ("exam", "province", "level"):
            seat.until(key)
            for typed in ("what does level mean?", "级别是什么意思？", "江苏可以报吗？", "why"):
                turn = seat.type(typed)
                assert seat.key == key
                assert any(isinstance(each, Answered) for each in turn.messages)


YES_OR_NO = (
    Option("yes", Named("word", "option.withdraw.again.yes")),
    Option("no", Named("word", "option.withdraw.again.no")),
)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_cannot_be_undone_is_decided_by_number_word_or_the_whole_name_alone(language: str) -> None:
    final = Prompt("withdraw.again", "choice", "ask.withdraw.again", options=YES_OR_NO, irreversible=True)
    promise = Prompt(
        "promise.know",
        "acknowledge",
        "ask.promise.know",
        options=(Option("yes", Named("word", "option.promise.yes")),),
    )
    for prompt in (final, promise):
        label = Wording(content(), language).prompt(prompt).options[0].label
        for typed in ("yes", "是", "1", label, label.upper()):
            assert picked(prompt, Text(typed), content()) == "yes", typed
        mangled = [
            label[:-1],
            label[1:],
            label + "x",
            "qdch",
            "brcn",
            "撤",
            "确",
            "承诺吧",
            "withdrew",
            "i promis",
        ]
        for typed in mangled:
            assert picked(prompt, Text(typed), content()) is None, typed


def test_between_yes_and_no_nothing_is_guessed() -> None:
    prompt = Prompt(
        "adopt_commitment",
        "choice",
        "ask.adopt_commitment",
        options=(
            Option("yes", Named("word", "option.adopt_commitment.yes")),
            Option("no", Named("word", "option.adopt_commitment.no")),
        ),
    )
    for typed, id in (
        ("采用", "yes"),
        ("不采用", "no"),
        ("adopt", "yes"),
        ("do not adopt", "no"),
        ("2", "no"),
    ):
        assert picked(prompt, Text(typed), content()) == id, typed
    for typed in ("告知承诺", "承诺制", "adpot it", "commitment", "彩用"):
        assert picked(prompt, Text(typed), content()) is None, typed


def test_several_are_picked_by_their_names_and_a_name_that_fits_two_is_asked_about(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("subjects")
        turn = seat.type("经济、建设工程")
        assert refused(turn) == ("choose-which",)
        seat.type("jsgcjj, 法规")
        assert seat.talk.dossier.value("subjects") == ("economics", "law")


def test_a_shortened_school_is_taken_with_a_word_about_its_full_name(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("education.0.school")
        turn = seat.type("南京工大")
        assert warned(turn) == ("name-shortened",)
        assert seat.talk.dossier.text("education.0.school") == "南京工大"
        assert seat.key == "education.0.major"
        seat.order("back")
        assert warned(seat.type("南京工业大学")) == ()
        assert seat.turn.prompt.suggest == "study-majors"
