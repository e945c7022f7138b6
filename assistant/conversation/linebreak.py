"""Breaks text into lines as Chinese and English want it, by the cells that a terminal gives each character.

Terminals fold by cell and know no rule of writing: a comma would begin a line, an opening bracket end one.
Every face that fits text to a width uses this module.
"""

from __future__ import annotations

from collections.abc import Iterator

from wcwidth import wcwidth

CLOSING = frozenset("，。、；：？！）》」』】〕〗〉”’…—％℃·,.;:?!)]}%~～")
"""Characters that never begin a line (GB/T 15834-2011, 5.1)."""

OPENING = frozenset("（《「『【〔〖〈“‘([{¥￥#@")
"""Characters that never end a line (GB/T 15834-2011, 5.1)."""

_WIDE = 2


def cells(text: str) -> int:
    """Return how many cells a terminal gives a text of one line; a character it does not know takes one."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(_cell(character) for character in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines.

    Closing punctuation never begins a line and opening punctuation never ends one; a Latin word or a number
    stays whole unless it is longer than a line. Where a width is too narrow for a rule, the width is kept.

    Args:
        text: Any text; its line feeds stay line ends.
        width: The cells of a line; less than 2 counts as 2, so that any character has room.

    Returns:
        At least one line, each at most ``width`` cells wide, without spaces at its end.
    """
    width = max(width, _WIDE)
    return [line for paragraph in text.expandtabs(4).split("\n") for line in _lines(paragraph, width)]


def _lines(paragraph: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(paragraph):
        room = cells(piece.rstrip(" "))
        if used + room <= width:
            line, used = line + piece, used + cells(piece)
            continue
        if line.strip(" "):
            yield line.rstrip(" ")
            line, used = "", 0
        for part in _folded(piece.lstrip(" "), width):
            if line:
                yield line.rstrip(" ")
            line, used = part, cells(part)
    yield line.rstrip(" ")


def _pieces(paragraph: str) -> Iterator[str]:
    """Cut a paragraph into what must stay together, each with the spaces that follow it."""
    piece = ""
    for character in paragraph:
        if piece and _may_break(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    if piece:
        yield piece


def _may_break(before: str, after: str) -> bool:
    if after == " " or _cell(after) == 0:
        return False
    if before == " ":
        return after not in CLOSING or after == "—"
    if after in CLOSING or before in OPENING:
        return False
    if before == "-" and after.isalnum():
        # A hyphenated word may part, a number such as 2020-07 may not.
        return after.isalpha()
    return _cell(before) == _WIDE or _cell(after) == _WIDE or before in "，。、；：？！）》」』】”…—"


def _folded(piece: str, width: int) -> Iterator[str]:
    """Cut a piece that is wider than a line by force, still without closing punctuation in front."""
    part = ""
    for character in piece:
        if cells(part) + _cell(character) > width and character != " ":
            carried = _carried(part) if character in CLOSING else ""
            if cells(carried) + _cell(character) > width:
                carried = ""
            yield part.removesuffix(carried)
            part = carried
        part += character
    yield part


def _carried(part: str) -> str:
    """Return the end of a line that goes down with the closing punctuation after it; nothing if all would."""
    start = len(part) - 1
    while start > 0 and (part[start] in CLOSING or part[start - 1] in OPENING or _cell(part[start]) == 0):
        start -= 1
    return part[start:] if start > 0 else ""


def _cell(character: str) -> int:
    found = wcwidth(character)
    return found if found >= 0 else 1
