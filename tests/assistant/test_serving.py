"""``chengnuo serve``: what it refuses to begin with, and what it says."""

from __future__ import annotations

import socket
import sys
from argparse import Namespace
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.serving import _gate, _handed_on, _hold, _say
from assistant.settings import Settings
from assistant.stopping import Stopped
from assistant.web.gate import Gate
from tests.factories import NOW


def _options(host: str = "127.0.0.1", token_file: Path | None = None) -> Namespace:
    return Namespace(host=host, name=["exam.example.cn"], token_file=token_file)


@pytest.mark.parametrize("wrong", [["--port", "99999"], ["--most", "0"], ["--starts", "-1"]])
def test_figures_out_of_range_are_refused_with_the_range(
    wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["serve", *wrong]) == 2
    assert f"{wrong[0]} is {wrong[1]}; write " in capsys.readouterr().err


def test_without_the_extra_it_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    assert run(["serve"]) == 2
    assert "pip install 'chengnuo[serve]'" in capsys.readouterr().err


def test_a_port_that_is_taken_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port)]) == 1
    assert f"nothing can listen at 127.0.0.1:{port}" in capsys.readouterr().err


def test_beyond_this_machine_a_token_is_made_and_stands_in_the_link(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert _gate(_options()).token == ""
    made = _gate(_options("0.0.0.0"))
    assert len(made.token) >= 32
    _say(made, 8000)
    assert f"http://exam.example.cn:8000/?token={made.token}" in capsys.readouterr().out
    _say(Gate("::1"), 8000)
    assert "http://[::1]:8000/ " in capsys.readouterr().out


def test_a_token_comes_from_the_first_line_of_a_file_and_is_long_enough(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("a-token-that-is-long\nmore\n", encoding="utf-8")
    assert _gate(_options(token_file=file)).token == "a-token-that-is-long"
    file.write_text("short\n", encoding="utf-8")
    with pytest.raises(Stopped, match="the token has 5 characters; write 16 or more"):
        _gate(_options(token_file=file))
    with pytest.raises(Stopped, match="cannot be read"):
        _gate(_options(token_file=tmp_path / "missing"))


def test_what_was_said_to_the_server_is_said_to_every_session() -> None:
    options = Namespace(edition="pilot", now=NOW)
    assert _handed_on(options) == ("--edition", "pilot", "--now", NOW.isoformat())


@pytest.mark.parametrize(("idle", "seconds"), [(None, 240.0), (30.0, 90.0), (0.0, 1800.0), (86400.0, 1800.0)])
def test_a_place_is_kept_as_long_as_a_terminal_waits(idle: float | None, seconds: float) -> None:
    assert _hold(Settings(idle_seconds=idle)) == seconds
