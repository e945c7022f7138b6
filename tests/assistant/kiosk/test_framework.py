"""What the framework (8.2.8) does by itself, in a real pseudo-terminal with one cover taken away.

Each test here stands against one that shows the same with the cover. One that fails says that the framework
has mended the defect: then the cover can go.
"""

from __future__ import annotations

import os
import signal
import termios
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.assistant.kiosk.terminals import Terminal, Terminals

NUMBER = "110105199001011234"
SOON = 1.5
"""Seconds in which what is expected of a mended framework would have happened; covered, it takes 0.1 s."""

Bare = Callable[..., AbstractContextManager[Terminal]]


@pytest.fixture
def bare(terminals: Terminals, tmp_path: Path) -> Bare:
    def seat(*covers: str, allowed: str = "kiosk", **more: float | bool) -> AbstractContextManager[Terminal]:
        return terminals.terminal(tmp_path / "bare", allowed, without=covers, **more)

    return seat


# Reading ----------------------------------------------------------------------------------------------


def test_a_byte_that_is_no_utf_8_ends_the_app(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"\xcd\xf5")
        assert terminal.ended() == 70


def test_a_paste_that_holds_its_end_presses_keys(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"\x1b[200~a\x1b[201~\x11b\x1b[201~")
        assert terminal.shows("Leave now?")


def test_a_paste_without_an_end_swallows_the_keyboard(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"\x1b[200~a")
        terminal.read(SOON)
        # The terminal itself may echo it meanwhile; the app takes no answer.
        terminal.send("后来\r")
        terminal.read(SOON)
        assert "taken 后来" not in terminal.diary


def test_a_broken_mouse_report_is_typed(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"\x1b[<32;NaN;NaNM")
        assert terminal.shows("NaN;NaNM")


def test_a_made_up_size_is_believed(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"\x1b[48;10;30;1;1t")
        assert terminal.shows("This window is too small")


def test_a_flood_of_keys_stands_before_the_next(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"\x1b[A\x1b[B" * 10_000 + b"\x15")
        terminal.send("后来")
        assert not terminal.shows("后来", SOON)


def test_lines_pasted_raw_are_taken_as_an_answer(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.send(b"line\r" * 300)
        until = time.monotonic() + 15
        while not any(each.startswith("taken line") for each in terminal.diary):
            assert time.monotonic() < until
            terminal.read(0.1)


@pytest.mark.parametrize("cover", ["driver", "order"])
def test_a_deletion_loses_its_place_in_what_is_typed_at_once(bare: Bare, cover: str) -> None:
    with bare(cover) as terminal:
        terminal.send("错1\x7f对1")
        terminal.read(0.3)
        assert "错对1" not in terminal.text


# Drawing ----------------------------------------------------------------------------------------------


def test_a_terminal_that_takes_nothing_holds_the_app(bare: Bare) -> None:
    with bare("output", last_turn=0.5) as terminal:
        terminal.enter("张三much")
        time.sleep(SOON)
        before = len(terminal.diary)
        os.write(terminal.master, "李四\r".encode())
        time.sleep(SOON)
        assert len(terminal.diary) == before


def test_what_others_write_stands_on_the_screen(bare: Bare) -> None:
    with bare("aside") as terminal:
        terminal.enter("漏出native")
        terminal.answers()
        assert "漏出native on 2".encode() in terminal.sent


def test_the_clipboard_and_links_reach_the_terminal(bare: Bare) -> None:
    with bare("filter") as terminal:
        terminal.enter("outside")
        terminal.answers()
        assert b"\x1b]52;c;" in terminal.sent
        assert b"\x1b]8;;http://outside" in terminal.sent


def test_the_cursor_stands_a_cell_behind_the_caret(bare: Bare) -> None:
    with bare("caret", "cursor") as terminal:
        terminal.send("王")
        assert terminal.shows("▌ 王")
        terminal.read(0.2)
        column, line = terminal.caret()
        assert terminal.screen.buffer[line][column - 3].data == "王"


def test_at_a_new_question_the_cursor_stands_elsewhere(bare: Bare) -> None:
    with bare("cursor") as terminal:
        terminal.read(0.5)
        line = next(n for n, each in enumerate(terminal.screen.display) if "Type your answer" in each)
        assert terminal.caret()[1] != line


# Faults and signals -----------------------------------------------------------------------------------


def test_the_page_of_a_fault_prints_what_was_typed(bare: Bare) -> None:
    with bare("fault page") as terminal:
        terminal.enter(f"{NUMBER}boom")
        assert terminal.ended() == 1
        assert NUMBER in terminal.left


def test_a_fault_where_the_terminal_is_read_ends_it_and_prints_what_was_typed(bare: Bare) -> None:
    with bare("driver", "fault page") as terminal:
        terminal.enter(f"{NUMBER}reader")
        terminal.send("x")
        assert terminal.ended() is not None
        assert NUMBER in terminal.left


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_is(bare: Bare, number: int) -> None:
    with bare("driver") as terminal:
        terminal.send("李留下")
        assert terminal.shows("李留下")
        terminal.signal(number)
        assert terminal.ended() == -number
        assert "李留下" in terminal.left
        assert termios.tcgetattr(terminal.slave) != terminal.before


def test_a_stop_signal_stops_it_or_hangs_it(bare: Bare) -> None:
    with bare("driver") as terminal:
        terminal.signal(signal.SIGTSTP)
        terminal.read(0.2)
        # Stopped, its terminal echoes; hung, it does not even that.
        terminal.send("\x15后来")
        assert not terminal.shows("▌ 后来", SOON)


def test_continuing_it_starts_it_twice(bare: Bare) -> None:
    with bare("driver", allowed="open") as terminal:
        threads = Path(f"/proc/{terminal.pid}/task")
        before = len([*threads.iterdir()])
        terminal.signal(signal.SIGCONT)
        terminal.read(0.3)
        assert len([*threads.iterdir()]) > before


def test_a_turn_that_hangs_holds_the_process(bare: Bare) -> None:
    with bare("last turn", last_turn=0.2) as terminal:
        terminal.enter("张三hang")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(SOON) is None


def test_without_a_signal_a_closed_terminal_does_not_end_it(bare: Bare) -> None:
    with bare("driver", deaf=True) as terminal:
        terminal.hang_up()
        assert terminal.ended(SOON) is None
