"""Turns the text of a notice, numbered questions and answers, into items, and says what it could not read.

A notice is written ``1. question`` and then ``A: answer``, in English or Chinese, in any of the ways in
which offices number: ``1.``, ``1、``, ``一、``, ``（一）``, ``Q1:``, ``问：`` and ``答：``. What decides is
the mark of the answer: the line before it is a question, whatever it looks like, and a numbered line
without an answer after it is a point of the answer that it stands in.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from content.notices import Entry, Finding, Notice, Piece, short
from content.numbering import Asked, answer, asked, bare, parted, point
from content.schema import Language

_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_ENDED = re.compile("[.。!！?？;；:：…][\\s\"'”’」』)）】》]*$")
_PARAGRAPH = re.compile(r"^\[[0-9]+\.[0-9]+\] ", re.MULTILINE)
_ITEM = re.compile(r"^## [0-9]+\. ", re.MULTILINE)
_CHINESE = re.compile("[\u2e80-\u9fff\uff00-\uffef]")
_MOST_MISSING = 100
"""How many missing numbers are named: a notice with more is not numbered, and the list would tell nothing."""


@dataclass(frozen=True)
class _Line:
    number: int
    text: str


@dataclass(frozen=True)
class _Head:
    """A question: where it begins among the lines, and where its answer begins."""

    first: int
    body: int
    number: int | None
    title: str
    marked: bool


def read(text: str) -> Notice:
    """Read the text of a notice.

    Args:
        text: The whole text, its lines ended with ``\\n``.
    """
    language = language_of(text)
    if is_pack(text):
        return Notice(language, "", (), (Finding("notice-is-pack", 1),))
    lines = [_Line(n, part) for n, raw in enumerate(text.split("\n"), 1) for part in _parts(raw)]
    heads, findings = _numbered(_heads(lines), lines)
    if not heads:
        args: dict[str, str | int] = {"lines": text.count("\n") + 1}
        return Notice(language, "", (), (Finding("notice-no-items", 1, "", args),))
    ends = [*(head.first for head, _ in heads[1:]), len(lines)]
    entries = []
    for (head, number), end in zip(heads, ends, strict=True):
        pieces = tuple(_pieces(lines[head.body : end], language))
        entries.append(Entry(number, head.title, lines[head.first].number, pieces))
        if not pieces:
            findings.append(_of("notice-no-answer", entries[-1]))
        elif not head.marked:
            findings.append(_of("notice-answer-unmarked", entries[-1]))
        for line in lines[head.body + 1 : end]:
            if line.text and answer(line.text) is not None:
                args = {"number": number}
                findings.append(Finding("notice-answer-twice", line.number, str(number), args))
    before = [line for line in lines[: heads[0][0].first] if line.text]
    if len(before) > 1:
        findings.append(Finding("notice-before", before[0].number, "", {"lines": len(before)}))
    findings += _order(entries)
    entries.sort(key=lambda entry: entry.number)
    heading = before[0].text if len(before) == 1 else ""
    return Notice(language, heading, tuple(entries), tuple(sorted(findings, key=lambda each: each.line)))


def is_pack(text: str) -> bool:
    """Say whether a text has the form of the content's own notices."""
    return bool(_ITEM.search(text) and _PARAGRAPH.search(text))


def language_of(text: str) -> Language:
    """Tell Chinese from English by the characters: an English notice may name things in Chinese."""
    chinese = len(re.findall("[\u3400-\u9fff]", text))
    return "zh" if chinese * 2 > len(re.findall("[A-Za-z]+", text)) else "en"


def _parts(line: str) -> tuple[str, ...]:
    return parted(re.sub(r"\s+", " ", _UNSEEN.sub(" ", line)).strip()) if line else ("",)


def _of(code: str, entry: Entry) -> Finding:
    return Finding(code, entry.line, str(entry.number), {"number": entry.number})


# Questions ---------------------------------------------------------------------------------------------


def _heads(lines: Sequence[_Line]) -> list[_Head]:
    """Find the questions: each before the mark of an answer, and those that were left without one."""
    before: dict[int, int] = {}
    filled: int | None = None
    for at, line in enumerate(lines):
        if line.text:
            if filled is not None and answer(line.text) is not None:
                before[at] = filled
            filled = at
    styles = Counter(found.style for at in before.values() if (found := asked(lines[at].text)))
    style = styles.most_common(1)[0][0] if styles else _style_alone(lines)
    answered: list[_Head] = []
    taken, most = -1, 0
    for mark, last in before.items():
        if last > taken:
            answered.append(_answered(lines, last, mark, taken, style, most))
            taken, most = mark, max(most, answered[-1].number or 0)
    return sorted([*answered, *_unanswered(lines, answered, style)], key=lambda head: head.first)


def _answered(lines: Sequence[_Line], last: int, mark: int, taken: int, style: str, most: int) -> _Head:
    """Read the question that ends at ``last``: one line, or several when a number above begins it."""
    found = asked(lines[last].text)
    if found and found.style in {style, "asked"}:
        return _Head(last, mark, found.number, found.title, marked=True)
    for first in range(last - 1, max(taken, last - 4), -1):
        if not lines[first].text:
            break
        above = asked(lines[first].text)
        if above and above.style == style and (above.number is None or above.number > most):
            title = _joined([above.title, *(line.text for line in lines[first + 1 : last + 1])])
            return _Head(first, mark, above.number, title, marked=True)
    return _Head(last, mark, None, bare(lines[last].text), marked=True)


def _unanswered(lines: Sequence[_Line], answered: Sequence[_Head], style: str) -> Iterator[_Head]:
    """Find the questions without a marked answer: their number fits there, and no answered one has it."""
    numbers = {head.number for head in answered}
    ahead = list(reversed(answered))
    due, last_point, body = 1, 0, 0
    for at, line in enumerate(lines):
        if ahead and ahead[-1].first == at:
            head = ahead.pop()
            due, last_point, body = (head.number or due) + 1, 0, head.body
        if at < body or not line.text:
            continue
        marked = answer(line.text)
        found = asked(line.text if marked is None else marked)
        if found is None or found.style != style:
            continue
        following = (ahead[-1].number or 0) if ahead else 0
        free = found.number is None or (found.number == due and due not in numbers)
        if marked is None and free and _is_question(found, last_point, following):
            yield _Head(at, at + 1, found.number, found.title, marked=False)
            due, last_point = due + 1, 0
        elif found.number in {1, last_point + 1}:
            last_point = found.number or 0


def _is_question(found: Asked, last_point: int, following: int) -> bool:
    """Tell a question without an answer from a point: by its mark, or because a number is missing here."""
    if found.title.endswith(("?", "？", "吗", "呢")):
        return True
    continues = last_point > 0 and found.number == last_point + 1
    return not continues and (
        found.style == "plain-han" or (not last_point and following > (found.number or 0))
    )


def _style_alone(lines: Sequence[_Line]) -> str:
    """Choose what numbers the questions where no answer is marked: Chinese words before figures."""
    styles = Counter(found.style for line in lines if (found := asked(line.text)))
    return next((each for each in ("plain-han", "nth", "asked") if styles[each] > 1), "plain")


def _numbered(
    heads: Sequence[_Head], lines: Sequence[_Line]
) -> tuple[list[tuple[_Head, int]], list[Finding]]:
    """Give every question its number; one that has none gets the one between its neighbours."""
    if all(head.number is None for head in heads):
        return [(head, at) for at, head in enumerate(heads, 1)], []
    following: list[int | None] = [None]
    for head in reversed(heads[1:]):
        following.append(following[-1] if head.number is None else head.number)
    kept: list[tuple[_Head, int]] = []
    findings = []
    for head, after in zip(heads, reversed(following), strict=True):
        last = kept[-1][1] if kept else 0
        if head.number is not None:
            kept.append((head, head.number))
        elif not kept or after is None or after > last + 1:
            kept.append((head, last + 1))
            args: dict[str, str | int] = {"number": last + 1, "printed": short(head.title)}
            line = lines[head.first].number
            findings.append(Finding("notice-number-unread", line, str(last + 1), args))
    return kept, findings


def _order(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Find numbers that stand twice, are missing, or come too late."""
    seen: dict[int, int] = {}
    most = 0
    for entry in entries:
        if entry.number in seen:
            args: dict[str, str | int] = {"number": entry.number, "first": seen[entry.number]}
            yield Finding("notice-number-twice", entry.line, str(entry.number), args)
        elif entry.number < most:
            args = {"number": entry.number, "last": most}
            yield Finding("notice-number-order", entry.line, str(entry.number), args)
        seen.setdefault(entry.number, entry.line)
        most = max(most, entry.number)
    missing = sorted(set(range(1, most)) - seen.keys())
    for number in missing[:_MOST_MISSING]:
        following = min(each for each in seen if each > number)
        yield Finding("notice-number-missing", seen[following], "", {"number": number})


# Answers -----------------------------------------------------------------------------------------------


def _pieces(body: Sequence[_Line], language: Language) -> Iterator[Piece]:
    """Split an answer: at blank lines, else where lines end a sentence.

    A numbered point keeps everything up to the next point.
    """
    said = list(body)
    if said and (rest := answer(said[0].text)) is not None:
        said[0] = _Line(said[0].number, rest)
    texts = [at for at, line in enumerate(said) if line.text]
    said = said[texts[0] : texts[-1] + 1] if texts else []
    spaced = any(not line.text for line in said)
    group: list[tuple[_Line, bool]] = []
    label, ended = "", True
    for line in said:
        if not line.text:
            ended = True
            continue
        begins = point(line.text)
        if begins or (ended and not label):
            if group:
                yield _piece(group, label, language)
            group, label = [], begins
        group.append((line, ended))
        ended = not spaced and bool(_ENDED.search(line.text))
    if group:
        yield _piece(group, label, language)


def _piece(group: Sequence[tuple[_Line, bool]], label: str, language: Language) -> Piece:
    """Join the lines of a paragraph; a heading that has a line of its own is set off with a colon."""
    texts = [line.text for line, _ in group]
    if len(group) > 1 and group[1][1] and not _ENDED.search(texts[0]):
        texts[0] += "：" if language == "zh" else ":"
    return Piece(tuple(line.number for line, _ in group), _joined(texts), label)


def _joined(parts: Sequence[str]) -> str:
    """Join lines: with a space between words, with nothing beside Chinese characters."""
    whole = [parts[0]]
    for last, part in pairwise(parts):
        beside = _CHINESE.match(last[-1:]) or _CHINESE.match(part[:1])
        whole += ["" if beside else " ", part]
    return "".join(whole)
