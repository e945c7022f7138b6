"""What is said when a step is entered, and again when somebody asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation import acts, letters, overview, showing
from assistant.conversation.messages import Card, Message, Row, Said, Warned
from flows.journey import Place
from flows.roles import Role
from flows.steps import BY_ID
from flows.steps.model import Tell
from flows.verdict import Named

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation

REPEATED = frozenset({"application-choose", "signature", "manual-review", "application-pay", "applicability"})
"""Steps whose text holds what may have changed: it is said anew whenever the step is entered again."""

_DONE_BY = {"manual-review": "review.decision", "application-pay": "payment.receipt"}
"""What arrives from outside and ends a step."""

READ_IN = {"notice_read": "notice", "application.read": "application-read"}
"""Where a paper stands that somebody said to have read."""


def entering(conversation: Conversation, place: Place) -> list[Message]:
    """Say what is new on the way to this place, and show what is to be checked before the question."""
    memory = conversation.memory
    said: list[Message] = []
    memory.told -= {step for step in REPEATED if step not in place.visited}
    for step in place.visited:
        if step not in memory.told:
            memory.told.add(step)
            # Who comes back when it is done is not told to bring papers or to pay.
            if _DONE_BY.get(step, "") not in conversation.dossier:
                said += _told(conversation, step)
    standing = _standing(conversation, place)
    # Said again only when it has changed: after a question in the middle it would bury the answer.
    if standing != memory.standing:
        said += standing
    memory.standing = standing
    return said


def _worked(conversation: Conversation) -> list[Message]:
    """Say how the years were added up against the conditions, and what is not certain about it."""
    answer = conversation.situation.eligibility
    return [Warned("work_years", answer.reasons)] if answer and answer.reasons else []


def again(conversation: Conversation, place: Place) -> list[Message]:
    """Say the current step's text once more."""
    said = _told(conversation, place.step.id)
    return [*said, *_standing(conversation, place)]


def _standing(conversation: Conversation, place: Place) -> list[Message]:
    """Return what belongs to the prompt of this place: what to check before, or while one waits."""
    situation, code = conversation.situation, conversation.code or ""
    if place.ending is not None:
        ended: list[Message] = [Said(place.ending.text, place.ending.args)]
        ended += _worked(conversation) if place.ending.text == "ending.not-eligible" else []
        ended += showing.unmet(situation) if place.ending.text == "ending.review-failed" else []
        card = overview.done(place, situation, code)
    elif place.ask is None:
        ended, card = [], overview.waiting(place, situation, code)
    elif place.ask.key == "application.code":
        card = showing.work_sum(situation)
        return [*([card] if card else []), *_worked(conversation)]
    else:
        ended, card = [], showing.review(place.ask, situation)
    said: list[Message] = [*ended, *([card] if card else [])]
    if place.ask is not None and place.ask.key == "academic.submit":
        warnings = acts.academic_warnings(situation)
        said += [Warned("education", warnings)] if warnings else []
    return said


def _told(conversation: Conversation, step: str) -> list[Message]:
    said: list[Message] = [showing.telling(step)]
    for tell in BY_ID[step].tells(conversation.situation):
        said += _composed(conversation, tell)
    return said


def _composed(conversation: Conversation, tell: Tell) -> list[Message]:
    situation, outside = conversation.situation, conversation.outside
    match tell.show:
        case "scope":
            answer = situation.scope
            return [Warned("exam", (answer.reason,))] if answer else []
        case "notice-paper":
            return [letters.notice_paper(situation, outside)]
        case "commitment-letter":
            return [letters.commitment_letter(situation, outside, conversation.code or "")]
        case "column":
            return [showing.column(situation)]
        case "plan":
            card = showing.plan(situation)
            return [card] if card else []
        case "passes":
            return list(showing.passes(situation))
        case "route":
            return list(showing.route(situation))
        case "reasons":
            return list(showing.reasons(situation))
        case "slip":
            return [slip(conversation)]
        case "receipt":
            return [receipt(conversation)]
        case _:
            return [Said(tell.text, tell.args)]


def slip(conversation: Conversation) -> Card:
    """Make the payment slip: what to quote at the counter or online, and by when."""
    situation = conversation.situation
    office = situation.content.office(situation.dossier.text("province"))
    rows = [
        Row("slip.number", situation.dossier.text("payment.slip")),
        Row("fact.exam", Named("exam", situation.dossier.text("exam"))),
        Row("column.payment", Named("word", f"payment.{office.payment}" if office else "shown.unknown")),
        Row("column.telephone", office.telephone if office else Named("word", "shown.unknown")),
    ]
    if situation.window is not None:
        rows.append(Row("slip.pay-by", situation.window.pay_by))
    return Card("receipt", "slip.title", tuple(rows), warning=showing.sample_warning(situation))


def receipt(conversation: Conversation) -> Card:
    """Make the receipt of a paid registration."""
    known = conversation.situation.dossier
    paid = known.earlier("payment.receipt")
    # Who took the money tells how it came: at the counter a cashier, from the bank the system.
    method = "counter" if paid is not None and paid.role is Role.CASHIER else "online"
    rows = (
        Row("receipt.number", known.text("payment.receipt")),
        *((Row("receipt.paid", paid.at),) if paid is not None else ()),
        Row("receipt.method", Named("word", f"payment.method.{method}")),
        Row("slip.number", known.text("payment.slip")),
        Row("fact.exam", Named("exam", known.text("exam"))),
        Row("fact.province", Named("province", known.text("province"))),
        Row("receipt.reference", conversation.code or ""),
    )
    return Card("receipt", "receipt.title", rows)
