"""The keyboard on the screen, for machines that have a touch screen only.

It types nothing itself: it says which key was pressed, and whoever has the field lets it take the keys as it
takes real ones. It never takes the focus, so the caret stays where it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from textual import events, work
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.widget import Widget

from assistant.conversation.linebreak import cells
from assistant.conversation.messages import Prompt
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.choices import Choices
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import ASCII, Glyphs
from assistant.widgets.keyboard_layout import (
    CANDIDATES,
    Cap,
    Density,
    Placed,
    density,
    folded,
    hit,
    layout_for,
    place,
    rows,
)
from assistant.widgets.keyboard_strokes import Board, Offer, pressed

_GROUNDS = {"type": "panel", "candidate": "panel", "enter": "primary"}
_LOOKS = {
    "panel": "$foreground on $panel",
    "primary": "$background on $primary bold",
    "surface": "$foreground on $surface",
}
_SIGNS = {"earlier": "<", "later": ">"}


FIT = 2
"""Options that always have room, with the line under each; of more, some may have to be leafed to."""


class Keyboard(Widget, can_focus=False):
    """Draws the keys and says which one was pressed; folded away it leaves one row."""

    DEFAULT_CSS = """
    Keyboard {
        width: 1fr;
        max-width: 108;
        height: auto;
        background: $background;
    }
    """

    @dataclass
    class Pressed(Message):
        """A key was pressed that does something outside the keyboard.

        Args:
            action: What it does: ``type``, ``enter``, ``backspace`` and the like in the field, or the id of a
                key of the screen.
            text: What it types.
        """

        action: str
        text: str

    class Loaded(Message):
        """The characters can be offered from now on."""

    def __init__(self, wording: Wording, glyphs: Glyphs, *, wanted: bool) -> None:
        """Begin folded away.

        Args:
            wording: The sentences.
            glyphs: The signs.
            wanted: Whether this machine has a keyboard on the screen at all.
        """
        super().__init__(id="keyboard")
        self._wording, self._glyphs = wording, glyphs
        self._board = Board()
        self._prompt: str | None = None
        self._masked = self._picking = self._typing = False
        self._open = False
        self._unwanted = False
        self._loading = self._ready = False
        self.display = wanted

    @property
    def open(self) -> bool:
        """Whether the keys are shown."""
        return self._open

    @property
    def board(self) -> Board:
        """The state of the keys."""
        return self._board

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The keys that are shown, each in its place in the content of the widget."""
        dense = density(self.screen.size.height)
        if not self._open:
            return place(folded(self._picking), self.content_size.width, Density(dense.lines, 0), top=0)
        keys = rows(
            self._board.layout,
            upper=self._board.shift != "off",
            candidates=self._offer().chars,
            masked=self._masked,
        )
        return place(keys, self.content_size.width, dense)

    def suit(self, prompt: Prompt, wording: Wording) -> None:
        """Show the layout that suits a prompt; the same prompt again keeps what is shown.

        Args:
            prompt: The prompt that stands.
            wording: The sentences.
        """
        self._wording = wording
        if self._prompt != prompt.key:
            self._prompt = prompt.key
            layout = layout_for(prompt, wording.language)
            self._board = Board(layout or "latin")
            self._typing = layout is not None
            self._open = self.display and layout is not None and not self._unwanted
        self._picking = len(prompt.options) > FIT
        self._masked = prompt.private or prompt.kind == "secret"
        self._show()

    def speak(self, wording: Wording) -> None:
        """Say the same in another language; the layout stays."""
        self._wording = wording
        self.refresh()

    def toggle(self) -> None:
        """Unfold; or fold away, where one would type also for the prompts to come."""
        if not self.display:
            return
        self._open = not self._open
        if self._typing:
            self._unwanted = not self._open
        self._show()

    def wipe(self) -> None:
        """Leave nothing behind."""
        self._board, self._prompt = Board(), None
        self._masked = self._picking = self._typing = self._open = self._unwanted = False
        self._show()

    # Pressing ------------------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key under the mouse: at once, as a finger that slips would press nothing by a click."""
        event.stop()
        offset = event.get_content_offset(self)
        cap = hit(self.placed, *offset) if offset is not None else None
        if cap is None:
            return
        self._board, stroke = pressed(self._board, cap, self._offer())
        if stroke is not None:
            self.post_message(self.Pressed(stroke.act, stroke.text))
        self._prepare()
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Keep the click for itself: the key was pressed already."""
        event.stop()

    def _offer(self) -> Offer:
        board = self._board
        if not board.composing or not self._ready:
            return Offer()
        # Imported here: its data takes 0.3 s, and a worker has loaded it.
        from flows.characters.pinyin import candidates, parted

        found = candidates(board.composing, CANDIDATES + 1, board.page * CANDIDATES)
        rest = parted(board.composing)[1].lstrip("'")
        return Offer(found[:CANDIDATES], rest, more=len(found) > CANDIDATES)

    @work(thread=True, group="keyboard", exit_on_error=False)
    def _load(self) -> None:
        from flows.characters.pinyin import candidates

        candidates("a")
        self.post_message(self.Loaded())

    def on_keyboard_loaded(self) -> None:
        """Offer characters for what was typed meanwhile."""
        self._ready = True
        self.refresh()

    # Drawing -------------------------------------------------------------------------------------------

    def _prepare(self) -> None:
        if self._open and self._board.layout == "pinyin" and not self._loading:
            self._loading = True
            self._load()

    def _show(self) -> None:
        self._prepare()
        # What else is on the page makes room.
        self.screen.set_class(self._open, "-typing")
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take the lines that a window of this height has to spare."""
        dense = density(viewport.height)
        return dense.height if self._open else dense.lines

    def render(self) -> Content:
        """Draw the line above the keys, and the keys."""
        placed = self.placed
        beside = (" " * placed[0].x, "")
        lines = [render.line(beside, (self._says(), render.NOTE))] if self._open else []
        for y in range(len(lines), max(each.y + each.height for each in placed)):
            row = [each for each in placed if each.y <= y < each.y + each.height]
            lines.append(render.line(beside, *(span for key in row for span in self._spans(key, y - key.y))))
        return render.joined(lines)

    def _spans(self, key: Placed, line: int) -> tuple[tuple[str, str], ...]:
        """Draw one line of a key: its ground, its label in the middle, and the gap beside it."""
        face = key.width - 1
        if line >= key.lines:
            return ((" " * key.width, ""),)
        said = _cut(self._label(key.cap), face) if line == key.lines // 2 else ""
        before = (face - cells(said)) // 2
        filled = " " * before + said + " " * (face - cells(said) - before)
        # Folded away it stands on the ground of the question.
        ground = _GROUNDS.get(key.cap.act, "surface" if self._open else "panel")
        if self._bare(ground) and line == key.lines // 2 and face >= 2 + cells(said):
            filled = f"[{filled[1:-1]}]"
        return ((filled, _LOOKS[ground]), (" ", ""))

    def _bare(self, ground: str) -> bool:
        """Whether a key has no ground of its own to be seen by, and is drawn in brackets."""
        colours = self.app.theme_variables
        return self._glyphs is ASCII or self.app.no_color or colours.get(ground) == colours.get("background")

    def _label(self, cap: Cap) -> str:
        say = self._wording.text
        match cap.act:
            case "type" if cap.text != " ":
                return cap.text
            case "candidate":
                return cap.text
            case "earlier" | "later":
                return _SIGNS[cap.act]
            case "type":
                return say("keyboard.key.space-first" if self._board.composing else "keyboard.key.space")
            case "enter" if self._board.composing:
                return say("keyboard.key.enter-letters")
            case "layout":
                return say(f"keyboard.key.{cap.text}")
            case "keyboard":
                return say("keyboard.key.fold" if self._open else "keyboard.key.unfold")
            case "shift":
                return say(f"keyboard.key.shift-{self._board.shift}")
        return say(f"keyboard.key.{cap.act}")

    def _says(self) -> str:
        board, say = self._board, self._wording.text
        if board.layout == "pinyin":
            if not board.composing:
                return say("keyboard.says.pinyin")
            id = "composing" if self._offer().chars else "no-character" if self._ready else "loading"
            return say(f"keyboard.says.{id}", {"letters": board.composing})
        return " " if board.shift == "off" else say(f"keyboard.says.shift-{board.shift}")


class Answering(Protocol):
    """Where one types: a field, and options above it."""

    @property
    def composer(self) -> Composer:
        """The field."""

    @property
    def choices(self) -> Choices:
        """The options."""


async def strike(panel: Answering, key: Keyboard.Pressed) -> bool:
    """Let a field and its options take a key of the keyboard as they take a real one.

    Returns:
        Whether the key was one for them.
    """
    field, options = panel.composer, panel.choices
    match key.action:
        case "type":
            field.take(key.text)
        case "enter":
            await field.action_submit()
        case "backspace":
            field.action_delete_left()
        case "clear":
            field.put("")
        case "left":
            field.action_cursor_left()
        case "right":
            field.action_cursor_right()
        case "options-up":
            options.scroll_page_up(animate=False)
        case "options-down":
            options.scroll_page_down(animate=False)
        case _:
            return False
    return True


def _cut(said: str, width: int) -> str:
    while said and cells(said) > width:
        said = said[:-1]
    return said
