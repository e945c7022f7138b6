"""Every requirement has a test that carries its id, or stands in the list of those still open.

The ids are read from the sources of the tests, so the answer is the same for one test, one process or many.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


def ids_in(name: str) -> tuple[str, ...]:
    """Read the ids of a list: one a line, the rest of a line after ``#`` says why it stands there."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(id for line in lines if (id := line.partition("#")[0].strip()))


def marks(source: str) -> Iterator[str]:
    """Find the ids of every ``req(...)`` mark in a source."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name == "req":
            yield from (str(each.value) for each in node.args if isinstance(each, ast.Constant))


@cache
def carried() -> dict[str, set[str]]:
    """Return the ids that tests carry, each with the files that do."""
    found: dict[str, set[str]] = {}
    for path in sorted(HERE.rglob("test_*.py")):
        if path == Path(__file__):
            continue
        for id in marks(path.read_text(encoding="utf-8")):
            found.setdefault(id, set()).add(path.relative_to(HERE).as_posix())
    return found


def without_a_test() -> tuple[str, ...]:
    """Return the ids that no test carries, in the order of the requirements."""
    return tuple(id for id in ids_in("requirements.txt") if id not in carried())


def to_be_struck_off() -> tuple[str, ...]:
    """Return the ids that stand among the open ones although a test carries them."""
    return tuple(id for id in ids_in("requirements-open.txt") if id in carried())


def test_every_requirement_has_a_test_or_stands_among_the_open_ones() -> None:
    """The open ones are a list that somebody keeps; an id that fell out unseen fails here."""
    assert [id for id in without_a_test() if id not in ids_in("requirements-open.txt")] == []


def test_marks_name_requirements_that_exist() -> None:
    unknown = {id: sorted(files) for id, files in carried().items() if id not in ids_in("requirements.txt")}
    assert unknown == {}


def test_the_lists_name_each_requirement_once() -> None:
    known, still_open = ids_in("requirements.txt"), ids_in("requirements-open.txt")
    assert len(known) == len(set(known))
    assert len(still_open) == len(set(still_open))
    assert set(still_open) <= set(known)
    assert {id.partition(".")[0] for id in known} == {*map(str, range(1, 19)), "L", "P"}


def test_marks_are_read_wherever_they_stand() -> None:
    source = (
        '@pytest.mark.req("1.1", "1.2")\ndef test(): ...\npytest.param(1, marks=req("L.1"))\nother("9.9")\n'
    )
    assert sorted(marks(source)) == ["1.1", "1.2", "L.1"]
