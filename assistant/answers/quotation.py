"""Quotes what an answer cites, with the date and the source of what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.answers.search import Answer
from content.loader import Content
from content.schema import LaterRule


@dataclass(frozen=True)
class Quotation:
    """A paragraph of the notice as it is shown: never without its date and source (requirement P.8)."""

    item: int
    paragraph: str
    title: str
    text: str
    as_of: date
    source: str


def quote(content: Content, answer: Answer) -> tuple[Quotation, ...]:
    """Return the paragraphs that an answer cites, best first, in the language of the question."""
    pilot = content.editions["pilot"]
    found = []
    for item, id in answer.citations:
        paragraph = content.paragraph(id, answer.lang)
        if paragraph is not None:
            title = content.item(item, answer.lang).title
            found.append(Quotation(item, id, title, paragraph.text, pilot.begins, pilot.source))
    return tuple(found)


def later_rule(content: Content, answer: Answer, edition: str) -> LaterRule | None:
    """Return the rule that overrides what an answer cites, with its own date and source."""
    found = content.editions.get(edition)
    rules = found.later_rules if found else ()
    return next((rule for rule in rules if rule.id == answer.later_rule), None)
