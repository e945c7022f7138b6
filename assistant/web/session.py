"""One person at a browser: the line to their page, and the app behind it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from aiohttp import WSMsgType, web

from assistant.web.seats import Seat
from assistant.web.service import Served, Service
from assistant.web.starts import Starts

log = logging.getLogger("assistant.web")

BEGIN_SECONDS = 10.0
"""How long a page may take to say who it is and how large its window is."""

START_SECONDS = 20.0
"""How long the beginning of one session may hold up the next."""


@dataclass(frozen=True)
class Begin:
    """What a page says first."""

    key: str
    language: str
    size: tuple[int, int]


class Line:
    """The line to one page. What a page says is looked at piece by piece: anybody can write to it."""

    def __init__(self, websocket: web.WebSocketResponse) -> None:
        """Speak over ``websocket``."""
        self._websocket = websocket

    async def begin(self) -> Begin | None:
        """Wait for the page's first words; ``None`` where they are not understood, or do not come."""
        with suppress(TimeoutError, TypeError):
            heard = await asyncio.wait_for(self._websocket.receive(), BEGIN_SECONDS)
            found = _message(heard.data) if heard.type == WSMsgType.TEXT else None
            if found is not None and found[0] == "begin" and isinstance(found[1], dict):
                key, language = found[1].get("key"), found[1].get("language")
                return Begin(
                    key if isinstance(key, str) else "",
                    language if language in {"zh", "en"} else "",
                    _size(found[1]),
                )
        return None

    async def say(self, what: str, given: str | int | bool = "") -> None:
        """Tell the page something; one that has gone does not hear it."""
        with suppress(ConnectionError, RuntimeError):
            await self._websocket.send_str(json.dumps([what, given]))

    async def draw(self, data: bytes) -> None:
        """Draw on the page's terminal."""
        await self._websocket.send_bytes(data)

    async def close(self) -> None:
        """Hang up."""
        with suppress(ConnectionError, RuntimeError):
            await self._websocket.close()

    async def hand_on(self, service: Service) -> None:
        """Hand on what the person does, until the page is gone."""
        async for heard in self._websocket:
            found = _message(heard.data) if heard.type == WSMsgType.TEXT else None
            match found:
                case ["stdin", str(text)] if service.running:
                    await service.send_bytes(text.encode("utf-8", errors="replace"))
                case ["resize", dict(size)] if service.running:
                    await service.set_terminal_size(*_size(size))


class Session:
    """A person, their seat and the app that runs for them."""

    def __init__(
        self, served: Served, seat: Seat, line: Line, *, size: tuple[int, int], language: str, name: str
    ) -> None:
        """Begin with nothing running.

        Args:
            served: What is served.
            seat: Where the person sits.
            line: The line to their page.
            size: Columns and lines of their window.
            language: The first language.
            name: What the log calls the session.
        """
        self._seat, self._line, self._size, self._name = seat, line, size, name
        self._drawn, self._over = asyncio.Event(), asyncio.Event()
        self.wants_picture = False
        self.letter: Path | None = None
        self._service = Service(
            served,
            seat,
            language=language,
            write_bytes=self._draw,
            orders=self._ordered,
            ended=self._ended,
        )

    @property
    def pid(self) -> int | None:
        """The process of its app, once there is one."""
        return self._service.pid

    async def hold(self, starts: Starts) -> None:
        """Start the app when it is this session's turn, and hold it until the page or the app is gone."""
        began = time.monotonic()
        await self._line.say("seat", self._seat.key)
        beginning = asyncio.create_task(self._begin(starts))
        try:
            await self._line.hand_on(self._service)
        finally:
            self._over.set()
            await asyncio.shield(self._leave(beginning))
            log.info("session %s ended after %.0f s", self._name, time.monotonic() - began)

    async def _begin(self, starts: Starts) -> None:
        async with starts.turn(self._over, lambda number: self._line.say("waiting", number)) as came:
            if not came:
                return
            await self._service.start(*self._size)
            log.info("session %s begun", self._name)
            waits = {asyncio.create_task(each.wait()) for each in (self._drawn, self._over)}
            await asyncio.wait(waits, timeout=START_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for each in waits:
                each.cancel()

    async def _leave(self, beginning: asyncio.Task[None]) -> None:
        # A process that is being started is not left behind.
        await beginning
        await self._service.stop()

    async def end(self, why: str) -> None:
        """End it from outside, and say why."""
        self._over.set()
        await self._line.say(why)
        await self._service.stop()
        await self._line.close()

    async def hand_over(self, picture: Path) -> None:
        """Give the app a picture that has come."""
        await self._service.send_meta({"type": "picture", "path": str(picture)})

    async def _draw(self, data: bytes) -> None:
        self._drawn.set()
        await self._line.draw(data)

    async def _ordered(self, order: dict[str, object]) -> None:
        match order:
            case {"type": "place", "code": str(code), "language": str(language)}:
                self._seat.keep(code, language)
                if not code:
                    self.letter = None
                    await self._line.say("letter", False)
                await self._line.say("language", language)
            case {"type": "upload", "wanted": bool(wanted)}:
                self.wants_picture = wanted
                await self._line.say("upload", wanted)
            case {"type": "letter", "file": str(file)}:
                self.letter = self._seat.inbox / Path(file).name
                await self._line.say("letter", True)

    async def _ended(self, code: int) -> None:
        if self._service.stopping:
            return
        if code == 0:
            # The person left; the next one at this tab finds nothing.
            self._seat.keep("", "")
        else:
            log.info("session %s: the app ended with %d", self._name, code)
        self._over.set()
        await self._line.say("over" if code == 0 else "fault")
        await self._line.close()


def _message(data: object) -> list[object] | None:
    try:
        found = json.loads(data) if isinstance(data, str) else None
    except ValueError:
        return None
    return found if isinstance(found, list) and len(found) == 2 else None


def _size(given: dict[object, object]) -> tuple[int, int]:
    width, height = given.get("width"), given.get("height")
    if not isinstance(width, int) or not isinstance(height, int):
        return 80, 24
    return max(1, min(width, 1000)), max(1, min(height, 1000))
