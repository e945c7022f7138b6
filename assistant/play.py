"""Plays a scenario through the real conversation, store and instruments, without a terminal.

Only the people are made up: the answers come from the scenario, and time passes by moving the clock.
A play is a run of the classroom taken to its end.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from assistant.lessons import Run, StuckError, open_classroom
from assistant.lessons.outcome import CameOf, came_of
from assistant.scenario import Expect, Outcome, Scenario
from content.loader import Content

MOST_TURNS = 400
"""No registration needs so many; a scenario that does goes round in circles."""


@dataclass
class Played:
    """What came of a scenario: the object that ``chengnuo play --json`` prints.

    Attributes:
        path: The steps that concerned the candidate, in order.
        turns: How many inputs it took.
        unasked: Facts of the scenario that no prompt asked for.
        failures: Each expectation that was not met, in a sentence.
    """

    title: str
    ok: bool = False
    outcome: Outcome = "waiting"
    path: list[str] = field(default_factory=list)
    turns: int = 0
    manual_groups: list[str] = field(default_factory=list)
    letter: dict[str, str] | None = None
    unasked: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


def play(scenario: Scenario, content: Content, *, beside: Path | None = None) -> Played:
    """Play a scenario to its end in a database of its own.

    Args:
        scenario: The scenario.
        content: All words and rules.
        beside: The scenario's folder: paths of photos are taken from it.
    """
    folder = Path(tempfile.mkdtemp(prefix="chengnuo-play-"))
    try:
        run = open_classroom(folder, content).begin(scenario, beside=beside, memory=False)
        try:
            return played_out(run)
        finally:
            run.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def played_out(run: Run) -> Played:
    """Take a run to its end, then compare with what was expected."""
    failures: list[str] = []
    try:
        if not run.finish(MOST_TURNS):
            failures.append(f"no end after {MOST_TURNS} turns")
    except StuckError as stuck:
        failures.append(str(stuck))
    played = Played(run.scenario.called("en"), failures=failures)
    found = came_of(run)
    played.outcome, played.path, played.turns = found.outcome, list(found.path), found.turns
    played.manual_groups = list(found.manual_groups)
    if found.letter != "none":
        played.letter = {"status": found.letter, "sha256": found.sha256}
    if not run.scenario.takes:
        asked = run.persona.asked | {"photo", "earlier_passes"}
        played.unasked = sorted(set(run.scenario.candidate) - asked)
    played.failures += _unmet(run.scenario.expect, found)
    played.ok = not played.failures
    return played


def _unmet(expect: Expect, found: CameOf) -> list[str]:
    """Say in a sentence what did not come as it was expected."""
    groups = list(found.manual_groups)
    checks: list[tuple[bool, str]] = [
        (expect.outcome in {None, found.outcome}, f"outcome is {found.outcome}, not {expect.outcome}"),
        (
            expect.manual_groups is None or sorted(expect.manual_groups) == groups,
            f"groups are {groups}, not {list(expect.manual_groups or ())}",
        ),
    ]
    checks += [(step in found.path, f"{step} was not visited") for step in expect.visited or ()]
    checks += [(step not in found.path, f"{step} was visited") for step in expect.not_visited]
    if expect.letter is not None:
        checks.append((found.letter == expect.letter, f"the letter is {found.letter}, not {expect.letter}"))
    if expect.later_rule is not None:
        checks.append(
            (expect.later_rule in found.later_rules, f"no answer named the later rule {expect.later_rule}")
        )
    checks += [(item in found.cited, f"no answer cited item {item}") for item in expect.answers]
    return [failure for held, failure in checks if not held]
