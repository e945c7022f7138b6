"""What somebody on duty at the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from assistant.clock import Clock
from assistant.records import Records, Turn
from assistant.records.staff import Member
from content.loader import Content
from flows.permissions import Staff

T = TypeVar("T")


@dataclass(frozen=True)
class Duty:
    """One person between login and logout, with everything that their pages need.

    Args:
        member: Who they are.
        records: The store; use it through :meth:`turn` alone, in a thread.
        clock: The one source of time.
        content: Words, rules and catalogues.
        percent: The share of those who passed that is checked, where nobody says otherwise.
        misses: The file of the questions that found no answer; ``None`` where none is kept.
    """

    member: Member
    records: Records
    clock: Clock
    content: Content
    percent: int = 10
    misses: Path | None = None

    @property
    def staff(self) -> Staff:
        """The person as the acts of the store take them: ``by=duty.staff``."""
        return self.member.staff

    @property
    def now(self) -> datetime:
        """The time."""
        return self.clock.now()

    def turn(self, act: Callable[[Turn], T]) -> T:
        """Do something in one transaction; whoever was disabled or has other roles by now may not.

        Raises:
            RecordsError: They may not act any more, or the store refuses.
        """
        with self.records.turn() as turn:
            turn.on_duty(self.staff)
            return act(turn)
