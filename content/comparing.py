"""Says what changed between two notices, paragraph by paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

from content.schema import Item

ALIKE, ALIKE_IN_PLACE = 60.0, 50.0
"""From this likeness on, of 100, two texts are one that was changed; below, one went and another came."""

MOST_CELLS = 20_000_000_000
"""How many pairs of signs are held against each other to find what was moved *and* changed: 2 seconds."""

MOST_TOKENS = 10_000
"""Above this a change is one stretch from the first difference to the last: exact ones take seconds each."""

Kind = Literal["added", "removed", "changed", "moved", "renumbered"]
KINDS: tuple[Kind, ...] = ("added", "removed", "changed", "moved", "renumbered")


@dataclass(frozen=True)
class Swap:
    """Words that stand in the place of others; either may be empty."""

    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """What happened to one paragraph, or to one item.

    Args:
        kind: ``changed`` may be moved too: then the ids differ. ``renumbered`` is a whole item: its
            paragraphs are not named one by one unless something else happened to them.
        old: The id in the old notice: ``13.5``, or ``13`` for an item's title; empty when added.
        new: The id in the new notice; empty when removed.
        before: The text in the old notice.
        after: The text in the new notice.
        swaps: For a changed text, the words that changed.
    """

    kind: Kind
    old: str
    new: str
    before: str
    after: str
    swaps: tuple[Swap, ...] = ()


def compare(old: Sequence[Item], new: Sequence[Item]) -> tuple[Change, ...]:
    """Compare two notices in one language.

    Returns:
        The changes in the order of the new notice; what was removed stands where it was.
    """
    titles_old = {str(item.number): item.title for item in old}
    titles_new = {str(item.number): item.title for item in new}
    items = _paired(titles_old, titles_new, {})
    followed = {each.id: _followed(each.id, items) for item in old for each in item.paragraphs}
    before = {each.id: each.text for item in old for each in item.paragraphs}
    after = {each.id: each.text for item in new for each in item.paragraphs}
    paragraphs = _paired(before, after, followed)
    changes = [
        *_changes(titles_old, titles_new, items, {}),
        *_changes(before, after, paragraphs, followed),
    ]
    return tuple(sorted(changes, key=lambda each: (_place(each.new or each.old), each.new == "")))


def swapped(before: str, after: str) -> tuple[Swap, ...]:
    """Return the words that changed from one text to the other; Chinese by the character."""
    old, new = _tokens(before), _tokens(after)
    if len(old) + len(new) > MOST_TOKENS:
        return (_stretch(old, new),)
    swaps: list[Swap] = []
    open_old, open_new = "", ""
    for step in Indel.opcodes(old, new):
        same = "".join(old[step.src_start : step.src_end])
        if step.tag != "equal":
            open_old, open_new = open_old + same, open_new + "".join(new[step.dest_start : step.dest_end])
        elif same.isspace() and (open_old or open_new):
            # Words side by side that changed are one change.
            open_old, open_new = open_old + same, open_new + same
        elif open_old or open_new:
            swaps.append(Swap(open_old.strip(), open_new.strip()))
            open_old, open_new = "", ""
    if open_old or open_new:
        swaps.append(Swap(open_old.strip(), open_new.strip()))
    return tuple(swaps)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+|\s+|.", text)


def _stretch(old: Sequence[str], new: Sequence[str]) -> Swap:
    least = min(len(old), len(new))
    first = next((at for at in range(least) if old[at] != new[at]), least)
    last = next((at for at in range(least - first) if old[-1 - at] != new[-1 - at]), least - first)
    return Swap("".join(old[first : len(old) - last]).strip(), "".join(new[first : len(new) - last]).strip())


def _followed(id: str, items: Mapping[str, str]) -> str:
    """Say where a paragraph is expected when its item has another number now."""
    item, _, place = id.partition(".")
    return f"{items.get(item, '')}.{place}"


def _paired(old: Mapping[str, str], new: Mapping[str, str], expected: Mapping[str, str]) -> dict[str, str]:
    """Pair the ids of two sets of texts: the same text in its place, anywhere, then the likest."""
    pairs: dict[str, str] = {}
    left = dict(new)

    def take(id: str, other: str) -> None:
        pairs[id] = other
        del left[other]

    for id, text in old.items():
        place = expected.get(id, id)
        if left.get(place) == text:
            take(id, place)
    by_text: dict[str, list[str]] = {}
    for id, text in left.items():
        by_text.setdefault(text, []).append(id)
    for id, text in old.items():
        if id not in pairs and by_text.get(text):
            take(id, by_text[text].pop(0))
    for id, text in old.items():
        place = expected.get(id, id)
        if id not in pairs and place in left and _alike(text, left[place]):
            take(id, place)
    rest = [id for id in old if id not in pairs]
    if sum(len(old[id]) for id in rest) * sum(map(len, left.values())) <= MOST_CELLS:
        for id in rest:
            found = process.extractOne(old[id], left, scorer=fuzz.ratio, score_cutoff=ALIKE)
            if found:
                take(id, found[2])
    return pairs


def _alike(before: str, after: str) -> bool:
    # Two huge texts in the same place are one that changed: to measure it would take minutes.
    return len(before) * len(after) > MOST_CELLS or fuzz.ratio(before, after) >= ALIKE_IN_PLACE


def _changes(
    old: Mapping[str, str], new: Mapping[str, str], pairs: Mapping[str, str], expected: Mapping[str, str]
) -> Iterator[Change]:
    for id, text in old.items():
        if id not in pairs:
            yield Change("removed", id, "", text, "")
            continue
        other = pairs[id]
        if new[other] != text:
            yield Change("changed", id, other, text, new[other], swapped(text, new[other]))
        elif other != expected.get(id, id):
            yield Change("moved" if "." in id else "renumbered", id, other, text, text)
    for id in sorted(new.keys() - set(pairs.values()), key=_place):
        yield Change("added", "", id, "", new[id])


def _place(id: str) -> tuple[int, ...]:
    return tuple(int(part) for part in id.split("."))
