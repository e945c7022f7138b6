"""Going on: the same prompt and every answer, by code and second secret; the same words for any failure."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from assistant.conversation.messages import Card, Objected, Said, Turn
from flows.permissions import Staff
from flows.roles import Role
from flows.verdict import Named
from tests.assistant.conversation.seats import Seat, facts, refused, said, seat, seated
from tests.factories import PASSWORD, opened

STOPS = (
    "exam",
    "promise.true",
    "id_number",
    "password",
    "account",
    "education.0.graduated",
    "degree.1.add",
    "academic.submit",
    "photo",
    "wait.verification",
    "level",
    "subjects",
    "application.save",
    "signature.name",
    "signature",
    "application.confirm",
    "wait.application-pay",
)


def resume(chair: Seat, code: str, secret: str) -> Turn:
    if chair.key != "resume.code":
        chair.order("resume")
    chair.type(code)
    assert chair.key == "resume.secret"
    return chair.type(secret)


@pytest.mark.req("P.7")
def test_a_registration_goes_on_at_the_same_prompt_on_another_terminal(tmp_path: Path) -> None:
    records = opened(tmp_path)
    first = seat(tmp_path, records)
    for key in STOPS:
        first.until(key)
        for secret in (first.pin, PASSWORD):
            if secret == PASSWORD and "account" not in first.talk.dossier:
                continue
            other = seat(tmp_path, records, mode="resume", now=first.clock.now())
            turn = resume(other, first.code, secret)
            assert said(turn)[0] == "said.resumed"
            assert (other.key, facts(other)) == (key, facts(first))
            assert turn.progress == first.turn.progress
            if not key.endswith(".code"):
                assert turn.prompt == first.turn.prompt
            assert turn.reference == first.code
    records.close()


@pytest.mark.req("P.7")
def test_what_was_resumed_is_carried_to_its_end(tmp_path: Path) -> None:
    records = opened(tmp_path)
    chair = seat(tmp_path, records)
    code, pin = "", ""
    for key in STOPS:
        chair.until(key)
        code, pin = code or chair.code, pin or chair.pin
        again = seat(tmp_path, records, mode="resume", now=chair.clock.now())
        resume(again, code, pin)
        chair = again
    chair.until("end.consequences")
    assert "payment.receipt" in chair.talk.dossier
    records.close()


@pytest.mark.parametrize("code", ["2222-2222", "nonsense", "x" * 5000, None])
def test_whatever_is_wrong_the_words_are_the_same(tmp_path: Path, code: str | None) -> None:
    with seated(tmp_path) as chair:
        chair.until("email")
        before = facts(chair)
        for secret in ("0000", "wrong", PASSWORD):
            turn = resume(chair, code or chair.code, secret)
            (objected,) = (each for each in turn.messages if isinstance(each, Objected))
            assert [(each.code, dict(each.args)) for each in objected.problems] == [("resume-failed", {})]
            assert chair.key == "resume.code"
            assert secret not in repr((turn.messages, turn.prompt))
        assert said(chair.order("cancel"))[0] == "said.cancelled"
        assert (chair.key, facts(chair)) == ("email", before)


@pytest.mark.parametrize("known", [True, False])
def test_after_many_tries_even_the_right_secret_waits_and_is_told_until_when(
    tmp_path: Path, known: bool
) -> None:
    with seated(tmp_path) as chair:
        chair.until("email")
        code = chair.code if known else "2222-2222"
        for _ in range(30):
            turn = resume(chair, code, "wrong")
            if refused(turn) == ("resume-locked",):
                break
        assert refused(turn) == ("resume-locked",)
        turn = resume(chair, code, chair.pin)
        assert refused(turn) == ("resume-locked",)
        (objected,) = (each for each in turn.messages if isinstance(each, Objected))
        until = objected.problems[0].args["until"]
        assert isinstance(until, datetime)
        chair.clock.set(until)
        chair.clock.advance(timedelta(seconds=1))
        turn = resume(chair, code, chair.pin)
        assert refused(turn) == (() if known else ("resume-failed",))
        assert chair.key == ("email" if known else "resume.code")


def test_what_somebody_else_half_typed_is_not_shown_to_who_resumes(tmp_path: Path) -> None:
    records = opened(tmp_path)
    first = seat(tmp_path, records)
    first.until("id_number")
    second = seat(tmp_path, records)
    second.until("id_number")
    second.type("11010119900307")
    assert second.turn.prompt.preset == "11010119900307"
    turn = resume(second, first.code, first.pin)
    assert second.key == "id_number"
    assert turn.prompt.preset == ""
    records.close()


def test_an_empty_code_is_asked_again(tmp_path: Path) -> None:
    with seated(tmp_path, mode="resume") as chair:
        for typed in ("", "  ", "\u200b"):
            assert refused(chair.type(typed)) == ("empty",)
            assert chair.key == "resume.code"


@pytest.mark.req("7.2", "P.7")
def test_who_comes_back_after_24_hours_finds_the_results(tmp_path: Path) -> None:
    records = opened(tmp_path)
    first = seat(tmp_path, records)
    first.until("wait.verification")
    until = first.talk.place().wait
    assert until is not None
    assert until.until is not None
    early = seat(tmp_path, records, mode="resume", now=until.until - timedelta(minutes=1))
    resume(early, first.code, first.pin)
    assert early.key == "wait.verification"
    late = seat(tmp_path, records, mode="resume", now=until.until)
    resume(late, first.code, first.pin)
    assert late.key == "application.choose"
    records.close()


def test_who_comes_back_after_paying_is_told_of_the_payment_and_of_no_deadline(tmp_path: Path) -> None:
    records = opened(tmp_path)
    first = seat(tmp_path, records)
    first.until("wait.application-pay")
    assert _deadlines(first) == {"plan.pay-by"}
    slip = first.talk.dossier.text("payment.slip")
    now = first.clock.now()
    with records.turn() as turn:
        turn.take_payment(slip, receipt="R1", by=Staff("c", frozenset({Role.CASHIER})), now=now)
    other = seat(tmp_path, records, mode="resume", now=now)
    told = resume(other, first.code, first.pin)
    assert [each.title for each in told.messages if isinstance(each, Card)] == [
        "receipt.title",
        "done.title",
    ]
    receipt = next(each for each in told.messages if isinstance(each, Card))
    rows = {row.label: row.value for row in receipt.rows}
    assert rows["receipt.paid"] == now
    assert rows["receipt.method"] == Named("word", "payment.method.counter")
    assert "tell.application-pay" not in said(told)
    assert _deadlines(other) == set()
    records.close()


def _deadlines(chair: Seat) -> set[str]:
    (card,) = (each for each in chair.order("status").messages if isinstance(each, Card))
    return {row.label for row in card.rows if row.label.startswith("plan.")}


def test_after_a_reload_it_goes_on_without_a_secret_and_the_trail_says_so(tmp_path: Path) -> None:
    records = opened(tmp_path)
    first = seat(tmp_path, records)
    first.until("password")
    other = seat(tmp_path, records)
    turn = other.talk.go_on(first.code)
    assert said(turn)[0] == "said.resumed"
    assert (turn.prompt.key, other.talk.code, facts(other)) == ("password", first.code, facts(first))
    with sqlite3.connect(tmp_path / "chengnuo.db") as database:
        noted = database.execute("SELECT subject, role FROM audit WHERE action = 'reload'").fetchall()
    assert noted == [(first.code, "candidate")]
    records.close()


def test_a_code_that_leads_nowhere_begins_anew(tmp_path: Path) -> None:
    with seated(tmp_path) as chair:
        turn = chair.talk.go_on("NONE-SUCH")
        assert said(turn)[0] == "said.hello"
        assert (turn.reference, chair.talk.registration) == (None, None)


@pytest.mark.req("5.3")
def test_over_a_line_from_a_browser_a_letter_goes_to_the_page_whatever_place_is_named(tmp_path: Path) -> None:
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with seated(tmp_path) as chair:
        chair.talk.outside = replace(chair.talk.outside, out=out)
        assert refused(chair.order("letter", str(elsewhere))) == ("letter-none",)
        chair.until("application.confirm")
        for _ in range(2):
            turn = chair.order("letter", str(elsewhere))
            (sent,) = [each for each in turn.messages if isinstance(each, Said)]
            assert sent.text == "said.letter-sent"
            assert [each.name for each in out.iterdir()] == [sent.args["file"]]
        assert out.stat().st_mode & 0o777 == 0o700
        assert not list(elsewhere.iterdir())
