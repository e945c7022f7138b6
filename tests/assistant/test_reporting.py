"""Anybody reports a false promise by a command, and sees with the receipt number where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli
from assistant.records import open_records
from assistant.records.staff import OPERATOR
from assistant.settings import from_environment
from flows.casework.report import assigning, finding
from flows.roles import Role
from tests.factories import NOW

PASSWORD = "Kaoshi2020x"


@pytest.mark.req("15.3")
def test_a_report_gets_a_number_that_says_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))
    assert cli.run(["report", "2020年经济考试有人学历造假", "--json"]) == 0
    taken = json.loads(capsys.readouterr().out)
    assert taken["state"] == "received"
    assert cli.run(["report", "--number", taken["number"], "--lang", "zh"]) == 0
    assert "已受理" in capsys.readouterr().out
    # What stands before the command holds for it too.
    assert cli.run(["--lang", "en", "report", "--number", taken["number"]]) == 0
    assert "It stands at: received" in capsys.readouterr().out
    settings = from_environment()
    records = open_records(settings.database, settings.field_key)
    with records.turn() as turn:
        for login, role in (("boss", Role.ADMINISTRATOR), ("bo", Role.SUPERVISOR)):
            turn.add_staff(login, display="", password=PASSWORD, roles=(role,), by=OPERATOR, now=NOW)
        bo = turn.staff_member("bo").staff
        turn.work_report(taken["number"], "assign", by=bo, now=NOW, args=assigning("bo"))
        turn.work_report(taken["number"], "check", by=bo, now=NOW)
        args = finding("学籍可查", reply="经查，学历真实")
        turn.work_report(taken["number"], "unfounded", by=bo, now=NOW, args=args)
    records.close()
    assert cli.run(["report", "--number", taken["number"], "--lang", "zh"]) == 0
    told = capsys.readouterr().out
    assert "答复：经查，学历真实" in told
    assert "学籍可查" not in told
    assert cli.run(["report", "--number", "R-NONE", "--lang", "zh"]) == 1
    assert "请核对受理编号" in capsys.readouterr().err
    assert cli.run(["report"]) == 2
