"""Going back to the question before, and saying beforehand what that would undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.conversation import changing
from assistant.conversation.messages import Message, Objected, Said
from assistant.conversation.naming import generic
from flows.dependencies import doubted_by
from flows.steps.model import Ask
from flows.verdict import Named, Problem

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn


def back(conversation: Conversation, turn: Turn) -> list[Message]:
    """Go to the question before: what was only taken note of is undone, an answer is asked again."""
    mode = conversation.memory.mode
    if mode is not None and not isinstance(mode, changing.Mode):
        conversation.memory.mode = None
        return [Said("said.cancelled")]
    ask = _before(conversation)
    if ask is None:
        return [Said("said.back-first")]
    reason = changing.locked(conversation, ask.key) or _done_for_good(conversation, ask)
    if reason is not None:
        conversation.memory.mode = None
        return [Objected(ask.key, (reason,))]
    said: list[Message] = [Said("said.back", {"fact": Named("fact", generic(ask.key))})]
    if ask.kind in {"acknowledge", "file"} or ask.act in {"sign", "check-signed-name"}:
        conversation.memory.mode = None
        undone = (ask.key, *doubted_by(conversation.dossier, ask.key))
        if "signature" in undone and "signature" in conversation.dossier:
            said.append(Said("said.unsigned"))
        conversation.doubt(turn, undone)
        return said
    conversation.memory.mode = changing.Mode(ask)
    return said


def _before(conversation: Conversation) -> Ask | None:
    """Return the last question that was answered before the one that stands."""
    place = conversation.place()
    mode = conversation.memory.mode
    current = mode.ask.key if isinstance(mode, changing.Mode) else place.ask.key if place.ask else None
    before: Ask | None = None
    for ask in changing.asks(conversation.situation, place.visited):
        if ask.key == current:
            break
        if ask.key in conversation.dossier and ask.act != "check-code":
            before = ask
    return before


def undone_by_back(conversation: Conversation) -> Said | None:
    """Say what going back would undo; ``None`` where it leads nowhere."""
    mode = conversation.memory.mode
    if mode is not None and not isinstance(mode, changing.Mode):
        return Said("undo.choice")
    ask = _before(conversation)
    if ask is None:
        return None
    if changing.locked(conversation, ask.key) or _done_for_good(conversation, ask):
        return Said("undo.locked")
    return Said("undo.fact", {"fact": Named("fact", generic(ask.key))})


def _done_for_good(conversation: Conversation, ask: Ask) -> Problem | None:
    once = {"account": "account-locked", "academic.submit": "record-locked", "photo.login": "back-login"}
    if ask.key not in once:
        return None
    return Problem(
        once[ask.key], {"fact": Named("fact", ask.key), **conversation.situation.exam_and_province}
    )
