"""Opens the SQLite file: makes a new one whole, refuses what is damaged, foreign or newer."""

from __future__ import annotations

import os
import secrets
import sqlite3
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError

from assistant.records import audit, schema
from assistant.records.encryption import Cipher
from assistant.records.errors import RecordsError
from assistant.records.keys import new_key, place, read_key, write_key
from assistant.records.marking import Mark, prove_marked
from assistant.records.migrating import migrate

BUSY_SECONDS = 10

SETTINGS: dict[str, str | int] = {
    # SQLite's default (DELETE, FULL) can lose the last acknowledged commit on power loss; this loses none.
    # WAL is faster, but SQLite before 3.51.3 can corrupt a file in it, and one file may meet many versions.
    "journal_mode": "truncate",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
}
"""What every connection sets and proves to be set."""

UNSYNCED: dict[str, str | int] = {**SETTINGS, "synchronous": 0}
"""For a classroom, where a lesson that is cut off by a power cut is begun anew: a turn saves 20 ms."""

_REASONS = (
    ("SQLITE_BUSY", "records-locked"),
    ("SQLITE_LOCKED", "records-locked"),
    ("SQLITE_FULL", "records-disk-full"),
    ("SQLITE_IOERR", "records-disk-failing"),
    ("SQLITE_READONLY", "records-read-only"),
    ("SQLITE_CANTOPEN", "records-folder-unusable"),
    ("SQLITE_PERM", "records-folder-unusable"),
    ("SQLITE_CORRUPT", "records-damaged"),
    ("SQLITE_NOTADB", "records-not-a-database"),
)

_PROOF, _PLACE = "chengnuo", "proof|value_enc|1"
_TRIES, _PAUSE = 40, 0.05


def open_database(database: Path, key: Path, mark: Mark = Mark.PRODUCTION) -> tuple[Engine, Cipher]:
    """Open the database, or make it with its mark on the first run.

    A new database is made under another name and gets its own only when it is whole, so that a start which
    is killed half-way leaves nothing behind that the next one would trip over.

    Raises:
        RecordsError: Why it cannot be opened.
    """
    try:
        cipher = _cipher(database, key, mark)
        engine = make_engine(database, UNSYNCED if mark is Mark.TRAINING else SETTINGS)
        try:
            with engine.begin() as connection:
                quick_check(connection, database)
                migrate(connection, new=False)
                _prove_key(connection, cipher, key)
        except BaseException:
            engine.dispose()
            raise
        with suppress(OSError):
            database.chmod(0o600)
    except DatabaseError as error:
        raise failure(error, database) from None
    except (OSError, ValueError) as error:
        raise RecordsError("records-folder", {"path": str(database.parent)}) from error
    return engine, cipher


def _cipher(database: Path, key: Path, mark: Mark) -> Cipher:
    if not database.exists():
        if not key.exists():
            database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _make(database, key, mark)
        _wait_for(database, key)
    _prove_ordinary(database)
    prove_marked(database, mark)
    return Cipher(read_key(key))


def _wait_for(database: Path, key: Path) -> None:
    """Give another terminal that is making the database the time for it.

    A key without a database means otherwise that the disk with the database is missing: a new one in its
    place would register people a second time.
    """
    for _ in range(_TRIES):
        if database.exists():
            return
        time.sleep(_PAUSE)
    raise RecordsError("records-missing", {"path": str(database), "key": str(key)})


def _prove_ordinary(database: Path) -> None:
    if database.is_dir():
        raise RecordsError("records-is-a-folder", {"path": str(database)})
    if not database.is_file():
        raise RecordsError("records-not-a-database", {"path": str(database)})
    if database.stat().st_size == 0:
        raise RecordsError("records-empty", {"path": str(database)})


def _make(database: Path, key: Path, mark: Mark) -> None:
    """Make a database and its key; where another terminal is faster, theirs stand.

    The key comes late, between the finished database and its name: a start that fails before, on a full disk
    perhaps, leaves no key behind that would make the next start look for its database.
    """
    made = new_key()
    part = database.with_name(f".{secrets.token_hex(8)}.part")
    try:
        _fill(part, Cipher(made), mark)
        if not write_key(key, made):
            return
        try:
            place(part, database)
        except (OSError, ValueError):
            key.unlink()
            raise
    finally:
        for leftover in (part, part.with_name(f"{part.name}-journal")):
            with suppress(OSError):
                leftover.unlink()


def _fill(part: Path, cipher: Cipher, mark: Mark) -> None:
    # Made here with its rights, so that it is at no moment readable for others.
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    engine = make_engine(part)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={mark.value}")
            migrate(connection, new=True)
            proof = cipher.encrypt(_PROOF, _PLACE)
            connection.execute(insert(schema.proof).values(id=1, value_enc=proof))
            audit.start(connection, cipher)
    finally:
        engine.dispose()


def make_engine(database: Path, settings: Mapping[str, str | int] = SETTINGS) -> Engine:
    """Make an engine whose every connection has the settings and whose every transaction is a writer's."""
    engine = create_engine(
        URL.create("sqlite", database=str(database)),
        # Values of a failed statement would land in logs and tracebacks.
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        # SQLAlchemy begins transactions itself, below; the driver would begin them too late and as readers.
        connection.isolation_level = None
        for name, value in settings.items():
            connection.execute(f"PRAGMA {name}={value}")
            if connection.execute(f"PRAGMA {name}").fetchone()[0] != value:
                raise RecordsError("records-settings", {"setting": name})

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A reader that starts to write fails at once when another writer was faster, whatever the timeout.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def quick_check(connection: Connection, database: Path) -> None:
    """Prove the file whole.

    Raises:
        RecordsError: It is damaged.
    """
    if connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise RecordsError("records-damaged", {"path": str(database)})


def _prove_key(connection: Connection, cipher: Cipher, key: Path) -> None:
    """See that the key still reads the value that was stored under it when the database was made."""
    found = connection.execute(select(schema.proof.c.value_enc)).scalar()
    try:
        fits = found is not None and cipher.text(found, _PLACE) == _PROOF
    except RecordsError:
        fits = False
    if not fits:
        raise RecordsError("records-key-wrong", {"path": str(key)})


def failure(error: DatabaseError, database: Path) -> RecordsError:
    """Say in our words what the database could not do."""
    name = str(getattr(error.orig, "sqlite_errorname", "")) if isinstance(error.orig, sqlite3.Error) else ""
    code = next((code for start, code in _REASONS if name.startswith(start)), "records-unusable")
    return RecordsError(code, {"path": str(database)})
