"""Somebody at the desk, over a store of their own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from assistant.clock import Clock, SetClock
from assistant.desk.app import DeskApp
from assistant.desk.page import Sheet
from assistant.desk.pages import allowed
from assistant.kiosk.policy import policy
from assistant.records import Records
from assistant.records.staff import OPERATOR
from assistant.widgets.choices import Choices
from assistant.widgets.spots import Spots
from flows.roles import Role
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.seat import flat, pressed
from tests.assistant.records.stores import store
from tests.factories import NOW, content

PASSWORD = "Kaoshi2020x"


class FakeTicks:
    """Measures the time that a test lets pass."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class DeskSeat:
    """Somebody before the screen of the desk."""

    app: DeskApp
    pilot: Pilot[None]
    records: Records
    ticks: FakeTicks

    @property
    def page(self) -> Sheet:
        assert isinstance(self.app.screen, Sheet)
        return self.app.screen

    async def rest(self) -> None:
        # What one thread brings may open a page, which begins the next.
        await quiet(self.app)
        while any(not each.is_finished for each in self.app.workers):
            # A page that closes over its outcome takes its thread, which is at its last step, with it.
            with suppress(WorkerCancelled):
                await self.app.workers.wait_for_complete()
            await quiet(self.app)

    async def press(self, *keys: str) -> None:
        for key in keys:
            assert self.app._driver is not None
            self.app._driver.process_message(pressed(key))
            await self.rest()

    async def type(self, text: str) -> None:
        """Put a text into the field that keys come to, and enter it."""
        field = self.app.focused
        assert field is not None
        field.put(text)  # type: ignore[attr-defined]
        await self.press("enter")

    async def log_in(self, login: str, password: str = PASSWORD) -> None:
        await self.type(login)
        await self.type(password)

    async def sit(self, login: str, page: str = "") -> None:
        """Go on duty without the password, which is hashed slowly, and to a page."""
        with self.records.turn() as turn:
            member = turn.staff_member(login)
        self.app.begin(member)
        await self.rest()
        if page:
            await self.open(page)

    async def open(self, page: str) -> None:
        """Open a page of the home, wherever it stands there."""
        assert self.app.duty is not None
        choices = self.page.query_one(Choices)
        here = choices.highlighted
        ids = [each.id for each in allowed(self.app.duty.staff)]
        way = ids.index(page) - (ids.index(here.asked.id) if here is not None else 0)
        await self.press(*["down" if way > 0 else "up"] * abs(way), "enter")

    async def click(self, where: str | Widget, line: int = 0, column: int = 1) -> None:
        """Click something at one of its lines."""
        await self.pilot.click(where, offset=(column, line))
        await self.rest()

    async def click_piece(self, where: str, piece: str) -> None:
        """Click a piece of a line."""
        line = self.page.query_one(where, Spots)
        place = line.place(piece)
        assert place is not None
        await self.click(line, place[1], place[0] + 1)

    async def alone(self, seconds: float) -> None:
        """Let time pass without a touch, and let the desk look at it."""
        self.ticks.at += seconds
        self.app.call_later(self.app.look)
        await self.rest()

    def shown(self) -> str:
        """Return every character on the screen, without spaces."""
        return flat("".join(strip.text for strip in self.app.screen._compositor.render_strips()))

    def trail(self) -> list[tuple[str, str, str]]:
        """Return action, subject and actor of every entry of the audit trail."""
        with self.records._transaction() as connection:
            from assistant.records import schema

            rows = connection.execute(schema.audit.select().order_by(schema.audit.c.seq))
            return [(row.action, row.subject, row.actor) for row in rows]


@asynccontextmanager
async def at_the_desk(
    folder: Path,
    roles: dict[str, tuple[Role, ...]],
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "zh",
) -> AsyncIterator[DeskSeat]:
    """Sit down at a desk whose staff are ``roles``, by login name; the first is to be an administrator."""
    with store(folder) as records:
        hire(records, roles)
        async with desk_over(records, SetClock(NOW), size=size, language=language) as seat:
            yield seat


def hire(records: Records, roles: dict[str, tuple[Role, ...]]) -> None:
    """Make staff accounts."""
    with records.turn() as turn:
        for login, given in roles.items():
            turn.add_staff(login, display="", password=PASSWORD, roles=given, by=OPERATOR, now=NOW)


@asynccontextmanager
async def desk_over(
    records: Records,
    clock: Clock,
    *,
    size: tuple[int, int] = (80, 24),
    language: str = "zh",
    **given: Any,
) -> AsyncIterator[DeskSeat]:
    """Sit down at a desk over a store that is there already; ``given`` is what else the app is made with."""
    ticks = FakeTicks()
    app = DeskApp(
        content(), records, clock, policy("staff"), language=language, lock_seconds=600, ticks=ticks, **given
    )
    async with app.run_test(size=size) as pilot:
        seat = DeskSeat(app, pilot, records, ticks)
        await seat.rest()
        yield seat
