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
from assistant.conversation.wording import Wording
from assistant.widgets import render
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.prose import Prose
from assistant.widgets.spots import PickField
from assistant.widgets.suggestions import Suggestions
from content.suggesting import Kind

Tone = Literal["error", "warning", "note"]

STYLES: dict[Tone, str] = {
    "error": f"{render.ERROR} bold",
    "warning": f"{render.WARNING} bold",
    "note": render.NOTE,
}


@dataclass(frozen=True)
class Field:
    """A field to lay.

    Args:
        name: Which one it is.
        options: What can be picked; without any it is typed.
        suggest: The list whose names are suggested while one types.
        typed: What stands in it.
    """

    name: str
    options: Sequence[AskedOption] = ()
    suggest: Kind | None = None
    typed: str = ""


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
        """What stands in the field has changed by the hand of the person.

        Args:
            row: The field.
            typed: Whether it was typed: then more may follow.
        """

        row: FieldRow
        typed: bool = False

    @dataclass
    class Entered(Message):
        """Enter was pressed, or an answer was picked for good: the next field is wanted."""

        row: FieldRow

    def __init__(self, field: Field, glyphs: Glyphs) -> None:
        """Stand for a field; with options it is picked, without it is typed."""
        super().__init__(classes="field-row -picked" if field.options else "field-row")
        self.field = field.name
        self.suggest = field.suggest
        self._glyphs = glyphs
        self._view = FieldView("")
        self._here = False
        self.entry: Composer | PickField = PickField(glyphs) if field.options else Composer()
        self._name_said = Prose(self._label, classes="field-label")
        self._normal_said = Prose(self._beside, classes="field-beside")
        self._remarks_said = Prose(self._below, classes="field-below")
        self._remarks_said.display = False
        self.offer(field.options)

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
        """Put something into the field; nobody is told, as nobody typed it."""
        if self.entry.value != text:
            with self.entry.prevent(InputWidget.Changed):
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
        self.post_message(self.Changed(self, typed=True))

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
    """The rows of one kind of record; another kind brings other rows.

    There is one list of suggestions: it stands under the row that keys come to, while one types there.
    """

    def __init__(self, wording: Wording, glyphs: Glyphs) -> None:
        """Begin without rows."""
        super().__init__(id="record-form")
        self._wording, self._glyphs = wording, glyphs
        self._suggestions = Suggestions(wording, glyphs)
        self._at: FieldRow | None = None

    def compose(self) -> ComposeResult:
        """Have the list ready; rows come with a record."""
        yield self._suggestions

    @property
    def rows(self) -> list[FieldRow]:
        """The fields in order."""
        return list(self.query_children(FieldRow))

    def row(self, field: str) -> FieldRow:
        """Return the row of a field.

        Raises:
            KeyError: There is no such row.
        """
        for row in self.rows:
            if row.field == field:
                return row
        raise KeyError(field)

    async def lay(self, wording: Wording, fields: Sequence[Field]) -> None:
        """Have a row for each of these fields, with what stands in it; rows that fit already stay.

        A list that is open goes on in the language of now, with what stands in its field now.
        """
        self._wording = wording
        if [row.field for row in self.rows] != [field.name for field in fields]:
            self._attend(None)
            await self.query_children(FieldRow).remove()
            await self.mount_all(FieldRow(field, self._glyphs) for field in fields)
        for row, field in zip(self.rows, fields, strict=True):
            row.offer(field.options)
            row.put(field.typed)
        if self._at is not None and self._suggestions.kind is not None:
            self._suggestions.use(self._suggestions.kind, wording, self._at.typed)

    async def wipe(self) -> None:
        """Leave nothing behind."""
        self._attend(None)
        await self.query_children(FieldRow).remove()

    # Suggestions ---------------------------------------------------------------------------------------

    @property
    def offering(self) -> bool:
        """Whether names are suggested now."""
        return self._suggestions.offering

    def walk(self, by: int) -> bool:
        """Go to the next name that is suggested or an earlier one; return whether there is one."""
        return self._suggestions.walk(by)

    def close(self) -> None:
        """Suggest nothing until something is typed."""
        self._suggestions.use(None, self._wording, "")

    def on_descendant_focus(self) -> None:
        """Suggest for the field that keys come to."""
        self._follow()

    def on_descendant_blur(self) -> None:
        """Suggest nothing for a field that is left."""
        self._follow()

    def _follow(self) -> None:
        # Events of the focus come late: what they tell of may be over, or its row gone.
        row = next((row for row in self.rows if row.entry is self.screen.focused), None)
        if row is not self._at:
            self._attend(row)

    def _attend(self, row: FieldRow | None) -> None:
        """Have the list under a row. What stands there already needs none; an empty field may."""
        self.close()
        self._at = row
        if row is not None and row.suggest is not None:
            self.move_child(self._suggestions, after=row)
            if not row.typed.strip():
                self._suggestions.use(row.suggest, self._wording, "")

    @on(FieldRow.Changed)
    def _changed(self, event: FieldRow.Changed) -> None:
        row = event.row
        if event.typed and row is self._at and row.suggest is not None:
            self._suggestions.use(row.suggest, self._wording, row.typed)

    @on(FieldRow.Entered)
    def _entered(self, event: FieldRow.Entered) -> None:
        """Take the name that is highlighted, and only then go on."""
        name = self._suggestions.highlighted
        if name is not None and event.row is self._at:
            event.stop()
            self._take(event.row, name)
            self.post_message(FieldRow.Entered(event.row))

    @on(Suggestions.Taken)
    def _taken(self, event: Suggestions.Taken) -> None:
        """Take the name that was clicked, and stay: as with what is picked by a click."""
        event.stop()
        if self._at is not None:
            self._take(self._at, event.text)

    def _take(self, row: FieldRow, name: str) -> None:
        row.put(name)
        self.close()
        self.post_message(FieldRow.Changed(row))

    @on(Suggestions.Changed)
    def _suggested(self, event: Suggestions.Changed) -> None:
        event.stop()
        for row in self.rows:
            row.set_class(row is self._at and self._suggestions.display, "-suggesting")
        self.call_after_refresh(self._bring)

    def watch_virtual_size(self) -> None:
        """Keep the field, and its list, in view when what is said in rows above comes or goes."""
        self.call_after_refresh(self._bring)

    def _bring(self) -> None:
        """Bring the list into view, but never the field out of it."""
        here = next((row for row in self.rows if row.has_focus_within), None)
        if here is None:
            return
        if here is self._at and self._suggestions.display:
            self._suggestions.scroll_visible(animate=False, immediate=True)
        here.entry.scroll_visible(animate=False, immediate=True)
