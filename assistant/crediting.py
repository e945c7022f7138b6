"""Writes the file for the credit platform and the letter to an employer (FAQ 16.3).

The format stands in ``docs/credit-export.md``.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.clock import in_china
from assistant.conversation.wording import Wording
from content.loader import Content
from flows.casework.measures import INTEGRITY
from flows.verdict import Arg, Named

if TYPE_CHECKING:
    from assistant.records.publishing import CreditEntry

FORMAT = "chengnuo-credit/1"


def credit_file(entries: Iterable[CreditEntry], made: datetime) -> bytes:
    """Write the records as JSON lines: a heading, then one line for each record.

    The same entries and time give the same bytes, so that the file's SHA-256 names it.
    """
    listed = tuple(entries)
    lines: list[dict[str, object]] = [
        {"format": FORMAT, "made": in_china(made).isoformat(timespec="seconds"), "records": len(listed)}
    ]
    lines += [
        {
            "case": each.number,
            "status": "ended" if each.ended else "recorded",
            "name": each.person.name,
            "id_type": each.person.id_type,
            "id_number": each.person.id_number,
            "exam": each.exam,
            "year": each.year,
            "measure": each.measure,
            "basis": each.basis,
            "begins": each.begins.isoformat(),
            "until": each.until.isoformat() if each.until else None,
        }
        for each in listed
    ]
    written = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) for line in lines)
    return "".join(f"{line}\n" for line in written).encode()


def employer_letter(entry: CreditEntry, employer: str, made: datetime, content: Content) -> bytes:
    """Write the letter to an employer as one HTML page, in Chinese and below it in English.

    Args:
        entry: The decision in force.
        employer: The employer's name.
        made: The date of the letter.
        content: The words.

    Raises:
        ValueError: There is no name of an employer.
    """
    if not employer.strip():
        raise ValueError("employer")
    parts = []
    for language in ("zh", "en"):
        words = Wording(content, language)
        record: Arg = Named("word", "employer.record-none")
        if entry.basis in INTEGRITY:
            record = entry.until or Named("word", "shown.long-term")
        args: dict[str, Arg] = {
            "employer": employer.strip(),
            "name": entry.person.name,
            "exam": Named("exam", entry.exam),
            "year": entry.year,
            "measure": Named("word", f"measure.{entry.measure}"),
            "basis": Named("word", f"basis.{entry.basis}"),
            "begins": entry.begins,
            "until": record,
            "number": entry.number,
            "made": in_china(made).date(),
        }
        title, *body = (
            words.text(f"employer.{part}", args) for part in ("title", "to", "decision", "record", "end")
        )
        paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in body)
        parts.append(f'<section lang="{language}">\n<h1>{html.escape(title)}</h1>\n{paragraphs}</section>\n')
    head = '<!DOCTYPE html>\n<html lang="zh">\n<head><meta charset="utf-8"><title>'
    title = Wording(content, "zh").text("employer.title")
    return f"{head}{html.escape(title)}</title></head>\n<body>\n{''.join(parts)}</body>\n</html>\n".encode()
