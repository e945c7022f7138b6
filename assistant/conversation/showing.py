"""Turns places, asks and tells into prompts and messages. Pure: what is shown follows from the situation."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.conversation.messages import (
    Card,
    Deadline,
    Message,
    Option,
    Plan,
    Progress,
    Prompt,
    Row,
    Said,
    Warned,
)
from assistant.conversation.naming import generic, shown, summary_of
from flows.journey import Place
from flows.rules import deadlines
from flows.situation import Situation
from flows.steps import BY_ID, STEPS
from flows.steps.model import Ask, Ending, Wait
from flows.verdict import Arg, Named

PARAGRAPHS = {
    "application-choose": "13.1",
    "application-read": "13.2",
    "application-fill": "13.3",
    "signature": "5.2",
    "application-confirm": "13.5",
    "application-pay": "13.7",
}
"""The paragraph of the notice that a state is about, where it is one of its item's."""

ORDER = tuple(step.id for step in STEPS)


def progress(place: Place) -> Progress:
    """Say where the candidate is, for the progress line and the rail."""
    return Progress(
        step=place.step.id,
        item=place.step.item,
        stage=place.step.stage,
        number=ORDER.index(place.step.id) + 1,
        of=len(ORDER),
        passed=tuple(each for each in (*place.visited, *place.passed) if each != place.step.id),
        paragraph=PARAGRAPHS.get(place.step.id, ""),
    )


def prompt_for(ask: Ask, situation: Situation, *, preset: str | None = None) -> Prompt:
    """Make the prompt of an ask; without a preset, an earlier answer in doubt stands in the field."""
    plain = ask.stem or generic(ask.key)
    return Prompt(
        key=ask.key,
        kind=ask.kind,
        text=f"ask.{plain}",
        args=ask.args(situation),
        help=f"help.{plain}",
        example=f"example.{plain}" if ask.kind == "text" else None,
        options=ask.options(situation),
        preset=_earlier(ask, situation) if preset is None else preset,
        private=ask.private,
        ticks=ask.ticks,
        irreversible=ask.irreversible,
        suggest=ask.suggest,
    )


def _earlier(ask: Ask, situation: Situation) -> str:
    if ask.kind in {"secret", "file", "acknowledge"} or ask.private:
        return ""
    fact = situation.dossier.earlier(ask.key)
    if fact is None:
        return ""
    values = fact.value if isinstance(fact.value, tuple) else (str(fact.value),)
    offered = {option.id for option in ask.options(situation)}
    # An office of the city that was chosen before is no answer for the new one.
    return ",".join(each for each in values if not offered or each in offered)


def prompt_of_wait(wait: Wait, place: Place) -> Prompt:
    """Make the prompt of a wait: look again, or leave and come back."""
    return Prompt(
        key=f"wait.{place.step.id}",
        kind="wait",
        text=wait.text,
        args=wait.args,
        help="help.wait",
        options=(
            Option("look", Named("word", "option.wait.look")),
            Option("leave", Named("word", "option.wait.leave")),
            *_also(wait, place),
        ),
    )


def _also(wait: Wait, place: Place) -> tuple[Option, ...]:
    """Offer to say that one has paid, where it is shown unpaid and nobody is looking into it yet (P.6)."""
    if place.step.id != "application-pay" or wait.text == "wait.payment.claimed":
        return ()
    return (Option("claim", Named("word", "option.wait.claim")),)


def prompt_of_ending(ending: Ending, place: Place) -> Prompt:
    """Make the prompt of an ending: what can be mended is offered to be changed."""
    changes = tuple(
        Option(f"change:{key}", Named("word", f"option.mend.{generic(key)}")) for key in ending.mend
    )
    return Prompt(
        key=f"end.{place.step.id}",
        kind="end" if not changes else "choice",
        text=ending.next_step,
        args=ending.args,
        help="help.end",
        options=(*changes, *_reporting(place)),
    )


def _reporting(place: Place) -> tuple[Option, ...]:
    """Offer to report a false promise where the journey tells of supervision (FAQ 15.3)."""
    if place.step.id != "consequences":
        return ()
    # Two options: a lone one would be picked by "ok".
    return (
        Option("leave", Named("word", "option.wait.leave")),
        Option("report", Named("word", "option.end.report")),
    )


def review(ask: Ask, situation: Situation) -> Card | None:
    """Make the *check your answers* card of an ask, or ``None`` when it has none."""
    if ask.review is None:
        return None
    return Card(
        "review",
        f"review.{ask.key}",
        tuple(_rows(ask.review(situation), situation)),
        warning=f"warning.{ask.key}" if ask.irreversible else None,
    )


def _rows(keys: Iterable[str], situation: Situation) -> Iterable[Row]:
    dossier = situation.dossier
    for key in keys:
        if key.endswith(".summary"):
            yield Row(f"fact.{generic(key).removesuffix('.summary')}", summary_of(key, dossier), key)
            continue
        value = dossier.value(key)
        if value is not None:
            yield Row(f"fact.{generic(key)}", shown(key, value, dossier), key)
        elif key == "subjects" and situation.exam is not None and situation.level is not None:
            yield Row("fact.subjects", Named("word", "shown.all-subjects"), None)


def column(situation: Situation) -> Card:
    """Make the prompt column: applicant, exam, area, way of paying, telephone (FAQ 13.1)."""
    dossier = situation.dossier
    office = situation.content.office(dossier.text("province"))
    window = situation.window
    rows = [
        Row("fact.name", dossier.text("name")),
        Row("fact.exam", Named("exam", dossier.text("exam")), "exam"),
        Row("fact.province", Named("province", dossier.text("province")), "province"),
        Row("column.payment", Named("word", f"payment.{office.payment}" if office else "shown.unknown")),
        Row("column.telephone", office.telephone if office else Named("word", "shown.unknown")),
    ]
    if window is not None:
        rows += [Row("column.opens", window.opens), Row("column.closes", window.closes)]
    return Card("column", "column.title", tuple(rows), warning=sample_warning(situation))


def sample_warning(situation: Situation) -> str | None:
    """Return the warning that telephones, offices and dates are made up, where they are."""
    sample = situation.content.offices.sample or (situation.window is not None and situation.window.sample)
    return "warning.sample" if sample else None


def plan(situation: Situation) -> Plan | None:
    """Make the deadline plan, from the closing date backwards (FAQ 7.4)."""
    if situation.window is None:
        return None
    complete = bool(situation.dossier.true("academic.submit")) and not situation.pending
    milestones = deadlines.plan(situation.window, situation.now, pending=not complete)
    dates = (
        Deadline(f"plan.{each.key}.late" if each.late else f"plan.{each.key}", each.at, each.key == "closes")
        for each in milestones
    )
    return Plan(
        "plan.title",
        tuple(sorted(dates, key=lambda each: each.at)),
        situation.now,
        sample_warning(situation),
        situation.exam_and_province,
    )


def next_deadline(situation: Situation) -> deadlines.Milestone | None:
    """Return the next deadline that has not passed; what is done has none."""
    known = situation.dossier
    if situation.window is None or "payment.receipt" in known:
        return None
    confirmed = bool(known.true("application.confirm"))
    complete = bool(situation.dossier.true("academic.submit")) and not situation.pending
    ahead = [
        each
        for each in deadlines.plan(situation.window, situation.now, pending=not complete)
        if each.at > situation.now and (each.key == "pay-by" or not confirmed)
    ]
    return min(ahead, key=lambda each: each.at, default=None)


def route(situation: Situation) -> tuple[Message, ...]:
    """Say how the commitment stands in this registration, and by which sentence."""
    record = situation.integrity_record
    if record is not None and situation.in_scope:
        until: Arg = record.until if record.until is not None else Named("word", "shown.long-term")
        return (
            Said(
                "tell.applicability.record",
                {"until": until, "basis": record.basis, **situation.exam_and_province},
            ),
        )
    if not situation.in_scope:
        return (Said("tell.applicability.out-of-scope", situation.exam_and_province),)
    if not situation.edition.choice:
        return (Said("tell.applicability.applies", situation.exam_and_province),)
    window = situation.window
    closes: Arg = window.closes if window else Named("word", "shown.unknown")
    return (Said("tell.applicability.choice", {"closes": closes, **situation.exam_and_province}),)


def reasons(situation: Situation) -> tuple[Message, ...]:
    """Say which groups of item 14 apply, why, and what to bring."""
    groups = Card(
        "status",
        "review.groups",
        tuple(Row(f"group.{reason.group}", reason.problem) for reason in situation.reasons),
        args=situation.exam_and_province,
    )
    bring = Card(
        "status",
        "review.bring",
        tuple(
            Row(f"item.{generic(reason.item)}", Named("word", reason.bring)) for reason in situation.reasons
        ),
    )
    return (groups, bring)


def unmet(situation: Situation) -> list[Message]:
    """Show each condition that manual verification found not met, with its reason (FAQ 14, 16.1)."""
    names = situation.dossier.value("review.unmet")
    whys = situation.dossier.value("review.unmet.reasons")
    if not isinstance(names, tuple) or not isinstance(whys, tuple) or not names:
        return []
    rows = tuple(Row(f"item.{generic(name.split()[-1])}", why) for name, why in zip(names, whys, strict=True))
    return [Card("status", "review.unmet", rows)]


def work_sum(situation: Situation) -> Card | None:
    """Make the worked sum of years against what the exam demands (FAQ 13.3)."""
    answer = situation.eligibility
    if answer is None or situation.work is None:
        return None
    rows = [Row("sum.have", answer.have)]
    if answer.needed is not None:
        rows.append(Row("sum.needed", answer.needed))
    if answer.outdated is not None and answer.outdated != answer.needed:
        rows.append(Row("sum.outdated", answer.outdated))
    if answer.by is not None:
        rows.append(Row("sum.by", Named("word", f"education.level.{answer.by}")))
    verdict = "unknown" if answer.met is None else "met" if answer.met else "short"
    rows.append(Row("sum.verdict", Named("word", f"sum.verdict.{verdict}")))
    return Card("sum", "sum.title", tuple(rows), args=situation.exam_and_province)


def passes(situation: Situation) -> tuple[Message, ...]:
    """Say which earlier passes count, and which become invalid and why (FAQ 17)."""
    earlier = situation.earlier
    gone = earlier.invalid if earlier else ()
    rows = tuple(
        Row(
            "passes.invalid"
            if each in gone
            else "passes.counts"
            if each in situation.standing_passes
            else "passes.over",
            (Named("subject", f"{each.exam}/{each.subject}"), each.year),
        )
        for each in situation.passes
    )
    card = Card("status", "passes.title", rows)
    if earlier is not None and earlier.reason is not None:
        return (card, Warned("work_years", (earlier.reason,)))
    return (card,)


def status(situation: Situation, place: Place) -> Card:
    """Make the status card: where, what waits, each verification item, the next deadline."""
    rows = [Row("status.step", Named("step", place.step.id))]
    for item, state in situation.statuses.items():
        if "academic.submit" in situation.dossier:
            rows.append(Row(f"item.{generic(item)}", Named("word", f"status.{state}")))
    if situation.results_at is not None and situation.pending:
        rows.append(Row("status.come-back", situation.results_at))
    ahead = next_deadline(situation)
    if ahead is not None:
        rows.append(Row(f"plan.{ahead.key}", ahead.at))
    rows += [
        Row(f"step.{step}", problem)
        for step, problem in place.passed.items()
        if ORDER.index(step) < ORDER.index(place.step.id)
    ]
    return Card("status", "status.title", tuple(rows))


def telling(step: str) -> Said:
    """Return what is said on entering a step."""
    return Said(f"tell.{step}", {"item": BY_ID[step].item})
