"""What stands where the database should, and what a disk refuses: one sentence, exit code 1, nothing lost."""

from __future__ import annotations

import ast
import os
import re
import shutil
import sqlite3
import string
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.conversation.wording import Wording
from assistant.records import RecordsError, opening
from assistant.records.queue import ReviewFilter
from assistant.staging import VERIFIERS
from flows.dossier import Fact
from flows.verdict import Problem
from tests.assistant.records.stores import ROOT, begin, database, key, raw, store
from tests.factories import NOW, content

LIMITED = """
import resource, signal, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
from assistant.cli import run
sys.exit(run(sys.argv[2:]))
"""


def garbage(folder: Path) -> None:
    database(folder).write_bytes(os.urandom(20_000))


def empty(folder: Path) -> None:
    database(folder).write_bytes(b"")


def a_folder(folder: Path) -> None:
    database(folder).unlink()
    database(folder).mkdir()


def gone(folder: Path) -> None:
    database(folder).unlink()


def of_another_program(folder: Path) -> None:
    database(folder).unlink()
    raw(database(folder), "CREATE TABLE bookmarks (url TEXT)")


def a_damaged_page(folder: Path) -> None:
    with database(folder).open("r+b") as file:
        file.seek(4096 * 2)
        file.write(os.urandom(4096 * 3))


def cut_short(folder: Path) -> None:
    os.truncate(database(folder), database(folder).stat().st_size // 2)


def without_a_table(folder: Path) -> None:
    raw(database(folder), "DROP TABLE review_event")
    raw(database(folder), "DROP TABLE review_reason")
    raw(database(folder), "DROP TABLE review")


def newer(folder: Path) -> None:
    raw(database(folder), "UPDATE alembic_version SET version_num = '9999'")


def without_its_key(folder: Path) -> None:
    key(folder).unlink()


def with_another_key(folder: Path) -> None:
    key(folder).write_bytes(os.urandom(32))


def with_half_a_key(folder: Path) -> None:
    key(folder).write_bytes(key(folder).read_bytes()[:16])


def with_a_file_for_its_folder(folder: Path) -> None:
    shutil.rmtree(database(folder).parent)
    shutil.rmtree(key(folder).parent)
    database(folder).parent.write_text("a file")


FAULTS: Mapping[str, tuple[Callable[[Path], None], ...]] = {
    "records-not-a-database": (garbage,),
    "records-empty": (empty,),
    "records-is-a-folder": (a_folder,),
    "records-missing": (gone,),
    "records-not-ours": (of_another_program,),
    "records-damaged": (a_damaged_page, cut_short),
    "records-unusable": (without_a_table,),
    "records-newer": (newer,),
    "records-key-missing": (without_its_key,),
    "records-key-wrong": (with_another_key, with_half_a_key),
    "records-folder": (with_a_file_for_its_folder,),
}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with a registration in it, where the commands look for it."""
    monkeypatch.setenv("CHENGNUO_DATA", str(database(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_KEYS", str(key(tmp_path).parent))
    with store(tmp_path) as records, records.turn() as turn:
        registration = begin(turn).registration
        facts = [Fact(f"part.{part}", "x" * 400, NOW) for part in range(20)]
        turn.save(registration, put=facts, removed=(), now=NOW)
    return tmp_path


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("code", "fault"), [(code, fault) for code, faults in FAULTS.items() for fault in faults]
)
def test_a_store_that_cannot_be_used_is_named_in_one_sentence_and_left_alone(
    world: Path, capsys: pytest.CaptureFixture[str], code: str, fault: Callable[[Path], None], language: str
) -> None:
    fault(world)
    before = database(world).read_bytes() if database(world).is_file() else None
    with pytest.raises(RecordsError) as refused, store(world) as records, records.turn() as turn:
        turn.review_page(ReviewFilter(), by=VERIFIERS[0], now=NOW)
    assert refused.value.code == code

    assert run(["review", "list", "--lang", language]) == 1
    out, problems = capsys.readouterr()
    wanted = Wording(content(), language).problem(Problem(code, refused.value.arguments))
    assert (out, problems) == ("", f"{wanted}\n")
    assert (database(world).read_bytes() if database(world).is_file() else None) == before


def raised() -> dict[str, frozenset[str]]:
    """Return every code that the store raises in its source, with the arguments that it gives."""
    found = {code: frozenset({"path"}) for _, code in opening._REASONS}
    for path in (ROOT / "assistant").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name != "RecordsError" or not isinstance(node, ast.Call):
                continue
            given = node.args[1] if len(node.args) > 1 else ast.Dict(keys=[], values=[])
            if isinstance(node.args[0], ast.Constant) and isinstance(given, ast.Dict):
                keys = {each.value for each in given.keys if isinstance(each, ast.Constant)}
                code = str(node.args[0].value)
                found[code] = found.get(code, frozenset(map(str, keys))) & frozenset(map(str, keys))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_code_of_the_store_has_a_sentence_that_its_arguments_fill(language: str) -> None:
    codes = raised()
    assert len(codes) > 20
    for code, given in codes.items():
        sentence = content().words[language][f"problem.{code}"]
        places = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert places <= given, code


@pytest.mark.req("P.7")
def test_a_disk_that_takes_no_more_keeps_what_was_there_and_says_so(world: Path) -> None:
    people = world / "people.csv"
    rows = "".join(f"{number:018d},王小明\n" for number in range(2_000))
    people.write_text(f"id_number,name\n{rows}", encoding="utf-8")
    size = database(world).stat().st_size
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size + 8192), "authority", "import", str(people), "--lang", "en"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.count("\n") == 1
    assert "disk" in ended.stderr
    with store(world) as records:
        records.check()
        assert records.verify_chain().ok
    assert raw(database(world), "SELECT count(*) FROM authority_person") == [(0,)]
    assert raw(database(world), "SELECT count(*) FROM fact") == [(20,)]


@pytest.mark.parametrize(
    ("setting", "code"), [("max_page_count", "records-disk-full"), ("query_only", "records-read-only")]
)
def test_a_full_disk_and_a_read_only_file_are_told_apart(
    world: Path, monkeypatch: pytest.MonkeyPatch, setting: str, code: str
) -> None:
    with store(world) as records:
        with closing(sqlite3.connect(database(world))) as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
        records.close()
        # From here on every new connection meets a disk of this size, or a file that it cannot write.
        monkeypatch.setitem(opening.SETTINGS, setting, pages if setting == "max_page_count" else 1)
        put = [Fact(f"more.{number}", "y" * 2_000, NOW) for number in range(50)]
        with pytest.raises(RecordsError) as refused, records.turn() as turn:
            turn.save(begin(turn).registration, put=put, removed=(), now=NOW)
        assert refused.value.code == code
        monkeypatch.undo()
        records.close()
        records.check()
        with records.turn() as turn:
            begin(turn)


@pytest.mark.req("P.7")
def test_a_disk_that_fills_up_in_the_middle_of_a_registration_is_said_and_keeps_the_answers(
    world: Path,
) -> None:
    size = database(world).stat().st_size
    many = "1\neconomics\njiangsu\n" + "1\n" * 8 + "王小明\n1\n320102198506123411\n13800001001\n"
    ended = subprocess.run(
        [sys.executable, "-c", LIMITED, str(size), "--plain", "--lang", "en", "--now", "2020-07-01"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        input=many,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "disk" in ended.stdout
    assert "Traceback" not in ended.stdout
    with store(world) as records:
        records.check()
        assert records.verify_chain().ok
        code = re.findall("[2-9A-Z]{4}-[2-9A-Z]{4}", ended.stdout)[0]
        with records.turn() as turn:
            kept = turn.load(turn.find(code) or "").dossier
    # What was answered before the disk was full, and nothing of what was refused.
    assert [kept.value(key) for key in ("first_time", "exam", "province")] == ["yes", "economics", "jiangsu"]
    assert kept.true("notice_read")
    assert "name" not in kept
