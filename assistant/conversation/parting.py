"""Takes apart a line that holds an answer and a question: "yes, and is the fee refundable?"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.conversation import changing, choosing, digressing
from assistant.conversation.inputs import Text
from assistant.conversation.messages import Message, Prompt, Said
from flows.steps.model import Ask

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn

_BREAK = re.compile(r"\s*[,，;；。!！\n]+\s*|\.\s+|\s+(?=(?:and|but)\s)", re.IGNORECASE)
_JOINED = re.compile(
    r"^(?:(?:and|but|also|then|so)\b[,\s]*)+|^(?:不过|但是?|那么?|可是|另外|还有|然后)[,，\s]*", re.IGNORECASE
)
_MOST_BREAKS = 4

DECIDING = frozenset({"adopt_commitment"})
"""Answers with legal effect beside those of :func:`_stands_alone`: they are given by themselves."""


def parts(typed: str, language: str) -> Iterator[tuple[str, str]]:
    """Return each way to see a line as an answer and, after it, a question.

    Args:
        typed: What was typed.
        language: The language of the conversation.
    """
    from assistant.answers import looks_like_question

    for number, found in enumerate(_BREAK.finditer(typed)):
        if number == _MOST_BREAKS:
            return
        head, tail = typed[: found.start()].strip(), typed[found.end() :].strip()
        if not head or looks_like_question(head, language):
            # What begins as a question is one to its end.
            return
        if looks_like_question(tail, language) or looks_like_question(_JOINED.sub("", tail), language):
            yield head, tail


def take(
    conversation: Conversation, turn: Turn, ask: Ask, prompt: Prompt, typed: str
) -> list[Message] | None:
    """Take the answer in a line and answer the question after it; ``None`` where it is not both.

    A confirmation, a signature and whatever cannot be undone is never taken from a line that asks something
    too: the question is answered, and the prompt stands.
    """
    for head, tail in parts(typed, conversation.language):
        if not _answers(conversation, ask, prompt, head, tail):
            continue
        if _stands_alone(ask, prompt):
            return [*digressing.question(conversation, turn, tail), Said("said.answer-alone")]
        taken = conversation.answer(turn, ask, prompt, Text(head))
        return [*taken, *digressing.question(conversation, turn, tail)]
    return None


def _stands_alone(ask: Ask, prompt: Prompt) -> bool:
    return (
        prompt.irreversible
        or ask.kind not in {"text", "choice"}
        or ask.act not in changing.CORRECTABLE
        or ask.key in DECIDING
        or ask.key.endswith(".confirm")
    )


def _answers(conversation: Conversation, ask: Ask, prompt: Prompt, head: str, tail: str) -> bool:
    """Whether the beginning of a line answers the prompt without any guess.

    Of what is typed freely only what has a form of its own counts, such as a number or an address: 您好 would
    pass as a name, and half a sentence as a school. A name may also begin a list that is asked about, so
    after a name more than a question mark has to ask: *Surveyor, town planner, all of them?* takes nothing.
    """
    if ask.kind in {"choice", "acknowledge"}:
        choice = choosing.exact(prompt, head, conversation.outside.content)
        return choice is not None and (choosing.is_short(head) or _asks(tail, conversation.language))
    if (
        ask.kind != "text"
        or prompt.suggest is not None
        or not any(sign.isdigit() or sign == "@" for sign in head)
    ):
        return False
    return choosing.judged(ask, prompt, Text(head), conversation.situation).ok


def _asks(tail: str, language: str) -> bool:
    from assistant.answers import looks_like_question

    said = tail.rstrip("?？ ")
    return any(looks_like_question(each, language) for each in (said, _JOINED.sub("", said)))
