"""The home of the desk: every page has a key."""

from __future__ import annotations

from pathlib import Path

from assistant.desk.pages import PAGES
from assistant.desk.screens.home import HomePage
from assistant.widgets.choices import KEYS, Choices
from flows.permissions import DESK_ROLES
from tests.assistant.kiosk.seat import flat, said

from .seat import at_the_desk


async def test_somebody_with_every_role_opens_any_page_by_the_key_beside_it(tmp_path: Path) -> None:
    async with at_the_desk(tmp_path, {"all": tuple(sorted(DESK_ROLES))}) as seat:
        await seat.log_in("all")
        shown = [flat(str(row.render())) for row in seat.page.query_one(Choices).rows]
        assert len(shown) == len(PAGES) > 9
        for row, key, entry in zip(shown, KEYS, PAGES, strict=False):
            assert key + flat(said("zh", f"desk.page.{entry.id}")) in row
        last = len(PAGES) - 1
        for key, entry in ((KEYS[9].upper(), PAGES[9]), (KEYS[last], PAGES[last])):
            await seat.press(key)
            assert type(seat.page) is entry.make
            await seat.press("escape")
            assert isinstance(seat.page, HomePage)
        await seat.press(KEYS[last + 1])
        assert isinstance(seat.page, HomePage)
