"""The journey at one terminal: duplicates, logging in, verification codes, windows, and turns that fail."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversation.inputs import Choice, Text
from assistant.conversation.messages import Objected, Said
from assistant.records import RecordsError, Turn
from flows import challenge
from flows.roles import STAFF, Role
from flows.verdict import Problem
from tests.assistant.conversation.seats import LATER, Seat, facts, refused, render, said, seat, seated, warned
from tests.factories import NUMBER, PASSWORD, opened

OTHER = "11010519491231002X"


def problems(chair: Seat) -> list[Problem]:
    return [each for said in chair.turn.messages if isinstance(said, Objected) for each in said.problems]


def trail(folder: Path) -> list[tuple[str, str]]:
    """Read the refused tries off the audit trail."""
    with sqlite3.connect(folder / "chengnuo.db") as database:
        rows = database.execute("SELECT action, role FROM audit WHERE action LIKE 'refused%' ORDER BY seq")
        return [(str(action), str(role)) for action, role in rows]


# One user, one registration ------------------------------------------------------------------------------


@pytest.mark.req("8.1", "11.1")
def test_a_second_registration_with_the_same_id_loses_nothing_typed_and_leads_to_logging_in(
    tmp_path: Path,
) -> None:
    records = opened(tmp_path)
    seat(tmp_path, records).until("education.0.level")
    second = seat(tmp_path, records, mobile="13900139000")
    second.until("account")
    before = facts(second)
    second.take(second.truth())
    assert refused(second.turn) == ("identity-taken",)
    assert problems(second)[0].args["telephone"]
    assert (second.key, facts(second)) == ("account", before)

    second.order("change", "first_time")
    second.pick("no")
    assert second.key == "login.id_number"
    second.type(NUMBER)
    second.type(PASSWORD)
    assert said(second.turn)[0] == "said.logged-in"
    assert second.talk.dossier.text("mobile") == "13800001001"
    assert second.key == "education.0.level"
    records.close()


@pytest.mark.req("11.2", "P.4")
def test_a_mobile_number_that_is_bound_is_said_and_another_one_registers(tmp_path: Path) -> None:
    records = opened(tmp_path)
    seat(tmp_path, records).until("education.0.level")
    second = seat(tmp_path, records, id_number=OTHER)
    second.until("account")
    before = facts(second)
    second.take(second.truth())
    assert refused(second.turn) == ("mobile-taken",)
    assert problems(second)[0].args["telephone"]
    assert (second.key, facts(second)) == ("account", before)
    second.order("change", "mobile")
    second.type("13900139000")
    second.answer()
    assert second.key == "education.0.level"
    records.close()


@pytest.mark.req("11.2")
def test_a_bound_mobile_number_is_refused_when_it_is_changed_later_too(tmp_path: Path) -> None:
    records = opened(tmp_path)
    seat(tmp_path, records).until("education.0.level")
    second = seat(tmp_path, records, id_number=OTHER, mobile="13900139000")
    second.until("education.0.school")
    second.order("change", "mobile")
    assert refused(second.type("13800001001")) == ("mobile-taken",)
    assert (second.key, second.turn.prompt.preset) == ("mobile", "13800001001")
    assert second.talk.dossier.text("mobile") == "13900139000"
    second.order("cancel")
    assert second.key == "education.0.school"
    records.close()


# Logging in ----------------------------------------------------------------------------------------------


@pytest.mark.req("8.1", "8.2")
def test_a_returning_candidate_logs_in_and_is_asked_only_what_is_missing(tmp_path: Path) -> None:
    records = opened(tmp_path)
    first = seat(tmp_path, records)
    first.until("wait.verification")
    wait = first.talk.place().wait
    assert wait is not None
    assert wait.until is not None
    second = seat(tmp_path, records, now=wait.until, first_time="no", exam="economics", level="primary")
    asked = []
    while second.key != "application.choose":
        asked.append(second.key)
        second.answer()
    assert asked[-2:] == ["login.id_number", "account"]
    assert not {"name", "mobile", "education.0.level", "photo", "agreement"} & set(asked)
    assert len(second.talk.dossier.records("education")) == 1
    records.close()


@pytest.mark.req("8.1")
def test_a_failed_login_says_the_same_whatever_was_wrong_and_asks_for_both_again(tmp_path: Path) -> None:
    records = opened(tmp_path)
    seat(tmp_path, records).until("education.0.level")
    chair = seat(tmp_path, records, first_time="no")
    chair.until("login.id_number")
    found = []
    for number, secret in ((NUMBER, "Wrong2020x"), (OTHER, PASSWORD), ("nonsense", "nonsense")):
        chair.type(number)
        assert chair.key == "account"
        chair.type(secret)
        found.append(problems(chair))
        assert secret not in repr(chair.turn)
        assert chair.key == "login.id_number"
    assert found == [[Problem("login-failed")]] * 3
    chair.until("education.0.level")
    records.close()


def test_after_many_failed_logins_even_the_right_password_waits(tmp_path: Path) -> None:
    records = opened(tmp_path)
    seat(tmp_path, records).until("education.0.level")
    chair = seat(tmp_path, records, first_time="no")
    chair.until("login.id_number")
    for _ in range(30):
        chair.type(NUMBER)
        if refused(chair.type("Wrong2020x")) == ("login-locked",):
            break
    chair.type(NUMBER)
    assert refused(chair.type(PASSWORD)) == ("login-locked",)
    until = problems(chair)[0].args["until"]
    assert isinstance(until, datetime)
    chair.clock.set(until + timedelta(seconds=1))
    chair.type(NUMBER)
    assert refused(chair.type(PASSWORD)) == ()
    records.close()


# Verification code ---------------------------------------------------------------------------------------


@pytest.mark.req("10.3")
@pytest.mark.parametrize("key", ["account.code", "application.code"])
@pytest.mark.parametrize(
    ("typed", "later", "code"), [("wrong", False, "challenge-wrong"), (None, True, "challenge-expired")]
)
def test_a_wrong_or_expired_code_brings_a_new_one_and_loses_nothing(
    tmp_path: Path, key: str, typed: str | None, later: bool, code: str
) -> None:
    with seated(tmp_path) as chair:
        chair.until(key)
        before, old = facts(chair), chair.talk.memory.challenge
        assert old is not None
        if later:
            chair.clock.advance(LATER)
        turn = chair.type(typed or challenge.answer(old))
        assert refused(turn) == (code,)
        assert (chair.key, facts(chair)) == (key, before)
        new = chair.talk.memory.challenge
        assert new is not None
        assert new.id != old.id
        assert turn.prompt.args == new.args
        if challenge.answer(old) != challenge.answer(new):
            assert refused(chair.type(challenge.answer(old))) == ("challenge-wrong",)
        chair.answer()
        assert chair.key != key


@pytest.mark.req("10.1")
def test_no_field_is_asked_before_the_agreement_is_accepted_and_it_is_recorded(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        chair.until("agreement")
        assert "name" not in chair.talk.dossier
        for typed in ("no", "不同意", "later", "my name is 王小明"):
            assert refused(chair.type(typed))
            assert chair.key == "agreement"
        chair.answer()
        fact = chair.talk.dossier.earlier("agreement")
        assert fact is not None
        assert (fact.value, fact.at, fact.role) == (True, chair.clock.now(), Role.CANDIDATE)


@pytest.mark.req("P.3")
@pytest.mark.parametrize("key", ["account", "academic.submit", "application.confirm"])
def test_before_each_point_of_no_return_a_card_says_what_can_no_longer_change(
    tmp_path: Path, key: str
) -> None:
    from assistant.conversation.messages import Card

    with seated(tmp_path) as chair:
        turn = chair.until(key)
        assert turn.prompt.irreversible
        (card,) = (each for each in turn.messages if isinstance(each, Card) and each.kind == "review")
        assert card.warning == f"warning.{key}"
        assert card.rows


@pytest.mark.req("P.2")
def test_what_looks_odd_across_records_is_said_before_saving_and_stops_nobody(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        chair.answers["degree.0.awarded"] = "1999-06"
        turn = chair.until("academic.submit")
        assert warned(turn)
        chair.answer()
        assert chair.key == "photo.login"


# Windows -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", ["pilot", "current"])
def test_a_window_that_closes_before_confirming_refuses_at_submission(tmp_path: Path, edition: str) -> None:
    with seated(tmp_path, edition=edition) as chair:
        chair.until("application.confirm")
        window = chair.talk.situation.window
        assert window is not None
        chair.clock.set(window.closes + timedelta(seconds=1))
        turn = chair.pick("yes")
        assert "ending.closed" in said(turn)
        assert "application.confirm" not in chair.talk.dossier
        assert "payment.slip" not in chair.talk.dossier
        assert chair.key == "end.application-confirm"
        assert {option.id for option in turn.prompt.options} == {"change:exam", "change:province"}


@pytest.mark.req("L.2")
def test_a_commitment_is_withdrawn_in_two_steps_that_can_each_be_left(tmp_path: Path) -> None:
    with seated(tmp_path, edition="current") as chair:
        chair.until("wait.application-pay")
        before = facts(chair)
        for answers in (("no",), ("yes", "no"), ("/cancel",), ("yes", "/back")):
            chair.order("withdraw")
            assert chair.key == "withdraw"
            window = chair.talk.situation.window
            assert window is not None
            assert chair.turn.prompt.args["closes"] == window.closes
            for answer in answers:
                chair.type(answer)
            assert (chair.key, facts(chair)) == ("wait.application-pay", before)
        chair.order("withdraw")
        chair.pick("yes")
        assert chair.key == "withdraw.again"
        turn = chair.pick("yes")
        assert "said.withdrawn" in said(turn)
        assert chair.key == "wait.manual-review"


@pytest.mark.req("L.2")
def test_a_window_that_closes_between_the_two_steps_refuses_the_withdrawal(tmp_path: Path) -> None:
    with seated(tmp_path, edition="current") as chair:
        chair.until("wait.application-pay")
        chair.order("withdraw")
        chair.pick("yes")
        window = chair.talk.situation.window
        assert window is not None
        chair.clock.set(window.closes + timedelta(seconds=1))
        assert refused(chair.pick("yes")) == ("withdraw-closed",)
        assert "withdrawn" not in chair.talk.dossier


@pytest.mark.req("L.1")
def test_declining_takes_a_second_step_and_can_be_taken_back_there(tmp_path: Path) -> None:
    with seated(tmp_path, edition="current") as chair:
        chair.until("adopt_commitment")
        chair.pick("no")
        assert chair.key == "decline.confirm"
        assert chair.turn.prompt.irreversible
        chair.pick("no")
        assert chair.key == "adopt_commitment"
        chair.pick("no")
        chair.pick("yes")
        assert chair.talk.situation.route == "declined"
        assert chair.key == "application.confirm"


@pytest.mark.req("L.5")
@pytest.mark.parametrize("key", ["mobile", "email"])
def test_that_contact_data_is_the_address_for_service_is_said_where_it_is_entered(
    tmp_path: Path, key: str
) -> None:
    with seated(tmp_path, edition="current") as chair:
        chair.until(key)
        shown = render(chair.turn)
        assert "送达" in shown["zh"]
        assert "served" in shown["en"] or "service" in shown["en"]


# Roles ---------------------------------------------------------------------------------------------------


@pytest.mark.req("5.2")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_no_staff_withdraws_for_a_candidate_and_the_try_is_on_the_trail(tmp_path: Path, role: Role) -> None:
    records = opened(tmp_path)
    chair = seat(tmp_path, records, edition="current")
    chair.until("wait.application-pay")
    staff = seat(tmp_path, records, edition="current", role=role, mode="resume", now=chair.clock.now())
    staff.type(chair.code)
    staff.type(chair.pin)
    assert refused(staff.order("withdraw")) == ("not-for-staff",)
    assert staff.key == "wait.application-pay"
    assert trail(tmp_path) == [("refused:withdraw", role.value)]
    records.close()


@pytest.mark.req("5.2")
def test_at_the_help_desk_the_candidates_own_password_does_not_sign(tmp_path: Path) -> None:
    with seated(tmp_path, role=Role.HELP_DESK) as chair:
        chair.until("signature")
        before = facts(chair)
        assert refused(chair.type(PASSWORD)) == ("not-for-staff",)
        assert (chair.key, facts(chair)) == ("signature", before)
        assert trail(tmp_path) == [("refused:sign", "help-desk")]


# Turns that fail -----------------------------------------------------------------------------------------


@pytest.mark.req("P.7")
def test_a_turn_that_cannot_be_stored_has_not_happened_and_can_be_put_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def failing() -> Iterator[Turn]:
        with real() as turn:
            yield turn
            raise RecordsError("store-full")

    with seated(tmp_path) as chair:
        for key in ("first_time", "id_number", "account.code", "account", "signature", "application.confirm"):
            chair.until(key)
            talk = chair.talk
            before = (talk.prompt(), facts(chair), talk.registration, talk.code, list(talk.transcript))
            given = chair.truth()
            with monkeypatch.context() as patched:
                real = talk.outside.records.turn
                patched.setattr(talk.outside.records, "turn", failing)
                with pytest.raises(RecordsError):
                    talk.take(given)
            after = (talk.prompt(), facts(chair), talk.registration, talk.code, list(talk.transcript))
            assert after == before, key
            assert refused(chair.take(given)) == ()
            assert chair.key != key


def test_everything_that_was_said_is_in_the_transcript_in_order(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        heard = list(chair.turn.messages)
        for given in (Text("yes"), Choice(("class-1-constructor",)), Text("nonsense"), Text("/status")):
            heard += chair.take(given).messages
        assert chair.talk.transcript == heard
        assert isinstance(heard[0], Said)
