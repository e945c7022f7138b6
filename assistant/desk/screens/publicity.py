"""The list of who passed, made public: seen before, published with its days, exported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line
from assistant.desk import typed
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.leaves import Leaves, OnceMore
from assistant.desk.page import DeskPage
from assistant.publishing import as_csv, as_page
from assistant.records import Turn
from assistant.records.supervision import PAGE, Entry, Publicity
from assistant.services.payment import read_day
from assistant.widgets import drawing
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.prose import Prose
from flows import text
from flows.verdict import Arg, Named, Problem, RefusedError

Listed = tuple[tuple[int, str, int, str, date, date, int], ...]
Wanted = tuple[str, int, str]
"""Exam, year and province of a list."""

_UP = {"dates": "draft", "sure": "dates", "draft": "which", "folder": "entries"}
"""Where Esc leads from a leaf; from any other to the lists."""


class PublicityPage(DeskPage):
    """Lists what was made public; F7 shows a draft, F8 publishes it, F9 writes a list to files."""

    title_key: ClassVar[str] = "desk.page.publicity"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("draft", "f7", "F7"),
        Key("publish", "f8", "F8"),
        Key("export", "f9", "F9"),
    )

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing loaded."""
        super().__init__(duty)
        self._lists: Listed = ()
        self._wanted: Wanted | None = None
        self._entries: tuple[Entry, ...] = ()
        self._public: Publicity | None = None
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
        self.store(lambda turn: turn.publicities(), self._loaded)

    # Said and drawn --------------------------------------------------------------------------------------

    @property
    def _leaves(self) -> Leaves:
        return self.query_one(Leaves)

    async def say(self) -> None:
        """Say it in the language of now."""
        self._leaves.say(self.wording)
        self._list()

    def _turn(self, leaf: str) -> None:
        self._leaves.turn(leaf)
        self._list()

    def _draw(self, width: int) -> Content:
        say, leaf = self.wording, self._leaves.open
        if leaf in {"draft", "dates", "sure"} and self._wanted is not None:
            said = say.text("desk.list.draft", {**self._named(self._wanted), **self._place()})
        elif leaf in {"entries", "folder"} and self._public is not None:
            public = self._public
            days: dict[str, Arg] = {"begins": public.begins, "ends": public.ends}
            named = self._named((public.exam, public.year, public.province))
            said = say.text("desk.list.public", {**named, **days, **self._place()})
        else:
            said = say.text("desk.list.none" if leaf == "lists" and not self._lists else f"desk.list.{leaf}")
        block = Block("said", (Line(said),))
        return drawing.below(block, width=width, wording=say, glyphs=self.desk.glyphs) + "\n"

    def _named(self, wanted: Wanted) -> dict[str, Arg]:
        exam, year, province = wanted
        return {"exam": Named("exam", exam), "year": year, "province": self._province(province)}

    def _place(self) -> dict[str, Arg]:
        pages = -(-len(self._entries) // PAGE)
        return {"entries": len(self._entries), "page": self._page + 1, "pages": max(pages, 1)}

    def _province(self, id: str) -> str:
        return self.wording.arg(Named("province", id)) if id else self.wording.text("publicity.all")

    def _list(self) -> None:
        say = self.wording
        self.query_one("#lists", Listing).offer(
            [
                Column(say.text("desk.column.number"), 6),
                Column(say.text("desk.column.year"), 6),
                Column(say.text("desk.column.days"), 23),
                Column(say.text("desk.column.entries"), 7),
                Column(say.text("desk.column.exam")),
            ],
            [
                ListRow(
                    str(number),
                    (
                        str(number),
                        str(year),
                        f"{begins:%Y-%m-%d} {ends:%Y-%m-%d}",
                        str(length),
                        f"{say.arg(Named('exam', exam))} {self._province(province)}",
                    ),
                    faded=ends < self.duty.now.date(),
                )
                for number, exam, year, province, begins, ends, length in self._lists
            ],
        )
        exam = self._wanted[0] if self._wanted else self._public.exam if self._public else ""
        shown = self._entries[self._page * PAGE : (self._page + 1) * PAGE]
        for id in ("draft", "entries"):
            self.query_one(f"#{id}", Listing).offer(
                [
                    Column(say.text("publicity.number"), 6),
                    Column(say.text("publicity.name"), 18),
                    Column(say.text("publicity.province"), 18),
                    Column(say.text("publicity.level")),
                ],
                [
                    ListRow(
                        str(each.number),
                        (
                            str(each.number),
                            each.name,
                            say.arg(Named("province", each.province)) if each.province else "",
                            say.arg(Named("level", f"{exam}/{each.level}")),
                        ),
                    )
                    for each in shown
                ],
            )
        self.query_one("#list-card", Prose).again()

    # Keys ------------------------------------------------------------------------------------------------

    async def typed(self, event: events.Key) -> bool:
        """Give keys to the leaf that lies open."""
        return self._leaves.key(event)

    async def back(self) -> None:
        """Go a leaf back; from the lists, leave."""
        leaf = self._leaves.open
        if leaf == "lists":
            self.dismiss()
            return
        self.tell(None)
        self._turn(_UP.get(leaf, "lists"))

    async def act(self, id: str) -> None:
        """Go on with a draft or a list; say what is needed before."""
        leaf = self._leaves.open
        self.tell(None)
        if id == "draft":
            self._turn("which")
        elif id == "publish" and leaf in {"draft", "dates"}:
            self._turn("dates")
        elif id == "export" and leaf in {"entries", "folder"}:
            self._turn("folder")
        else:
            self.refuse(Problem("list-draft-first" if id == "publish" else "list-open-first"))

    # Acts ------------------------------------------------------------------------------------------------

    def _loaded(self, lists: Listed) -> None:
        self._lists = lists
        self._list()

    @on(Listing.Opened)
    def _open(self, event: Listing.Opened) -> None:
        event.stop()
        self.tell(None)
        if self._leaves.open == "lists":
            self.store(lambda turn: turn.published(int(event.id)), self._published)
        elif self._leaves.open == "draft":
            self._turn("dates")

    def _published(self, public: Publicity) -> None:
        self._public, self._wanted, self._entries, self._page = public, None, public.entries, 0
        self._turn("entries")

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        if self._leaves.open != "lists" and 0 <= (self._page + event.by) * PAGE < len(self._entries):
            self._page += event.by
            self._list()

    @on(DeskForm.Chosen)
    def _chosen(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values = {name: text.field(value) for name, value in event.values.items()}
        match event.act:
            case "see-draft":
                self._draft(values)
            case "publish-list":
                self._dated(read_day(values["list-begins"]), read_day(values["list-ends"]))
            case "export-list":
                self._export(event.values["export-folder"])

    def _draft(self, values: dict[str, str]) -> None:
        duty = self.duty

        def draft() -> tuple[Wanted, tuple[Entry, ...]]:
            exam = typed.named("exam", values["sample-exam"], duty.content)
            year = typed.whole(values["sample-year"], "desk-year")
            wanted = values["sample-province"]
            province = typed.named("province", wanted, duty.content) if wanted else ""
            entries = duty.turn(lambda turn: turn.publicity_draft(exam, year, province))
            return (exam, year, province), entries

        self.work(draft, self._drafted)

    def _drafted(self, found: tuple[Wanted, tuple[Entry, ...]]) -> None:
        wanted, entries = found
        if not entries:
            self.refuse(Problem("passers-none", {"year": wanted[1]}))
            return
        self.tell(None)
        self._wanted, self._entries, self._page = wanted, entries, 0
        self._turn("draft")

    def _dated(self, begins: date | None, ends: date | None) -> None:
        if begins is None or ends is None:
            self.refuse(Problem("list-days"))
            return
        if ends < begins:
            self.refuse(Problem("publicity-ends-early", {"begins": begins, "ends": ends}))
            return
        if self._wanted is None:
            return
        wanted, seen, duty = self._wanted, self._entries, self.duty
        exam, year, province = wanted

        def made(turn: Turn) -> tuple[Publicity, Listed]:
            # What goes out is what was seen: results may have come in meanwhile.
            if turn.publicity_draft(exam, year, province) != seen:
                raise RefusedError("list-draft-changed")
            public = turn.publish_list(
                exam, year, province, begins=begins, ends=ends, by=duty.staff, now=duty.now
            )
            return public, turn.publicities()

        def publish() -> None:
            self._turn("dates")
            self.store(made, self._made_public)

        args = {**self._named(wanted), **self._place(), "begins": begins, "ends": ends}
        self.tell(None)
        self.query_one("#sure", OnceMore).ask(lambda: self.wording.text("desk.list.sure", args), publish)
        self._turn("sure")

    def _made_public(self, found: tuple[Publicity, Listed]) -> None:
        public, self._lists = found
        self._published(public)
        self.tell(lambda: self.wording.text("desk.list.done", {"list": public.id}), "$text-success")

    @on(OnceMore.Declined)
    async def _declined(self, event: OnceMore.Declined) -> None:
        event.stop()
        await self.back()

    def _export(self, written: str) -> None:
        public, content = self._public, self.duty.content
        if public is None:
            return

        def export() -> Path:
            name = typed.path(written) / f"list-{public.id}"
            typed.write(name.with_suffix(".csv"), as_csv(public, content))
            return typed.write(name.with_suffix(".html"), as_page(public, content)).parent

        self.work(export, self._exported)

    def _exported(self, folder: Path) -> None:
        args: dict[str, Arg] = {"list": self._public.id if self._public else 0, "folder": str(folder)}
        self._turn("entries")
        self.tell(lambda: self.wording.text("desk.list.exported", args), "$text-success")
