"""Fingers on keys and on the screen: what a terminal sends for them, through the framework's own parser."""

from __future__ import annotations

import asyncio
from typing import Any

from textual._xterm_parser import XTermParser
from textual.app import App

HOPS = 40
"""Rounds of the event loop in which an input reaches its widget and what that posts is done; it needs ten."""


class Fingers:
    """Presses and touches without a wait in between, as quick people and machines do."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._parser = XTermParser()

    def send(self, sent: str) -> None:
        """Send what a terminal sends: keys, what an input method commits, a paste, or the mouse."""
        driver = self._app._driver
        assert driver is not None
        # The parser takes an empty text for the end of the terminal.
        for event in self._parser.feed(sent) if sent else ():
            driver.process_message(event)

    def touch(self, down: tuple[int, int], up: tuple[int, int] | None = None) -> None:
        """Put a finger on a place of the screen and lift it there, or at another place."""
        for (x, y), end in ((down, "M"), (up or down, "m")):
            self.button((x, y), end)

    def button(self, place: tuple[int, int], end: str) -> None:
        """Press the button of a mouse at a place of the screen (``M``), or let go of it (``m``)."""
        x, y = place
        assert self._app.screen.region.contains(x, y), place
        self.send(f"\x1b[<0;{x + 1};{y + 1}{end}")

    async def arrived(self) -> None:
        """Let what was sent reach its widget; workers and the next layout are not waited for."""
        for _ in range(HOPS):
            await asyncio.sleep(0)
