"""What is done with a lesson beside playing it: time, offices, branches, other facts, questions, exports.

Each asks by a page of its own where there is something to ask, and hands what is chosen to the lesson.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec
from textual.content import Content

from assistant.conversation.blocks import Asked, AskedOption
from assistant.lessons import Act, Decided, Moment, Paid, Penalised, Run
from assistant.lessons.rerouting import Rerouted
from assistant.trainer.facts import Supposable, moment, named, supposable, value_said
from assistant.trainer.screens.asking import Asking, AskingPage
from assistant.trainer.screens.question import QuestionPage
from assistant.trainer.screens.rerouted import ReroutedPage
from assistant.trainer.telling import moment_said
from assistant.trainer.view import View, view
from assistant.widgets import render
from flows.journey import Place
from flows.verdict import Problem, RefusedError

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage

MOVES = ("hour", "day", "years", "opening", "closing", "date")


def ask_map(lesson: LessonPage) -> None:
    """Show the map."""
    lesson.pause()
    lesson.open_map()


def ask_class(lesson: LessonPage) -> None:
    """Put a question to the class."""
    lesson.pause()
    lesson.trainer.push_screen(QuestionPage(lesson))


# Time --------------------------------------------------------------------------------------------------


def ask_time(lesson: LessonPage) -> None:
    """Ask where the clock is put."""
    lesson.pause()
    say = lesson.wording.text

    def asked() -> Asked:
        clock = lesson.run.clock
        hints = {"opening": clock.opening, "closing": clock.closing}
        options = tuple(
            AskedOption(
                each,
                lesson.wording.text(f"train.time.{each}"),
                hint=moment_said(at, lesson.wording) if (at := hints.get(each)) is not None else "",
            )
            for each in MOVES
        )
        return Asked(lesson.wording.text("train.time.ask"), options=options)

    def answer(id: str) -> Callable[[], object]:
        if id not in MOVES:
            raise RefusedError("train-pick")
        return partial(ask_date, lesson) if id == "date" else partial(move, lesson, id)

    def about(width: int) -> Content:
        return render.text(say("train.time.about"), width, render.NOTE)

    lesson.trainer.push_screen(AskingPage(Asking("train.time.title", asked, answer, about)))


def ask_date(lesson: LessonPage) -> None:
    """Ask for any date."""

    def asked() -> Asked:
        return Asked(lesson.wording.text("train.date.ask"), help=(lesson.wording.text("train.date.help"),))

    def answer(typed: str) -> Callable[[], object]:
        to = moment(typed, lesson.view.now)
        return lambda: _clock(lesson, lambda run: run.clock.to(to))

    preset = f"{lesson.view.now:%Y-%m-%d %H:%M}"
    lesson.trainer.push_screen(AskingPage(Asking("train.date.title", asked, answer, preset=preset)))


def move(lesson: LessonPage, by: str) -> None:
    """Move the clock."""
    moves: dict[str, Callable[[Run], Moment | None]] = {
        "hour": lambda run: run.clock.hours(1),
        "day": lambda run: run.clock.hours(24),
        "years": lambda run: run.clock.years(5),
        "opening": lambda run: run.clock.to_opening(),
        "closing": lambda run: run.clock.to_closing(),
    }
    _clock(lesson, moves[by])


def _clock(lesson: LessonPage, by: Callable[[Run], Moment | None]) -> None:
    lesson.pause()

    def act(run: Run) -> View:
        try:
            moved = by(run)
        except (ValueError, OverflowError) as error:
            raise RefusedError("train-date") from error
        if moved is None:
            raise RefusedError("train-no-window")
        return view(run)

    lesson.run_with(act)


# Offices -----------------------------------------------------------------------------------------------


def ask_office(lesson: LessonPage) -> None:
    """Let the office act on which the persona waits."""
    lesson.pause()
    due = _due(lesson.view.place)
    if not due:
        lesson.refuse(Problem("train-no-office"))
        return

    def asked() -> Asked:
        say = lesson.wording.text
        options = tuple(
            AskedOption(each, say(f"train.office.{each}"), hint=say(f"train.office.{each}-hint"))
            for each in due
        )
        return Asked(say("train.office.ask"), options=options)

    def answer(id: str) -> Callable[[], object]:
        if id not in due:
            raise RefusedError("train-pick")
        return partial(_decide, lesson, id)

    lesson.trainer.push_screen(AskingPage(Asking("train.office.title", asked, answer)))


def _due(place: Place) -> tuple[str, ...]:
    """Say what an office could do where somebody stands."""
    if place.wait is not None:
        return {"manual-review": ("pass", "fail"), "application-pay": ("paid", "false-promise")}.get(
            place.step.id, ()
        )
    paid = place.ending is not None and place.ending.outcome == "paid"
    return ("false-promise",) if paid else ()


def _decide(lesson: LessonPage, id: str) -> None:
    say = lesson.wording.text
    acts: dict[str, Act] = {
        "pass": Decided("pass", say("train.office.pass-reason")),
        "fail": Decided("fail", say("train.office.fail-reason")),
        "paid": Paid(),
        "false-promise": Penalised("serious", say("train.office.false-promise-reason")),
    }

    def act(run: Run) -> View:
        run.take(acts[id])
        return view(run)

    lesson.run_with(act)


# Branches and other facts --------------------------------------------------------------------------------


def ask_branch(lesson: LessonPage) -> None:
    """Ask what a branch is called, and go on in it."""
    lesson.pause()
    count = sum(card is lesson.card for card, _ in lesson.trainer.runs) + 1
    preset = lesson.wording.text(
        "train.branch.preset",
        {"persona": lesson.card.name(lesson.wording.language), "number": count},
    )

    def asked() -> Asked:
        say = lesson.wording.text
        return Asked(say("train.branch.ask"), help=(say("train.branch.help"),))

    def answer(typed: str) -> Callable[[], object]:
        title = typed.strip() or preset
        return partial(_branch, lesson, title)

    lesson.trainer.push_screen(AskingPage(Asking("train.branch.title", asked, answer, preset=preset)))


def _branch(lesson: LessonPage, title: str) -> None:
    run = lesson.run

    def act() -> tuple[Run, View]:
        cut = run.branch(title)
        return cut, view(cut)

    async def then(made: tuple[Run, View]) -> None:
        lesson.trainer.keep(lesson.card, made[0])
        await lesson.use(lesson.card, *made)
        lesson.tell(lambda: lesson.wording.text("train.branch.made", {"title": title}))

    lesson.work(act, then)


def switch(lesson: LessonPage) -> None:
    """Show the next run that is open."""
    lesson.pause()
    runs = lesson.trainer.runs
    here = next((n for n, (_, run) in enumerate(runs) if run is lesson.run), 0)
    card, run = runs[(here + 1) % len(runs)]
    if run is lesson.run:
        lesson.refuse(Problem("train-one-run"))
        return
    lesson.work(lambda: view(run), lambda seen: lesson.use(card, run, seen))


def ask_fact(lesson: LessonPage) -> None:
    """Ask which fact is another one."""
    lesson.pause()
    facts = supposable(lesson.run.scenario, lesson.trainer.content, lesson.view.now)

    def asked() -> Asked:
        wording = lesson.wording
        options = tuple(
            AskedOption(each.key, named(each, wording), value_said(each, wording)) for each in facts
        )
        return Asked(wording.text("train.fact.ask"), help=(wording.text("train.fact.help"),), options=options)

    def answer(key: str) -> Callable[[], object]:
        fact = next((each for each in facts if each.key == key), None)
        if fact is None:
            raise RefusedError("train-pick")
        return partial(_ask_value, lesson, fact)

    lesson.trainer.push_screen(AskingPage(Asking("train.fact.title", asked, answer)))


def _ask_value(lesson: LessonPage, fact: Supposable) -> None:
    def asked() -> Asked:
        wording = lesson.wording
        options = tuple(
            AskedOption(id, wording.arg(name))
            for id, (value, name) in fact.options.items()
            if value != fact.now
        )
        said = {"fact": named(fact, wording), "value": value_said(fact, wording)}
        kind = "years" if fact.key == "work_years" else "month"
        help_ = () if options else (wording.text(f"train.value.{kind}-help"),)
        return Asked(wording.text("train.value.ask", said), help=help_, options=options)

    def answer(given: str) -> Callable[[], object]:
        value = fact.value(given)
        if value == fact.now:
            raise RefusedError("train-same")
        return partial(_reroute, lesson, fact, value)

    lesson.trainer.push_screen(AskingPage(Asking("train.fact.title", asked, answer)))


def _reroute(lesson: LessonPage, fact: Supposable, value: object) -> None:
    run = lesson.run
    lesson.tell(lambda: lesson.wording.text("train.fact.running"))

    def then(found: Rerouted) -> None:
        lesson.tell_wait()
        lesson.trainer.push_screen(ReroutedPage(lesson, fact, found))

    def change() -> Rerouted:
        try:
            return run.change(fact.key, value)
        except (LookupError, msgspec.ValidationError) as error:
            raise RefusedError("train-not-supposed") from error

    lesson.work(change, then)


def titled(lesson: LessonPage, fact: Supposable, value: object) -> str:
    """Name the run in which a fact is another."""
    changed = next(
        (lesson.wording.arg(name) for each, name in fact.options.values() if each == value),
        str(value),
    )
    who = str(lesson.run.scenario.candidate.get("name", ""))
    # What is new comes first: the head of a narrow screen has no room for all of it.
    return f"{who} · {changed} · {named(fact, lesson.wording)}"


# Exports -----------------------------------------------------------------------------------------------

EXPORTS: Sequence[str] = ("scenario", "cast", "handout", "all")


def ask_export(lesson: LessonPage) -> None:
    """Ask what is written."""
    lesson.pause()

    def asked() -> Asked:
        say = lesson.wording.text
        options = tuple(
            AskedOption(each, say(f"train.export.{each}"), hint=say(f"train.export.{each}-hint"))
            for each in EXPORTS
        )
        return Asked(say("train.export.ask"), options=options)

    def answer(id: str) -> Callable[[], object]:
        if id not in EXPORTS:
            raise RefusedError("train-pick")
        return lambda: lesson.trainer.export(lesson, id)

    lesson.trainer.push_screen(AskingPage(Asking("train.export.title", asked, answer)))
