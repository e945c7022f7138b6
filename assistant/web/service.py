"""One app in a process of its own, between its start and its end."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from textual_serve.app_service import AppService
from textual_serve.download_manager import DownloadManager

from assistant.kiosk.hatches import SERVED_BY
from assistant.web.packets import BrokenLineError, Packet, ordered
from assistant.web.seats import Seat

KEPT = frozenset(
    {"PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT"}
    | {"VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"}
)
KEPT_BEGINNINGS = ("CHENGNUO_", "LC_", "XDG_")
"""What an app needs of the server's environment; a token, a proxy or an agent is nothing to it."""

LEAVE_SECONDS = 6.0
"""How long an app may take to end; the turn that is under way has five seconds to be stored."""

KILL_SECONDS = 2.0

Orders = Callable[[dict[str, object]], Awaitable[None]]


@dataclass(frozen=True)
class Served:
    """What is served.

    Attributes:
        app: The name of the command, such as ``desk``; empty for the registration.
        arguments: Further arguments of the command.
        settings: Variables that stand for every session.
    """

    app: str = ""
    arguments: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)

    def command(self, language: str) -> list[str]:
        """Return the command line of a session."""
        named = [self.app] if self.app else []
        return [sys.executable, "-m", "assistant", *named, "--lang", language, *self.arguments]

    def environment(self, around: Mapping[str, str], inbox: str) -> dict[str, str]:
        """Return the environment of a session: what it needs, and nothing else of the server's.

        Args:
            around: The environment of the server.
            inbox: The folder that pictures come into.
        """
        kept = {
            name: value
            for name, value in around.items()
            if name.upper() in KEPT or name.startswith(KEPT_BEGINNINGS)
        }
        kept |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "TEXTUAL_DRIVER": SERVED_BY}
        if not self.app:
            # Whoever sits at a browser is a stranger, however free the operator's own terminal is.
            kept |= {"CHENGNUO_POLICY": "kiosk", "CHENGNUO_PHOTOS": inbox}
        return {**kept, **self.settings}


class Service(AppService):
    """The process of one session."""

    def __init__(
        self,
        served: Served,
        seat: Seat,
        *,
        language: str,
        write_bytes: Callable[[bytes], Awaitable[None]],
        orders: Orders,
        ended: Callable[[int], Awaitable[None]],
    ) -> None:
        """Make it; ``start`` starts it.

        Args:
            served: What runs.
            seat: Who sits before it.
            language: Its first language.
            write_bytes: Sends the browser what is drawn.
            orders: Takes what the app orders.
            ended: Called with the exit code once the app has ended.
        """

        async def nothing(*_: object) -> None:
            pass

        super().__init__(
            served.app,
            write_bytes=write_bytes,
            write_str=nothing,
            close=nothing,
            download_manager=DownloadManager(),
        )
        self._served, self._seat, self._language = served, seat, language
        self._orders, self._ended = orders, ended
        self.stopping = False

    @property
    def running(self) -> bool:
        """Whether there is a process that hears."""
        return self._task is not None and not self.stopping

    @property
    def pid(self) -> int | None:
        """The process, once there is one."""
        return self._process.pid if self._process is not None else None

    async def start(self, width: int, height: int) -> None:
        """Start the process and tell it who sits there and in what window."""
        await super().start(width, height)
        self.stdin.write(ordered("begin", width=width, height=height, code=self._seat.code))

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        command = self._served.command(self._language)
        self._process = process = await asyncio.create_subprocess_exec(
            *command,
            stdin=PIPE,
            stdout=PIPE,
            stderr=PIPE,
            env=self._served.environment(os.environ, str(self._seat.inbox)),
            # A Ctrl+C at the server's terminal ends the server, which ends its sessions.
            start_new_session=True,
        )
        assert process.stdin is not None
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Hand on what the app says until it ends."""
        assert self._process is not None
        await super().run()
        with suppress(OSError, RuntimeError):
            self.stdin.close()
        code = await self._process.wait()
        await self._ended(code)

    async def on_data(self, payload: bytes) -> None:
        """Hand on what is drawn; a browser that has gone is noticed where its line is read."""
        with suppress(ConnectionError, RuntimeError):
            await super().on_data(payload)

    async def on_meta(self, data: bytes) -> None:
        """Take an order of the app; textual-serve's own, such as links and downloads, mean nothing here."""
        with suppress(BrokenLineError):
            await self._orders(Packet(b"M", data).order())

    async def on_packed(self, payload: bytes) -> None:
        """Take no file of the app."""

    async def stop(self) -> None:
        """End the process: it is asked to, and after some seconds killed."""
        task, process = self._task, self._process
        if task is None or process is None:
            return
        self.stopping = True
        await self.send_meta({"type": "quit"})
        for seconds, number in ((LEAVE_SECONDS, signal.SIGTERM), (KILL_SECONDS, signal.SIGKILL)):
            done, _ = await asyncio.wait({task}, timeout=seconds)
            if done:
                break
            with suppress(ProcessLookupError):
                process.send_signal(number)
        await asyncio.wait({task}, timeout=KILL_SECONDS)
        task.cancel()
        self._task = None
