"""What a step is made of. A step is data: what it asks, when it is passed, what it waits for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from content.suggesting import Kind as Suggestions
from flows.dossier import Value
from flows.roles import Role
from flows.situation import Situation
from flows.verdict import NO_ARGS, Arg, Problem, Verdict

Stage = Literal["orient", "register", "apply", "after"]
STAGES: tuple[Stage, ...] = ("orient", "register", "apply", "after")

Kind = Literal["text", "secret", "choice", "several", "file", "acknowledge"]

Outcome = Literal["paid", "waiting", "refused", "invalid", "withdrawn"]


@dataclass(frozen=True)
class Option:
    """Something to pick: ``label`` is a name of the content or a ``Named("word", …)``.

    ``hint`` is a text id of a line under it; ``refused`` says why it cannot be picked now.
    """

    id: str
    label: Arg
    hint: str | None = None
    refused: Problem | None = None


def always(_: Situation) -> bool:
    """Hold in every situation."""
    return True


def no_options(_: Situation) -> tuple[Option, ...]:
    """Offer nothing to pick."""
    return ()


def as_typed(typed: str, _: Situation) -> Verdict[Value]:
    """Take what was typed as it is: for what an act judges, such as a password at login."""
    return Verdict(typed)


def as_value(verdict: Verdict[str]) -> Verdict[Value]:
    """Return a rule's verdict on text as one on any fact."""
    return Verdict(verdict.value, verdict.problems, verdict.warnings, verdict.notes)


@dataclass(frozen=True)
class Ask:
    """One thing that a step asks for.

    Args:
        key: The fact that answers it. Its sentences are ``ask.<key>``, ``help.<key>``, ``why.<key>`` and
            ``fact.<key>``, with the number of a record left out (``ask.education.school``).
        kind: How it is answered.
        judge: The rule for what was typed, for ``text`` and ``secret``.
        options: What can be picked.
        when: Whether it is asked at all.
        args: What fills the question.
        act: Name of the act that the conversation performs when it is answered, before the fact is kept; an
            act may refuse, and may keep something else than what was typed (a hash for a password).
        private: Whether what is typed and echoed is masked.
        ticks: The field whose rules tick while one types.
        review: Facts shown on the *check your answers* card above the question.
        irreversible: Whether it passes a point of no return.
        may_skip: Whether an empty answer is taken as *none*.
        stem: Names its sentences where two asks share a key: an account is made, or logged in to.
        suggest: The list whose names are suggested while one types; they judge nothing.
    """

    key: str
    kind: Kind = "text"
    judge: Callable[[str, Situation], Verdict[Value]] = as_typed
    options: Callable[[Situation], tuple[Option, ...]] = no_options
    when: Callable[[Situation], bool] = always
    args: Callable[[Situation], Mapping[str, Arg]] = field(default=lambda _: NO_ARGS)
    act: str | None = None
    private: bool = False
    ticks: str | None = None
    review: Callable[[Situation], tuple[str, ...]] | None = None
    irreversible: bool = False
    may_skip: bool = False
    stem: str = ""
    suggest: Suggestions | None = None


@dataclass(frozen=True)
class Wait:
    """Nothing is asked now: something has to arrive. ``until`` is when to come back, where it is known."""

    text: str
    until: datetime | None
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)


@dataclass(frozen=True)
class Ending:
    """The journey stops here, with a next step for the candidate: no dead ends.

    Args:
        outcome: How it ended.
        text: What is said; ``next_step`` is what the candidate can do.
        mend: Keys whose correction would reopen the way, offered as choices.
    """

    outcome: Outcome
    text: str
    next_step: str
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)
    mend: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tell:
    """Something said when a step is entered: ``text`` is a text id, or a card or paper to show.

    Args:
        show: ``text``, or the name of something that the conversation composes: ``column``, ``notice-paper``,
            ``instructions``, ``agreement``, ``letter``, ``plan``, ``receipt``, ``work-sum``.
    """

    text: str
    args: Mapping[str, Arg] = field(default_factory=lambda: NO_ARGS)
    show: str = "text"


def never_passed(_: Situation) -> Problem | None:
    """Concern every candidate."""
    return None


def no_wait(_: Situation) -> Wait | None:
    """Wait for nothing."""
    return None


def no_ending(_: Situation) -> Ending | None:
    """Stop nobody."""
    return None


def nothing_more(_: Situation) -> tuple[Ask, ...]:
    """Ask nothing beyond the fixed asks."""
    return ()


def only_its_text(_: Situation) -> tuple[Tell, ...]:
    """Tell nothing beyond the step's own text."""
    return ()


@dataclass(frozen=True)
class Step:
    """A state of the journey.

    Args:
        id: What it means, such as ``application-fill``; its sentences are ``step.<id>`` (its name) and
            ``tell.<id>`` (what is said on entering).
        item: The item of the notice that it is the home of.
        stage: The part of the journey.
        asks: What it asks for, in order.
        also: Asks that depend on earlier answers, after the fixed ones: the academic records.
        passed: Why it does not concern this candidate, or ``None`` when it does.
        waits: What has to arrive, once everything is answered.
        ends: Why the journey stops here; looked at before anything is asked.
        tells: What is said on entering, after the step's own text.
        owner: Who moves the journey on from here.
    """

    id: str
    item: int
    stage: Stage
    asks: tuple[Ask, ...] = ()
    also: Callable[[Situation], tuple[Ask, ...]] = nothing_more
    passed: Callable[[Situation], Problem | None] = never_passed
    waits: Callable[[Situation], Wait | None] = no_wait
    ends: Callable[[Situation], Ending | None] = no_ending
    tells: Callable[[Situation], tuple[Tell, ...]] = only_its_text
    owner: Role = Role.CANDIDATE

    def all_asks(self, situation: Situation) -> tuple[Ask, ...]:
        """Return everything this step asks this candidate, answered or not, in order."""
        return tuple(ask for ask in (*self.asks, *self.also(situation)) if ask.when(situation))

    def next_ask(self, situation: Situation) -> Ask | None:
        """Return the first thing that is not answered."""
        return next((ask for ask in self.all_asks(situation) if ask.key not in situation.dossier), None)
