"""The hands of the simulated clock; every move of them is a moment of the run."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from assistant.clock import in_china
from assistant.lessons.acts import Moved
from assistant.lessons.moments import Moment
from flows.rules import deadlines

if TYPE_CHECKING:
    from assistant.lessons.run import Run


class Ticking:
    """Moves the clock of one run."""

    def __init__(self, run: Run) -> None:
        """Move the clock of ``run``."""
        self._run = run

    @property
    def now(self) -> datetime:
        """The simulated time."""
        return self._run.now

    def hours(self, hours: int) -> Moment:
        """Put the clock forward, or back with a number below nothing."""
        return self.to(self.now + timedelta(hours=hours))

    def years(self, years: int) -> Moment:
        """Put the clock on by whole years; the 29th of February becomes the 28th where there is none."""
        now = self.now
        try:
            return self.to(now.replace(year=now.year + years))
        except ValueError:
            return self.to(now.replace(year=now.year + years, day=28))

    def to(self, moment: datetime) -> Moment:
        """Put the clock to a time; without a zone it is China Standard Time."""
        return self._run.take(Moved(in_china(moment)))

    @property
    def opening(self) -> datetime | None:
        """When registration opens next; ``None`` while no exam and province are chosen."""
        window = self._window(self.now)
        if window is None or window.opens > self.now:
            return window.opens if window else None
        following = self._window(window.pay_by + timedelta(seconds=1))
        return following.opens if following and following.opens > self.now else None

    @property
    def closing(self) -> datetime | None:
        """The end of the registration that is open or comes next; ``None`` as :attr:`opening`."""
        window = self._window(self.now)
        if window is None or window.closes > self.now:
            return window.closes if window else None
        following = self._window(window.pay_by + timedelta(seconds=1))
        return following.closes if following and following.closes > self.now else None

    def to_opening(self) -> Moment | None:
        """Put the clock to the opening of registration; ``None`` where none is known."""
        return None if self.opening is None else self.to(self.opening)

    def to_closing(self) -> Moment | None:
        """Put the clock to the close, from which moment on it is over; ``None`` as :meth:`to_opening`."""
        return None if self.closing is None else self.to(self.closing)

    def _window(self, at: datetime) -> deadlines.WindowTimes | None:
        known, content = self._run.situation.dossier, self._run.situation.content
        exam, province = known.text("exam"), known.text("province")
        return deadlines.window(content.calendar, exam, province, at) if exam and province else None
