"""The conversation so far: a window of widgets over records, so ten thousand messages cost as eighty do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message as Posted

from assistant.conversation.inputs import Command
from assistant.conversation.messages import Echoed, Message
from assistant.conversation.wording import Wording
from assistant.widgets import drawing, render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose

WINDOW = 80
"""Messages that are mounted; at 10,000 mounted ones a key press takes 1.3 s, at 80 it takes 0.07 s."""

MOST = 100
"""From here on the oldest are taken out again."""

MORE = 20
"""Earlier messages that are brought back at a time."""


class Bubble(Prose):
    """One message."""

    @dataclass
    class Followed(Posted):
        """Somebody clicked words that lead somewhere: *change* beside a fact, the whole of an item."""

        command: Command

    def __init__(self, message: Message, number: int, wording: Wording, glyphs: Glyphs) -> None:
        """Show ``message``, which is the record ``number``."""
        self.number = number
        self._message, self._glyphs = message, glyphs
        self._commands: dict[int, Command] = {}
        self._wording = wording
        self._block = wording.message(message)
        super().__init__(self._at, classes=f"bubble -{self._block.kind} -{self._block.variant or 'plain'}")

    def speak(self, wording: Wording) -> None:
        """Say the same in another language."""
        self._wording, self._block = wording, wording.message(self._message)
        self.again()

    def _at(self, width: int) -> Content:
        drawn = drawing.block(self._block, width, self._wording, self._glyphs)
        self._commands = dict(drawn.commands)
        return drawn.content

    def on_click(self, event: events.Click) -> None:
        """Do what the line that was clicked leads to; a mouse that marked text asks for nothing."""
        if self.text_selection is not None:
            return
        offset = event.get_content_offset(self)
        command = self._commands.get(offset.y) if offset is not None else None
        if command is not None:
            event.stop()
            self.post_message(self.Followed(command))

    @property
    def links(self) -> tuple[Command, ...]:
        """What its lines lead to, from top to bottom, each once."""
        return tuple(dict.fromkeys(self._commands.values()))


class Earlier(Prose):
    """Stands above the window and brings back what came before it."""

    class Clicked(Posted):
        """Somebody wants to read further back."""

    def on_click(self, event: events.Click) -> None:
        """Ask for earlier messages."""
        event.stop()
        self.post_message(self.Clicked())


class TranscriptView(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows the end of the records; earlier ones come back by scrolling up."""

    @dataclass
    class Moved(Posted):
        """The reader is at the end, or has more below."""

        more_below: bool

    def __init__(self, wording: Wording, glyphs: Glyphs) -> None:
        """Begin without records."""
        super().__init__(id="transcript")
        self._wording, self._glyphs = wording, glyphs
        self._records: Sequence[Message] = ()
        self._first = 0
        self._next: Bubble | None = None
        self._beside: frozenset[int] = frozenset()
        self.reading_back = False
        """Whether the reader has scrolled up and not come back to the end: then nothing moves the text."""

    @property
    def bubbles(self) -> list[Bubble]:
        """The mounted messages, oldest first."""
        return [child for child in self.children if isinstance(child, Bubble)]

    async def update_to(
        self,
        records: Sequence[Message],
        *,
        begin: int | None = None,
        beside: Collection[int] = (),
        stay: bool = False,
    ) -> None:
        """Show records that have grown; the first new one is brought into view.

        Args:
            records: All of them. They only ever grow.
            begin: The record that begins a page of its own: what came before is put away above, as a paper
                or a form that is to be checked stands alone.
            beside: Records that are said elsewhere, beside the field, and not here.
            stay: Whether who has scrolled up stays there; else the new is brought into view.
        """
        known = len(self._records)
        self._records = records
        self._beside |= frozenset(beside)
        start = max(known, len(records) - WINDOW)
        if begin is not None or start > known:
            start = max(start, begin or 0)
            await self._put_away(start)
        new = self._bubbles(start, len(records))
        if not new:
            return
        await self.mount_all(new)
        if stay and self.reading_back:
            self._tell()
            return
        self.reading_back = False
        await self._prune()
        self._show_earlier()
        self._next = new[0] if begin is None else self.bubbles[0]
        self.call_after_refresh(self._read_on)

    def read_from(self, number: int) -> None:
        """Bring a record into view, or the end where it is not shown: many came at once."""
        self.reading_back = False
        self._next = next((each for each in self.bubbles if each.number >= number), None)
        if self._next is None:
            self.call_after_refresh(self.to_end)
        else:
            self.call_after_refresh(self._read_on)

    def speak(self, wording: Wording) -> None:
        """Say everything in another language."""
        self._wording = wording
        for bubble in self.bubbles:
            bubble.speak(wording)
        self._show_earlier()

    async def load_earlier(self) -> None:
        """Bring back earlier messages above, without moving what is read."""
        if not self._first:
            return
        start = max(0, self._first - MORE)
        before = self.virtual_size.height
        bubbles = self._bubbles(start, self._first)
        self._first = start
        mounted = self.bubbles
        await self.mount_all(bubbles, before=mounted[0] if mounted else None)
        self._show_earlier()
        # The framework keeps the offset and lets the text slip: it is moved on by what came above.
        self.call_after_refresh(
            lambda: self.scroll_to(
                y=self.scroll_y + self.virtual_size.height - before, animate=False, force=True
            )
        )

    async def page(self, direction: int) -> None:
        """Scroll by a page less one line; at the top earlier messages come back first."""
        if direction < 0 and self.scroll_y == 0:
            await self.load_earlier()
        self._next, self.reading_back = None, direction < 0
        self.scroll_relative(y=direction * max(self.size.height - 1, 1), animate=False, force=True)

    def to_end(self) -> None:
        """Scroll to the end."""
        self._next, self.reading_back = None, False
        self.scroll_end(animate=False, force=True)

    def on_mouse_scroll_up(self) -> None:
        """Take note that somebody reads back; the framework scrolls."""
        self._next, self.reading_back = None, True

    @property
    def at_end(self) -> bool:
        """Whether the last line is in view."""
        return self.scroll_y >= self.max_scroll_y - 1

    def forget(self) -> None:
        """Show nothing and know nothing any more."""
        self._records, self._first, self._next = (), 0, None
        self._beside, self.reading_back = frozenset(), False
        self.remove_children()

    async def on_earlier_clicked(self) -> None:
        """Read further back."""
        await self.load_earlier()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell whether there is more below."""
        super().watch_scroll_y(old_value, new_value)
        self._tell()

    def on_resize(self) -> None:
        """Tell whether there is more below at the new size."""
        self.call_after_refresh(self._tell)

    def _bubbles(self, start: int, end: int) -> list[Bubble]:
        bubbles = []
        for n in range(start, end):
            if n in self._beside:
                continue
            bubble = Bubble(self._records[n], n, self._wording, self._glyphs)
            # Answers that follow one another stand together, as on a form.
            bubble.set_class(n > 0 and isinstance(self._records[n - 1], Echoed), "-after-echo")
            bubbles.append(bubble)
        return bubbles

    def _tell(self) -> None:
        if self.at_end:
            self.reading_back = False
        self.post_message(self.Moved(not self.at_end))

    def _read_on(self, before: int = -1, tries: int = 10) -> None:
        """Bring the first of the newest messages into view, and again until the layout has come to rest."""
        bubble = self._next
        if bubble is None or not bubble.is_attached:
            return
        place = bubble.virtual_region
        if place.height:
            # At most to the end: what is longer than the view is read from its beginning.
            self.scroll_to(y=max(place.y - 1, 0), animate=False, force=True)
            self._tell()
        if tries and (not place.height or place.y != before):
            # Not laid out yet, or what stands above is still being taken out.
            self.call_after_refresh(self._read_on, place.y if place.height else -1, tries - 1)

    async def _put_away(self, begin: int) -> None:
        await self.remove_children([bubble for bubble in self.bubbles if bubble.number < begin])
        self._first = begin

    async def _prune(self) -> None:
        mounted = self.bubbles
        if len(mounted) > MOST:
            self._first = mounted[-WINDOW].number
            await self.remove_children(mounted[:-WINDOW])

    def _show_earlier(self) -> None:
        found = list(self.query_children(Earlier))
        if not self._first:
            for each in found:
                each.remove()
            return
        said = self._wording.text("face.earlier", {"count": self._first})

        def draw(width: int) -> Content:
            return render.text(said, width, render.LINK)

        if found:
            found[0].show(draw)
        else:
            self.mount(Earlier(draw), before=0)
