"""Takes a page at every size and in every look, for the pictures of ``docs/``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.kiosk.theme import LOOKS
from tests.assistant.desk.seat import DeskSeat
from tests.assistant.trainer.classroom import Seat


async def pictured(
    seat: DeskSeat | Seat,
    here: Path,
    name: str,
    *,
    sizes: tuple[tuple[int, int], ...],
    themes: tuple[str, ...],
    slim: Callable[[str], str],
) -> None:
    """Write what stands on the screen into files of a folder; the look is the first one again afterwards."""
    here.mkdir(parents=True, exist_ok=True)
    for width, height in sizes:
        await seat.pilot.resize_terminal(width, height)
        await seat.rest()
        for look in themes:
            seat.app.theme = LOOKS[look].name
            await seat.pilot.pause()
            picture = slim(seat.app.export_screenshot(title="Chengnuo"))
            (here / f"{name}-{width}x{height}-{look}.svg").write_text(picture, encoding="utf-8")
    seat.app.theme = LOOKS[themes[0]].name
