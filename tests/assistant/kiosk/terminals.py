"""Pseudo-terminals with the kiosk in them, seen from outside: what is sent, what stands on the screen."""

from __future__ import annotations

import fcntl
import json
import os
import select
import signal
import socket
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pyte

ROOT = Path(__file__).parents[3]

LIMIT = 20.0
"""Seconds after which something that should have happened has not; a busy machine needs some of them."""


class Paper(pyte.Screen):
    """A screen that keeps what scrolls out of it, until that is erased."""

    def __init__(self, columns: int, lines: int) -> None:
        self.above: list[str] = []
        super().__init__(columns, lines)

    def index(self) -> None:
        if self.cursor.y == self.lines - 1:
            self.above.append(self.line(0))
        super().index()

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        super().erase_in_display(how, *args, **kwargs)
        if how == 3:
            self.above.clear()

    def line(self, number: int) -> str:
        """A line without spaces: a wide character takes two cells, the second of them empty."""
        line = self.buffer[number]
        cells = (line[column].data for column in sorted(line) if column < self.columns)
        return "".join(cells).replace(" ", "")


class Terminal:
    """A terminal and the process in it.

    Attributes:
        screen: What stands on a terminal without an alternate screen, the worst case, with its scrollback.
    """

    def __init__(self, house: Terminals, order: Mapping[str, Any], size: tuple[int, int]) -> None:
        self._house = house
        self.master, slave = os.openpty()
        self.screen = Paper(*size)
        self._stream = pyte.ByteStream(self.screen)
        self._sent = b""
        self._new: list[bytes] = []
        self._text: str | None = None
        self.code: int | None = None
        self._typed = 0
        self.folder = Path(order["folder"])
        self.resize(*size)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.pid: int = house.ask(order, slave)

    def stood(self, text: str) -> None:
        """Let a text stand on the terminal from before the process began."""
        self._stream.feed(text.replace("\n", "\r\n").encode())

    # From the person ------------------------------------------------------------------------------------

    def send(self, data: bytes | str) -> None:
        """Send, and read meanwhile: a process that is not heard stops to listen."""
        left = data.encode() if isinstance(data, str) else data
        os.set_blocking(self.master, False)
        until = time.monotonic() + LIMIT
        while left:
            assert time.monotonic() < until, "the process does not read"
            readable, writable, _ = select.select([self.master], [self.master], [], 1)
            if writable:
                with suppress(BlockingIOError):
                    left = left[os.write(self.master, left[:1024]) :]
            if readable:
                self._take()

    def resize(self, width: int, height: int) -> None:
        self._draw()
        self.screen.resize(height, width)
        self.claim(width, height)

    def claim(self, width: int, height: int) -> None:
        """Say a size that the screen does not have."""
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def forget(self) -> None:
        """Do not look at what was drawn since."""
        self._new.clear()

    def signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal under the process; the kernel sends SIGHUP."""
        os.close(self.master)
        os.close(self.slave)
        self.master = -1

    # From the process -----------------------------------------------------------------------------------

    def _take(self) -> bool:
        try:
            got = os.read(self.master, 65536)
        except OSError:
            return False
        self._new.append(got)
        return bool(got)

    @property
    def sent(self) -> bytes:
        """Every byte that the process sent."""
        self._draw()
        return self._sent

    def _draw(self) -> None:
        # Only when somebody looks: the emulator takes a second for 200 kB.
        if not self._new:
            return
        new = b"".join(self._new)
        self._new.clear()
        self._text = None
        self._sent += new
        self._stream.feed(new)

    def read(self, seconds: float = 0.2) -> None:
        """Read until nothing came for a while; where something always comes, for a few times as long."""
        until = time.monotonic() + 4 * seconds
        while self.master >= 0 and select.select([self.master], [], [], seconds)[0]:
            if not self._take() or (seconds and time.monotonic() > until):
                return

    @property
    def text(self) -> str:
        """What stands on the screen, without spaces."""
        self._draw()
        if self._text is None:
            self._text = "".join(self.screen.line(n) for n in range(self.screen.lines))
        return self._text

    @property
    def left(self) -> str:
        """Everything that can be seen or scrolled back to."""
        return self.text + "".join(self.screen.above)

    def shows(self, text: str, within: float = LIMIT) -> bool:
        """Wait until a text stands on the screen."""
        until = time.monotonic() + within
        while text.replace(" ", "") not in self.text:
            if time.monotonic() > until or self.ended(0) is not None:
                return False
            if select.select([self.master], [], [], 0.05)[0]:
                self._take()
        return True

    def answers(self) -> float:
        """Type into the emptied field; return the seconds until it stands there."""
        self._typed += 1
        text = f"回答{self._typed:03}号"
        begun = time.monotonic()
        self.send(b"\x05\x15")
        self.send(text)
        assert self.shows(text), self.screen.display
        return time.monotonic() - begun

    def stops(self, within: float = LIMIT) -> bool:
        """Wait until the process stands still."""
        until = time.monotonic() + within
        state = Path(f"/proc/{self.pid}/stat")
        while state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "T":
            if time.monotonic() > until:
                return False
            self.read(0.02)
        self.read(0.1)
        return True

    def gone(self) -> int | None:
        """Return the exit code without hearing what the process says; ``None`` while it lives."""
        if self.code is None:
            self.code = self._house.ask({"ended": self.pid})
        return self.code

    def ended(self, within: float = LIMIT) -> int | None:
        """Return the exit code, minus the signal where one killed it; ``None`` while it lives."""
        until = time.monotonic() + within
        while self.code is None:
            self.read(0)
            if self.gone() is None:
                if time.monotonic() >= until:
                    return None
                time.sleep(0.02)
        self.read(0)
        return self.code

    @property
    def diary(self) -> list[str]:
        """What the conversation was told: a line for each that begun, and for each answer."""
        return self.folder.with_suffix(".diary").read_text(encoding="utf-8").splitlines()

    @property
    def files(self) -> list[str]:
        """Files that were written where the process stands and at home."""
        return [str(each.relative_to(self.folder)) for each in self.folder.rglob("*")]

    @property
    def faults(self) -> str:
        log = self.folder / "faults.log"
        return log.read_text(encoding="utf-8") if log.exists() else ""

    def enter(self, text: str) -> None:
        """Answer the question, once Enter answers again, and wait until the answer was heard."""
        before = len(self.diary)
        self.send(b"\x05\x15")
        self.read(0.05)
        self.send(text)
        until = time.monotonic() + LIMIT
        while len(self.diary) == before:
            assert time.monotonic() < until, self.screen.display
            self.send("\r")
            self.read(0.1)

    def caret(self) -> tuple[int, int]:
        """Column and line of the terminal's cursor."""
        self._draw()
        return self.screen.cursor.x, self.screen.cursor.y

    def close(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        while self.code is None and self.ended(1) is None:
            pass
        if self.master >= 0:
            os.close(self.master)
            os.close(self.slave)


class Terminals:
    """A warm process that others are forked from: starting one takes 0.2 s instead of one."""

    def __init__(self) -> None:
        mine, theirs = socket.socketpair()
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.assistant.kiosk.terminal", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            cwd=ROOT,
            env={
                **{each: said for each, said in os.environ.items() if not each.startswith("CHENGNUO_")},
                "LANG": "C.UTF-8",
                "TEXTUAL_DISABLE_KITTY_KEY": "1",
            },
        )
        theirs.close()
        self._line = mine
        self._said = mine.makefile("r", encoding="utf-8")

    def ask(self, order: Mapping[str, Any], *handles: int) -> Any:
        socket.send_fds(self._line, [json.dumps(order).encode()], handles)
        return json.loads(self._said.readline())

    def close(self) -> None:
        self._line.shutdown(socket.SHUT_RDWR)
        self._said.close()
        self._line.close()
        self._server.wait(LIMIT)

    @contextmanager
    def program(
        self, folder: Path, name: str, *arguments: str, environment: Mapping[str, str]
    ) -> Iterator[Terminal]:
        """Run the product itself over a store of its own.

        Args:
            folder: Where the process stands and is at home.
            name: ``chengnuo``, or ``forsaken`` for the one that SIGUSR1 makes three minutes older.
            arguments: The command line.
            environment: Variables beside those of every terminal.
        """
        folder.mkdir(exist_ok=True)
        order = {
            "folder": str(folder),
            "program": name,
            "arguments": arguments,
            "environment": {"HOME": str(folder), **environment},
        }
        terminal = Terminal(self, order, (80, 24))
        try:
            yield terminal
        finally:
            terminal.close()

    @contextmanager
    def terminal(
        self,
        folder: Path,
        allowed: str = "kiosk",
        *,
        without: tuple[str, ...] = (),
        script: str = "name",
        language: str = "en",
        size: tuple[int, int] = (80, 24),
        last_turn: float = 5.0,
        deaf: bool = False,
        welcome: bool = False,
    ) -> Iterator[Terminal]:
        """Seat somebody at the first question of a conversation.

        Args:
            folder: Where the process stands and is at home.
            allowed: The policy.
            without: The covers that are taken away.
            script: What is asked, over and over.
            language: The language.
            size: Columns and lines.
            last_turn: Seconds that a turn under way may take at the end.
            deaf: Whether SIGHUP does not reach the process.
            welcome: Whether it begins with the welcome, and not at the first question at once.
        """
        folder.mkdir(exist_ok=True)
        order = {
            "folder": str(folder),
            "program": "script",
            "policy": allowed,
            "without": without,
            "script": script,
            "language": language,
            "last_turn": last_turn,
            "deaf": deaf,
            "welcome": welcome,
            "environment": {"HOME": str(folder)},
        }
        terminal = Terminal(self, order, size)
        try:
            if welcome:
                assert terminal.shows("What would you like to do")
                terminal.send("1")
            assert terminal.shows({"name": "Exactly as on", "mobile": "mobile"}[script])
            yield terminal
        finally:
            terminal.close()
