"""Paid, but shown unpaid: the candidate says when and by which number, and nobody pays twice (P.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.conversation import digressing
from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Message, Objected, Prompt, Said
from assistant.services.payment import LONGEST_NUMBER, read_day
from flows import journey
from flows.text import field
from flows.verdict import Problem

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn

DAY, REFERENCE = "claim.day", "claim.reference"


@dataclass
class Mode:
    """Two questions: the day of the payment, and the bank's number of it.

    Args:
        day: The day, once it is said.
    """

    day: date | None = None

    def prompt(self, _: Conversation) -> Prompt:
        """Return the question that is open."""
        key = DAY if self.day is None else REFERENCE
        return Prompt(key, "text", f"ask.{key}", help=f"help.{key}", example=f"example.{key}")

    def take(self, conversation: Conversation, turn: Turn, given: Input) -> list[Message]:
        """Take an answer; after the second one the office that clears payments has it before it."""
        key = DAY if self.day is None else REFERENCE
        if not isinstance(given, Text):
            return [Objected(key, (Problem("nothing-to-answer"),))]
        aside = digressing.aside(conversation, turn, self.prompt(conversation), given.text)
        if aside is not None:
            return aside
        if self.day is None:
            return self._day(conversation, given.text)
        return self._reference(conversation, turn, field(given.text), self.day)

    def _day(self, conversation: Conversation, typed: str) -> list[Message]:
        day, today = read_day(field(typed)), conversation.situation.today
        if day is None:
            return [Objected(DAY, (Problem("claim-day"),))]
        if day > today:
            return [Objected(DAY, (Problem("claim-day-ahead", {"today": today}),))]
        conversation.memory.mode = Mode(day)
        return []

    def _reference(self, conversation: Conversation, turn: Turn, typed: str, day: date) -> list[Message]:
        if not typed or len(typed) > LONGEST_NUMBER:
            return [Objected(REFERENCE, (Problem("claim-reference", {"most": LONGEST_NUMBER}),))]
        conversation.memory.mode = None
        assert conversation.registration is not None
        reference = "" if typed.casefold() in {"none", "no", "没有", "无"} else typed
        turn.claim_payment(
            conversation.registration, day=day, reference=reference, now=conversation.situation.now
        )
        return [Said("said.claimed", conversation.situation.exam_and_province)]


def start(conversation: Conversation) -> list[Message]:
    """Begin to take the candidate's word that they paid; staff never speak for a candidate."""
    refusal = journey.may("confirm", conversation.outside.role)
    if refusal is not None:
        return [Objected("claim", (refusal,))]
    conversation.memory.mode = Mode()
    return [Said("said.claiming")]
