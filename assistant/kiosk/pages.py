"""Where the messages of a turn stand on the full screen: on a page of their own, or beside the field."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.conversation.messages import Answered, Card, Document, Message, Objected, Prompt, Said

READ_TO_THE_END = frozenset({"application.read"})
"""Prompts whose answer comes alive at the end of the text above (FAQ 13.2)."""


def page_of(messages: Sequence[Message]) -> int | None:
    """Return which of a turn's messages begins a page of its own, or ``None``.

    A paper to read and a form to be checked stand alone, with the sentence that leads to them.
    """
    if any(isinstance(said, Answered) for said in messages):
        return None
    for n in reversed(range(len(messages))):
        said = messages[n]
        if isinstance(said, Card) and said.kind in {"waiting", "done"}:
            return n
        if isinstance(said, Document) or (isinstance(said, Card) and said.kind == "review"):
            before = messages[n - 1] if n else None
            return n - 1 if isinstance(before, Said) and before.text.startswith("tell.") else n
    return None


def by_field(said: Message, prompt: Prompt) -> bool:
    """Whether a message is said beside the field of ``prompt`` and not in the transcript."""
    return isinstance(said, Objected) and said.key == prompt.key
