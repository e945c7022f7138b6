"""The rule for a candidate's name: as on the identity document, without spaces, rare characters kept."""

from __future__ import annotations

import re
import unicodedata

import regex

from flows.rules.entry import some
from flows.text import CONTROL, DIRECTION, IDEOGRAPH_VARIANT, SURROGATE, ZERO_WIDTH, field, first_line
from flows.verdict import Problem, Verdict, accept, refuse

LONGEST_NAME = 50
"""No limit is published; fifty code points leave room for the longest names on identity cards."""

DOT = "\u00b7"
_OTHER_DOTS = "\u2022\u2027\u30fb\uff65\u2219\u22c5\u0387\u2e31\u2e33\ua78f"

# \p{Han} alone also takes radicals, numerals and compatibility ideographs; unicodedata of Python 3.11 calls
# Extensions H and I unassigned, so only the regex module's tables are asked.
_IDEOGRAPH = r"[\p{Unified_Ideograph}\u3005\u3007]"
_LATIN = r"\p{Latin}\p{M}{0,2}"
_STAND_IN = regex.compile(rf"\[({_IDEOGRAPH})\]")
_ALLOWED = regex.compile(rf"{_IDEOGRAPH}|{_LATIN}|{DOT}|(?<=\p{{L}}\p{{M}}*)['-](?=\p{{L}})")
_RARE = regex.compile(r"[\U00020000-\U0003ffff]")
_VARIANT = re.compile(f".[{IDEOGRAPH_VARIANT}]+")

_COMPATIBILITY = regex.compile("[\uf900-\ufaff\U0002f800-\U0002fa1f]")
_RADICAL = regex.compile("[\u2e80-\u2fdf]")
_EMOJI = regex.compile(
    r"[\p{Emoji_Presentation}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}]"
)
_KINDS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("name-compatibility-character", _COMPATIBILITY),
    ("name-look-alike", _RADICAL),
    ("name-private-character", regex.compile(r"\p{Co}")),
    ("name-unknown-character", regex.compile(r"\p{Cn}")),
    ("name-emoji", _EMOJI),
    ("name-digits", regex.compile(r"\p{N}")),
    ("name-brackets", regex.compile(r"[\[\]]")),
    ("name-punctuation", regex.compile(r"[\p{P}\p{S}]")),
)

_TWINS = str.maketrans(
    "АВЕКМНОРСТУХасеорхуіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοニカロエタトハ",
    "ABEKMHOPCTYXaceopxyijsdqwABEZHIKMNOPTYXo二力口工夕卜八",
)


def check_name(typed: str) -> Verdict[str]:
    """Judge a candidate's name.

    A Latin name is written without spaces as well (``JohnSmith``): the notice knows no exception for
    passports, and the joined form is offered. Hyphens and apostrophes inside a Latin name stay.

    Args:
        typed: What was typed. A name is never changed silently: dots, full-width letters and brackets
            are folded with a note, everything else that is not wanted is refused.

    Returns:
        The name with middle dots as U+00B7, or one problem for each rule that it misses.

    Source: FAQ 11.3 (no spaces; uncommon characters), GB 18030 for what can be exchanged.
    """
    line, others = first_line(typed)
    line = line.strip()
    if unread := _unread(line, others):
        return refuse(unread)
    name, notes = _folded(line)
    problems = (*_unseen(line, name), *_spaces(name), *_characters(name), *_shape(name))
    if not name:
        problems = _unseen(line, name) or (Problem("name-missing"),)
    elif not name.strip(f"{DOT}. "):
        problems = (Problem("name-only-dots"),)
    if problems:
        return refuse(*problems, notes=notes)
    return accept(name, warnings=_worth_a_look(name), notes=notes)


def _unread(line: str, others: int) -> Problem | None:
    if others:
        return Problem("entry-several-lines", {"lines": others + 1})
    if not line:
        return Problem("name-missing")
    if len(line) > 4 * LONGEST_NAME:
        return Problem("name-too-long", {"most": LONGEST_NAME, "typed": len(line)})
    return None


def _folded(line: str) -> tuple[str, tuple[Problem, ...]]:
    notes = []
    dotted = re.sub(f"[{_OTHER_DOTS}]", DOT, line)
    name = field(dotted)
    # One full stop between two Chinese characters is how a middle dot gets typed.
    pointed = regex.sub(rf"(?<={_IDEOGRAPH}|\])\.(?={_IDEOGRAPH}|\[)", DOT, name)
    if dotted != line or pointed != name:
        notes.append(Problem("name-dots-folded", {"dot": DOT}))
    bracketed = pointed.replace("【", "[").replace("】", "]").replace("’", "'")
    if bracketed != pointed or re.search("[\uff01-\uff0d\uff0f-\uff5e]", line):
        notes.append(Problem("name-full-width-folded"))
    if variants := _VARIANT.findall(line):
        notes.append(Problem("name-variant-removed", {"characters": some([each[0] for each in variants])}))
    return bracketed, tuple(notes)


def _unseen(line: str, name: str) -> tuple[Problem, ...]:
    found = []
    if re.search(f"[{SURROGATE}]", line):
        found.append(Problem("name-broken-character"))
    if count := len(re.findall(f"[{CONTROL}]", line)):
        found.append(Problem("name-control-characters", {"count": count}))
    if turning := re.findall(f"[{DIRECTION}]", line):
        found.append(Problem("name-direction-characters", {"characters": some([_code(c) for c in turning])}))
    # The parts of one emoji are held together by such characters; the emoji is what to speak of.
    if not _EMOJI.search(line) and (count := len(re.findall(f"[{ZERO_WIDTH}]", line))):
        found.append(Problem("name-hidden-characters", {"count": count, "without": name[:LONGEST_NAME]}))
    return tuple(found)


def _spaces(name: str) -> tuple[Problem, ...]:
    if " " not in name:
        return ()
    joined = name.replace(" ", "")
    if _characters(joined) or _shape(joined):
        return (Problem("name-spaces-inside"),)
    code = "name-spaces" if regex.search(_IDEOGRAPH, joined) else "name-spaces-latin"
    return (Problem(code, {"joined": joined}),)


def _characters(name: str) -> tuple[Problem, ...]:
    wrong: dict[str, list[str]] = {}
    rest = _ALLOWED.sub("", _STAND_IN.sub("", name).replace(" ", ""))
    for character in rest:
        wrong.setdefault(_kind(character), []).append(character)
    return tuple(
        problem
        for code in (*(code for code, _ in _KINDS), "name-other-script")
        for problem in _said(code, wrong.get(code, []))
    )


def _kind(character: str) -> str:
    if character.translate(_TWINS) != character:
        return "name-look-alike"
    return next((code for code, pattern in _KINDS if pattern.match(character)), "name-other-script")


def _said(code: str, characters: list[str]) -> tuple[Problem, ...]:
    listed = some(characters)
    if not listed:
        return ()
    if code in ("name-compatibility-character", "name-look-alike"):
        return tuple(_look_alike(code, character) for character in listed)
    if code in ("name-private-character", "name-unknown-character"):
        return (Problem(code, {"characters": tuple(_code(character) for character in listed)}),)
    if code in ("name-emoji", "name-brackets"):
        return (Problem(code),)
    return (Problem(code, {"characters": listed}),)


def _look_alike(code: str, character: str) -> Problem:
    meant = unicodedata.normalize("NFKC", character.translate(_TWINS))
    if meant == character:
        return Problem("name-radical", {"character": character})
    return Problem(code, {"character": character, "look_alike": meant})


def _shape(name: str) -> tuple[Problem, ...]:
    if len(name) > LONGEST_NAME:
        return (Problem("name-too-long", {"most": LONGEST_NAME, "typed": len(name)}),)
    if name.startswith(DOT) or name.endswith(DOT) or DOT * 2 in name:
        return (Problem("name-dot-place", {"dot": DOT}),)
    letters = regex.findall(rf"\[{_IDEOGRAPH}\]|{_IDEOGRAPH}|{_LATIN}", name)
    if len(letters) == 1 and _ALLOWED.sub("", _STAND_IN.sub("", name)) == "":
        return (Problem("name-one-character"),)
    return ()


def _worth_a_look(name: str) -> tuple[Problem, ...]:
    found = []
    if stand_ins := _STAND_IN.findall(name):
        found.append(Problem("name-stand-in", {"characters": some(stand_ins)}))
    if rare := _RARE.findall(name):
        found.append(Problem("name-rare-character", {"characters": some(rare)}))
    if regex.search(_IDEOGRAPH, name) and regex.search(r"\p{Latin}", name):
        found.append(Problem("name-two-scripts"))
    return tuple(found)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
