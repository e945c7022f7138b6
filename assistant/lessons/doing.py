"""Does what is done in a lesson: on the conversation, the clock, or in the store as an office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.clock import SetClock
from assistant.conversation.messages import Turn
from assistant.lessons.acts import Act, Decided, Moved, Paid, Penalised
from assistant.staging import penalise, settle
from flows.permissions import Staff
from flows.roles import Role

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Records

CASHIER = Staff("classroom", frozenset({Role.CASHIER}))


def perform(act: Act, conversation: Conversation, records: Records, clock: SetClock) -> Turn:
    """Do it; where it fails half-way, the caller brings back what was.

    Raises:
        assistant.records.RecordsError: There is nothing to decide, to pay or to find, or it cannot be kept.
    """
    match act:
        case Moved(to):
            clock.set(to)
        case Decided(decision, reason):
            with records.turn() as turn:
                settle(turn, conversation.registration or "", decision, reason, clock.now())
        case Penalised(measure, reason):
            penalise(records, conversation.code or "", measure, reason, clock)
        case Paid():
            slip = conversation.dossier.text("payment.slip")
            with records.turn() as turn:
                turn.take_payment(slip, receipt="TRAINING-1", by=CASHIER, now=clock.now())
        case _:
            return conversation.take(act)
    return conversation.look()
