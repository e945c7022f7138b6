"""Finds what reads as damaged in a notice: traces of copying, translating and scanning that people overlook.

A finding is a place to look at, never a verdict: nothing is changed, and what a machine cannot see, such as
a wrong year, is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.notices import Entry, Finding, Notice, Piece, short
from content.numbering import value
from content.schema import Language

_LOST = re.compile("\ufffd+|锟斤拷|烫烫烫|[\ue000-\uf8ff]+|[?？]{3,}|Ã[\u0080-\u00bf]|â€.?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》", "“": "”", "「": "」", "『": "』"}
_CLOSING = {closing: opening for opening, closing in _PAIRS.items()}
_ENUMERATED = re.compile("^(?:[0-9]{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})[)）]")
_ENDED = re.compile("[.。!！?？;；:：…][\\s\"'”’」』)）】》]*$")
_LISTED = re.compile("(?:[,，、]|\\b(?:and|or)|[和或])$")
_BROKEN_NUMBER = re.compile("[*×xX]\\s?[0-9]+ [0-9]+|\\b[0-9]+ [0-9]+(?:px|mm|cm|kg|%)")
_TWICE = re.compile(r"\b(\w{3,})(?: (?:and|or))? \1\b", re.IGNORECASE)
_MEANT_TWICE = frozenset({"again", "more", "over", "less", "years", "that", "had", "step", "one"})
_SHORT = {"en": 40, "zh": 14}
"""Up to so many signs a point is a name in a list, not a sentence that has to end."""


def damaged(notice: Notice, text: str) -> tuple[Finding, ...]:
    """Look through a notice for damage.

    Args:
        notice: What was read.
        text: What it was read from.

    Returns:
        The findings by line.
    """
    found = [*_signs(notice, text)]
    for entry in notice.entries:
        found += _title(entry, notice.language)
        found += _points(entry)
        for at, piece in enumerate(entry.pieces, 1):
            place = f"{entry.number}.{at}"
            after = entry.pieces[at] if at < len(entry.pieces) else None
            found += _unpaired(piece.text, piece.lines[0], place)
            found += _words(piece, place)
            found += _cut(piece, after, place, notice.language)
    return tuple(sorted(found, key=lambda each: each.line))


def _signs(notice: Notice, text: str) -> Iterator[Finding]:
    """Find signs that stand where others were lost; a line is named once for each kind."""
    places = {
        line: f"{entry.number}.{at}"
        for entry in notice.entries
        for at, piece in enumerate(entry.pieces, 1)
        for line in piece.lines
    } | {entry.line: str(entry.number) for entry in notice.entries}
    for number, line in enumerate(text.split("\n"), 1):
        place = places.get(number, "")
        if lost := _LOST.search(line):
            around = line[max(0, lost.start() - 12) : lost.end() + 12].strip()
            yield Finding("notice-signs-lost", number, place, {"printed": around, "at": lost.start() + 1})
        if control := _CONTROL.search(line):
            code = f"U+{ord(control[0]):04X}"
            yield Finding("notice-control", number, place, {"sign": code, "at": control.start() + 1})


def _title(entry: Entry, language: Language) -> Iterator[Finding]:
    """Find a title without words, one that is cut, and one that begins in its middle."""
    place, title = str(entry.number), entry.title
    words = re.findall("[\u3400-\u9fff]" if language == "zh" else "[A-Za-z\u3400-\u9fff]{2,}", title)
    letters = sum(sign.isalpha() for sign in title)
    if len(words) < 2 or letters * 2 < len(re.sub(r"\s", "", title)):
        yield Finding("notice-title-garbled", entry.line, place, {"printed": short(title)})
        return
    if language == "en" and title[0].islower():
        yield Finding("notice-begins-small", entry.line, place, {"printed": short(title)})
    if _LISTED.search(title):
        yield Finding("notice-title-cut", entry.line, place, {"printed": title[-40:]})
    yield from _unpaired(title, entry.line, place)


def _points(entry: Entry) -> Iterator[Finding]:
    """Find points that are numbered out of order, or in another way than the one before."""
    last: tuple[str, int, Piece] | None = None
    small = [_begins_small(piece) for piece in entry.pieces if piece.point]
    small_is_rare = small.count(True) * 2 < len(small)
    for at, piece in enumerate(entry.pieces, 1):
        place = f"{entry.number}.{at}"
        if piece.point and small_is_rare and _begins_small(piece):
            yield Finding("notice-begins-small", piece.lines[0], place, {"printed": short(piece.text)})
        label = value(piece.point)
        if label is None:
            continue
        kind, number = label
        if last is not None:
            same_way = kind == last[0]
            args: dict[str, str | int] = {"before": last[2].point, "label": piece.point}
            if (same_way and number not in {1, last[1] + 1}) or (not same_way and number == last[1] + 1 > 1):
                yield Finding("notice-point-number", piece.lines[0], place, args)
        # What follows a point in another numbering goes on from its value: (1), (II), (3).
        last = (kind if last is None or number == 1 or kind == last[0] else last[0], number, piece)


def _begins_small(piece: Piece) -> bool:
    rest = piece.text[len(piece.point) :].lstrip()
    return rest[:1].islower() and rest[:1].isascii()


def _unpaired(text: str, line: int, place: str) -> Iterator[Finding]:
    """Find the first bracket or quotation mark without its partner; either width closes a bracket."""
    narrow = str.maketrans("（）", "()")
    opened: list[tuple[str, int]] = []
    begins = enumerated.end() if (enumerated := _ENUMERATED.match(text)) else 0
    for at, sign in enumerate(text.translate(narrow)):
        if at < begins:
            continue
        if sign in _PAIRS:
            opened.append((sign, at))
        elif sign in _CLOSING:
            if not opened or opened[-1][0] != _CLOSING[sign]:
                yield _pair(text, at, line, place)
                return
            opened.pop()
    if opened:
        yield _pair(text, opened[0][1], line, place)
    elif text.count('"') % 2:
        yield _pair(text, text.rindex('"'), line, place)


def _pair(text: str, at: int, line: int, place: str) -> Finding:
    around = text[max(0, at - 15) : at + 16].strip()
    return Finding("notice-unpaired", line, place, {"sign": text[at], "printed": around})


def _words(piece: Piece, place: str) -> Iterator[Finding]:
    if broken := _BROKEN_NUMBER.search(piece.text):
        yield Finding("notice-number-broken", piece.lines[0], place, {"printed": broken[0]})
    for twice in _TWICE.finditer(piece.text):
        if twice[1].casefold() not in _MEANT_TWICE and not twice[1].isdecimal():
            yield Finding("notice-word-twice", piece.lines[0], place, {"printed": short(twice[0])})
            return


def _cut(piece: Piece, after: Piece | None, place: str, language: Language) -> Iterator[Finding]:
    """Find a paragraph that ends without the end of a sentence; a point may end as lists do."""
    if _ENDED.search(piece.text):
        return
    listed = after is not None and bool(after.point) and bool(_LISTED.search(piece.text))
    named = bool(piece.point) and len(piece.text) <= _SHORT[language] and not _LISTED.search(piece.text)
    if not listed and not named:
        yield Finding("notice-cut", piece.lines[-1], place, {"printed": piece.text[-30:].strip()})
