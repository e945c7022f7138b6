"""The one place where text from outside is cleaned: for what is shown, and for what is judged.

Only characters are handled here. Whether a cleaned text is a good name or number is for
:mod:`flows.rules` to say.
"""

from __future__ import annotations

import re
import unicodedata

MOST_CHARACTERS = 300
"""The most that a line of conversation may hold; a field's own rule may allow less."""

CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufff9-\ufffb"
"""Control characters without tab and line feed, as the inside of a character class."""

DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Characters that turn the direction of writing round, as the inside of a character class."""

SURROGATE = "\ud800-\udfff"
"""Halves of a surrogate pair: no text can hold one, and no file or database takes it."""

ZERO_WIDTH = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
    "\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
)
"""Characters that leave no mark: zero-width, fillers, tags, selectors, and what is no character at all."""

IDEOGRAPH_VARIANT = "\U000e0100-\U000e01ef"
"""Selectors of one way of drawing an ideograph. They belong to some people's names and stay in shown text."""

_HIDDEN = re.compile(f"[{CONTROL}{DIRECTION}{SURROGATE}{ZERO_WIDTH}]")
_VARIANT = re.compile(f"[{IDEOGRAPH_VARIANT}]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")

# NFC turns a compatibility ideograph into another character, and with it somebody's name: U+F9D1 becomes 六.
_COMPATIBILITY = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")

_SPACES = (
    "\t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_FOLD = {ord(space): " " for space in _SPACES} | {0xFF01 + n: 0x21 + n for n in range(94)}


def clean(text: str) -> str:
    """Make a text safe to show: what cannot be seen goes, line ends become line feeds, the rest stays.

    Args:
        text: Any text, however broken.

    Returns:
        The text in NFC, except that compatibility ideographs are left as they are.
    """
    return _composed(_HIDDEN.sub("", _LINE_ENDS.sub("\n", text)))


def field(text: str) -> str:
    """Make a text ready to be judged as the entry of a field.

    Of NFKC only the full-width forms and the spaces are folded: the whole of it would make 2 of ² and 1 of ①.

    Returns:
        The cleaned text on one line, without variant selectors, trimmed.
    """
    return _composed(_VARIANT.sub("", clean(text)).translate(_FOLD)).strip()


def hidden(text: str) -> bool:
    """Whether :func:`clean` takes characters out of the text; line ends are only rewritten."""
    return _HIDDEN.search(_LINE_ENDS.sub("\n", text)) is not None


def hidden_count(text: str) -> int:
    """Return how many characters :func:`clean` takes out."""
    return len(_HIDDEN.findall(_LINE_ENDS.sub("\n", text)))


def cut(text: str, most: int = MOST_CHARACTERS) -> tuple[str, int]:
    """Cut a text to ``most`` code points.

    Returns:
        What is kept, and how many code points were left off.
    """
    return text[:most], max(0, len(text) - most)


def first_line(text: str) -> tuple[str, int]:
    """Take the first line that holds anything.

    Returns:
        The line, and how many other lines that hold anything were left off.
    """
    lines = [line for line in _LINE_ENDS.sub("\n", text).split("\n") if line.strip()]
    return (lines[0], len(lines) - 1) if lines else ("", 0)


def _composed(text: str) -> str:
    # A split with a group gives the compatibility ideographs at the odd places.
    pieces = _COMPATIBILITY.split(text)
    return "".join(piece if n % 2 else unicodedata.normalize("NFC", piece) for n, piece in enumerate(pieces))
