"""A report of a false promise from within a journey, taken like any other, with a receipt (FAQ 15.3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Message, Objected, Prompt, Said
from flows import journey
from flows.text import clean
from flows.verdict import Problem

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn

ABOUT, CONTACT = "report.about", "report.contact"
NONE = frozenset({"none", "no", "没有", "无", "匿名"})
LONGEST_ABOUT, LONGEST_CONTACT = 1000, 100


@dataclass
class Mode:
    """Two questions: what happened, and how to reach whoever reports, which may stay open.

    Nothing that is said here is a fact of the registration: the report stands by itself, and nobody who
    handles the registration learns who reported.

    Args:
        about: What happened, once it is said.
    """

    about: str = ""

    def prompt(self, _: Conversation) -> Prompt:
        """Return the question that is open."""
        key = CONTACT if self.about else ABOUT
        return Prompt(key, "text", f"ask.{key}", help=f"help.{key}", example=f"example.{key}")

    def take(self, conversation: Conversation, turn: Turn, given: Input) -> list[Message]:
        """Take an answer as it is: what looks like a question is part of what happened."""
        key = CONTACT if self.about else ABOUT
        typed = clean(given.text).strip() if isinstance(given, Text) else ""
        if not typed:
            return [Objected(key, (Problem("report-empty"),))]
        most = LONGEST_CONTACT if self.about else LONGEST_ABOUT
        if len(typed) > most:
            return [Objected(key, (Problem("report-long", {"most": most}),))]
        if not self.about:
            conversation.memory.mode = Mode(typed)
            return []
        conversation.memory.mode = None
        contact = "" if typed.casefold() in NONE else typed
        number = turn.take_report(
            self.about, channel="journey", now=conversation.situation.now, contact=contact
        )
        return [Said("said.reported", {"number": number})]


def start(conversation: Conversation) -> list[Message]:
    """Begin to take a report; staff take theirs at the desk."""
    refusal = journey.may("confirm", conversation.outside.role)
    if refusal is not None:
        return [Objected("report", (refusal,))]
    conversation.memory.mode = Mode()
    return [Said("said.reporting")]
