"""Turns what a person did at the terminal into the framework's events."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from textual import events, messages
from textual._xterm_parser import XTermParser
from textual.message import Message

from assistant.kiosk.intake import Pasted, Pressed, Surplus, Token, Typed

FEW = 4
"""Characters that are still single keys: a digit picks and a space ticks. More is one commit of text."""

TYPED = "typed"
"""The key of a commit; its character is the whole text."""

_MOUSE = re.compile("\x1b\\[<([0-9]{1,3});([0-9]{1,4});([0-9]{1,4})[Mm]")
_MOST_BUTTON = 127
"""Codes above this are side buttons, which the framework (8.2.8) takes for the left one."""

_SYNCHRONISES = re.compile("\x1b\\[\\?2026;[1-4]\\$y")


class LinesLeft(events.Event, bubble=False):
    """Lines came in one go behind the first and were not taken."""

    def __init__(self, lines: int) -> None:
        """Say how many."""
        super().__init__()
        self.lines = lines


class Keyboard:
    """Knows the keys of terminals, by the framework's table, and lets through nothing else.

    Of the answers of a terminal only one is heard, that it can draw a frame at once. The others would do harm
    where they are made up: a size of 99999999 columns, a place of the cursor that moves all clicks, a loss of
    focus after which no key arrives (all 8.2.8).
    """

    def __init__(self, size: Callable[[], tuple[int, int]], old_mouse: Callable[[], None]) -> None:
        """Begin.

        Args:
            size: Says the columns and lines of the terminal; a mouse outside is not believed.
            old_mouse: Called when the terminal reports the mouse in a way that it was told not to use: it was
                built anew under the app, as on attaching to tmux, and has forgotten its modes (issue 6668).
        """
        self._size, self._old_mouse = size, old_mouse
        self._parser = XTermParser()

    def events(self, token: Token) -> Iterator[Message]:
        """Return the events of one token, none where it means nothing here."""
        match token:
            case Typed(text) if len(text) > FEW:
                yield events.Key(TYPED, text)
            case Typed(text):
                for character in text:
                    yield from self._parser._sequence_to_key_events(character)
            case Pasted(text):
                yield events.Paste(text)
            case Surplus(lines):
                yield LinesLeft(lines)
            case Pressed(sequence):
                yield from self._pressed(sequence)

    def _pressed(self, sequence: str) -> Iterator[Message]:
        if (mouse := _MOUSE.fullmatch(sequence)) is not None:
            button, x, y = (int(each) for each in mouse.groups())
            width, height = self._size()
            if button <= _MOST_BUTTON and 1 <= x <= width and 1 <= y <= height:
                event = self._parser.parse_mouse_code(sequence)
                if event is not None:
                    yield event
        elif sequence.startswith("\x1b[M"):
            self._old_mouse()
        elif _SYNCHRONISES.fullmatch(sequence) is not None:
            yield messages.TerminalSupportsSynchronizedOutput()
        else:
            for key in self._parser._sequence_to_key_events(sequence):
                if len(sequence) > 1 and key.character is not None:
                    # The framework types a sign for Alt and a digit, as one keyboard of one system does.
                    yield events.Key(f"alt+{sequence[1:]}", None)
                else:
                    yield key
