"""The one way to the table of readings: how each Chinese character is read, and nothing of phrases."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache

_EXTRA = {0x20BB7: "jí", 0x3402: "xǐ"}
"""Readings of characters in names that the table lacks."""


@cache
def readings() -> Mapping[int, str]:
    """Return the readings of every character by code point, with tone marks, commas between."""
    # Without its phrases the package takes 12 MB and 35 ms instead of 56 MB and 150 ms; it knows place names
    # badly anyway (厦门 as xia men, 漯河 as ta he). It reads the variable when it is first imported.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin.pinyin_dict import pinyin_dict

    table: dict[int, str] = pinyin_dict
    return {**table, **_EXTRA}
