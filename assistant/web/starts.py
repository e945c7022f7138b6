"""Lets a few sessions begin at once and the others wait in line: each beginning takes a core for a moment."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager


class Starts:
    """The line before the beginning."""

    def __init__(self, most: int) -> None:
        """Let ``most`` begin at once."""
        self._free = most
        self._line: list[asyncio.Event] = []

    @asynccontextmanager
    async def turn(self, over: asyncio.Event, tell: Callable[[int], Awaitable[None]]) -> AsyncIterator[bool]:
        """Wait for a turn, and give whether it came before ``over``.

        Args:
            over: Set when whoever waits has gone.
            tell: Told how many are before them, anew whenever that changes.
        """
        mine = asyncio.Event()
        self._line.append(mine)
        came = False
        try:
            came = await self._wait(mine, over, tell)
            yield came
        finally:
            if came:
                self._free += 1
            else:
                self._line.remove(mine)
            self._wake()

    async def _wait(
        self, mine: asyncio.Event, over: asyncio.Event, tell: Callable[[int], Awaitable[None]]
    ) -> bool:
        while not over.is_set():
            before = self._line.index(mine)
            if before < self._free:
                self._line.remove(mine)
                self._free -= 1
                return True
            mine.clear()
            await tell(before - self._free + 1)
            waits = {asyncio.create_task(each.wait()) for each in (mine, over)}
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            for each in waits:
                each.cancel()
        return False

    def _wake(self) -> None:
        for each in self._line:
            each.set()
