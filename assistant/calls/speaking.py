"""Puts a topic, or the place that was found, into the three voices: say, do, answers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.calls.locating import Found
from assistant.calls.searching import Topic
from assistant.conversation import showing
from assistant.conversation.blocks import Block, Line, Link, Pair, Part, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.wording import Wording
from content.calls import DeskContent, Likely, Voices
from content.schema import Bilingual
from flows.rules import deadlines
from flows.steps import BY_ID
from flows.text import clean
from flows.verdict import Arg, Named

_PLACE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Page:
    """What a call page shows of something.

    Args:
        title: What it is.
        say: What is read out to the caller.
        do: What staff do or look at.
        answers: The likely questions, each with where its answer stands.
    """

    title: str
    say: tuple[Block, ...]
    do: tuple[Block, ...]
    answers: tuple[Block, ...]


def page(topic: Topic, desk: DeskContent, wording: Wording) -> Page:
    """Put a topic into the three voices, in the language of ``wording``.

    Raises:
        KeyError: There is no such topic.
    """
    match topic.kind:
        case "step":
            return _step(desk.voices[topic.id], wording)
        case "symptom":
            return _symptom(topic.id, desk, wording)
        case "error":
            return _error(topic.id, desk, wording)
        case "exam":
            return _exam(topic.id, desk, wording)
        case _:
            return _item(topic.id, desk, wording)


def of_place(found: Found, desk: DeskContent, wording: Wording) -> Page:
    """Put a place into the three voices: where, what next, what to bring, by when, whom to call."""
    here = found.place.step.id
    voices = desk.voices[here]
    title = wording.text("calls.place", {"step": Named("step", here)})
    bring = [wording.message(each) for each in showing.reasons(found.ahead)] if found.ahead.reasons else []
    if not bring:
        bring = [_lines([wording.text("calls.no-review")])]
    do: list[Part] = []
    if found.assumed:
        facts: Arg = tuple(Named("fact", key) for key in found.assumed)
        do.append(Line(wording.text("calls.assumed", {"facts": facts}), "note"))
    if found.open:
        do.append(Line(wording.text("calls.ask-exam"), "warning"))
    do += [Line(each.said(wording.language)) for each in voices.do]
    when = []
    if not found.open and (plan := showing.plan(found.situation)) is not None:
        when.append(wording.message(plan))
    say = (_spoken(voices.say, wording), *bring, *when, *_contacts(found, wording))
    return Page(title, say, (Block("said", tuple(do)),), (_answers(voices.answers, wording),))


def _contacts(found: Found, wording: Wording) -> Iterable[Block]:
    """Name whom to call, and where verification is done, where the caller named the place."""
    known = found.situation.dossier
    province = next((each.value for each in found.facts if each.key == "province"), "")
    city = next((each.value for each in found.facts if each.key == "city"), "")
    office = wording.content.office(province)
    if office is None:
        return
    rows = [Pair(wording.text("calls.call"), office.telephone)]
    points = wording.content.points(known.text("province"), city) if city else ()
    rows += [Pair(wording.text("calls.points"), each.name.said(wording.language)) for each in points]
    parts: list[Part] = [*rows]
    if wording.content.offices.sample:
        parts.append(Line(wording.text("warning.sample"), "warning"))
    yield Block("card", tuple(parts))


def _step(voices: Voices, wording: Wording) -> Page:
    title = wording.text("calls.step", {"step": Named("step", voices.step)})
    return Page(
        title,
        (_spoken(voices.say, wording),),
        (_spoken(voices.do, wording),),
        (_answers(voices.answers, wording),),
    )


def _symptom(id: str, desk: DeskContent, wording: Wording) -> Page:
    symptom = desk.symptoms[id]
    say: list[Part] = [Line(each.said(wording.language)) for each in symptom.say]
    say += [Line(wording.text("calls.bring", {"said": Named("word", each)})) for each in symptom.bring]
    do: list[Part] = [Line(wording.text("calls.usually", {"said": symptom.usually.said(wording.language)}))]
    do += [Line(each.said(wording.language)) for each in symptom.do]
    do.append(_seen_at(symptom.step, wording))
    answers = (_passage(symptom.item, wording), _answers(desk.voices[symptom.step].answers, wording))
    title = symptom.name.said(wording.language)
    return Page(title, (Block("said", tuple(say)),), (Block("said", tuple(do)),), answers)


def _error(code: str, desk: DeskContent, wording: Wording) -> Page:
    step = desk.step_of[code]
    sentence = complaint(code, wording)
    do: list[Part] = [_seen_at(step, wording)]
    do += [
        Link(each.name.said(wording.language), Command("open", f"symptom:{each.id}"))
        for each in desk.symptoms.values()
        if code in each.problems
    ]
    do += [Line(each.said(wording.language)) for each in desk.voices[step].do]
    voices = desk.voices[step]
    return Page(
        sentence.partition("\n")[0],
        (_lines([sentence]),),
        (Block("said", tuple(do)),),
        (_answers(voices.answers, wording),),
    )


def complaint(code: str, wording: Wording) -> str:
    """Say an error as a caller sees it; what fills its places stands on their screen alone."""
    return _PLACE.sub("…", clean(wording.content.words[wording.language][f"problem.{code}"]))


def _exam(id: str, desk: DeskContent, wording: Wording) -> Page:
    exam, say = wording.content.exams[id], wording.language
    rows = []
    for level in exam.levels:
        subjects = tuple(Named("subject", f"{id}/{each}") for each in level.subjects)
        rows.append(Pair(level.name.said(say), wording.value(subjects)))
        if level.score_years is not None:
            rows.append(Pair("", wording.text("calls.score-years", {"years": level.score_years})))
    notes = _lines([each.said(say) for each in exam.uncertain])
    voices = desk.voices["scope"]
    return Page(
        exam.name.said(say),
        (Block("card", tuple(rows)),),
        (_spoken(voices.do, wording), notes),
        (_answers(voices.answers, wording),),
    )


def _item(id: str, desk: DeskContent, wording: Wording) -> Page:
    number = int(id.partition(".")[0])
    item = wording.content.item(number, wording.language)
    wanted = [each for each in item.paragraphs if "." not in id or each.id == id]
    steps = [each for each in BY_ID.values() if each.item == number]
    likely = [each for step in steps for each in desk.voices[step.id].answers]
    return Page(
        clean(item.title),
        tuple(_passage(each.id, wording) for each in wanted),
        (Block("said", tuple(_seen_at(step.id, wording) for step in steps)),),
        (_answers(likely, wording),),
    )


def deadline(found: Found) -> deadlines.Milestone | None:
    """Return the next date that the caller has to keep, where examination and province were said."""
    return None if found.open else showing.next_deadline(found.situation)


def _seen_at(step: str, wording: Wording) -> Link:
    said = wording.text("calls.seen-at", {"step": Named("step", step)})
    return Link(said, Command("open", f"step:{step}"))


def _answers(listed: Iterable[Likely], wording: Wording) -> Block:
    parts: list[Part] = []
    for likely in listed:
        question = likely.question.said(wording.language)
        if likely.paragraph is not None:
            said = f"{question} {wording.text('calls.notice', {'paragraph': likely.paragraph})}"
            parts.append(Link(said, Command("open", f"item:{likely.paragraph}")))
        else:
            parts += [Line(question), Line(wording.text("calls.not-said"), "note")]
    return Block("said", tuple(parts))


def _passage(paragraph: str, wording: Wording) -> Block:
    found = wording.content.paragraph(paragraph, wording.language)
    assert found is not None, paragraph
    source = wording.text("calls.notice", {"paragraph": paragraph})
    return Block("answered", (Quote(source, clean(found.text)),), variant="passage")


def _spoken(said: Iterable[Bilingual], wording: Wording) -> Block:
    return _lines([each.said(wording.language) for each in said])


def _lines(said: Iterable[str]) -> Block:
    return Block("said", tuple(Line(clean(each)) for each in said))
