"""Writes a list that was made public as a table and as a page that loads nothing (FAQ 15.3)."""

from __future__ import annotations

import csv
import io
from html import escape

from assistant.conversation.wording import Wording
from assistant.records.publicity import Entry, Publicity
from content.loader import Content
from flows.verdict import Arg, Named

HEAD = ("number", "name", "province", "level")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LOOK = (
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #555;padding:.3rem .6rem;text-align:left}"
)


def guarded(value: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def as_csv(public: Publicity, content: Content) -> bytes:
    """Write the list as CSV in UTF-8 with a byte order mark, as spreadsheets want it for Chinese."""
    wording = Wording(content, "zh")
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([wording.text(f"publicity.{each}") for each in HEAD])
    for entry in public.entries:
        writer.writerow([guarded(each) for each in _cells(entry, public, wording)])
    return out.getvalue().encode("utf-8-sig")


def as_page(public: Publicity, content: Content) -> bytes:
    """Write the list as a page of its own, in Chinese and English, for screen readers too."""
    parts = [_part(public, Wording(content, language), language) for language in ("zh", "en")]
    title = escape(_said(Wording(content, "zh"), "publicity.title", public))
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_LOOK}</style>\n</head>\n<body>\n'
        f"{''.join(parts)}</body>\n</html>\n"
    ).encode()


def _part(public: Publicity, wording: Wording, language: str) -> str:
    title = escape(_said(wording, "publicity.title", public))
    head = "".join(f'<th scope="col">{escape(wording.text(f"publicity.{each}"))}</th>' for each in HEAD)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(each)}</td>" for each in _cells(entry, public, wording)) + "</tr>\n"
        for entry in public.entries
    )
    return (
        f'<section lang="{"zh-CN" if language == "zh" else "en"}">\n<h1>{title}</h1>\n'
        f"<p>{escape(_said(wording, 'publicity.period', public))}</p>\n"
        f"<table>\n<caption>{title}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n"
        f"</table>\n<p>{escape(wording.text('publicity.report'))}</p>\n</section>\n"
    )


def _said(wording: Wording, key: str, public: Publicity) -> str:
    told: dict[str, Arg] = {
        "exam": Named("exam", public.listed.exam),
        "year": public.listed.year,
        "begins": public.listed.begins,
        "ends": public.listed.ends,
    }
    return wording.text(key, told)


def _cells(entry: Entry, public: Publicity, wording: Wording) -> tuple[str, ...]:
    return (
        str(entry.number),
        entry.name,
        wording.value(Named("province", entry.province)) if entry.province else "",
        wording.value(Named("level", f"{public.listed.exam}/{entry.level}")),
    )
