"""In a real pseudo-terminal: however it ends, the terminal is clean and nothing of a candidate's is on it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.assistant.kiosk.terminals import LIMIT, ROOT, Terminal, Terminals

CLEAN = [f"\x1b[?{mode}".encode() for mode in ("1049l", "25h", "1000l", "1003l", "1006l", "2004l", "7h")]
"""What a terminal needs to hear to be its own again."""

NUMBER = "110105199001011234"
ENDED = "Every submitted answer is saved"


def given_back(terminal: Terminal) -> bool:
    """Whether the terminal is as it was, in its modes and in how it takes keys."""
    last = terminal.sent.rindex(b"\x1b[?1049h")
    assert all(each in terminal.sent[last:] for each in CLEAN)
    assert termios.tcgetattr(terminal.slave) == terminal.before
    return True


def nothing_left(terminal: Terminal) -> bool:
    """Whether no trace of what was typed can be seen, scrolled back to or read in the log."""
    assert all(each not in terminal.left for each in (NUMBER, "Traceback", "Error"))
    assert NUMBER not in terminal.faults
    return True


# Faults -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("allowed", "where"), [("kiosk", "boom"), ("open", "boom"), ("kiosk", "ending")])
def test_a_fault_ends_with_a_reference_and_without_what_was_typed(
    terminals: Terminals, tmp_path: Path, allowed: str, where: str
) -> None:
    with terminals.terminal(tmp_path / "a", allowed) as terminal:
        terminal.enter(f"{NUMBER}{where}")
        if where == "ending":
            terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 70
        assert given_back(terminal)
        assert ENDED.replace(" ", "") in terminal.left
        assert nothing_left(terminal)
        reference = terminal.faults.split("fault ")[1][:6]
        assert reference in terminal.left
        assert "ValueError" in terminal.faults


def test_a_fault_in_the_fault_itself_prints_no_traceback(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a") as terminal:
        terminal.enter(f"{NUMBER}words")
        assert terminal.ended() == 70
        assert given_back(terminal)
        assert "Chengnuo" in terminal.left
        assert nothing_left(terminal)


def test_a_fault_where_the_terminal_is_read_costs_what_was_read(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a") as terminal:
        terminal.enter(f"{NUMBER}reader")
        terminal.send("x")
        terminal.read(0.2)
        terminal.answers()
        assert "ValueError" in terminal.faults
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
        assert nothing_left(terminal)


@pytest.fixture(scope="module")
def seat(terminals: Terminals, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One kiosk for what must not end it."""
    with terminals.terminal(tmp_path_factory.mktemp("seat")) as terminal:
        yield terminal


def test_what_others_write_to_the_terminal_does_not_reach_it(seat: Terminal) -> None:
    seat.enter("漏出native")
    seat.answers()
    assert "漏出native on".encode() not in seat.sent
    assert "ofachild" not in seat.text
    assert "printed" not in seat.text


def test_nothing_reaches_out_of_the_terminal(seat: Terminal) -> None:
    seat.enter("outside")
    seat.answers()
    assert b"\x1b]" not in seat.sent
    assert b"\xc2\x9d" not in seat.sent
    assert seat.files == []


def test_what_is_cleared_from_the_terminal_is_drawn_anew(seat: Terminal) -> None:
    seat.enter("clear")
    seat.read(0.2)
    cleared = seat.sent.rindex(b"\x1b[3J")
    assert b"What is your name?" in seat.sent[cleared:]
    assert b"F1" in seat.sent[cleared:]


@pytest.mark.parametrize("where", ["turn", "thread", "task"])
def test_a_fault_elsewhere_is_logged_without_values_and_it_goes_on(seat: Terminal, where: str) -> None:
    before = seat.faults.count("ValueError")
    seat.enter(f"{NUMBER}{where}")
    seat.answers()
    assert seat.faults.count("ValueError") > before
    assert NUMBER not in seat.faults


def test_after_faults_elsewhere_it_ends_clean(seat: Terminal) -> None:
    seat.signal(signal.SIGTERM)
    assert seat.ended() == 143
    assert given_back(seat)
    assert nothing_left(seat)


# Signals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "dialog"),
    [
        pytest.param(signal.SIGTERM, b"", id="no dialog"),
        pytest.param(signal.SIGHUP, b"\x11", id="leaving"),
        pytest.param(signal.SIGTERM, b"\x1bOP", id="help"),
    ],
)
def test_a_signal_leaves_the_terminal_clean(
    terminals: Terminals, tmp_path: Path, number: int, dialog: bytes
) -> None:
    with terminals.terminal(tmp_path / "a") as terminal:
        terminal.send("李留下")
        assert terminal.shows("李留下")
        terminal.send(dialog)
        terminal.send(b"\x1b[200~" + "半句".encode())
        terminal.read(0.1)
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        assert given_back(terminal)
        assert terminal.left == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT])
def test_where_it_may_be_left_the_signals_of_a_shell_leave_it(
    terminals: Terminals, tmp_path: Path, number: int
) -> None:
    with terminals.terminal(tmp_path / "a", "open") as terminal:
        terminal.send("李留下")
        assert terminal.shows("李留下")
        terminal.signal(number)
        assert terminal.ended() == 128 + number
        assert given_back(terminal)
        assert terminal.left == ""
        assert b"\x1b[3J" not in terminal.sent


def test_where_it_may_be_left_it_stops_and_goes_on(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a", "open") as terminal:
        terminal.send("李留下")
        assert terminal.shows("李留下")
        terminal.signal(signal.SIGTSTP)
        assert terminal.stops()
        assert given_back(terminal)
        assert terminal.left == ""
        terminal.signal(signal.SIGCONT)
        assert terminal.shows("李留下")
        terminal.answers()


def test_continued_after_a_stop_from_outside_it_takes_the_terminal_again(
    terminals: Terminals, tmp_path: Path
) -> None:
    with terminals.terminal(tmp_path / "a") as terminal:
        terminal.signal(signal.SIGSTOP)
        # As a shell would, while it has the terminal.
        termios.tcsetattr(terminal.slave, termios.TCSANOW, terminal.before)
        terminal.signal(signal.SIGCONT)
        assert terminal.shows("What is your name?")
        for _ in range(3):
            terminal.answers()
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
        assert given_back(terminal)


def test_a_turn_under_way_is_stored_before_it_ends(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a") as terminal:
        terminal.enter("张三slow")
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
        assert (terminal.folder / "stored").read_text(encoding="utf-8") == "张三slow"
        assert given_back(terminal)
        assert terminal.left == ""


@pytest.mark.parametrize("hangs", ["hang", "block"], ids=["the turn", "the screen"])
def test_what_hangs_does_not_hold_it(terminals: Terminals, tmp_path: Path, hangs: str) -> None:
    with terminals.terminal(tmp_path / "a", last_turn=0.5) as terminal:
        terminal.enter(f"张三{hangs}")
        terminal.read(0.1)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended() == 143
        assert given_back(terminal)
        assert terminal.left == ""


def test_after_a_fault_a_turn_that_hangs_does_not_hold_it(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a", last_turn=0.5) as terminal:
        terminal.enter(f"{NUMBER}stuck")
        assert terminal.ended() == 70
        assert given_back(terminal)
        assert nothing_left(terminal)


def test_where_it_may_not_be_left_leaving_leads_to_the_start(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a") as terminal:
        terminal.send("李留下")
        assert terminal.shows("李留下")
        terminal.send(b"\x11")
        assert terminal.shows("Leave now?")
        terminal.send(b"2")
        assert terminal.shows("What would you like to do")
        terminal.read(0.2)
        assert "李留下" not in terminal.left


def test_who_leaves_reads_how_to_come_back_and_nothing_else(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a", "open") as terminal:
        terminal.enter("李留下")
        terminal.send(b"\x11")
        assert terminal.shows("Leave now?")
        terminal.send(b"2")
        assert terminal.ended() == 0
        assert given_back(terminal)
        assert "ABCD-2345" in terminal.left
        assert "李留下" not in terminal.left
        assert "What is your name?".replace(" ", "") not in terminal.left


# The terminal goes ------------------------------------------------------------------------------------


@pytest.mark.parametrize("deaf", [False, True], ids=["with SIGHUP", "without"])
def test_a_closed_terminal_ends_it(terminals: Terminals, tmp_path: Path, deaf: bool) -> None:
    with terminals.terminal(tmp_path / "a", deaf=deaf) as terminal:
        terminal.send("张三")
        assert terminal.shows("张三")
        terminal.hang_up()
        assert terminal.ended() == 128 + signal.SIGHUP
        assert terminal.faults == ""


def test_a_terminal_that_takes_nothing_does_not_hold_it(terminals: Terminals, tmp_path: Path) -> None:
    with terminals.terminal(tmp_path / "a", last_turn=0.5) as terminal:
        terminal.enter("张三much")
        # Nobody hears what it draws any more; it hears all the same.
        time.sleep(1.0)
        os.write(terminal.master, b"\x05\x15" + "李四\r".encode())
        until = time.monotonic() + LIMIT
        while "taken 李四" not in terminal.diary:
            assert time.monotonic() < until
            time.sleep(0.05)
        terminal.signal(signal.SIGTERM)
        while terminal.gone() is None:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert terminal.gone() == 143


# The program itself -----------------------------------------------------------------------------------


def test_the_program_takes_no_orders_of_the_environment_and_ends_clean(tmp_path: Path) -> None:
    master, slave = os.openpty()
    before = termios.tcgetattr(slave)
    home = tmp_path / "home"
    home.mkdir()
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "--lang", "en"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
        cwd=home,
        env={
            **os.environ,
            "TERM": "xterm-256color",
            "HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "CHENGNUO_POLICY": "kiosk",
            "CHENGNUO_DATA": str(tmp_path / "data"),
            "CHENGNUO_KEYS": str(tmp_path / "keys"),
            "TEXTUAL": "debug",
            "TEXTUAL_LOG": "keys.log",
            "TEXTUAL_PRESS": "ctrl+q",
            "TEXTUAL_SCREENSHOT": "0",
        },
    )
    sent = b""

    def hears(text: bytes) -> bool:
        nonlocal sent
        while text not in sent:
            if not select.select([master], [], [], LIMIT)[0]:
                return False
            sent += os.read(master, 65536)
        return True

    try:
        assert hears(b"What would you like")
        assert process.poll() is None
        process.terminate()
        assert hears(b"\x1b[3J")
        assert process.wait(LIMIT) == 143
    finally:
        process.kill()
        process.wait()
    assert termios.tcgetattr(slave) == before
    assert list(home.iterdir()) == []
    os.close(master)
    os.close(slave)
