"""Searches the whole process for what a candidate typed: every text that anything alive refers to."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from itertools import chain
from types import CodeType, FrameType

import pytest

from tests.assistant.kiosk.scenes import Planted, Visit

_LAID_ASIDE: set[int] = set()
_CONTAINERS = frozenset({list, tuple, dict, set, frozenset})
_PLAIN = frozenset({str, bytes, bytearray, int, float, bool, CodeType, type(None)})


def remains(planted: Planted) -> list[str]:
    """Return which planted values are still held, the first of each with the kinds of its holders.

    Everything that the garbage collector knows is asked what it refers to, and so on through what it does
    not know: every attribute of every widget, screen and app, every queue, closure, cache, thread and
    suspended coroutine. Not seen are the variables of C code, and memory that is free again.
    """
    gc.collect()
    values = tuple((name, planted[name], planted[name].encode()) for name in planted.backwards)
    own = {id(values), *map(id, values)} | _LAID_ASIDE
    known = gc.get_objects()
    seen = {*map(id, known), *own}
    # The collector knows texts of a kind of their own: they are looked at where something refers to them.
    seen.difference_update(map(id, [each for each in known if isinstance(each, str | bytes | bytearray)]))
    asked = [each for each in known if id(each) not in own] + _variables()
    found: dict[str, str] = {}
    while asked:
        # The collector is not told of the keys of a dictionary that are texts.
        keys = chain.from_iterable(map(dict.keys, [each for each in asked if isinstance(each, dict)]))
        # Most is referred to many times; what was looked at is not looked at again.
        referred = gc.get_referents(*asked)
        referred += keys
        new = dict(zip(map(id, referred), referred, strict=True))
        told = [new[key] for key in new.keys() - seen]
        seen.update(new)
        kinds = set(map(type, told))
        texts = set(_of(told, {kind for kind in kinds if issubclass(kind, str)}))
        raws = _of(told, {kind for kind in kinds if issubclass(kind, bytes | bytearray)})
        # Joined first: one search through all of them takes a thousandth of one through each.
        text, raw = "\0".join(texts), b"\0".join(raws)
        for name, value, encoded in values:
            if name not in found and (value in text or encoded in raw):
                held = [
                    *(each for each in texts if value in each),
                    *(each for each in raws if encoded in each),
                ]
                found[name] = f"{name} in {_holders(held[0])}"
        # A tuple or a dictionary of plain values is no concern of the collector.
        asked = _of(told, kinds - _PLAIN)
    return list(found.values())


async def remains_at_last(visit: Visit) -> list[str]:
    """Search until nothing is found: a thread that has just ended holds its variables for a moment."""
    found: list[str] = []
    for _ in range(20):
        # A search takes longer than this moment, which is enough most of the time.
        await visit.pilot.pause(0.05)
        found = remains(visit.planted)
        if not found:
            break
    return found


def lay_aside(items: Sequence[pytest.Item]) -> None:
    """Leave out of every search what the tool that runs the tests had built of them before the first began.

    Thousands of collected tests are a quarter of a search. What belongs to them is followed no further
    than through the tool's own objects and plain containers; whatever comes into being later is searched.
    """
    asked: list[object] = list(items)
    while asked:
        _LAID_ASIDE.update(map(id, asked))
        told = {id(each): each for each in gc.get_referents(*asked) if _of_the_tool(type(each))}
        asked = [each for key, each in told.items() if key not in _LAID_ASIDE]


def _of_the_tool(kind: type) -> bool:
    return kind in _CONTAINERS or kind.__module__.startswith(("_pytest.", "pluggy."))


def _of(among: list[object], kinds: set[type]) -> list[object]:
    return [each for each in among if type(each) in kinds]


def _holders(text: object) -> str:
    holders = {f"{type(each).__module__}.{type(each).__qualname__}" for each in gc.get_referrers(text)}
    return ", ".join(sorted(holders - {"builtins.list", "builtins.frame"}))


def _variables() -> list[object]:
    """Give the variables of what runs in every thread, this search left out."""
    given: list[object] = []
    for top in sys._current_frames().values():
        frame: FrameType | None = top
        while frame is not None:
            if frame.f_globals.get("__name__") != __name__:
                given.append(tuple(frame.f_locals.values()))
            frame = frame.f_back
    return given
