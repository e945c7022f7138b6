"""Reads the content files and proves them whole: what this loader returns can be relied on everywhere.

A file that cannot be relied on is refused with :class:`ContentError`, which names the file, the line, the
key and the mend. Nothing here asks the time or the network.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

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
    Window,
)

T = TypeVar("T")

ITEMS = 18


class ContentError(Exception):
    """A content file cannot be used.

    Args:
        file: The file.
        line: Its line, from 1, or ``None`` when the whole file is meant.
        key: The key within the file, such as ``levels.0.score_years``.
        what: What is wrong, and how to mend it: one sentence each.
    """

    def __init__(self, file: str, line: int | None, key: str, what: str) -> None:
        """Compose ``file:line: key: what``."""
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {key}: {what}" if key else f"{place}: {what}")
        self.file, self.line, self.key, self.what = file, line, key, what


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


def load(*, offices: Path | None = None, calendar: Path | None = None) -> Content:
    """Load all content and prove it.

    Args:
        offices: An operator's file in place of the sample offices.
        calendar: An operator's file in place of the sample windows.

    Raises:
        ContentError: A file is missing, is of the wrong form, or names something unknown.
    """
    home = _home()
    exams = {exam.id: exam for exam in _each(home / "exams", Exam)}
    provinces = {
        province.id: province for province in read(home / "places" / "provinces.yaml", tuple[Province, ...])
    }
    content = Content(
        notices={language: read_notice(home / "notice" / f"notice.{language}.md") for language in LANGUAGES},
        errata=read(home / "notice" / "errata.yaml", tuple[Erratum, ...]),
        editions={edition.id: edition for edition in _each(home / "editions", Edition)},
        exams=exams,
        provinces=provinces,
        offices=read(offices or home / "places" / "offices.sample.yaml", Offices),
        calendar=read(calendar or home / "calendar" / "windows.sample.yaml", Calendar),
        papers={paper.id: paper for paper in _each(home / "letters", Paper)},
        words=read_words(home / "words"),
        version=(home / "VERSION").read_text(encoding="utf-8").strip(),
    )
    _prove(
        content, str(offices or "places/offices.sample.yaml"), str(calendar or "calendar/windows.sample.yaml")
    )
    return content


def scenarios() -> Mapping[str, Path]:
    """Return the scenario files that come with the product, by id."""
    return {path.stem: path for path in sorted((_home() / "scenarios").glob("*.yaml"))}


def read(path: Path, kind: type[T]) -> T:
    """Read a YAML file as ``kind``.

    Raises:
        ContentError: The file is missing, is not YAML, or does not have the form of ``kind``.
    """
    text = _text(path)
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader with duplicate keys refused
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else None
        raise ContentError(path.name, line, "", f"{error.problem}. Mend the YAML at this line.") from error
    except yaml.YAMLError as error:
        raise ContentError(path.name, None, "", f"{error}. Save the file as plain UTF-8 YAML.") from error
    try:
        return msgspec.convert(raw, type=kind)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `")
        key = where.rstrip("`").removeprefix("$").lstrip(".")
        raise ContentError(
            path.name, _line(text, key), key, f"{what}. Write what the schema asks for."
        ) from error


def read_notice(path: Path) -> tuple[Item, ...]:
    """Read the 18 items: ``## 13. Title`` begins an item, ``[13.5]`` a paragraph, which may run over lines.

    Raises:
        ContentError: An item or a paragraph is missing, repeated or out of order.
    """
    items: list[tuple[int, str, list[tuple[str, list[str]]]]] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        if head := re.fullmatch(r"## ([0-9]+)\. (.+)", line):
            if int(head[1]) != len(items) + 1:
                raise ContentError(
                    path.name, number, f"item {head[1]}", f"item {len(items) + 1} is expected here."
                )
            items.append((int(head[1]), head[2].strip(), []))
        elif start := re.fullmatch(r"\[([0-9]+\.[0-9]+)\] (.+)", line):
            if not items:
                raise ContentError(path.name, number, start[1], "it stands before the first item.")
            paragraphs = items[-1][2]
            expected = f"{items[-1][0]}.{len(paragraphs) + 1}"
            if start[1] != expected:
                raise ContentError(path.name, number, start[1], f"paragraph {expected} is expected here.")
            paragraphs.append((start[1], [start[2].strip()]))
        elif line.strip() and items and items[-1][2]:
            items[-1][2][-1][1].append(line.strip())
    if len(items) != ITEMS:
        raise ContentError(path.name, None, "", f"it has {len(items)} items; the notice has {ITEMS}.")
    for item, _title, paragraphs in items:
        if not paragraphs:
            raise ContentError(
                path.name, None, f"item {item}", "it has no paragraph. Add [N.1] and its text."
            )
    joiner = "" if path.name.endswith(".zh.md") else " "
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
                raise ContentError(
                    path.name, _line(_text(path), key), key, "it stands in two files. Keep one."
                )
            if places(text.en) != places(text.zh):
                raise ContentError(
                    path.name,
                    _line(_text(path), key),
                    key,
                    f"English fills {sorted(places(text.en))}, Chinese {sorted(places(text.zh))}. Make them equal.",
                )
            words["en"][key], words["zh"][key] = text.en, text.zh
    return words


def places(text: str) -> frozenset[str]:
    """Return the names of the places to fill in a sentence, such as ``{name}``."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


class _Loader(yaml.CSafeLoader):
    """A safe loader that refuses a key written twice: the second would silently win."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is written twice", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def _home() -> Path:
    return Path(str(resources.files("content")))


def _each(folder: Path, kind: type[T]) -> Iterable[T]:
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        raise ContentError(
            folder.name, None, "", "the folder holds no YAML file. Put the product's files back."
        )
    return [read(path, kind) for path in paths]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContentError(path.name, None, "", "it is not UTF-8. Save it as UTF-8.") from error
    except OSError as error:
        raise ContentError(
            path.name, None, "", f"it cannot be read ({error.strerror}). Check the path and the rights."
        ) from error


def _line(text: str, key: str) -> int | None:
    """Find the line of ``levels[0].score_years`` in YAML text; the nearest parent where it is missing."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = node.start_mark.line + 1 if node else None
    steps = (
        [key]
        if key and "[" not in key and isinstance(node, yaml.MappingNode) and _has(node, key)
        else re.findall(r"[^.\[\]]+", key)
    )
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((k, v) for k, v in node.value if k.value == step), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and step.isdigit() and int(step) < len(node.value):
            node = node.value[int(step)]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def _has(node: yaml.MappingNode, key: str) -> bool:
    return any(k.value == key for k, _ in node.value)


def _prove(content: Content, offices: str, calendar: str) -> None:
    """Refuse what no schema can see: ids that point nowhere, languages that do not match."""
    pairs = zip(content.notices["en"], content.notices["zh"], strict=True)
    for english, chinese in pairs:
        if [p.id for p in english.paragraphs] != [p.id for p in chinese.paragraphs]:
            raise ContentError(
                "notice.zh.md",
                None,
                f"item {english.number}",
                "it has other paragraphs than the English one.",
            )
    known = {p.id for item in content.notices["en"] for p in item.paragraphs}
    for erratum in content.errata:
        if erratum.paragraph is not None and erratum.paragraph not in known:
            raise ContentError(
                "errata.yaml", None, erratum.id, f"paragraph {erratum.paragraph} is not in the notice."
            )
    for edition in content.editions.values():
        _prove_edition(content, edition, known)
    for exam in content.exams.values():
        _prove_exam(exam)
    for office in content.offices.offices:
        if office.province not in content.provinces:
            raise ContentError(
                offices, None, office.province, "no such province. See `chengnuo content list places`."
            )
        for point in office.points:
            if content.city(office.province, point.city) is None:
                raise ContentError(
                    offices, None, f"{office.province}.{point.id}", f"no such city: {point.city}."
                )
    for window in content.calendar.windows:
        _prove_window(content, window, calendar)


def _prove_edition(content: Content, edition: Edition, known: set[str]) -> None:
    file = f"{edition.id}.yaml"
    for exam in (*edition.exams, *edition.provincial):
        if exam not in content.exams:
            raise ContentError(
                file, None, "exams", f"no such exam: {exam}. Add exams/{exam}.yaml or mend the id."
            )
    for province in (each for listed in edition.provincial.values() for each in listed):
        if province not in content.provinces:
            raise ContentError(file, None, "provincial", f"no such province: {province}.")
    for rule in edition.later_rules:
        for paragraph in rule.overrides:
            if paragraph not in known:
                raise ContentError(file, None, rule.id, f"paragraph {paragraph} is not in the notice.")


def _prove_exam(exam: Exam) -> None:
    file = f"{exam.id}.yaml"
    for level in exam.levels:
        for subject in level.subjects:
            if exam.subject(subject) is None:
                raise ContentError(file, None, f"levels.{level.id}", f"no such subject: {subject}.")
        for major in level.majors or ():
            if exam.major(major) is None:
                raise ContentError(file, None, f"levels.{level.id}", f"no such major: {major}.")


def _prove_window(content: Content, window: Window, file: str) -> None:
    key = f"{window.exam}/{window.province}"
    if window.exam != "*" and window.exam not in content.exams:
        raise ContentError(file, None, key, f"no such exam: {window.exam}.")
    if window.province != "*" and window.province not in content.provinces:
        raise ContentError(file, None, key, f"no such province: {window.province}.")
    moments = (window.opens, window.closes, window.pay_by)
    for moment in moments:
        if not re.fullmatch(r"[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", moment):
            raise ContentError(file, None, key, f"{moment} is not a time. Write MM-DD HH:MM.")
    if not window.opens < window.closes <= window.pay_by:
        raise ContentError(file, None, key, "opens, closes and pay_by must follow one another within a year.")
