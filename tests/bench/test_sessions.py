"""Twenty people at once before the server: how long until each sees the first screen, and what it takes."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from assistant.web.server import cores
from tests.assistant.web.house import DRAWN, House, chromium, house, opened_page

SESSIONS = 20


def _megabytes(pid: int, file: str, *names: str) -> float:
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text(encoding="ascii").splitlines()
    except OSError:
        return float("nan")
    return sum(int(line.split()[1]) for line in lines if line.partition(":")[0] in names) / 1024


async def _all_come(here: House, come: Callable[[], Awaitable[None]], what: str) -> Sequence[int]:
    """Let twenty come at once, print how long each waited, and return their processes."""

    async def timed() -> float:
        began = time.monotonic()
        await come()
        return time.monotonic() - began

    waited = sorted(await asyncio.gather(*(timed() for _ in range(SESSIONS))))
    assert here.server.seats.taken == SESSIONS
    middle = waited[SESSIONS // 2]
    print(f"\nfirst paint of {SESSIONS} {what}, s: {waited[0]:.1f} middle {middle:.1f} last {waited[-1]:.1f}")
    return [each.pid for each in here.server.sessions() if each.pid is not None]


def _weigh(when: str, children: Sequence[int]) -> None:
    own = [_megabytes(pid, "smaps_rollup", "Private_Clean", "Private_Dirty") for pid in children]
    resident = [_megabytes(pid, "status", "VmRSS") for pid in children]
    print(f"{when}, MB: {sum(resident) / len(children):.0f} resident each, ", end="")
    print(f"{sum(own) / len(children):.0f} its own; all together {sum(own):.0f} their own")


@pytest.mark.bench
async def test_twenty_lines_at_once_are_all_drawn_on(tmp_path: Path) -> None:
    async with house(tmp_path, most=SESSIONS, starts=cores()) as here, AsyncExitStack() as stack:
        client = await stack.enter_async_context(ClientSession())
        opened: list[ClientWebSocketResponse] = []

        async def come() -> None:
            line = await client.ws_connect(f"{here.address}/ws", headers={"Origin": here.address})
            stack.push_async_callback(line.close)
            await line.send_json(["begin", {"key": "", "language": "zh", "width": 100, "height": 30}])
            while (await line.receive()).type != WSMsgType.BINARY:
                pass
            opened.append(line)

        async def begin(line: ClientWebSocketResponse) -> None:
            await line.send_json(["stdin", "1"])
            drawn = ""
            while "您好" not in drawn:
                heard = await line.receive()
                drawn += heard.data.decode() if heard.type == WSMsgType.BINARY else ""

        children = await _all_come(here, come, "lines")
        assert len(children) == SESSIONS
        _weigh("at the first screen", children)
        began = time.monotonic()
        await asyncio.gather(*(begin(each) for each in opened))
        print(f"the first question for all of them after {time.monotonic() - began:.1f} s more")
        _weigh("in a registration", children)
        print(f"server, MB: {_megabytes(os.getpid(), 'status', 'VmRSS'):.0f} resident, with the bench")


@pytest.mark.bench
async def test_twenty_windows_of_a_browser_at_once_show_the_first_screen(tmp_path: Path) -> None:
    async with house(tmp_path, most=SESSIONS, starts=cores()) as here, chromium() as browser:

        async def come() -> None:
            page = await opened_page(browser, here)
            await page.wait_for_selector(DRAWN, timeout=180_000)

        assert len(await _all_come(here, come, "windows of Chromium on the same machine")) == SESSIONS
