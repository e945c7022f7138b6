"""A tampered audit trail is seen; what only a kept head shows is said here too."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flows.roles import Role
from tests.factories import NOW

from .stores import begin, database, store

COLUMNS = ("seq", "at", "role", "actor", "action", "subject", "details", "previous")


def trail(folder: Path, entries: int = 6) -> None:
    with store(folder) as records:
        for _ in range(entries):
            with records.turn() as turn:
                begin(turn)
        assert records.verify_chain().ok


def tampered(folder: Path, *statements: str) -> bool:
    """Change the file as its owner could, triggers and all; say whether the trail still counts as whole."""
    with closing(sqlite3.connect(database(folder))) as connection:
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('audit', 'audit_head')"
        ).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    with store(folder) as records:
        return records.verify_chain().ok


def test_an_untouched_trail_is_whole_though_its_triggers_are_gone(tmp_path: Path) -> None:
    trail(tmp_path)
    assert tampered(tmp_path)


@pytest.mark.parametrize("column", [*COLUMNS[1:], "hash"])
def test_an_edited_entry_is_seen(tmp_path: Path, column: str) -> None:
    trail(tmp_path)
    assert not tampered(tmp_path, f"UPDATE audit SET {column} = {column} || 'x' WHERE seq = 3")


def test_an_entry_taken_out_of_the_middle_is_seen_even_when_the_numbers_are_closed_up(tmp_path: Path) -> None:
    trail(tmp_path)
    assert not tampered(
        tmp_path,
        "DELETE FROM audit WHERE seq = 3",
        "UPDATE audit SET seq = seq - 1 WHERE seq > 3",
    )


def test_an_entry_put_in_is_seen(tmp_path: Path) -> None:
    trail(tmp_path)
    assert not tampered(
        tmp_path,
        "UPDATE audit SET seq = -seq - 1 WHERE seq > 3",
        "UPDATE audit SET seq = -seq WHERE seq < 0",
        "UPDATE audit SET previous = 'f' WHERE seq = 5",
        "INSERT INTO audit SELECT 4, at, role, 'intruder', action, subject, details, hash, 'f' "
        "FROM audit WHERE seq = 3",
    )


def test_entries_cut_off_the_end_are_seen(tmp_path: Path) -> None:
    trail(tmp_path)
    assert not tampered(tmp_path, "DELETE FROM audit WHERE seq > 4")
    assert not tampered(tmp_path, "DELETE FROM audit")
    assert not tampered(tmp_path, "DELETE FROM audit_head")


def test_a_chain_whose_hashes_were_all_worked_out_anew_is_seen_for_want_of_the_key(tmp_path: Path) -> None:
    trail(tmp_path)
    with closing(sqlite3.connect(database(tmp_path))) as connection:
        rows = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM audit ORDER BY seq").fetchall()
    previous, statements = "0" * 64, []
    for row in rows:
        entry = [*row[:3], "forger", *row[4:7], previous]
        fresh = hashlib.sha256(json.dumps(entry, ensure_ascii=True).encode()).hexdigest()
        forged = f"actor = 'forger', previous = '{previous}', hash = '{fresh}'"
        statements.append(f"UPDATE audit SET {forged} WHERE seq = {row[0]}")
        previous = fresh
    assert not tampered(tmp_path, *statements)


def test_an_older_database_in_its_place_is_seen_only_against_a_head_that_was_kept(tmp_path: Path) -> None:
    trail(tmp_path)
    older = tmp_path / "older.db"
    shutil.copy(database(tmp_path), older)
    with store(tmp_path) as records:
        with records.turn() as turn:
            turn.note("test", "subject", now=NOW, role=Role.SYSTEM)
        newest = records.verify_chain()
        kept = (newest.entries, newest.head)
        assert records.verify_chain(kept).ok
    shutil.copy(older, database(tmp_path))
    with store(tmp_path) as records:
        assert records.verify_chain().ok
        assert not records.verify_chain(kept).ok
