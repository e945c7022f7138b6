"""The figures of the house: where registrations stand, stop and wait, and for how long.

Where a candidate is, is never stored: it follows from the facts. To work it out for every candidate takes
minutes, so these figures count marks that every registration leaves in the open: its account, what it handed
in to be verified, its letter, its confirmation, its review and its payment. Each registration stands at the
first mark that it lacks. No fact is decrypted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from assistant.records.acting import acting_as
from assistant.records.core import Core, moment, stamp
from flows.permissions import Deed, Staff
from flows.rules import verification

STAGES = ("begun", "account", "verifying", "applying", "signed", "in-review", "failed", "to-pay", "paid")
"""Where a registration stands, in the order of the journey."""

QUIET = timedelta(days=3)
"""Who answered nothing for so long has stopped, for now."""

_FUNNEL = """
WITH handed AS (
    SELECT account_id, max(submitted_at) AS latest FROM verification GROUP BY account_id
), signed AS (
    SELECT DISTINCT registration_id FROM letter WHERE superseded_at IS NULL
), placed AS (
    SELECT r.updated_at, CASE
        WHEN p.paid_at IS NOT NULL THEN 'paid'
        WHEN r.confirmed_at IS NOT NULL AND v.registration_id IS NOT NULL AND v.decision IS NULL
            THEN 'in-review'
        WHEN r.confirmed_at IS NOT NULL AND v.decision = 'fail' THEN 'failed'
        WHEN r.confirmed_at IS NOT NULL THEN 'to-pay'
        WHEN s.registration_id IS NOT NULL THEN 'signed'
        WHEN r.account_id IS NULL THEN 'begun'
        WHEN h.latest IS NULL THEN 'account'
        WHEN h.latest > :pending THEN 'verifying'
        ELSE 'applying' END AS stage
    FROM registration r
    LEFT JOIN payment p ON p.registration_id = r.id
    LEFT JOIN review v ON v.registration_id = r.id
    LEFT JOIN signed s ON s.registration_id = r.id
    LEFT JOIN handed h ON h.account_id = r.account_id
)
SELECT stage, count(*), sum(updated_at >= :today), sum(updated_at < :quiet) FROM placed GROUP BY stage
"""

_REASONS = """
SELECT q."group", count(DISTINCT q.registration_id) FROM review_reason q
JOIN review v ON v.registration_id = q.registration_id
WHERE v.decision IS NULL GROUP BY q."group" ORDER BY 2 DESC, 1
"""


@dataclass(frozen=True)
class Stand:
    """How many registrations stand at a stage, were touched today, and have stopped for now."""

    stage: str
    here: int
    today: int
    quiet: int


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
        stands = tuple(
            Stand(stage, *(int(rows[stage][at]) for at in (1, 2, 3)))
            if stage in rows
            else Stand(stage, 0, 0, 0)
            for stage in STAGES
        )
        items = connection.execute(
            text("SELECT kind, count(*) FROM payment_item WHERE outcome IS NULL GROUP BY kind")
        )
        return Overview(
            stands,
            self._noted("begin", midnight),
            self._noted("resume", midnight),
            self._waiting("verification", "submitted_at", "submitted_at > :since", pending, now),
            self._waiting("review", "opened_at", "decision IS NULL AND opened_at > :since", "", now),
            tuple((str(group), int(count)) for group, count in connection.execute(text(_REASONS))),
            {str(kind): int(count) for kind, count in items},
        )

    def _noted(self, action: str, since: str) -> int:
        """Count entries of the audit trail of one kind, each registration once."""
        found = self._core.connection.execute(
            text("SELECT count(DISTINCT subject) FROM audit WHERE action = :action AND at >= :since"),
            {"action": action, "since": since},
        ).scalar()
        return int(found or 0)

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


def as_rows(figures: Overview) -> list[tuple[str, str, int]]:
    """Return the figures as rows of a table: what, of which kind, how many; times in minutes."""

    def minutes(age: timedelta) -> int:
        return int(age.total_seconds() // 60)

    rows = [("stage", each.stage, each.here) for each in figures.stands]
    rows += [("stage-today", each.stage, each.today) for each in figures.stands]
    rows += [("stage-quiet", each.stage, each.quiet) for each in figures.stands]
    rows += [("today", "begun", figures.begun_today), ("today", "returned", figures.returned_today)]
    for name, waiting in (("verification", figures.verification), ("review", figures.review)):
        rows += [
            (f"waiting-{name}", "count", waiting.count),
            (f"waiting-{name}", "median-minutes", minutes(waiting.median)),
            (f"waiting-{name}", "longest-minutes", minutes(waiting.longest)),
        ]
    rows += [("reason", group, count) for group, count in figures.reasons]
    return [*rows, *(("payment-item", kind, count) for kind, count in sorted(figures.open_payments.items()))]
