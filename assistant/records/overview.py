"""The figures of the house: where registrations stand, stop and wait, and for how long.

Where a candidate is, is never stored: it follows from the facts. To work it out for every candidate takes
minutes, so these figures count marks that every registration leaves in the open: its account, what it handed
in to be verified, its letter, its confirmation, its review and its payment. Each registration stands at the
first mark that it lacks; whoever went back has answers that are in doubt until they are given again. No fact
is decrypted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from assistant.records.acting import acting_as
from assistant.records.core import Core, moment, stamp
from flows.permissions import Deed, Staff
from flows.rules import verification

STAGES = ("begun", "account", "verifying", "applying", "signed", "in-review", "failed", "to-pay", "paid")
"""Where a registration stands, in the order of the journey."""

ACTS = ("begun", "account", "applying", "signed", "to-pay")
"""Where it is the candidate who is to go on; elsewhere they wait for others, or are done."""

QUIET = timedelta(days=3)
"""Who was to go on and answered nothing for so long has stopped, for now."""

_FUNNEL = """
WITH placed AS (
    SELECT r.id, r.updated_at, CASE v.decision WHEN 'fail' THEN 'failed' ELSE 'to-pay' END AS stage
    FROM payment p
    JOIN registration r ON r.id = p.registration_id AND r.confirmed_at IS NOT NULL
    LEFT JOIN review v ON v.registration_id = r.id
    WHERE p.paid_at IS NULL
        AND p.registration_id NOT IN (SELECT registration_id FROM review WHERE decision IS NULL)
    UNION ALL
    SELECT r.id, r.updated_at, CASE
        WHEN EXISTS (SELECT 1 FROM letter WHERE registration_id = r.id AND superseded_at IS NULL)
            THEN 'signed'
        WHEN r.account_id IS NULL THEN 'begun'
        WHEN EXISTS (SELECT 1 FROM verification WHERE account_id = r.account_id AND submitted_at > :pending)
            THEN 'verifying'
        WHEN EXISTS (SELECT 1 FROM verification WHERE account_id = r.account_id) THEN 'applying'
        ELSE 'account' END
    FROM registration r WHERE r.confirmed_at IS NULL
)
SELECT stage, count(*), sum(updated_at >= :today), sum(updated_at < :quiet),
    sum(id IN (SELECT registration_id FROM fact WHERE stale = 1))
FROM placed GROUP BY stage
UNION ALL
SELECT 'in-review', (SELECT count(*) FROM review WHERE decision IS NULL),
    (SELECT count(*) FROM review WHERE decision IS NULL AND opened_at >= :today), 0, 0
UNION ALL
SELECT 'paid', (SELECT count(*) FROM payment WHERE paid_at > ''),
    (SELECT count(*) FROM payment WHERE paid_at >= :today), 0, 0
"""
"""Confirming opens the review and makes the slip, all in one turn, and what is paid is confirmed. So those
whom verifiers have, and those who have paid, most of all in the end, are only counted."""

_REASONS = """
SELECT q."group", count(DISTINCT q.registration_id) FROM review_reason q
JOIN review v ON v.registration_id = q.registration_id
WHERE v.decision IS NULL GROUP BY q."group" ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True)
class Stand:
    """Registrations at a stage.

    Args:
        stage: One of :data:`STAGES`.
        here: How many stand there.
        today: How many of these were touched since midnight; in manual verification and paid: came there.
        quiet: How many have stopped for now; ``None`` where nobody has anything to do there.
        back: How many went back: answers of theirs are in doubt and not given again yet.
    """

    stage: str
    here: int
    today: int
    quiet: int | None
    back: int


@dataclass(frozen=True)
class Waiting:
    """How long something waits: how many now, the median and the longest of these."""

    count: int
    median: timedelta
    longest: timedelta


@dataclass(frozen=True)
class Overview:
    """The figures of one moment.

    Args:
        stands: By stage, in the order of the journey.
        begun_today: Registrations begun since midnight.
        returned_today: Registrations that were taken up again since midnight.
        verification: Verifications whose result is not there yet.
        review: Manual verifications that are open.
        reasons: Groups of item 14 and how many open reviews have each, the most frequent first.
        open_payments: Open items of payments, by kind.
    """

    stands: tuple[Stand, ...]
    begun_today: int
    returned_today: int
    verification: Waiting
    review: Waiting
    reasons: tuple[tuple[str, int], ...]
    open_payments: dict[str, int]


class Overviews:
    """The overview of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    def overview(self, *, by: Staff, now: datetime) -> Overview:
        """Work the figures out.

        Raises:
            RoleRefused: ``by`` does not see them.
        """
        acting_as(by, Deed.SEE_OVERVIEW, "overview", now=now)
        connection = self._core.connection
        midnight = stamp(now.replace(hour=0, minute=0, second=0, microsecond=0))
        pending = stamp(now - (verification.visible_at(now) - now))
        rows = {
            row[0]: row
            for row in connection.execute(
                text(_FUNNEL), {"pending": pending, "today": midnight, "quiet": stamp(now - QUIET)}
            )
        }
        stands = tuple(_stand(stage, rows[stage][1:] if stage in rows else (0, 0, 0, 0)) for stage in STAGES)
        items = connection.execute(
            text("SELECT kind, count(*) FROM payment_item WHERE outcome IS NULL GROUP BY kind")
        )
        return Overview(
            stands,
            self._begun(midnight),
            self._resumed(midnight),
            self._waiting("verification", "submitted_at", "submitted_at > :since", pending, now),
            self._waiting("review", "opened_at", "decision IS NULL AND opened_at > :since", "", now),
            tuple((str(group), int(count)) for group, count in connection.execute(text(_REASONS))),
            {str(kind): int(count) for kind, count in items},
        )

    def _begun(self, since: str) -> int:
        found = self._core.connection.execute(
            text("SELECT count(*) FROM registration WHERE created_at >= :since"), {"since": since}
        )
        return int(found.scalar_one())

    def _resumed(self, since: str) -> int:
        """Count the registrations that were taken up again, each once."""
        found = self._core.connection.execute(
            text("SELECT count(DISTINCT subject) FROM audit WHERE action = 'resume' AND at >= :since"),
            {"since": since},
        )
        return int(found.scalar_one())

    def _waiting(self, table: str, column: str, where: str, since: str, now: datetime) -> Waiting:
        """Take count, median and longest of a column of times; names come from this file alone."""
        connection, told = self._core.connection, {"since": since}
        source = f"FROM {table} WHERE {where}"
        count = int(connection.execute(text(f"SELECT count(*) {source}"), told).scalar() or 0)
        if not count:
            return Waiting(0, timedelta(), timedelta())
        ordered = text(f"SELECT {column} {source} ORDER BY {column} LIMIT 1 OFFSET :at")
        ages = [
            now - moment(str(connection.execute(ordered, {**told, "at": at}).scalar_one()))
            for at in (count // 2, 0)
        ]
        return Waiting(count, *ages)


def _stand(stage: str, counted: Sequence[int]) -> Stand:
    here, today, quiet, back = (int(each) for each in counted)
    return Stand(stage, here, today, quiet if stage in ACTS else None, back)


def as_rows(figures: Overview) -> list[tuple[str, str, int]]:
    """Return the figures as rows of a table: what, of which kind, how many; times in minutes."""

    def minutes(age: timedelta) -> int:
        return int(age.total_seconds() // 60)

    rows = [("stage", each.stage, each.here) for each in figures.stands]
    rows += [("stage-today", each.stage, each.today) for each in figures.stands]
    rows += [("stage-quiet", each.stage, each.quiet) for each in figures.stands if each.quiet is not None]
    rows += [("stage-back", each.stage, each.back) for each in figures.stands]
    rows += [("today", "begun", figures.begun_today), ("today", "returned", figures.returned_today)]
    for name, waiting in (("verification", figures.verification), ("review", figures.review)):
        rows += [
            (f"waiting-{name}", "count", waiting.count),
            (f"waiting-{name}", "median-minutes", minutes(waiting.median)),
            (f"waiting-{name}", "longest-minutes", minutes(waiting.longest)),
        ]
    rows += [("reason", group, count) for group, count in figures.reasons]
    return [*rows, *(("payment-item", kind, count) for kind, count in sorted(figures.open_payments.items()))]
