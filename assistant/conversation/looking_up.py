"""What staff see of a registration: the place that the candidate stands at, found in the same way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.conversation import overview, showing
from assistant.conversation.arrivals import arrived
from assistant.conversation.messages import Card, Message, Row, Said
from flows import journey
from flows.journey import Place
from flows.situation import Situation
from flows.verdict import Arg, Named

if TYPE_CHECKING:
    from assistant.records import Turn
    from assistant.records.casework import Review
    from content.loader import Content


@dataclass(frozen=True)
class SeenLetter:
    """A letter as staff see it: that there is one, and whether it holds; never its text."""

    number: int
    sealed_at: datetime
    superseded_at: datetime | None


@dataclass(frozen=True)
class Seen:
    """A registration as staff see it."""

    code: str
    place: Place
    situation: Situation
    letters: tuple[SeenLetter, ...]
    review: Review | None

    def messages(self) -> tuple[Message, ...]:
        """Return where it stands, what is waited for, by when, and what is verified, as cards."""
        plan = showing.plan(self.situation)
        return (
            Card("status", "seen.title", tuple(self._rows())),
            Card("status", "seen.verification", tuple(self._items())),
            *((plan,) if plan is not None else ()),
        )

    def _rows(self) -> Iterable[Row]:
        place, known = self.place, self.situation.dossier
        progress = showing.progress(place)
        for key in ("exam", "province"):
            if key in known:
                yield Row(f"fact.{key}", Named(key, known.text(key)))
        yield Row("seen.step", Named("step", place.step.id))
        yield Row("seen.number", f"{progress.number}/{progress.of}")
        needs = next((each.needs for each in overview.tasks(place, self.situation) if each.needs), ())
        if needs:
            yield Row("seen.needs", needs)
        yield from self._reviewed()
        yield from self._paid()
        yield Row("seen.letter", self._letter())

    def next_said(self) -> Said | None:
        """Return what is waited for, or why it stops."""
        if self.place.wait is not None:
            return Said(self.place.wait.text, self.place.wait.args)
        if self.place.ending is not None:
            return Said(self.place.ending.text, self.place.ending.args)
        return None

    def _reviewed(self) -> Iterable[Row]:
        """Say where the manual verification stands, in the words of its own page, and what is asked for."""
        review = self.review
        if review is None:
            ahead = "due" if self.situation.reasons else "none"
            yield Row("seen.review", Named("word", f"seen.review.{ahead}"))
            return
        yield Row("seen.review", Named("word", f"case.review.state.{review.state}"))
        asked = review.evidence
        if asked is not None:
            yield Row("evidence.what", asked.what)
            yield Row("evidence.where", asked.where)
            if asked.received is None:
                yield Row("evidence.by", asked.by)
            else:
                yield Row("seen.evidence-received", asked.received)

    def _paid(self) -> Iterable[Row]:
        """Say what is paid against which slip, and what became of money that did not find its way."""
        known = self.situation.dossier
        paid = "paid" if "payment.receipt" in known else "open"
        yield Row("seen.payment", Named("word", f"seen.payment.{paid}"))
        if slip := known.text("payment.slip"):
            yield Row("seen.slip", slip)
        if claim := known.text("payment.claim"):
            yield Row("seen.claim", Named("word", f"seen.claim.{claim}"))

    def _letter(self) -> Arg:
        standing = next((each for each in self.letters if each.superseded_at is None), None)
        return standing.sealed_at if standing is not None else Named("word", "seen.letter.none")

    def _items(self) -> Iterable[Row]:
        for item, status in self.situation.statuses.items():
            kind = item.partition(".")[0]
            yield Row(f"item.{kind}", Named("word", f"status.{status}"), item)


def seen(turn: Turn, registration: str, content: Content, now: datetime) -> Seen:
    """See where a registration is now, and change nothing of it.

    Args:
        turn: The transaction.
        registration: Its id in the store.
        content: The catalogues and rules.
        now: The time.

    Raises:
        RecordsError: There is no such registration.
    """
    loaded = turn.load(registration)
    account = loaded.dossier.text("account") or None
    facts = arrived(turn, registration, account, loaded.dossier, now)
    situation = Situation(loaded.dossier.put(*facts), content.editions[loaded.edition], content, now)
    return Seen(
        loaded.code,
        journey.locate(situation),
        situation,
        tuple(
            SeenLetter(each.number, each.sealed_at, each.superseded_at) for each in turn.letters(registration)
        ),
        turn.review(registration),
    )
