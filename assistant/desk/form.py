"""A short form on a page of the desk: fields under one another, and what can be done below them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events, on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption
from assistant.conversation.wording import Wording
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.record_form import Field, FieldRow, FieldView
from assistant.widgets.spots import ActBar, Spots


class DeskForm(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Fields named ``desk.field.NAME`` and acts named ``desk.act.ID``.

    Enter goes to the next field and from the last one does the first act; Tab and the arrows go round.
    """

    DEFAULT_CSS = """
    DeskForm {
        height: auto;
        max-height: 100%;
        scrollbar-size-vertical: 1;
    }
    """

    @dataclass
    class Chosen(Message):
        """An act was chosen.

        Args:
            form: The form.
            act: Which act.
            values: What stands in each field, by its name.
        """

        form: DeskForm
        act: str
        values: Mapping[str, str]

    def __init__(
        self,
        glyphs: Glyphs,
        fields: Sequence[str],
        acts: Sequence[str],
        *,
        options: Mapping[str, Sequence[str]] | None = None,
        secret: frozenset[str] = frozenset(),
        id: str | None = None,
    ) -> None:
        """Lay out the fields.

        Args:
            glyphs: The signs.
            fields: Their names in order.
            acts: What can be done, the usual one first.
            options: For fields that are picked: the text ids of what can be picked, ending in the id.
            secret: Fields that are typed hidden.
            id: Its id on the page.
        """
        super().__init__(id=id)
        self._acts = tuple(acts)
        self._options = dict(options or {})
        self._secret = secret
        # A picked field is made with something to pick; the words follow with the language.
        self._rows = [
            FieldRow(
                Field(name, tuple(AskedOption(each, each) for each in self._options.get(name, ()))), glyphs
            )
            for name in fields
        ]
        self._bar = ActBar(glyphs)

    def compose(self) -> ComposeResult:
        """Lay out rows and acts."""
        yield from self._rows
        yield self._bar

    def on_mount(self) -> None:
        """Hide what is secret."""
        for row in self._rows:
            if row.field in self._secret and isinstance(row.entry, Composer):
                row.entry.password = True

    def say(self, wording: Wording) -> None:
        """Say it in the language of now."""
        for row in self._rows:
            row.show(FieldView(wording.text(f"desk.field.{row.field}")))
            if row.field in self._options:
                row.offer(
                    [
                        AskedOption(key.rpartition(".")[2], wording.text(key))
                        for key in self._options[row.field]
                    ]
                )
        self._bar.offer([(act, wording.text(f"desk.act.{act}")) for act in self._acts])

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {row.field: row.typed for row in self._rows}

    def put(self, **values: str) -> None:
        """Put something into fields."""
        for row in self._rows:
            if row.field in values:
                row.put(values[row.field])

    def begin(self, field: str = "") -> None:
        """Let keys come to a field, or to the first."""
        row = next((each for each in self._rows if each.field == field), self._rows[0])
        row.entry.focus()

    def key(self, event: events.Key) -> bool:
        """Take Tab and the arrows; return whether they meant something."""
        by = {"tab": 1, "down": 1, "shift+tab": -1, "up": -1}.get(event.key, 0)
        if not by or not self.has_focus_within:
            return False
        stations: list[Widget] = [*(row.entry for row in self._rows), self._bar]
        here = next((n for n, each in enumerate(stations) if each.has_focus), 0)
        stations[(here + by) % len(stations)].focus()
        return True

    @on(FieldRow.Entered)
    def _entered(self, event: FieldRow.Entered) -> None:
        event.stop()
        here = self._rows.index(event.row)
        if here + 1 < len(self._rows):
            self._rows[here + 1].entry.focus()
        else:
            self.post_message(self.Chosen(self, self._acts[0], self.values))

    @on(FieldRow.Changed)
    def _changed(self, event: FieldRow.Changed) -> None:
        event.stop()

    @on(Spots.Clicked)
    def _act(self, event: Spots.Clicked) -> None:
        event.stop()
        self.post_message(self.Chosen(self, event.id, self.values))
