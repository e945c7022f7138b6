"""Finds uncommon characters for names, and the bracketed form for systems that cannot take them.

Source: FAQ 11.3. The systems in use can write the characters of GBK; for others, candidates were told to put
a character of the same sound in square brackets: 王晓[沛].
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial

from flows.characters.known import BEYOND_GBK, COMMON_IN_NAMES, IN_GBK
from flows.characters.readings import readings

MISSING = "〓"
"""Printers set this mark for a character that they lack; it stands in where no reading is known."""

_TONES = {"\u0304": "1", "\u0301": "2", "\u030c": "3", "\u0300": "4"}
_CODE = re.compile(r"(?:U\+|0X|\\U|&#X)?([0-9A-F]{4,8});?")


@dataclass(frozen=True)
class Character:
    """A character that was found.

    Attributes:
        code: Its code point, as ``U+20BB7``.
        pinyin: Its readings with tone marks, commonest first; empty where none is on file.
        name_en: Its name in Unicode.
    """

    char: str
    code: str
    pinyin: tuple[str, ...]
    name_en: str


def find(query: str, most: int = 9, skip: int = 0) -> tuple[Character, ...]:
    """Find characters by pinyin or by code point.

    Args:
        query: ``zhe``, ``zhe2``, ``zhé``, ``lü`` or ``lv``; ``U+20BB7``, ``0x20BB7`` or ``20BB7``; or the
            character itself.
        most: How many at most.
        skip: How many of the first to leave out: the next page.

    Returns:
        Characters known from names that an input method lacks first, then the rare, then the common.
    """
    text = unicodedata.normalize("NFKC", query[:40]).strip()
    if len(query.strip()) == 1 and is_han(query.strip()):
        return (_character(query.strip()),)[skip:most]
    found = _by_sound(text)
    if not found and (code := _CODE.fullmatch(text.upper())):
        point = int(code[1], 16)
        if point <= 0x10FFFF and is_han(chr(point)):
            found = (chr(point),)
    return tuple(_character(each) for each in found[skip : skip + most])


def outside_gbk(name: str) -> tuple[str, ...]:
    """Return the characters of a name that systems of the GBK age cannot take, in order, each once."""
    return tuple(dict.fromkeys(each for each in name if not _in_gbk(each)))


def stand_in(name: str) -> str:
    """Write a name with a character of the same sound, in brackets, for each that GBK lacks.

    This form is shown beside the true name, never kept in its place. A character whose sound is not on file
    becomes ``[〓]``.
    """
    return "".join(f"[{_homophone(each)}]" if is_han(each) and not _in_gbk(each) else each for each in name)


def is_han(char: str) -> bool:
    """Whether this is one Chinese character, of any extension.

    ``unicodedata`` of Python 3.11 does not know the latest extensions, and compatibility forms, which change
    under normalisation, are not offered.
    """
    import regex  # imported here: the journey starts without it

    return char == "〇" or bool(regex.fullmatch(r"\p{Unified_Ideograph}", char))


def _by_sound(text: str) -> tuple[str, ...]:
    syllable, tone = _sound(text)
    if not re.fullmatch("[a-zü]+", syllable):
        return ()
    index = _index()
    if tone:
        return index.get(f"{syllable}{tone}", ())
    every = {char for each in "01234" for char in index.get(f"{syllable}{each}", ())}
    return tuple(sorted(every, key=lambda char: _rank(char, syllable)))


def _sound(text: str) -> tuple[str, str]:
    """Part a syllable from its tone: a mark, a digit, or none; 5 and 0 are the light tone."""
    plain, tone = [], ""
    for each in unicodedata.normalize("NFD", text.casefold().replace("u:", "ü").replace("v", "ü")):
        if each in _TONES:
            tone = _TONES[each]
        elif each in "012345":
            tone = "0" if each == "5" else each
        else:
            plain.append(each)
    return unicodedata.normalize("NFC", "".join(plain)), tone


@cache
def _index() -> Mapping[str, tuple[str, ...]]:
    """Characters by syllable and tone digit, ranked."""
    index: dict[str, list[str]] = {}
    for point, said in readings().items():
        char = chr(point)
        if is_han(char):
            for reading in said.split(","):
                syllable, tone = _sound(reading)
                index.setdefault(f"{syllable}{tone or '0'}", []).append(char)
    return {
        sound: tuple(sorted(dict.fromkeys(chars), key=partial(_rank, sound=sound)))
        for sound, chars in index.items()
    }


def _rank(char: str, sound: str) -> tuple[int, int, int]:
    """Order of likelihood for a name whose character could not be typed.

    Args:
        char: A character with this sound.
        sound: A syllable, with a tone digit or without: a rarer reading of a character ranks it lower.
    """
    own = [_sound(each) for each in readings()[ord(char)].split(",")]
    reading = next(
        place for place, (syllable, tone) in enumerate(own) if sound in (syllable, f"{syllable}{tone or '0'}")
    )
    if char in BEYOND_GBK:
        return 0, reading, BEYOND_GBK.index(char)
    if char in IN_GBK:
        return 1, reading, IN_GBK.index(char)
    if _in_gbk(char):
        return (4 if level_one(char) else 3 if encodable(char, "gb2312") else 2), reading, ord(char)
    return 5 if ord(char) < 0x10000 else 6, reading, ord(char)


def _homophone(char: str) -> str:
    """Choose a common character of the same sound: the same tone first, then any."""
    reading = readings().get(ord(char), "").split(",")[0]
    if not reading:
        return MISSING
    syllable, tone = _sound(reading)
    candidates: Iterable[str] = (*_index().get(f"{syllable}{tone or '0'}", ()), *_by_sound(syllable))
    same = [each for each in dict.fromkeys(candidates) if level_one(each)]
    # The commonest reading must be this one: 吕 may not stand for a sound that it has once in a poem.
    first = [each for each in same if _sound(readings()[ord(each)].split(",")[0])[0] == syllable]
    return min(first or same, key=lambda each: _fitness(each, syllable, tone), default=MISSING)


def _fitness(char: str, syllable: str, tone: str) -> tuple[bool, int]:
    own = _sound(readings()[ord(char)].split(",")[0])
    place = COMMON_IN_NAMES.find(char)
    return own != (syllable, tone), place if place >= 0 else len(COMMON_IN_NAMES)


def _character(char: str) -> Character:
    said = readings().get(ord(char), "")
    code = f"{ord(char):04X}"
    return Character(
        char=char,
        code=f"U+{code}",
        pinyin=tuple(said.split(",")) if said else (),
        name_en=unicodedata.name(char, f"CJK UNIFIED IDEOGRAPH-{code}"),
    )


def _in_gbk(char: str) -> bool:
    return encodable(char, "gbk")


def encodable(char: str, encoding: str) -> bool:
    """Whether an encoding has this character."""
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def level_one(char: str) -> bool:
    """Whether this is one of the 3,755 common characters of GB/T 2312."""
    return encodable(char, "gb2312") and 0xB0A1 <= int.from_bytes(char.encode("gb2312"), "big") <= 0xD7F9
