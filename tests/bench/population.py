"""Fills a store with as many candidates as a province has: real cipher, real triggers, rows in bulk.

python -m tests.bench.population FOLDER [CANDIDATES] [OPEN_CASES]
"""

from __future__ import annotations

import json
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from assistant.records import audit, open_records
from assistant.records.core import Core, stamp
from assistant.records.encryption import Cipher
from assistant.records.keys import read_key
from assistant.records.passwords import hash_password
from tests.factories import NOW, PASSWORD

CANDIDATES, OPEN = 100_000, 20_000
PROVINCES = ("jiangsu", "anhui", "shaanxi", "shanxi", "guangdong")
GROUPS = ("14.1", "14.2", "14.3", "14.4", "14.5")
EXAM, LEVEL, YEAR = "economics", "intermediate", 2020
VERIFIED = ("identity", "education.0", "degree.0")
LETTER = 30_000
"""Bytes of a letter: what reads it by mistake is slow."""

Rows = Iterator[tuple[object, ...]]


def number_of(index: int) -> str:
    """Return the ID number of a candidate."""
    return f"E{index:08}"


def mobile_of(index: int) -> str:
    """Return the mobile number of a candidate."""
    return f"138{index:08}"


def code_of(index: int) -> str:
    """Return the resume code of a candidate."""
    letters, drawn = "23456789ABCDEFGHJKMNPQRSTUVWXYZ", ""
    for _ in range(8):
        index, at = divmod(index, len(letters))
        drawn += letters[at]
    return f"{drawn[:4]}-{drawn[4:]}"


def fill(folder: Path, candidates: int = CANDIDATES, open_cases: int = OPEN) -> tuple[Path, Path]:
    """Make a store of candidates: the first ``open_cases`` in manual verification, the last tenth on the way
    to that, the others paid.

    Returns:
        The database and its key.
    """
    database, key = folder / "data" / "chengnuo.db", folder / "keys" / "fields.key"
    open_records(database, key).close()
    cipher = Cipher(read_key(key))
    with closing(sqlite3.connect(database)) as file:
        file.execute("PRAGMA synchronous = 0")
        for statement, rows in _rows(cipher, candidates, open_cases):
            file.executemany(statement, rows)
        _trail(file, cipher, candidates)
        file.commit()
    return database, key


def _at(index: int) -> str:
    return stamp(NOW - timedelta(minutes=index % 20_000))


def _accounts(cipher: Cipher, candidates: int, hashed: str) -> Rows:
    core = Core(None, cipher)  # type: ignore[arg-type]  # for its indexes alone
    for index in range(candidates):
        id, number = f"a{index}", number_of(index)
        said = {
            "name_enc": f"王{chr(0x4E00 + index % 20_000)}明",
            "id_number_enc": number,
            "mobile_enc": mobile_of(index),
            "email_enc": f"candidate{index}@example.com",
        }
        shut = [cipher.encrypt(value, f"account|{column}|{id}") for column, value in said.items()]
        identity = core.identity(number)
        named = core.name("identity-name", str(index), identity.hex())
        mobile = core.mobile(mobile_of(index))
        yield id, identity, named, mobile, shut[0], "passport", *shut[1:], hashed, _at(index)


def _facts(cipher: Cipher, candidates: int) -> Rows:
    for index in range(candidates):
        known = {"exam": EXAM, "province": PROVINCES[index % 5], "level": LEVEL}
        for position, (name, value) in enumerate(known.items(), 1):
            shut = cipher.encrypt(json.dumps(value), f"fact|{name}|r{index}")
            yield f"r{index}", name, position, shut, _at(index), "candidate", "stated", 0


def _rows(cipher: Cipher, candidates: int, open_cases: int) -> Iterator[tuple[str, Rows]]:
    hashed, everybody, confirmed = hash_password(PASSWORD), range(candidates), range(candidates * 9 // 10)
    paid, on_the_way = range(open_cases, len(confirmed)), range(len(confirmed), candidates)
    yield f"INSERT INTO account VALUES ({', '.join('?' * 11)})", _accounts(cipher, candidates, hashed)
    yield (
        "INSERT INTO registration VALUES (?, ?, ?, ?, 'pilot', 'zh', '1', ?, ?, NULL)",
        (
            (
                f"r{each}",
                code_of(each),
                hashed,
                None if each in on_the_way[::5] else f"a{each}",
                _at(each),
                _at(each),
            )
            for each in everybody
        ),
    )
    yield "INSERT INTO fact VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _facts(cipher, candidates)
    yield (
        "INSERT INTO payment (slip, registration_id, made_at) VALUES (?, ?, ?)",
        ((f"P{code_of(each)}", f"r{each}", _at(each)) for each in confirmed),
    )
    yield (
        "INSERT INTO verification VALUES (?, ?, ?)",
        ((f"a{each}", item, _at(each)) for each in (*confirmed, *on_the_way[::2]) for item in VERIFIED),
    )
    yield (
        "INSERT INTO letter VALUES (?, 1, ?, ?, ?, NULL)",
        (
            (f"r{each}", cipher.encrypt(b"L" * LETTER, f"letter|{each}"), "0" * 64, _at(each))
            for each in (*confirmed[::10], *on_the_way[::3])
        ),
    )
    yield (
        "UPDATE fact SET stale = 1 WHERE registration_id = ? AND key = 'level'",
        ((f"r{each}",) for each in on_the_way[::7]),
    )
    yield (
        "INSERT INTO review (registration_id, opened_at, since, province, exam, field) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        ((f"r{each}", _at(each), _at(each), PROVINCES[each % 5], EXAM, LEVEL) for each in range(open_cases)),
    )
    yield (
        "INSERT INTO review_reason VALUES (?, ?, 'education.0')",
        ((f"r{each}", GROUPS[each % 5]) for each in range(open_cases)),
    )
    yield (
        "UPDATE registration SET confirmed_at = ? WHERE id = ?",
        ((_at(each), f"r{each}") for each in confirmed),
    )
    yield (
        "UPDATE payment SET method = 'counter', receipt = ?, role = 'cashier', staff = 'c', paid_at = ? "
        "WHERE slip = ?",
        ((f"R{each}", _at(each), f"P{code_of(each)}") for each in paid),
    )
    yield (
        "INSERT INTO passer VALUES (?, ?, ?, ?, ?, ?)",
        ((f"r{each}", EXAM, LEVEL, YEAR, PROVINCES[each % 5], _at(each)) for each in paid),
    )
    yield (
        "INSERT INTO payment_item (kind, opened_at, registration_id, slip, claimed_day, claimed_enc) "
        "VALUES ('claimed', ?, ?, ?, '2020-07-01', ?)",
        (
            (_at(each), f"r{each}", f"P{code_of(each)}", cipher.encrypt("T", f"payment_item|claimed|r{each}"))
            for each in range(min(open_cases, 2000))
        ),
    )


def _trail(file: sqlite3.Connection, cipher: Cipher, entries: int) -> None:
    """Write a whole trail: one beginning for each candidate and, of every tenth, one coming back, chained and
    sealed as the product does it.
    """
    previous = audit.FIRST
    begun = [("begin", _at(each), each) for each in range(entries)]
    resumed = [("resume", stamp(NOW), each) for each in range(0, entries, 10)]
    for seq, (action, at, who) in enumerate((*begun, *resumed), 1):
        row = (seq, at, "candidate", "", action, code_of(who), "{}", previous)
        previous = audit._hash(row)
        file.execute("INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, previous))
        file.execute("UPDATE audit_head SET seq = ?, mac = ?", (seq, audit._mac(cipher, seq, previous)))


if __name__ == "__main__":
    begun = time.perf_counter()
    fill(Path(sys.argv[1]), *map(int, sys.argv[2:]))
    print(f"{time.perf_counter() - begun:.1f} s")
