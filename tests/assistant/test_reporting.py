"""Anybody reports a false promise by a command, and sees with the receipt number where it stands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant import cli


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
    assert cli.run(["report", "--number", "R-NONE", "--lang", "zh"]) == 1
    assert "请核对受理编号" in capsys.readouterr().err
    assert cli.run(["report"]) == 2
