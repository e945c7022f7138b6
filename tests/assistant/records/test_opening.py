"""How the store is opened: durable, whole at once, and never on what is not its own."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from assistant.records import RecordsError, open_records, schema
from assistant.records.opening import make_engine
from assistant.records.triggers import TRIGGERS

from .stores import account, begin, database, key, raw, store, together

FIRST_START = """
import sys
from pathlib import Path
from assistant.records import open_records
print("ready", flush=True)
sys.stdin.readline()
records = open_records(Path(sys.argv[1]) / "data" / "chengnuo.db", Path(sys.argv[1]) / "keys" / "fields.key")
print(records.verify_chain().ok)
"""


def refusal(folder: Path) -> str:
    with pytest.raises(RecordsError) as refused:
        open_records(database(folder), key(folder))
    return refused.value.code


def test_every_connection_is_durable_and_wipes_what_it_deletes(tmp_path: Path) -> None:
    with store(tmp_path):
        engine = make_engine(database(tmp_path))
        with engine.connect() as connection:
            found = {
                name: connection.execute(text(f"PRAGMA {name}")).scalar()
                for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
            }
        engine.dispose()
    assert found == {"journal_mode": "truncate", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


def test_a_transaction_holds_the_write_lock_from_its_first_moment(tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn(), pytest.raises(Exception, match="locked"):
        raw_without_waiting(database(tmp_path))


def raw_without_waiting(path: Path) -> None:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path, timeout=0)) as connection:
        connection.execute("BEGIN IMMEDIATE")


def test_database_and_key_are_readable_by_their_owner_alone(tmp_path: Path) -> None:
    with store(tmp_path):
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (database(tmp_path), key(tmp_path))]
    assert modes == [0o600, 0o600]


def test_terminals_that_start_for_the_first_time_at_once_share_one_store(tmp_path: Path) -> None:
    assert together(FIRST_START, 4, tmp_path) == ["True"] * 4
    assert [each.name for each in database(tmp_path).parent.iterdir()] == ["chengnuo.db"]
    assert [each.name for each in key(tmp_path).parent.iterdir()] == ["fields.key"]


def test_the_migrations_make_exactly_the_tables_and_triggers_of_the_schema(tmp_path: Path) -> None:
    with store(tmp_path):
        engine = make_engine(database(tmp_path))
        with engine.connect() as connection:
            differences = compare_metadata(MigrationContext.configure(connection), schema.metadata)
            uniques = {
                tuple(each["column_names"]) for each in inspect(connection).get_unique_constraints("account")
            }
            made = set(
                connection.execute(text("SELECT sql FROM sqlite_master WHERE type = 'trigger'")).scalars()
            )
        engine.dispose()
    assert differences == []
    assert uniques == {("identity_idx",), ("identity_name_idx",), ("mobile_idx",)}
    assert made == set(TRIGGERS)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    raw(database(tmp_path), "UPDATE alembic_version SET version_num = '9999'")
    before = database(tmp_path).read_bytes()
    assert refusal(tmp_path) == "records-newer"
    assert database(tmp_path).read_bytes() == before


def test_a_missing_key_is_never_replaced_by_a_new_one(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    key(tmp_path).unlink()
    assert refusal(tmp_path) == "records-key-missing"
    assert not key(tmp_path).exists()


@pytest.mark.parametrize(
    "wrong",
    [b"", b"short", bytes(31), bytes(33), bytes(range(32))],
    ids=["empty", "short", "31", "33", "another"],
)
def test_a_wrong_key_is_refused(tmp_path: Path, wrong: bytes) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        account(turn, begin(turn).registration)
    key(tmp_path).write_bytes(wrong)
    assert refusal(tmp_path) == "records-key-wrong"


def test_a_key_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    key(tmp_path).unlink()
    key(tmp_path).mkdir()
    assert refusal(tmp_path) == "records-key-unreadable"


def test_a_database_that_is_gone_is_not_made_anew_beside_its_key(tmp_path: Path) -> None:
    with store(tmp_path):
        pass
    database(tmp_path).unlink()
    assert refusal(tmp_path) == "records-missing"
    assert not database(tmp_path).exists()


def test_a_folder_whose_name_has_a_question_mark_and_a_percent_sign_is_a_folder(tmp_path: Path) -> None:
    with store(tmp_path / "what? 100%20") as records, records.turn() as turn:
        begin(turn)
    assert database(tmp_path / "what? 100%20").stat().st_size > 0
