"""The server: pages, one line to each browser, and an end that leaves no process and no picture behind."""

from __future__ import annotations

import asyncio
import logging
import os
import shutil
import signal
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib.resources import files

from aiohttp import web
from textual_serve.server import Server

from assistant.clock import Clock, Ticks, uptime
from assistant.kiosk.faults import report
from assistant.photo import MOST_INPUT
from assistant.records import Records
from assistant.web import bundle, pages
from assistant.web.folders import new_folder
from assistant.web.gate import COOKIE, Gate
from assistant.web.reading import Reading
from assistant.web.seats import FullError, Seat, Seats
from assistant.web.service import Served
from assistant.web.session import Line, Session
from assistant.web.starts import Starts
from content.loader import Content
from content.schema import Edition

log = logging.getLogger("assistant.web")

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

STRICT = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""What the page around the terminal may load: its own files and nothing else."""

READ_ONLY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
"""What a page for reading may load: nothing; its style stands in itself."""

SWEEP_SECONDS = 5.0
LONGEST_MESSAGE = 256 * 1024
HEALTH_SECONDS = 2.0

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class WebServer(Server):
    """textual-serve's server, closed where that one stands open.

    That one (1.1.3) takes a connection from any page, starts as many processes as are asked for, hands them
    its whole environment, loads a font from another site, and knows its own address from its settings alone.
    """

    def __init__(
        self,
        served: Served,
        content: Content,
        edition: Edition,
        records: Records,
        clock: Clock,
        gate: Gate,
        *,
        port: int,
        most: int = 20,
        starts: int = 2,
        hold: float = 240.0,
        language: str = "zh",
        ticks: Ticks = uptime,
    ) -> None:
        """Make the server.

        Args:
            served: What is served.
            content: Words and notice.
            edition: The rules whose later changes stand in the notice.
            records: The store, for the lists that are public.
            clock: The one source of time.
            gate: Who is let in.
            port: The port; 0 for any that is free.
            most: How many sessions there may be at once.
            starts: How many may begin at once; the others wait for their turn.
            hold: Seconds for which the place of somebody who went away without leaving is kept.
            language: For browsers that want neither Chinese nor English.
            ticks: What measures how long somebody is away.
        """
        super().__init__(served.app, host=gate.host, port=port)
        self.served, self.gate, self.language = served, gate, language
        self._content, self._records, self._clock = content, records, clock
        self._reading = Reading(content, edition, records, clock, ticks)
        self._folder = new_folder()
        self.seats = Seats(self._folder, most, hold, ticks)
        self._starts = Starts(starts)
        self._sessions: dict[str, Session] = {}
        self._begun = 0
        self._stopped = asyncio.Event()
        self._scripts = {"xterm.js": bundle.script(), "xterm.css": bundle.style()}
        for name in ("page.js", "page.css"):
            self._scripts[name] = (files("assistant.web") / "static" / name).read_bytes()

    # Running -------------------------------------------------------------------------------------------

    def initialize_logging(self) -> None:
        """Log to standard error; no address, query or cookie of anybody stands in it."""
        if not log.handlers:
            handler = logging.StreamHandler(sys.stderr)
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            log.addHandler(handler)
            log.setLevel(logging.INFO)
            log.propagate = False

    def serve(self, debug: bool = False) -> None:
        """Serve until SIGTERM or SIGINT."""
        self.initialize_logging()
        asyncio.run(self.run())

    async def run(self, ready: Callable[[int], None] | None = None) -> None:
        """Serve until a signal comes, then end every session.

        Args:
            ready: Called with the port once connections are taken.

        Raises:
            OSError: Nothing can listen at this address.
        """
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                loop.add_signal_handler(number, self.stop)
        runner = web.AppRunner(await self._make_app(), access_log=None, shutdown_timeout=2.0)
        try:
            await runner.setup()
            site = web.TCPSite(runner, self.host, self.port)
            await site.start()
            if ready is not None:
                ready(runner.addresses[0][1])
            sweeping = asyncio.create_task(self._sweep())
            await self._stopped.wait()
            sweeping.cancel()
        finally:
            await runner.cleanup()

    def stop(self) -> None:
        """End serving."""
        self._stopped.set()

    def sessions(self) -> tuple[Session, ...]:
        """Return the sessions that run or wait."""
        return tuple(self._sessions.values())

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.seats.sweep()

    async def _make_app(self) -> web.Application:
        app = web.Application(
            middlewares=[self._logged, self._guarded], client_max_size=MOST_INPUT, logger=log
        )
        app.add_routes(
            [
                web.get("/", self.handle_index, name="index"),
                web.get("/ws", self.handle_websocket, name="line"),
                web.post("/photo", self._photo, name="photo"),
                web.get("/letter", self._letter, name="letter"),
                web.get("/full", self._full, name="full"),
                web.get("/health", self._health, name="health"),
                web.get("/notice", self._notice, name="notice"),
                web.get("/notice/{language:zh|en}", self._notice, name="notice-language"),
                web.get("/lists", self._lists, name="lists"),
                web.get("/lists/{number:[0-9]{1,9}}", self._list, name="list"),
                web.get("/static/{name}", self._static, name="static"),
            ]
        )
        app.on_shutdown.append(self.on_shutdown)
        return app

    async def on_shutdown(self, app: web.Application) -> None:
        """End every session, and take every picture away."""
        self.initialize_logging()
        await asyncio.gather(*(each.end("stopping") for each in list(self._sessions.values())))
        self.seats.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        log.info("stopped")

    # What every request passes ---------------------------------------------------------------------------

    @web.middleware
    async def _logged(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        began = time.monotonic()
        name = request.match_info.route.name or "-"
        try:
            response = await handler(request)
        except web.HTTPException as error:
            what = "missing" if error.status == 404 else "broken"
            response = self._refused(what, error.status, home=_up(request))
        except Exception as fault:  # noqa: BLE001 - whoever asks hears of it without its values
            log.info("fault %s", report(fault))
            response = self._refused("broken", 500, home=_up(request))
        if not isinstance(response, web.WebSocketResponse):
            took = (time.monotonic() - began) * 1000
            log.info("%s %s %d %.0f ms", request.method, name, response.status, took)
        return response

    @web.middleware
    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        authority, name = request.headers.get("Host", ""), request.match_info.route.name
        if not self.gate.knows(authority):
            return self._refused("host", 421)
        if name in {"line", "photo"} and not self.gate.is_ours(request.headers.get("Origin", ""), authority):
            return self._refused("origin", 403)
        if name not in {"health", "static"} and not self.gate.admits(request.cookies.get(COOKIE, "")):
            if name == "index" and self.gate.opens(request.query.get("token", "")):
                return self._let_in(request)
            return self._refused("token", 401)
        if name == "index" and "token" in request.query:
            return self._let_in(request) if self.gate.token else self._page(pages.hand_over(self._content))
        return await handler(request)

    def _let_in(self, request: web.Request) -> web.Response:
        response = self._page(pages.hand_over(self._content))
        secure = request.secure or request.headers.get("X-Forwarded-Proto") == "https"
        response.set_cookie(COOKIE, self.gate.cookie, httponly=True, samesite="Strict", secure=secure)
        return response

    def _page(self, html: str | bytes, status: int = 200, policy: str = READ_ONLY) -> web.Response:
        body = html.encode() if isinstance(html, str) else html
        headers = {**HEADERS, "Content-Security-Policy": policy}
        return web.Response(
            body=body, status=status, content_type="text/html", charset="utf-8", headers=headers
        )

    def _refused(self, what: str, status: int, *, home: str = "") -> web.Response:
        response = self._page(pages.refusal(self._content, what, home=home), status)
        if what == "full":
            response.headers["Retry-After"] = "60"
        return response

    # Pages ---------------------------------------------------------------------------------------------

    async def handle_index(self, request: web.Request) -> web.StreamResponse:
        """Show the page around the terminal."""
        language = pages.wanted(request.headers.get("Accept-Language", ""), self.language)
        html = pages.terminal(self._content, language, most_bytes=MOST_INPUT)
        return self._page(html, policy=STRICT)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        found = self._scripts.get(name)
        if found is None:
            return self._refused("missing", 404, home=_up(request))
        kind = "text/css" if name.endswith(".css") else "text/javascript"
        headers = {**HEADERS, "Cache-Control": "no-cache"}
        return web.Response(body=found, content_type=kind, charset="utf-8", headers=headers)

    async def _full(self, request: web.Request) -> web.StreamResponse:
        return self._refused("full", 503, home=_up(request))

    async def _notice(self, request: web.Request) -> web.StreamResponse:
        language = request.match_info.get("language")
        if language is None:
            wanted = pages.wanted(request.headers.get("Accept-Language", ""), self.language)
            return web.Response(status=303, headers={**HEADERS, "Location": f"notice/{wanted}"})
        return self._page(self._reading.notice(language))

    async def _lists(self, request: web.Request) -> web.StreamResponse:
        return self._page(await asyncio.to_thread(self._reading.lists))

    async def _list(self, request: web.Request) -> web.StreamResponse:
        found = await asyncio.to_thread(self._reading.list, int(request.match_info["number"]))
        return self._page(found) if found is not None else self._refused("missing", 404, home=_up(request))

    async def _health(self, request: web.Request) -> web.StreamResponse:
        try:
            await asyncio.wait_for(asyncio.to_thread(self._reading.touch), HEALTH_SECONDS)
            store = True
        except Exception:  # noqa: BLE001 - whatever keeps the store from answering
            store = False
        facts = {
            "ok": store,
            "sessions": self.seats.taken,
            "most": self.seats.most,
            "version": self._reading.version,
            "store": store,
        }
        return web.json_response(facts, status=200 if store else 503, headers=HEADERS)

    async def _photo(self, request: web.Request) -> web.StreamResponse:
        seat = self.seats.find(request.headers.get("X-Seat", ""))
        session = self._sessions.get(seat.key) if seat is not None else None
        if seat is None or session is None or not session.wants_picture:
            return web.json_response({"ok": False}, status=409, headers=HEADERS)
        try:
            picture = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.json_response({"ok": False}, status=413, headers=HEADERS)
        path = await asyncio.to_thread(seat.put, picture)
        if path is None:
            return web.json_response({"ok": False}, status=415, headers=HEADERS)
        await session.hand_over(path)
        return web.json_response({"ok": True}, headers=HEADERS)

    async def _letter(self, request: web.Request) -> web.StreamResponse:
        session = self._sessions.get(request.headers.get("X-Seat", ""))
        path = session.letter if session is not None else None
        if path is None or not await asyncio.to_thread(path.is_file):
            return self._refused("missing", 404, home=_up(request))
        headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{path.name}"'}
        body = await asyncio.to_thread(path.read_bytes)
        return web.Response(body=body, content_type="text/plain", charset="utf-8", headers=headers)

    # Sessions ------------------------------------------------------------------------------------------

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Join a browser to an app of its own."""
        websocket = web.WebSocketResponse(heartbeat=15, max_msg_size=LONGEST_MESSAGE, timeout=2.0)
        await websocket.prepare(request)
        line = Line(websocket)
        begin = await line.begin()
        if begin is None:
            await websocket.close()
            return websocket
        await self._make_room(begin.key)
        try:
            seat = self.seats.take(begin.key)
        except FullError:
            log.info("refused: all %d seats are taken", self.seats.most)
            await line.say("full")
            await websocket.close()
            return websocket
        await self._sit(line, seat, begin.size, begin.language or self.language)
        return websocket

    async def _make_room(self, key: str) -> None:
        """End what the same tab has open still: a reload is quicker than the end of the old line."""
        while (earlier := self._sessions.get(key)) is not None:
            await earlier.end("moved")
            # Several may have waited for this; whoever is first sits down, and the next ends that one too.
            if self._sessions.get(key) is earlier:
                del self._sessions[key]

    async def _sit(self, line: Line, seat: Seat, size: tuple[int, int], language: str) -> None:
        self._begun += 1
        session = Session(
            self.served, seat, line, size=size, language=seat.language or language, name=str(self._begun)
        )
        self._sessions[seat.key] = session
        try:
            await session.hold(self._starts)
        finally:
            if self._sessions.get(seat.key) is session:
                del self._sessions[seat.key]
                self.seats.leave(seat)


def _up(request: web.Request) -> str:
    """Return the way to the first page, which a reverse proxy may have put anywhere."""
    return "../" * (request.path.count("/") - 1) or "./"


def cores() -> int:
    """Return how many processes can begin at once on this machine without slowing one another down."""
    return max(2, os.cpu_count() or 2)
