"""A call as a value: what was looked at, what is known, what is being typed. Holding it is keeping it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assistant.calls.facts import Facts, changed, marked, without
from assistant.calls.searching import Topic


@dataclass(frozen=True)
class Call:
    """One call.

    Args:
        reference: What the caller may quote.
        trail: What was looked at, in order; the last is on the screen.
        typed: What stands in the search field.
        facts: What the caller said of themselves.
        seen: All that was looked at, also what was gone back from: the note names it.
    """

    reference: str
    trail: tuple[Topic, ...] = ()
    typed: str = ""
    facts: Facts = ()
    seen: tuple[Topic, ...] = ()

    @property
    def shown(self) -> Topic | None:
        """What is on the screen."""
        return self.trail[-1] if self.trail else None

    def open(self, topic: Topic) -> Call:
        """Look at something; what is on the screen already is not looked at twice."""
        if topic == self.shown:
            return self
        return replace(self, trail=(*self.trail, topic), seen=(*self.seen, topic), typed="")

    def back(self) -> Call:
        """Go back to what was looked at before."""
        return replace(self, trail=self.trail[:-1])

    def touched(self, key: str, act: str) -> Call:
        """Do something with a fact; without any, there is no place of the caller to go back to.

        Args:
            key: The key of the fact.
            act: ``mark`` for the next mark, ``remove``, or ``change`` for the next of its values.
        """
        do = {"mark": marked, "remove": without, "change": changed}[act]
        facts = do(self.facts, key)
        trail = self.trail if facts else tuple(each for each in self.trail if each.kind != "place")
        return replace(self, facts=facts, trail=trail)


@dataclass(frozen=True)
class Line:
    """The calls at a desk: the one that is spoken to comes first, the others are on hold."""

    calls: tuple[Call, ...]

    @property
    def now(self) -> Call:
        """The call that is spoken to."""
        return self.calls[0]

    def changed(self, call: Call) -> Line:
        """Return the line with the call of now as it has become."""
        return Line((call, *self.calls[1:]))

    def taken(self, call: Call) -> Line:
        """Take a new call; the one before it is on hold."""
        return Line((call, *self.calls))

    def switched(self) -> Line:
        """Speak to the call that has been on hold longest."""
        return Line((self.calls[-1], *self.calls[:-1]))

    def ended(self) -> Line:
        """End the call of now; the last one stays."""
        return Line(self.calls[1:]) if len(self.calls) > 1 else self
