"""Waiting until a screen has done and drawn all that it was told.

The pilot asks every widget of the screen to call back, once a round, and waits for an idle machine on top: of
the time of a test of the full screen that was the larger part. Here it is read off: a message pump has
nothing to do when it waits for its next message.
"""

from __future__ import annotations

import asyncio
import time

from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import Screen

LIMIT = 30.0
"""Seconds after which a screen does not come to rest any more."""


def busy(pump: MessagePump) -> bool:
    """Whether a pump has messages, is in the middle of one, or has something to call."""
    if not pump.is_running or pump._closing:
        return False
    queue = pump._message_queue
    return bool(queue.values or pump._next_callbacks or not queue.ready_event._waiters)


def undrawn(screen: Screen[object]) -> bool:
    """Whether something is laid out, drawn or called at the next look of the screen."""
    return bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )


async def quiet(app: App[object]) -> None:
    """Wait until nothing is under way on the screen and everything is drawn.

    Raises:
        TimeoutError: If it does not come to rest.
    """
    until = time.monotonic() + LIMIT
    while app._exception is None and app.is_running:
        # What a thread or a task hands over comes with the next turn of the loop.
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        screen = app.screen
        waited = False
        for pump in (app, *screen.walk_children(with_self=True)):
            while busy(pump) and app._exception is None:
                waited = True
                await asyncio.sleep(0)
                if time.monotonic() > until:
                    raise TimeoutError(f"{pump} does not come to rest")
        if undrawn(screen):
            screen._on_timer_update()
        elif not waited and screen is app.screen:
            return
