"""Finds out how a text file is encoded: notices come from many programs, and few say what they wrote.

Nothing is guessed from names or from the machine: the same bytes are the same text everywhere.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

_MARKS = (
    # UTF-32 first: its mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FORMATS = (b"PK\x03\x04", b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff")
"""How Word, PDF, RTF, archives and pictures begin: some hold so much text that nothing else shows it."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")

_FREQUENT = {"gb18030": ("gb2312", range(0xA1, 0xD8)), "big5": ("big5", range(0xA1, 0xC7))}
"""The rows of punctuation and of the characters that people use; chance hits the others as often."""


@dataclass(frozen=True)
class Decoded:
    """A file's bytes as text.

    Args:
        text: The text, its lines ended with ``\\n``.
        encoding: As what it was read.
        certain: Whether the bytes can be nothing else: a mark at their start, or UTF-8 without a fault.
    """

    text: str
    encoding: str
    certain: bool


def decoded(data: bytes) -> Decoded | int:
    """Turn the bytes of a text file into text.

    UTF-8, UTF-16 and UTF-32 with or without a byte order mark, GB18030 (which holds GBK and GB2312), Big5,
    and Windows-1252 for western text. Damaged UTF-8 keeps U+FFFD where characters were lost.

    Returns:
        The text; or, for what is no text file, the place of the first byte that shows it, from 0.
    """
    if data.startswith(_FORMATS):
        return 0
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _whole(data.decode(encoding, "replace"), encoding.removesuffix("-sig"), certain=True)
    if wide := _wide(data):
        return _whole(data.decode(wide, "replace"), wide[:6], certain=False)
    if (zero := data.find(b"\0")) >= 0:
        return zero
    try:
        return _whole(data.decode("utf-8"), "utf-8", certain=True)
    except UnicodeDecodeError:
        pass
    lossy = data.decode("utf-8", "replace")
    if sum(1 for sign in lossy if sign > "\x7f" and sign != "\ufffd") > 4 * lossy.count("\ufffd"):
        return _whole(lossy, "utf-8", certain=False)
    encoding, share = max(((each, _share(data, each)) for each in _FREQUENT), key=lambda each: each[1])
    if share >= 0.8:
        return _whole(data.decode(encoding, "replace"), encoding, certain=False)
    return _whole(data.decode("cp1252", "replace"), "windows-1252", certain=False)


def _whole(text: str, encoding: str, *, certain: bool) -> Decoded | int:
    controls = [each.start() for each in _CONTROL.finditer(text)]
    # A few are damage, which is reported with its line; many are no text at all.
    if len(controls) * 200 > len(text):
        return len(text[: controls[0]].encode("utf-8", "replace"))
    return Decoded(_LINE_END.sub("\n", text), encoding, certain)


def _wide(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its line ends and spaces: every second byte of them is zero."""
    sample = data[: 1 << 16]
    if len(data) % 2:
        return None
    plain = re.compile(rb"[\n\r\t -~]")
    pairs = [sample[at : at + 2] for at in range(0, len(sample) - 1, 2)]
    for encoding, low, high in (("utf-16-le", 0, 1), ("utf-16-be", 1, 0)):
        ascii_ = sum(1 for pair in pairs if not pair[high] and plain.match(pair[low : low + 1]))
        other_way = sum(1 for pair in pairs if not pair[low] and pair[high])
        if ascii_ * 50 > len(pairs) and not other_way and _usual(sample.decode(encoding, "replace")):
            return encoding
    return None


def _usual(text: str) -> bool:
    """Say whether nearly all signs are ones that English and Chinese texts use."""
    usual = re.findall("[\t\n\r -~\u00a0-\u00ff\u2010-\u2044\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]", text)
    return len(usual) * 10 > len(text) * 9


def _share(data: bytes, encoding: str) -> float:
    """Return the share of the characters beyond ASCII that are frequent ones of ``encoding``."""
    text = data.decode(encoding, "replace")
    beyond = [sign for sign in text if sign > "\x7f"]
    table, rows = _FREQUENT[encoding]
    frequent = sum(1 for sign in beyond if sign.encode(table, "ignore")[:1] and sign.encode(table)[0] in rows)
    return frequent / len(beyond) if beyond else 0.0
