"""The field that people type into."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import Input

from flows.text import MOST_CHARACTERS, clean, cut, first_line, hidden_count


class Composer(Input, inherit_bindings=False):
    """A line to type into, made safe for names, pastes and input methods.

    It has no clipboard keys: what one person cuts, the next one could paste.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "cursor_left", show=False),
        Binding("right", "cursor_right", show=False),
        Binding("home,ctrl+a", "home", show=False),
        Binding("end,ctrl+e", "end", show=False),
        Binding("backspace", "delete_left", show=False),
        Binding("delete", "delete_right", show=False),
        Binding("ctrl+w", "delete_left_word", show=False),
        Binding("ctrl+u", "delete_left_all", show=False),
        Binding("enter", "submit", show=False),
    ]

    @dataclass
    class Pasted(Message):
        """Something was pasted, and this much of it was left out.

        Args:
            lines: Lines after the first that held anything.
            beyond: Characters beyond what a field takes.
            hidden: Characters that cannot be seen.
        """

        lines: int
        beyond: int
        hidden: int

    @dataclass
    class DigitPressed(Message):
        """A digit was pressed in the empty field while digits pick."""

        number: int

    @dataclass
    class NumberTyped(Message):
        """A number of the list was typed that no further digit could make another one of it."""

        number: int

    @dataclass
    class SpacePressed(Message):
        """Space was pressed in the empty field while it ticks."""

    digits_pick: bool = False
    """Whether a digit in the empty field picks an option instead of being typed."""
    numbers: int = 0
    """How long a list is from which a number picks as soon as it is whole; 0 where none does."""
    space_ticks: bool = False
    """Whether space in the empty field ticks an option."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__(id="composer", select_on_focus=False, compact=True)
        self.cursor_blink = False

    def put(self, text: str) -> None:
        """Put a text into the field, the caret behind it."""
        self.value = text
        self.cursor_position = len(text)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where an input method opens its window; the framework's is a cell too far at the end (8.2.8)."""
        x, y, _width, _height = self.content_region
        return Offset(x + self._position_to_cell(self.cursor_position) - self.scroll_offset.x, y)

    def _position_to_cell(self, position: int) -> int:
        # A hidden character is drawn as one dot, however wide it is.
        return position if self.password else super()._position_to_cell(position)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether a key types something."""
        return character is not None and _types(character)

    async def _on_key(self, event: events.Key) -> None:
        # A commit of an input method comes as one key with all of its text.
        character = "".join(filter(_types, event.character or ""))
        if not character:
            return
        event.stop()
        event.prevent_default()
        self.take(character)

    def take(self, character: str) -> None:
        """Take a character that was typed, on whichever keyboard: it picks, ticks or stands in the field."""
        if not self.value and self.digits_pick and character in set("123456789"):
            self.post_message(self.DigitPressed(int(character)))
        elif not self.value and self.space_ticks and character == " ":
            self.post_message(self.SpacePressed())
        else:
            self.insert_text_at_cursor(cut(character, max(0, MOST_CHARACTERS - len(self.value)))[0])
            if self.numbers and re.fullmatch("[1-9][0-9]{0,2}", self.value):
                number = int(self.value)
                if number <= self.numbers < number * 10:
                    self.post_message(self.NumberTyped(number))

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        line, lines = first_line(event.text)
        kept, beyond = cut(clean(line), max(0, MOST_CHARACTERS - len(self.value)))
        self.insert_text_at_cursor(kept)
        self.post_message(self.Pasted(lines, beyond, hidden_count(line)))


def _types(character: str) -> bool:
    """Whether a character is one to type.

    Python 3.11 calls the ideographs of Extensions H and I unassigned and so not printable; they are names.
    """
    return character.isprintable() or all(
        unicodedata.category(each) == "Cn" and 0x20000 <= ord(each) <= 0x3FFFD for each in character
    )
