"""The whole way at a glance: what is done, what is due now, what comes later and why not yet."""

from __future__ import annotations

from assistant.conversation import showing
from assistant.conversation.messages import Card, Row, Said, Task
from assistant.conversation.naming import generic
from flows.journey import Place
from flows.situation import Situation
from flows.steps import STEPS
from flows.steps.model import Ask, Step
from flows.verdict import Arg, Named


def tasks(place: Place, situation: Situation) -> tuple[Task, ...]:
    """List the steps of the journey, in the candidate's order, with what each still needs.

    A step that does not concern this candidate is listed with the reason why (FAQ 7.3, requirement P.5).
    """
    ids = [step.id for step in STEPS]
    here = ids.index(place.step.id)
    return tuple(_task(step, n - here, place, situation) for n, step in enumerate(STEPS))


def _task(step: Step, distance: int, place: Place, situation: Situation) -> Task:
    if step.id in place.passed:
        return Task(step.id, step.item, step.stage, "passed", why=place.passed[step.id])
    if distance < 0:
        return Task(step.id, step.item, step.stage, "done")
    if distance > 0:
        later = Said(f"tasks.after.{step.id}")
        return Task(step.id, step.item, step.stage, "ahead", brief=Said(f"tasks.brief.{step.id}"), why=later)
    return _here(step, place, situation)


def _here(step: Step, place: Place, situation: Situation) -> Task:
    if place.ending is not None:
        if place.ending.outcome == "paid":
            return Task(step.id, step.item, step.stage, "done")
        ended = Said(place.ending.text, place.ending.args)
        return Task(step.id, step.item, step.stage, "stopped", why=ended)
    if place.wait is not None:
        wait = Said(place.wait.text, place.wait.args)
        return Task(step.id, step.item, step.stage, "waiting", brief=Said("tasks.waiting"), why=wait)
    open_ = [ask for ask in step.all_asks(situation) if ask.key not in situation.dossier]
    needs = tuple(dict.fromkeys(_named(ask) for ask in open_))
    brief = Said("tasks.left", {"count": len(needs)}) if needs else None
    return Task(step.id, step.item, step.stage, "here", brief=brief, needs=needs)


def _named(ask: Ask) -> Arg:
    return Named("fact", generic(ask.key))


def waiting(place: Place, situation: Situation, code: str) -> Card | None:
    """Make the card of a wait: when to come back, with which code, and what it is that is awaited."""
    wait = place.wait
    if wait is None:
        return None
    rows = [Row("waiting.code", code, large=True)]
    if wait.until is not None:
        rows.append(Row("waiting.come-back", wait.until))
    match place.step.id:
        case "verification":
            rows += [
                Row(f"item.{item}", Named("word", f"status.{state}")) for item, state in _items(situation)
            ]
        case "manual-review" if situation.dossier.text("review.evidence"):
            rows += [Row(f"evidence.{part}", wait.args[part]) for part in ("what", "where", "by")]
        case "application-pay":
            rows.append(Row("slip.number", situation.dossier.text("payment.slip")))
            if situation.window is not None:
                rows.append(Row("slip.pay-by", situation.window.pay_by))
    office = situation.content.office(situation.dossier.text("province"))
    if office is not None:
        rows.append(Row("column.telephone", office.telephone))
    warning = showing.sample_warning(situation)
    return Card("waiting", f"waiting.{place.step.id}", tuple(rows), warning=warning)


def _items(situation: Situation) -> list[tuple[str, str]]:
    return [(generic(item), state) for item, state in situation.statuses.items()]


def done(place: Place, situation: Situation, code: str) -> Card | None:
    """Make the card of a paid registration: its code, what happens next, what to keep (FAQ 13.7, 15)."""
    if place.ending is None or place.ending.outcome != "paid":
        return None
    known = situation.dossier
    letter = ("done.keep.letter",) if situation.route == "adopted" else ()
    rows = (
        Row("receipt.reference", code, large=True),
        Row("fact.exam", Named("exam", known.text("exam"))),
        Row("fact.province", Named("province", known.text("province"))),
        Row("receipt.number", known.text("payment.receipt")),
        Row("done.next", Named("word", "done.next.ticket")),
        Row("done.then", Named("word", "done.then.results")),
        Row(
            "done.keep", tuple(Named("word", each) for each in ("done.keep.code", *letter, "done.keep.proof"))
        ),
    )
    return Card("done", "done.title", rows)
