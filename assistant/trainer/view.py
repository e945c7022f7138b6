"""What the screen shows of a run, taken in one go in the thread that the run belongs to."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from assistant.conversation.messages import Message, Objected, Prompt
from assistant.lessons import Act, Moment, Run, StuckError
from assistant.lessons.chart import Chart
from flows.journey import Place
from flows.verdict import Problem


@dataclass(frozen=True)
class View:
    """A run at one moment.

    Attributes:
        transcript: Everything that was said.
        fresh: How many of the last messages came of the last thing done.
        prompt: What is asked.
        place: Where the persona is in the journey.
        chart: The map.
        now: The simulated time.
        at: How many moments lie behind.
        count: How many there are, those ahead after a rewind among them.
        over: Whether nothing goes on by itself any more.
        coming: What happens next: what lies ahead after a rewind, else what the persona would do; or
            ``None``.
        stuck: Whether the persona has no answer: a hand has to give one.
        problems: What was objected to at the prompt that stands.
        last: The last moment.
    """

    transcript: tuple[Message, ...]
    fresh: int
    prompt: Prompt
    place: Place
    chart: Chart
    now: datetime
    at: int
    count: int
    over: bool
    coming: Act | None
    stuck: bool
    problems: tuple[Problem, ...]
    last: Moment | None

    @property
    def number(self) -> int:
        """The place of the step of now in the journey, from 1."""
        return [each.step for each in self.chart.stops].index(self.chart.here) + 1

    @property
    def following(self) -> tuple[str, ...]:
        """The steps that lie ahead, in order."""
        return tuple(each.step for each in self.chart.stops if each.standing == "ahead")


def view(run: Run) -> View:
    """Look at a run; nothing is done."""
    stuck, coming = False, None
    try:
        coming = run.moments[run.at].act if run.at < len(run.moments) else run.next_input()
    except StuckError:
        stuck = True
    last = run.moments[run.at - 1] if run.at else None
    prompt, said = run.prompt(), last.messages if last is not None else ()
    return View(
        transcript=run.transcript,
        fresh=len(said) if last is not None else len(run.transcript),
        prompt=prompt,
        place=run.place(),
        chart=run.map(),
        now=run.now,
        at=run.at,
        count=len(run.moments),
        over=run.over,
        coming=coming,
        stuck=stuck,
        problems=tuple(
            problem
            for each in said
            if isinstance(each, Objected) and each.key == prompt.key
            for problem in each.problems
        ),
        last=last,
    )


def advance(run: Run) -> View:
    """Go on by one moment: what lies ahead after a rewind, else what the persona does."""
    if run.at < len(run.moments):
        run.forward()
    else:
        run.step()
    return view(run)


def back(run: Run) -> View:
    """Go back by one moment."""
    run.rewind(max(run.at - 1, 0))
    return view(run)


MOST_MOMENTS = 400
"""No persona needs so many to come anywhere."""


def go_to(run: Run, step: str) -> View:
    """Go to a step: back to where it began, or on until it stands, or to where nothing goes on by itself."""
    if run.map().stop(step).standing in {"passed", "here"} and run.rewind_to_step(step):
        return view(run)
    with suppress(StuckError):
        for _ in range(MOST_MOMENTS):
            if run.place().step.id == step:
                break
            if run.at < len(run.moments):
                run.forward()
            elif run.step() is None:
                break
    return view(run)
