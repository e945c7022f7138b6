"""Stores for tests: a registration, an account, a raw look past the product, and other processes."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from assistant.records import Records, Turn, open_records
from assistant.records.passwords import hash_password
from assistant.records.registrations import Begun
from flows.dossier import AcademicRecord, Fact, Value
from flows.roles import Role
from tests.factories import NOW, NUMBER, PASSWORD

ROOT = Path(__file__).parents[3]

NAME = "王小明"
MOBILE = "13800001001"

EDUCATION = AcademicRecord(
    "education",
    0,
    {
        "level": "bachelor",
        "study": "full-time",
        "school": "南京工业大学",
        "major": "土木工程",
        "graduated": "2005-07",
        "certificate": "102911200505001234",
        "country": "china",
    },
)


def database(folder: Path) -> Path:
    return folder / "data" / "chengnuo.db"


def key(folder: Path) -> Path:
    return folder / "keys" / "fields.key"


@contextmanager
def store(folder: Path) -> Iterator[Records]:
    records = open_records(database(folder), key(folder))
    try:
        yield records
    finally:
        records.close()


def begin(turn: Turn) -> Begun:
    return turn.begin(edition="pilot", language="zh", content_version="1", now=NOW, role=Role.CANDIDATE)


def account(
    turn: Turn,
    registration: str,
    *,
    name: str = NAME,
    id_type: str = "resident-id",
    number: str = NUMBER,
    mobile: str = MOBILE,
    email: str = "candidate1@example.com",
    password: str = PASSWORD,
) -> str:
    return turn.create_account(
        registration,
        name=name,
        id_type=id_type,
        id_number=number,
        mobile=mobile,
        email=email,
        password_hash=hash_password(password),
        now=NOW,
        role=Role.CANDIDATE,
    )


def registered(turn: Turn, **changed: str) -> tuple[Begun, str]:
    """Begin a registration and make its account."""
    begun = begin(turn)
    return begun, account(turn, begun.registration, **changed)


def confirmed(turn: Turn) -> tuple[Begun, str]:
    """Make a registration with a fact, records, a sealed letter and a payment slip, confirmed."""
    begun = begin(turn)
    owner = account(turn, begun.registration)
    turn.save(begun.registration, put=[Fact("city", "nanjing", NOW)], removed=(), now=NOW)
    turn.save_records(owner, [EDUCATION], now=NOW)
    turn.seal_letter(begun.registration, file=b"letter", sha256="0" * 64, now=NOW, role=Role.CANDIDATE)
    turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
    turn.confirm(begun.registration, now=NOW, role=Role.CANDIDATE)
    return begun, owner


def raw(path: Path, statement: str, *values: object) -> list[tuple[object, ...]]:
    """Run a statement past the product, as somebody with the file and sqlite3 could."""
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute(statement, values).fetchall()
        connection.commit()
        return found


def facts(*pairs: tuple[str, Value]) -> tuple[Fact, ...]:
    """Write facts by key and value."""
    return tuple(Fact(name, value, NOW) for name, value in pairs)


def education(index: int = 0, **changed: str) -> AcademicRecord:
    """Write an education record."""
    return replace(EDUCATION, index=index, fields={**EDUCATION.fields, **changed})


def trail(folder: Path, *columns: str) -> list[tuple[object, ...]]:
    """Return the audit trail, oldest first."""
    return raw(database(folder), f"SELECT {', '.join(columns)} FROM audit ORDER BY seq")


def python(code: str, *arguments: object, stdin: int | None = None) -> subprocess.Popen[str]:
    """Start another process of the product."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def together(code: str, count: int, *arguments: object) -> list[str]:
    """Run ``code`` in several processes that wait for one another and go at the same moment.

    The code prints ``ready``, waits for a line, and prints one line; an index is its last argument.
    """
    processes = [python(code, *arguments, index, stdin=subprocess.PIPE) for index in range(count)]
    for process in processes:
        assert process.stdout is not None
        first = process.stdout.readline()
        assert first == "ready\n", process.communicate()[1]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    said = []
    for process in processes:
        out, problems = process.communicate(timeout=60)
        assert process.returncode == 0, problems
        said.append(out.strip())
    return said
