"""Writes a run as a scenario file, which ``chengnuo play`` plays: the file is a test."""

from __future__ import annotations

from typing import Any

import msgspec
import yaml

from assistant.lessons.outcome import came_of
from assistant.lessons.persona import StuckError
from assistant.lessons.run import Run
from assistant.lessons.takes import take_of
from assistant.scenario import Expect, Scenario
from flows.steps import STEPS


def scenario_of(run: Run) -> Scenario:
    """Return the scenario that a run was, with what came of it as what is expected.

    A run in which the persona answered everything to the end by itself is told by its facts alone. Where a
    trainer answered by hand, or stopped on the way, everything that was done is written down in order.
    """
    found = came_of(run)
    later_rule = found.later_rules[0] if found.later_rules else None
    expect = Expect(
        outcome=found.outcome,
        visited=found.path,
        not_visited=tuple(step.id for step in STEPS if step.id not in found.path),
        manual_groups=found.manual_groups,
        letter=found.letter,
        later_rule=later_rule,
        answers=tuple(sorted(found.cited)),
    )
    takes = () if _by_itself(run) else tuple(take_of(act, run.persona.sample) for _, act in run.done)
    return msgspec.structs.replace(run.scenario, now=run.began, takes=takes, expect=expect)


def scenario_text(scenario: Scenario) -> str:
    """Write a scenario as the text of a file; what is as it would be anyway is left out."""
    return yaml.safe_dump(_told(scenario), allow_unicode=True, sort_keys=False, width=10**6)


def _by_itself(run: Run) -> bool:
    if run.scenario.takes or any(by == "hand" for by, _ in run.done):
        return False
    try:
        return run.next_input() is None
    except StuckError:
        return False


def _told(value: Any) -> Any:
    if isinstance(value, msgspec.Struct):
        return {
            field.encode_name: _told(said)
            for field in msgspec.structs.fields(value)
            if (said := getattr(value, field.name)) != _otherwise(field)
        }
    if isinstance(value, dict):
        return {str(key): _told(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_told(each) for each in value]
    return msgspec.to_builtins(value)


def _otherwise(field: msgspec.structs.FieldInfo) -> Any:
    """Return what a field is where nothing is said."""
    if field.default_factory is not msgspec.NODEFAULT:
        return field.default_factory()
    return field.default
