"""Corrections: from any step, by name or in words, what else they change, and the way straight back."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.messages import Card, Document, Said
from assistant.conversation.naming import generic
from flows.verdict import Named
from tests.assistant.conversation.seats import Seat, echoed, facts, letters, refused, render, said, seated


def named(seat: Seat, text: str) -> set[str]:
    """Return the facts that a sentence of the last turn named."""
    return {
        each.id
        for message in seat.turn.messages
        if isinstance(message, Said) and message.text == text
        for arg in message.args.values()
        for each in (arg if isinstance(arg, tuple) else (arg,))
        if isinstance(each, Named)
    }


# Back ----------------------------------------------------------------------------------------------------

FOR_GOOD = {
    "education.0.level": "account-locked",
    "photo.login": "record-locked",
    "photo": "back-login",
    "wait.application-pay": "confirmed-locked",
    "end.consequences": "confirmed-locked",
}
"""Where the act before cannot be undone, and what is said instead."""

SKIPPED = {"account": "password", "application.save": "subjects", "application.choose": "photo.confirm"}
"""A verification code serves once and a wait asks nothing: back goes to the question before them."""


def test_back_from_every_prompt_names_and_asks_the_question_before(tmp_path: Path) -> None:
    order: list[str] = []
    with seated(tmp_path) as seat:
        while seat.turn.prompt.kind != "end":
            key, before = seat.key, facts(seat)
            turn = seat.order("back")
            if not order:
                assert said(turn) == ("said.back-first",)
            elif key in FOR_GOOD:
                assert refused(turn) == (FOR_GOOD[key],)
                assert (seat.key, facts(seat)) == (key, before)
            else:
                assert said(turn)[0] == "said.back"
                assert seat.key == SKIPPED.get(key, order[-1])
                assert named(seat, "said.back") == {generic(seat.key)}
                if seat.talk.memory.mode is not None:
                    # An answer is only asked again: leaving it as it is costs nothing.
                    seat.order("cancel")
                    assert facts(seat) == before
                seat.until(key)
            order.append(key)
            seat.answer()
        assert refused(seat.order("back")) == (FOR_GOOD[seat.key],)
    assert len(order) > 45


def test_back_twice_goes_two_questions_back(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("email")
        for key in ("mobile", "id_number", "id_type", "name", "instructions"):
            seat.order("back")
            assert seat.key == key


@pytest.mark.req("13.5")
def test_back_over_a_signature_says_that_it_is_taken_back(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        assert letters(seat) == [True]
        assert said(seat.order("back"))[:2] == ("said.back", "said.unsigned")
        assert letters(seat) == [False]
        seat.until("application.confirm")
        assert letters(seat) == [False, True]


# By name -------------------------------------------------------------------------------------------------

CHANGES = {
    "province": "anhui",
    "mobile": "13900139000",
    "email": "other@example.com",
    "city": "suzhou",
    "verification_point": "nanjing-2",
    "level": "additional-major",
    "major": "highway",
    "subjects": "economics,law",
    "work_years": "9",
}

VOIDS = {"province", "city", "verification_point", "level", "major", "subjects", "work_years"}
"""What the letter holds; contact data it does not."""


def test_an_office_of_the_city_before_is_not_offered_to_be_kept(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        seat.order("change", "city")
        seat.pick("suzhou")
        assert (seat.key, seat.turn.prompt.preset) == ("verification_point", "")


@pytest.mark.req("13.5")
def test_each_row_of_check_your_answers_leads_to_its_change_and_straight_back(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        turn = seat.until("application.confirm")
        (card,) = (each for each in turn.messages if isinstance(each, Card) and each.kind == "review")
        keys = [row.key for row in card.rows if row.key is not None]
        assert {"name", "id_number", "education.0.summary", *CHANGES} - set(keys) == set()
        before = facts(seat)
        for key in keys:
            turn = seat.order("change", key)
            if key in CHANGES or key == "exam":
                assert seat.key == key
                if key in {"mobile", "id_number"}:
                    assert turn.prompt.preset == ""
                else:
                    assert turn.prompt.preset
            elif key in {"name", "id_type", "id_number"}:
                assert refused(turn) == ("account-locked",)
            else:
                assert refused(turn) == ("record-locked",)
                assert seat.key == "record.correct"
            if seat.key != "application.confirm":
                seat.order("cancel")
            assert seat.key == "application.confirm"
            assert facts(seat) == before
        assert letters(seat) == [True]


@pytest.mark.req("13.5")
@pytest.mark.parametrize("key", CHANGES)
def test_a_change_before_confirming_voids_the_signature_where_the_letter_held_it_and_comes_straight_back(
    tmp_path: Path, key: str
) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        seat.order("change", key)
        foretold = named(seat, "said.would-change")
        value = CHANGES[key]
        if key == "verification_point":
            value = seat.turn.prompt.options[-1].id
        turn = seat.pick(*value.split(",")) if seat.turn.prompt.options else seat.type(value)
        assert refused(turn) == ()
        assert key in echoed(turn)
        told = named(seat, "said.also-changed")
        assert ("said.signature-void" in said(turn)) == (key in VOIDS)
        assert told <= foretold
        assert told == foretold - {"signature", "signature.name"}
        assert letters(seat) == [key not in VOIDS]
        if key not in VOIDS:
            assert seat.key == "application.confirm"
            return
        asked = set()
        while seat.key != "application.confirm":
            asked.add(seat.key)
            if seat.turn.prompt.kind in {"choice", "several"}:
                seat.pick(*(option.id for option in seat.turn.prompt.options[: _most(seat)]))
            else:
                seat.answer()
        assert asked <= foretold | {"application.code"}
        assert letters(seat) == [False, True]
        assert seat.talk.dossier.value(key) in {value, tuple(value.split(","))}


def _most(seat: Seat) -> int:
    return len(seat.turn.prompt.options) if seat.turn.prompt.kind == "several" else 1


@pytest.mark.req("3.1", "13.2")
def test_for_another_exam_the_notice_is_filled_in_and_read_anew(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        seat.order("change", "exam")
        turn = seat.pick("class-2-constructor")
        assert seat.key == "notice_read"
        (paper,) = (each for each in turn.messages if isinstance(each, Document))
        assert paper.kind == "notice-paper"
        name = seat.talk.outside.content.exams["class-2-constructor"].name
        assert name.said("zh") in paper.zh
        assert name.said("en") in paper.en
        seat.until("application.choose")
        turn = seat.answer()
        assert seat.key == "application.read"
        assert any(isinstance(each, Document) for each in turn.messages)


def test_a_refused_change_keeps_the_correction_open_and_the_old_answer_until_it_is_cancelled(
    tmp_path: Path,
) -> None:
    with seated(tmp_path) as seat:
        seat.until("password")
        seat.order("change", "mobile")
        assert refused(seat.type("12345"))
        assert (seat.key, seat.turn.prompt.preset) == ("mobile", "12345")
        assert seat.talk.dossier.text("mobile") == "13800001001"
        seat.order("cancel")
        assert seat.key == "password"
        seat.order("change", "mobile")
        assert seat.turn.prompt.preset == ""
        seat.type("13900139000")
        assert seat.key == "password"
        assert seat.talk.dossier.text("mobile") == "13900139000"


def test_the_list_of_what_can_be_changed_names_each_record_by_its_number(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("education.1.add")
        seat.pick("yes")
        for key in ("level", "study", "school", "major", "graduated", "certificate", "country"):
            seat.answers[f"education.1.{key}"] = seat.answers[f"education.0.{key}"]
        seat.answers["education.1.graduated"] = "2010-07"
        seat.answers["education.2.add"] = "no"
        seat.until("degree.0.add")
        seat.order("change")
        shown = render(seat.turn)
        assert {"education.0.school", "education.1.school"} <= {each.id for each in seat.turn.prompt.options}
        for language in ("en", "zh"):
            lines = [line for line in shown[language].split("\n") if line]
            assert len([line for line in lines if lines.count(line) > 1]) == 0
        seat.type("School (2)")
        assert seat.key == "education.1.school"


def test_what_is_no_answer_of_the_candidates_cannot_be_changed(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        for key in ("signature", "signature.name", "application.save", "notice_read", "photo.login"):
            assert refused(seat.order("change", key)) == ("not-changeable",), key
            assert seat.key == "application.confirm"
        for key in ("payment.receipt", "verification.identity.status", "account.code", "no such thing"):
            assert refused(seat.order("change", key)) == ("unknown-fact",), key
            assert seat.key == "change"
            seat.order("cancel")


# In words ------------------------------------------------------------------------------------------------

IN_WORDS = (
    ("My name is 李雷", "name", "李雷"),
    ("my name is 李雷, not 王小明", "name", "李雷"),
    ("我的姓名是李雷，不是王小明", "name", "李雷"),
    ("把姓名改成李雷", "name", "李雷"),
    ("名字应该是李雷", "name", "李雷"),
    ("mobile should be 13900139000", "mobile", "13900139000"),
    ("My phone number should be 139 0013 9000.", "mobile", "13900139000"),
    ("我的手机号改成13900139000", "mobile", "13900139000"),
    ("手机号码改为１３９００１３９０００", "mobile", "13900139000"),
    ("change my e-mail to other@example.com", "email", "other@example.com"),
    ("邮箱应为other@example.com", "email", "other@example.com"),
    ("my province is Zhejiang, not Jiangsu", "province", "zhejiang"),
    ("报名地改成浙江", "province", "zhejiang"),
)


@pytest.mark.parametrize(("typed", "key", "value"), IN_WORDS, ids=[each[0] for each in IN_WORDS])
def test_a_correction_in_words_is_shown_before_it_is_made(
    tmp_path: Path, typed: str, key: str, value: str
) -> None:
    with seated(tmp_path) as seat:
        seat.until("account")
        before = facts(seat)
        seat.type(typed)
        assert seat.key == "change.confirm"
        assert facts(seat) == before
        assert seat.turn.prompt.args["fact"] == Named("fact", key)
        seat.type("no")
        assert (seat.key, facts(seat)) == ("account", before)
        seat.type(typed)
        turn = seat.type("是" if seat.talk.language == "zh" else "yes")
        assert seat.talk.dossier.text(key) == value
        assert key in echoed(turn)
        assert facts(seat)["name"] == (value if key == "name" else "王小明")


RECORDS_IN_WORDS = (
    ("my degree is from 1999-06, not 2009", "degree.0.awarded", "1999-06"),
    ("我的学位授予时间改成1999年6月", "degree.0.awarded", "1999-06"),
    ("把毕业时间改成2006年7月", "education.0.graduated", "2006-07"),
    ("my graduation date should be July 2006", "education.0.graduated", "2006-07"),
    ("my university is 南京大学", "education.0.school", "南京大学"),
    ("把学校改成南京大学", "education.0.school", "南京大学"),
    ("my degree certificate number should be 1029142009001999", "degree.0.certificate", "1029142009001999"),
)


@pytest.mark.req("P.2")
@pytest.mark.parametrize(
    ("typed", "key", "value"), RECORDS_IN_WORDS, ids=[each[0] for each in RECORDS_IN_WORDS]
)
def test_a_record_is_corrected_in_words_before_saving(
    tmp_path: Path, typed: str, key: str, value: str
) -> None:
    with seated(tmp_path) as seat:
        seat.until("academic.submit")
        seat.type(typed)
        assert seat.key == "change.confirm"
        seat.pick("yes")
        assert seat.talk.dossier.text(key) == value
        assert seat.key == "academic.submit"


@pytest.mark.req("P.2")
def test_a_correction_in_words_that_lacks_something_is_asked_for_with_what_was_said_in_the_field(
    tmp_path: Path,
) -> None:
    with seated(tmp_path) as seat:
        seat.until("academic.submit")
        turn = seat.type("my degree is from 1999, not 2005")
        assert refused(turn) == ("month-only-year",)
        assert (seat.key, turn.prompt.preset) == ("degree.0.awarded", "1999")
        turn = seat.type("1999-07")
        assert seat.talk.dossier.text("degree.0.awarded") == "1999-07"
        assert seat.key == "academic.submit"


def test_saying_what_stands_there_already_changes_nothing(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        for typed in ("mobile should be 13800001001", "change my work years to 8", "把城市改成南京"):
            assert said(seat.type(typed))[0] == "said.unchanged", typed
            assert seat.key == "application.confirm"
        assert letters(seat) == [True]


@pytest.mark.parametrize(
    "typed", ["my password is Secret2020x", "把密码改成Secret2020x", "密码改为Secret2020x"]
)
def test_a_password_in_words_is_neither_taken_nor_shown(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("account")
        before = facts(seat)
        turn = seat.type(typed)
        assert seat.key == "password"
        assert turn.prompt.private
        assert turn.prompt.preset == ""
        assert facts(seat) == before
        assert "Secret2020x" not in repr(turn.messages) + repr(turn.prompt) + repr(seat.talk.memory.drafts)


NO_CORRECTION = ("my name", "my name is", "改成", "name should be", "好吧", "I am 王小明", "my cat is 7")


@pytest.mark.parametrize("typed", NO_CORRECTION)
def test_what_names_no_answer_is_no_correction(tmp_path: Path, typed: str) -> None:
    with seated(tmp_path) as seat:
        seat.until("account")
        before = facts(seat)
        assert refused(seat.type(typed)) == ("choose-only",)
        assert (seat.key, facts(seat)) == ("account", before)
