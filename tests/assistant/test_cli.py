"""The commands: exit codes, the objects that ``--json`` prints, and one sentence for whatever is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assistant import photo
from assistant.cli import run
from content.loader import scenarios
from flows.rules.fields import FIELDS
from flows.text import hidden
from tests.factories import content

ROOT = Path(__file__).parents[2]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))


def called(capsys: Capture, *arguments: str) -> tuple[int, str, str]:
    code = run(arguments)
    out, problems = capsys.readouterr()
    assert "Traceback" not in out + problems
    assert "A fault in" not in problems
    return code, out, problems


def judged(capsys: Capture, field: str, value: str, *more: str) -> tuple[int, dict[str, Any]]:
    code, out, problems = called(capsys, "check", "--json", "--lang", "en", *more, "--", field, value)
    assert problems == ""
    return code, json.loads(out)


# Usage ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["\udcff\x1b[31m"],
        ["check"],
        ["check", "shoe-size", "44"],
        ["check", "name", "王小明", "--lang", "fr"],
        ["--now", "yesterday"],
        ["--edition", "1984"],
        ["ask"],
        ["play"],
        ["photo", "admire", "x.jpg"],
        ["photo", "check"],
        ["letter", "verify"],
        ["content"],
        ["content", "list"],
        ["content", "list", "moons"],
        ["db"],
        ["db", "backup"],
        ["db", "purge", "soon"],
        ["db", "purge", "²"],
        ["db", "purge", "0"],
        ["db", "purge", "999999999999"],
        ["db", "verify", "the end"],
        ["authority", "import"],
        ["review", "decide"],
        ["review", "decide", "AAAA-AAAA"],
        ["review", "decide", "AAAA-AAAA", "pass"],
        ["review", "decide", "AAAA-AAAA", "perhaps", "--reason", "x"],
        ["payment", "record", "P1"],
        ["payment", "record", " ", "--receipt", "R1"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_code_2_and_makes_no_store(
    capsys: Capture, tmp_path: Path, arguments: list[str]
) -> None:
    code, out, problems = called(capsys, *arguments)
    assert (code, out, problems.count("\n")) == (2, "", 1)
    assert problems.startswith("chengnuo")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["db", "--help"], ["review", "--help"]]
)
def test_help_is_exit_code_0(capsys: Capture, arguments: list[str]) -> None:
    code, out, problems = called(capsys, *arguments)
    assert (code, problems) == (0, "")
    assert "usage: chengnuo" in out


def test_a_fault_of_the_program_is_one_line_without_what_was_typed(
    capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("王小明 320102198506123411")

    monkeypatch.setattr("flows.rules.fields.check_field", broken)
    assert run(["check", "name", "王小明"]) == 1
    out, problems = capsys.readouterr()
    assert (out, problems.count("\n")) == ("", 1)
    assert "RuntimeError at test_cli.py:" in problems
    assert "王小明" not in problems
    assert "320102" not in problems


# check ---------------------------------------------------------------------------------------------

GOOD = {
    "name": "王小明",
    "id_number": "320102198506123411",
    "mobile": "13800001001",
    "email": "candidate1@example.com",
    "password": "Chengnuo2020",
    "education_certificate": "102911200505001234",
    "degree_certificate": "1029142009001234",
}
FOLDED = {
    "id_number": "３２０１０２１９８５０６１２３４１１",
    "mobile": "１３８００００１００１",
    "email": "ｃandidate1＠example.com",
    "education_certificate": "１０２９１１２００５０５００１２３４",
    "degree_certificate": "１０２９１４２００９００１２３４",
}
HOSTILE = {
    "empty": "",
    "spaces": "   ",
    "ten thousand characters": "1" * 10_000,
    "several lines": "王小明\n李雷\n韩梅梅",
    "half a surrogate": "\udcff",
    "half a surrogate within": "1380000\ud8001001",
    "markup": "[/x]",
    "a live link": "[@click=app.quit]王小明[/]",
    "SQL": "'; DROP TABLE account; --",
    "an escape sequence": "\x1b]0;owned\x07王小明",
    "turned round": "\u202e王小明",
    "emoji": "王小明😀",
    "NUL": "王\x00小明",
    "a format": "{x.__class__} %s $HOME ~",
    "an option": "--help",
}
REFUSED = {"empty", "spaces", "ten thousand characters", "half a surrogate", "SQL", "emoji"}


def test_the_object_of_check_has_the_contracts_keys_for_every_field(capsys: Capture) -> None:
    assert sorted(GOOD) == sorted(FIELDS)
    for field, value in GOOD.items():
        code, found = judged(capsys, field, value)
        assert list(found) == ["field", "value", "ok", "normalised", "problems", "warnings"]
        assert (code, found["field"], found["value"], found["ok"]) == (0, field, value, True)
        assert (found["normalised"], found["problems"]) == (value, [])


@pytest.mark.req("11.5")
def test_full_width_characters_are_folded_with_a_note_except_in_a_password(capsys: Capture) -> None:
    for field, value in FOLDED.items():
        code, found = judged(capsys, field, value)
        assert (code, found["normalised"]) == (0, GOOD[field]), field
        assert [each["code"] for each in found["warnings"]] == ["entry-full-width-folded"]
    assert judged(capsys, "password", "Ｃhengnuo2020")[1]["normalised"] != "Chengnuo2020"


@pytest.mark.req("11.3", "11.4", "11.5")
@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_input_gets_sentences_of_its_own_or_is_taken_as_it_is(
    capsys: Capture, field: str, hostile: str
) -> None:
    value = HOSTILE[hostile]
    code, found = judged(capsys, field, value)
    assert code == (0 if found["ok"] else 1)
    assert found["ok"] == (found["problems"] == []) == (found["normalised"] is not None)
    for problem in found["problems"]:
        assert problem["message"] == problem["message"].strip() != ""
        assert "\x1b" not in problem["message"]
        assert len(problem["message"]) < 400
    if hostile in REFUSED:
        assert not found["ok"]
    # A certificate of another country may hold any sign that can be seen; nothing unseen is ever kept.
    assert found["normalised"] is None or not hidden(found["normalised"])


@pytest.mark.parametrize("field", FIELDS)
def test_check_says_the_same_in_both_languages_and_without_json(capsys: Capture, field: str) -> None:
    for language in ("en", "zh"):
        code, out, _ = called(capsys, "check", field, "", "--lang", language)
        assert code == 1
        lines = out.splitlines()
        assert lines[0] == "-"
        assert any("\u4e00" <= sign <= "\u9fff" for sign in lines[1]) == (language == "zh")


@pytest.mark.req("11.5")
def test_the_date_of_check_is_the_one_of_now(capsys: Capture) -> None:
    young = "11010520100101002X"
    first = judged(capsys, "id_number", young, "--now", "2020-07-01T09:00")[1]
    later = judged(capsys, "id_number", young, "--now", "2040-07-01T09:00")[1]
    assert [each["code"] for each in first["problems"]] != [each["code"] for each in later["problems"]]


def test_bytes_that_are_no_text_come_through_a_real_command_line() -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "assistant", "check", "name", b"\xff\xfe\xc0", "--json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (1, b"")
    found = json.loads(ended.stdout.decode("utf-8"))
    assert [each["code"] for each in found["problems"]] == ["name-broken-character"]


# play ----------------------------------------------------------------------------------------------


def test_the_object_of_play_has_the_contracts_keys(capsys: Capture) -> None:
    code, out, problems = called(capsys, "play", "first-time-clean", "--json")
    assert (code, problems, out.count("\n")) == (0, "", 1)
    found = json.loads(out)
    assert list(found) == [
        "title", "ok", "outcome", "path", "turns", "manual_groups", "letter", "unasked", "failures",
    ]  # fmt: skip
    assert (found["ok"], found["outcome"], found["unasked"], found["failures"]) == (True, "paid", [], [])
    assert found["letter"]["status"] == "sealed"
    assert len(found["letter"]["sha256"]) == 64


def test_an_expectation_that_is_not_met_is_named_and_exit_code_1(capsys: Capture, tmp_path: Path) -> None:
    text = scenarios()["first-time-clean"].read_text(encoding="utf-8")
    changed = tmp_path / "changed.yaml"
    changed.write_text(text.replace("outcome: paid", "outcome: waiting"), encoding="utf-8")
    code, out, problems = called(capsys, "play", str(changed))
    assert (code, problems) == (1, "")
    assert "outcome is paid, not waiting" in out


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("title: x\ncandidate: 5\n", "odd.yaml:2: candidate:"),
        ("candidate: {}\n", "title:"),
        ("title: x\ncandidate: {}\nlanguage: fr\n", "odd.yaml:3: language:"),
        ("title: x\ncandidate: {}\nnow: tomorrow\n", "odd.yaml:3: now:"),
        ("title: x\ncandidate: {}\ncolour: red\n", "odd.yaml:3: colour:"),
        ("title: x\ncandidate:\n  education: bachelor\n", "odd.yaml:3: candidate.education:"),
        ("title: x\ncandidate:\n  degrees: [1]\n", "odd.yaml:3: candidate.degrees[0]:"),
        (
            "title: x\ncandidate:\n  earlier_passes:\n  - subject: law\n    year: soon\n",
            "odd.yaml:5: candidate.earlier_passes[0].year:",
        ),
        ("title: x\ncandidate:\n  id_number: [1, 2]\n", "odd.yaml:3: candidate.id_number:"),
        ("title: [unclosed\n", "odd.yaml:"),
        ("title: x\ntitle: y\ncandidate: {}\n", "odd.yaml:2:"),
        ("\x00", "odd.yaml:1:"),
        ("", "odd.yaml"),
        ("- a list\n", "odd.yaml"),
    ],
)
def test_a_scenario_of_the_wrong_form_is_refused_with_file_line_and_key(
    capsys: Capture, tmp_path: Path, text: str, place: str
) -> None:
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    code, out, problems = called(capsys, "play", str(tmp_path / "odd.yaml"))
    assert (code, out, problems.count("\n")) == (1, "", 1)
    assert "The scenario cannot be used." in problems
    assert place in problems


@pytest.mark.parametrize("name", ["nowhere.yaml", ".", "nul\x00.yaml", "\udcff.yaml", "x" * 300])
def test_a_scenario_that_cannot_be_read_is_one_sentence(capsys: Capture, tmp_path: Path, name: str) -> None:
    code, out, problems = called(capsys, "play", str(tmp_path / name))
    assert (code, out, problems.count("\n")) == (1, "", 1)


def test_a_scenario_in_another_encoding_is_refused_with_its_line(capsys: Capture, tmp_path: Path) -> None:
    (tmp_path / "gbk.yaml").write_bytes("title: x\nstory: 王小明\n".encode("gb18030"))
    code, _, problems = called(capsys, "play", str(tmp_path / "gbk.yaml"))
    assert code == 1
    assert "gbk.yaml:2: it is not UTF-8" in problems


# photo and letter ----------------------------------------------------------------------------------


@pytest.mark.req("12.3")
def test_the_object_of_photo_check_has_the_contracts_keys(capsys: Capture, tmp_path: Path) -> None:
    photo.sample_photo(tmp_path / "good.jpg")
    code, out, _ = called(capsys, "photo", "check", str(tmp_path / "good.jpg"), "--json")
    found = json.loads(out)
    assert code == 0
    assert list(found) == ["ok", "checks", "width", "height", "bytes", "out"]
    assert (found["ok"], found["width"], found["height"], found["out"]) == (True, 295, 413, None)
    for each in found["checks"]:
        assert list(each) == ["name", "ok", "measured", "required", "message"]


@pytest.mark.req("12.2")
def test_photo_process_writes_a_photo_that_photo_check_takes(capsys: Capture, tmp_path: Path) -> None:
    from PIL import Image

    large = tmp_path / "large.png"
    photo.sample_photo(tmp_path / "good.jpg")
    with Image.open(tmp_path / "good.jpg") as small:
        small.resize((1180, 1652)).save(large)
    assert called(capsys, "photo", "check", str(large), "--json")[0] == 1
    out = tmp_path / "made.jpg"
    code, said, _ = called(capsys, "photo", "process", str(large), "--out", str(out), "--json")
    assert (code, json.loads(said)["out"]) == (0, str(out))
    assert called(capsys, "photo", "check", str(out))[0] == 0


@pytest.mark.parametrize("act", ["check", "process"])
@pytest.mark.parametrize("name", ["nowhere.jpg", ".", "odd.jpg", "nul\x00.jpg", "\udcff.jpg"])
def test_a_file_that_is_no_photo_is_said_and_nothing_is_written(
    capsys: Capture, tmp_path: Path, act: str, name: str
) -> None:
    (tmp_path / "odd.jpg").write_text("not a picture")
    code, out, problems = called(capsys, "photo", act, str(tmp_path / name), "--json")
    assert code == 1
    if out:
        found = json.loads(out)
        assert (found["ok"], found["out"]) == (False, None)
        assert any(each["message"] for each in found["checks"])
    else:
        assert problems.count("\n") == 1
    assert [each.name for each in tmp_path.iterdir()] == ["odd.jpg"]


@pytest.mark.parametrize("name", ["nowhere.txt", ".", "odd.txt", "empty.txt", "nul\x00"])
def test_a_file_that_is_no_letter_is_refused_in_one_sentence(
    capsys: Capture, tmp_path: Path, name: str
) -> None:
    (tmp_path / "odd.txt").write_text("Dear examination office")
    (tmp_path / "empty.txt").touch()
    code, out, problems = called(capsys, "letter", "verify", str(tmp_path / name), "--lang", "en")
    assert code == 1
    assert (out + problems).count("\n") == 1


# content -------------------------------------------------------------------------------------------


def test_content_check_counts_what_it_has_proven(capsys: Capture) -> None:
    code, out, _ = called(capsys, "content", "check", "--json")
    found = json.loads(out)
    assert (code, found["ok"], found["version"]) == (0, True, content().version)
    assert (found["items"], found["exams"], found["provinces"]) == (18, 13, 31)
    assert found["scenarios"] == len(scenarios())


@pytest.mark.parametrize(
    ("what", "ids"),
    [
        ("exams", lambda: list(content().exams)),
        ("places", lambda: list(content().provinces)),
        ("scenarios", lambda: list(scenarios())),
    ],
)
def test_content_list_prints_an_object_a_line_with_ids_and_names(
    capsys: Capture, what: str, ids: Any
) -> None:
    for language in ("en", "zh"):
        code, out, _ = called(capsys, "content", "list", what, "--json", "--lang", language)
        rows = [json.loads(line) for line in out.splitlines()]
        assert (code, [row["id"] for row in rows]) == (0, ids())
        assert all(row["name"] for row in rows)
    code, out, _ = called(capsys, "content", "list", what)
    assert code == 0
    assert all(id in out for id in ids())


@pytest.mark.parametrize("variable", ["CHENGNUO_OFFICES", "CHENGNUO_CALENDAR"])
def test_an_operators_file_that_is_wrong_is_named_with_its_line(
    capsys: Capture, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    (tmp_path / "mine.yaml").write_text("colour: red\n")
    monkeypatch.setenv(variable, str(tmp_path / "mine.yaml"))
    code, out, problems = called(capsys, "content", "check")
    assert (code, out, problems.count("\n")) == (1, "", 1)
    assert "mine.yaml" in problems


def test_output_that_nobody_reads_to_its_end_is_no_fault() -> None:
    command = f"{sys.executable} -m assistant content list places | head -1; exit ${{PIPESTATUS[0]}}"
    ended = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("\n") == 1
