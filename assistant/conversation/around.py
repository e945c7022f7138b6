"""What stands around an answer: the topic that has none, what is near to it, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation import applying
from assistant.conversation.messages import Answered, Citation

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.conversation.engine import Conversation

AT_ONCE = 2
"""How many items are offered beside an honest no; after a second one in a row it is all that are near."""

MOST_NEAR = 3
"""How many items are offered to somebody who asked twice without a sure answer."""

TYPED_FREELY = frozenset(
    {"name", "id_number", "mobile", "email", "school", "major", "certificate", "work_years"}
)
"""Last parts of the keys of what a person typed of themselves; the rest was picked from lists."""


def answer(conversation: Conversation, asked: str, found: Answer) -> Answered:
    """Make the message of what was found for a question, and remember what came of it.

    Args:
        conversation: Whose province names the telephone; two questions in a row without a sure answer are
            told from one.
        asked: The question as it is shown.
        found: What the notice has for it.
    """
    memory = conversation.memory
    more = _going_on(conversation, asked) if found.status != "answered" else None
    before, found = (memory.last_item, more) if more else (None, found)
    citations = tuple(Citation(item, paragraph) for item, paragraph in found.citations)
    if found.status == "answered":
        note(conversation, found.faq[0])
        applies, citations = applying.first(conversation.situation, citations)
        return Answered(asked, "answered", citations, found.later_rule, going_on=before, applies=applies)
    _keep(conversation, found)
    near = tuple(dict.fromkeys((*found.suggestions, *memory.near)))
    memory.weak, memory.near = memory.weak + 1, found.suggestions
    office = conversation.outside.content.office(conversation.dossier.text("province"))
    topic = conversation.outside.answers.topic(found)
    return Answered(
        question=asked,
        status=found.status,
        citations=citations,
        later_rule=found.later_rule,
        contact=office.telephone if office else None,
        topic=topic if found.status == "unanswered" else None,
        nearest=() if found.status == "suggested" else _offered(memory.weak, found.suggestions, near),
        weak=memory.weak,
    )


def _going_on(conversation: Conversation, asked: str) -> Answer | None:
    """Answer "and for a degree?" from the item asked about before, where its words lead there."""
    from assistant.answers import going_on

    more, item = going_on(asked, conversation.language), conversation.memory.last_item
    if more is None or item is None:
        return None
    answers, edition = conversation.outside.answers, conversation.edition.id
    return answers.go_on(more, conversation.language, edition, item)


def _offered(weak: int, found: tuple[int, ...], near: tuple[int, ...]) -> tuple[int, ...]:
    """Offer a few at first, then the best of both questions; who asks on is better helped by telephone."""
    return {1: found[:AT_ONCE], 2: near[:MOST_NEAR]}.get(weak, ())


def _keep(conversation: Conversation, found: Answer) -> None:
    """Keep a question that found no answer for the owners of the content, with nothing of the person."""
    outside = conversation.outside
    if outside.misses is None:
        return
    from assistant.answers.missed import Miss

    private = [
        str(fact.value) for fact in conversation.dossier if fact.key.rpartition(".")[2] in TYPED_FREELY
    ]
    near = f"item {found.suggestions[0]}" if found.suggestions else ""
    outside.misses.keep(
        Miss(
            question=outside.answers.masked(found, private),
            language=found.lang,
            edition=conversation.edition.id,
            band=found.status,
            topic=found.decoy or near,
            day=outside.clock.now().date(),
        )
    )


def note(conversation: Conversation, item: int) -> None:
    """Remember the item that was found: what is asked next may go on from it."""
    memory = conversation.memory
    memory.last_item, memory.weak, memory.near = item, 0, ()
