"""Nothing that a person typed can be read in the database file or its journal."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.records import RecordsError
from assistant.staging import settle
from flows.dossier import AcademicRecord, Fact
from flows.roles import Role
from tests.factories import NOW, NUMBER

from .stores import EDUCATION, account, begin, database, raw, store

PLANTED = {
    "name": "欧阳沛霖",
    "number": NUMBER,
    "mobile": "13912345678",
    "email": "canary.person@example.com",
    "password": "Canary2020secret",
    "certificate": "102911200505009876",
    "school": "金丝雀大学",
    "reason": "材料与金丝雀不符",
}


def leaks(folder: Path, *more: str) -> list[str]:
    data = b"".join(path.read_bytes() for path in database(folder).parent.iterdir())
    values = [*PLANTED.values(), *more]
    codings = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
    escaped = [value.encode("unicode_escape") for value in values]
    wanted = [value.encode(coding) for value in values for coding in codings] + escaped
    return [found.decode("latin-1") for found in wanted if found in data]


@pytest.mark.req("5.2")
def test_no_planted_value_stands_in_the_file_or_the_journal_also_in_the_middle_of_a_turn(
    tmp_path: Path,
) -> None:
    record = AcademicRecord(
        "education",
        0,
        {**EDUCATION.fields, "school": PLANTED["school"], "certificate": PLANTED["certificate"]},
    )
    with store(tmp_path) as records:
        with records.turn() as turn:
            begun = begin(turn)
            facts = [
                Fact("name", PLANTED["name"], NOW),
                Fact("id_number", PLANTED["number"], NOW),
                Fact("mobile", PLANTED["mobile"], NOW),
                Fact("email", PLANTED["email"], NOW),
                Fact("education.0.school", PLANTED["school"], NOW),
            ]
            turn.save(begun.registration, put=facts, removed=(), now=NOW)
            owner = account(
                turn,
                begun.registration,
                name=PLANTED["name"],
                number=PLANTED["number"],
                mobile=PLANTED["mobile"],
                email=PLANTED["email"],
                password=PLANTED["password"],
            )
            turn.save_records(owner, [record], now=NOW)
            turn.seal_letter(
                begun.registration,
                file=PLANTED["name"].encode(),
                sha256="0" * 64,
                now=NOW,
                role=Role.CANDIDATE,
            )
            turn.open_review(begun.registration, [("14.3", "identity")], now=NOW)
            settle(turn, begun.registration, "fail", PLANTED["reason"], NOW)
            turn.know_person(PLANTED["number"], PLANTED["name"])
            turn.answer_for(PLANTED["number"], "identity", "verified")
            turn.store_photo(owner, PLANTED["name"].encode() * 50, "0" * 64, now=NOW)
            assert leaks(tmp_path, begun.pin) == []
        with records.turn() as turn:
            turn.resume(begun.code, PLANTED["password"], now=NOW)
            turn.resume(PLANTED["mobile"], PLANTED["email"], now=NOW)
            turn.log_in(PLANTED["number"], "wrong " + PLANTED["password"], now=NOW)
            turn.save(begun.registration, put=(), removed=("name", "mobile"), now=NOW)
        assert leaks(tmp_path, begun.pin) == []
        backup = database(tmp_path).with_name("copy.db")
        records.backup(backup)
        assert leaks(tmp_path, begun.pin) == []
        with records.turn() as turn:
            assert turn.account(owner).name == PLANTED["name"]
            assert turn.saved_records(owner) == (AcademicRecord("education", 0, record.fields, saved=True),)


def test_a_value_moved_to_another_row_is_not_read(tmp_path: Path) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            first, second = begin(turn), begin(turn)
            turn.save(first.registration, put=[Fact("name", "王小明", NOW)], removed=(), now=NOW)
            turn.save(second.registration, put=[Fact("name", "李雷", NOW)], removed=(), now=NOW)
        raw(
            database(tmp_path),
            "UPDATE fact SET value_enc = (SELECT value_enc FROM fact WHERE registration_id = ?) "
            "WHERE registration_id = ?",
            first.registration,
            second.registration,
        )
        with pytest.raises(RecordsError, match="records-key-or-damage"), records.turn() as turn:
            turn.load(second.registration)


def test_two_equal_values_are_not_stored_alike(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        for _ in range(2):
            turn.save(begin(turn).registration, put=[Fact("name", "王小明", NOW)], removed=(), now=NOW)
    assert len(set(raw(database(tmp_path), "SELECT value_enc FROM fact"))) == 2


def test_an_error_of_the_store_shows_no_value(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        account(turn, begin(turn).registration)
        second = begin(turn).registration
        with pytest.raises(RecordsError) as refused:
            account(turn, second)
    assert NUMBER not in f"{refused.value!r}{refused.value.arguments}{refused.value.__cause__}"
