"""Takes the pictures of the desk for ``make screens``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.kiosk.theme import LOOKS
from flows.roles import Role
from tests.assistant.desk.seat import DeskSeat, at_the_desk
from tests.assistant.records.stores import MOBILE, confirmed

DESK_SCREENS = {
    "desk-login": "The desk: who it is",
    "desk-home": "The desk: the pages that somebody's roles allow",
    "desk-candidate": "The desk: a candidate, found with a reason and masked",
    "desk-audit": "The desk: the audit trail",
    "desk-staff": "The desk: staff accounts",
}
STAFF = {
    "li.wei": (Role.ADMINISTRATOR, Role.HELP_DESK, Role.AUDITOR),
    "chen": (Role.VERIFIER, Role.CASHIER),
    "zhao": (Role.SUPERVISOR,),
}


async def desk_tour(
    language: str,
    folder: Path,
    here: Path,
    *,
    sizes: tuple[tuple[int, int], ...],
    themes: tuple[str, ...],
    slim: Callable[[str], str],
) -> None:
    """Take every picture of the desk at each size and in each look."""

    async def take(seat: DeskSeat, name: str) -> None:
        for width, height in sizes:
            await seat.pilot.resize_terminal(width, height)
            await seat.rest()
            for look in themes:
                seat.app.theme = LOOKS[look].name
                await seat.pilot.pause()
                picture = slim(seat.app.export_screenshot(title="Chengnuo"))
                here.mkdir(parents=True, exist_ok=True)
                (here / f"{name}-{language}-{width}x{height}-{look}.svg").write_text(
                    picture, encoding="utf-8"
                )
        seat.app.theme = LOOKS[themes[0]].name

    async with at_the_desk(folder, STAFF, size=sizes[0], language=language) as seat:
        with seat.records.turn() as turn:
            confirmed(turn)
        await take(seat, "desk-login")
        await seat.log_in("li.wei")
        await take(seat, "desk-home")
        await seat.press("1", "1", "enter", "2")
        await seat.type(MOBILE)
        await take(seat, "desk-candidate")
        await seat.press("escape", "escape", "2")
        await take(seat, "desk-audit")
        await seat.press("escape", "3")
        await take(seat, "desk-staff")
