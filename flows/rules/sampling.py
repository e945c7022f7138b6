"""Who is drawn for a check: in proportion within each group, and the same for the same seed (FAQ 15.3)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable


def drawn(people: Iterable[tuple[str, str]], *, percent: int, seed: str) -> frozenset[str]:
    """Draw a share of each group, rounded up: where anybody passed somebody is checked.

    Everybody's place in the draw follows from the seed and their own code alone, so that whoever knows the
    seed can repeat the draw by hand, on any machine, in any order of the list.

    Args:
        people: Code and group of each.
        percent: The share, 1 to 100.
        seed: What makes the draw.
    """
    groups: dict[str, list[str]] = {}
    for code, group in people:
        groups.setdefault(group, []).append(code)

    def lot(code: str) -> bytes:
        return hashlib.sha256(f"{seed}\x1f{code}".encode("utf-8", "surrogatepass")).digest()

    return frozenset(
        code
        for members in groups.values()
        for code in sorted(members, key=lot)[: -(-len(members) * percent // 100)]
    )
