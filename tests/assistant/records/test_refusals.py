"""What the database itself refuses, to somebody who has the file and sqlite3."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from assistant.records import RecordsError, RoleRefused
from assistant.staging import settle
from flows.dossier import AcademicRecord, Fact
from flows.permissions import Staff
from flows.roles import STAFF, Role
from tests.factories import NOW

from .stores import EDUCATION, account, begin, confirmed, database, raw, store

COPY = "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1"


def world(folder: Path) -> Path:
    with store(folder) as records, records.turn() as turn:
        confirmed(turn)
    return database(folder)


@pytest.mark.req("13.5")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fact SET value_enc = x'00'",
        "UPDATE fact SET key = 'review.city'",
        "DELETE FROM fact",
        COPY.format("fact"),
        "INSERT INTO fact SELECT registration_id, 'level', 9, value_enc, at, role, origin, stale FROM fact",
        "UPDATE registration SET confirmed_at = NULL",
        "UPDATE registration SET edition = 'current'",
        "UPDATE registration SET account_id = NULL",
        "DELETE FROM registration",
        COPY.format("registration"),
    ],
)
def test_a_confirmed_registration_never_changes(tmp_path: Path, statement: str) -> None:
    path = world(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="confirmed"):
        raw(path, statement)


@pytest.mark.req("18.4")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE academic_record SET fields_enc = x'00'",
        "UPDATE academic_record SET position = 1",
        "DELETE FROM academic_record",
        COPY.format("academic_record"),
    ],
)
def test_a_saved_academic_record_neither_changes_nor_goes(tmp_path: Path, statement: str) -> None:
    path = world(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="saved for good"):
        raw(path, statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'nobody'",
        "DELETE FROM audit WHERE seq = (SELECT max(seq) FROM audit)",
        COPY.format("audit"),
        "INSERT INTO audit SELECT 100, at, role, actor, action, subject, details, hash, hash FROM audit",
    ],
)
def test_the_audit_trail_only_grows_at_its_end(tmp_path: Path, statement: str) -> None:
    path = world(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        raw(path, statement)


@pytest.mark.req("5.3")
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE letter SET file_enc = x'00'",
        "UPDATE letter SET sha256 = 'f'",
        "UPDATE letter SET sealed_at = '2019'",
        "DELETE FROM letter",
        COPY.format("letter"),
    ],
)
def test_a_sealed_letter_does_not_change(tmp_path: Path, statement: str) -> None:
    path = world(tmp_path)
    with pytest.raises(sqlite3.IntegrityError, match="sealed letter"):
        raw(path, statement)


@pytest.mark.req("13.7")
def test_no_payment_before_the_review_has_passed_and_none_twice(tmp_path: Path) -> None:
    pay = "UPDATE payment SET paid_at = '2020', receipt = 'R', role = 'cashier', method = 'counter'"
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun, _ = confirmed(turn)
            turn.open_review(begun.registration, [("14.2", "education.0")], now=NOW)
            slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
        with pytest.raises(sqlite3.IntegrityError, match="review has not passed"):
            raw(database(tmp_path), pay)
        with pytest.raises(RecordsError, match="payment-before-review"), records.turn() as turn:
            turn.take_payment(slip, receipt="R", by=Staff("c", frozenset({Role.CASHIER})), now=NOW)
        with records.turn() as turn:
            settle(turn, begun.registration, "pass", "seen", NOW)
            turn.take_payment(slip, receipt="R", by=Staff("c", frozenset({Role.CASHIER})), now=NOW)
        with pytest.raises(RecordsError, match="payment-twice"), records.turn() as turn:
            turn.take_payment(slip, receipt="S", by=Staff("c", frozenset({Role.CASHIER})), now=NOW)
    for statement in (pay, "DELETE FROM payment", COPY.format("payment")):
        with pytest.raises(sqlite3.IntegrityError, match="payment does not change"):
            raw(database(tmp_path), statement)


@pytest.mark.req("13.7")
def test_a_payment_cannot_be_put_in_already_paid(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        registration = begin(turn).registration
    with pytest.raises(sqlite3.IntegrityError):
        raw(
            database(tmp_path),
            "INSERT INTO payment (slip, registration_id, made_at, paid_at) VALUES ('P', ?, '2020', '2020')",
            registration,
        )


@pytest.mark.req("13.5")
def test_after_confirmation_the_store_takes_only_what_still_arrives(tmp_path: Path) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun, _ = confirmed(turn)
        for put, removed in (
            ([Fact("city", "suzhou", NOW)], ()),
            ((), ("city",)),
            ([Fact("new", 1, NOW)], ()),
        ):
            with pytest.raises(RecordsError, match="confirmed-locked-store"), records.turn() as turn:
                turn.save(begun.registration, put=put, removed=removed, now=NOW)
        with pytest.raises(RecordsError, match="confirmed-locked-store"), records.turn() as turn:
            turn.seal_letter(begun.registration, file=b"other", sha256="1" * 64, now=NOW, role=Role.CANDIDATE)
        with records.turn() as turn:
            arrived = Fact("payment.receipt", "R1", NOW, Role.CASHIER)
            turn.save(begun.registration, put=[arrived], removed=(), now=NOW)
            dossier = turn.load(begun.registration).dossier
        assert (dossier.value("city"), dossier.value("payment.receipt")) == ("nanjing", "R1")


@pytest.mark.req("18.2", "18.3")
@pytest.mark.parametrize("kind", ["education", "degree"])
def test_five_records_of_a_kind_are_stored_and_a_sixth_is_refused(tmp_path: Path, kind: str) -> None:
    made = [AcademicRecord(kind, position, EDUCATION.fields) for position in range(6)]  # type: ignore[arg-type]
    with store(tmp_path) as records:
        with records.turn() as turn:
            owner = account(turn, begin(turn).registration)
            turn.save_records(owner, made[:5], now=NOW)
        with pytest.raises(RecordsError, match="records-full-store"), records.turn() as turn:
            turn.save_records(owner, made[5:], now=NOW)
        with records.turn() as turn:
            assert [each.index for each in turn.saved_records(owner)] == [0, 1, 2, 3, 4]


@pytest.mark.req("18.4")
def test_a_record_saved_again_is_refused_and_the_saved_one_stands(tmp_path: Path) -> None:
    other = AcademicRecord("education", 0, {**EDUCATION.fields, "school": "东南大学"})
    with store(tmp_path) as records:
        with records.turn() as turn:
            owner = account(turn, begin(turn).registration)
            turn.save_records(owner, [EDUCATION], now=NOW)
        with pytest.raises(RecordsError, match="records-full-store"), records.turn() as turn:
            turn.save_records(owner, [other], now=NOW)
        with records.turn() as turn:
            assert turn.saved_records(owner)[0].fields == EDUCATION.fields


@pytest.mark.req("5.2", "13.5")
@pytest.mark.parametrize("role", sorted(STAFF))
def test_no_staff_role_signs_or_confirms_and_the_try_stands_on_the_trail(tmp_path: Path, role: Role) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun = begin(turn)
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.confirm(begun.registration, now=NOW, role=role)
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.seal_letter(begun.registration, file=b"letter", sha256="0" * 64, now=NOW, role=role)
        with records.turn() as turn:
            assert turn.load(begun.registration).confirmed_at is None
            assert turn.letters(begun.registration) == ()
        assert records.verify_chain().ok
    tries = raw(database(tmp_path), "SELECT action, role FROM audit WHERE action GLOB 'refused:*'")
    assert tries == [("refused:confirm", role.value), ("refused:sign", role.value)]


@pytest.mark.req("13.7", "5.2")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CANDIDATE, Role.CASHIER}))
def test_nobody_but_candidate_and_cashier_makes_a_slip_and_the_try_stands_on_the_trail(
    tmp_path: Path, role: Role
) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun = begin(turn)
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.payment_slip(begun.registration, now=NOW, role=role)
        with records.turn() as turn:
            made = turn.payment_slip(begun.registration, now=NOW, role=Role.CASHIER)
            assert turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE) == made
    tries = raw(database(tmp_path), "SELECT role, subject FROM audit WHERE action = 'refused:start-payment'")
    assert tries == [(role.value, begun.code)]


@pytest.mark.req("13.7", "5.2")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CASHIER}))
def test_only_a_cashier_takes_money_at_the_counter_and_the_try_stands_on_the_trail(
    tmp_path: Path, role: Role
) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun, _ = confirmed(turn)
            slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.take_payment(slip, receipt="R", by=Staff("x", frozenset({role})), now=NOW)
        with records.turn() as turn:
            assert turn.payment(begun.registration) is None
    tries = raw(database(tmp_path), "SELECT role, actor FROM audit WHERE action = 'refused:take-payment'")
    assert tries == [(role.value, "x")]


@pytest.mark.req("14.1")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.VERIFIER, Role.SUPERVISOR}))
def test_only_a_verifier_or_supervisor_decides_a_manual_verification(tmp_path: Path, role: Role) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun, _ = confirmed(turn)
            turn.open_review(begun.registration, [("14.2", "education.0")], now=NOW)
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.decide_review(begun.code, "pass", by=Staff("x", frozenset({role})), now=NOW, reason="seen")
        with records.turn() as turn:
            found = turn.review(begun.registration)
    assert found is not None
    assert found.decision is None
    tries = raw(database(tmp_path), "SELECT role, actor FROM audit WHERE action = 'refused:pass-review'")
    assert tries == [(role.value, "x")]
