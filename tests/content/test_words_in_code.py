"""Every text that the code names has words, and no sentence has a place that the code leaves unfilled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from content.loader import places, read_words

ROOT = Path(__file__).parents[2]

TEXTS_ONLY = ("said", "tell", "ask", "help", "example", "hint", "option", "ending", "next", "shown", "why")
"""First parts of a dotted text that are never the first part of a fact's key."""


@pytest.fixture(scope="module", name="words")
def read() -> Mapping[str, Mapping[str, str]]:
    return read_words(ROOT / "content" / "words")


@dataclass(frozen=True)
class Use:
    """A text id in the code, and what fills it; ``filled`` is ``None`` where that cannot be read."""

    key: str
    where: str
    filled: frozenset[str] | None = None


TEXT_AT: Mapping[str, tuple[tuple[int, str], ...]] = {
    "Said": ((0, "text"),),
    "Row": ((0, "label"),),
    "Card": ((1, "title"), (3, "warning")),
    "Plan": ((0, "title"), (3, "warning")),
    "Deadline": ((0, "label"),),
    "Prompt": ((2, "text"), (4, "help"), (5, "example")),
    "Ending": ((1, "text"), (2, "next_step")),
    "Wait": ((0, "text"),),
}
"""Where text ids stand in the calls that carry them."""

ARGS_AT: Mapping[str, tuple[int, str]] = {
    "Said": (1, "args"),
    "Card": (4, "args"),
    "Plan": (4, "args"),
    "Prompt": (3, "args"),
    "Ending": (3, "args"),
    "Wait": (2, "args"),
    "Problem": (1, "args"),
}
ALWAYS_PASSED = frozenset({"exam", "province", "telephone"})


def _uses() -> Iterator[Use]:
    for folder in ("flows", "assistant"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _uses_in(path)


def _uses_in(path: Path) -> Iterator[Use]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    in_f_strings = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        place = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            yield from _uses_of(node, place)
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in in_f_strings
            and re.fullmatch(rf"({'|'.join(TEXTS_ONLY)})\.[a-z][a-z0-9_.-]*[a-z0-9]", node.value)
        ):
            yield Use(node.value, place)


def _uses_of(call: ast.Call, place: str) -> Iterator[Use]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    filled = _filled(call, name)
    for position, keyword in TEXT_AT.get(name, ()):
        for text in _constants(_argument(call, position, keyword)):
            yield Use(text, place, filled)
    if name == "Problem":
        for text in _constants(_argument(call, 0, "code")):
            yield Use(f"problem.{text}", place, filled)
    if name == "Named" and "word" in _constants(_argument(call, 0, "kind")):
        for text in _constants(_argument(call, 1, "id")):
            yield Use(text, place, frozenset())


def _argument(call: ast.Call, position: int, keyword: str) -> ast.expr | None:
    if any(isinstance(each, ast.Starred) for each in call.args[: position + 1]):
        return None
    if position < len(call.args):
        return call.args[position]
    return next((each.value for each in call.keywords if each.arg == keyword), None)


def _constants(node: ast.expr | None) -> tuple[str, ...]:
    """Return the texts that an expression may come to, as far as they are written out."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value,)
    if isinstance(node, ast.IfExp):
        return (*_constants(node.body), *_constants(node.orelse))
    return ()


def _filled(call: ast.Call, name: str) -> frozenset[str] | None:
    if name not in ARGS_AT:
        return None
    given = _argument(call, *ARGS_AT[name])
    if given is None:
        return frozenset()
    if ast.unparse(given).endswith("exam_and_province"):
        return ALWAYS_PASSED
    if not isinstance(given, ast.Dict):
        return None
    found: set[str] = set()
    for key, value in zip(given.keys, given.values, strict=True):
        if key is None and ast.unparse(value).endswith("exam_and_province"):
            found |= ALWAYS_PASSED
        elif isinstance(key, ast.Constant) and isinstance(key.value, str):
            found.add(key.value)
        else:
            return None
    return frozenset(found)


def test_the_scan_of_the_code_finds_what_it_is_meant_to_find() -> None:
    uses = {use.key: use.filled for use in sorted(_uses(), key=lambda use: use.filled is not None)}
    assert uses["said.bye-unsaved"] == frozenset()
    assert uses["said.code"] == frozenset({"code", "pin"})
    assert uses["said.withdrawn"] == ALWAYS_PASSED
    assert uses["ask.record.correct"] == frozenset({"number", "record"})
    found = {"said.help", "wait.verification.late", "passes.over", "problem.resume-locked", "shown.long-term"}
    assert found <= uses.keys()
    assert len(uses) > 150


def test_every_text_that_the_code_names_has_words(words: Mapping[str, Mapping[str, str]]) -> None:
    missing = {
        use.key: use.where
        for use in _uses()
        # A stem such as `option.first_time` is finished by the value that it shows.
        if use.key not in words["en"] and not any(key.startswith(f"{use.key}.") for key in words["en"])
    }
    assert missing == {}


def test_no_sentence_has_a_place_that_the_code_leaves_unfilled(
    words: Mapping[str, Mapping[str, str]],
) -> None:
    unfilled = {
        (use.key, use.where): sorted(places(words["en"][use.key]) - use.filled)
        for use in _uses()
        if use.filled is not None and use.key in words["en"] and places(words["en"][use.key]) - use.filled
    }
    assert unfilled == {}
