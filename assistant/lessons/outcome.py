"""What came of a run: how it ended, which way it went, and what was kept of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.conversation.messages import Answered
from assistant.lessons.acts import Decided, Moved, Paid, Penalised
from assistant.lessons.run import Run
from assistant.scenario import Outcome


@dataclass(frozen=True)
class CameOf:
    """What came of a run up to where it stands.

    Attributes:
        outcome: How it ended, or ``waiting``.
        path: The steps that concerned the candidate, in the order in which they were reached.
        turns: How many inputs it took.
        manual_groups: The groups of item 14 that the registration falls into.
        letter: The status of the last letter.
        sha256: The hash of the last letter, or the empty string.
        later_rules: The later rules that answers named.
        cited: The items that answers cited.
    """

    outcome: Outcome
    path: tuple[str, ...]
    turns: int
    manual_groups: tuple[str, ...]
    letter: Literal["sealed", "none", "superseded"]
    sha256: str
    later_rules: tuple[str, ...]
    cited: frozenset[int]


def came_of(run: Run) -> CameOf:
    """Say what came of a run."""
    done = run.moments[: run.at]
    walked = (step for visited in (*(each.visited for each in done), run.place().visited) for step in visited)
    answers = [said for each in done for said in each.messages if isinstance(said, Answered)]
    letter, sha256 = _letter(run)
    return CameOf(
        outcome=_outcome(run),
        path=tuple(dict.fromkeys((*run.begun_at, *walked))),
        turns=sum(not isinstance(each.act, Moved | Decided | Paid | Penalised) for each in done),
        manual_groups=tuple(sorted({group for group, _, _ in run.map().groups})),
        letter=letter,
        sha256=sha256,
        later_rules=tuple(each.later_rule for each in answers if each.later_rule is not None),
        cited=frozenset(citation.item for each in answers for citation in each.citations),
    )


def _outcome(run: Run) -> Outcome:
    ending = run.place().ending
    if ending is not None:
        return ending.outcome
    return "withdrawn" if "withdrawn" in run.conversation.dossier else "waiting"


def _letter(run: Run) -> tuple[Literal["sealed", "none", "superseded"], str]:
    if run.conversation.registration is None:
        return "none", ""
    with run.records.turn() as turn:
        letters = turn.letters(run.conversation.registration)
    if not letters:
        return "none", ""
    last = letters[-1]
    return "sealed" if last.superseded_at is None else "superseded", last.sha256
