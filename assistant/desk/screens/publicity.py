"""The list of who passed, made public: seen before, published with its days, exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line
from assistant.desk import typed
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.leaves import Leaves, LeavesPage, OnceMore
from assistant.desk.paged import Place
from assistant.publishing import as_csv, as_page
from assistant.records import Turn
from assistant.records.publicity import PAGE, Draft, Entry, Listed
from assistant.services.payment import read_day
from assistant.widgets import drawing
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.prose import Prose
from flows import text
from flows.rules.days import weekdays
from flows.verdict import Arg, Named, Problem

Wanted = tuple[str, int, str]
"""Exam, year and province of a list."""


class PublicityPage(LeavesPage):
    """Lists what was made public; F7 shows a draft, F8 publishes it, F9 writes a list to files."""

    title_key: ClassVar[str] = "desk.page.publicity"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("draft", "f7", "F7"),
        Key("publish", "f8", "F8"),
        Key("export", "f9", "F9"),
    )
    UP: ClassVar[Mapping[str, str]] = {
        "dates": "draft",
        "sure": "dates",
        "draft": "which",
        "folder": "entries",
    }

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing loaded."""
        super().__init__(duty)
        self._lists: tuple[Listed, ...] = ()
        self._place = Place()
        self._wanted: Wanted | None = None
        self._draft: Draft | None = None
        self._public: Listed | None = None
        self._entries: tuple[Entry, ...] = ()
        self._page = 0

    def body(self) -> Iterable[Widget]:
        """Lay out what is looked at, and the leaves."""
        glyphs = self.desk.glyphs
        yield Prose(self._draw, id="list-card")
        yield Leaves(
            Listing(glyphs, id="lists"),
            DeskForm(glyphs, ("sample-exam", "sample-year", "sample-province"), ("see-draft",), id="which"),
            Listing(glyphs, id="draft"),
            DeskForm(glyphs, ("list-begins", "list-ends"), ("publish-list",), id="dates"),
            OnceMore(glyphs, id="sure"),
            Listing(glyphs, id="entries"),
            DeskForm(glyphs, ("export-folder",), ("export-list",), id="folder"),
        )

    async def opened(self) -> None:
        """Load the lists."""
        self._load(0)

    # Said and drawn --------------------------------------------------------------------------------------

    async def say(self) -> None:
        """Say it in the language of now."""
        self.leaves.say(self.wording)
        self.turned()

    def _draw(self, width: int) -> Content:
        say, leaf = self.wording, self.leaves.open
        lines: list[str] = []
        if leaf in {"draft", "dates", "sure"} and self._wanted is not None:
            lines.append(say.text("desk.list.draft", {**self._named(self._wanted), **self._counted()}))
        elif leaf in {"entries", "folder"} and self._public is not None:
            public = self._public
            days: dict[str, Arg] = {"begins": public.begins, "ends": public.ends}
            named = self._named((public.exam, public.year, public.province))
            lines.append(say.text("desk.list.public", {**named, **days, **self._counted()}))
        if leaf in {"lists", "which", "dates", "folder"}:
            lines.append(
                say.text(
                    "desk.list.none"
                    if leaf == "lists" and self.loaded and not self._lists
                    else f"desk.list.{leaf}"
                )
            )
        block = Block("said", tuple(Line(each) for each in lines))
        return drawing.below(block, width=width, wording=say, glyphs=self.desk.glyphs) + "\n"

    def _named(self, wanted: Wanted) -> dict[str, Arg]:
        exam, year, province = wanted
        return {"exam": Named("exam", exam), "year": year, "province": self._province(province)}

    @property
    def _length(self) -> int:
        """How many people the draft or the list has."""
        return self._draft.total if self._draft else self._public.length if self._public else 0

    def _counted(self) -> dict[str, Arg]:
        pages = max(-(-self._length // PAGE), 1)
        return {"entries": self._length, "page": self._page + 1, "pages": pages}

    def _province(self, id: str) -> str:
        return self.wording.arg(Named("province", id)) if id else self.wording.text("publicity.all")

    def turned(self) -> None:
        """Show the lists anew, and what stands above."""
        say = self.wording
        self.query_one("#lists", Listing).offer(
            [
                Column(say.text("desk.column.list"), 4),
                Column(say.text("desk.column.year"), 4),
                Column(say.text("desk.column.days"), 21),
                Column(say.text("desk.column.entries"), 6),
                Column(say.text("publicity.province"), 13),
                Column(say.text("desk.column.exam")),
            ],
            [self._listed(each) for each in self._lists],
            around=self._place.around(say),
        )
        exam = self._wanted[0] if self._wanted else self._public.exam if self._public else ""
        place = Place(self._page, more=(self._page + 1) * PAGE < self._length)
        for id in ("draft", "entries"):
            self.query_one(f"#{id}", Listing).offer(
                [
                    Column(say.text("publicity.number"), 6),
                    Column(say.text("publicity.name"), 18),
                    Column(say.text("publicity.province"), 18),
                    Column(say.text("publicity.level")),
                ],
                [self._entry(each, exam) for each in self._entries],
                around=place.around(say),
            )
        self.query_one("#list-card", Prose).again()

    def _listed(self, each: Listed) -> ListRow:
        days = f"{each.begins:%Y-%m-%d} {each.ends:%Y-%m-%d}"
        exam = self.wording.arg(Named("exam", each.exam))
        cells = (str(each.id), str(each.year), days, str(each.length), self._province(each.province), exam)
        return ListRow(str(each.id), cells, faded=each.ends < self.duty.now.date())

    def _entry(self, each: Entry, exam: str) -> ListRow:
        say = self.wording
        province = say.arg(Named("province", each.province)) if each.province else ""
        level = say.arg(Named("level", f"{exam}/{each.level}"))
        return ListRow(str(each.number), (str(each.number), each.name, province, level))

    # Keys ------------------------------------------------------------------------------------------------

    async def act(self, id: str) -> None:
        """Go on with a draft or a list; say what is needed before."""
        leaf = self.leaves.open
        self.tell(None)
        if id == "draft":
            self.turn("which")
        elif id == "publish" and leaf in {"draft", "dates"}:
            self.turn("dates")
        elif id == "export" and leaf in {"entries", "folder"}:
            self.turn("folder")
        else:
            self.refuse(Problem("list-draft-first" if id == "publish" else "list-open-first"))

    # Acts ------------------------------------------------------------------------------------------------

    def _load(self, page: int) -> None:
        def loaded(lists: tuple[Listed, ...]) -> None:
            self.loaded = True
            self._lists, self._place = lists, Place(page, more=len(lists) == PAGE)
            self.turned()

        self.store(lambda turn: turn.publicities(page), loaded)

    @on(Listing.Opened)
    def _open(self, event: Listing.Opened) -> None:
        event.stop()
        self.tell(None)
        if self.leaves.open == "lists":
            public = next(each for each in self._lists if str(each.id) == event.id)
            self._show(lambda turn: (public, turn.published_page(public.id)))
        elif self.leaves.open == "draft":
            self.turn("dates")

    def _show(self, load: Callable[[Turn], tuple[Listed, tuple[Entry, ...]]], told: str = "") -> None:
        """Open a list that is public."""

        def loaded(found: tuple[Listed, tuple[Entry, ...]]) -> None:
            self._public, self._entries = found
            self._wanted = self._draft = None
            self._page = 0
            self.turn("entries")
            if told:
                self.done(lambda: self.wording.text(told, {"list": found[0].id}))

        self.store(load, loaded)

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        if self.leaves.open == "lists":
            page = self._place.turned(event.by)
            if page is not None:
                self._load(page)
            return
        page = Place(self._page, more=(self._page + 1) * PAGE < self._length).turned(event.by)
        if page is not None:
            self._read(page)

    def _read(self, page: int) -> None:
        wanted, public = self._wanted, self._public

        def read(turn: Turn) -> tuple[Entry, ...]:
            if wanted is not None:
                return turn.draft_page(*wanted, page=page)
            return turn.published_page(public.id, page=page) if public is not None else ()

        def loaded(entries: tuple[Entry, ...]) -> None:
            self._entries, self._page = entries, page
            self.turned()

        self.store(read, loaded)

    @on(DeskForm.Chosen)
    def _chosen(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values = {name: text.field(value) for name, value in event.values.items()}
        match event.act:
            case "see-draft":
                self._see(values)
            case "publish-list":
                self._dated(read_day(values["list-begins"]), read_day(values["list-ends"]))
            case "export-list":
                self._export(event.values["export-folder"])

    def _see(self, values: dict[str, str]) -> None:
        duty = self.duty

        def draft() -> tuple[Wanted, Draft]:
            exam, year, province = typed.sitting(values, duty.content)
            return (exam, year, province), duty.turn(lambda turn: turn.publicity_draft(exam, year, province))

        self.work(draft, self._seen)

    def _seen(self, found: tuple[Wanted, Draft]) -> None:
        wanted, draft = found
        if not draft.total:
            self.refuse(Problem("passers-none", {"year": wanted[1]}))
            return
        self.tell(None)
        self._wanted, self._draft, self._entries, self._page = wanted, draft, draft.entries, 0
        self.turn("draft")

    def _dated(self, begins: date | None, ends: date | None) -> None:
        if begins is None or ends is None:
            self.refuse(Problem("list-days"))
            return
        if begins < (today := self.duty.now.date()):
            self.refuse(Problem("publicity-begins-early", {"begins": begins, "today": today}))
            return
        if ends < begins:
            self.refuse(Problem("publicity-ends-early", {"begins": begins, "ends": ends}))
            return
        if self._wanted is None or self._draft is None:
            return
        wanted, seen, duty = self._wanted, self._draft.mark, self.duty

        def made(turn: Turn) -> tuple[Listed, tuple[Entry, ...]]:
            public = turn.publish_list(
                *wanted, begins=begins, ends=ends, by=duty.staff, now=duty.now, seen=seen
            )
            return public, turn.published_page(public.id)

        def publish() -> None:
            self.turn("dates")
            self._show(made, "desk.list.done")

        args = {**self._named(wanted), **self._counted(), "begins": begins, "ends": ends}
        args |= {"days": (ends - begins).days + 1, "weekdays": weekdays(begins, ends)}
        self.ask("sure", lambda: self.wording.text("desk.list.sure", args), publish)

    def _export(self, written: str) -> None:
        public, duty = self._public, self.duty
        if public is None:
            return

        def export() -> Path:
            name = typed.path(written) / f"list-{public.id}"
            whole = duty.turn(lambda turn: turn.published(public.id))
            typed.write(name.with_suffix(".csv"), as_csv(whole, duty.content))
            return typed.write(name.with_suffix(".html"), as_page(whole, duty.content)).parent

        self.work(export, lambda folder: self._exported(public.id, folder))

    def _exported(self, number: int, folder: Path) -> None:
        args: dict[str, Arg] = {"list": number, "folder": str(folder)}
        self.turn("entries")
        self.done(lambda: self.wording.text("desk.list.exported", args))
