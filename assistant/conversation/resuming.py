"""Going on with a registration: its code, then a second secret; the same words for any failure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Message, Objected, Prompt, Said
from flows import text
from flows.verdict import Arg, Problem

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn


@dataclass(frozen=True)
class Mode:
    """Asks for the code, then for the PIN or the password."""

    code: str = ""

    def prompt(self, _: Conversation) -> Prompt:
        """Return the prompt that stands."""
        if not self.code:
            return Prompt(
                "resume.code",
                "text",
                "ask.resume.code",
                help="help.resume.code",
                example="example.resume.code",
            )
        return Prompt("resume.secret", "secret", "ask.resume.secret", help="help.resume.secret", private=True)

    def take(self, conversation: Conversation, turn: Turn, given: Input) -> list[Message]:
        """Take the code or the secret."""
        key = "resume.secret" if self.code else "resume.code"
        if not isinstance(given, Text) or not given.text.strip():
            return [Objected(key, (Problem("empty"),))]
        if not self.code:
            code = text.field(given.text).upper().replace(" ", "")[:40]
            if not code:
                return [Objected(key, (Problem("empty"),))]
            conversation.memory.mode = Mode(code)
            return []
        found = turn.resume(self.code, given.text, now=conversation.situation.now)
        if found.registration is None:
            conversation.memory.mode = Mode()
            args: dict[str, Arg] = {"until": found.wait_until} if found.wait_until else {}
            return [Objected(key, (Problem("resume-locked" if args else "resume-failed", args),))]
        conversation.memory.mode = None
        return go_on(conversation, turn, found.registration)


def go_on(conversation: Conversation, turn: Turn, registration: str) -> list[Message]:
    """Take up a registration where its facts say it is; earlier steps are not told again."""
    loaded = turn.load(registration)
    conversation.registration, conversation.code = loaded.registration, loaded.code
    conversation.dossier = loaded.dossier
    conversation.edition = conversation.outside.content.editions[loaded.edition]
    # What was half typed belongs to whoever sat here before.
    conversation.memory.drafts.clear()
    conversation.memory.challenge = None
    place = conversation.place()
    conversation.memory.told = set(place.visited) - {place.step.id}
    return [Said("said.resumed", {"code": loaded.code})]


def reload(conversation: Conversation, turn: Turn, code: str) -> list[Message]:
    """Take up the registration that a server has kept the place of; without one, begin anew."""
    registration = turn.find(code)
    if registration is None:
        return [Said("said.hello")]
    said = go_on(conversation, turn, registration)
    turn.note("reload", code, now=conversation.situation.now, role=conversation.outside.role)
    return said
