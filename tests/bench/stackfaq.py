"""StackFAQ as a content pack: written, read, indexed and asked by the product.

An item is a thread's question, its paragraphs the answers; a pair is right if it is of the same thread.
The settings of :mod:`assistant.answers.weighing` were chosen on the even threads; the odd ones stand apart.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from assistant.answers.indexing import build
from assistant.answers.packs import Pack
from assistant.answers.question import cut
from content.loader import notice_in
from content.notices import Entry, Notice, Piece, written
from tests.bench.measures import average_precision, share


def stackfaq(folder: Path) -> dict[str, float]:
    """Measure how pairs are ranked, and how the bands hold with the thread there and with it hidden."""
    threads = json.loads((folder / "stackfaq.json").read_text(encoding="utf-8"))["root"]["qapair"]
    entries, asked = [], []
    for number, each in enumerate(threads, 1):
        answers = dict.fromkeys(_line(answer) for answer in each["answer"])
        pieces = tuple(Piece((), answer) for answer in answers if answer not in {"", "*"})
        entries.append(Entry(number, _line(each["question"]), 1, pieces))
        asked += [(number, text) for text in each["rephr"] if text and text != "*"]
    items = notice_in(written(Notice("en", "", tuple(entries), ())), "notice.en.md")
    figures: dict[str, float] = {
        "StackFAQ: pairs": sum(len(item.paragraphs) for item in items),
        "StackFAQ: questions": len(asked),
    }
    pairs = {item.number: [each.id for each in item.paragraphs] for item in items}
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "notice.index"
        build(path, {"en": items}, {})
        pack = Pack(path)
        rows = [(number, *_measured(pack, cut(text), number, pairs)) for number, text in asked]
        pack.close()
    parts = {"": rows, " (even threads)": [], " (odd threads)": []}
    for row in rows:
        # Threads were numbered from 0 when they were divided.
        parts[" (odd threads)" if (row[0] - 1) % 2 else " (even threads)"].append(row)
    for part, mine in parts.items():
        figures[f"StackFAQ: MAP{part}"] = sum(row[1] for row in mine) / len(mine)
        figures[f"StackFAQ: right pair first{part}"] = share([row[2] for row in mine])
        answered = [row[2] for row in mine if row[3] == "answered"]
        figures[f"StackFAQ: answered{part}"] = len(answered) / len(mine)
        figures[f"StackFAQ: right of the answered{part}"] = share(answered)
        figures[f"StackFAQ: answered with the thread hidden{part}"] = share([row[4] for row in mine])
    return figures


def _measured(
    pack: Pack, text: str, number: int, pairs: dict[int, list[str]]
) -> tuple[float, bool, str, bool]:
    """Return average precision, whether the first is right, the band, and if it answers without the item."""
    ranked = [item for item, _ in pack.ranked(text, "en").items]
    ids = [id for item in ranked for id, _ in pack.paragraphs(text, "en", item)]
    return (
        average_precision(ids, pairs[number]),
        bool(ranked) and ranked[0] == number,
        pack.ask(text, "en").status,
        pack.would_answer(text, "en", without=number),
    )


def _line(text: str) -> str:
    return " ".join(text.split())
