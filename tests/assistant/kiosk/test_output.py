"""What is drawn does no more than draw, and a terminal that is slow or gone holds nothing up."""

from __future__ import annotations

import os
import threading
import time

import pytest

from assistant.kiosk.output import MOST_WAITING, Output, harmless


@pytest.mark.parametrize(
    "frame",
    [
        "\x1b[2;1H\x1b[1;38;2;255;0;0;48;5;16m承诺 – “𠮷”\x1b[0m\n",
        "\x1b[?2026h\x1b[H\x1b[m\x1b[?2026l",
        "",
    ],
)
def test_a_frame_is_drawn_as_it_is(frame: str) -> None:
    assert harmless(frame) == frame


@pytest.mark.parametrize(
    "more",
    [
        "\x1b]0;title\x07",
        "\x1b]52;c;5byg5LiJ\x07",
        "\x1b]52;c;5byg5LiJ\x1b\\",
        "\x1b]8;;http://example.org\x1b\\",
        "\x1b]0;never ended",
        "\x9d0;title\x9c",
        "\x1bPq#1\x1b\\",
        "\x1b_apc\x1b\\",
        "\x1b[?1049l",
        "\x1b[2J",
        "\x1b[21t",
        "\x1b[6n",
        "\x1b[c",
        "\x1b[5",
        "\x1bc",
        "\x1b(0",
        "\x1b",
        "\x07\x0e\x9b",
    ],
)
def test_what_would_do_more_is_taken_out(more: str) -> None:
    kept = harmless(f"前{more}")
    assert kept.startswith("前")
    assert not {*kept} & {"\x1b", "\x07", "\x0e", "\x9b", "\x9c", "\x9d"}
    # What stands behind it is still drawn, except within a string that has no end.
    if "never" not in more:
        assert "后" in harmless(f"{more}后") or more in {"\x1b[5", "\x1b"}


def written(handle: int, until: bytes) -> bytes:
    found = b""
    while until not in found:
        found += os.read(handle, 65536)
    return found


def test_everything_is_written_in_order() -> None:
    ours, theirs = os.pipe()
    output = Output(theirs, lost=lambda: None, caught_up=lambda: None)
    for n in range(1000):
        output.write(f"王{n};")
    output.write("end")
    assert written(ours, b"end").decode() == "".join(f"王{n};" for n in range(1000)) + "end"
    output.end()
    for handle in (ours, theirs):
        os.close(handle)


def test_a_terminal_that_takes_nothing_holds_nothing_up_and_is_drawn_anew() -> None:
    ours, theirs = os.pipe()
    caught_up = threading.Event()
    output = Output(theirs, lost=lambda: None, caught_up=caught_up.set)
    begun = time.monotonic()
    for _ in range(40):
        output.write("x" * (MOST_WAITING // 10))
    # A bound for a hang, not a measure of speed.
    assert time.monotonic() - begun < 10
    output.write("end")
    assert len(written(ours, b"end")) < 3 * MOST_WAITING
    assert caught_up.wait(10)
    output.end()
    for handle in (ours, theirs):
        os.close(handle)


def test_a_terminal_that_is_gone_is_told_of_once() -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    lost: list[bool] = []
    output = Output(theirs, lost=lambda: lost.append(True), caught_up=lambda: None)
    for _ in range(100):
        output.write("x")
    output.end()
    assert lost == [True]
    os.close(theirs)
