"""Tells what time and the offices did in a lesson, in one sentence."""

from __future__ import annotations

from assistant.conversation.wording import Wording
from assistant.lessons.acts import Decided, Moved, Paid, Penalised
from assistant.lessons.moments import Moment
from flows.verdict import Named


def happened(moment: Moment, wording: Wording) -> str:
    """Say what somebody else than the candidate did; nothing where it was the candidate."""
    match moment.act:
        case Moved(to):
            return wording.text("lesson.moved", {"to": to})
        case Decided(decision, reason):
            return wording.text(f"lesson.decided.{decision}", {"reason": reason})
        case Paid():
            return wording.text("lesson.paid")
        case Penalised(measure, reason):
            named = Named("word", f"measure.{measure}")
            return wording.text("lesson.penalised", {"measure": named, "reason": reason, "at": moment.at})
        case _:
            return ""
