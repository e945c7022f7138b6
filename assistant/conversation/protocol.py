"""What a face needs of a conversation; the engine has it, and so has a scripted one in a test."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, Protocol

from assistant.conversation.inputs import Input
from assistant.conversation.messages import Message, Turn

if TYPE_CHECKING:
    from assistant.conversation.academic_form import RecordsSheet


class Conversation(Protocol):
    """One person at one terminal. A turn may be slow: it waits for the store and for password hashing."""

    language: str
    """The language that it speaks now."""

    @property
    def transcript(self) -> Sequence[Message]:
        """All messages so far, those of opening included."""
        ...

    def open(self) -> Turn:
        """Say hello and stand at the first prompt."""
        ...

    def go_on(self, code: str) -> Turn:
        """Go on with a registration, without its second secret, for whom a server has kept the place."""
        ...

    def take(self, given: Input) -> Turn:
        """Take one input.

        Raises:
            flows.verdict.RefusedError: Nothing of the turn happened; the same prompt still stands.
        """
        ...

    def records(self) -> RecordsSheet:
        """Return what stands on the form of all academic records now; nothing changes by it."""
        ...


Mode = Literal["register", "resume"]

Start = Callable[[str, Mode], Conversation]
"""What begins a conversation: given a language and what the person came for."""
