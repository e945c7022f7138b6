"""Supervision of who passed: results come in, a sample is drawn, each of those drawn is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line, Pair
from assistant.desk import typed
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import BACK, Key
from assistant.desk.leaves import Leaves, LeavesPage
from assistant.desk.paged import Place
from assistant.desk.screens.false_promises import OpenCasePage
from assistant.records.results import ResultsImported
from assistant.records.supervision import AS_PROMISED, DOUBTFUL, PAGE, Check, Sample
from assistant.results_file import read_results
from assistant.widgets import drawing
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.prose import Prose
from flows import text
from flows.permissions import Deed
from flows.verdict import Arg, Named, Problem

_DEEDS = {
    "draw": Deed.DRAW_SAMPLE,
    "results": Deed.IMPORT_RESULTS,
    "case-open": Deed.OPEN_FALSE_PROMISE,
}


class SupervisionPage(LeavesPage):
    """Lists the samples; F7 draws one, F8 imports results, Enter leads to those drawn."""

    title_key: ClassVar[str] = "desk.page.supervision"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("draw", "f7", "F7"),
        Key("results", "f8", "F8"),
        Key("case-open", "f9", "F9"),
    )
    UP: ClassVar[Mapping[str, str]] = {"check": "checks", "seen": "checks"}

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing loaded."""
        super().__init__(duty)
        self._samples: tuple[Sample, ...] = ()
        self._sample: Sample | None = None
        self._checks: tuple[Check, ...] = ()
        self._check: Check | None = None
        self._place = self._drawn_place = Place()

    def keys(self) -> tuple[Key, ...]:
        """Leave out what the roles do not allow."""
        acts_as = self.duty.staff.acts_as
        return (BACK, *(each for each in self.KEYS if acts_as(_DEEDS[each.id])), *self.COMMON)

    def body(self) -> Iterable[Widget]:
        """Lay out what is looked at, and the leaves."""
        glyphs = self.desk.glyphs
        fields = ("sample-exam", "sample-year", "sample-province", "sample-percent", "sample-seed")
        yield Prose(self._draw, id="sample-card")
        yield Leaves(
            Listing(glyphs, id="samples"),
            DeskForm(glyphs, fields, ("draw-sample",), id="draw"),
            DeskForm(glyphs, ("results-file",), ("import-results",), id="results"),
            Listing(glyphs, id="checks"),
            DeskForm(glyphs, ("check-reason",), (AS_PROMISED, DOUBTFUL), id="check"),
            Prose(id="seen"),
        )

    async def opened(self) -> None:
        """Load the samples."""
        self.query_one("#draw", DeskForm).put(**{"sample-percent": str(self.duty.house.sample_percent)})
        self._load()

    # Said and drawn --------------------------------------------------------------------------------------

    async def say(self) -> None:
        """Say it in the language of now."""
        self.leaves.say(self.wording)
        self._list()

    def turned(self) -> None:
        """Say anew what stands above."""
        self.query_one("#sample-card", Prose).again()

    def _draw(self, width: int) -> Content:
        blocks = self._shown()
        return drawing.below(*blocks, width=width, wording=self.wording, glyphs=self.desk.glyphs) + "\n"

    def _shown(self) -> Iterable[Block]:
        """Return what stands above the leaf."""
        say, leaf, sample = self.wording, self.leaves.open, self._sample
        if leaf in {"check", "seen"} and self._check is not None:
            yield Block("card", tuple(self._check_pairs(self._check)))
            if leaf == "check":
                yield Block("said", (Line(say.text("desk.sample.check")),))
        elif leaf == "checks" and sample is not None:
            args: dict[str, Arg] = {
                "exam": Named("exam", sample.exam),
                "year": sample.year,
                "drawn": sample.drawn,
                "passers": sample.passers,
                "percent": sample.percent,
                "seed": sample.seed,
                "page": self._place.page + 1,
                "pages": max(-(-sample.drawn // PAGE), 1),
            }
            yield Block("said", (Line(say.text("desk.sample.drawn", args)),))
        else:
            none = leaf == "samples" and self.loaded and not self._samples
            yield Block("said", (Line(say.text("desk.sample.none" if none else f"desk.sample.{leaf}")),))

    def _check_pairs(self, check: Check) -> Iterable[Pair]:
        say = self.wording
        yield Pair(say.text("desk.column.code"), check.code)
        if check.province:
            yield Pair(say.text("publicity.province"), say.arg(Named("province", check.province)))
        yield Pair(say.text("desk.column.outcome"), say.text(f"desk.check.{check.outcome or 'open'}"))
        if check.reason:
            yield Pair(say.text("desk.field.check-reason"), check.reason)

    def _list(self) -> None:
        say = self.wording
        self.query_one("#samples", Listing).offer(
            [
                Column(say.text("desk.column.number"), 6),
                Column(say.text("desk.column.year"), 6),
                Column(say.text("publicity.province"), 16),
                Column(say.text("desk.column.drawn"), 14),
                Column(say.text("desk.column.exam")),
            ],
            [
                ListRow(
                    str(each.id),
                    (
                        str(each.id),
                        str(each.year),
                        say.arg(Named("province", each.province))
                        if each.province
                        else say.text("publicity.all"),
                        f"{each.drawn}/{each.passers}",
                        say.arg(Named("exam", each.exam)),
                    ),
                )
                for each in self._samples
            ],
            around=self._drawn_place.around(say),
        )
        self.query_one("#checks", Listing).offer(
            [
                Column(say.text("desk.column.code"), 12),
                Column(say.text("publicity.province"), 18),
                Column(say.text("desk.column.outcome")),
            ],
            [
                ListRow(
                    each.code,
                    (
                        each.code,
                        say.arg(Named("province", each.province)) if each.province else "",
                        say.text(f"desk.check.{each.outcome or 'open'}"),
                    ),
                    faded=each.outcome is not None,
                )
                for each in self._checks
            ],
            around=self._place.around(say),
        )
        self.turned()

    # Keys ------------------------------------------------------------------------------------------------

    async def act(self, id: str) -> None:
        """Open the form of a key, or a case on the check that is seen."""
        self.tell(None)
        if id != "case-open":
            self.turn(id)
        elif self.leaves.open == "seen" and self._check is not None and self._check.outcome == DOUBTFUL:
            self.desk.push_screen(OpenCasePage(self.duty, self._check))
        else:
            self.refuse(Problem("check-not-doubtful"))

    # Acts ------------------------------------------------------------------------------------------------

    def _load(self, page: int = 0, told: Callable[[], str] | None = None) -> None:
        def loaded(samples: tuple[Sample, ...]) -> None:
            self.loaded = True
            self._samples, self._drawn_place = samples, Place(page, more=len(samples) == PAGE)
            self._list()
            if told is not None:
                self.done(told)

        self.store(lambda turn: turn.samples(page), loaded)

    @on(Listing.Opened)
    def _open(self, event: Listing.Opened) -> None:
        event.stop()
        self.tell(None)
        if self.leaves.open == "samples":
            self._sample = next(each for each in self._samples if str(each.id) == event.id)
            self._checks, self._place = (), Place()
            self.turn("checks")
            self._load_checks(0)
            return
        self._check = next(each for each in self._checks if each.code == event.id)
        self.query_one("#check", DeskForm).put(**{"check-reason": ""})
        self.turn("seen" if self._check.outcome else "check")

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        among_checks = self.leaves.open == "checks"
        page = (self._place if among_checks else self._drawn_place).turned(event.by)
        if page is not None:
            (self._load_checks if among_checks else self._load)(page)

    def _load_checks(self, page: int, told: Callable[[], str] | None = None) -> None:
        if self._sample is None:
            return
        number, duty = self._sample.id, self.duty

        def loaded(checks: tuple[Check, ...]) -> None:
            self._checks, self._place = checks, Place(page, more=len(checks) == PAGE)
            self._list()
            if told is not None:
                self.done(told)

        self.store(lambda turn: turn.checks(number, by=duty.staff, now=duty.now, page=page), loaded)

    @on(DeskForm.Chosen)
    def _chosen(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values = {name: text.field(value) for name, value in event.values.items()}
        match event.act:
            case "draw-sample":
                self._draw_sample(values)
            case "import-results":
                self._import(event.values["results-file"])
            case outcome if self._sample is not None and self._check is not None:
                number, code, duty = self._sample.id, self._check.code, self.duty
                self.store(
                    lambda turn: turn.close_check(
                        number, code, outcome, reason=values["check-reason"], by=duty.staff, now=duty.now
                    ),
                    lambda _: self._checked(code, outcome),
                )

    def _checked(self, code: str, outcome: str) -> None:
        self.turn("checks")
        said = f"desk.sample.closed.{outcome}"
        self._load_checks(self._place.page, lambda: self.wording.text(said, {"code": code}))

    async def back(self) -> None:
        """Go a leaf up; a sample that was drawn meanwhile stands among the others."""
        left = self.leaves.open
        await super().back()
        if left == "checks":
            self._load(self._drawn_place.page)

    def _draw_sample(self, values: dict[str, str]) -> None:
        duty = self.duty

        def drawn() -> Sample:
            exam, year, province = typed.sitting(values, duty.content)
            percent = typed.whole(values["sample-percent"], "sample-percent")
            seed = values["sample-seed"] or f"{exam}-{year}"
            return duty.turn(
                lambda turn: turn.draw_sample(
                    exam, year, province, percent=percent, seed=seed, by=duty.staff, now=duty.now
                )
            )

        self.work(drawn, self._drawn)

    def _drawn(self, sample: Sample) -> None:
        """Show those drawn at once: they are the work that follows."""
        self._sample, self._checks, self._place = sample, (), Place()
        self.tell(None)
        self.turn("checks")
        self._load_checks(0)

    def _import(self, written: str) -> None:
        duty = self.duty

        def read() -> ResultsImported:
            exams = duty.content.exams
            lines = list(read_results(typed.path(written), exams))
            return duty.turn(
                lambda turn: turn.import_results(lines, dict(exams), by=duty.staff, now=duty.now)
            )

        if self.work(read, self._imported):
            self.tell(lambda: self.wording.text("desk.pay.importing"))

    def _imported(self, found: ResultsImported) -> None:
        args: dict[str, Arg] = {
            "new": found.fresh,
            "corrected": found.changed,
            "same": found.same,
            "passers": found.passers,
        }
        self.turn("samples")
        self.done(lambda: self.wording.text("desk.sample.imported", args))
