"""What somebody on duty at the desk works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
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
class Periods:
    """Days that the installation sets.

    Args:
        defence: For statement and defence.
        objection: In which a review can be asked for.
        report: After which an open report is overdue.
    """

    defence: int = DEFENCE_DAYS
    objection: int = REVIEW_DAYS
    report: int = DAYS


PERIODS = Periods()


@dataclass(frozen=True)
class Duty:
    """One person between login and logout, with everything that their pages need.

    Args:
        member: Who they are.
        records: The store; use it through :meth:`turn` alone, in a thread.
        clock: The one source of time.
        content: Words, rules and catalogues.
        review_lock: How long a claimed verification is kept for one person.
        review_days: Days within which a manual verification is to be decided.
        periods: Days that the installation sets.
    """

    member: Member
    records: Records
    clock: Clock
    content: Content
    review_lock: timedelta = review.LOCK
    review_days: int = review.DAYS
    periods: Periods = PERIODS

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
