"""Reads one YAML file as one structure; what does not fit is refused with file, line, key and mend."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

T = TypeVar("T")

Step = str | int
"""One step into a file: the key of a mapping, or the place in a list."""


class ContentError(Exception):
    """A content file cannot be used.

    Args:
        file: The file.
        line: Its line, from 1, or ``None`` when the whole file is meant.
        key: The key within the file, such as ``levels[0].score_years``.
        what: What is wrong, and how to mend it: one sentence each.
    """

    def __init__(self, file: str, line: int | None, key: str, what: str) -> None:
        """Compose ``file:line: key: what``."""
        place = file if line is None else f"{file}:{line}"
        super().__init__(f"{place}: {key}: {what}" if key else f"{place}: {what}")
        self.file, self.line, self.key, self.what = file, line, key, what


def read(path: Path, kind: type[T]) -> T:
    """Read a YAML file as ``kind``.

    Raises:
        ContentError: The file is missing, is not YAML, or does not have the form of ``kind``.
    """
    text = read_text(path)
    try:
        raw = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader with duplicate keys refused
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise ContentError(path.name, line, "", f"{error.problem}. Mend the YAML at this line.") from error
    except yaml.reader.ReaderError as error:
        bad = next((at for at, sign in enumerate(text) if _unprintable(sign)), None)
        line = None if bad is None else text.count("\n", 0, bad) + 1
        raise ContentError(
            path.name, line, "", "a control character stands in the text. Take it out."
        ) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        said = str(error).splitlines()[0] if str(error) else "it cannot be read as YAML"
        raise ContentError(path.name, None, "", f"{said}. Save the file as plain UTF-8 YAML.") from error
    try:
        return msgspec.convert(raw, type=kind)
    except msgspec.ValidationError as error:
        what, steps = _understood(str(error), raw, kind)
        raise ContentError(path.name, line_of(text, steps), spelt(steps), what) from error


def refusal(path: Path, steps: Sequence[Step], what: str) -> ContentError:
    """Make the error for something within a file that reads well but is not true.

    Args:
        path: The file.
        steps: The way to the place, such as ``("levels", 0, "majors")``.
        what: What is wrong, and how to mend it.
    """
    return ContentError(path.name, line_of(read_text(path), steps), spelt(steps), what)


def read_text(path: Path) -> str:
    """Read a file as UTF-8; a byte order mark at its start is passed over.

    Raises:
        ContentError: The file is missing, cannot be read or is not UTF-8.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError(
            path.name, None, "", f"it cannot be read ({error.strerror}). Check the path and the rights."
        ) from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ContentError(path.name, line, "", "it is not UTF-8. Save it as UTF-8.") from error


def line_of(text: str, steps: Sequence[Step]) -> int | None:
    """Find the line that ``steps`` lead to in YAML text, or the nearest parent where it is missing."""
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    line = node.start_mark.line + 1 if node else None
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                return line
            line, node = found[0].start_mark.line + 1, found[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            line = node.start_mark.line + 1
        else:
            return line
    return line


def spelt(steps: Sequence[Step]) -> str:
    """Write the way into a file as people read it: ``levels[0].score_years``."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _understood(said: str, raw: object, kind: Any) -> tuple[str, tuple[Step, ...]]:
    """Turn the checker's words into the place meant and what to do there."""
    what, _, where = said.partition(" - at `")
    steps = _steps(where.removeprefix("key` in `"), said, raw, kind)
    if missing := re.fullmatch(r"Object missing required field `(.+)`", what):
        return "this key is missing. Add it.", (*steps, missing[1])
    if unknown := re.fullmatch(r"Object contains unknown field `(.+)`", what):
        return "there is no such key. Mend its spelling or take it out.", (*steps, unknown[1])
    if word := re.fullmatch(r"Invalid enum value (.+)", what):
        return (
            f"{word[1]} is not one of the words that may stand here. Write one that the schema lists.",
            steps,
        )
    return f"{what}. Write what the schema asks for.", steps


def _steps(where: str, said: str, raw: object, kind: Any) -> tuple[Step, ...]:
    """Follow ``$.eligibility[...].rows[1]``; which key ``[...]`` means is found by trying each alone."""
    steps: list[Step] = []
    for name, place in re.findall(r"\.([^.\[`]+)|\[([0-9]+|\.\.\.)\]", where):
        if place == "...":
            held = _at(raw, steps)
            keys = list(held) if isinstance(held, dict) else []
            meant = next((key for key in keys if _fails_alone(raw, steps, key, kind, said)), None)
            if meant is None:
                return tuple(steps)
            steps.append(str(meant))
        else:
            steps.append(int(place) if place else name)
    return tuple(steps)


def _fails_alone(raw: object, steps: Sequence[Step], key: object, kind: Any, said: str) -> bool:
    try:
        msgspec.convert(_only(raw, steps, key), type=kind)
    except msgspec.ValidationError as error:
        return str(error) == said
    return False


def _at(raw: object, steps: Sequence[Step]) -> object:
    for step in steps:
        if isinstance(raw, dict):
            raw = raw.get(step)
        elif isinstance(raw, list) and isinstance(step, int):
            raw = raw[step]
    return raw


def _only(raw: object, steps: Sequence[Step], key: object) -> object:
    """Copy ``raw`` with one key left in the mapping that ``steps`` lead to."""
    if not steps:
        return {key: raw[key]} if isinstance(raw, dict) else raw
    first, rest = steps[0], steps[1:]
    if isinstance(raw, dict):
        return {each: _only(value, rest, key) if each == first else value for each, value in raw.items()}
    if isinstance(raw, list):
        return [_only(value, rest, key) if at == first else value for at, value in enumerate(raw)]
    return raw


def _unprintable(sign: str) -> bool:
    return bool(yaml.reader.Reader.NON_PRINTABLE.match(sign))


class _Loader(yaml.CSafeLoader):
    """A safe loader that refuses a key written twice: the second would silently win."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        if not isinstance(key_node, yaml.ScalarNode):
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be one word or text, not a list", key_node.start_mark
            )
        key = loader.construct_object(key_node)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is written twice", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


def _timestamp(loader: _Loader, node: yaml.ScalarNode) -> object:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(
            None, None, f"{node.value} is not a date of the calendar", node.start_mark
        ) from error


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _timestamp)
