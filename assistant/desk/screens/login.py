"""Who is at the desk: the login, and the lock that asks the same person again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk.keys import EVERYWHERE, Key
from assistant.desk.page import Sheet
from assistant.records.staff import Member, StaffLogin
from assistant.widgets import render
from assistant.widgets.composer import Composer
from assistant.widgets.prose import Prose
from assistant.widgets.record_form import Field as Asked
from assistant.widgets.record_form import FieldRow, FieldView
from assistant.widgets.spots import ActBar, Spots
from flows.verdict import Arg, Problem

_COMMON = tuple(key for key in EVERYWHERE if key.id != "lock")


class Gate(Sheet):
    """Asks for a password, and lets through whoever it belongs to."""

    KEYS: ClassVar[tuple[Key, ...]] = (Key("reveal", "f5", "F5"),)
    FIELDS: ClassVar[tuple[str, ...]] = ("password",)
    ACTS: ClassVar[tuple[str, ...]] = ("log-in",)
    text_key: ClassVar[str] = ""

    def keys(self) -> tuple[Key, ...]:
        """Leave out what needs somebody on duty."""
        return (*self.KEYS, *_COMMON)

    def body(self) -> Iterable[Widget]:
        """Lay out the words, the fields and the button."""
        yield Prose(
            lambda width: render.text(self.wording.text(self.text_key, self.args()), width), id="gate-text"
        )
        for name in self.FIELDS:
            yield FieldRow(Asked(name), self.desk.glyphs)
        yield ActBar(self.desk.glyphs, id="gate-acts")

    def args(self) -> dict[str, Arg]:
        """Return what fills the words."""
        return {}

    def login(self) -> str:
        """Return the login name to try."""
        return self.row("login").typed

    def row(self, name: str) -> FieldRow:
        """Return the row of a field."""
        return next(row for row in self.query(FieldRow) if row.field == name)

    @property
    def entry(self) -> Composer:
        """The field of the password."""
        entry = self.row("password").entry
        assert isinstance(entry, Composer)
        return entry

    async def opened(self) -> None:
        """Begin in the first field."""
        self.entry.password = True
        self.row(self.FIELDS[0]).entry.focus()

    async def say(self) -> None:
        """Say it in the language of now."""
        self.query_one("#gate-text", Prose).again()
        for row in self.query(FieldRow):
            row.show(FieldView(self.wording.text(f"desk.field.{row.field}")))
        acts = [(id, self.wording.text(f"desk.act.{id}")) for id in self.ACTS]
        self.query_one(ActBar).offer(acts)

    async def act(self, id: str) -> None:
        """Show what is typed hidden, for a few seconds."""
        if id == "reveal":
            self.entry.password = not self.entry.password
            if not self.entry.password:
                self.set_timer(self.desk.policy.reveal, self._hide)

    def _hide(self) -> None:
        self.entry.password = True

    async def typed(self, event: events.Key) -> bool:
        """Go from field to field."""
        if event.key not in {"tab", "down", "shift+tab", "up"}:
            return False
        stations: list[Widget] = [row.entry for row in self.query(FieldRow)] + [self.query_one(ActBar)]
        here = next((n for n, each in enumerate(stations) if each.has_focus), 0)
        by = 1 if event.key in {"tab", "down"} else -1
        stations[(here + by) % len(stations)].focus()
        return True

    @on(FieldRow.Entered)
    def _entered(self, event: FieldRow.Entered) -> None:
        event.stop()
        if event.row.field == "password":
            self._try()
        else:
            self.entry.focus()

    @on(FieldRow.Changed)
    def _changed(self, event: FieldRow.Changed) -> None:
        event.stop()

    @on(Spots.Clicked, "#gate-acts")
    async def _act_clicked(self, event: Spots.Clicked) -> None:
        event.stop()
        await self.chosen(event.id)

    async def chosen(self, id: str) -> None:
        """Do what was chosen below the fields."""
        if id == "log-in":
            self._try()

    def _try(self) -> None:
        login, password = self.login(), self.entry.value
        if not login.strip() or not password:
            self.refuse(Problem("desk-login-empty"))
            return
        desk = self.desk

        def judged() -> StaffLogin:
            with desk.records.turn() as turn:
                return turn.staff_log_in(login, password, now=desk.clock.now())

        if self.work(judged, self._judged):
            self.tell(lambda: self.wording.text("desk.login.checking"))

    def _judged(self, outcome: StaffLogin) -> None:
        self.entry.put("")
        self._hide()
        if outcome.member is not None:
            self.let_in(outcome.member)
        elif outcome.wait_until is not None:
            self.refuse(Problem("desk-login-locked", {"until": outcome.wait_until}))
        else:
            self.refuse(Problem("desk-login-wrong"))

    def let_in(self, member: Member) -> None:
        """Let somebody through."""


class LoginPage(Gate):
    """Asks for a name and a password."""

    FIELDS: ClassVar[tuple[str, ...]] = ("login", "password")
    title_key: ClassVar[str] = "desk.login.title"
    text_key: ClassVar[str] = "desk.login.text"

    async def opened(self) -> None:
        """Say how the first account is made where there is none."""
        await super().opened()
        desk = self.desk

        def anybody() -> bool:
            with desk.records.turn() as turn:
                return bool(turn.staff_members())

        self.work(anybody, self._known)

    def _known(self, anybody: bool) -> None:
        if not anybody:
            self.tell(lambda: self.wording.text("desk.login.none"), f"{render.WARNING} bold")

    def let_in(self, member: Member) -> None:
        """Begin their duty; the login goes, with everything that was typed there."""
        self.row("login").put("")
        self.tell(None)
        self.desk.begin(member)


class LockPage(Gate):
    """Covers the work of somebody until they give their password again."""

    ACTS: ClassVar[tuple[str, ...]] = ("log-in", "log-out")
    title_key: ClassVar[str] = "desk.lock.title"
    text_key: ClassVar[str] = "desk.lock.text"

    def __init__(self, member: Member) -> None:
        """Wait for ``member`` and nobody else."""
        super().__init__()
        self._member = member

    def args(self) -> dict[str, Arg]:
        """Name who is waited for."""
        return {"name": self._member.display}

    def login(self) -> str:
        """Try them alone."""
        return self._member.login

    async def chosen(self, id: str) -> None:
        """Unlock, or end the duty for somebody else: what they had open is given up."""
        if id == "log-out":
            self.desk.call_later(self.desk.log_out)
        else:
            await super().chosen(id)

    def let_in(self, member: Member) -> None:
        """Give the work back; with other roles the duty begins anew."""
        if member.roles == self._member.roles:
            self.desk.unlock()
        else:
            self.desk.call_later(self.desk.log_out)
