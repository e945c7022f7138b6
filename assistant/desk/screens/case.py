"""A case with what happened to it and what can be done next, and the form of one move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption, Block, Line, Pair
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import READING, Key
from assistant.desk.page import DeskPage
from assistant.desk.trail import CaseWords, warned
from assistant.desk.ways import Kept, Values
from assistant.records import Turn
from assistant.records.false_promises import CaseRow
from assistant.widgets import drawing
from assistant.widgets.choices import Choices
from assistant.widgets.prose import Prose
from assistant.widgets.spots import ActBar, Spots
from flows.casework import model
from flows.casework.measures import MEASURES
from flows.rules.identity import mask_id_number
from flows.verdict import Problem, RefusedError


@dataclass(frozen=True)
class Looked:
    """A case as its page shows it; only cases on false promises have a person over them."""

    case: model.Case
    row: CaseRow | None
    names: Mapping[str, str]


class CasePage(DeskPage):
    """Shows a case; a digit begins a move, the page keys read on."""

    KEYS: ClassVar[tuple[Key, ...]] = READING

    def __init__(self, duty: Duty, kept: Kept, number: str) -> None:
        """Show case ``number``."""
        super().__init__(duty)
        self.kept, self.number = kept, number
        self.looked: Looked | None = None

    def heading(self) -> str:
        """Name the case."""
        return self.wording.text(f"desk.case.{self.kept.kind.name}", {"number": self.number})

    def body(self) -> Iterable[Widget]:
        """Lay out the next moves over what happened."""
        yield Choices(self.desk.glyphs, id="case-moves")
        yield Prose(id="case-none")
        with VerticalScroll(id="case-trail", can_focus=False):
            yield Prose(self._draw, id="case-text")

    async def opened(self) -> None:
        """Load the case."""
        self.load()

    def load(self) -> None:
        """Load the case anew."""
        self.store(self._look, self._show)

    def _look(self, turn: Turn) -> Looked:
        duty, number = self.duty, self.number
        row = None
        if self.kept.kind.name == "false-promise":
            row = turn.false_promise_row(number, by=duty.staff, now=duty.now)
        case = self.kept.load(turn, number, duty)
        known = (name for each in case.events for name in (each.by, each.text("owner")))
        return Looked(case, row, turn.staff_names(known))

    async def _show(self, looked: Looked) -> None:
        self.looked = looked
        await self.say()

    async def say(self) -> None:
        """Say it in the language of now."""
        if self.looked is None:
            return
        words = self._words
        offered: dict[str, AskedOption] = {}
        for each in model.offers(self.kept.kind, self.looked.case, by=self.duty.staff, now=self.duty.now):
            refused = self.wording.problem(each.refused) if each.refused is not None else ""
            name = each.move.name
            offered[name] = AskedOption(name, words.move(name), refused=refused)
        choices = self.query_one(Choices)
        here = choices.highlighted
        await choices.offer(tuple(offered.values()), preset=(here.asked.id,) if here else ())
        self.query_one("#case-none", Prose).show(None if offered else self._nothing)
        self.query_one("#case-text", Prose).again()

    @property
    def _words(self) -> CaseWords:
        return CaseWords(self.wording, self.kept.kind, self.looked.names if self.looked else {})

    def _nothing(self, width: int) -> Content:
        block = Block("said", (Line(self.wording.text("desk.case.nothing"), "note"),))
        return drawing.below(block, width=width, wording=self.wording, glyphs=self.desk.glyphs)

    def _draw(self, width: int) -> Content:
        if self.looked is None:
            return Content("")
        words, looked, say = self._words, self.looked, self.wording.text
        if looked.row is not None:
            head = words.about(looked.row)
        else:
            state = Pair(say("desk.arg.state"), words.state(looked.case.state))
            head = Block("card", (state,), say("desk.case.number", {"number": self.number}), "status")
        blocks = [head, *words.trail(looked.case)]
        return drawing.below(*blocks, width=width, wording=self.wording, glyphs=self.desk.glyphs)

    async def typed(self, event: events.Key) -> bool:
        """Move through what can be done, begin it, or read on."""
        choices, scroll = self.query_one(Choices), self.query_one("#case-trail", VerticalScroll)
        match event.key:
            case "down" | "tab":
                choices.move(1)
            case "up" | "shift+tab":
                choices.move(-1)
            case "enter":
                choices.enter()
            case "pagedown" | "space":
                scroll.scroll_page_down(animate=False)
            case "pageup":
                scroll.scroll_page_up(animate=False)
            case _ if event.character is not None and event.character in set("123456789"):
                choices.digit(int(event.character))
            case _:
                return False
        return True

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        """Begin a move, or say what stands in its way."""
        event.stop()
        assert self.looked is not None
        move, case, kept = event.ids[0], self.looked.case, self.kept
        offers = model.offers(kept.kind, case, by=self.duty.staff, now=self.duty.now)
        refused = next(each.refused for each in offers if each.move.name == move)
        if refused is not None:
            self.refuse(refused)
            return
        self.tell(None)
        way = kept.ways[move]
        if way.fields or way.final:
            self.desk.push_screen(MovePage(self.duty, kept, self.number, case, move), self._made)
        else:
            self.store(lambda turn: kept.do(turn, self.number, move, self.duty, {}), lambda _: self._made())

    def _made(self, _: None = None) -> None:
        self.load()


class MovePage(DeskPage):
    """Asks for what a move needs; what cannot be taken back is shown whole and asked once more."""

    def __init__(self, duty: Duty, kept: Kept, number: str, case: model.Case, move: str) -> None:
        """Ask for ``move`` on a case as it stands."""
        super().__init__(duty)
        self.kept, self.number, self.case, self.move = kept, number, case, move
        self.way = kept.ways[move]
        self._values: Values | None = None

    def heading(self) -> str:
        """Name the move and the case."""
        args = {"move": self._words.move(self.move), "number": self.number}
        return self.wording.text("desk.move.title", args)

    @property
    def _words(self) -> CaseWords:
        return CaseWords(self.wording, self.kept.kind)

    def body(self) -> Iterable[Widget]:
        """Lay out the form, and over it what is asked once more."""
        if self.way.fields:
            act = "go-on" if self.way.final else "save"
            yield DeskForm(self.desk.glyphs, self.way.fields, (act,), options=self.way.options)
        with VerticalScroll(id="move-shown", can_focus=False):
            yield Prose(self._draw, id="move-text")
        yield ActBar(self.desk.glyphs, id="move-acts")

    async def opened(self) -> None:
        """Begin in the first field, or with the question."""
        if self.way.fields:
            form = self.query_one(DeskForm)
            form.put(**self.way.begins(self.duty))
            self._fill()
        else:
            self._ask({})

    async def say(self) -> None:
        """Say it in the language of now."""
        for form in self.query(DeskForm):
            form.say(self.wording)
        acts = [(act, self.wording.text(f"desk.act.{act}")) for act in ("change", "confirm")]
        self.query_one("#move-acts", ActBar).offer(acts)
        self.query_one("#move-text", Prose).again()

    def _fill(self) -> None:
        self._values = None
        self._turn(False)
        self.query_one(DeskForm).begin()

    def _ask(self, values: Values) -> None:
        self._values = values
        self._turn(True)
        self.query_one("#move-text", Prose).again()
        bar = self.query_one("#move-acts", ActBar)
        # Who presses Enter twice must not have decided.
        bar.offer(
            [(act, self.wording.text(f"desk.act.{act}")) for act in ("change", "confirm")], first="change"
        )
        bar.focus()

    def _turn(self, asked: bool) -> None:
        for form in self.query(DeskForm):
            form.display = not asked
        self.query_one("#move-shown").display = asked
        self.query_one("#move-acts").display = asked

    def _draw(self, width: int) -> Content:
        if self._values is None:
            return Content("")
        say, words = self.wording, self._words
        blocks = [warned(say.text(f"desk.sure.{self.kept.kind.name}-{self.move}"))]
        if self._values.get("case-measure", "") in MEASURES:
            blocks.append(words.brings(self._values["case-measure"], self.duty.now.date()))
        typed = tuple(
            Pair(say.text(f"desk.field.{name}"), self._said(name, value))
            for name, value in self._values.items()
            if value.strip() and name != "case-measure"
        )
        if typed:
            blocks.append(Block("card", typed, say.text("desk.move.typed"), "status"))
        return drawing.below(*blocks, width=width, wording=say, glyphs=self.desk.glyphs)

    def _said(self, name: str, value: str) -> str:
        if name == "case-id-number":
            return mask_id_number(value)
        key = next((each for each in self.way.options.get(name, ()) if each.endswith(f".{value}")), None)
        return self.wording.text(key) if key is not None else value

    async def typed(self, event: events.Key) -> bool:
        """Go through the form, or read on in what is asked."""
        shown = self.query_one("#move-shown", VerticalScroll)
        if not shown.display:
            return self.query_one(DeskForm).key(event)
        match event.key:
            case "down" | "pagedown":
                shown.scroll_page_down(animate=False)
            case "up" | "pageup":
                shown.scroll_page_up(animate=False)
            case _:
                return False
        return True

    async def back(self) -> None:
        """Go from the question to the form, and from the form to the case."""
        if self._values is not None and self.way.fields:
            self._fill()
            self.tell(None)
        else:
            self.dismiss()

    @on(DeskForm.Chosen)
    def _filled(self, event: DeskForm.Chosen) -> None:
        event.stop()
        problem = self._problem(event.values)
        if problem is not None:
            self.refuse(problem)
        elif self.way.final:
            self.tell(None)
            self._ask(event.values)
        else:
            self._make_move(event.values)

    def _problem(self, values: Values) -> Problem | None:
        """Judge before anything is asked once more, by the rules that the store asks too."""
        try:
            args = self.way.args(values, self.duty)
        except RefusedError as refused:
            return Problem(refused.code, refused.arguments)
        now = self.duty.now
        made = model.make(self.kept.kind, self.case, self.move, by=self.duty.staff, now=now, args=args)
        return made if isinstance(made, Problem) else None

    @on(Spots.Clicked, "#move-acts")
    async def _answered(self, event: Spots.Clicked) -> None:
        event.stop()
        if event.id == "confirm" and self._values is not None:
            self._make_move(self._values)
        else:
            await self.back()

    def _make_move(self, values: Values) -> None:
        kept, duty = self.kept, self.duty
        self.store(lambda turn: kept.do(turn, self.number, self.move, duty, values), lambda _: self._leave())

    def _leave(self) -> None:
        # Not returned: a page that waits for its own end waits for ever.
        self.dismiss()
