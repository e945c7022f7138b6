"""``chengnuo train`` on the command line."""

from __future__ import annotations

import json

import pytest

from assistant.cli import run


def test_the_personas_are_listed_by_id_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "--list", "--json", "--lang", "en"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    assert rows[0]["id"] == "first-time-clean"
    assert "Wang Xiaoming" in rows[0]["name"]
    assert len(rows) >= 16


def test_a_persona_that_is_not_there_and_a_pipe_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["train", "nobody"]) == 2
    assert "no persona nobody" in capsys.readouterr().err
    assert run(["train", "--notes"]) == 2
    assert "full screen" in capsys.readouterr().err
