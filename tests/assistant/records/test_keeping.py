"""Nothing acknowledged is lost: kills in the middle of writing, backups while others write, purging."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.records import RecordsError, open_records
from flows.dossier import Fact
from tests.factories import NOW

from .stores import account, begin, database, key, python, raw, store

WRITE = """
import sys
from pathlib import Path
from flows.dossier import Fact
from tests.assistant.records.stores import store
from tests.factories import NOW
folder, registration = Path(sys.argv[1]), sys.argv[2]
with store(folder) as records:
    print("ready", flush=True)
    for number in range(int(sys.argv[3]), 100_000):
        with records.turn() as turn:
            put = [Fact(f"part.{part}", number, NOW) for part in range(20)]
            turn.save(registration, put=put, removed=(), now=NOW)
            turn.note("write", str(number), now=NOW, role=put[0].role)
        print(number, flush=True)
"""


@pytest.mark.req("P.7")
def test_a_kill_in_the_middle_of_writing_leaves_the_old_state_or_the_new_never_between(
    tmp_path: Path,
) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        registration = begin(turn).registration
        put = [Fact(f"part.{part}", -1, NOW) for part in range(20)]
        turn.save(registration, put=put, removed=(), now=NOW)
    chance = random.Random(20200701)
    reached = 0
    for _ in range(8):
        writer = python(WRITE, tmp_path, registration, reached)
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.02, 0.2))
        os.kill(writer.pid, signal.SIGKILL)
        said = writer.communicate()[0].split()
        # A line may be cut in two by the kill; the last whole one was acknowledged for certain.
        acknowledged = int(said[-2]) if len(said) > 1 else reached - 1
        with store(tmp_path) as records:
            with records.turn() as turn:
                dossier = turn.load(registration).dossier
            parts = {dossier.value(f"part.{part}") for part in range(20)}
            assert len(parts) == 1
            stored = parts.pop()
            assert isinstance(stored, int)
            assert stored >= acknowledged
            assert records.verify_chain().ok
            records.check()
        reached = stored + 1
    assert reached > 8


def test_a_backup_is_whole_and_consistent_while_another_process_writes(tmp_path: Path) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            registration = begin(turn).registration
        writer = python(WRITE, tmp_path, registration, 0)
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
            assert writer.stdout.readline() == "0\n"
            for number in range(5):
                copy = tmp_path / f"copy-{number}" / "chengnuo.db"
                copy.parent.mkdir()
                records.backup(copy)
                opened = open_records(copy, key(tmp_path))
                with opened.turn() as turn:
                    dossier = turn.load(registration).dossier
                assert opened.verify_chain().ok
                opened.close()
                assert len({dossier.value(f"part.{part}") for part in range(20)}) == 1
                assert copy.stat().st_mode & 0o777 == 0o600
        finally:
            writer.kill()
            writer.communicate()


def test_a_backup_overwrites_nothing_and_leaves_nothing_half(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("mine")
    with store(tmp_path) as records:
        for target, code in (
            (taken, "backup-exists"),
            (database(tmp_path), "backup-exists"),
            (tmp_path / "nowhere" / "copy", "backup-failed"),
            (taken / "copy", "backup-failed"),
        ):
            with pytest.raises(RecordsError, match=code):
                records.backup(target)
    assert taken.read_text() == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_purge_removes_what_nobody_came_back_to_and_keeps_accounts_and_the_trail(tmp_path: Path) -> None:
    with store(tmp_path) as records:
        with records.turn() as turn:
            old, kept, owned = begin(turn), begin(turn), begin(turn)
            turn.save(old.registration, put=[Fact("name", "王小明", NOW)], removed=(), now=NOW)
            account(turn, owned.registration)
            later = NOW + timedelta(days=40)
            turn.save(kept.registration, put=[Fact("name", "李雷", later)], removed=(), now=later)
        assert records.purge(later - timedelta(days=30), now=later) == 1
        with records.turn() as turn:
            assert [turn.find(each.code) is None for each in (old, kept, owned)] == [True, False, False]
        assert records.verify_chain().ok
    assert raw(database(tmp_path), "SELECT subject FROM audit WHERE action = 'purge'") == [(old.code,)]
    assert raw(database(tmp_path), "SELECT count(*) FROM fact") == [(1,)]


def test_a_busy_database_is_waited_for_and_then_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.records.opening.BUSY_SECONDS", 0.2)
    with store(tmp_path) as records, closing(sqlite3.connect(database(tmp_path))) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(RecordsError, match="records-locked"), records.turn() as turn:
            begin(turn)
        other.rollback()
        with records.turn() as turn:
            begin(turn)
