"""Runs the real kiosk over a store of its own; at each SIGUSR1 it takes three minutes to have passed."""

from __future__ import annotations

import signal
from datetime import datetime
from types import FrameType

from assistant.clock import CHINA, SetClock
from assistant.kiosk import app, running
from assistant.settings import from_environment
from tests.assistant.kiosk.scenes import IDLE, FakeTicks


def main() -> int:
    ticks = FakeTicks()

    def pass_(_number: int, _frame: FrameType | None) -> None:
        ticks.at += IDLE

    signal.signal(signal.SIGUSR1, pass_)
    app.KioskApp.__init__.__kwdefaults__["ticks"] = ticks
    clock = SetClock(datetime(2020, 7, 1, 9, 0, tzinfo=CHINA))
    return running.run_kiosk(from_environment(), clock, language="en", edition="pilot")
