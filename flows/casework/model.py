"""How any kind of case of the staff moves.

A kind is data: its states, and its moves with who may make them and what refuses them. A case is a list of
events that is only ever added to; where it stands is worked out by going through them (:func:`replay`), as
the place of a candidate is worked out from the dossier. Nothing here reads, writes or asks for the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from types import MappingProxyType

from transitions import Machine, MachineError

from flows.dossier import Value
from flows.permissions import MAY, Deed, Staff
from flows.roles import Role
from flows.verdict import Arg, Named, Problem

NOTHING: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True)
class Event:
    """Something that happened to a case.

    Args:
        move: The move that was made.
        at: When, with its zone.
        by: Login name of who made it; the empty string for the product itself.
        role: The role in which it was made.
        args: What came with it: reasons, an owner, a time. Texts here may be personal data.
    """

    move: str
    at: datetime
    by: str
    role: Role
    args: Mapping[str, Value] = field(default_factory=lambda: NOTHING)

    def text(self, key: str) -> str:
        """Return a text among the arguments, or the empty string."""
        value = self.args.get(key)
        return value if isinstance(value, str) else ""


@dataclass(frozen=True)
class Case:
    """A case: where it stands, and everything that happened to it, oldest first."""

    state: str
    events: tuple[Event, ...] = ()

    def last(self, *moves: str) -> Event | None:
        """Return the newest event that is one of ``moves``."""
        return next((event for event in reversed(self.events) if event.move in moves), None)


Guard = Callable[[Case, Event], Problem | None]
"""Why a move is refused for a case as it stands, or ``None`` when it may be made."""


def always(_case: Case, _event: Event) -> Problem | None:
    """Refuse nothing."""
    return None


@dataclass(frozen=True)
class Move:
    """A way from some states of a case to another.

    Args:
        name: The trigger; its words are ``case.KIND.move.NAME``. A name may stand for several moves with
            different sources.
        sources: The states from which it may be made.
        to: The state that it leads to.
        deed: What somebody must be allowed to do; ``None`` for what only the product itself does.
        stands: Refuses by how the case stands and who asks, whatever comes with the move: a lock that
            somebody else holds, a second look by the same person. A menu can ask it beforehand.
        takes: Refuses by what comes with the move: a reason that is missing.
    """

    name: str
    sources: tuple[str, ...]
    to: str
    deed: Deed | None
    stands: Guard = always
    takes: Guard = always


@dataclass(frozen=True)
class Kind:
    """A kind of case.

    Args:
        name: Such as ``review``; names of its states stand under ``case.KIND.state.STATE``.
        states: All states, the first one the state of a new case.
        moves: All moves.
        final: States in which the case is closed.
    """

    name: str
    states: tuple[str, ...]
    moves: tuple[Move, ...]
    final: frozenset[str]

    def new(self) -> Case:
        """Return a case to which nothing has happened."""
        return Case(self.states[0])

    def from_state(self, state: str) -> tuple[Move, ...]:
        """Return the moves that lead out of ``state``."""
        return tuple(move for move in self.moves if state in move.sources)


@dataclass(frozen=True)
class Offer:
    """A move that a person may make from where a case stands; ``refused`` says why not just now."""

    move: Move
    refused: Problem | None


def make(
    kind: Kind, case: Case, move: str, *, by: Staff | None, now: datetime, args: Mapping[str, Value] = NOTHING
) -> Case | Problem:
    """Make a move.

    Args:
        kind: The kind of the case.
        case: The case as it stands.
        move: Name of the move.
        by: Who makes it; ``None`` for the product itself.
        now: When.
        args: What comes with it.

    Returns:
        The case with the event added, or why not: first whether this person may at all
        (``case-not-for-you``), then whether it can be done from this state (``case-not-now`` with what can be
        done instead, or ``case-closed``), then what the guards say.

    Raises:
        KeyError: No move of this kind has that name.
    """
    named = tuple(each for each in kind.moves if each.name == move)
    if not named:
        raise KeyError(move)
    role = next((role for each in named if (role := _role(each, by)) is not None), None)
    if role is None:
        return Problem("case-not-for-you", {"move": _move_name(kind, move)})
    way = next((each for each in named if case.state in each.sources), None)
    if way is None:
        return _not_now(kind, case, move, by)
    event = Event(move, now, by.id if by else "", role, MappingProxyType(dict(args)))
    refused = way.stands(case, event) or way.takes(case, event)
    return refused or Case(_next(kind, case.state, move), (*case.events, event))


def offers(kind: Kind, case: Case, *, by: Staff, now: datetime) -> tuple[Offer, ...]:
    """Return what a person may do with a case as it stands, and what stands in the way of each."""
    found = []
    for way in kind.from_state(case.state):
        role = _role(way, by)
        if role is not None:
            found.append(Offer(way, way.stands(case, Event(way.name, now, by.id, role))))
    return tuple(found)


def replay(kind: Kind, events: Iterable[Event]) -> Case:
    """Work out where a case stands from what happened to it.

    Guards are not asked again: who may do what, and how long a lock holds, was settled when it happened.

    Raises:
        ValueError: An event cannot have happened in the state that the earlier ones led to.
    """
    case = kind.new()
    for event in events:
        try:
            state = _next(kind, case.state, event.move)
        except (MachineError, KeyError) as error:
            raise ValueError(f"{kind.name}: {event.move} cannot follow {case.state}") from error
        case = Case(state, (*case.events, event))
    return case


def refused_by_role(problem: Problem) -> bool:
    """Whether a refusal is about who somebody is, so that the try belongs on the audit trail."""
    return problem.code == "case-not-for-you"


def diagram(kind: Kind) -> str:
    """Draw a kind as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", "    direction LR", f"    [*] --> {_id(kind.states[0])}"]
    for move in kind.moves:
        who = " or ".join(sorted(MAY[move.deed])) if move.deed else "system"
        lines += [f"    {_id(source)} --> {_id(move.to)}: {move.name} ({who})" for source in move.sources]
    lines += [f"    {_id(state)} --> [*]" for state in kind.states if state in kind.final]
    return "\n".join(lines) + "\n"


def _id(state: str) -> str:
    return state.replace("-", "_")


def _role(move: Move, by: Staff | None) -> Role | None:
    if by is None:
        return Role.SYSTEM if move.deed is None else None
    return by.acts_as(move.deed) if move.deed is not None else None


def _move_name(kind: Kind, move: str) -> Named:
    return Named("word", f"case.{kind.name}.move.{move}")


def _not_now(kind: Kind, case: Case, move: str, by: Staff | None) -> Problem:
    args: dict[str, Arg] = {
        "move": _move_name(kind, move),
        "state": Named("word", f"case.{kind.name}.state.{case.state}"),
    }
    names = dict.fromkeys(
        way.name for way in kind.from_state(case.state) if by is not None and _role(way, by) is not None
    )
    if not names:
        return Problem("case-closed" if case.state in kind.final else "case-not-now-wait", args)
    return Problem("case-not-now", {**args, "moves": tuple(_move_name(kind, name) for name in names)})


@dataclass
class _Standing:
    """What the machine moves."""

    state: str


@cache
def _machine(kind: Kind) -> Machine:
    """Build the machine of a kind, once: it knows the ways and no case."""
    return Machine(
        None,
        states=[{"name": state, "final": state in kind.final} for state in kind.states],
        transitions=[
            {"trigger": move.name, "source": list(move.sources), "dest": move.to} for move in kind.moves
        ],
        initial=kind.states[0],
        # Otherwise `to_passed()` would exist and jump over every guard.
        auto_transitions=False,
    )


def _next(kind: Kind, state: str, move: str) -> str:
    standing = _Standing(state)
    _machine(kind).events[move].trigger(standing)
    return standing.state
