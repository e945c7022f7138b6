"""Supposes that one fact of a scenario were another: "and what if the degree were from 2007?"."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

import msgspec

from assistant.lessons.persona import ALIASES
from assistant.scenario import Scenario
from flows.dependencies import DOUBTS

STAGED = ("authority", "integrity", "first_time", "id_number", "earlier_passes", "edition", "now", "window")
"""What is true before the candidate comes: a change of it begins from the beginning."""

_LISTS: Mapping[str, str] = {"education": "education", "degree": "degrees"}
_PARTS = frozenset({"authority", "staff", "integrity", "edition", "now"})


def supposed(scenario: Scenario, key: str, value: Any) -> Scenario:
    """Return the scenario in which one fact is another.

    Args:
        scenario: The scenario.
        key: What the fact answers, such as ``work_years``, ``degree.0.awarded`` or ``degree.0`` for a whole
            record; or a part of the world around: ``authority.degrees.0``, ``staff.manual_review.decision``.
        value: What it is now, as a scenario file would say it. Facts that were said in view of it, such as
            the city of a province, are left for the person to answer anew.

    Raises:
        LookupError: The scenario has no such fact that could be another.
        msgspec.ValidationError: The part of the world cannot be that.
    """
    part, _, rest = key.partition(".")
    if part in _PARTS:
        told = msgspec.to_builtins(getattr(scenario, part))
        changed = _put(told, rest.split("."), value) if rest else value
        wanted = {field.name: field.type for field in msgspec.structs.fields(Scenario)}[part]
        return msgspec.structs.replace(scenario, **{part: msgspec.convert(changed, wanted)})
    candidate = copy.deepcopy(scenario.candidate)
    if part in _LISTS and rest:
        candidate[_LISTS[part]] = _put(candidate.get(_LISTS[part]) or [], rest.split("."), value)
    elif key in candidate or key == "adopt_commitment":
        candidate[key] = value
        for later in _in_view_of(key):
            candidate.pop(later, None)
    else:
        raise LookupError(key)
    return msgspec.structs.replace(scenario, candidate=candidate)


def tells(prompt: str, key: str) -> bool:
    """Whether a fact of the scenario is told at a prompt."""
    if ALIASES.get(prompt, prompt) == key:
        return True
    # A whole record is told from the question on whether there is one.
    return key.partition(".")[0] in _LISTS and prompt.startswith(f"{key}.")


def _in_view_of(key: str) -> set[str]:
    found: set[str] = set()
    queue = [key]
    while queue:
        fresh = set(DOUBTS.get(queue.pop(), ())) - found
        found |= fresh
        queue += fresh
    return found & {"city", "verification_point", "level", "major", "subjects"}


def _put(told: Any, path: list[str], value: Any) -> Any:
    """Return a structure with another value at a place of it; a list may grow by one."""
    name, later = path[0], path[1:]
    if isinstance(told, list | tuple):
        if not name.isdigit() or int(name) > len(told) or (later and int(name) == len(told)):
            raise LookupError(name)
        kept = [*told, None] if int(name) == len(told) else list(told)
        kept[int(name)] = _put(kept[int(name)], later, value) if later else value
        return kept
    if told is None or (isinstance(told, dict) and not later):
        return {**(told or {}), name: _put({}, later, value) if later else value}
    if isinstance(told, dict) and name in told:
        return {**told, name: _put(told[name], later, value)}
    raise LookupError(name)
