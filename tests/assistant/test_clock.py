"""Time comes from the clock that is passed in: nothing else asks the system, nor SQLite, what time it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = tuple(
    path
    for package in ("assistant", "flows", "content")
    for path in sorted((ROOT / package).rglob("*.py"))
    if path != ROOT / "assistant" / "clock.py"
)

ASKS = {
    "datetime": {"now", "today", "utcnow"},
    "date": {"today"},
    "time": {
        *("time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"),
        *("clock_gettime", "clock_gettime_ns"),
    },
    "uuid": {"uuid1", "uuid7"},
    "utils": {"formatdate", "localtime"},
}
"""What tells the date or the time of day, by the name before the dot."""

UNBOUND = {"time": ASKS["time"], "uuid": ASKS["uuid"], "email.utils": ASKS["utils"]}
"""The same, taken out of their modules by ``from … import``."""

IN_SQL = re.compile(
    r"CURRENT_(TIMESTAMP|DATE|TIME)\b|\b(datetime|date|time|julianday|unixepoch|strftime|timediff)"
    r"\s*\(\s*(\)|'now'|('[^']*'\s*,\s*'now'))|\bunixepoch\s*\(|\bnow\s*\(\s*\)",
    re.IGNORECASE,
)
"""The ways in which SQLite says what time it is; ``date()`` without an argument is one of them."""

BY_SQLALCHEMY = {"now", "current_timestamp", "current_date", "current_time", "localtime", "sysdate"}
"""Functions of ``sqlalchemy.func`` that become one of them."""


def asked(source: str) -> Iterator[tuple[int, str]]:
    """Find every place of a source that asks the system for the time, with its line."""
    tree = ast.parse(source)
    docs = {id(text) for node in ast.walk(tree) for text in _doc(node)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=owner) | ast.Attribute(attr=owner), attr=name):
                if name in ASKS.get(owner, ()) or (owner == "func" and name in BY_SQLALCHEMY):
                    yield node.lineno, f"{owner}.{name}"
            case ast.ImportFrom(module=module, names=names):
                for each in names:
                    if each.name in UNBOUND.get(module or "", ()):
                        yield node.lineno, f"{module}.{each.name}"
            case ast.Import(names=names):
                for each in names:
                    if each.name in {"datetime", "time"} and each.asname is not None:
                        yield node.lineno, f"{each.name} as {each.asname}"
            case ast.Constant(value=str() as text) if id(node) not in docs and IN_SQL.search(text):
                yield node.lineno, text


def _doc(node: ast.AST) -> Iterator[ast.expr]:
    """Give the sentences that stand for themselves: they describe, and nothing is done with them."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value


def test_nothing_but_the_clock_asks_the_system_for_the_time() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {what}"
        for path in SOURCES
        for line, what in asked(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_every_package_is_read() -> None:
    assert len(SOURCES) > 300
    assert ROOT / "assistant" / "lessons" / "run.py" in SOURCES


def test_no_file_of_sql_or_content_asks_for_the_time() -> None:
    for path in (*ROOT.glob("assistant/**/*.sql"), *ROOT.glob("content/**/*.sql")):
        assert not IN_SQL.search(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "datetime.now()",
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "datetime.datetime.utcnow()",
        "date.today()",
        "datetime.date.today()",
        "f = datetime.now",
        "time.time()",
        "time.localtime()",
        "time.strftime('%Y')",
        "time.clock_gettime(time.CLOCK_REALTIME)",
        "from time import time",
        "from time import localtime as when",
        "import time as t",
        "import datetime as dt",
        "uuid.uuid1()",
        "email.utils.formatdate()",
        "func.now()",
        "sqlalchemy.func.current_timestamp()",
        "run('INSERT INTO a VALUES (CURRENT_TIMESTAMP)')",
        "text(\"SELECT datetime('now')\")",
        "text(\"SELECT strftime('%s', 'now')\")",
        "text('SELECT date()')",
        "text('SELECT unixepoch()')",
    ],
)
def test_each_way_of_asking_is_found(source: str) -> None:
    assert list(asked(source))


@pytest.mark.parametrize(
    "source",
    [
        "clock.now()",
        "self.now.date()",
        "datetime.fromisoformat(text)",
        "datetime.combine(day, time())",
        "time.monotonic()",
        "time.perf_counter()",
        "'''It is now (9:00) that counts.'''",
        "x = 'date (of birth)'",
    ],
)
def test_what_asks_for_no_time_is_left_alone(source: str) -> None:
    assert not list(asked(source))
