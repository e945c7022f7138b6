"""The audit trail, for the auditor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.records.audit import ChainVerdict
from assistant.records.auditing import PAGE, AuditEntry, AuditFilter
from assistant.widgets import render
from assistant.widgets.listing import Column, Listing, ListRow
from flows import text
from flows.verdict import Arg, Problem


class AuditPage(DeskPage):
    """Lists the entries, newest first; F7 narrows them down, F8 goes through the whole chain."""

    title_key: ClassVar[str] = "desk.page.audit"
    KEYS: ClassVar[tuple[Key, ...]] = (Key("filter", "f7", "F7"), Key("verify", "f8", "F8"))

    def body(self) -> Iterable[Widget]:
        """Lay out the filter and the list."""
        yield DeskForm(
            self.desk.glyphs, ("audit-action", "audit-actor", "audit-subject", "audit-day"), ("filter",)
        )
        yield Listing(self.desk.glyphs)

    async def opened(self) -> None:
        """Load the newest."""
        self._entries: tuple[AuditEntry, ...] = ()
        self._filter = AuditFilter()
        self._ends: list[int | None] = [None]
        self.query_one(DeskForm).display = False
        self._load()

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one(DeskForm).say(self.wording)
        self._list()

    async def typed(self, event: events.Key) -> bool:
        """Walk through the list, or the filter while it is open."""
        form = self.query_one(DeskForm)
        return form.key(event) if form.display else self.query_one(Listing).key(event.key)

    async def back(self) -> None:
        """Close the filter; then leave."""
        form = self.query_one(DeskForm)
        if form.display:
            self._fold(form)
        else:
            self.dismiss()

    async def act(self, id: str) -> None:
        """Open the filter, or go through the chain."""
        if id == "filter":
            form = self.query_one(DeskForm)
            form.display = True
            form.begin()
        else:
            duty = self.duty
            if self.store(lambda turn: turn.verify_audit(by=duty.staff, now=duty.now), self._verified):
                self.tell(lambda: self.wording.text("desk.audit.verifying"))

    def _fold(self, form: DeskForm) -> None:
        form.display = False
        self.set_focus(None)

    def _verified(self, verdict: ChainVerdict) -> None:
        if not verdict.ok:
            self.refuse(Problem("audit-broken", {"at": verdict.at or 0}))
            return
        args: dict[str, Arg] = {"entries": verdict.entries, "head": verdict.head[:12]}
        self.tell(lambda: self.wording.text("desk.audit.whole", args), "$text-success")

    @on(DeskForm.Chosen)
    def _narrow(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values = {name: text.field(value) for name, value in event.values.items()}
        try:
            day = date.fromisoformat(values["audit-day"]) if values["audit-day"] else None
        except ValueError:
            self.refuse(Problem("audit-day"))
            return
        self._filter = AuditFilter(
            values["audit-action"], values["audit-actor"], values["audit-subject"], day
        )
        self._ends = [None]
        self._fold(event.form)
        self._load()

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        if event.by > 0 and len(self._entries) == PAGE:
            self._ends.append(self._entries[-1].seq)
            self._load()
        elif event.by < 0 and len(self._ends) > 1:
            self._ends.pop()
            self._load()

    @on(Listing.Opened)
    def _opened(self, event: Listing.Opened) -> None:
        """Say the whole of an entry: the columns cut."""
        event.stop()
        entry = next(each for each in self._entries if str(each.seq) == event.id)
        details = "  ".join(f"{name}={value}" for name, value in entry.details.items())
        whole = f"{entry.seq}  {entry.at:%Y-%m-%d %H:%M:%S}  {entry.role}  {entry.actor}  {entry.action}"
        self.tell(lambda: f"{whole}  {entry.subject}  {details}", render.STRONG)

    def _load(self) -> None:
        duty, wanted, before = self.duty, self._filter, self._ends[-1]
        self.store(
            lambda turn: turn.audit_entries(wanted, before=before, by=duty.staff, now=duty.now), self._loaded
        )

    def _loaded(self, entries: tuple[AuditEntry, ...]) -> None:
        self._entries = entries
        self._list()
        if entries:
            self.tell(None)
        else:
            self.tell(lambda: self.wording.text("desk.audit.nothing"))

    def _list(self) -> None:
        say = self.wording.text
        columns = [
            Column(say("desk.column.at"), 16),
            Column(say("desk.column.actor"), 12),
            Column(say("desk.column.action"), 22),
            Column(say("desk.column.subject")),
        ]
        rows = [
            ListRow(
                str(each.seq),
                (f"{each.at:%Y-%m-%d %H:%M}", each.actor or each.role, each.action, each.subject),
            )
            for each in getattr(self, "_entries", ())
        ]
        self.query_one(Listing).offer(columns, rows)
