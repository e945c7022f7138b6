"""Takes a turn of the conversation off the event loop: it waits for the store and for password hashing."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass

from assistant.conversation.messages import Turn
from flows.verdict import Problem, RefusedError


@dataclass(frozen=True)
class Undone:
    """A turn that did not happen.

    Attributes:
        problem: Why; ``None`` where the reason is a fault of ours.
        reference: Where the log tells of that fault.
    """

    problem: Problem | None
    reference: str = ""


async def taken(turn: Callable[[], Turn], report: Callable[[BaseException], str]) -> Turn | Undone:
    """Take a turn in a thread.

    Nobody has to wait for it to its end: the store keeps it, and ``report`` tells of a fault all the same. A
    thread worker of the framework would not do: its thread remembers it, and so the whole page (8.2.8).

    Args:
        turn: Takes the turn.
        report: Logs a fault and returns its reference.
    """
    return await to_thread(_take, turn, report)


def _take(turn: Callable[[], Turn], report: Callable[[BaseException], str]) -> Turn | Undone:
    try:
        return turn()
    except RefusedError as refused:
        return Undone(Problem(refused.code, refused.arguments))
    except Exception as fault:  # noqa: BLE001 - whatever broke, the next person needs a screen that works
        return Undone(None, report(fault))
