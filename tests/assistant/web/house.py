"""A server over a store of its own, in the loop of the test, and pages in a real Chromium before it."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from assistant.clock import SetClock
from assistant.records import Records
from assistant.web.gate import Gate
from assistant.web.server import WebServer
from assistant.web.service import Served
from tests.factories import NOW, content, opened

CHROMIUM = next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)
"""The machine's own browser; without one, that of Playwright, and where that is missing too a test fails."""

PATIENCE_SECONDS = 90.0

DRAWN = "body[data-drawn]:not([data-said])"
"""The terminal has drawn something, and nothing stands over it."""


@dataclass
class House:
    """A server that runs."""

    server: WebServer
    records: Records
    clock: SetClock
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def set(self, now: datetime) -> None:
        """Move the clock of the sessions that begin from now on."""
        self.clock.set(now)
        self.server.served = replace(self.server.served, arguments=of(now))


def of(now: datetime) -> tuple[str, ...]:
    return ("--edition", "pilot", "--now", now.isoformat())


@asynccontextmanager
async def house(
    folder: Path,
    *,
    store: Path | None = None,
    app: str = "",
    most: int = 20,
    starts: int = 2,
    token: str = "",
    settings: Mapping[str, str] | None = None,
    served: Served | None = None,
) -> AsyncIterator[House]:
    """Serve from a folder, with a copy of a prepared store where there is one."""
    if store is not None:
        shutil.copytree(store, folder, dirs_exist_ok=True)
    records, clock = opened(folder), SetClock(NOW)
    variables = {"CHENGNUO_DATA": str(folder), "CHENGNUO_KEYS": str(folder / "keys"), **(settings or {})}
    server = WebServer(
        served or Served(app, of(NOW), variables),
        content(),
        content().editions["pilot"],
        records,
        clock,
        Gate("127.0.0.1", (), token),
        port=0,
        most=most,
        starts=starts,
    )
    listening: asyncio.Future[int] = asyncio.get_running_loop().create_future()
    running = asyncio.create_task(server.run(listening.set_result))
    try:
        await asyncio.wait({running, listening}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await running
        yield House(server, records, clock, listening.result())
    finally:
        server.stop()
        await running
        records.close()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Start Chromium; the sandbox of a browser does not run as root."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox"] if os.geteuid() == 0 else []
        )
        try:
            yield browser
        finally:
            await browser.close()


async def opened_page(browser: Browser, house: House, *, path: str = "/", locale: str = "zh-CN") -> Page:
    """Open a window of its own, as of another person, with nothing that was kept before."""
    context = await browser.new_context(locale=locale, viewport={"width": 1000, "height": 620})
    # Other tests have the machine too.
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    page = await context.new_page()
    await page.goto(house.address + path)
    return page


async def shown(page: Page) -> str:
    """Return every character on the terminal, without spaces; the drawing itself is a picture."""
    lines = await page.evaluate(
        "() => { const t = document.getElementById('terminal').terminal, b = t.buffer.active;"
        "return [...Array(t.rows).keys()].map((i) => b.getLine(i).translateToString(true)).join('') }"
    )
    return "".join(str(lines).split())


async def until_shown(page: Page, *wanted: str, seconds: float = PATIENCE_SECONDS) -> str:
    """Wait until one of the texts stands on the terminal, and return everything there."""
    ends = asyncio.get_running_loop().time() + seconds
    while True:
        found = await shown(page)
        if any("".join(each.split()) in found for each in wanted):
            return found
        assert asyncio.get_running_loop().time() < ends, f"{wanted} never came; there stands: {found}"
        await asyncio.sleep(0.05)
