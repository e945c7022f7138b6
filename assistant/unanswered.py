"""``chengnuo content misses``: the questions that found no answer, for the owners of the content."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from assistant.answers.missed import Misses
from assistant.stopping import Stopped


def listed(path: Path, *, as_json: bool) -> int:
    """Print the questions that found no answer, those asked most often first."""
    try:
        misses = Misses(path).listed()
    except sqlite3.DatabaseError as error:
        raise Stopped(
            f"{path}: it cannot be read ({error}). Move it away; a new one is made with the next question."
        ) from error
    if as_json:
        rows = [
            {
                "question": each.question,
                "lang": each.language,
                "edition": each.edition,
                "band": each.band,
                "topic": each.topic,
                "times": each.times,
                "last": each.day.isoformat(),
            }
            for each in misses
        ]
        print(json.dumps({"misses": rows}, ensure_ascii=False))
        return 0
    for each in misses:
        topic = f"  ({each.topic})" if each.topic else ""
        print(f"{each.times:>5}  {each.day}  {each.language}  {each.band:<10}  {each.question}{topic}")
    if not misses:
        print("No question that found no answer is kept.")
    return 0
