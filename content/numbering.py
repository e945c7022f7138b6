"""Recognises how notices number their questions, mark their answers and count their points."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HAN = "〇零一二两三四五六七八九十百"
_FIGURE = rf"[0-9]{{1,4}}|[{_HAN}]{{1,5}}"
_ASK = r"(?:Question|Q|问题|提问|问)"
_STYLES = ("asked", "nth", "inside", "plain")
_QUESTION = re.compile(
    rf"(?P<asked>{_ASK}\s*(?P<asked_number>{_FIGURE})?\s*[:：.．、)）])\s*(?P<asked_title>.*)"
    rf"|(?P<nth>第\s*(?P<nth_number>{_FIGURE})\s*[条问题]\s*[:：.．、]?)\s*(?P<nth_title>.*)"
    rf"|(?P<inside>[(（]\s*(?P<inside_number>{_FIGURE})\s*[)）][.．、:：]?)\s*(?P<inside_title>.*)"
    rf"|(?P<plain>(?P<plain_number>{_FIGURE})\s*(?:[、．:：)）]|\.(?![0-9])))"
    rf"\s*(?:{_ASK}\s*[:：]\s*)?(?P<plain_title>.*)",
    re.IGNORECASE,
)
_MARK = r"(?:Answer|Ans|A|答案|答复|解答|回答|答)"
_ANSWER = re.compile(rf"{_MARK}\s*(?:{_FIGURE})?\s*\**\s*[:：]\s*(?:\*\*\s*)?(?P<rest>.*)", re.IGNORECASE)
_ONE_LINE = re.compile(rf"(.+?[?？])\s*({_MARK}\s*[:：].*)", re.IGNORECASE)
_POINT = re.compile(
    rf"(?:[(（]\s*(?:[0-9]{{1,2}}|[ivxIVX]{{1,4}}|[a-z]|[{_HAN}]{{1,3}})\s*[)）]"
    rf"|[0-9]{{1,2}}(?:[、．)）]|\.(?![0-9]))|[{_HAN}]{{1,3}}、|[a-z][)）]|[①-⑳]|[•·●■◆-](?=\s))"
)
_WIDE = {ord("０") + at: str(at) for at in range(10)}
_DRESS = " #>*-"
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True)
class Asked:
    """A line that may be a question.

    Args:
        style: How it is numbered; the questions of a notice are numbered in one way.
        number: The number, where there is one.
        title: What follows it.
    """

    style: str
    number: int | None
    title: str


def asked(line: str) -> Asked | None:
    """Read a line as a numbered question or point, or as one that is marked ``Q:`` or ``问：``."""
    lead, core = _undressed(line)
    found = _QUESTION.fullmatch(core)
    if found is None:
        return None
    style = next(each for each in _STYLES if found[each] is not None)
    number = found[f"{style}_number"]
    written = f"{style}-han" if number and not number.isdecimal() and style in {"inside", "plain"} else style
    title = line[lead + found.start(f"{style}_title") :].strip(" *")
    return Asked(written, figure(number) if number else None, title)


def answer(line: str) -> str | None:
    """Return what follows the mark of an answer, ``A:`` or ``答：``, where the line begins with one."""
    lead, core = _undressed(line)
    found = _ANSWER.fullmatch(core)
    return line[lead + found.start("rest") :].strip() if found else None


def parted(line: str) -> tuple[str, ...]:
    """Part a question from an answer that stands on its line."""
    both = _ONE_LINE.fullmatch(line) if asked(line) else None
    return (both[1], both[2]) if both else (line,)


def bare(line: str) -> str:
    """Take off what Markdown and word processors put around a heading."""
    return line.lstrip(_DRESS).rstrip(" *")


def _undressed(line: str) -> tuple[int, str]:
    """Return how many signs stand before a heading, and the heading with narrow figures."""
    core = line.lstrip(_DRESS)
    return len(line) - len(core), core.translate(_WIDE)


def point(line: str) -> str:
    """Return the label of a line that is a numbered point, such as ``(3)``, or nothing."""
    found = _POINT.match(line)
    return found[0] if found else ""


def value(label: str) -> tuple[str, int] | None:
    """Read a point's label: how it is written, and its number; ``None`` for bullets and letters."""
    inner = label.strip("()（）.．、 ")
    around = "(" if label[:1] in {"(", "（"} else ""
    if inner.isdecimal():
        return f"{around}1", int(inner)
    if inner.lower() in _ROMAN and around:
        return f"{around}i", _ROMAN.index(inner.lower()) + 1
    if re.fullmatch("[①-⑳]", inner):
        return "①", ord(inner) - ord("①") + 1
    if inner and all(sign in _HAN for sign in inner):
        return f"{around}一", figure(inner)
    return None


def figure(text: str) -> int:
    """Read a number in figures or in Chinese words: ``十八`` is 18."""
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for sign in text.replace("〇", "零").replace("两", "二"):
        if sign in "十百":
            total += (digit or 1) * (10 if sign == "十" else 100)
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit
