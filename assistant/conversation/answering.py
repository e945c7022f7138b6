"""Puts the answer to a question into words: what is cited, or an honest no with what is near to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation.blocks import Block, Line, Link, Part, Quote
from assistant.conversation.inputs import Command
from assistant.conversation.messages import Answered, Citation
from content.schema import LaterRule
from flows.text import clean
from flows.verdict import Arg

if TYPE_CHECKING:
    from assistant.conversation.wording import Wording

ASKED_ON = 3
"""From this many questions in a row without a sure answer on, the telephone comes first."""


def answer(message: Answered, wording: Wording) -> Block:
    """Put an answer into words."""
    made = _answered if message.status == "answered" else _not_answered
    parts = made(message, wording)
    return Block("answered", tuple(parts), clean(message.question), message.status)


def _answered(message: Answered, wording: Wording) -> list[Part]:
    before = Line(wording.text("answer.going-on", {"item": message.going_on or 0}), "note")
    lead: list[Part] = [before] if message.going_on is not None else []
    lead += [Line(wording.text(each.text, each.args)) for each in message.applies]
    parts = [quote for each in message.citations if (quote := _quote(each, wording)) is not None]
    return [*lead, *parts, *_later(message, wording), *_whole_items(message, wording)]


def _not_answered(message: Answered, wording: Wording) -> list[Part]:
    contact = _contact(message, wording)
    honest: list[Part] = []
    if message.status == "unanswered":
        said = {"topic": message.topic.said(wording.language)} if message.topic else {}
        honest.append(Line(wording.text("answer.not-said" if said else "face.unanswered", said)))
    more = _later(message, wording)
    picks = _picks([each.item for each in message.citations] or message.nearest, wording)
    if picks:
        lead = "face.suggested" if message.status == "suggested" else "answer.nearest"
        more += [Line(wording.text("answer.best" if message.weak == ASKED_ON - 1 else lead)), *picks]
    return [*honest, contact, *more] if message.weak >= ASKED_ON else [*honest, *more, contact]


def _contact(message: Answered, wording: Wording) -> Line:
    """Name the telephone, or say how to get it; to somebody who asks on it is what helps, and no aside."""
    on = message.weak >= ASKED_ON
    if message.contact:
        said = wording.text("answer.call" if on else "face.contact", {"telephone": message.contact})
    else:
        said = wording.text("face.no-contact")
    return Line(said, "plain" if on else "note")


def _later(message: Answered, wording: Wording) -> list[Part]:
    rules = (rule for edition in wording.content.editions.values() for rule in edition.later_rules)
    later: LaterRule | None = next((rule for rule in rules if rule.id == message.later_rule), None)
    if later is None:
        return []
    origin: dict[str, Arg] = {"date": later.date, "source": later.source}
    return [
        Line(wording.text("face.later-rule"), "warning"),
        Quote(wording.text("face.later-rule-source", origin), clean(later.text.said(wording.language))),
    ]


def _picks(items: list[int] | tuple[int, ...], wording: Wording) -> list[Part]:
    found: list[Part] = []
    for number in dict.fromkeys(items):
        title = wording.content.item(number, wording.language).title
        said = wording.text("face.whole-item", {"item": number, "title": title})
        found.append(Link(said, Command("item", str(number))))
    return found


def _whole_items(message: Answered, wording: Wording) -> list[Part]:
    """Offer each cited item whole, unless all of it stands there already."""
    cited = {each.paragraph for each in message.citations}
    items = [
        each.item
        for each in message.citations
        if not {known.id for known in wording.content.item(each.item, wording.language).paragraphs} <= cited
    ]
    return _picks(items, wording)


def _quote(citation: Citation, wording: Wording) -> Quote | None:
    found = wording.content.paragraph(citation.paragraph, wording.language)
    if found is None:
        return None
    place: dict[str, Arg] = {"item": citation.item, "paragraph": citation.paragraph}
    return Quote(wording.text("face.citation", place), clean(found.text))
