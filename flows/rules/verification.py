"""Online verification: four statuses, and the 24 hours until a result is there (FAQ 7, 8, 9, 18.5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal, get_args

Status = Literal["unverified", "verified", "failed", "cannot-verify"]
STATUSES: tuple[Status, ...] = get_args(Status)

WAIT = timedelta(hours=24)
"""Results are there 24 hours after submitting (FAQ 7.2)."""


def visible_at(submitted: datetime) -> datetime:
    """Return the moment from which a result is shown."""
    return submitted + WAIT


def status_of(submitted: datetime, result: str | None, now: datetime) -> Status:
    """Return the status of one item at a moment.

    Args:
        submitted: When it was handed in.
        result: What the authority found, or ``None`` while it has found nothing.
        now: The moment.

    Raises:
        ValueError: ``result`` is no status.
    """
    if result is not None and result not in STATUSES:
        raise ValueError(result)
    if now < visible_at(submitted) or result is None:
        return "unverified"
    return next(status for status in STATUSES if status == result)


def complete(statuses: Mapping[str, Status]) -> bool:
    """Whether verification is complete: every shown result counts, whatever it says (FAQ 9.1).

    Where nothing was submitted nothing is complete.
    """
    return bool(statuses) and "unverified" not in statuses.values()


def pending(statuses: Mapping[str, Status]) -> tuple[str, ...]:
    """Name the items that still hold up the choice of an exam, in their order (FAQ 7.3)."""
    return tuple(item for item, status in statuses.items() if status == "unverified")
