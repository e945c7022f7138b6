"""What an append and a key press cost at the tenth message and at the ten thousandth: ``make bench``."""

from __future__ import annotations

import gc
import resource
import statistics
import time
from collections.abc import Awaitable, Callable

import pytest
from textual.app import App, ComposeResult

from assistant.conversation.messages import Echoed, Message
from assistant.conversation.wording import Wording
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import UNICODE
from assistant.widgets.transcript import TranscriptView
from tests.factories import content

pytestmark = pytest.mark.bench

SAID = "考试地点 Nanjing, the office that verifies by hand where that is needed; 第 {} 条"
ROUNDS = 40


class Talking(App[None]):
    """A conversation and a field."""

    def compose(self) -> ComposeResult:
        yield TranscriptView(Wording(content(), "en"), UNICODE)
        yield Composer()


def records(count: int) -> list[Message]:
    return [Echoed("name", SAID.format(n)) for n in range(count)]


async def median(act: Callable[[], Awaitable[object]]) -> float:
    """Return the median of several rounds in milliseconds."""
    taken = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        await act()
        taken.append((time.perf_counter() - begun) * 1000)
    return statistics.median(taken)


async def measured(count: int) -> tuple[float, float]:
    """Return what an append and a key cost behind ``count`` messages, in milliseconds."""
    app = Talking()
    async with app.run_test(size=(80, 24)) as pilot:
        view, field = app.query_one(TranscriptView), app.query_one(Composer)
        field.focus()
        said = records(count)
        await view.update_to(said)
        await pilot.pause()

        async def append() -> None:
            said.append(Echoed("name", SAID.format(len(said))))
            await view.update_to(said)
            await pilot.pause()

        async def press() -> None:
            await pilot.press("x")

        return await median(append), await median(press)


async def test_the_ten_thousandth_message_costs_what_the_tenth_does() -> None:
    sizes = (10, 100, 1_000, 10_000)
    for count in sizes:
        gc.collect()
        append, press = await measured(count)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:6} messages   append {append:6.1f} ms   key {press:6.1f} ms   peak {memory:6.1f} MB")
