"""Reads the content files and proves them whole: what this loader returns can be relied on everywhere.

A file that cannot be relied on is refused with :class:`ContentError`, which names the file, the line, the
key and the mend. Nothing here asks the time or the network.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Protocol, TypeVar

from content.proof import prove
from content.reading import ContentError, read, read_text, refusal
from content.schema import (
    LANGUAGES,
    Bilingual,
    Calendar,
    City,
    Edition,
    Erratum,
    Exam,
    Item,
    Level,
    Offices,
    Paper,
    Paragraph,
    Province,
    ProvinceOffice,
    VerificationPoint,
)

__all__ = [
    "ITEMS",
    "Content",
    "ContentError",
    "load",
    "notice_in",
    "places",
    "read",
    "read_notice",
    "read_words",
    "scenarios",
]

ITEMS = 18


class _Named(Protocol):
    @property
    def id(self) -> str: ...


N = TypeVar("N", bound=_Named)


@dataclass(frozen=True)
class Content:
    """Everything that is said and true, proven whole.

    Attributes:
        notices: The 18 items by language, each language in the order of the items.
        words: The product's sentences: language, then key.
    """

    notices: Mapping[str, tuple[Item, ...]]
    errata: tuple[Erratum, ...]
    editions: Mapping[str, Edition]
    exams: Mapping[str, Exam]
    provinces: Mapping[str, Province]
    offices: Offices
    calendar: Calendar
    papers: Mapping[str, Paper]
    words: Mapping[str, Mapping[str, str]]
    version: str

    def item(self, number: int, language: str) -> Item:
        """Return item ``number`` (1 to 18) of the notice."""
        return self.notices[language][number - 1]

    def paragraph(self, id: str, language: str) -> Paragraph | None:
        """Find a paragraph such as ``13.5``; the id of an item finds its first."""
        number, _, _rest = id.partition(".")
        if not number.isascii() or not number.isdigit() or not 1 <= int(number) <= ITEMS:
            return None
        paragraphs = self.item(int(number), language).paragraphs
        return next((each for each in paragraphs if each.id == id), paragraphs[0] if id == number else None)

    def city(self, province: str, city: str) -> City | None:
        """Find a city of a province."""
        found = self.provinces.get(province)
        return next((each for each in found.cities if each.id == city), None) if found else None

    def office(self, province: str) -> ProvinceOffice | None:
        """Find what the operator says of a province."""
        return next((each for each in self.offices.offices if each.province == province), None)

    def points(self, province: str, city: str) -> tuple[VerificationPoint, ...]:
        """Return the verification points of a city; those of the whole province where it has none."""
        office = self.office(province)
        if office is None:
            return ()
        return tuple(each for each in office.points if each.city == city) or office.points

    def level(self, exam: str, level: str) -> Level | None:
        """Find a level of an exam."""
        found = self.exams.get(exam)
        return found.level(level) if found else None


def load(*, offices: Path | None = None, calendar: Path | None = None, home: Path | None = None) -> Content:
    """Load all content and prove it.

    Args:
        offices: An operator's file in place of the sample offices.
        calendar: An operator's file in place of the sample windows.
        home: A folder of the same form in place of the product's own.

    Raises:
        ContentError: A file is missing, is of the wrong form, or names something unknown.
    """
    home = home or _home()
    offices = offices or home / "places" / "offices.sample.yaml"
    calendar = calendar or home / "calendar" / "windows.sample.yaml"
    content = Content(
        notices={language: read_notice(home / "notice" / f"notice.{language}.md") for language in LANGUAGES},
        errata=read(home / "notice" / "errata.yaml", tuple[Erratum, ...]),
        editions=_by_id(home / "editions", Edition),
        exams=_by_id(home / "exams", Exam),
        provinces=_provinces(home / "places" / "provinces.yaml"),
        offices=read(offices, Offices),
        calendar=read(calendar, Calendar),
        papers=_by_id(home / "letters", Paper),
        words=read_words(home / "words"),
        version=read_text(home / "VERSION").strip(),
    )
    prove(content, home, offices, calendar)
    return content


def scenarios() -> Mapping[str, Path]:
    """Return the scenario files that come with the product, by id."""
    return {path.stem: path for path in sorted((_home() / "scenarios").glob("*.yaml"))}


def read_notice(path: Path) -> tuple[Item, ...]:
    """Read the 18 items of the product's notice.

    Raises:
        ContentError: An item or a paragraph is missing, repeated or out of order.
    """
    items = notice_in(read_text(path), path.name)
    if len(items) != ITEMS:
        raise ContentError(path.name, None, "", f"it has {len(items)} items; the notice has {ITEMS}.")
    return items


def notice_in(text: str, name: str) -> tuple[Item, ...]:
    """Read items: ``## 13. Title`` begins an item, ``[13.5]`` a paragraph, which may run over lines.

    Args:
        text: The text of the file.
        name: The file's name; one that ends in ``.zh.md`` is Chinese, whose lines join without a space.

    Raises:
        ContentError: An item or a paragraph is missing, repeated or out of order.
    """
    items: list[tuple[int, str, list[tuple[str, list[str]]]]] = []
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.fullmatch(r"## ([0-9]+)\. (.+)", line):
            if int(head[1]) != len(items) + 1:
                raise ContentError(
                    name, number, f"item {head[1]}", f"item {len(items) + 1} is expected here."
                )
            items.append((int(head[1]), head[2].strip(), []))
        elif start := re.fullmatch(r"\[([0-9]+\.[0-9]+)\] (.+)", line):
            if not items:
                raise ContentError(name, number, start[1], "it stands before the first item.")
            paragraphs = items[-1][2]
            expected = f"{items[-1][0]}.{len(paragraphs) + 1}"
            if start[1] != expected:
                raise ContentError(name, number, start[1], f"paragraph {expected} is expected here.")
            paragraphs.append((start[1], [start[2].strip()]))
        elif line.strip() and items and items[-1][2]:
            items[-1][2][-1][1].append(line.strip())
    for item, _title, paragraphs in items:
        if not paragraphs:
            raise ContentError(name, None, f"item {item}", "it has no paragraph. Add [N.1] and its text.")
    joiner = "" if name.endswith(".zh.md") else " "
    return tuple(
        Item(
            number=item,
            title=title,
            paragraphs=tuple(Paragraph(id=id, text=joiner.join(lines)) for id, lines in paragraphs),
        )
        for item, title, paragraphs in items
    )


def read_words(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Read every sentence file: a key, and under it ``en`` and ``zh`` with the same ``{places}`` to fill.

    Raises:
        ContentError: A key stands twice, a language is missing, or the places to fill differ.
    """
    words: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for path in sorted(folder.glob("*.yaml")):
        for key, text in read(path, dict[str, Bilingual]).items():
            if key in words["en"]:
                raise refusal(path, (key,), "it stands in two files. Keep one.")
            try:
                english, chinese = places(text.en), places(text.zh)
            except ValueError as error:
                raise refusal(path, (key,), f"{error}. Write each place to fill as {{name}}.") from error
            if english != chinese:
                raise refusal(
                    path,
                    (key,),
                    f"English fills {sorted(english)}, Chinese {sorted(chinese)}. Make them equal.",
                )
            words["en"][key], words["zh"][key] = text.en, text.zh
    return words


def places(text: str) -> frozenset[str]:
    """Return the names of the places to fill in a sentence, such as ``{name}``."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def _home() -> Path:
    return Path(str(resources.files("content")))


def _by_id(folder: Path, kind: type[N]) -> Mapping[str, N]:
    """Read a folder of files that are each named for the id of what they hold."""
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ContentError(
            folder.name, None, "", "the folder holds no YAML file. Put the product's files back."
        )
    found = {}
    for path in paths:
        each = read(path, kind)
        if each.id != path.stem:
            raise refusal(path, ("id",), f"{each.id} is not the file's name. Make them the same.")
        found[each.id] = each
    return found


def _provinces(path: Path) -> Mapping[str, Province]:
    found: dict[str, Province] = {}
    for index, province in enumerate(read(path, tuple[Province, ...])):
        if province.id in found:
            raise refusal(path, (index, "id"), f"{province.id} stands twice. Keep one of them.")
        found[province.id] = province
    return found
