"""Takes away what is left of a person in the machine once their screens are gone."""

from __future__ import annotations

import gc
from functools import _lru_cache_wrapper
from typing import Protocol, runtime_checkable

KEEPING = frozenset({"textual", "rich", "urllib"})
"""Packages whose caches are keyed by what is drawn or typed: lines by their width, borders, paths."""


@runtime_checkable
class Clearable(Protocol):
    """A driver that can clear more than the screen."""

    def clear_scrollback(self) -> None:
        """Clear what the terminal keeps above the screen, and what it would paste."""
        ...


def clear_terminal(driver: object) -> None:
    """Clear what a terminal keeps beside the screen, where the driver can."""
    if isinstance(driver, Clearable):
        driver.clear_scrollback()


def forget() -> None:
    """Empty the caches that hold text, and free at once what nothing refers to any more.

    The framework's caches are found and not listed: which there are changes with every version (8.2.8 keeps
    each line that was measured, and through a border that was drawn the whole widget).
    """
    for each in gc.get_objects():
        if isinstance(each, _lru_cache_wrapper) and each.__module__.partition(".")[0] in KEEPING:
            each.cache_clear()
    gc.collect()
