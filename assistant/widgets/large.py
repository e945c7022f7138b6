"""Draws a code large: in letters of dots that are read across a room, and as a QR code for a camera."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Dots = Sequence[Sequence[bool]]
"""Rows of dots, all of one length; true is ink."""

# Five rows a letter, a digit a row: its bits from left to right. The letters are those of registration codes.
_LETTERS = {
    "0": "75557", "1": "26227", "2": "71747", "3": "71317", "4": "55711", "5": "74717", "6": "74757",
    "7": "71244", "8": "75757", "9": "75717", "A": "25755", "B": "65656", "C": "34443", "D": "65556",
    "E": "74647", "F": "74644", "G": "34553", "H": "55755", "I": "72227", "J": "11153", "K": "55655",
    "L": "44447", "P": "65644", "R": "65655", "S": "34216", "T": "72222", "U": "55557", "V": "55552",
    "X": "55255", "Y": "55222", "Z": "71247", "-": "00700", " ": "00000", "O": "25552", "Q": "25573",
}  # fmt: skip
_WIDE: Mapping[str, tuple[int, ...]] = {
    "M": (0b10001, 0b11011, 0b10101, 0b10001, 0b10001),
    "N": (0b10001, 0b11001, 0b10101, 0b10011, 0b10001),
    "W": (0b10001, 0b10001, 0b10101, 0b11011, 0b10001),
}
"""Letters that three dots cannot tell apart."""

HALVES = (" ", "▀", "▄", "█")
"""A cell of two dots: none, the upper, the lower, both."""


def letters(text: str) -> Dots:
    """Write a text in dots, five high; what has no letter is left out."""
    rows: list[list[bool]] = [[] for _ in range(5)]
    for character in text.upper():
        size = 5 if character in _WIDE else 3
        lines = _WIDE.get(character) or tuple(int(digit) for digit in _LETTERS.get(character, ""))
        if not lines:
            continue
        for row, bits in zip(rows, lines, strict=True):
            if row:
                row.append(False)
            row += [bool(bits >> (size - 1 - n) & 1) for n in range(size)]
    return rows


def numeral(number: int, digits: int = 0) -> tuple[tuple[bool, ...], ...]:
    """Write a number in dots, five high.

    Args:
        number: The number, 0 or more.
        digits: Room for so many digits is kept, so that a number that counts down stays in its place.
    """
    return tuple(tuple(row) for row in letters(str(number).rjust(digits)))


def qr(text: str) -> Dots:
    """Make the QR code of a text, with the quiet zone of two that cameras need on a plain ground.

    Raises:
        segno.DataOverflowError: The text is longer than a QR code holds.

    Source: ISO/IEC 18004.
    """
    # Imported here: needed on two pages only.
    import segno

    return [[bool(dot) for dot in row] for row in segno.make_qr(text, error="m").matrix_iter(border=2)]


def in_signs(dots: Dots) -> list[str]:
    """Draw dots with signs that every terminal has, two cells a dot; one row of cells for one of dots."""
    return ["".join("##" if dot else "  " for dot in row) for row in dots]


def in_halves(dots: Dots) -> list[str]:
    """Draw dots two to a cell, one above the other; one row of cells for two of dots."""
    pairs = [*dots, [False] * len(dots[0])] if len(dots) % 2 else list(dots)
    return [
        "".join(HALVES[upper + 2 * lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(pairs[::2], pairs[1::2], strict=True)
    ]
