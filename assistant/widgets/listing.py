"""A page of rows in columns, to walk and to open; it loads nothing itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.message import Message

from assistant.conversation.linebreak import cells
from assistant.widgets import render
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose
from flows.text import clean

_GAP = 2
_LEAD = 2


@dataclass(frozen=True)
class Column:
    """A column: its heading and its cells; 0 takes what is left, and one column alone does."""

    title: str
    width: int = 0


@dataclass(frozen=True)
class ListRow:
    """A row: its id, what stands in each column, and whether it stands back."""

    id: str
    cells: tuple[str, ...]
    faded: bool = False


class Listing(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Rows under a heading. Arrows, Home and End walk, Enter and a click open; the page hands in the keys."""

    DEFAULT_CSS = """
    Listing {
        height: 1fr;
        scrollbar-size-vertical: 1;
    }
    """

    @dataclass
    class Opened(Message):
        """A row was opened."""

        id: str

    @dataclass
    class Turned(Message):
        """The walk went past the last row (1) or the first (-1): another page is wanted."""

        by: int

    def __init__(self, glyphs: Glyphs, *, id: str | None = None) -> None:
        """Begin without rows."""
        super().__init__(id=id)
        self._glyphs = glyphs
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[ListRow, ...] = ()
        self._at = 0
        self._before = self._after = ""
        self._drawn = Prose(self._draw)

    def compose(self) -> ComposeResult:
        """Lay out the one text that the rows are."""
        yield self._drawn

    @property
    def rows(self) -> tuple[ListRow, ...]:
        """The rows that are shown."""
        return self._rows

    @property
    def here(self) -> ListRow | None:
        """The row that Enter would open."""
        return self._rows[self._at] if self._rows else None

    def offer(
        self,
        columns: Sequence[Column],
        rows: Sequence[ListRow],
        *,
        last: bool = False,
        around: tuple[str, str] = ("", ""),
    ) -> None:
        """Show other rows; the row of the same id stays highlighted, else the first, or the ``last``.

        Args:
            columns: The columns.
            rows: The rows of this page.
            last: Whether the last row is highlighted where none of the same id is there.
            around: Words of the lines that lead to the page before and to the one after, by a click; empty
                where there is none.
        """
        self._before, self._after = around
        stood = self.here.id if self.here else ""
        self._columns, self._rows = tuple(columns), tuple(rows)
        ids = [row.id for row in rows]
        self._at = ids.index(stood) if stood in ids else (max(len(ids) - 1, 0) if last else 0)
        self._drawn.again()
        self.call_after_refresh(self._bring)

    def key(self, key: str) -> bool:
        """Take a key; return whether it meant something here."""
        page = max(self.size.height - 2, 1)
        by = {"down": 1, "up": -1, "pagedown": page, "pageup": -page}.get(key, 0)
        if key == "enter" and self.here is not None:
            self.post_message(self.Opened(self.here.id))
        elif key in {"home", "end"}:
            self._stand(0 if key == "home" else len(self._rows) - 1)
        elif by and self._rows:
            wanted = self._at + by
            if not 0 <= wanted < len(self._rows) and self._at in {0, len(self._rows) - 1}:
                self.post_message(self.Turned(1 if by > 0 else -1))
            self._stand(min(max(wanted, 0), len(self._rows) - 1))
        else:
            return False
        return True

    def on_click(self, event: events.Click) -> None:
        """Open the row that was clicked, or the page before or after."""
        offset = event.get_content_offset(self._drawn)
        if offset is None:
            return
        at = offset.y - self._first
        if 0 <= at < len(self._rows):
            self._stand(at)
            self.post_message(self.Opened(self._rows[at].id))
        elif (at == -1 and self._before) or (at == len(self._rows) and self._after):
            self.post_message(self.Turned(1 if at > 0 else -1))
        else:
            return
        event.stop()

    @property
    def _first(self) -> int:
        """The line of the first row."""
        return 2 if self._before else 1

    def _stand(self, at: int) -> None:
        if at != self._at and self._rows:
            self._at = at
            self._drawn.again()
            self._bring()

    def _bring(self) -> None:
        line = 0 if self._at == 0 else self._at + self._first
        # With the last row its page says that another follows.
        high = 2 if self._after and self._at == len(self._rows) - 1 else 1
        self.scroll_to_region(Region(0, line, 1, high), animate=False, force=True)

    def _draw(self, width: int) -> Content:
        wide = self._widths(width)
        head = render.line(*self._line("  ", [each.title for each in self._columns], wide, render.NOTE))
        lines = [head, *self._leading(self._before, width)]
        for n, row in enumerate(self._rows):
            here = n == self._at
            style = "bold reverse" if here else render.NOTE if row.faded else ""
            lead = f"{self._glyphs.here} " if here else "  "
            lines.append(render.line(*self._line(lead, row.cells, wide, style)))
        return render.joined([*lines, *self._leading(self._after, width)])

    def _leading(self, said: str, width: int) -> list[Content]:
        room = width - _LEAD
        return [render.line((" " * _LEAD, ""), (_fitted(said, room).rstrip(), render.LINK))] if said else []

    def _widths(self, width: int) -> list[int]:
        fixed = sum(each.width for each in self._columns) + _GAP * max(len(self._columns) - 1, 0) + _LEAD
        return [each.width or max(width - fixed, 4) for each in self._columns]

    def _line(self, lead: str, said: Sequence[str], wide: Sequence[int], style: str) -> list[tuple[str, str]]:
        fitted = [_fitted(each, width) for each, width in zip(said, wide, strict=True)]
        return [(lead + (" " * _GAP).join(fitted), style)]


def _fitted(said: str, width: int) -> str:
    """Cut a text to a width, with a sign that it goes on, or fill it up: characters may be two cells wide."""
    text = clean(said).replace("\n", " ")
    if cells(text) > width:
        while cells(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - cells(text))
