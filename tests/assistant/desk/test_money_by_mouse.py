"""Payments and lists with the mouse alone: keys only fill in fields."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widget import Widget

from assistant.desk.pages import allowed
from assistant.desk.screens import payments
from assistant.desk.screens.home import HomePage
from assistant.records import payment_items
from assistant.widgets.choices import Choices
from assistant.widgets.key_bar import KeyHint
from assistant.widgets.listing import Listing
from assistant.widgets.spots import ActBar
from flows.roles import Role
from tests.assistant.records.stores import begin
from tests.assistant.records.test_payments import due
from tests.assistant.records.test_supervision import both, imported, paid
from tests.factories import NOW

from .seat import DeskSeat, at_the_desk

SHORT = 2
"""Rows of a page here: a store with fifty takes long to make."""

STAFF = {
    "boss": (Role.ADMINISTRATOR,),
    "all": (Role.CASHIER, Role.SUPERVISOR, Role.PUBLISHER),
}


async def click(seat: DeskSeat, widget: Widget, at: tuple[int, int]) -> None:
    await seat.pilot.click(widget, offset=at)
    await seat.rest()


async def hint(seat: DeskSeat, id: str) -> None:
    (found,) = [each for each in seat.page.query(KeyHint) if each.action == id]
    await click(seat, found, (2, 0))


async def answer(seat: DeskSeat, id: str) -> None:
    """Click what can be done on the leaf that lies open."""
    for bar in seat.page.query(ActBar):
        place = bar.place(id) if bar.region.area else None
        if place is not None:
            await click(seat, bar, (place[0] + 1, place[1]))
            return
    raise AssertionError(id)


async def opened(seat: DeskSeat, id: str) -> None:
    """Open a page of the home."""
    assert seat.app.duty is not None
    at = [each.id for each in allowed(seat.app.duty.staff)].index(id)
    row = seat.page.query_one(Choices).rows[at]
    row.scroll_visible(animate=False)
    await seat.rest()
    await click(seat, row, (8, 0))


def fill(seat: DeskSeat, form: str, **values: str) -> None:
    """Type into fields."""
    seat.page.query_one(f"#{form}").put(**{k.replace("_", "-"): v for k, v in values.items()})  # type: ignore[attr-defined]


async def test_a_cashier_and_a_publisher_need_no_key_but_to_fill_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (payment_items, payments):
        monkeypatch.setattr(each, "PAGE", SHORT)
    async with at_the_desk(tmp_path, STAFF) as seat:
        with seat.records.turn() as turn:
            registration, slip = due(turn)
            for _ in range(SHORT + 1):
                each = begin(turn).registration
                turn.payment_slip(each, now=NOW, role=Role.CANDIDATE)
                turn.claim_payment(each, day=date(2020, 7, 1), reference="", now=NOW)
            imported(turn, both(paid(turn)[1]))
        await seat.log_in("all")

        await opened(seat, "payments")
        await hint(seat, "take")
        fill(seat, "slip", pay_slip=slip)
        await answer(seat, "look-slip")
        fill(seat, "take", pay_receipt="R-9")
        await answer(seat, "take-payment")
        await answer(seat, "do-it")
        with seat.records.turn() as turn:
            payment = turn.payment(registration)
        assert payment is not None
        assert payment.receipt == "R-9"
        await hint(seat, "back")
        listing = seat.page.query_one(Listing)
        await click(seat, listing, (6, SHORT + 1))
        assert len(listing.rows) == 1
        await click(seat, listing, (6, 1))
        assert len(listing.rows) == SHORT
        await click(seat, listing, (6, 1))
        fill(seat, "claim", pay_reason="none")
        await answer(seat, "payment-not-found")
        await answer(seat, "do-not")
        await hint(seat, "back")
        await hint(seat, "back")
        assert isinstance(seat.page, HomePage)

        await opened(seat, "publicity")
        await hint(seat, "draft")
        fill(seat, "which", sample_exam="economics", sample_year="2020")
        await answer(seat, "see-draft")
        await hint(seat, "publish")
        day = NOW.date()
        fill(seat, "dates", list_begins=f"{day}", list_ends=f"{day + timedelta(6)}")
        await answer(seat, "publish-list")
        await answer(seat, "do-it")
        await hint(seat, "export")
        fill(seat, "folder", export_folder=str(tmp_path))
        await answer(seat, "export-list")
        assert (tmp_path / "list-1.html").exists()
