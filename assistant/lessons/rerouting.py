"""What another fact does to the way: which steps and groups differ at the end, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assistant.conversation.inputs import Command
from assistant.lessons.chart import Chart, Standing, Why
from assistant.lessons.outcome import CameOf, came_of
from assistant.lessons.persona import StuckError
from assistant.lessons.supposing import STAGED, supposed, tells

if TYPE_CHECKING:
    from assistant.lessons.run import Run


@dataclass(frozen=True)
class Route:
    """A way to its end, or as far as it goes.

    Attributes:
        came_of: How it ended, which steps it had, which groups of item 14 it fell into.
        chart: The map at the end of it.
        stuck: Why the persona could not go on, or the empty string: a trainer has to answer there.
    """

    came_of: CameOf
    chart: Chart
    stuck: str = ""


@dataclass(frozen=True)
class Difference:
    """A step that is another one's on the two ways; where a step is out of reach, the reason stands beside.

    Attributes:
        step: Its id.
        before: How it stood at the end of the way as it was.
        after: How it stands at the end of the new one.
        why_before: Why it was out of reach, or what was said to stop there.
        why_after: The same for the new way.
    """

    step: str
    before: Standing
    after: Standing
    why_before: Why | None
    why_after: Why | None


@dataclass(frozen=True)
class Reason:
    """A reason of item 14 that holds on one of the two ways only.

    Attributes:
        group: The group, such as ``14.2``; its name is ``group.<group>``.
        item: What it is about: ``identity``, ``education.0``, ``commitment``.
        why: The reason.
        gained: Whether the new fact brings it, or takes it away.
    """

    group: str
    item: str
    why: Why
    gained: bool


@dataclass(frozen=True)
class Rerouted:
    """One fact changed, and what that does.

    Attributes:
        key: The fact.
        value: What it is now.
        before: The way as it was, to its end.
        after: The new way, to its end.
        steps: The steps that differ.
        reasons: The reasons for manual verification that differ.
        run: A branch with the new fact, standing at the step where the first run stands, or where its way
            ends before; what follows lies ahead. The first run is untouched.
    """

    key: str
    value: Any
    before: Route
    after: Route
    steps: tuple[Difference, ...]
    reasons: tuple[Reason, ...]
    run: Run


def reroute(run: Run, key: str, value: Any) -> Rerouted:
    """Change one fact of a run's persona, and compare where the two ways lead.

    Answers that were given by hand are given again where the same is asked.

    Raises:
        LookupError: The scenario has no such fact.
        msgspec.ValidationError: It cannot be that.
    """
    scenario = supposed(run.scenario, key, value)
    told = next((each.number - 1 for each in run.moments[: run.at] if tells(each.key, key)), run.at)
    here = run.place().step.id
    by_hand = {
        moment.key: act
        for moment, (by, act) in zip(run.moments[: run.at], run.acts, strict=False)
        if by == "hand" and not isinstance(act, Command) and not tells(moment.key, key)
    }
    with_it = (
        run.classroom.begin(scenario, beside=run.persona.beside)
        if key.partition(".")[0] in STAGED
        else run.supposing(scenario, told)
    )
    begun = with_it.at
    before = _to_its_end(run.branch(), {})
    after = _to_its_end(with_it, by_hand, keep=True)
    reached = [each.number for each in with_it.moments[begun:] if each.after == here]
    if reached and run.at > begun:
        with_it.rewind(reached[0])
    elif run.at <= begun:
        with_it.rewind(begun)
    return Rerouted(
        key, value, before, after, _differences(before.chart, after.chart), _reasons(before, after), with_it
    )


def _to_its_end(run: Run, by_hand: dict[str, Any], *, keep: bool = False) -> Route:
    stuck = ""
    left = dict(by_hand)
    try:
        for _ in range(400):
            if run.prompt().key in left:
                run.take(left.pop(run.prompt().key))
            elif run.step() is None:
                break
    except StuckError as error:
        stuck = str(error)
    route = Route(came_of(run), run.map(), stuck)
    if not keep:
        run.close()
    return route


def _differences(before: Chart, after: Chart) -> tuple[Difference, ...]:
    return tuple(
        Difference(one.step, one.standing, other.standing, one.why, other.why)
        for one, other in zip(before.stops, after.stops, strict=True)
        if one.standing != other.standing or (one.standing == "here" and one.why != other.why)
    )


def _reasons(before: Route, after: Route) -> tuple[Reason, ...]:
    was = {(group, item, why.text): why for group, item, why in before.chart.groups}
    now = {(group, item, why.text): why for group, item, why in after.chart.groups}
    lost = tuple(Reason(*key[:2], was[key], gained=False) for key in was if key not in now)
    return lost + tuple(Reason(*key[:2], now[key], gained=True) for key in now if key not in was)
