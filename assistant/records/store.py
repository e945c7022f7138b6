"""Opens the database and gives transactions: a turn of the conversation is one of them."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, delete, event, select
from sqlalchemy.exc import DatabaseError, OperationalError

from assistant.records import audit, schema
from assistant.records.accounts import Accounts
from assistant.records.authority import Authority
from assistant.records.core import Core
from assistant.records.encryption import Cipher, open_key
from assistant.records.errors import RecordsError
from assistant.records.migrating import migrate
from assistant.records.proceedings import Proceedings
from assistant.records.registrations import Registrations

BUSY_SECONDS = 10

_SETTINGS = {
    # SQLite's default (DELETE, FULL) can lose the last acknowledged commit on power loss; this loses none.
    "journal_mode": "truncate",
    "synchronous": 2,
    "secure_delete": 1,
    "foreign_keys": 1,
}


class Turn:
    """One transaction: everything that a turn reads and writes goes through it."""

    def __init__(self, core: Core) -> None:
        """Gather the parts that work inside ``core``'s transaction."""
        registrations, accounts = Registrations(core), Accounts(core)
        authority, proceedings = Authority(core), Proceedings(core)
        self._core = core
        self.begin = registrations.begin
        self.load = registrations.load
        self.save = registrations.save
        self.set_language = registrations.set_language
        self.find = registrations.find
        self.resume = registrations.resume
        self.attach = registrations.attach
        self.confirm = registrations.confirm
        self.create_account = accounts.create
        self.log_in = accounts.log_in
        self.account = accounts.account
        self.check_password = accounts.check_password
        self.change_mobile = accounts.change_mobile
        self.change_email = accounts.change_email
        self.save_records = accounts.save_records
        self.saved_records = accounts.saved_records
        self.store_photo = accounts.store_photo
        self.photo = accounts.photo
        self.know_person = authority.know_person
        self.know_certificate = authority.know_certificate
        self.answer_for = authority.answer_for
        self.submit_verification = authority.submit
        self.verifications = authority.verifications
        self.seal_letter = proceedings.seal_letter
        self.supersede_letters = proceedings.supersede_letters
        self.letters = proceedings.letters
        self.integrity = proceedings.integrity
        self.add_integrity = proceedings.add_integrity
        self.earlier_passes = proceedings.earlier_passes
        self.add_earlier_pass = proceedings.add_earlier_pass
        self.open_review = proceedings.open_review
        self.decide_review = proceedings.decide_review
        self.review = proceedings.review
        self.open_reviews = proceedings.open_reviews
        self.payment_slip = proceedings.payment_slip
        self.record_payment = proceedings.record_payment
        self.payment = proceedings.payment
        self.note = core.note


class Records:
    """The store of one installation."""

    def __init__(self, engine: Engine, cipher: Cipher, path: Path) -> None:
        """Work on ``engine``; use :func:`open_records`."""
        self._engine = engine
        self._cipher = cipher
        self._path = path

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Give one transaction: committed at the end, rolled back on any exception.

        Raises:
            RecordsError: The database is locked, full, damaged or cannot be written.
        """
        try:
            with self._engine.begin() as connection:
                yield Turn(Core(connection, self._cipher))
        except OperationalError as error:
            raise RecordsError(_why(error), {"path": str(self._path)}) from None
        except DatabaseError as error:
            if isinstance(error.orig, sqlite3.DatabaseError) and type(error.orig) is sqlite3.DatabaseError:
                raise RecordsError("records-damaged", {"path": str(self._path)}) from None
            raise

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def check(self) -> None:
        """Prove the database whole.

        Raises:
            RecordsError: It is damaged.
        """
        with self._engine.connect() as connection:
            _quick_check(connection, self._path)

    def verify_chain(self) -> audit.ChainVerdict:
        """Go through the audit trail."""
        with self._engine.connect() as connection:
            return audit.verify(connection)

    def backup(self, to: Path) -> None:
        """Write a consistent copy, also while others write; the key is not in it.

        Raises:
            RecordsError: The copy cannot be written.
        """
        try:
            descriptor = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            os.close(descriptor)
            with sqlite3.connect(self._path) as source, sqlite3.connect(to) as target:
                source.backup(target)
        except FileExistsError as error:
            raise RecordsError("backup-exists", {"path": str(to)}) from error
        except (OSError, sqlite3.Error) as error:
            raise RecordsError("backup-failed", {"path": str(to)}) from error

    def purge(self, before: datetime) -> int:
        """Remove registrations without an account that nobody touched since ``before``; returns how many."""
        table = schema.registration
        with self._engine.begin() as connection:
            idle = (
                connection.execute(
                    select(table.c.id).where(
                        table.c.account_id.is_(None), table.c.updated_at < before.isoformat()
                    )
                )
                .scalars()
                .all()
            )
            for registration in idle:
                connection.execute(delete(table).where(table.c.id == registration))
        return len(idle)


def open_records(database: Path, key: Path) -> Records:
    """Open the store; a new database is made whole, an older one is taken to today's form.

    Args:
        database: The SQLite file.
        key: The key file, in another folder.

    Raises:
        RecordsError: The file is damaged or no database of ours, the folder cannot be used, the key is
            missing or another one, or the database is newer than this program.
    """
    new = _prepare(database)
    cipher = Cipher(open_key(key, new=new))
    engine = _engine(database)
    try:
        with engine.begin() as connection:
            if not new:
                _quick_check(connection, database)
            migrate(connection, new=new)
            _prove_key(connection, cipher, new=new)
    except RecordsError:
        engine.dispose()
        raise
    except DatabaseError as error:
        engine.dispose()
        why = _why(error) if isinstance(error, OperationalError) else "records-not-a-database"
        raise RecordsError(why, {"path": str(database)}) from None
    with suppress(OSError):
        database.chmod(0o600)
    return Records(engine, cipher, database)


def _prepare(database: Path) -> bool:
    """Make the folder; say whether the database is new. An empty or foreign file is never taken over."""
    try:
        if database.is_dir():
            raise RecordsError("records-is-a-folder", {"path": str(database)})
        if database.exists():
            if database.stat().st_size == 0:
                raise RecordsError("records-empty", {"path": str(database)})
            return False
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Made here with its rights, so that it is at no moment readable for others.
        os.close(os.open(database, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError as error:
        raise RecordsError(
            "records-folder", {"path": str(database.parent), "why": error.strerror or ""}
        ) from error
    except OSError as error:
        raise RecordsError(
            "records-folder", {"path": str(database.parent), "why": error.strerror or ""}
        ) from error
    return True


def _engine(database: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{database}",
        # Values of a failed statement would land in logs and tracebacks.
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _: Any) -> None:
        # SQLAlchemy begins transactions itself, below; the driver would begin them too late and as readers.
        connection.isolation_level = None
        for name, value in _SETTINGS.items():
            connection.execute(f"PRAGMA {name}={value}")
            found = connection.execute(f"PRAGMA {name}").fetchone()[0]
            if found != value:
                raise RecordsError("records-settings", {"setting": name})

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        # A reader that starts to write fails at once when another writer was faster, whatever the timeout.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _quick_check(connection: Connection, path: Path) -> None:
    try:
        found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
    except DatabaseError as error:
        raise RecordsError("records-not-a-database", {"path": str(path)}) from error
    if found != "ok":
        raise RecordsError("records-damaged", {"path": str(path)})


def _prove_key(connection: Connection, cipher: Cipher, *, new: bool) -> None:
    """Store a known value under the key once, and see at every start that the key still reads it."""
    if new:
        stored = cipher.encrypt("chengnuo", "proof")
        connection.execute(schema.proof.insert().values(id=1, value_enc=stored))
        return
    found = connection.execute(select(schema.proof.c.value_enc)).scalar()
    if found is None or cipher.text(found, "proof") != "chengnuo":
        raise RecordsError("records-key-or-damage")


def _why(error: DatabaseError) -> str:
    text = str(error.orig)
    reasons = (
        ("locked", "records-locked"),
        ("full", "records-disk-full"),
        ("disk I/O", "records-disk-full"),
        ("readonly", "records-read-only"),
        ("unable to open", "records-folder-unusable"),
        ("malformed", "records-damaged"),
        ("no such table", "records-not-ours"),
    )
    return next((code for part, code in reasons if part in text), "records-unusable")
