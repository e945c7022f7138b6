"""Runs the desk to its end, on the store of its settings."""

from __future__ import annotations

import os
from contextlib import ExitStack
from datetime import timedelta
from typing import TYPE_CHECKING

from assistant.clock import Clock
from assistant.desk.app import DeskApp
from assistant.desk.duty import House
from assistant.kiosk.faults import kept_quiet
from assistant.kiosk.policy import policy
from assistant.kiosk.terminal_app import driver_here, run
from assistant.kiosk.theme import first_look
from assistant.records import open_records
from assistant.starting import content_of
from assistant.widgets.glyphs import ASCII, UNICODE

if TYPE_CHECKING:
    from assistant.settings import Settings


def run_desk(settings: Settings, clock: Clock, *, language: str) -> int:
    """Run the desk until it is left.

    Args:
        settings: Where data and keys lie, and how the terminal looks.
        clock: The one source of time.
        language: The first language.

    Returns:
        The exit code: 0, 70 after a fault of ours, 128 and more after a signal.

    Raises:
        RecordsError: The store cannot be opened.
    """
    content = content_of(settings)
    with ExitStack() as stack:
        records = open_records(settings.database, settings.field_key)
        stack.callback(records.close)
        stack.enter_context(kept_quiet(settings.data / "faults.log"))
        app = DeskApp(
            content,
            records,
            clock,
            policy("staff", settings.photos, reveal=settings.reveal_seconds),
            language=language,
            theme=first_look(settings.theme, os.environ),
            glyphs=ASCII if settings.glyphs == "ascii" else UNICODE,
            animations=settings.animations,
            lock_seconds=settings.lock_seconds,
            house=House(
                review_lock=timedelta(minutes=settings.review_lock_minutes),
                review_days=settings.review_days,
                defence_days=settings.defence_days,
                objection_days=settings.objection_days,
                report_days=settings.report_days,
                sample_percent=settings.sample_percent,
                misses=settings.misses,
            ),
            driver=driver_here(),
        )
        return run(app)
