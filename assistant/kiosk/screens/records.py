"""The page on which all education and degree records are filled in at once (FAQ 18)."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content

from assistant.conversation.inputs import Records
from assistant.kiosk import record_review, record_words
from assistant.kiosk.form_draft import Draft, FormDraft
from assistant.kiosk.keys import KEYS, bindings
from assistant.kiosk.screens.asides import HelpPage
from assistant.kiosk.screens.page import Page
from assistant.widgets import drawing, render
from assistant.widgets.composer import Composer
from assistant.widgets.key_bar import KeyBar, KeyHint
from assistant.widgets.prose import Prose
from assistant.widgets.record_form import STYLES, FieldRow, RecordForm, Tone
from assistant.widgets.spots import ActBar, Spots, TabLine
from flows.dossier import RECORD_FIELDS
from flows.text import MOST_CHARACTERS

_WORDS = {
    "scroll-up": "records.key.earlier",
    "scroll-down": "records.key.later",
    "records": "records.act.review",
}
"""What keys of the table mean on this page."""

_BAR = ("help", "language", "scroll-up", "scroll-down", "records", "back")


class RecordsPage(Page[Records]):
    """All records, one at a time; it hands in the whole form, or is left and keeps what was typed.

    Whether a field is right is for the rules to say; whether the form is taken, for the conversation.
    """

    CSS_PATH = "records.tcss"
    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("help", "language", "theme", "scroll-up", "scroll-down", "records", "back"),
        *[(key, f"walk({by})", "") for key, by in (("down", 1), ("up", -1))],
        *[(key, f"move({by})", "") for key, by in (("tab", 1), ("shift+tab", -1))],
    ]

    def __init__(self, draft: FormDraft, field: str | None = None) -> None:
        """Show what stands on the form, and begin with ``field`` of the record looked at."""
        super().__init__()
        self._draft = draft
        self._first = field
        self._here: tuple[Draft, str] | None = None
        self._laid: Draft | None = None
        self._removing = False
        self._told: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """Lay out title, tabs, the record with its help, what can be done, and keys."""
        glyphs = self.kiosk.glyphs
        yield Prose(self._title, id="records-title")
        yield TabLine(glyphs, id="records-tabs")
        yield Prose(id="records-head")
        with Horizontal(id="records-middle"):
            yield RecordForm(self.wording, glyphs)
            yield Prose(id="records-saved")
            yield Prose(id="records-help")
        yield Prose(id="records-notice")
        yield ActBar(glyphs, id="records-acts")
        yield KeyBar(_BAR)
        yield from self.cover()

    async def opened(self) -> None:
        """Show the record to begin with."""
        for draft in self._draft.order:
            record_review.judged(self._draft, draft)
        self._tell("")
        self._say_keys()
        await self._look_at(self._draft.at, self._first)

    @property
    def _form(self) -> RecordForm:
        return self.query_one(RecordForm)

    @property
    def _acts(self) -> ActBar:
        return self.query_one(ActBar)

    # One record ----------------------------------------------------------------------------------------

    async def _look_at(self, draft: Draft, field: str | None = None) -> None:
        """Show a record; keys come to ``field``, or to the first that is not right."""
        self._leave()
        self._removing = False
        self._draft.at = draft
        await self._lay()
        if draft.saved:
            self._acts.focus()
        else:
            wrong = record_review.wrong_in(self._draft, draft)
            self._stand_at(field or next(iter(wrong), RECORD_FIELDS[draft.kind][0]))

    def _stand_at(self, field: str) -> None:
        row = self._form.row(field)
        self._here = (self._draft.at, field)
        row.entry.focus()
        self._say()
        self.call_after_refresh(self._bring, row)

    def _bring(self, row: FieldRow) -> None:
        """Bring a field into view once what is said below the others has found its place."""
        if row.is_attached:
            row.scroll_visible(animate=False, immediate=True)

    async def _lay(self) -> None:
        self._collect()
        draft, self._laid = self._draft.at, None
        self._form.display = not draft.saved
        self.query_one("#records-saved", Prose).display = draft.saved
        if not draft.saved:
            await self._form.lay(self.wording, record_words.fields(self.wording, self._draft))
            self._laid = draft
        self._say()

    def _leave(self) -> None:
        """From now on the field that keys came to shows its problems."""
        if self._here is not None:
            draft, field = self._here
            draft.left.add(field)
            self._here = None

    @on(FieldRow.Changed)
    def _changed(self) -> None:
        self._collect()
        self._say()

    def _collect(self) -> None:
        """Take over what stands in the rows: a key may change the record before they say what was typed."""
        if self._laid is not None:
            self._laid.fields.update({row.field: row.typed for row in self._form.rows})

    @on(FieldRow.Entered)
    async def _entered(self, event: FieldRow.Entered) -> None:
        """Go on to the next field, the next record, or what can be done then."""
        draft = self._draft.at
        names, order = RECORD_FIELDS[draft.kind], self._draft.order
        if event.row.field != names[-1]:
            self._leave()
            self._stand_at(names[names.index(event.row.field) + 1])
            return
        following = [each for each in order[order.index(draft) + 1 :] if not each.saved]
        if following:
            await self._look_at(following[0], RECORD_FIELDS[following[0].kind][0])
        else:
            self._say_acts(first="review")
            self._acts.focus()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the field that keys came to before show its problems, and help with the one of now."""
        if event.widget is not self.focused:
            return
        row = next((each for each in event.widget.ancestors_with_self if isinstance(each, FieldRow)), None)
        here = (self._draft.at, row.field) if row is not None else None
        if here != self._here:
            self._leave()
            self._here = here
        self._say()
        if row is not None:
            self.call_after_refresh(self._bring, row)

    @on(Composer.Pasted)
    def _pasted(self, event: Composer.Pasted) -> None:
        event.stop()
        for kind, count in (("cut", event.beyond), ("lines", event.lines), ("hidden", event.hidden)):
            if count:
                args = {"most": MOST_CHARACTERS, "count": count}
                self._tell(self.wording.text(f"face.pasted-{kind}", args), "warning")
                return

    # Records -------------------------------------------------------------------------------------------

    @on(Spots.Clicked, "#records-tabs")
    async def _tab_clicked(self, event: Spots.Clicked) -> None:
        event.stop()
        if event.id.endswith(".add"):
            await self._do(f"add-{event.id.removesuffix('.add')}")
        for draft in self._draft.order:
            if record_words.tab(self._draft, draft) == event.id:
                await self._look_at(draft)

    @on(Spots.Clicked, "#records-acts")
    async def _act_clicked(self, event: Spots.Clicked) -> None:
        event.stop()
        await self._do(event.id)

    async def _do(self, act: str) -> None:
        draft = self._draft
        if act not in (record_words.REMOVING if self._removing else ()) + record_words.doable(draft):
            # Enter pressed twice: what it stood for is done.
            return
        self._tell("")
        match act:
            case "review":
                await self._review()
            case "add-education" | "add-degree":
                draft.add("education" if act == "add-education" else "degree")
                await self._look_at(draft.at)
            case "correct":
                draft.correct()
                await self._look_at(draft.at, RECORD_FIELDS[draft.at.kind][0])
            case "remove":
                self._removing = True
                self._tell(
                    self.wording.text(
                        "records.removing", {"record": record_words.name(self.wording, draft, draft.at)}
                    ),
                    "warning",
                )
                self._say_acts(first="keep")
                self._acts.focus()
            case "keep":
                self._keep()
            case "remove-now":
                name = record_words.name(self.wording, draft, draft.at)
                draft.remove()
                await self._look_at(draft.at)
                self._tell(self.wording.text("records.removed", {"record": name}))
            case "restore":
                draft.restore()
                await self._look_at(draft.at)

    def _keep(self) -> None:
        self._removing = False
        self._tell("")
        self._say_acts(first="remove")

    async def _review(self) -> None:
        """Hand the form in when every field is right; else go to the first that is not."""
        self._collect()
        self._leave()
        wrong = record_review.wrong(self._draft)
        for draft, name in wrong:
            draft.left.add(name)
        if wrong:
            await self._look_at(*wrong[0])
            self._tell(self.wording.text("records.mend", {"count": len(wrong)}), "error")
            return
        many = record_review.too_many(self._draft)
        if many is not None:
            self._tell(self.wording.problem(many), "error")
            return
        self.dismiss(self._draft.form())

    # Keys ----------------------------------------------------------------------------------------------

    @on(KeyHint.Clicked)
    async def _key_clicked(self, event: KeyHint.Clicked) -> None:
        await self._take_key(event.action)

    def action_walk(self, by: int) -> None:
        """Go through the names suggested under the field; before and behind them stand other fields."""
        if not self._form.walk(by):
            self.action_move(by)

    def action_move(self, by: int) -> None:
        """Let keys come to the field after or before."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_key(self, id: str) -> None:
        """Do what a key of the table means here, after what was typed and clicked before it.

        The framework runs a key's action beside the page's own messages: rows could be laid twice at once.
        """
        self.call_later(self._take_key, id)

    async def _take_key(self, id: str) -> None:
        match id:
            case "help":
                self.kiosk.push_screen(HelpPage())
            case "language":
                await self.kiosk.ask_for_language()
            case "theme":
                self.kiosk.change_theme()
            case "records":
                await self._do("review")
            case "scroll-up" | "scroll-down":
                order = self._draft.order
                place = order.index(self._draft.at) + (-1 if id == "scroll-up" else 1)
                if 0 <= place < len(order):
                    self._tell("")
                    await self._look_at(order[place])
            case "back" if self._form.offering:
                self._form.close()
            case "back" if self._removing:
                self._keep()
            case "back":
                self._collect()
                self.dismiss(None)

    # Words ---------------------------------------------------------------------------------------------

    async def speak(self) -> None:
        """Say everything in the language of now; what is typed stays."""
        await super().speak()
        self.query_one("#records-title", Prose).again()
        self._tell("")
        self._say_keys()
        self.call_later(self._lay)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout of this size, and whether the tabs have their whole names."""
        super().on_resize(event)
        self.call_after_refresh(self._say_tabs)

    def _say(self) -> None:
        """Say how the record looked at stands now."""
        form, draft, wording = self._draft, self._draft.at, self.wording
        verdicts = record_review.judged(form, draft)
        self._put("records-head", record_words.head(wording, form, draft, verdicts))
        field = self._here[1] if self._here is not None else None
        if draft.saved:
            card = record_words.saved(wording, draft)
            self.query_one("#records-saved", Prose).show(
                lambda width: drawing.block(card, width, wording, self.kiosk.glyphs).content
            )
        else:
            for row in self._form.rows:
                here = row.field == field
                row.show(record_words.field_view(wording, draft, row.field, verdicts, here=here))
        self._put("records-help", "\n".join(record_words.help_lines(wording, form, field)))
        self._say_tabs()
        self._say_acts()

    def _put(self, id: str, said: str) -> None:
        # A key pressed changes little of the page; what stays as it is costs no new layout.
        if self._told.get(id) != said:
            self._told[id] = said
            self.query_one(f"#{id}", Prose).show(render.draws(said, render.NOTE))

    def _title(self, width: int) -> Content:
        return render.text(self.wording.text("records.title"), width, "$text-accent bold")

    def _say_tabs(self) -> None:
        tabs, form = self.query_one(TabLine), self._draft
        named = record_words.tabs(self.wording, form, tabs.content_size.width, self.kiosk.glyphs)
        tabs.say(named, record_words.tab(form, form.at))

    def _say_acts(self, *, first: str = "") -> None:
        ids = record_words.REMOVING if self._removing else record_words.doable(self._draft)
        self._acts.offer(record_words.acts(self.wording, ids), first=first)

    def _tell(self, said: str, tone: Tone = "note") -> None:
        """Say something above what can be done; the line keeps its place when there is nothing to say."""
        lead = {"error": "face.error", "warning": "face.warning"}.get(tone, "")
        word = self.wording.text(lead) if lead and said else ""
        self.query_one("#records-notice", Prose).show(
            lambda width: render.remarks([(word, STYLES[tone], said or " ")], width)
        )

    def _say_keys(self) -> None:
        shown_as = {key.id: key.shown for key in KEYS}
        self.query_one(KeyBar).say(
            [(shown_as[id], self.wording.text(_WORDS.get(id, f"face.key.{id}"))) for id in _BAR]
        )

    async def wipe(self) -> None:
        """Leave nothing of the person behind in what is drawn."""
        self._here, self._laid = None, None
        self._told.clear()
        self._draft.wipe()
        await self._form.wipe()
        for prose in self.query(Prose):
            prose.show(None)
