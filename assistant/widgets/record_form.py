"""The fields of one record, one under another, each with its verdict beside it and its problem below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input as InputWidget

from assistant.conversation.blocks import AskedOption
from assistant.widgets import render
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose
from assistant.widgets.spots import PickField

Tone = Literal["error", "warning", "note"]

STYLES: dict[Tone, str] = {
    "error": f"{render.ERROR} bold",
    "warning": f"{render.WARNING} bold",
    "note": render.NOTE,
}


@dataclass(frozen=True)
class FieldView:
    """How a field stands now.

    Args:
        label: Its name.
        right: Whether it is filled in and taken.
        normal: Its normal form, where that is not what was typed.
        ticks: Its rules, each with whether it is met.
        remarks: What is said below it: how it weighs, the word before it, the sentence.
    """

    label: str
    right: bool = False
    normal: str = ""
    ticks: tuple[tuple[str, bool], ...] = ()
    remarks: tuple[tuple[Tone, str, str], ...] = ()


class FieldRow(Vertical):
    """One field: its name, where it is typed or picked, its normal form, and what is said below it."""

    @dataclass
    class Changed(Message):
        """What stands in the field has changed."""

        row: FieldRow

    @dataclass
    class Entered(Message):
        """Enter was pressed, or an answer was picked for good: the next field is wanted."""

        row: FieldRow

    def __init__(self, field: str, glyphs: Glyphs, options: Sequence[AskedOption]) -> None:
        """Stand for ``field``; with options it is picked, without it is typed."""
        super().__init__(classes="field-row -picked" if options else "field-row")
        self.field = field
        self.suggest = field if field in {"school", "major", "country"} else None
        """What names could be suggested for the field while one types."""
        self._glyphs = glyphs
        self._view = FieldView("")
        self._here = False
        self.entry: Composer | PickField = PickField(glyphs) if options else Composer()
        self._name_said = Prose(self._label, classes="field-label")
        self._normal_said = Prose(self._beside, classes="field-beside")
        self._remarks_said = Prose(self._below, classes="field-below")
        self._remarks_said.display = False
        self.offer(options)

    def compose(self) -> ComposeResult:
        """Lay out the line of the field, and what is said below it."""
        with Horizontal(classes="field-line"):
            yield self._name_said
            yield self.entry
            yield self._normal_said
        yield self._remarks_said

    @property
    def typed(self) -> str:
        """What stands in the field."""
        return self.entry.value

    def put(self, text: str) -> None:
        """Put something into the field."""
        if self.entry.value != text:
            self.entry.put(text)

    def offer(self, options: Sequence[AskedOption]) -> None:
        """Say anew what can be picked."""
        if isinstance(self.entry, PickField):
            self.entry.offer(options)

    def show(self, view: FieldView) -> None:
        """Show how the field stands."""
        if view == self._view:
            return
        self._view = view
        self._remarks_said.display = bool(view.ticks or view.remarks)
        for prose in (self._name_said, self._normal_said, self._remarks_said):
            prose.again()
        self.set_class(any(tone == "error" for tone, _, _ in view.remarks), "-refused")

    def on_descendant_focus(self) -> None:
        """Show that keys come here."""
        self._stand(True)

    def on_descendant_blur(self) -> None:
        """Show that keys go elsewhere."""
        self._stand(False)

    def on_click(self, event: events.Click) -> None:
        """Let keys come here, wherever the row was clicked."""
        event.stop()
        self.entry.focus()

    def _stand(self, here: bool) -> None:
        self._here = here
        self._name_said.again()

    def _label(self, width: int) -> Content:
        sign = self._glyphs.here if self._here else " "
        return render.text(f"{sign} {self._view.label}", width, render.STRONG if self._here else render.NOTE)

    def _beside(self, width: int) -> Content:
        if not self._view.right:
            return Content("")
        return render.line((f"{self._glyphs.met} {self._view.normal}", "$text-success"))

    def _below(self, width: int) -> Content:
        parts = []
        if self._view.ticks:
            parts.append(render.ticks(self._view.ticks, width, self._glyphs))
        lines = [(lead, STYLES[tone], said) for tone, lead, said in self._view.remarks]
        if lines:
            parts.append(render.remarks(lines, width))
        return render.stacked(parts, between=0)

    @on(InputWidget.Changed)
    def _changed(self, event: InputWidget.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(self))

    @on(InputWidget.Submitted)
    def _submitted(self, event: InputWidget.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(self))

    @on(PickField.Picked)
    def _picked(self, event: PickField.Picked) -> None:
        event.stop()
        self.post_message(self.Changed(self))
        if event.done:
            self.post_message(self.Entered(self))


class RecordForm(VerticalScroll, can_focus=False, inherit_bindings=False):
    """The rows of one kind of record; another kind brings other rows."""

    def __init__(self, glyphs: Glyphs) -> None:
        """Begin without rows."""
        super().__init__(id="record-form")
        self._glyphs = glyphs

    @property
    def rows(self) -> list[FieldRow]:
        """The fields in order."""
        return list(self.query(FieldRow))

    def row(self, field: str) -> FieldRow:
        """Return the row of a field.

        Raises:
            KeyError: There is no such row.
        """
        for row in self.rows:
            if row.field == field:
                return row
        raise KeyError(field)

    async def lay(self, fields: Sequence[tuple[str, Sequence[AskedOption]]]) -> None:
        """Have a row for each of these fields, each with what can be picked; rows that fit already stay."""
        rows = self.rows
        if [row.field for row in rows] != [field for field, _ in fields]:
            await self.remove_children()
            await self.mount_all(FieldRow(field, self._glyphs, options) for field, options in fields)
            return
        for row, (_, options) in zip(rows, fields, strict=True):
            row.offer(options)

    async def wipe(self) -> None:
        """Leave nothing behind."""
        await self.remove_children()
