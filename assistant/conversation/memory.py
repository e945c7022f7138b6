"""What a conversation remembers beside the dossier."""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.conversation import changing, choosing, claiming, reporting, resuming
from assistant.conversation.messages import Message
from flows import challenge


@dataclass
class Memory:
    """What the conversation remembers beside the dossier; none of it is needed to resume.

    Attributes:
        told: Steps whose text has been said.
        mode: What is under way instead of the journey's own question: a correction, a resume, a choice.
        drafts: What was typed and refused, by key: it stands in the field again.
        challenge: The verification code that stands.
        last_item: The item that the last answer came from, or that was shown last.
        weak: How many questions in a row found no sure answer.
        near: The items that came nearest to the last of them.
        standing: What was shown last to be checked, or while one waits.
    """

    told: set[str] = field(default_factory=set)
    mode: changing.Mode | resuming.Mode | choosing.Mode | claiming.Mode | reporting.Mode | None = None
    drafts: dict[str, str] = field(default_factory=dict)
    challenge: challenge.Challenge | None = None
    last_item: int | None = None
    weak: int = 0
    near: tuple[int, ...] = ()
    standing: list[Message] = field(default_factory=list)
