"""A trainer in front of a class, over a classroom of their own."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from assistant.kiosk.policy import policy
from assistant.lessons import Classroom, open_classroom
from assistant.trainer.app import TrainerApp
from assistant.trainer.notes import NotesApp
from assistant.trainer.page import TrainerPage
from assistant.trainer.screens.lesson import LessonPage
from assistant.trainer.terminal import ClassroomTerminal
from content.teaching import Teaching, read_teaching
from tests.assistant.kiosk.quiet import quiet
from tests.assistant.kiosk.seat import flat, pressed
from tests.factories import content


@cache
def teaching() -> Teaching:
    return read_teaching(content())


@cache
def classroom() -> Classroom:
    """Open a classroom once in each test process: what finds answers is half a second to load."""
    folder = Path(tempfile.mkdtemp(prefix="chengnuo-classroom-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_classroom(folder / "training", content())


@dataclass
class Seat:
    """Somebody before one of the two terminals."""

    app: ClassroomTerminal
    pilot: Pilot[None]

    @property
    def page(self) -> TrainerPage:
        assert isinstance(self.app.screen, TrainerPage)
        return self.app.screen

    @property
    def lesson(self) -> LessonPage:
        assert isinstance(self.app, TrainerApp)
        lesson = self.app.lesson
        assert lesson is not None
        return lesson

    async def rest(self) -> None:
        await quiet(self.app)
        # What one thread brings may begin the next; the autopilot goes on until it is over.
        while any(not each.is_finished for each in self.app.workers):
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

    def shown(self) -> str:
        """Return every character on the screen, without spaces."""
        return flat("".join(strip.text for strip in self.app.screen._compositor.render_strips()))


@asynccontextmanager
async def at_a_lesson(
    persona: str = "", *, size: tuple[int, int] = (80, 24), language: str = "zh"
) -> AsyncIterator[Seat]:
    """Open the classroom, with a persona or with the library; the autopilot takes no time."""
    app = TrainerApp(
        content(),
        classroom(),
        teaching(),
        policy("open", grace=0),
        persona=persona,
        language=language,
        pace=0,
    )
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.rest()
        yield seat
        await app.quit()


@asynccontextmanager
async def at_the_notes(
    folder: Path, *, size: tuple[int, int] = (80, 24), language: str = "zh"
) -> AsyncIterator[Seat]:
    """Open the presenter's notes of a training folder."""
    app = NotesApp(content(), folder, teaching(), policy("open"), language=language)
    async with app.run_test(size=size) as pilot:
        seat = Seat(app, pilot)
        await seat.rest()
        yield seat
