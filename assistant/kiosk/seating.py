"""A place that a server keeps for the person at a browser: a reload of the page goes on where they were.

What the server holds is the code of the registration, in memory, until the person leaves; it is never shown
to the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, runtime_checkable

from textual.message import Message


@runtime_checkable
class Seating(Protocol):
    """A driver whose app is served.

    Attributes:
        uploads: Whether the page can send a picture.
    """

    uploads: bool

    def taken_up(self) -> str:
        """Return the code of who sat here before the reload, once; nothing where nobody did."""
        ...

    def keep_place(self, code: str | None, language: str) -> None:
        """Let the server keep the place of a registration, or forget whose it was."""
        ...

    def offer_upload(self, wanted: bool) -> None:
        """Let the page offer to take a picture from the person's own machine, or no longer."""
        ...

    def offer_letter(self, file: str) -> None:
        """Let the page offer to keep the letter of this name on the person's own machine."""
        ...


@dataclass
class PictureCame(Message):
    """A picture was put into the folder of this person."""

    path: Path


class NoSeat:
    """What stands in its place at a terminal: nothing is kept anywhere."""

    uploads = False

    def taken_up(self) -> str:
        """Return nothing."""
        return ""

    def keep_place(self, code: str | None, language: str) -> None:
        """Keep nothing."""

    def offer_upload(self, wanted: bool) -> None:
        """Offer nothing."""

    def offer_letter(self, file: str) -> None:
        """Offer nothing."""


def seat_of(driver: object) -> Seating:
    """Return the seat that a driver has."""
    return driver if isinstance(driver, Seating) else NoSeat()
