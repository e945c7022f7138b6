"""Writes the figures of the house as a table for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from assistant.answers.missed import Miss
from assistant.publishing import guarded
from assistant.records.overview import Overview, as_rows

HEAD = ("figure", "kind", "count")


def as_csv(figures: Overview, misses: Iterable[Miss] = ()) -> bytes:
    """Write the figures as CSV in UTF-8 with a byte order mark.

    Args:
        figures: The figures of one moment; times are in minutes.
        misses: The questions that found no answer, each a row of its own.
    """
    rows = [*as_rows(figures), *(("question", each.question, each.times) for each in misses)]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    writer.writerows((figure, guarded(kind), count) for figure, kind, count in rows)
    return out.getvalue().encode("utf-8-sig")
