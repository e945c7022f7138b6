"""The plain face from hello to paid, in both languages, with the operator's commands in between."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from assistant import photo
from assistant.cli import run
from assistant.clock import SetClock
from assistant.conversation.wording import Wording
from assistant.plain import run_plain
from assistant.settings import from_environment
from assistant.starting import content_of, edition_of, opened

NUMBER = "11010519491231002X"
FIRST = datetime(2020, 7, 1, 9, 0)  # noqa: DTZ001 - the clock puts China time on it
SECOND = datetime(2020, 7, 2, 10, 0)  # noqa: DTZ001
THIRD = datetime(2020, 7, 3, 9, 0)  # noqa: DTZ001


class Typist(io.StringIO):
    """Types prepared lines, and reads verification codes off what was said before."""

    def __init__(self, lines: list[str], screen: io.StringIO) -> None:
        super().__init__()
        self._lines: Iterator[str] = iter(lines)
        self._screen = screen

    def readline(self, size: int | None = -1, /) -> str:
        line = next(self._lines, None)
        if line is None:
            return ""
        return f"{_solved(self._screen.getvalue()) if line == 'CODE' else line}\n"


def _solved(screen: str) -> str:
    asked = screen[-600:]
    if found := re.search(r"([A-Z0-9]) ([A-Z0-9]) ([A-Z0-9]) ([A-Z0-9])\b", asked):
        return "".join(found.groups())
    numbers = re.findall(r"(\d+) (?:plus|加) (\d+)", asked)
    return str(sum(int(each) for each in numbers[-1]))


def sit(language: str, now: datetime, *lines: str) -> str:
    """Sit down at the plain face, type the lines, leave; return everything that was said."""
    settings = from_environment()
    content, clock = content_of(settings), SetClock(now)
    screen = io.StringIO()
    with opened(settings, content, clock, edition_of(content, "pilot", clock)) as start:
        talk = start(language, "register")
        assert (
            run_plain(talk, lambda spoken: Wording(content, spoken), Typist(list(lines), screen), screen) == 0
        )
    return screen.getvalue()


@pytest.fixture
def portrait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))
    path = tmp_path / "portrait.jpg"
    photo.sample_photo(path)
    return path


PASSWORD = "Kaoyan-2020x"


@pytest.mark.req("1.1", "1.2", "1.4", "10.1", "10.3", "12.1", "13.1", "13.2", "13.4", "13.6", "13.7")
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_first_time_candidate_gets_from_hello_to_paid_line_by_line(
    language: str, portrait: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = sit(
        language,
        FIRST,
        *("1", "class-1-constructor", "jiangsu", "yes", "1", "1", "1", "1", "1", "1"),
        *("王小明", "1", NUMBER, "13800138000", "wang@example.com", PASSWORD, "CODE", "1"),
        *("bachelor", "full-time", "南京工业大学", "土木工程", "2005-07", "102911200505001234", "china"),
        *("no", "no", "1", PASSWORD, str(portrait), "yes"),
    )
    code = _found(r"([A-Z0-9]{4}-[A-Z0-9]{4})", first)
    pin = _found(r"\b([0-9]{6})\b", first)
    assert "2020" in first

    people = tmp_path / "people.csv"
    people.write_text(f"id_number,name\n{NUMBER},王小明\n", encoding="utf-8")
    assert run(["authority", "import", str(people)]) == 0

    sit(
        language,
        SECOND,
        *("/resume", code, pin, "yes", "yes", "nanjing", "nanjing-1", "all-subjects", "building", "8"),
        *("1 2 3 4", "CODE", "1", "王小明", PASSWORD, "1", f"/letter {tmp_path}"),
    )
    capsys.readouterr()
    assert run(["review", "list"]) == 0
    assert "14.5" in capsys.readouterr().out
    assert run(["review", "decide", code, "pass", "--reason", "原件已核对"]) == 0

    slip = _found(r"(P[A-Z0-9]{4}-[A-Z0-9]{4})", sit(language, SECOND, "/resume", code, pin))
    assert run(["payment", "record", slip, "--receipt", "R-1"]) == 0
    assert run(["payment", "record", slip, "--receipt", "R-2"]) == 1, "nobody pays twice"
    assert "R-1" in sit(language, THIRD, "/resume", code, pin)

    letter = next(tmp_path.glob("chengnuo-letter-*.txt"))
    assert run(["letter", "verify", str(letter)]) == 0
    assert run(["db", "verify"]) == 0


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found, text[-800:]
    return found[1]
