"""Reads what a caller said on one line, in either language, as facts; the rest is given back."""

# ruff: noqa: E501 - a pattern a line, as people say it

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.calls.facts import BEFORE, Facts, Heard, put_all, record
from assistant.conversation.known_as import findable
from content.loader import Content
from flows.dossier import RecordKind
from flows.steps.model import Option
from flows.verdict import Named

JUNE, JULY = "06", "07"
"""The month that is assumed of a degree or a graduation of which only the year was said."""

_LEVELS = {
    "secondary": "中专|中技|技校|secondary technical|secondary",
    "junior-college": "大专|专科|junior college|college diploma|college|diploma",
    "bachelor": "大学本科|本科|bachelor'?s?",
    "master": "硕士研究生|研究生|master'?s?",
    "doctor": "博士研究生|doctorate|doctor|phd",
}
_DEGREES = {
    "bachelor": "学士学位|学士|bachelor'?s? degree",
    "master": "硕士学位|硕士|master'?s? degree",
    "doctor": "博士学位|博士|doctor'?s? degree",
    "": "学位|degree",
}
_YEAR = r"(?:(?P<year>(?:19|20)[0-9]{2})|(?P<short>[0-9]{2})(?=\s*[年级届]))\s*[年级届]?(?:\s*[-./]?\s*(?P<month>1[0-2]|0?[1-9])(?![0-9])\s*月?(?:份)?)?"
_ABROAD = r"(?P<abroad>境外|国外|海外|留学|overseas|foreign)?\s*的?\s*"
_FILL = r"[\s,，的毕业取得]*(?:graduated|awarded|from|of|in|is)?\s*(?:from|of|in)?\s*"

_SIMPLE: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (r"未缴费|没缴费|没交费|未交费|未付款|待缴费|unpaid|not (?:yet )?paid", (("reached?", "unpaid"),)),
    (r"未签署?|没签|unsigned|not signed", (("reached?", "unsigned"),)),
    (r"未确认|没确认|unconfirmed|not confirmed", (("reached?", "unconfirmed"),)),
    (r"未核验|核验中|没核验|unverified|not verified|pending", (("status", "unverified"), ("reached?", "unverified"))),
    (r"(?:核验)?(?:未通过|不通过)|(?:verification )?failed", (("status", "failed"), ("reached", "verified"))),
    (r"无法核验|不能核验|cannot be verified|cannot verify", (("status", "cannot-verify"), ("reached", "verified"))),
    (r"已?核验(?:通过|完成)?|通过核验|verified", (("status", "verified"), ("reached", "verified"))),
    (r"已缴费|已交费|交了费|缴了费|已付款|paid", (("reached", "paid"),)),
    (r"(?:已|人工)?核查通过|审核通过|review passed", (("reached", "reviewed"),)),
    (r"(?:信息)?已?确认了?|confirmed", (("reached", "confirmed"),)),
    (r"已签署?|签了|signed", (("reached", "signed"),)),
    (r"已填(?:报|写|表)?|填了表|已保存|filled in|form saved|saved", (("reached", "filled"),)),
    (r"照片已?(?:上)?传|已传照片|传了照片|photo (?:done|uploaded|ok)", (("reached", "photo"),)),
    (r"未注册|没注册|not registered", (("reached", "nothing"), ("first_time", "yes"))),
    (r"已注册|注册了|registered|has an account", (("reached", "account"),)),
    (r"首次(?:报考)?|第一次(?:报)?|新考生|first[- ]time|new candidate", (("first_time", "yes"),)),
    (r"老考生|以前注册过|returning|registered before|earlier candidate", (("first_time", "no"),)),
    (r"不采用(?:告知)?(?:承诺)?制?|declined|not adopted", (("adopt_commitment", "no"),)),
    (r"采用(?:告知)?承诺制?|adopted", (("adopt_commitment", "yes"),)),
    (r"护照|passport", (("id_type", "passport"),)),
    (r"身份证|resident id|id card", (("id_type", "resident-id"),)),
)  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """What was understood of a line, and the pieces that were not."""

    facts: Facts
    left: tuple[str, ...]


class Reader:
    """Knows the names of examinations and places, and the ways to say how far one is."""

    def __init__(self, content: Content) -> None:
        """Take the catalogue; it is made ready at the first line."""
        self._content = content

    def read(self, typed: str) -> Reading:
        """Read a line such as ``二建 江苏 99年大专 已确认 未缴费``.

        Facts may stand in any order, parted by spaces, commas or nothing.
        """
        line = unicodedata.normalize("NFKC", typed[:300]).strip().casefold()
        facts: Facts = ()
        left: list[str] = []
        counts = {"education": 0, "degree": 0}
        assumed_reach = ""
        at, gap = 0, 0
        while at < len(line):
            found = self._at(line, at, counts)
            if found is None:
                at += len(re.match(r"[a-z0-9'-]+|.", line[at:], re.DOTALL)[0])  # type: ignore[index]
                continue
            heard, end = found
            left += _pieces(line[gap:at])
            for each in heard:
                if each.key == "reached?":
                    assumed_reach = assumed_reach or BEFORE[each.value]
            facts = put_all(facts, (each for each in heard if each.key != "reached?"))
            at = gap = end
        left += _pieces(line[gap:])
        if assumed_reach and all(each.key != "reached" for each in facts):
            facts = (*facts, Heard("reached", assumed_reach, "assumed"))
        return Reading(facts, tuple(left))

    def _at(self, line: str, at: int, counts: dict[str, int]) -> tuple[Facts, int] | None:
        """Take the longest fact that begins here, at the beginning of a word."""
        if (
            at
            and line[at - 1].isascii()
            and line[at - 1].isalnum()
            and line[at].isascii()
            and line[at].isalnum()
        ):
            return None
        found = [
            each
            for take in (_record_at, _simple_at, _waited_at, _work_at, self._name_at)
            if (each := take(line, at, counts))
        ]
        best = max(found, key=lambda each: each[1], default=None)
        if best is not None:
            for kind in ("education", "degree"):
                counts[kind] += any(each.key.startswith(f"{kind}.") for each in best[0])
        return best

    def _name_at(self, line: str, at: int, _: dict[str, int]) -> tuple[Facts, int] | None:
        for size in range(min(self._longest, len(line) - at), 0, -1):
            end = at + size
            if (
                end < len(line)
                and line[end - 1].isascii()
                and line[end - 1].isalnum()
                and line[end].isascii()
                and line[end].isalnum()
            ):
                continue
            if facts := self._names.get(_folded(line[at:end])):
                return facts, end
        return None

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._names)) + 12

    @cached_property
    def _names(self) -> dict[str, Facts]:
        found: dict[str, Facts] = {}
        for names, facts in self._listed():
            for name in names:
                folded = _folded(name)
                # A single Latin letter or sign is no name, and a single character only where it is an alias.
                if len(folded) > 1 or (folded and not folded.isascii()):
                    found.setdefault(folded, facts)
        return found

    def _listed(self) -> Iterator[tuple[tuple[str, ...], Facts]]:
        content = self._content
        for exam in content.exams.values():
            made = findable(Option(exam.id, Named("exam", exam.id)), content)
            english = [
                each.replace("class-1", word)
                for each in made.names
                for word in ("first-class", "class 1", "1st class")
            ]
            english += [
                each.replace("Class-1", word)
                for each in made.names
                for word in ("first-class", "class 1", "1st class")
            ]
            english += [
                each.replace("Class-2", word)
                for each in made.names
                for word in ("second-class", "class 2", "2nd class")
            ]
            yield (*made.names, exam.id, *english), (Heard("exam", exam.id),)
        for province in content.provinces.values():
            made = findable(Option(province.id, Named("province", province.id)), content)
            yield (*made.names, province.id), (Heard("province", province.id),)
        for province in content.provinces.values():
            for city in province.cities:
                made = findable(Option(city.id, Named("city", f"{province.id}/{city.id}")), content)
                places = (Heard("province", province.id, "assumed"), Heard("city", city.id))
                yield (*made.names, city.id), places


_WAITED = re.compile(
    r"(?:for |已|等了)?\s*([0-9]{1,2}|[一两二三四五]|one|two|three|a)\s*"
    r"(天|days?|小时|hours?)(?:了)?(?:没有?结果)?"
)
_WORK = re.compile(
    r"(?:工作|从业|工龄)\s*(?:了|满)?\s*([0-9]{1,2})\s*年"
    r"|([0-9]{1,2})\s*(?:years?(?: of)? (?:work|experience)|年(?:工作|工龄|经验))"
)


def _folded(said: str) -> str:
    return "".join(re.findall(r"[^\W_]", said.casefold()))


def _pieces(said: str) -> list[str]:
    rest = re.sub(r"\b(?:and|the|a|an|in|of|with|is|has|my|i|from|but|caller)\b", " ", said)
    return [each for each in re.split(r"[\s,，、;；。.]+", rest) if _folded(each)]


def _simple_at(line: str, at: int, _: dict[str, int]) -> tuple[Facts, int] | None:
    best: tuple[Facts, int] | None = None
    for pattern, facts in _SIMPLE:
        found = re.compile(rf"(?:{pattern})(?![a-z])").match(line, at)
        if found and (best is None or found.end() > best[1]):
            best = tuple(Heard(key, said) for key, said in facts), found.end()
    return best


def _waited_at(line: str, at: int, _: dict[str, int]) -> tuple[Facts, int] | None:
    found = _WAITED.match(line, at)
    if found is None:
        return None
    said = {"一": 1, "one": 1, "a": 1, "两": 2, "二": 2, "two": 2, "三": 3, "three": 3, "四": 4, "五": 5}
    count = said.get(found[1]) or int(found[1])
    hours = count * (24 if found[2] in {"天", "day", "days"} else 1)
    return (Heard("waited", str(hours)),), found.end()


def _work_at(line: str, at: int, _: dict[str, int]) -> tuple[Facts, int] | None:
    found = _WORK.match(line, at)
    return ((Heard("work_years", found[1] or found[2]),), found.end()) if found else None


def _record_at(line: str, at: int, counts: dict[str, int]) -> tuple[Facts, int] | None:
    """Take an education or a degree, with its year before or after it, or a year alone before a level."""
    kinds: tuple[tuple[RecordKind, dict[str, str]], ...] = (("education", _LEVELS), ("degree", _DEGREES))
    best: tuple[Facts, int] | None = None
    for kind, levels in kinds:
        for level, said in levels.items():
            for pattern in (
                rf"{_YEAR}{_FILL}{_ABROAD}(?:{said})(?![a-z])",
                rf"{_ABROAD}(?:{said})(?![a-z]){_FILL}{_YEAR}",
                rf"{_ABROAD}(?:{said})(?![a-z])",
            ):
                found = re.compile(pattern).match(line, at)
                if found and (best is None or found.end() > best[1]):
                    best = _record(kind, level, found, counts[kind]), found.end()
    return best


def _record(kind: RecordKind, level: str, found: re.Match[str], index: int) -> Facts:
    parts = found.groupdict()
    facts = (
        record(kind, index, level=level)
        if level
        else (Heard(f"{kind}.{index}.level", "bachelor", "assumed"),)
    )
    if parts.get("abroad"):
        facts = (*facts, Heard(f"{kind}.{index}.country", "other"))
    year = parts.get("year") or (_century(parts["short"]) if parts.get("short") else None)
    if year is None:
        return facts
    month = parts.get("month")
    name = "graduated" if kind == "education" else "awarded"
    said = f"{year}-{int(month):02d}" if month else f"{year}-{JULY if kind == 'education' else JUNE}"
    # A month that nobody said may stand on the other side of a line that is drawn by months.
    return (*facts, Heard(f"{kind}.{index}.{name}", said, "stated" if month else "assumed"))


def _century(short: str) -> str:
    return f"19{short}" if int(short) >= 50 else f"20{short}"
