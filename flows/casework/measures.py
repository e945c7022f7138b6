"""What a false promise brings: each measure with its legal basis, its effects, and how long it is on record.

Sources: FAQ 16.1 (invalid, fee not refunded), FAQ 16.2 (Order No. 31, integrity file), Order No. 31, Art. 6
(minor acts: the subject), Art. 7 (serious: the whole sitting, five years), Art. 8 (especially serious: the
whole sitting, long-term), Art. 10 (certificate by false proof: handled under Art. 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

Results = Literal["none", "subject", "sitting"]
Record = Literal["none", "five-years", "long-term"]

YEARS = 5
"""How long a record of Art. 7 and of Art. 10 runs."""


@dataclass(frozen=True)
class Measure:
    """A measure.

    Args:
        id: Its words are ``measure.<id>``.
        basis: The article or item it rests on; its words are ``basis.<basis>``.
        registration: Whether the registration becomes invalid; a fee paid after confirming stays paid.
        results: Which results of the sitting become invalid: none, one subject, or all.
        record: What is put in the integrity file.
    """

    id: str
    basis: str
    registration: bool
    results: Results
    record: Record


MEASURES: Mapping[str, Measure] = MappingProxyType(
    {
        each.id: each
        for each in (
            Measure("registration-invalid", "faq-16.1", True, "none", "none"),
            Measure("results-invalid", "faq-16.1", False, "sitting", "none"),
            Measure("subject-invalid", "art-6", False, "subject", "none"),
            Measure("serious", "art-7", True, "sitting", "five-years"),
            Measure("false-proof", "art-10", True, "sitting", "five-years"),
            Measure("especially-serious", "art-8", True, "sitting", "long-term"),
        )
    }
)
"""The measures by id."""

INTEGRITY = frozenset(each.basis for each in MEASURES.values() if each.record != "none")
"""The bases on which a person is put in the integrity file."""


def last_day(measure: Measure, begins: date) -> date | None:
    """Return the last day of the record; ``None`` for a long-term one.

    The sources do not say from which day the five years are counted. Here they are counted from the day on
    which the decision comes into force, which is the record's first day: a record that begins on 2 March
    2026 ends with 1 March 2031, and from 2 March 2031 on the commitment can be made again.

    Raises:
        ValueError: The measure puts nothing on record.
    """
    if measure.record == "none":
        raise ValueError(measure.id)
    if measure.record == "long-term":
        return None
    try:
        anniversary = begins.replace(year=begins.year + YEARS)
    except ValueError:
        # 29 February: five years later there is none, and the first day after the record is 1 March.
        anniversary = date(begins.year + YEARS, 3, 1)
    return anniversary - timedelta(days=1)
