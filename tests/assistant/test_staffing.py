"""The command for staff accounts."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from assistant import cli
from tests.assistant.records.stores import database, key, trail

Capture = pytest.CaptureFixture[str]
PASSWORD = "Kaoshi2020x"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHENGNUO_DATA", str(database(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_KEYS", str(key(tmp_path).parent))
    monkeypatch.setenv("CHENGNUO_LANGUAGE", "en")


def called(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = ""
) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    code = cli.run(["staff", *arguments])
    return (code, *capsys.readouterr())


def test_accounts_are_made_changed_and_listed_and_all_of_it_is_on_the_trail(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, out, _ = called(capsys, monkeypatch, "list")
    assert (code, "staff add" in out) == (0, True)
    for name, role in (("boss", "administrator"), ("chen", "verifier")):
        made = ("add", name, "--role", role, "--password-stdin")
        assert called(capsys, monkeypatch, *made, typed=f"{PASSWORD}\n")[0] == 0
    assert called(capsys, monkeypatch, "roles", "chen", "--role", "cashier", "--role", "verifier")[0] == 0
    assert called(capsys, monkeypatch, "disable", "chen")[0] == 0
    assert called(capsys, monkeypatch, "enable", "chen")[0] == 0
    code, out, _ = called(capsys, monkeypatch, "list", "--json")
    assert [(each["name"], each["roles"]) for each in json.loads(out)["staff"]] == [
        ("boss", ["administrator"]),
        ("chen", ["cashier", "verifier"]),
    ]
    acts = ["add-staff", "add-staff", "set-staff-roles", "disable-staff", "enable-staff"]
    assert [each[0] for each in trail(tmp_path, "action")] == acts
    assert {each[0] for each in trail(tmp_path, "actor")} == {"system"}
    assert PASSWORD.encode() not in database(tmp_path).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "typed", "code", "said"),
    [
        (("add", "boss"), "", 2, "--role"),
        (("disable",), "", 2, "login name"),
        (("add", "boss", "--role", "administrator"), "", 2, "--password-stdin"),
        (("add", "boss", "--role", "administrator", "--password-stdin"), "weak\n", 1, "capital"),
        (("disable", "nobody"), "", 1, "nobody"),
        (("add", "boss", "--role", "candidate"), "", 2, "candidate"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_that_says_how_to_mend_it(
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    typed: str,
    code: int,
    said: str,
) -> None:
    found, _, problem = called(capsys, monkeypatch, *arguments, typed=typed)
    assert found == code
    assert said in problem
    assert "Traceback" not in problem


def test_the_desk_needs_a_terminal(capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert cli.run(["desk"]) == 2
    assert "terminal" in capsys.readouterr().err
