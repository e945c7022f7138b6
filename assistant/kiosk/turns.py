"""Whose turn it is, and turns off the event loop: they wait for the store and for password hashing."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from textual.message import Message
from textual.screen import Screen

from assistant.conversation.inputs import Command, Input
from assistant.conversation.messages import Turn
from assistant.conversation.protocol import Conversation
from assistant.kiosk.faults import report
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


async def taken(turn: Callable[[], Turn]) -> Turn | Undone:
    """Take a turn in a thread.

    Nobody has to wait for it to its end: the store keeps it, and the log tells of a fault all the same. A
    thread worker of the framework would not do: its thread remembers it, and so the whole page (8.2.8).
    """
    return await to_thread(_take, turn)


def _take(turn: Callable[[], Turn]) -> Turn | Undone:
    try:
        return turn()
    except RefusedError as refused:
        return Undone(Problem(refused.code, refused.arguments))
    except Exception as fault:  # noqa: BLE001 - whatever broke, the next person needs a screen that works
        return Undone(None, report(fault))


@dataclass
class Advanced(Message):
    """A turn came back."""

    turn: Turn
    given: Input | None


@dataclass
class Failed(Message):
    """A turn did not happen; ``problem`` is ``None`` where the reason is a fault of ours."""

    problem: Problem | None
    reference: str
    given: Input | None


@dataclass
class Turns:
    """The conversation behind a screen: one input at a time; commands wait for the one under way.

    What comes of a turn is posted to the screen as :class:`Advanced` or :class:`Failed`.

    Attributes:
        screen: What hears of the turns.
        conversation: The conversation, once it is open.
        last: The last turn.
        gone: Whether the person has gone: nothing is begun or drawn any more.
    """

    screen: Screen[None]
    conversation: Conversation | None = None
    last: Turn | None = None
    gone: bool = False
    _under_way: bool = False
    _waiting: list[Command] = field(default_factory=list)

    @property
    def reference(self) -> str | None:
        """The code to come back with, once there is one."""
        return self.last.reference if self.last is not None else None

    @property
    def over(self) -> bool:
        """Whether there is nothing to go on with: nothing was opened, or all is said."""
        return self.last is None or self.last.finished

    def open(self, begin: Callable[[], Conversation], going_on: str = "") -> None:
        """Begin a conversation, or go on with the registration of a code."""

        def opening() -> Turn:
            conversation = self.conversation = begin()
            return conversation.go_on(going_on) if going_on else conversation.open()

        if not self.gone:
            self._begin(opening, None)

    def send(self, given: Input) -> bool:
        """Put in one input; return whether its turn has begun."""
        if self._under_way or self.conversation is None:
            if isinstance(given, Command):
                self._waiting.append(given)
            return False
        self._begin(partial(self.conversation.take, given), given)
        return True

    def came(self, event: Advanced | Failed) -> bool:
        """Take note of what came of a turn; return whether anybody is there to hear of it."""
        self._under_way = False
        if self.gone:
            return False
        if isinstance(event, Advanced):
            self.last = event.turn
            return True
        self._waiting.clear()
        if self.last is None:
            # Nothing could be opened: the only way is back to the start.
            self.conversation = None
        return True

    def next(self) -> Command | None:
        """Take out the command that has waited longest."""
        return self._waiting.pop(0) if self._waiting else None

    def forget(self) -> None:
        """Let go of the person: a turn still under way is kept by the store and drawn nowhere."""
        self.gone = True
        self.conversation, self.last = None, None
        self._waiting.clear()

    def _begin(self, turn: Callable[[], Turn], given: Input | None) -> None:
        self._under_way = True
        self.screen.run_worker(self._work(turn, given), group="turn", exit_on_error=False)

    async def _work(self, turn: Callable[[], Turn], given: Input | None) -> None:
        came = await taken(turn)
        if isinstance(came, Undone):
            self.screen.post_message(Failed(came.problem, came.reference, given))
        else:
            self.screen.post_message(Advanced(came, given))
