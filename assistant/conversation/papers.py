"""Sets the text of a paper for reading on a screen; what is signed, hashed and saved is the text itself."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from assistant.conversation.blocks import Line

_FACT = re.compile(r"[^:：。，,;；]{1,24}(?:: |：)\S.*(?<![。.])")
"""A line that names a fact and says it, such as ``Name: Wang Wei``, and is no sentence."""


def lines(text: str, headings: Collection[str]) -> Iterator[Line]:
    """Set a paper line by line: headings stand out, and facts follow one another without a line between.

    Args:
        text: The paper in one language.
        headings: Its title and the headings of its parts in that language.
    """
    rows = [row.rstrip() for row in text.strip().split("\n")]
    for n, row in enumerate(rows):
        if not row and all(_FACT.fullmatch(each) for each in (rows[n - 1], rows[n + 1])):
            continue
        yield Line(row, "heading" if row in headings else "plain")
