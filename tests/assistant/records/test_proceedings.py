"""Letters, files on a person, manual verification and payment."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.records import Records, RecordsError, Turn
from assistant.records.proceedings import IntegrityEntry
from assistant.staging import settle
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import NOW, NUMBER

from .stores import begin, database, raw, trail

MINUTE = timedelta(minutes=1)

REASONS = (("14.2", "education.0"), ("14.4", "identity"), ("14.2", "education.0"))


def confirmed(turn: Turn, *, review: bool = False) -> tuple[str, str]:
    registration = begin(turn).registration
    if review:
        turn.open_review(registration, REASONS, now=NOW)
    slip = turn.payment_slip(registration, now=NOW, role=Role.CANDIDATE)
    turn.confirm(registration, now=NOW, role=Role.CANDIDATE)
    return registration, slip


def decide(turn: Turn, registration: str, decision: str = "pass") -> None:
    settle(turn, registration, decision, "毕业证书已核对", NOW)


def pay(turn: Turn, slip: str) -> None:
    by = Staff("zhao", frozenset({Role.CASHIER}))
    turn.take_payment(slip, receipt="R-1", by=by, now=NOW)


# Letters ---------------------------------------------------------------------------------------------


@pytest.mark.req("5.1")
def test_a_letter_is_kept_byte_for_byte_and_superseded_by_the_next(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        registration = begin(turn).registration
        assert (
            turn.seal_letter(
                registration, file="承诺书一".encode(), sha256="aa", now=NOW, role=Role.CANDIDATE
            )
            == 1
        )
        turn.supersede_letters(registration, now=NOW + MINUTE)
        assert (
            turn.seal_letter(registration, file=b"two", sha256="bb", now=NOW + MINUTE, role=Role.CANDIDATE)
            == 2
        )
        first, second = turn.letters(registration)
    assert (first.file, first.sha256, first.superseded_at) == ("承诺书一".encode(), "aa", NOW + MINUTE)
    assert (second.file, second.sealed_at, second.superseded_at) == (b"two", NOW + MINUTE, None)
    assert [each for (each,) in trail(tmp_path, "action")] == ["begin", "sign", "supersede-letter", "sign"]


@pytest.mark.req("5.2")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letter SET superseded_at = NULL WHERE number = 1",
    ],
)
def test_the_database_itself_refuses_to_change_a_sealed_letter(
    records: Records, tmp_path: Path, statement: str
) -> None:
    with records.turn() as turn:
        registration = begin(turn).registration
        turn.seal_letter(registration, file=b"one", sha256="aa", now=NOW, role=Role.CANDIDATE)
        turn.supersede_letters(registration, now=NOW)
        turn.seal_letter(registration, file=b"two", sha256="bb", now=NOW, role=Role.CANDIDATE)
    with pytest.raises(sqlite3.IntegrityError, match="a sealed letter does not change"):
        raw(database(tmp_path), statement)


@pytest.mark.req("13.5")
def test_no_letter_is_sealed_after_confirmation(records: Records) -> None:
    with records.turn() as turn:
        registration, _ = confirmed(turn)
    with pytest.raises(RecordsError) as refused, records.turn() as turn:
        turn.seal_letter(registration, file=b"late", sha256="aa", now=NOW, role=Role.CANDIDATE)
    assert refused.value.code == "confirmed-locked-store"


# Files on a person -----------------------------------------------------------------------------------


@pytest.mark.req("6.1")
def test_the_integrity_file_is_found_by_the_id_number(records: Records) -> None:
    with records.turn() as turn:
        turn.add_integrity(NUMBER, basis="art-7", begins=date(2019, 1, 1), until=date(2023, 12, 31), now=NOW)
        turn.add_integrity(NUMBER, basis="art-8", begins=date(2020, 1, 1), until=None, now=NOW)
        assert turn.integrity("resident-id", NUMBER.lower()) == (
            IntegrityEntry("art-7", date(2019, 1, 1), date(2023, 12, 31)),
            IntegrityEntry("art-8", date(2020, 1, 1), None),
        )
        assert turn.integrity("resident-id", "440524188001010014") == ()


@pytest.mark.req("17.2")
def test_earlier_passes_are_found_by_the_id_number(records: Records) -> None:
    with records.turn() as turn:
        for subject, year in (("law", 2019), ("management", 2018)):
            turn.add_earlier_pass(NUMBER, exam="class-1-constructor", level="all", subject=subject, year=year)
        assert turn.earlier_passes("resident-id", NUMBER) == (
            ("class-1-constructor", "all", "management", 2018),
            ("class-1-constructor", "all", "law", 2019),
        )


# Payment ---------------------------------------------------------------------------------------------


@pytest.mark.req("13.7")
def test_a_fee_is_received_once_confirmed_and_passed(records: Records) -> None:
    with records.turn() as turn:
        registration, slip = confirmed(turn, review=True)
        assert turn.payment_slip(registration, now=NOW, role=Role.CANDIDATE) == slip
        assert turn.payment(registration) is None
        for decision in (None, "fail"):
            if decision is not None:
                decide(turn, registration, decision)
            with pytest.raises(RecordsError) as early:
                pay(turn, slip)
            assert early.value.code == "payment-before-review"
        turn.open_review(registration, REASONS, now=NOW)
        decide(turn, registration)
        pay(turn, slip)
        paid = turn.payment(registration)
        with pytest.raises(RecordsError) as twice:
            pay(turn, slip)
        with pytest.raises(RecordsError) as unknown:
            pay(turn, "P2222-2222")
    assert paid is not None
    assert (paid.slip, paid.receipt, paid.role, paid.paid_at) == (slip, "R-1", Role.CASHIER, NOW)
    assert (twice.value.code, unknown.value.code) == ("payment-twice", "payment-slip-unknown")


@pytest.mark.req("13.7")
def test_no_fee_is_received_before_confirmation(records: Records) -> None:
    with records.turn() as turn:
        registration = begin(turn).registration
        slip = turn.payment_slip(registration, now=NOW, role=Role.CANDIDATE)
        with pytest.raises(RecordsError) as early:
            pay(turn, slip)
        assert early.value.code == "payment-before-review"
        turn.confirm(registration, now=NOW, role=Role.CANDIDATE)
        pay(turn, slip)
        assert turn.payment(registration) is not None


@pytest.mark.req("13.7")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM review",
    ],
)
def test_the_database_itself_keeps_payments_as_they_are(
    records: Records, tmp_path: Path, statement: str
) -> None:
    with records.turn() as turn:
        _, paid = confirmed(turn)
        pay(turn, paid)
        confirmed(turn, review=True)
    before = raw(database(tmp_path), "SELECT * FROM payment")
    with pytest.raises(sqlite3.IntegrityError):
        raw(database(tmp_path), statement)
    assert raw(database(tmp_path), "SELECT * FROM payment") == before
