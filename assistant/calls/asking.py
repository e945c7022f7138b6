"""Answers a caller's own words from the notice, for the three voices; or says honestly that it does not."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answers import Answer, Answers, quote
from assistant.calls.speaking import Page
from assistant.conversation.blocks import Block, Line, Link, Part, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.wording import Wording
from flows.text import clean


def answered(question: str, answers: Answers, edition: str, wording: Wording) -> Page:
    """Answer a question from the notice.

    Args:
        question: What the caller asks, in their words.
        answers: The search.
        edition: Id of the edition whose later rules count.
        wording: The language of the desk; the notice is quoted in it whatever language was asked in.
    """
    found = answers.ask(question, wording.language, edition)
    say = wording.text
    if found.status == "answered":
        return Page(say("calls.asked", {"question": clean(found.question)}), *_told(found, edition, wording))
    lead: list[Part] = []
    topic = answers.topic(found)
    if found.status == "suggested":
        lead.append(Line(say("answer.suggested")))
    else:
        if topic is not None:
            lead.append(Line(say("answer.not-said", {"topic": topic.said(wording.language)})))
        lead.append(Line(say("answer.unanswered")))
    nearest = Block("said", tuple(_near(found, wording)))
    do = Block("said", (Line(say("calls.no-answer-do")),))
    return Page(
        say("calls.asked", {"question": clean(found.question)}),
        (Block("said", tuple(lead)),),
        (do,),
        (nearest,),
    )


def _told(
    found: Answer, edition: str, wording: Wording
) -> tuple[tuple[Block, ...], tuple[Block, ...], tuple[Block, ...]]:
    content = wording.content
    quoted = [
        Quote(
            wording.text("calls.notice", {"paragraph": each.paragraph}),
            clean(paragraph.text),
        )
        for each in quote(content, found)
        if (paragraph := content.paragraph(each.paragraph, wording.language)) is not None
    ]
    rules = content.editions[edition].later_rules
    rule = next((each for each in rules if each.id == found.later_rule), None)
    do: list[Part] = [Line(wording.text("calls.answered-do"))]
    if rule is not None:
        do.append(Line(rule.text.said(wording.language), "warning"))
    return (
        (Block("answered", tuple(quoted), variant="passage"),),
        (Block("said", tuple(do)),),
        (Block("said", tuple(_near(found, wording))),),
    )


def _near(found: Answer, wording: Wording) -> Iterator[Part]:
    items = found.suggestions if found.status != "answered" else found.faq
    if items:
        lead = "calls.see-also" if found.status == "answered" else "answer.nearest"
        yield Line(wording.text(lead))
    for number in items:
        title = clean(wording.content.item(number, wording.language).title)
        source = wording.text("calls.notice", {"paragraph": str(number)})
        yield Link(f"{title} {source}", Command("open", f"item:{number}"))
