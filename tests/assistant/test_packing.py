"""``content index`` and ``ask --pack``: exit codes, objects, and refusals that say how to mend."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from assistant.cli import run
from tests.factories import content

Capture = pytest.CaptureFixture[str]

ENGLISH = """## 1. Who signs the letter?

[1.1] The applicant signs it.

## 2. When is the fee paid?

[2.1] In June.
"""


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))
    # Each command loads the content anew; here it is always the same.
    monkeypatch.setattr("assistant.cli.content_of", lambda _: content())
    monkeypatch.setattr("assistant.cli.load", content)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    folder = tmp_path / "pack"
    folder.mkdir()
    (folder / "notice.en.md").write_text(ENGLISH, encoding="utf-8")
    return folder


def called(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    code = run([*map(str, arguments)])
    out, problems = capsys.readouterr()
    assert "Traceback" not in out + problems
    assert "A fault in" not in problems
    return code, out, problems


def test_an_indexed_pack_answers_with_its_paragraph_and_says_what_it_does_not_answer(
    capsys: Capture, pack: Path
) -> None:
    code, out, _ = called(capsys, "content", "index", pack, "--json")
    assert (code, json.loads(out)["languages"]) == (
        0,
        [{"language": "en", "items": 2, "paragraphs": 2, "sure": False}],
    )
    code, out, _ = called(capsys, "ask", "--pack", pack, "Who signs the letter?", "--json")
    found = json.loads(out)
    assert (code, found["status"], found["answer"]) == (0, "answered", "The applicant signs it.")
    assert found["citations"] == [{"faq": 1, "paragraph": "1.1", "text": "The applicant signs it."}]
    code, out, _ = called(capsys, "ask", "--pack", pack, "when pay fee")
    assert code == 3
    assert "When is the fee paid?" in out
    assert called(capsys, "ask", "--pack", pack, "weather in Paris")[0] == 3
    code, out, _ = called(capsys, "ask", "--pack", pack, "什么时候缴费？")
    assert (code, out.strip()) == (3, content().words["zh"]["pack.other-language"])


def test_a_batch_prints_an_object_a_line(
    capsys: Capture, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    called(capsys, "content", "index", pack)
    monkeypatch.setattr("sys.stdin", io.StringIO("Who signs the letter?\n\n谁\n"))
    code, out, _ = called(capsys, "ask", "--pack", pack, "--batch", "-")
    assert code == 0
    assert [json.loads(line)["status"] for line in out.splitlines()] == [
        "answered",
        "unanswered",
        "unanswered",
    ]


def test_a_pack_that_is_not_indexed_or_was_changed_since_is_refused_with_the_mend(
    capsys: Capture, pack: Path
) -> None:
    asked = ("ask", "--pack", pack, "Who signs the letter?", "--lang", "en")
    code, out, problems = called(capsys, *asked)
    assert (code, out, problems.count("\n")) == (1, "", 1)
    assert "content index" in problems

    assert called(capsys, "content", "index", pack)[0] == 0
    assert called(capsys, *asked)[0] == 0
    (pack / "notice.en.md").write_text(ENGLISH.replace("June", "July"), encoding="utf-8")
    code, out, problems = called(capsys, *asked)
    assert (code, out) == (1, "")
    assert "changed" in problems
    assert called(capsys, "content", "index", pack)[0] == 0
    assert called(capsys, *asked)[0] == 0

    (pack / "notice.index").write_bytes(b"broken" * 1000)
    assert called(capsys, *asked)[:2] == (1, "")


@pytest.mark.parametrize("text", ["", "nothing here\n", "## 2. Two?\n\n[2.1] x\n", "## 1. One?\n"])
def test_a_pack_without_items_or_with_a_gap_is_refused_and_nothing_is_written(
    capsys: Capture, pack: Path, text: str
) -> None:
    (pack / "notice.en.md").write_text(text, encoding="utf-8")
    code, out, problems = called(capsys, "content", "index", pack)
    assert (code, out) == (1, "")
    assert "notice.en.md" in problems
    assert [each.name for each in pack.iterdir()] == ["notice.en.md"]


def test_a_folder_that_is_no_pack_is_refused(capsys: Capture, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none", "\x00"):
        assert called(capsys, "content", "index", folder)[0] == 1
        assert called(capsys, "ask", "--pack", folder, "who?")[0] == 1
