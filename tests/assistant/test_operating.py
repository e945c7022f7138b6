"""The operator's commands: the database, the verification source, manual verifications and payments."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.letter import open_signing_key, render
from assistant.records import Records, open_records
from assistant.records.registrations import Begun
from flows.roles import Role
from tests.assistant.letter import letters
from tests.assistant.records.stores import EDUCATION, account, begin, confirmed, database, key, store
from tests.factories import NOW, NUMBER

Capture = pytest.CaptureFixture[str]
LATER = "2020-07-03T09:00"
PASSED = NOW + timedelta(hours=24)


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [each for each in os.environ if each.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHENGNUO_DATA", str(database(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_KEYS", str(key(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_LANGUAGE", "en")
    return tmp_path


def called(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    out, problems = capsys.readouterr()
    assert "Traceback" not in out + problems
    assert "A fault in" not in problems
    return code, out, problems


def refused(capsys: Capture, *arguments: str) -> str:
    code, out, problems = called(capsys, *arguments)
    assert (code, out, problems.count("\n")) == (1, "", 1)
    return problems


def waiting_for_review(folder: Path) -> tuple[Begun, str]:
    with store(folder) as records, records.turn() as turn:
        begun, _ = confirmed(turn)
        turn.open_review(begun.registration, [("14.2", "education.0")], now=NOW)
        return begun, turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)


def statuses(records: Records, owner: str) -> dict[str, str]:
    with records.turn() as turn:
        return {each.item: each.status for each in turn.verifications(owner, PASSED)}


# db ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", [["verify"], ["purge"], ["backup", "copy.db"]])
def test_without_a_database_nothing_is_made_and_nothing_called_whole(
    capsys: Capture, tmp_path: Path, act: list[str]
) -> None:
    assert "There is no database at" in refused(capsys, "db", *act)
    assert list(tmp_path.iterdir()) == []


def test_upgrade_makes_a_database_verify_proves_it_and_backup_copies_it(
    capsys: Capture, tmp_path: Path
) -> None:
    assert called(capsys, "db", "upgrade")[0] == 0
    with store(tmp_path) as records, records.turn() as turn:
        begun = begin(turn)
    copy = tmp_path / "copy.db"
    assert called(capsys, "db", "backup", str(copy))[0] == 0
    opened = open_records(copy, key(tmp_path))
    with opened.turn() as turn:
        assert turn.find(begun.code) == begun.registration
    opened.close()
    assert "already a file" in refused(capsys, "db", "backup", str(copy))
    assert "cannot be written" in refused(capsys, "db", "backup", str(tmp_path / "nowhere" / "copy.db"))
    assert "cannot be written" in refused(capsys, "db", "backup", str(tmp_path / "nul\x00"))
    code, out, _ = called(capsys, "db", "verify", "--json")
    found = json.loads(out)
    assert (code, found["ok"], found["entries"], len(found["head"])) == (0, True, 1, 64)


def test_verify_sees_a_tampered_trail_and_an_older_database_against_the_end_that_was_kept(
    capsys: Capture, tmp_path: Path
) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            begin(turn)
        older = database(tmp_path).read_bytes()
        with records.turn() as turn:
            begin(turn)
    end = called(capsys, "db", "verify")[1].split()[-1]
    assert called(capsys, "db", "verify", end)[0] == 0
    database(tmp_path).write_bytes(older)
    assert called(capsys, "db", "verify")[0] == 0
    assert "does not fit from entry 2" in refused(capsys, "db", "verify", end)
    with closing(sqlite3.connect(database(tmp_path))) as connection:
        connection.execute("DROP TRIGGER audit_update")
        connection.execute("UPDATE audit SET actor = 'nobody' WHERE seq = 1")
        connection.commit()
    assert "does not fit from entry 1" in refused(capsys, "db", "verify")


def test_purge_removes_what_nobody_came_back_to_for_the_days_given(capsys: Capture, tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begin(turn)
        account(turn, begin(turn).registration)
    kept = called(capsys, "db", "purge", "--now", "2020-07-30T09:00", "--json")
    gone = called(capsys, "db", "purge", "20", "--now", "2020-07-30T09:00", "--json")
    assert json.loads(kept[1]) == {"ok": True, "removed": 0, "days": 30}
    assert json.loads(gone[1]) == {"ok": True, "removed": 1, "days": 20}


# authority -----------------------------------------------------------------------------------------


@pytest.mark.req("15.1", "7.2")
def test_imported_people_and_certificates_answer_24_hours_after_submitting(
    capsys: Capture, tmp_path: Path
) -> None:
    people, papers = tmp_path / "people.csv", tmp_path / "papers.csv"
    # Excel begins a UTF-8 file with a byte order mark.
    people.write_text(f"id_number,name\n{NUMBER},王小明\n", encoding="utf-8-sig")
    papers.write_text(
        "level,kind,number,name,year\nbachelor,education,102911200505001234,王小明,2005\n", encoding="utf-8"
    )
    with store(tmp_path) as records, records.turn() as turn:
        owner = account(turn, begin(turn).registration)
        turn.save_records(owner, [EDUCATION], now=NOW)
        turn.submit_verification(owner, ["identity", "education.0"], now=NOW)
    with store(tmp_path) as records:
        assert set(statuses(records, owner).values()) == {"cannot-verify"}
    for file in (people, papers):
        code, out, _ = called(capsys, "authority", "import", str(file), "--json")
        assert (code, json.loads(out)) == (0, {"ok": True, "rows": 1})
    with store(tmp_path) as records:
        assert statuses(records, owner) == {"identity": "verified", "education.0": "verified"}
        with records.turn() as turn:
            early = turn.verifications(owner, PASSED - timedelta(seconds=1))
        assert {each.status for each in early} == {"unverified"}
        assert {each.source for each in early} == {"local-authority"}
        assert {each.visible_at for each in early} == {PASSED}


@pytest.mark.req("15.1")
def test_a_later_import_replaces_what_an_earlier_one_said(capsys: Capture, tmp_path: Path) -> None:
    people = tmp_path / "people.csv"
    with store(tmp_path) as records, records.turn() as turn:
        owner = account(turn, begin(turn).registration)
        turn.submit_verification(owner, ["identity"], now=NOW)
    for name, status in (("王晓明", "failed"), ("王小明", "verified")):
        people.write_text(f"id_number,name\n{NUMBER},{name}\n", encoding="utf-8")
        assert called(capsys, "authority", "import", str(people))[0] == 0
        with store(tmp_path) as records:
            assert statuses(records, owner) == {"identity": status}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "csv:1: the columns are missing"),
        (b"id,name\n1,2\n", "csv:1: the columns are id,name"),
        (b"id_number,name,extra\n1,2,3\n", "csv:1: the columns are"),
        (b"id_number,name\n1,a\n2,\n", "csv:3: name is missing"),
        (b"id_number,name\n1,a\n2\n", "csv:3: name is missing"),
        (b"id_number,name\n , \n", "csv:2: id_number and name is missing"),
        (b"id_number,name\n1,a,b\n", "csv:2: there are more values than columns"),
        (b"kind,number,name,level,year\ndiploma,1,a,bachelor,2005\n", "csv:2: kind is diploma"),
        ("id_number,name\n1,王小明\n".encode("gb18030"), "csv: it is not UTF-8"),
        (b'id_number,name\n1,"' + b"a" * 200_000 + b'"\n', "csv: it cannot be read as CSV"),
    ],
)
def test_a_file_that_cannot_be_imported_is_refused_with_its_line_and_nothing_of_it_is_known(
    capsys: Capture, tmp_path: Path, text: bytes, said: str
) -> None:
    with store(tmp_path):
        pass
    before = database(tmp_path).read_bytes()
    (tmp_path / "odd.csv").write_bytes(text)
    assert said in refused(capsys, "authority", "import", str(tmp_path / "odd.csv"))
    assert database(tmp_path).read_bytes() == before


@pytest.mark.parametrize("name", ["nowhere.csv", ".", "nul\x00.csv", "\udcff.csv"])
def test_a_file_that_cannot_be_read_is_refused(capsys: Capture, tmp_path: Path, name: str) -> None:
    assert "cannot be read" in refused(capsys, "authority", "import", str(tmp_path / name))


# review and payment --------------------------------------------------------------------------------


@pytest.mark.req("14.1", "13.7")
def test_a_review_is_listed_decided_with_a_reason_and_then_the_slip_can_be_paid(
    capsys: Capture, tmp_path: Path
) -> None:
    begun, slip = waiting_for_review(tmp_path)
    listed = json.loads(called(capsys, "review", "list", "--json")[1])
    assert listed == {"code": begun.code, "since": NOW.isoformat(), "reasons": ["14.2 education.0"]}
    assert begun.code in called(capsys, "review", "list")[1]

    pay = ("payment", "record", slip, "--receipt", "R1", "--now", LATER)
    assert "has not passed" in refused(capsys, *pay)
    decide = ("review", "decide", begun.code.lower(), "pass", "--reason", "材料齐全", "--now", LATER)
    assert called(capsys, *decide)[0] == 0
    assert called(capsys, "review", "list") == (0, "", "")
    assert "The case is closed" in refused(capsys, *decide)
    assert called(capsys, *pay)[0] == 0
    assert "paid already" in refused(capsys, *pay)

    with store(tmp_path) as records:
        with records.turn() as turn:
            review, payment = turn.review(begun.registration), turn.payment(begun.registration)
        assert records.verify_chain().ok
    assert review is not None
    assert payment is not None
    assert (review.decision, review.reason, review.role) == ("pass", "材料齐全", Role.VERIFIER)
    assert (payment.receipt, payment.role) == ("R1", Role.CASHIER)


@pytest.mark.req("13.7")
def test_a_failed_review_never_leads_to_a_payment(capsys: Capture, tmp_path: Path) -> None:
    begun, slip = waiting_for_review(tmp_path)
    assert called(capsys, "review", "decide", begun.code, "fail", "--reason", "x")[0] == 0
    assert "has not passed" in refused(capsys, "payment", "record", slip, "--receipt", "R1")


@pytest.mark.parametrize("odd", ["AAAA-AAAA", "\udcff", "'; DROP TABLE review; --", "x" * 10_000, "\x1b[31m"])
def test_an_unknown_code_or_slip_is_one_sentence(capsys: Capture, tmp_path: Path, odd: str) -> None:
    waiting_for_review(tmp_path)
    code, out, problems = called(capsys, "review", "decide", odd, "pass", "--reason", "x")
    assert (code, out, problems.count("\n")) == (1 if odd != "\udcff" else 2, "", 1)
    assert "\x1b" not in problems
    code, out, problems = called(capsys, "payment", "record", odd, "--receipt", "R1")
    assert (code, out, problems.count("\n")) == (1 if odd != "\udcff" else 2, "", 1)
    assert "\x1b" not in problems


def test_hostile_words_of_staff_are_cleaned_before_they_are_kept(capsys: Capture, tmp_path: Path) -> None:
    begun, slip = waiting_for_review(tmp_path)
    odd = "ok\udcff\x1b[31m\u202e[/x]"
    decide = ("review", "decide", begun.code, "pass", "--reason", odd, "--staff", odd)
    assert called(capsys, *decide)[0] == 0
    assert called(capsys, "payment", "record", slip, "--receipt", odd, "--staff", odd)[0] == 0
    with store(tmp_path) as records, records.turn() as turn:
        review, payment = turn.review(begun.registration), turn.payment(begun.registration)
    assert review is not None
    assert payment is not None
    assert {review.reason, payment.receipt} == {"ok[31m[/x]"}


# letter --------------------------------------------------------------------------------------------


@pytest.mark.req("5.3")
def test_a_letter_of_this_installation_is_proven_unchanged_and_a_changed_one_is_not(
    capsys: Capture, tmp_path: Path
) -> None:
    with store(tmp_path):
        signer = open_signing_key(key(tmp_path).with_name("seal.key"))
    good, bad, other = (tmp_path / f"{name}.txt" for name in ("good", "bad", "other"))
    good.write_bytes(render(letters.sealed(signer)))
    bad.write_bytes(good.read_bytes().replace("王小明".encode(), "王晓明".encode(), 1))
    other.write_bytes(render(letters.sealed(open_signing_key(tmp_path / "other.key"))))
    said = [called(capsys, "letter", "verify", str(each), "--json") for each in (good, bad, other)]
    found = [json.loads(out) for _, out, _ in said]
    assert [code for code, _, _ in said] == [0, 1, 1]
    assert [each["ok"] for each in found] == [True, False, False]
    assert list(found[0]) == ["ok", "sha256", "reference", "signed_at", "seal", "message"]
    assert found[0]["sha256"] == letters.sealed(signer).sha256
    assert len({each["message"] for each in found}) == 3
