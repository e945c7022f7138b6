"""Runs the full screen to its end, on the store of its settings."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from threading import Lock
from typing import TYPE_CHECKING

from assistant.clock import Clock
from assistant.conversation.protocol import Conversation, Mode, Start
from assistant.kiosk.app import KioskApp
from assistant.kiosk.faults import kept_quiet
from assistant.kiosk.hatches import served
from assistant.kiosk.policy import in_a_browser, policy_of
from assistant.kiosk.terminal_app import driver_here, run
from assistant.kiosk.theme import first_look
from assistant.widgets.glyphs import ASCII, UNICODE

if TYPE_CHECKING:
    from assistant.settings import Settings


def run_kiosk(settings: Settings, clock: Clock, *, language: str, edition: str) -> int:
    """Run the full screen until it is left.

    Args:
        settings: Where data and keys lie, and what the terminal allows.
        clock: The one source of time.
        language: The language of the welcome.
        edition: ``pilot``, ``current``, or empty for what the date asks for.

    Returns:
        The exit code: 0, 70 after a fault of ours, 128 and more after a signal.
    """
    from assistant.starting import content_of, edition_of, opened

    content = content_of(settings)
    with ExitStack() as stack:
        with suppress(OSError):
            # Where this fails, opening the store fails too and says why.
            settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        stack.enter_context(kept_quiet(settings.data / "faults.log"))
        begin: list[Start] = []
        opening = Lock()

        def start(language: str, mode: Mode) -> Conversation:
            with opening:
                if not begin:
                    chosen = edition_of(content, edition, clock)
                    out = settings.photos[0] if served(os.environ) else None
                    begin.append(stack.enter_context(opened(settings, content, clock, chosen, out=out)))
            return begin[0](language, mode)

        allowed = policy_of(settings)
        app = KioskApp(
            content,
            start,
            in_a_browser(allowed) if served(os.environ) else allowed,
            language=language,
            theme=first_look(settings.theme, os.environ),
            glyphs=ASCII if settings.glyphs == "ascii" else UNICODE,
            keyboard=settings.keyboard == "on",
            animations=settings.animations,
            staff_pin=settings.staff_pin.get_secret_value(),
            pictures=settings.pictures,
            driver=driver_here(),
        )
        return run(app)
