"""Accounts: one for a person and for a mobile number, and what is saved in them for good."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from assistant.records import IdentityTaken, MobileTaken, Records, RecordsError
from assistant.records.accounts import Account
from assistant.records.passwords import hash_password, needs_rehash, verify_password
from flows.dossier import AcademicRecord
from flows.roles import Role
from tests.factories import NOW, NUMBER, PASSWORD

from .stores import MOBILE, NAME, begin, database, education, raw, registered, trail

OTHER_ID = "440524188001010014"
OTHER_MOBILE = "13900139000"


def test_an_account_comes_back_and_belongs_to_its_registration(records: Records) -> None:
    with records.turn() as turn:
        registration, account = registered(turn, name="阿卜杜拉·买买提𠮷")
        assert turn.account(account) == Account(
            "阿卜杜拉·买买提𠮷", "resident-id", NUMBER, MOBILE, "candidate1@example.com"
        )
        assert turn.load(registration.registration).account == account
        with pytest.raises(RecordsError) as refused:
            turn.account("nobody")
    assert refused.value.code == "records-no-account"


@pytest.mark.req("8.1", "11.1")
@pytest.mark.parametrize(
    "typed", [NUMBER, f" {NUMBER} ", "".join(chr(ord(digit) + 0xFEE0) for digit in NUMBER)]
)
@pytest.mark.parametrize("name", [NAME, "李四"])
def test_a_person_registers_once(records: Records, tmp_path: Path, typed: str, name: str) -> None:
    with records.turn() as turn:
        registered(turn)

    with records.turn() as turn:
        with pytest.raises(IdentityTaken):
            registered(turn, number=typed, name=name, mobile=OTHER_MOBILE)
        # The turn goes on: the registration is there, without an account.
        later = begin(turn)
        assert turn.load(later.registration).account is None

    assert raw(database(tmp_path), "SELECT count(*) FROM account") == [(1,)]


@pytest.mark.req("11.2")
def test_a_mobile_number_belongs_to_one_user(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        registered(turn)
        with pytest.raises(MobileTaken):
            registered(turn, number=OTHER_ID)
        _, other = registered(turn, number=OTHER_ID, mobile=OTHER_MOBILE)
        with pytest.raises(MobileTaken):
            turn.change_mobile(other, MOBILE, now=NOW)
        assert turn.account(other).mobile == OTHER_MOBILE
        turn.change_mobile(other, "13700137000", now=NOW)
        turn.change_email(other, "new@example.cn", now=NOW)
        assert (turn.account(other).mobile, turn.account(other).email) == ("13700137000", "new@example.cn")
        registered(turn, number="810000199001010019", mobile=OTHER_MOBILE)
    assert raw(database(tmp_path), "SELECT count(*) FROM account") == [(3,)]


@pytest.mark.req("11.1", "11.2")
@pytest.mark.parametrize("column", ["identity_idx", "identity_name_idx", "mobile_idx"])
def test_the_database_itself_holds_one_account_for_each(
    records: Records, tmp_path: Path, column: str
) -> None:
    with records.turn() as turn:
        registered(turn)
        registered(turn, number=OTHER_ID, mobile=OTHER_MOBILE)
    with pytest.raises(sqlite3.IntegrityError, match=f"UNIQUE constraint failed: account.{column}"):
        raw(database(tmp_path), f"UPDATE account SET {column} = (SELECT max({column}) FROM account)")


# Logging in ------------------------------------------------------------------------------------------


def test_a_password_is_stored_as_an_argon2id_hash_and_renewed_when_the_settings_were_weaker(
    records: Records, tmp_path: Path
) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)
    with records.turn() as turn:
        registration = begin(turn).registration
        turn.create_account(
            registration,
            name=NAME,
            id_type="resident-id",
            id_number=NUMBER,
            mobile=MOBILE,
            email="candidate1@example.com",
            password_hash=weak,
            now=NOW,
            role=Role.CANDIDATE,
        )
        assert turn.log_in(NUMBER, PASSWORD, now=NOW).account
        assert turn.log_in(NUMBER, PASSWORD, now=NOW).account
    [(stored,)] = raw(database(tmp_path), "SELECT password_hash FROM account")
    assert str(stored).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_passwords_of_any_kind_are_hashed_and_compared_whole() -> None:
    for password in ("王Aa1", "a b ", "x" * 200, "\ud800Aa1", ""):
        hashed = hash_password(password)
        assert verify_password(hashed, password)
        assert not verify_password(hashed, password + "x")
        assert not needs_rehash(hashed)
    assert not verify_password("not a hash", "x")


# Academic records and photo --------------------------------------------------------------------------


@pytest.mark.req("18.4")
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO academic_record SELECT account_id, kind, 5, fields_enc, NULL, saved_at"
        " FROM academic_record",
        "INSERT INTO academic_record SELECT account_id, 'other', 0, fields_enc, NULL, saved_at"
        " FROM academic_record",
        "UPDATE verification SET submitted_at = '2000'",
        "DELETE FROM verification",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_saved_or_submitted(
    records: Records, tmp_path: Path, statement: str
) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        turn.save_records(account, [education()], now=NOW)
        turn.submit_verification(account, ["identity", "education.0"], now=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        raw(database(tmp_path), statement)
    with records.turn() as turn:
        assert [record.fields for record in turn.saved_records(account)] == [education().fields]


@pytest.mark.req("18.4")
def test_a_saved_record_is_corrected_by_another_one_only(records: Records) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        turn.save_records(account, [education()], now=NOW)
    with pytest.raises(RecordsError), records.turn() as turn:
        turn.save_records(account, [education(certificate="another")], now=NOW)
    with records.turn() as turn:
        turn.save_records(account, [replace(education(1, certificate="another"), supersedes=0)], now=NOW)
        first, second = turn.saved_records(account)
    assert first == AcademicRecord("education", 0, education().fields, saved=True)
    assert (second.supersedes, second.fields["certificate"]) == (0, "another")


@pytest.mark.req("12.2")
def test_a_photo_is_kept_and_replaced(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        _, account = registered(turn)
        assert turn.photo(account) is None
        turn.store_photo(account, b"\xff\xd8 first", "aa", now=NOW)
        turn.store_photo(account, b"\xff\xd8 second", "bb", now=NOW)
        assert turn.photo(account) == b"\xff\xd8 second"
    assert trail(tmp_path, "action").count(("store-photo",)) == 2
