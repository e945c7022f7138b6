"""Where a candidate stands, worked out once for as long as nothing has changed."""

from __future__ import annotations

from datetime import datetime

from content.loader import Content
from content.schema import Edition
from flows import journey
from flows.dossier import Dossier
from flows.journey import Place
from flows.situation import Situation


class Sight:
    """Remembers the last situation: within a turn it is looked at a dozen times.

    Facts, rules and times never change in themselves, so the same ones are the same objects.
    """

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._situation: Situation | None = None
        self._place: Place | None = None

    def situation(self, dossier: Dossier, edition: Edition, content: Content, now: datetime) -> Situation:
        """Return the situation, with what was worked out of it already."""
        last = self._situation
        seen = (dossier, edition, now)
        if last is None or any(
            one is not other for one, other in zip((last.dossier, last.edition, last.now), seen, strict=True)
        ):
            last = self._situation = Situation(dossier, edition, content, now)
            self._place = None
        return last

    def place(self, situation: Situation) -> Place:
        """Return where the candidate is in the journey, in the situation that was returned last."""
        if self._place is None or situation is not self._situation:
            self._place = journey.locate(situation)
        return self._place
