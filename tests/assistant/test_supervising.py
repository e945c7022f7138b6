"""The commands of supervision: from results to the page that is made public, and the figures."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.publishing import guarded
from tests.assistant.records.stores import begin, database, key, raw, store
from tests.assistant.records.test_supervision import paid
from tests.factories import NOW

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHENGNUO_DATA", str(database(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_KEYS", str(key(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_LANGUAGE", "en")


def called(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    out, problems = capsys.readouterr()
    assert "A fault in" not in problems
    return code, out, problems


@pytest.mark.req("15.3")
def test_results_lead_to_a_sample_and_to_a_list_that_anybody_can_read(
    capsys: Capture, tmp_path: Path
) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        _, code, _ = paid(turn)
    results = tmp_path / "results.csv"
    rows = [f"{code},economics,intermediate,{each},2020,合格,90" for each in ("basics", "practice")]
    results.write_bytes("\n".join(["登记码,考试,级别,科目,年份,是否合格,成绩", *rows]).encode("gb18030"))
    assert json.loads(called(capsys, "results", "import", str(results), "--json")[1])["passers"] == 1
    sample = called(capsys, "supervision", "sample", "economics", "2020", "--json")
    assert json.loads(sample[1]) == {"sample": 1, "seed": "economics-2020", "passers": 1, "drawn": 1}
    assert code in called(capsys, "supervision", "list", "1")[1]
    days = ("--begins", "2020-12-01", "--ends", "2020-12-10", "--now", "2020-11-30T09:00")
    assert called(capsys, "supervision", "publish", "economics", "2020", *days)[0] == 0
    assert "economics" in called(capsys, "supervision", "lists")[1]
    table, page = tmp_path / "list.csv", tmp_path / "list.html"
    for out in (table, page):
        assert called(capsys, "supervision", "export", "1", "--out", str(out))[0] == 0
        assert called(capsys, "supervision", "export", "1", "--out", str(out))[0] == 1
    assert table.read_bytes().startswith(b"\xef\xbb\xbf")
    head, line = csv.reader(io.StringIO(table.read_text("utf-8-sig")))
    assert (head[1], line[:2]) == ("姓名", ["1", "王*明"])
    shown = page.read_text("utf-8")
    assert 'lang="zh-CN"' in shown
    assert 'lang="en"' in shown
    assert 'scope="col"' in shown
    assert code not in shown
    assert "王0明" not in shown


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A,alchemy,x,y,2020,yes", ":2: exam is unknown"),
        ("A,economics,x,y,2020,yes", ":2: level is unknown"),
        ("A,economics,intermediate,y,2020,yes", ":2: subject is unknown"),
        ("A,economics,intermediate,basics,20,yes", ":2: the year"),
        ("A,economics,intermediate,basics,2020,maybe", ":2: write yes or no"),
        ("A,economics,intermediate,basics,2020,", ":2: passed is empty"),
    ],
)
def test_a_line_of_results_that_cannot_be_used_is_named(
    capsys: Capture, tmp_path: Path, line: str, said: str
) -> None:
    results = tmp_path / "results.csv"
    results.write_text(f"code,exam,level,subject,year,passed\n{line}\n", encoding="utf-8")
    code, _, problems = called(capsys, "results", "import", str(results))
    assert code == 1
    assert said in problems


@pytest.mark.req("13.7")
def test_a_statement_is_imported_from_the_command_line(capsys: Capture, tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begin(turn)
    statement = tmp_path / "statement.csv"
    statement.write_text("交易日期,金额,流水号,附言\n2020-07-03,61.00,T1,报名费\n", encoding="utf-8")
    found = json.loads(called(capsys, "payment", "import", str(statement), "--json")[1])
    assert (found["unknown-slip"], found["known"]) == (1, 0)
    assert json.loads(called(capsys, "payment", "items", "--json")[1]) == {"ok": True, "unknown-slip": 1}
    assert raw(database(tmp_path), "SELECT count(*) FROM bank_line") == [(1,)]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_taken_for_a_formula(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_the_figures_are_printed_as_a_table(capsys: Capture, tmp_path: Path) -> None:
    with store(tmp_path) as records, records.turn() as turn:
        begin(turn)
    code, out, _ = called(capsys, "overview", "--csv", "--now", NOW.strftime("%Y-%m-%dT%H:%M"))
    assert code == 0
    assert ["stage", "begun", "1"] in list(csv.reader(io.StringIO(out)))
