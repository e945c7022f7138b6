"""One manual verification: what there is to judge, and what can be done with it now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from assistant.clock import in_china
from assistant.desk import review_words
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import READING, Key
from assistant.desk.page import DeskPage
from assistant.desk.review_moves import CLOSING, args_of, made_by
from assistant.desk.trail import headed
from assistant.records import Turn
from assistant.records.queue import ReviewCase
from assistant.widgets import drawing, render
from assistant.widgets.prose import Prose
from assistant.widgets.spots import ActBar, Spots
from flows.casework import model, review
from flows.casework.review import REVIEW
from flows.verdict import Problem

_FORMS: Mapping[str, tuple[str, ...]] = {
    "ask-evidence": ("review-what", "review-where", "review-until"),
    "pass": ("review-why",),
    "disagree": ("review-why",),
}
"""What a move asks for; a proposed "fail" asks for a reason of each condition of its case."""

_SURE = frozenset({"pass", "propose-fail", "agree"})
"""Moves that whoever made them cannot take back."""

_EVIDENCE_DAYS = timedelta(days=7)
"""What stands in the field at first: a week, as for papers that lie at home."""


class ReviewPage(DeskPage):
    """Shows a case; digits, Enter or a click do what can be done, and what cannot says why."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("review-refresh", "f5", "F5"), *READING)

    def __init__(self, duty: Duty, code: str) -> None:
        """Stand for the case that ``code`` names."""
        super().__init__(duty)
        self._code = code
        self._case: ReviewCase | None = None
        self._form: DeskForm | None = None
        self._moving = ""
        self._asked: tuple[str, Mapping[str, str]] | None = None
        self._drafts: dict[str, Mapping[str, str]] = {}
        self._stale = False
        self._held = False
        self._numbered: tuple[str, ...] = ()

    def heading(self) -> str:
        """Name the case."""
        return self.wording.text("desk.review.title", {"code": self._code})

    def body(self) -> Iterable[Widget]:
        """Lay out the case, and under it what can be done."""
        with VerticalScroll(id="review-text", can_focus=False):
            yield Prose(self._draw, id="review-case")
        yield Prose(self._draw_guide, id="review-guide")
        yield ActBar(self.desk.glyphs, id="review-acts")
        yield ActBar(self.desk.glyphs, id="review-sure")
        yield Prose(self._draw_refused, id="review-refused")

    async def opened(self) -> None:
        """Load the case, and look at the lock from time to time."""
        self._load()
        self.set_interval(20, self.look)

    async def say(self) -> None:
        """Say it in the language of now."""
        if self._form is not None:
            self._form.say(self.wording)
        self._show()

    # What is shown ---------------------------------------------------------------------------------------

    @property
    def _standing(self) -> model.Case | None:
        return model.replay(REVIEW, self._case.events) if self._case is not None else None

    @property
    def _offers(self) -> review_words.Offers:
        """What can be done at this moment: a lock may have run out since the case was loaded."""
        standing, duty = self._standing, self.duty
        return model.offers(REVIEW, standing, by=duty.staff, now=duty.now) if standing is not None else ()

    def _show(self) -> None:
        resting = self._form is None and self._asked is None
        acts, sure = self.query_one("#review-acts", ActBar), self.query_one("#review-sure", ActBar)
        say = self.wording
        self._numbered = tuple(each.move.name for each in self._offers if each.refused is None)
        acts.offer(
            [
                (move, say.text("desk.review.numbered", {"number": number, "move": self._said_move(move)}))
                for number, move in enumerate(self._numbered, start=1)
            ]
        )
        acts.display = resting and bool(self._numbered)
        if self._asked is not None:
            yes = say.text("desk.act.review-yes", {"move": self._said_move(self._asked[0])})
            sure.offer([("no", say.text("desk.act.review-no")), ("yes", yes)])
        sure.display = self._asked is not None
        if self._form is not None:
            # What is asked about stands there to be read, and is not changed under the question.
            self._form.disabled = self._asked is not None
        for id in ("review-case", "review-guide", "review-refused"):
            self.query_one(f"#{id}", Prose).again()
        self.query_one("#review-guide").display = not resting
        self.query_one("#review-refused").display = resting and bool(self._refused())
        if acts.display:
            acts.focus()
        elif resting:
            self.set_focus(None)

    def _said_move(self, move: str) -> str:
        standing = self._standing
        held = review.lock(standing) if standing is not None else None
        if move == "claim" and held is not None and held.owner == self.duty.staff.id:
            return headed(self.wording.text("desk.review.longer"))
        return headed(self.wording.text(f"case.review.move.{move}"))

    def _draw(self, width: int) -> Content:
        if self._case is None:
            return Content("")
        found = review_words.blocks(self._case, self.duty.staff.id, self.duty.now, self.wording)
        return drawing.below(*found, width=width, wording=self.wording, glyphs=self.desk.glyphs)

    def _draw_guide(self, width: int) -> Content:
        if self._asked is not None:
            said, style = f"desk.review.sure.{self._asked[0]}", f"{render.WARNING} bold"
        elif self._form is not None:
            said, style = f"desk.review.form.{self._moving}", render.NOTE
        else:
            return Content("")
        return render.text(self.wording.text(said), width, style)

    def _draw_refused(self, width: int) -> Content:
        return render.joined(render.text(each, width, render.NOTE) for each in self._refused())

    def _refused(self) -> tuple[str, ...]:
        """Return why there is nothing to do, or what cannot be done just now."""
        offers, say = self._offers, self.wording
        if self._case is None:
            return ()
        if self._case.row.state in REVIEW.final:
            return (say.text("desk.review.closed"),)
        return review_words.refused(offers, say) if offers else (say.text("desk.review.only-look"),)

    @property
    def _holding(self) -> bool:
        standing = self._standing
        held = review.lock(standing) if standing is not None else None
        return held is not None and held.owner == self.duty.staff.id and held.running(self.duty.now)

    def look(self) -> None:
        """Show what the time has changed, and say when the case is not this person's any more."""
        if self._held and not self._holding:
            self.tell(lambda: self.wording.text("desk.review.lock-over"), f"{render.WARNING} bold")
        self._held = self._holding
        if self._form is None and self._asked is None:
            self._show()
        else:
            self.query_one("#review-case", Prose).again()

    # Keys ------------------------------------------------------------------------------------------------

    async def typed(self, event: events.Key) -> bool:
        """Go through the form, choose by a digit, or read on."""
        scroll = self.query_one("#review-text", VerticalScroll)
        match event.key:
            case "pagedown":
                scroll.scroll_page_down(animate=False)
            case "pageup":
                scroll.scroll_page_up(animate=False)
            case _ if self._asked is not None:
                return False
            case _ if self._form is not None:
                return self._form.key(event)
            case "down":
                scroll.scroll_down(animate=False)
            case "up":
                scroll.scroll_up(animate=False)
            case digit if digit in "123456789" and int(digit) <= len(self._numbered):
                # By what is read on the screen, which may be older than what can be done now.
                await self._choose(self._numbered[int(digit) - 1])
            case _:
                return False
        return True

    async def act(self, id: str) -> None:
        """Load the case anew; a form that is open stays with what was typed."""
        if id == "review-refresh":
            self.tell(None)
            self._load()

    async def back(self) -> None:
        """Take back the question, then close the form with its draft kept, then leave."""
        if self._asked is not None:
            self._unask()
        elif self._form is not None:
            await self._close(keep=True)
        else:
            self.dismiss()

    @on(Spots.Clicked, "#review-acts")
    async def _act_clicked(self, event: Spots.Clicked) -> None:
        event.stop()
        await self._choose(event.id)

    @on(Spots.Clicked, "#review-sure")
    def _sure_clicked(self, event: Spots.Clicked) -> None:
        event.stop()
        if self._asked is None:
            return
        move, values = self._asked
        if event.id == "yes":
            self._carry_out(move, values)
        else:
            self._unask()

    @on(DeskForm.Chosen)
    async def _form_chosen(self, event: DeskForm.Chosen) -> None:
        event.stop()
        if event.act == "review-drop":
            await self._close(keep=True)
        else:
            self._try(self._moving, event.values)

    # Moves -----------------------------------------------------------------------------------------------

    async def _choose(self, move: str) -> None:
        """Open the form of a move, or try it where it asks for nothing."""
        if self._case is None or self._form is not None or self._asked is not None:
            return
        stands = next((each.refused for each in self._offers if each.move.name == move), None)
        if stands is not None:
            self.refuse(stands)
            self._show()
            return
        self.tell(None)
        fields = self._case.conditions if move == "propose-fail" else _FORMS.get(move, ())
        if not fields:
            self._try(move, {})
            return
        self._moving = move
        self._form = DeskForm(self.desk.glyphs, fields, ("review-go", "review-drop"), named=self._label)
        await self.mount(self._form, after="#review-guide")
        self._form.say(self.wording)
        self._form.put(**(self._drafts.get(move) or self._preset(move)))
        self._show()
        self._form.begin()

    def _label(self, name: str) -> str:
        if self._moving == "propose-fail":
            return review_words.condition(name, self.wording)
        return self.wording.text(f"desk.field.{name}")

    def _preset(self, move: str) -> Mapping[str, str]:
        if move != "ask-evidence" or self._case is None:
            return {}
        until = datetime.combine((self.duty.now + _EVIDENCE_DAYS).date(), CLOSING)
        return {"review-where": self._point(self._case), "review-until": f"{until:%Y-%m-%d %H:%M}"}

    def _point(self, case: ReviewCase) -> str:
        """Return name and address of the verification point that the candidate chose."""
        province, chosen = str(case.facts.get("province", "")), case.facts.get("verification_point")
        office, language = self.duty.content.office(province), self.wording.language
        for point in office.points if office is not None else ():
            if point.id == chosen:
                return self.wording.value((point.name.said(language), point.address.said(language)))
        return ""

    def _try(self, move: str, values: Mapping[str, str]) -> None:
        """Make a move, after a question where it cannot be taken back; what is missing is said before."""
        standing, duty = self._standing, self.duty
        if standing is None:
            return
        args = args_of(move, values, duty)
        if args is None:
            self.refuse(Problem("review-until-unread"))
            return
        made = model.make(REVIEW, standing, move, by=duty.staff, now=duty.now, args=args)
        if isinstance(made, Problem):
            self.refuse(made)
        elif move in _SURE:
            self._asked = (move, values)
            self.tell(None)
            self._show()
            self.query_one("#review-sure", ActBar).focus()
        else:
            self._carry_out(move, values)

    def _carry_out(self, move: str, values: Mapping[str, str]) -> None:
        duty, code = self.duty, self._code
        make = made_by(move, values, code, duty)

        def done(turn: Turn) -> ReviewCase:
            make(turn)
            return turn.review_case(code, by=duty.staff, now=duty.now, days=duty.house.review_days)

        self._stale = self.store(done, lambda case: self._done(move, case)) or self._stale

    async def _done(self, move: str, case: ReviewCase) -> None:
        self._case, self._asked, self._stale = case, None, False
        self._held = self._holding
        self._drafts.pop(move, None)
        await self._close(keep=False)
        self.query_one("#review-text", VerticalScroll).scroll_home(animate=False)
        held = review.lock(model.Case(case.row.state, case.events))
        until = {"until": in_china(held.until)} if held is not None and move == "claim" else {}
        self.tell(lambda: self.wording.text(f"desk.review.did.{move}", until), "$text-success")

    def refuse(self, problem: Problem) -> None:
        """Say why; the form stays with what was typed, and the case is shown as it stands now."""
        self._unask()
        super().refuse(problem)
        if self._stale:
            self._stale = False
            self._load()

    def _unask(self) -> None:
        if self._asked is not None:
            self._asked = None
            self._show()
            if self._form is not None:
                self._form.begin()

    async def _close(self, *, keep: bool) -> None:
        if self._form is not None:
            if keep:
                self._drafts[self._moving] = self._form.values
            form, self._form = self._form, None
            await form.remove()
        self._show()

    def _load(self) -> None:
        duty, code = self.duty, self._code
        self.store(
            lambda turn: turn.review_case(code, by=duty.staff, now=duty.now, days=duty.house.review_days),
            self._loaded,
        )

    def _loaded(self, case: ReviewCase) -> None:
        self._case = case
        self._held = self._holding
        self._show()
