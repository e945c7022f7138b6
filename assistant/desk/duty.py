"""What somebody on duty at the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from assistant.clock import Clock
from assistant.records import Records, Turn
from assistant.records.staff import Member
from content.loader import Content
from flows.casework import review
from flows.casework.false_promise import DEFENCE_DAYS, REVIEW_DAYS
from flows.casework.report import DAYS
from flows.permissions import Staff

T = TypeVar("T")


@dataclass(frozen=True)
class House:
    """What the installation sets for its desk.

    Args:
        review_lock: How long a claimed verification is kept for one person.
        review_days: Days within which a manual verification is to be decided.
        defence_days: Days for statement and defence.
        objection_days: Days in which a review of a decision can be asked for.
        report_days: Days after which an open report is overdue.
        sample_percent: The share of those who passed that is checked, where nobody says otherwise.
        misses: The file of the questions that found no answer; ``None`` where none is kept.
    """

    review_lock: timedelta = review.LOCK
    review_days: int = review.DAYS
    defence_days: int = DEFENCE_DAYS
    objection_days: int = REVIEW_DAYS
    report_days: int = DAYS
    sample_percent: int = 10
    misses: Path | None = None


HOUSE = House()


@dataclass(frozen=True)
class Duty:
    """One person between login and logout, with everything that their pages need.

    Args:
        member: Who they are.
        records: The store; use it through :meth:`turn` alone, in a thread.
        clock: The one source of time.
        content: Words, rules and catalogues.
        house: What the installation sets.
    """

    member: Member
    records: Records
    clock: Clock
    content: Content
    house: House = HOUSE

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
