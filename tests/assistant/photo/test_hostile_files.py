"""No file whatsoever stops the product: each gets its own sentence within ten seconds."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.photo import accepted, check_photo, judge_bytes, judging, process_bytes, process_photo
from content.loader import read
from content.schema import Bilingual

from . import pictures

CONTENT = Path(__file__).parents[3] / "content" / "words"


@pytest.fixture(autouse=True)
def _within_ten_seconds() -> object:
    begun = time.monotonic()
    yield
    # Some of these ask twice: once to check, once to process.
    assert time.monotonic() - begun < 20


def _socket(path: Path) -> None:
    socket.socket(socket.AF_UNIX).bind(str(path))


def _loop(path: Path) -> None:
    path.symlink_to(path)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1 << 40)


PLACES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "file-missing"),
    "empty": (lambda path: path.touch(), "file-empty"),
    "folder": (lambda path: path.mkdir(), "file-folder"),
    "pipe": (os.mkfifo, "file-not-ordinary"),
    "socket": (_socket, "file-not-ordinary"),
    "loop": (_loop, "file-link"),
    "link": (lambda path: path.symlink_to(__file__), "file-link"),
    "dangling": (lambda path: path.symlink_to("/nowhere"), "file-link"),
    "terabyte": (_huge, "file-too-large"),
    "over": (lambda path: path.write_bytes(b"\xff" * (10 * 1024 * 1024 + 1)), "file-too-large"),
    "text": (lambda path: path.write_text("a photo"), "photo-not-a-picture"),
    "two bytes": (lambda path: path.write_bytes(b"\xff\xd8"), "photo-not-a-picture"),
    "start": (lambda path: path.write_bytes(b"\xff\xd8\xff\xe0"), "photo-damaged"),
}


@pytest.mark.req("P.1")
@pytest.mark.parametrize("case", PLACES)
def test_a_place_that_holds_no_photo_is_named(case: str, tmp_path: Path) -> None:
    make, code = PLACES[case]
    path = tmp_path / "photo.jpg"
    make(path)
    words = read(CONTENT / "files.yaml", dict[str, Bilingual]) | read(
        CONTENT / "photo.yaml", dict[str, Bilingual]
    )
    for report in (check_photo(path), process_photo(path, tmp_path / "out.jpg")):
        assert not accepted(report)
        assert [problem.code for problem in report.problems] == [code]
        text = words[f"problem.{code}"]
        assert text.en.format(**report.problems[0].args)
    assert not (tmp_path / "out.jpg").exists()


def test_devices_and_names_that_cannot_be_are_refused_at_once() -> None:
    for name, code in {
        "/dev/zero": "file-not-ordinary",
        "/dev/null": "file-not-ordinary",
        "/proc/self/environ\0": "file-name",
        "/" + "x" * 5000: "file-name",
        "photo\0.jpg": "file-name",
    }.items():
        assert [problem.code for problem in check_photo(Path(name)).problems] == [code], name


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut at 200": (lambda: pictures.jpeg(pictures.portrait())[:200], "photo-damaged"),
    "cut in half": (lambda: pictures.jpeg(pictures.portrait())[:7000], "photo-damaged"),
    "lying header": (
        lambda: pictures.resized_in_header(pictures.jpeg(pictures.portrait()), 8000, 8000),
        "photo-damaged",
    ),
    "no width": (
        lambda: pictures.resized_in_header(pictures.jpeg(pictures.portrait()), 0, 413),
        "photo-damaged",
    ),
}


@pytest.mark.req("P.1")
@pytest.mark.parametrize("case", HOSTILE)
def test_a_damaged_photo_is_said_to_be_damaged(case: str) -> None:
    make, code = HOSTILE[case]
    data = make()
    assert [problem.code for problem in judge_bytes(data).problems] == [code]
    assert [problem.code for problem in process_bytes(data)[0].problems] == [code]


def test_a_photo_cut_in_its_last_bytes_is_not_half_taken() -> None:
    data = pictures.jpeg(pictures.portrait())
    assert not judge_bytes(data[: len(data) * 9 // 10]).ok


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: pictures.bomb(20_000, 3_000), "photo-too-many-pixels"),
        (lambda: pictures.text_bomb(80), "photo-damaged"),
        (lambda: pictures.png(pictures.portrait())[:3000], "photo-damaged"),
        (lambda: pictures.png(pictures.portrait().convert("L")), "photo-grey"),
        (lambda: pictures.png(pictures.portrait().convert("I;16")), "photo-grey"),
        (lambda: pictures.png(pictures.portrait().convert("1")), "photo-grey"),
        (lambda: pictures.png(pictures.portrait().convert("P")), "photo-palette"),
        (
            lambda: pictures.png(
                pictures.portrait(), save_all=True, append_images=[pictures.portrait().rotate(90)]
            ),
            "photo-several-pictures",
        ),
    ],
)
def test_a_picture_that_cannot_be_used_is_refused_with_its_reason(
    make: Callable[[], bytes], code: str
) -> None:
    report, picture = process_bytes(make())
    assert [problem.code for problem in report.problems] == [code]
    assert not picture


def test_a_bomb_does_not_grow_our_own_memory() -> None:
    data = pictures.bomb(24_000, 1_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    process_bytes(data)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30_000


def test_a_decoder_that_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    data = pictures.jpeg(pictures.portrait())
    monkeypatch.setattr(judging, "SECONDS", 0.001)
    assert [problem.code for problem in judge_bytes(data).problems] == ["photo-too-slow"]


def test_the_decoder_can_take_neither_much_memory_nor_write_a_file(tmp_path: Path) -> None:
    probe = (
        "from assistant.photo import child\n"
        "child._limit()\n"
        "try:\n"
        "    bytearray(900 << 20)\n"
        "    print('took memory')\n"
        "except MemoryError:\n"
        "    pass\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"with open({str(tmp_path / 'x')!r}, 'w') as file: file.write('x')\n"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=False)
    assert "took memory" not in done.stdout
    assert done.returncode != 0
    assert (tmp_path / "x").stat().st_size == 0


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 14_000), change=st.binary(max_size=40))
def test_no_change_to_a_photo_brings_down_the_check(cut: int, change: bytes) -> None:
    data = pictures.jpeg(pictures.portrait())
    report = judge_bytes(data[:cut] + change + data[cut + len(change) :])
    assert report.checks
    assert report.ok or report.problems
