"""All that people call an option: its names in both languages, its aliases, its short forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.conversation.finding import Findable
from content.loader import Content
from content.schema import LANGUAGES, Bilingual
from flows.steps.model import Option
from flows.verdict import Arg, Named

_PLACE_ENDS = re.compile(
    "(?:(?:壮|回|藏|彝|苗|侗|傣|白|羌|黎|土家|布依|哈尼|朝鲜|蒙古|景颇|傈僳)族|维吾尔|哈萨克|柯尔克孜|(?<!内)蒙古)*"
    "(?:自治[区州县]|特别行政区|林区|新区|地区|[省市区县盟])$"
)
_SHORTEST = 2
"""What is left of a place without its rank must still be a name: 忠县 stays 忠县."""


def findable(option: Option, content: Content) -> Findable:
    """Make an option findable by all of its names."""
    return Findable(option.id, tuple(dict.fromkeys(each for each in _names(option.label, content) if each)))


def _names(label: Arg, content: Content) -> Iterator[str]:
    match label:
        case Named("exam", id) if id in content.exams:
            yield from _both(content.exams[id].name)
            yield from content.exams[id].aliases
        case Named("province", id) if id in content.provinces:
            province = content.provinces[id]
            yield from _of_place(province.name, "province")
            yield from province.aliases
        case Named("city", id):
            city = content.city(*_parted(id))
            if city is not None:
                yield from _of_place(city.name, "city")
                yield from city.aliases
        case Named("point", id):
            province_id, point_id = _parted(id)
            office = content.office(province_id)
            point = next((each for each in (office.points if office else ()) if each.id == point_id), None)
            if point is not None:
                yield from _both(point.name)
                yield from _both(point.address)
        case Named("level" | "major" | "subject", id):
            yield from _of_exam(label, *_parted(id), content)
        case Named("word", key):
            yield from (content.words[language][key] for language in LANGUAGES)
            yield from _other_names(key, content)
        case Named("fact", key):
            yield from _of_fact(key, content)
        case tuple():
            for each in label:
                yield from _names(each, content)
        case str():
            yield label


def _of_exam(label: Named, exam_id: str, id: str, content: Content) -> Iterator[str]:
    exam = content.exams.get(exam_id)
    if exam is None:
        return
    found = {"level": exam.level, "major": exam.major, "subject": exam.subject}[label.kind](id)
    if found is not None:
        yield from _both(found.name)
    level = exam.level(id) if label.kind == "level" else None
    if level is not None:
        yield from _other_names(f"level.{level.kind}", content)


def _of_fact(key: str, content: Content) -> Iterator[str]:
    """Name a fact; one of several records by its number too: 学校（2）."""
    generic = ".".join(part for part in key.split(".") if not part.isdigit())
    number = next((int(part) + 1 for part in key.split(".") if part.isdigit()), None)
    for language in LANGUAGES:
        words = content.words[language]
        name = words[f"fact.{generic}"]
        if number is not None:
            yield words["face.numbered"].format(fact=name, number=number)
        yield name
    yield from _listed(f"alias.{generic}", content)


def _of_place(name: Bilingual, rank: str) -> Iterator[str]:
    """Name a place with and without its rank; 广西 is 广西壮族自治区, Suzhou is Suzhou City."""
    yield from _both(name)
    short = _PLACE_ENDS.sub("", name.zh)
    if len(short) >= _SHORTEST:
        yield short
    yield f"{name.en} {rank}"


def _other_names(key: str, content: Content) -> Iterator[str]:
    yield from _listed(f"names.{key}", content)


def _listed(key: str, content: Content) -> Iterator[str]:
    for language in LANGUAGES:
        for name in content.words[language].get(key, "").replace("，", ",").split(","):
            yield name.strip()


def _both(name: Bilingual) -> tuple[str, str]:
    return name.zh, name.en


def _parted(id: str) -> tuple[str, str]:
    first, _, second = id.partition("/")
    return first, second
