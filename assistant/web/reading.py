"""What is there to be read: the notice, and the lists that are public today."""

from __future__ import annotations

from importlib.metadata import version

from assistant.clock import Clock, Ticks
from assistant.publishing import as_page
from assistant.records import Records
from assistant.web import pages
from content.loader import Content
from content.schema import Edition

FRESH_SECONDS = 10.0
"""How long a list that was read serves for all: many readers may not hold up those who register."""


class Reading:
    """The pages for reading."""

    def __init__(
        self, content: Content, edition: Edition, records: Records, clock: Clock, ticks: Ticks
    ) -> None:
        """Read from ``records`` by the day of ``clock``; ``ticks`` measures how old a page is."""
        self._content, self._records, self._clock, self._ticks = content, records, clock, ticks
        self._notices = {each: pages.notice(content, edition, each) for each in pages.LANGUAGES}
        self._kept: dict[int, tuple[float, bytes | None]] = {}
        self.version = version("chengnuo")

    def notice(self, language: str) -> str:
        """Return the page of the notice."""
        return self._notices[language]

    def lists(self) -> bytes:
        """Return the page of the lists that are public today."""
        return self._fresh(0) or b""

    def list(self, number: int) -> bytes | None:
        """Return a list that is public today; ``None`` where there is none of this number."""
        return self._fresh(number) if number else None

    def touch(self) -> None:
        """Reach the store, or raise what keeps it away."""
        with self._records.turn() as turn:
            turn.publicities()

    def _fresh(self, number: int) -> bytes | None:
        now = self._ticks()
        # What has grown old goes: the store's numbers are not the only ones that are asked for.
        self._kept = {each: kept for each, kept in self._kept.items() if now - kept[0] < FRESH_SECONDS}
        if number not in self._kept:
            self._kept[number] = (now, self._read(number))
        return self._kept[number][1]

    def _read(self, number: int) -> bytes | None:
        with self._records.turn() as turn:
            listed = turn.publicities_on(self._clock.now().date())
            if number == 0:
                return pages.lists(self._content, listed).encode()
            if number not in {each.id for each in listed}:
                return None
            return as_page(turn.published(number), self._content)
