"""Options to pick from: by digit, by arrow and Enter, by mouse, or narrowed down by typing a name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message

from assistant.conversation.blocks import AskedOption
from assistant.conversation.finding import Findable, Finder
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose

DIGITS = 9
"""Up to here a digit picks at once; longer lists are narrowed down by what is typed."""

KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The keys of a list that is picked by key to its end: letters come after the digits."""

PADDED = 2
"""Cells of a line that a row may lose to its padding and the scroll bar."""

DONE = "!done"
"""Id of the line that ends a choice of several: with a mouse alone there is no Enter."""


class OptionRow(Prose):
    """One option."""

    def __init__(
        self, asked: AskedOption, number: int, glyphs: Glyphs, ticked: bool | None, *, sign: str = ""
    ) -> None:
        """Show ``asked`` under ``sign`` or ``number``; ``ticked`` is ``None`` where only one is picked."""
        super().__init__(self._at, classes="option")
        self.asked, self.number, self.ticked = asked, number, ticked
        self._sign = sign or (str(number) if number else "")
        self._glyphs = glyphs
        self._here = False

    @property
    def here(self) -> bool:
        """Whether it is highlighted."""
        return self._here

    @here.setter
    def here(self, here: bool) -> None:
        if here != self._here:
            self._here = here
            self.set_class(here, "-here")
            self.again()

    def _at(self, width: int) -> Content:
        return render.option(self.asked, self._sign, width, self._glyphs, here=self._here, ticked=self.ticked)


class Choices(VerticalScroll, can_focus=False, inherit_bindings=False):
    """A list of options. It says what was picked; it decides nothing."""

    @dataclass
    class Picked(Message):
        """One option was picked, or several and done."""

        ids: tuple[str, ...]

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        """Begin without options."""
        super().__init__(id=id)
        self._glyphs = glyphs
        self._several = False
        self._careful = False
        self._sure = False
        self._counted: Callable[[int, int], str] | None = None
        self._finder: Finder | None = None
        self.chosen: tuple[str, ...] = ()

    @property
    def rows(self) -> list[OptionRow]:
        """The options that are shown, in order."""
        return [row for row in self.query_children(OptionRow) if row.display]

    @property
    def highlighted(self) -> OptionRow | None:
        """The option that Enter would pick."""
        return next((row for row in self.rows if row.here), None)

    async def offer(
        self,
        options: Sequence[AskedOption],
        *,
        preset: tuple[str, ...] = (),
        several: bool = False,
        careful: bool = False,
        sure: bool = False,
        done: str = "",
        keyed: bool = False,
        counted: Callable[[int, int], str] | None = None,
    ) -> None:
        """Show other options.

        Args:
            options: The options in words; none takes the list out of the layout.
            preset: What was picked before.
            several: Whether several may be picked.
            careful: Whether picking passes a point of no return: then nothing is highlighted at first, and
                a digit or a click only highlights.
            sure: Whether only a name that is written out finds an option.
            done: What ends a choice of several.
            keyed: Whether the options show the keys of :meth:`key` in place of numbers.
            counted: Makes the line that says how many options fit what is typed, given how many are shown
                and how many fit.
        """
        self._several, self._careful, self._sure, self._counted = several, careful, sure, counted
        self._finder = None
        self.chosen = preset if several else ()
        await self.remove_children()
        self.display = bool(options)
        rows = [
            OptionRow(
                each,
                number,
                self._glyphs,
                (each.id in preset) if several else None,
                sign=KEYS[number - 1] if keyed and number <= len(KEYS) else "",
            )
            for number, each in enumerate(options, start=1)
        ]
        if several and rows:
            rows.append(OptionRow(AskedOption(DONE, done), 0, self._glyphs, False))
        await self.mount_all([*rows, Prose(classes="count")])
        self._count(0, 0)
        self.scroll_home(animate=False)
        if rows and not careful:
            self._highlight(next((row for row in rows if row.asked.id in preset and not several), rows[0]))

    def forget(self) -> None:
        """Show nothing and know nothing any more."""
        self.chosen, self.display = (), False
        self._finder = self._counted = None
        self.remove_children(OptionRow)

    def narrow(self, typed: str) -> None:
        """Show the options that ``typed`` may mean, best first, as many as fit; all when it means none."""
        rows = sorted(self._options(), key=lambda row: row.number)
        meant = self._meant(rows, typed)
        shown = meant[: self._room(meant)] if meant else rows
        for row in rows:
            row.display = row in shown
        self.set_class(bool(meant), "-narrowed")
        places = {row: place for place, row in enumerate(shown)}
        last = len(rows)
        self.sort_children(key=lambda row: places.get(row, last) if isinstance(row, OptionRow) else last + 1)
        self._count(len(shown) if meant else 0, len(meant))
        if meant:
            self._highlight(meant[0])
        elif self._careful:
            # What was highlighted for what is no longer typed must not be picked by Enter alone.
            self._highlight(None)

    def _options(self) -> list[OptionRow]:
        return [row for row in self.query_children(OptionRow) if row.asked.id != DONE]

    def _meant(self, rows: Sequence[OptionRow], typed: str) -> list[OptionRow]:
        wanted = typed.strip().casefold()
        if wanted.isascii() and wanted.isdigit():
            return [row for row in rows if str(row.number) == wanted]
        if not wanted:
            return []
        by_id = {row.asked.id: row for row in rows}
        if self._finder is None:
            self._finder = Finder(Findable(id, _names(row.asked)) for id, row in by_id.items())
        return [by_id[match.id] for match in self._finder.rank(typed, sure=self._sure)]

    def _room(self, rows: Sequence[OptionRow]) -> int:
        """Count how many of these fit at once beside the line that counts them."""
        most, width = self.styles.max_height, self.content_size.width - PADDED
        if most is None or not most.is_cells or width <= 0:
            return len(rows)
        counting = self._counted(len(rows), len(rows) + 1) if self._counted else ""
        left, fit = int(most.value) - render.text(counting, width).plain.count("\n") - 1, 0
        for row in rows:
            left -= row.get_content_height(self.size, self.app.size, width)
            if left < 0:
                break
            fit += 1
        return max(fit, 1)

    def _count(self, shown: int, fitting: int) -> None:
        said = self._counted(shown, fitting) if self._counted and fitting else ""
        # Between two lists there is no line: a key may come just then.
        for line in self.query(".count").results(Prose):
            line.show(render.draws(said, render.NOTE) if said else None)

    @property
    def narrowed(self) -> bool:
        """Whether what is typed means some of the options."""
        return self.has_class("-narrowed")

    def move(self, by: int) -> None:
        """Highlight the next or an earlier option; the list is a ring."""
        rows = self.rows
        if not rows:
            return
        here = next((n for n, row in enumerate(rows) if row.here), -1 if by > 0 else 0)
        self._highlight(rows[(here + by) % len(rows)])

    def stand(self, id: str) -> None:
        """Highlight the option of an id; where there is none, everything stays."""
        row = next((row for row in self.rows if row.asked.id == id), None)
        if row is not None:
            self._highlight(row)

    def digit(self, number: int) -> bool:
        """Take a digit; return whether there is an option of this number."""
        row = next((row for row in self.rows if row.number == number), None)
        if row is None:
            return False
        already = row.here
        self._highlight(row)
        if not self._careful or (already and self._several):
            self._take(row)
        return True

    def tick(self) -> None:
        """Tick or untick what is highlighted, of several."""
        row = self.highlighted
        if row is not None and self._several:
            self._take(row)

    def key(self, character: str) -> bool:
        """Take a key of :data:`KEYS`, a letter in either case; return whether an option has it."""
        at = KEYS.find(character.lower()) if len(character) == 1 else -1
        return at >= 0 and self.digit(at + 1)

    def enter(self) -> bool:
        """Pick what is highlighted; return whether anything was."""
        row = self.highlighted
        if self._several and self.chosen and (row is None or not self.narrowed):
            self.post_message(self.Picked(self.chosen))
            return True
        if row is None:
            return False
        self._take(row)
        return True

    def on_click(self, event: events.Click) -> None:
        """Pick what was clicked; where care is due the first click only highlights."""
        row = event.widget
        if not isinstance(row, OptionRow) or row.text_selection is not None:
            return
        event.stop()
        already = row.here
        self._highlight(row)
        if already or not self._careful:
            self._take(row)

    def _take(self, row: OptionRow) -> None:
        if not self._several:
            self.post_message(self.Picked((row.asked.id,)))
        elif row.asked.id == DONE:
            self.post_message(self.Picked(self.chosen))
        else:
            row.ticked = not row.ticked
            row.again()
            ticked = sorted((each.number, each.asked.id) for each in self._options() if each.ticked)
            self.chosen = tuple(id for _, id in ticked)

    def _highlight(self, row: OptionRow | None) -> None:
        for each in self.query_children(OptionRow):
            each.here = each is row
        if row is not None:
            # A row that was just mounted has no place yet.
            self.call_after_refresh(row.scroll_visible, animate=False)


def _names(asked: AskedOption) -> tuple[str, ...]:
    return (*asked.names, asked.label)
