"""In a real pseudo-terminal: odd bytes, faults and signals, as a public machine gets them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pexpect
import pyte
import pytest

ROOT = Path(__file__).parents[3]
CLEAN = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l", b"\x1b[?2004l")
"""What a terminal needs to hear to be its own again."""


class Terminal:
    """A terminal of 80 by 24 with the kiosk in it."""

    def __init__(self, child: pexpect.spawn[bytes]) -> None:
        self.child = child
        self.screen = pyte.Screen(80, 24)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""

    def read(self, seconds: float = 0.2) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                got = self.child.read_nonblocking(65536, timeout=0.05)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                return
            self.sent += got
            self._stream.feed(got)

    def shows(self, text: str, *, within: float = 15) -> bool:
        end = time.monotonic() + within
        while time.monotonic() < end:
            self.read()
            # A wide character takes two cells, the second of them empty.
            if text.replace(" ", "") in "".join(self.screen.display).replace(" ", ""):
                return True
        return False

    def ended(self) -> int | None:
        """Read to the end and return the exit code; ``None`` when it was killed by a signal."""
        with suppress(pexpect.TIMEOUT, pexpect.EOF):
            self.read(8)
        self.child.close()
        return self.child.exitstatus


@contextmanager
def kiosk(kind: str) -> Iterator[Terminal]:
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "tests.assistant.kiosk.terminal", kind],
        cwd=str(ROOT),
        env=environment,
        dimensions=(24, 80),
        timeout=20,
    )
    terminal = Terminal(child)
    try:
        assert terminal.shows("What would you like to do")
        child.send(b"1")
        assert terminal.shows("Exactly as on your ID document")
        terminal.read(0.5)
        yield terminal
    finally:
        child.close(force=True)


def test_bytes_that_are_no_utf_8_and_broken_sequences_do_not_end_it() -> None:
    with kiosk("kiosk") as terminal:
        for sent in (b"\xcd\xf5\xd0\xa1", b"\xff\xfe", b"\x80" * 50, b"\x1b[99999999999u", b"\x1b[<1;2;3"):
            terminal.child.send(sent)
            terminal.read(0.3)
        terminal.child.send(b"\x15")
        terminal.child.send("王小明".encode())
        assert terminal.shows("王小明")
        assert terminal.child.isalive()


def test_committed_text_of_an_input_method_arrives_whole() -> None:
    with kiosk("open") as terminal:
        for text in ("王", "王小明明", "王小明明明", "一二三四五六七八九十" * 3):
            terminal.child.send(b"\x15")
            terminal.child.send(text.encode())
            assert terminal.shows(text)
        assert b"\x1b[>" not in terminal.sent.replace(b"\x1b[>0q", b"")


@pytest.mark.parametrize("kind", ["kiosk", "open"])
def test_a_fault_ends_with_a_reference_and_without_what_was_typed(kind: str) -> None:
    with kiosk(kind) as terminal:
        terminal.child.send(b"110105199001011234boom\r")
        assert terminal.ended() == 70
        after = terminal.sent[terminal.sent.rindex(CLEAN[0]) :].decode()
        assert "Every submitted answer is saved" in after
        assert "110105" not in after
        assert "Traceback" not in after


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_clean(number: int) -> None:
    with kiosk("kiosk") as terminal:
        os.kill(terminal.child.pid, number)
        assert terminal.ended() == 128 + number
        assert all(each in terminal.sent for each in CLEAN)


def test_in_a_kiosk_no_key_and_no_stop_signal_leaves_or_stops_it() -> None:
    with kiosk("kiosk") as terminal:
        for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTSTP):
            os.kill(terminal.child.pid, number)
        for key in (b"\x03", b"\x10", b"\x1a", b"\x1c", b"\x1b[200~\x1b[201~\x11\x1b[201~"):
            terminal.child.send(key)
            terminal.read(0.3)
        assert terminal.child.isalive()
        state = Path(f"/proc/{terminal.child.pid}/stat")
        if state.exists():
            assert state.read_text().split(") ")[1][0] != "T"


def test_importing_the_app_loads_no_database() -> None:
    names = ("sqlalchemy", "alembic", "cryptography", "argon2", "PIL")
    found = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import assistant.kiosk.app, sys; print([m for m in {names} if m in sys.modules])",
        ],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert found.stdout.strip() == "[]"
