"""The three voices of a call: blocks below one another, whose links are walked and opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from assistant.calls.speaking import Page
from assistant.conversation.blocks import Block
from assistant.conversation.inputs import Command
from assistant.conversation.wording import Wording
from assistant.widgets import drawing, render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose

VOICES = ("say", "do", "answers")


class VoicePane(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A heading and blocks. Keys stay with the search field; the page hands in what is meant for here."""

    @dataclass
    class Followed(Message):
        """A link was followed."""

        command: Command

    @dataclass
    class Touched(Message):
        """The pane was clicked beside its links: it is the one that is read."""

        pane: VoicePane

    def __init__(self, glyphs: Glyphs, *, id: str) -> None:
        """Begin empty."""
        super().__init__(id=id, classes="voice")
        self._glyphs = glyphs
        self._heading = ""
        self._wording: Wording | None = None
        self._blocks: tuple[Block, ...] = ()
        self._large = False
        self._links: list[tuple[int, int, Command]] = []
        self._link = 0
        self._active = False
        self._prose = Prose(self._draw)

    def compose(self) -> ComposeResult:
        """Lay out the one text that it is."""
        yield self._prose

    def show(
        self,
        heading: str,
        blocks: Sequence[Block],
        wording: Wording,
        *,
        large: bool = False,
        keep: bool = False,
    ) -> None:
        """Show blocks under a heading.

        Args:
            heading: What this voice is.
            blocks: What it says.
            wording: The language that the blocks are in.
            large: Whether each line stands apart and bold, to be read out from afar.
            keep: Whether one stays where one was: it is the same in other words.
        """
        self._heading, self._blocks, self._wording, self._large = heading, tuple(blocks), wording, large
        if not keep:
            self._link = 0
            self.scroll_home(animate=False)
        self._prose.again()

    @property
    def active(self) -> bool:
        """Whether arrows come here."""
        return self._active

    @active.setter
    def active(self, active: bool) -> None:
        if active != self._active:
            self._active = active
            self.set_class(active, "-active")
            self._prose.again()

    @property
    def command(self) -> Command | None:
        """The link that Enter would follow."""
        self._prose.at(self._prose.content_size.width)
        return self._links[self._link][2] if self._link < len(self._links) else None

    def key(self, key: str) -> bool:
        """Take a key; return whether it meant something here."""
        match key:
            case "down" | "up":
                self._walk(1 if key == "down" else -1)
            case "pagedown":
                self.scroll_page_down(animate=False)
            case "pageup":
                self.scroll_page_up(animate=False)
            case "enter" if (command := self.command) is not None:
                self.post_message(self.Followed(command))
            case _:
                return False
        return True

    def _walk(self, by: int) -> None:
        """Stand at the next link that is in sight; scroll where none is."""
        wanted = self._link + by
        height = max(self.size.height, 1)
        if 0 <= wanted < len(self._links):
            first, last, _ = self._links[wanted]
            if abs(first - self.scroll_offset.y - height / 2) <= height:
                self._link = wanted
                self._prose.again()
                self.scroll_to_region(Region(0, first, 1, last - first), animate=False, force=True)
                return
        self.scroll_relative(y=by, animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """Follow the link that was clicked."""
        event.stop()
        offset = event.get_content_offset(self._prose)
        self.post_message(self.Touched(self))
        if offset is None:
            return
        for first, last, command in self._links:
            if first <= offset.y < last:
                self.post_message(self.Followed(command))

    def _draw(self, width: int) -> Content:
        if self._wording is None:
            return Content("")
        lead = self._glyphs.here if self._active else " "
        heading = render.line(
            (f"{lead} {self._heading}", "$text-accent bold" if self._active else render.NOTE)
        )
        parts, self._links, row = ([heading], [], 2) if self._heading else ([], [], 0)
        for each in self._blocks:
            drawn = drawing.block(each, width - 2, self._wording, self._glyphs, airy=self._large)
            lines = drawn.content.split("\n", allow_blank=True)
            parts.append(self._placed(list(lines), drawn.commands, row))
            row += len(lines) * (2 if self._large else 1) + 1
        return render.stacked(parts)

    def _placed(self, lines: list[Content], commands: Mapping[int, Command], row: int) -> Content:
        """Note where the links stand, and lead the one that Enter would follow by a sign."""
        step = 2 if self._large else 1
        shown = []
        begun: Command | None = None
        for n, line in enumerate(lines):
            command = commands.get(n)
            if command is not None and command != begun:
                self._links.append((row + n * step, row + n * step + 1, command))
            elif command is not None:
                first, _, _ = self._links[-1]
                self._links[-1] = (first, row + n * step + 1, command)
            begun = command
            here = command is not None and self._active and len(self._links) - 1 == self._link
            lead = render.styled(f"{self._glyphs.here} " if here else "  ", "$text-primary bold")
            shown.append(lead + (line.stylize("bold") if here or (self._large and not commands) else line))
        return render.stacked(shown, between=1) if self._large else render.joined(shown)


class Voices(Horizontal, inherit_bindings=False):
    """The three voices side by side, or the one that is read."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin empty, with what is said to the caller."""
        super().__init__(id="call-voices")
        self._glyphs = glyphs
        self.here = 0

    def compose(self) -> ComposeResult:
        """Lay out a pane a voice."""
        for each in VOICES:
            yield VoicePane(self._glyphs, id=f"voice-{each}")

    @property
    def active(self) -> VoicePane:
        """The pane that arrows come to."""
        return self.query_one(f"#voice-{VOICES[self.here]}", VoicePane)

    def show(
        self,
        page: Page,
        wording: Wording,
        aloud: tuple[Page, Wording] | None,
        *,
        beside: bool,
        large: bool,
        keep: bool,
    ) -> None:
        """Show a page.

        Args:
            page: What is shown.
            wording: Its language.
            aloud: The same in the language that is read out, where that is another one.
            beside: Whether the voices stand side by side.
            large: Whether what is read out is set large.
            keep: Whether one stays where one was: it is the same in other words.
        """
        for n, each in enumerate(VOICES):
            pane = self.query_one(f"#voice-{each}", VoicePane)
            shown, spoken = aloud if each == "say" and aloud else (page, wording)
            heading = wording.text(f"calls.voice.{each}") if beside else ""
            pane.show(heading, getattr(shown, each), spoken, large=large and each == "say", keep=keep)
            pane.active = n == self.here
            pane.display = beside or n == self.here
