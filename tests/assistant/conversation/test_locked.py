"""What can no longer be changed, why, and what is offered instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.conversation.messages import Objected
from tests.assistant.conversation.seats import facts, letters, refused, said, seated


@pytest.mark.req("P.3")
def test_after_registering_name_and_id_are_locked_and_the_office_is_named(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("education.0.school")
        before = facts(seat)
        for key in ("name", "id_type", "id_number", "password", "first_time"):
            (objected,) = (each for each in seat.order("change", key).messages if isinstance(each, Objected))
            (problem,) = objected.problems
            assert problem.code == "account-locked"
            assert problem.args["telephone"]
            assert seat.key == "education.0.school"
        for typed in ("my name is 李雷", "把姓名改成李雷"):
            assert refused(seat.type(typed)) == ("account-locked",)
        assert facts(seat) == before


@pytest.mark.req("18.4", "P.2")
@pytest.mark.parametrize("typed", ["把毕业时间改成2006年7月", "my graduation date should be 2006-07"])
def test_a_saved_record_stands_and_a_corrected_entry_is_offered_with_what_was_said(
    tmp_path: Path, typed: str
) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        saved = {key: value for key, value in facts(seat).items() if key.startswith("education.0.")}
        assert refused(seat.type(typed)) == ("record-locked",)
        assert seat.key == "record.correct"
        seat.type("no")
        assert seat.key == "application.confirm"
        assert letters(seat) == [True]

        seat.type(typed)
        turn = seat.type("yes")
        assert {"said.corrected-entry", "said.signature-void"} <= set(said(turn))
        assert letters(seat) == [False]
        fields = []
        while seat.key != "academic.submit":
            fields.append(seat.key)
            seat.type("no" if seat.key.endswith(".add") else seat.turn.prompt.preset)
            assert refused(seat.turn) == ()
        assert "education.1.graduated" in fields
        assert seat.talk.dossier.value("education.1.supersedes") == 0
        assert seat.talk.dossier.text("education.1.graduated") == "2006-07"
        assert seat.talk.dossier.text("education.1.school") == "南京工业大学"
        assert {key: facts(seat)[key] for key in saved} == saved
        seat.answer()
        assert seat.key == "wait.verification"
        assert facts(seat)["education.1.saved"] is True


def test_a_corrected_entry_begun_by_mistake_is_dropped_by_going_back(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("application.confirm")
        seat.order("change", "education.0.school")
        seat.pick("yes")
        assert seat.key == "education.1.level"
        seat.order("back")
        assert seat.key == "education.1.add"
        seat.pick("no")
        assert not [
            key for key in seat.talk.dossier.facts if key.startswith("education.1.") and key[-3:] != "add"
        ]
        seat.until("application.confirm")
        assert len(seat.talk.dossier.records("education")) == 1


def test_a_correction_in_words_is_understood_where_nothing_is_asked(tmp_path: Path) -> None:
    with seated(tmp_path, work_years="1") as seat:
        seat.until("wait.verification")
        seat.type("手机号应该是13900139000")
        seat.pick("yes")
        assert seat.talk.dossier.text("mobile") == "13900139000"
        assert seat.key == "wait.verification"
        seat.until("end.application-fill")
        seat.type("my work years are 8, not 1")
        seat.pick("yes")
        assert seat.key == "subjects"


@pytest.mark.req("13.5")
def test_after_confirming_every_change_is_refused_and_says_whom_to_ask(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("wait.application-pay")
        before = facts(seat)
        for typed in ("/change city", "/修改 手机号", "my name is 李雷", "把毕业时间改成2006年7月", "/back"):
            assert refused(seat.type(typed)) == ("confirmed-locked",), typed
            assert (seat.key, facts(seat)) == ("wait.application-pay", before)
        assert said(seat.order("change")) == ("said.nothing-to-change",)
        assert letters(seat) == [True]
