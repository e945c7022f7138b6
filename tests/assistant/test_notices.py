"""``content import`` and ``content diff``: packs, exit codes, objects, and refusals with the place."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from assistant.cli import run
from content.loader import notice_in
from tests.factories import content

SOURCE = Path(__file__).parents[1] / "content" / "notices" / "pilot-garbled.txt"
Capture = pytest.CaptureFixture[str]

ENGLISH = "1. What is it?\nA: It is a paper.\n\n2. Who signs it?\nA: The applicant signs it.\n"
CHINESE = "1、这是什么？\n答：这是承诺书。\n\n2、由谁签署？\n答：由报考人员本人签署。\n"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("CHENGNUO_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("CHENGNUO_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CHENGNUO_KEYS", str(tmp_path / "keys"))
    # Each command loads the content anew; here it is always the same.
    monkeypatch.setattr("assistant.cli.content_of", lambda _: content())
    monkeypatch.setattr("assistant.cli.load", content)


def called(capsys: Capture, *arguments: str | Path) -> tuple[int, str, str]:
    code = run(["content", *map(str, arguments)])
    out, problems = capsys.readouterr()
    assert "Traceback" not in out + problems
    assert "A fault in" not in problems
    return code, out, problems


def found(capsys: Capture, *arguments: str | Path) -> tuple[int, dict[str, Any]]:
    code, out, problems = called(capsys, *arguments, "--json")
    assert problems == ""
    return code, json.loads(out)


def made(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_notice_as_it_was_given_becomes_a_pack_of_18_items(capsys: Capture, tmp_path: Path) -> None:
    code, told = found(capsys, "import", SOURCE, "--out", tmp_path / "pack", "--lang", "en")
    assert (code, told["ok"]) == (0, True)
    [wrote] = told["written"]
    assert (wrote["language"], wrote["items"], wrote["encoding"]) == ("en", 18, "utf-8")
    items = notice_in((tmp_path / "pack" / "notice.en.md").read_text(encoding="utf-8"), "notice.en.md")
    assert [item.number for item in items] == list(range(1, 19))
    assert {(each["line"], each["place"]) for each in told["findings"]} == {
        *((1, ""), (49, "11"), (67, "12.2"), (99, "13.6"), (121, "15"), (127, "15.3"), (135, "16.2")),
    }
    assert any("165438+" in each["message"] for each in told["findings"])


def test_findings_are_listed_in_both_languages_with_file_line_and_place(
    capsys: Capture, tmp_path: Path
) -> None:
    for language in ("en", "zh"):
        code, out, problems = called(
            capsys, "import", SOURCE, "--out", tmp_path / language, "--lang", language
        )
        assert (code, problems) == (0, "")
        assert f"{SOURCE}:49: [11] " in out
    assert "问题的位置上是“165438+”" in out
    code, _, _ = called(capsys, "import", SOURCE, "--out", tmp_path / "strict", "--strict")
    assert code == 1


def test_a_pack_is_made_beside_the_file_and_never_over_another(capsys: Capture, tmp_path: Path) -> None:
    file = made(tmp_path / "faq.txt", ENGLISH)
    assert called(capsys, "import", file, "--strict")[0] == 0
    pack = tmp_path / "faq-pack" / "notice.en.md"
    pack.write_text("mended by hand")
    code, out, problems = called(capsys, "import", file, "--lang", "en")
    assert (code, out, problems.count("\n")) == (1, "", 1)
    assert "notice.en.md" in problems
    assert pack.read_text() == "mended by hand"


def test_two_languages_make_one_pack_and_both_have_the_same_items(capsys: Capture, tmp_path: Path) -> None:
    english, chinese = made(tmp_path / "en.txt", ENGLISH), made(tmp_path / "zh.txt", CHINESE)
    code, told = found(capsys, "import", chinese, english, "--out", tmp_path / "pack")
    assert (code, told["findings"]) == (0, [])
    assert {each.name for each in (tmp_path / "pack").iterdir()} == {"notice.en.md", "notice.zh.md"}

    made(chinese, CHINESE + "3、何时缴费？\n答：报名确认之后。\n")
    code, told = found(capsys, "import", english, chinese, "--out", tmp_path / "other")
    assert (code, told["ok"], told["written"]) == (1, False, [])
    assert [(each["code"], each["line"], each["place"]) for each in told["findings"]] == [
        ("notice-not-translated", 6, "3")
    ]
    assert "en.txt" in told["findings"][0]["message"]
    assert not (tmp_path / "other").exists()

    made(chinese, CHINESE.replace("这是承诺书。", "（1）这是。\n（2）承诺书。"))
    code, told = found(capsys, "import", english, chinese, "--out", tmp_path / "third")
    assert (code, [each["code"] for each in told["findings"]]) == (0, ["notice-paragraphs-differ"])
    code, told = found(capsys, "import", english, made(tmp_path / "b.txt", ENGLISH), "--out", tmp_path / "x")
    assert (code, [each["code"] for each in told["findings"]]) == (1, ["notice-one-language"])


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"Nothing is asked here.\n", "bad.txt:1:"),
        (ENGLISH.replace("2.", "1.").encode(), "bad.txt:4: [1]"),
        (b"1. a b?\nA: b\x00\x01c", "bad.txt"),
        (b"%PDF-1.4\n1. a b?\nA: b.", "bad.txt"),
        (b"", "bad.txt"),
        (50 << 20, "52428800"),
        (None, "bad.txt"),
    ],
)
def test_what_no_pack_can_be_made_of_is_refused_with_the_place(
    capsys: Capture, tmp_path: Path, data: bytes | int | None, place: str
) -> None:
    file = tmp_path / "bad.txt"
    if isinstance(data, bytes):
        file.write_bytes(data)
    elif data:
        file.touch()
        os.truncate(file, data)
    for language in ("en", "zh"):
        code, out, problems = called(capsys, "import", file, "--lang", language)
        assert (code, out) == (1, "")
        assert place in problems
    assert not (tmp_path / "bad-pack").exists()
    code, out, problems = called(capsys, "diff", file, file)
    assert (code, out, problems.count("\n")) == (1, "", 1)


def test_a_folder_a_pack_and_a_name_with_nul_are_no_notice_to_import(capsys: Capture, tmp_path: Path) -> None:
    assert called(capsys, "import", made(tmp_path / "faq.txt", ENGLISH))[0] == 0
    for name in (tmp_path, tmp_path / "faq-pack" / "notice.en.md", "a\0b", "."):
        code, out, problems = called(capsys, "import", name)
        assert (code, out) == (1, "")
        assert problems


def test_diff_tells_what_changed_between_packs_files_and_both(capsys: Capture, tmp_path: Path) -> None:
    old = made(tmp_path / "old.txt", ENGLISH)
    new = made(tmp_path / "new.txt", ENGLISH.replace("a paper", "a sealed letter") + "\n3. When?\nA: Now.\n")
    called(capsys, "import", old)
    pack = tmp_path / "old-pack"
    for before in (old, pack, pack / "notice.en.md"):
        code, told = found(capsys, "diff", before, new)
        assert (code, told["same"], told["languages"]) == (0, False, ["en"])
        assert [(each["kind"], each["old"], each["new"]) for each in told["changes"]] == [
            ("changed", "1.1", "1.1"),
            ("added", "", "3"),
            ("added", "", "3.1"),
        ]
        assert told["changes"][0]["swaps"] == [{"old": "paper", "new": "sealed letter"}]
    code, out, _ = called(capsys, "diff", pack, new, "--lang", "zh")
    assert code == 0
    assert "“paper”改为“sealed letter”" in out
    assert found(capsys, "diff", pack, old)[1]["same"] is True


def test_diff_refuses_what_cannot_be_compared(capsys: Capture, tmp_path: Path) -> None:
    english, chinese = made(tmp_path / "en.txt", ENGLISH), made(tmp_path / "zh.txt", CHINESE)
    (tmp_path / "empty").mkdir()
    gap = made(tmp_path / "gap.md", "## 1. It?\n\n[1.1] One.\n\n## 3. So?\n\n[3.1] Two.\n")
    for one, other, said in (
        (english, chinese, "zh.txt"),
        (english, tmp_path / "empty", "notice.en.md"),
        (english, gap, "gap.en.md:5: item 3"),
    ):
        code, out, problems = called(capsys, "diff", one, other, "--lang", "en")
        assert (code, out, problems.count("\n")) == (1, "", 1)
        assert said in problems


@pytest.mark.parametrize(
    "arguments",
    [["import"], ["import", "a", "b", "c"], ["diff"], ["diff", "a"], ["diff", "a", "b", "c"], ["check", "x"]],
)
def test_too_few_or_too_many_files_are_wrong_usage(capsys: Capture, arguments: list[str]) -> None:
    code, out, problems = called(capsys, *arguments)
    assert (code, out, problems.count("\n")) == (2, "", 1)
    assert problems.startswith("chengnuo")


def test_options_stand_before_or_after_the_act_and_the_file(capsys: Capture, tmp_path: Path) -> None:
    file, out = made(tmp_path / "en.txt", ENGLISH), tmp_path / "pack"
    for at, said in enumerate(
        (["--json", "import", file], ["import", "--json", file], ["import", file, "--json"])
    ):
        code, told, _ = called(capsys, *said, "--out", tmp_path / str(at))
        assert (code, json.loads(told)["out"]) == (0, str(tmp_path / str(at)))
    assert called(capsys, "import", "--out", out, file)[0] == 0
    for said in (["--json", "diff", out, file], ["diff", out, "--json", file]):
        assert json.loads(called(capsys, *said)[1])["same"] is True


@pytest.mark.parametrize("act", [[], ["import"], ["diff"]])
def test_help_shows_examples_of_both(capsys: Capture, act: list[str]) -> None:
    code, out, _ = called(capsys, *act, "--help")
    assert code == 0
    assert "chengnuo content import notice.txt" in out
    assert "chengnuo content diff" in out
