"""Marks what a classroom hands out, so that nobody takes it for a paper of a registration."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from assistant.conversation.messages import Card, Message, Row
from flows.verdict import Named

MARK = Row("face.training.mark", Named("word", "face.training.paper"))
"""The first line of every slip, receipt and other card of a classroom; letters bear theirs in their text."""


def marked(said: Iterable[Message]) -> list[Message]:
    """Put the mark on every card among the messages."""
    return [
        replace(each, rows=(MARK, *each.rows)) if isinstance(each, Card) and MARK not in each.rows else each
        for each in said
    ]
