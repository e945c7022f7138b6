"""The seats before the server: how many there are, who keeps theirs over a reload, and what each holds.

A seat belongs to one tab of a browser, which knows its key and nothing else. It holds the code of the
registration that is under way, in memory alone, and a folder for pictures. When the person leaves, finishes
or is gone for too long, the seat forgets: the next one at the same browser finds nothing.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

from assistant.clock import Ticks

RELOAD_SECONDS = 10.0
"""How long the seat of a tab that went away counts as taken: a reload comes back at once, and finds it."""

MOST_PICTURES = 6
"""Pictures that a folder keeps; the oldest goes."""

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class FullError(Exception):
    """All seats are taken."""


@dataclass
class Seat:
    """One tab.

    Attributes:
        key: What the tab shows to have it again.
        inbox: The folder of its pictures.
        code: Of the registration under way; empty for none.
        language: The language that was spoken last; empty for that of the browser.
        taken: Whether somebody sits here now.
        left_at: When they left.
        pictures: How many pictures have come.
    """

    key: str
    inbox: Path
    code: str = ""
    language: str = ""
    taken: bool = True
    left_at: float = 0.0
    pictures: int = 0

    def keep(self, code: str, language: str) -> None:
        """Take note of whose registration is under way; with none, forget everything of the last person."""
        self.code, self.language = code, language
        if not code:
            self.empty()

    def put(self, picture: bytes) -> Path | None:
        """Put a picture into the folder; ``None`` where it is neither JPEG nor PNG.

        Its own name is not kept: people call such files by their own.
        """
        if picture.startswith(JPEG):
            ending = "jpg"
        elif picture.startswith(PNG):
            ending = "png"
        else:
            return None
        self.inbox.mkdir(mode=0o700, exist_ok=True)
        self.pictures += 1
        path = self.inbox / f"photo-{self.pictures}.{ending}"
        path.touch(mode=0o600)
        path.write_bytes(picture)
        for old in sorted(self.inbox.glob("photo-*"), key=lambda each: each.stat().st_mtime_ns)[
            :-MOST_PICTURES
        ]:
            old.unlink(missing_ok=True)
        return path

    def empty(self) -> None:
        """Take the pictures away."""
        shutil.rmtree(self.inbox, ignore_errors=True)


class Seats:
    """All seats."""

    def __init__(self, folder: Path, most: int, hold: float, ticks: Ticks) -> None:
        """Begin with all free.

        Args:
            folder: Where the folders of pictures are made; nobody else can look into it.
            most: How many people may sit at once.
            hold: Seconds for which the seat of somebody who went away without leaving is kept.
            ticks: What measures.
        """
        self.most = most
        self._folder, self._hold, self._ticks = folder, hold, ticks
        self._seats: dict[str, Seat] = {}

    @property
    def taken(self) -> int:
        """How many sit here now."""
        return sum(seat.taken for seat in self._seats.values())

    def all(self) -> tuple[Seat, ...]:
        """Return every seat that is kept."""
        return tuple(self._seats.values())

    def find(self, key: str) -> Seat | None:
        """Return the seat of a key, while it is kept."""
        self.sweep()
        return self._seats.get(key)

    def take(self, key: str) -> Seat:
        """Give a tab its seat again, or a new one.

        Raises:
            FullError: All are taken.
        """
        seat = self.find(key)
        if seat is not None:
            # Their own is theirs, even where it counts as free by now, as long as there is room.
            if not seat.taken and self._occupied(but=seat) >= self.most:
                raise FullError
            seat.taken = True
            return seat
        if self._occupied() >= self.most:
            raise FullError
        key = secrets.token_urlsafe(24)
        seat = self._seats[key] = Seat(key, self._folder / secrets.token_hex(8))
        return seat

    def leave(self, seat: Seat) -> None:
        """Take note that a tab went away; it may come back."""
        seat.taken, seat.left_at = False, self._ticks()
        if not seat.code:
            self._drop(seat)

    def sweep(self) -> None:
        """Forget those who went away and did not come back in time."""
        now = self._ticks()
        for seat in list(self._seats.values()):
            if not seat.taken and now - seat.left_at >= self._hold:
                self._drop(seat)

    def close(self) -> None:
        """Leave nothing of anybody."""
        for seat in list(self._seats.values()):
            self._drop(seat)

    def _occupied(self, but: Seat | None = None) -> int:
        now = self._ticks()
        return sum(
            seat.taken or now - seat.left_at < RELOAD_SECONDS
            for seat in self._seats.values()
            if seat is not but
        )

    def _drop(self, seat: Seat) -> None:
        seat.code = ""
        seat.empty()
        self._seats.pop(seat.key, None)
