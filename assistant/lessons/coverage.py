"""Counts what the personas show together: every way of the machine, and both outcomes of every guard.

What is counted is what the walks really met: a way, when a persona took it; the outcome of a condition, when
it was asked at a state that a persona had reached.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from flows import journey
from flows.journey import LAST, WAYS, Way
from flows.situation import Situation
from flows.steps import BY_ID, STEPS
from flows.steps.model import Step, always, never_passed, no_ending, no_wait

Transition = tuple[str, str, str]
"""Trigger, source and destination of a way."""

Outcome = tuple[str, bool]
"""A condition by its name, and whether it held."""


@dataclass
class Coverage:
    """What was met so far.

    Attributes:
        taken: The ways that were taken.
        met: The outcomes of conditions that were met.
    """

    taken: set[Transition] = field(default_factory=set)
    met: set[Outcome] = field(default_factory=set)

    def add(self, situation: Situation) -> None:
        """Count what the walk to where a candidate stands in a situation meets."""
        place = journey.locate(situation)
        walked = _walked(place.visited, frozenset(place.passed))
        for source, dest in itertools.pairwise(walked):
            self.taken.update(
                _name(way)
                for way in WAYS
                if (way.source, way.dest) == (source, dest)
                and all(guard.holds(situation) for guard in way.guards)
            )
        for step in walked:
            for name, holds in _conditions(BY_ID[step]):
                self.met.add((name, holds(situation)))
        # Of a state beside the way, the map asks whether it concerns the candidate at all.
        self.met.update(
            (f"passed: {step.id}", step.passed(situation) is not None)
            for step in STEPS
            if step.passed is not never_passed
        )

    @property
    def not_taken(self) -> tuple[Transition, ...]:
        """The ways of the machine that nobody took."""
        return tuple(name for way in WAYS if (name := _name(way)) not in self.taken)

    @property
    def not_met(self) -> tuple[Outcome, ...]:
        """The outcomes of conditions that nobody met."""
        return tuple(outcome for outcome in outcomes() if outcome not in self.met)

    def __str__(self) -> str:
        """Say how much of it the personas cover, as CI prints it."""
        ways, all_outcomes = len(WAYS), len(outcomes())
        return (
            f"personas cover {ways - len(self.not_taken)} of {ways} transitions, "
            f"{all_outcomes - len(self.not_met)} of {all_outcomes} guard outcomes"
        )


def outcomes() -> tuple[Outcome, ...]:
    """List both outcomes of every guard of the machine and of every condition of a step."""
    names = dict.fromkeys(name for step in STEPS for name, _ in _conditions(step))
    return tuple((name, outcome) for name in names for outcome in (True, False))


def _outcome(step: Step, situation: Situation) -> str:
    ending = step.ends(situation)
    return ending.outcome if ending else ""


def _name(way: Way) -> Transition:
    return way.trigger, way.source, way.dest


def _walked(visited: Iterable[str], passed: frozenset[str]) -> list[str]:
    """Return the states in the order in which the machine went through them."""
    known = passed.union(visited)
    return [step.id for step in STEPS if step.id in known]


def _conditions(step: Step) -> Iterable[tuple[str, Callable[[Situation], bool]]]:
    """List what is asked at a state: the guards of its ways, and what the step itself depends on."""
    for way in WAYS:
        if way.source == step.id:
            for guard in way.guards:
                yield f"guard: {guard.name}", guard.holds
    if step.passed is not never_passed:
        yield f"passed: {step.id}", lambda situation: step.passed(situation) is not None
    if step.waits is not no_wait:
        yield f"waits: {step.id}", lambda situation: step.waits(situation) is not None
    if step.id == LAST:
        # Here it ends for everybody: what differs is how.
        yield f"ends well: {step.id}", lambda situation: _outcome(step, situation) == "paid"
    elif step.ends is not no_ending:
        yield f"ends: {step.id}", lambda situation: step.ends(situation) is not None
    for ask in step.asks:
        if ask.when is not always:
            yield f"asked: {ask.key}", ask.when
