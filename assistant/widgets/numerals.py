"""Numbers that can be read from across a room, as rows of cells that are filled or empty."""

from __future__ import annotations

_NUMERALS = {
    " ": ("   ",) * 5,
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
}


def numeral(number: int, digits: int = 0) -> tuple[str, ...]:
    """Return the rows of a number: ``#`` for a filled cell, a space for an empty one.

    Args:
        number: The number, 0 or more.
        digits: Room for so many digits is kept, so that a number that counts down stays in its place.
    """
    drawn = [_NUMERALS[digit] for digit in str(number).rjust(digits)]
    return tuple(" ".join(rows) for rows in zip(*drawn, strict=True))
