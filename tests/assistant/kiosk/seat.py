"""Somebody before the full screen, with a conversation that follows a script."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual import events
from textual.message import Message
from textual.pilot import Pilot
from textual.widget import Widget

from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.prose import Prose
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.scripted import FakeConversation
from tests.factories import content

SMALL, LARGE = (80, 24), (120, 40)
EVERY = [(SMALL, "zh"), (LARGE, "en")]
"""Each size and each language once; the pictures show all four together."""
OPEN = Policy(can_quit=True, any_folder=True, grace=0)


class Seat:
    """Somebody before the screen."""

    def __init__(self, app: KioskApp, pilot: Pilot[None]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def panel(self) -> AskPanel:
        return self.app.screen.query_one(AskPanel)

    @property
    def draft(self) -> str:
        return self.panel.draft

    async def rest(self) -> None:
        """Wait until all that was sent is drawn."""
        await quiet(self.app)

    async def settle(self) -> None:
        await self.rest()
        await self.app.workers.wait_for_complete()
        await self.rest()

    async def come(self, *messages: Message) -> None:
        """Let a terminal send something."""
        assert self.app._driver is not None
        for message in messages:
            self.app._driver.process_message(message)
        # The driver hands over as from its own thread.
        await asyncio.sleep(0)
        await self.rest()

    async def press(self, *keys: str) -> None:
        """Press keys, each when the turn of the one before is drawn."""
        for key in keys:
            await self.come(pressed(key))
            await self.settle()

    async def type(self, text: str, *, enter: bool = True) -> None:
        self.panel.composer.put(text)
        await self.rest()
        if enter:
            await self.press("enter")

    async def click(self, widget: Widget, offset: tuple[int, int] = (4, 0)) -> None:
        await self.pilot.click(widget, offset=offset)
        await self.settle()

    def says(self, id: str) -> str:
        """Return what a text of the panel shows; nothing where it is not shown."""
        prose = self.app.screen.query_one(f"#{id}", Prose)
        return flat(prose.at(prose.content_size.width).plain) if prose.display else ""

    def shown(self) -> str:
        """Return every character on the screen, without spaces."""
        _, height = self.app.size
        lines = self.app.screen._compositor.render_strips()
        assert len(lines) == height
        return flat("".join(strip.text for strip in lines))


def pressed(key: str) -> events.Key:
    """Make what a terminal reports of a key."""
    return events.Key(key, key) if len(key) == 1 else events.Key(key, CHARACTERS.get(key))


CHARACTERS = {"enter": "\r", "space": " ", "tab": "\t"}


def flat(text: str) -> str:
    return "".join(text.split())


def said(language: str, key: str) -> str:
    return flat(content().words[language][key])


@asynccontextmanager
async def seated(
    conversation: FakeConversation,
    *,
    size: tuple[int, int] = SMALL,
    allowed: Policy = OPEN,
    purpose: str = "1",
) -> AsyncIterator[Seat]:
    """Sit down and choose what one came for; the language is the conversation's."""
    app = KioskApp(content(), lambda language, mode: conversation, allowed, language=conversation.language)
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.press(purpose)
        yield seat
