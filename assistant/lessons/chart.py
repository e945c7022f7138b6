"""The map of the journey: what is behind, where one stands, what lies ahead, what is out of reach and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from flows import journey
from flows.journey import Place
from flows.situation import Situation
from flows.steps import STEPS
from flows.steps.model import Stage, Step
from flows.verdict import Arg, Problem

Standing = Literal["passed", "here", "ahead", "out-of-reach"]


@dataclass(frozen=True)
class Why:
    """A reason, as the key of a sentence in ``content/words`` and what fills it."""

    text: str
    args: Mapping[str, Arg]


@dataclass(frozen=True)
class Stop:
    """A state of the journey on the map.

    Attributes:
        step: Its id; its name is ``step.<id>``.
        item: The item of the notice that it is the home of.
        stage: The part of the journey; its name is ``stage.<id>``.
        standing: ``passed``: the way led through it; ``here``; ``ahead``: the way may lead there; or
            ``out-of-reach``: it does not concern this candidate, or the way ends before it.
        why: For ``here``, what is awaited or why it ends; for ``out-of-reach`` the reason; else nothing.
    """

    step: str
    item: int
    stage: Stage
    standing: Standing
    why: Why | None = None


@dataclass(frozen=True)
class Chart:
    """The whole map.

    Attributes:
        stops: The 22 states, in the candidate's order.
        here: Where the candidate stands.
        closed: Why no way leads on from there now, in the words of the machine's guards, where none does.
        groups: The groups of item 14 into which the registration falls, each with the item and the reason.
    """

    stops: tuple[Stop, ...]
    here: str
    closed: tuple[Problem, ...]
    groups: tuple[tuple[str, str, Why], ...]

    def stop(self, step: str) -> Stop:
        """Return a state of the map.

        Raises:
            KeyError: There is no such state.
        """
        for each in self.stops:
            if each.step == step:
                return each
        raise KeyError(step)


def chart(situation: Situation) -> Chart:
    """Draw up the map for a candidate at a moment."""
    place = journey.locate(situation)
    here = [step.id for step in STEPS].index(place.step.id)
    return Chart(
        stops=tuple(_stop(step, number - here, place, situation) for number, step in enumerate(STEPS)),
        here=place.step.id,
        closed=journey.refusals(situation, place.step.id),
        groups=tuple(
            (each.group, each.item, _said(each.problem)) for each in situation.reasons if _routed(situation)
        ),
    )


def _stop(step: Step, distance: int, place: Place, situation: Situation) -> Stop:
    standing, why = _standing(step, distance, place, situation)
    return Stop(step.id, step.item, step.stage, standing, why)


def _standing(step: Step, distance: int, place: Place, situation: Situation) -> tuple[Standing, Why | None]:
    if distance == 0:
        return "here", _here(place)
    if step.id in place.visited:
        return "passed", None
    reason = place.passed.get(step.id) or _never(step, situation)
    if reason is not None:
        return "out-of-reach", _said(reason)
    if distance > 0 and place.ending is not None and place.ending.outcome != "paid":
        return "out-of-reach", Why(place.ending.text, place.ending.args)
    return "ahead", None


def _here(place: Place) -> Why | None:
    if place.ending is not None:
        return Why(place.ending.text, place.ending.args)
    return Why(place.wait.text, place.wait.args) if place.wait is not None else None


def _never(step: Step, situation: Situation) -> Problem | None:
    """Say why the way will not lead through a state, where that is settled already."""
    settled = _SETTLED.get(step.id)
    return step.passed(situation) if settled is None or settled(situation) else None


def _routed(situation: Situation) -> bool:
    """Whether it is known how the registration is reviewed: the reasons of item 14 then say something."""
    return situation.route is not None and situation.scope is not None and bool(situation.education)


def _said(problem: Problem) -> Why:
    return Why(f"problem.{problem.code}", problem.args)


_SETTLED: Mapping[str, Callable[[Situation], bool]] = {
    "earlier-candidate": lambda s: "account" in s.dossier,
    "signature": lambda s: s.scope is not None,
    "manual-review": lambda s: s.dossier.true("application.confirm"),
}
"""From when on it is settled whether a state is passed over; the others settle it by themselves."""
