"""Records in the integrity file (诚信档案库) and whether one is still running (FAQ 6, Order No. 31)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class IntegrityRecord:
    """One record.

    Args:
        basis: The article it rests on, such as ``art-7``.
        begins: Its first day.
        until: Its last day; ``None`` for a long-term record (Order No. 31, Art. 8).
    """

    basis: str
    begins: date
    until: date | None


def running(records: Iterable[IntegrityRecord], today: date) -> IntegrityRecord | None:
    """Return the record that still runs on ``today``, the longest one; its last day counts (FAQ 6.1, 6.2)."""
    found = [each for each in records if each.begins <= today and (each.until is None or today <= each.until)]
    return max(found, key=lambda each: each.until or date.max, default=None)


def applies(records: Iterable[IntegrityRecord], today: date) -> bool:
    """Whether the commitment applies on ``today``: no record is running (FAQ 6.1, 6.2)."""
    return running(records, today) is None


def encode(record: IntegrityRecord) -> str:
    """Write a record as ``basis/from/until``; a long-term one ends with ``/``."""
    until = record.until.isoformat() if record.until else ""
    return f"{record.basis}/{record.begins.isoformat()}/{until}"


def decode(text: str) -> IntegrityRecord:
    """Read what :func:`encode` wrote.

    Raises:
        ValueError: It is not of that form.
    """
    basis, begins, until = text.rsplit("/", 2)
    return IntegrityRecord(basis, date.fromisoformat(begins), date.fromisoformat(until) if until else None)
