"""Lines to a server, as the page opens them, without a browser."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse, DummyCookieJar, WSMsgType

from assistant.web.service import Served
from tests.assistant.web.house import House, house

FAKE = Path(__file__).with_name("fake_app.py")


class FakeServed(Served):
    """Serves the app that does what it is told."""

    def command(self, language: str) -> list[str]:
        return [sys.executable, "-I", "-S", str(FAKE), language]


class FakeLine:
    """One line."""

    def __init__(self, websocket: ClientWebSocketResponse) -> None:
        self.websocket = websocket
        self.key = ""
        self.told: list[list[object]] = []

    async def begin(self, key: str = "", **more: object) -> str:
        """Say who this is; return what the app draws first."""
        said = {"key": key, "language": "zh", "width": 100, "height": 30, **more}
        await self.websocket.send_json(["begin", said])
        return await self.drawn()

    async def type(self, text: str) -> str:
        """Type, and return what is drawn."""
        await self.websocket.send_json(["stdin", text])
        return await self.drawn()

    async def drawn(self) -> str:
        """Return what is drawn next; nothing once the line is closed."""
        while True:
            heard = await self.websocket.receive(timeout=20)
            if heard.type == WSMsgType.BINARY:
                return str(heard.data.decode())
            if heard.type != WSMsgType.TEXT:
                return ""
            said = heard.json()
            self.told.append(said)
            if said[0] == "seat":
                self.key = said[1]

    async def heard(self, what: str) -> object:
        """Return what was said of something, and wait for it."""
        while not any(each[0] == what for each in self.told):
            heard = await self.websocket.receive(timeout=20)
            if heard.type == WSMsgType.TEXT:
                self.told.append(heard.json())
            else:
                assert heard.type == WSMsgType.BINARY, f"{what} was not said: {self.told}"
        return next(each[1] for each in self.told if each[0] == what)


@dataclass
class Lines:
    """A server, and what speaks to it."""

    house: House
    client: ClientSession

    def open(self, **headers: str) -> Opening:
        return Opening(self, headers)

    async def get(self, path: str, **headers: str) -> ClientResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await self.client.get(self.house.address + path, headers=named, allow_redirects=False)
        await answer.read()
        return answer

    async def send_photo(self, key: str, data: bytes, origin: str = "") -> int:
        headers = {"X-Seat": key, "Origin": origin or self.house.address}
        answer = await self.client.post(f"{self.house.address}/photo", data=data, headers=headers)
        return answer.status


@dataclass
class Opening:
    """Opens a line and closes it."""

    lines: Lines
    headers: dict[str, str]

    async def __aenter__(self) -> FakeLine:
        address = self.lines.house.address
        headers = {"Origin": address, **self.headers}
        self.websocket = await self.lines.client.ws_connect(f"{address}/ws", headers=headers)
        return FakeLine(self.websocket)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.websocket.close()


@asynccontextmanager
async def lines(
    folder: Path, *, most: int = 20, starts: int = 2, token: str = "", store: Path | None = None
) -> AsyncIterator[Lines]:
    """Serve the app that does what it is told."""
    async with (
        house(folder, most=most, starts=starts, token=token, served=FakeServed(), store=store) as here,
        ClientSession(cookie_jar=DummyCookieJar()) as client,
    ):
        yield Lines(here, client)
