"""The staff accounts, for the administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption
from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.records import Turn
from assistant.records.staff import Member
from assistant.widgets.choices import Choices
from assistant.widgets.listing import Column, Listing, ListRow
from flows.permissions import DESK_ROLES
from flows.roles import Role
from flows.verdict import Problem

_FORMS: dict[str, tuple[str, ...]] = {
    "add": ("login", "display", "password", "again"),
    "password": ("password", "again"),
}


class StaffPage(DeskPage):
    """Lists everybody; F7 adds, F8 gives roles, F9 a password, F10 disables or enables."""

    title_key: ClassVar[str] = "desk.page.staff"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("add", "f7", "F7"),
        Key("roles", "f8", "F8"),
        Key("password", "f9", "F9"),
        Key("active", "f10", "F10"),
    )

    def body(self) -> Iterable[Widget]:
        """Lay out a form for each act, and the list."""
        for act, fields in _FORMS.items():
            secret = frozenset({"password", "again"})
            done = "go-on" if act == "add" else "save"
            yield DeskForm(self.desk.glyphs, fields, (done,), secret=secret, id=f"staff-{act}")
        yield Choices(self.desk.glyphs, id="staff-roles")
        yield Listing(self.desk.glyphs)

    async def opened(self) -> None:
        """Load everybody."""
        self._members: tuple[Member, ...] = ()
        # What was filled in of a new account whose roles are being ticked.
        self._begun: Mapping[str, str] | None = None
        self._fold()
        self._load()

    async def say(self) -> None:
        """Say it in the language of now."""
        for form in self.query(DeskForm):
            form.say(self.wording)
        choices = self.query_one(Choices)
        if choices.display:
            await self._offer(choices.chosen)
        self._list()

    @property
    def _open(self) -> DeskForm | None:
        return next((form for form in self.query(DeskForm) if form.display), None)

    async def typed(self, event: events.Key) -> bool:
        """Walk through the form that is open, the roles, or the list."""
        form, choices = self._open, self.query_one(Choices)
        if form is not None:
            return form.key(event)
        if not choices.display:
            return self.query_one(Listing).key(event.key)
        match event.key:
            case "down" | "tab":
                choices.move(1)
            case "up" | "shift+tab":
                choices.move(-1)
            case "space":
                choices.tick()
            case "enter":
                choices.enter()
            case digit if digit in set("123456789"):
                return choices.digit(int(digit))
            case _:
                return False
        return True

    async def back(self) -> None:
        """Go from the roles of a new account to its form, close what is open; then leave."""
        if self._begun is not None:
            self._begun = None
            self._unfold("add")
        elif self._open is not None or self.query_one(Choices).display:
            self._fold()
            self.tell(None)
        else:
            self.dismiss()

    async def act(self, id: str) -> None:
        """Open the form of an act, or do the one that needs none."""
        here = self.query_one(Listing).here
        if id != "add" and here is None:
            return
        self._fold()
        if id == "active":
            self._toggle()
            return
        if id == "roles":
            await self._tick(self._chosen().login, self._chosen().roles)
            return
        self.query_one(f"#staff-{id}", DeskForm).put(login="", display="", password="", again="")
        self._unfold(id)
        if id == "password":
            self.tell(lambda: self.wording.text("desk.staff.for", {"login": self._chosen().login}))
        else:
            self.tell(None)

    def _unfold(self, act: str) -> None:
        """Open a form in place of what is open, with what stands in it."""
        self._fold()
        self.query_one(Listing).display = False
        form = self.query_one(f"#staff-{act}", DeskForm)
        form.display = True
        form.begin()

    async def _tick(self, login: str, roles: Iterable[Role]) -> None:
        """Have the roles of somebody ticked."""
        begun, preset = self._begun, tuple(roles)
        self._fold()
        self._begun = begun
        self.query_one(Listing).display = False
        await self._offer(preset)
        self.tell(lambda: self.wording.text("desk.staff.tick", {"login": login}))

    async def _offer(self, ticked: Iterable[str]) -> None:
        say = self.wording.text
        options = [AskedOption(role, say(f"desk.role.{role}")) for role in sorted(DESK_ROLES)]
        await self.query_one(Choices).offer(
            options, preset=tuple(ticked), several=True, done=say("desk.act.save")
        )

    def _chosen(self) -> Member:
        here = self.query_one(Listing).here
        return next(each for each in self._members if here is not None and each.login == here.id)

    def _toggle(self) -> None:
        member, duty = self._chosen(), self.duty
        self._change(
            lambda turn: turn.set_staff_active(member.login, not member.active, by=duty.staff, now=duty.now)
        )

    @on(DeskForm.Chosen)
    async def _save(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values, duty = event.values, self.duty
        if "password" in values and values["password"] != values["again"]:
            self.refuse(Problem("staff-passwords-differ"))
            return
        if event.form.id == "staff-add":
            self._begun = values
            await self._tick(values["login"], ())
            return
        login = self._chosen().login
        self._change(
            lambda turn: turn.set_staff_password(login, values["password"], by=duty.staff, now=duty.now)
        )

    @on(Choices.Picked)
    def _ticked(self, event: Choices.Picked) -> None:
        event.stop()
        roles, duty, values = frozenset(Role(each) for each in event.ids), self.duty, self._begun
        if values is None:
            login = self._chosen().login
            self._change(lambda turn: turn.set_staff_roles(login, roles, by=duty.staff, now=duty.now))
            return
        self._change(
            lambda turn: turn.add_staff(
                values["login"],
                display=values["display"],
                password=values["password"],
                roles=roles,
                by=duty.staff,
                now=duty.now,
            )
        )

    def _change(self, change: Callable[[Turn], object]) -> None:
        def changed(turn: Turn) -> tuple[Member, ...]:
            change(turn)
            return turn.staff_members()

        self.store(changed, self._changed)

    def _changed(self, members: tuple[Member, ...]) -> None:
        self._fold()
        self._loaded(members)
        self.tell(lambda: self.wording.text("desk.staff.saved"), "$text-success")

    def _fold(self) -> None:
        self._begun = None
        for form in self.query(DeskForm):
            form.display = False
        self.query_one(Choices).forget()
        self.query_one(Listing).display = True
        self.set_focus(None)

    def _load(self) -> None:
        self.store(lambda turn: turn.staff_members(), self._loaded)

    def _loaded(self, members: tuple[Member, ...]) -> None:
        self._members = members
        self._list()

    def _list(self) -> None:
        say = self.wording
        columns = [
            Column(say.text("desk.column.login"), 14),
            Column(say.text("desk.column.display"), 14),
            Column(say.text("desk.column.state"), 8),
            Column(say.text("desk.column.roles")),
        ]
        rows = [
            ListRow(
                each.login,
                (
                    each.login,
                    each.display,
                    say.text(f"desk.state.{'active' if each.active else 'disabled'}"),
                    say.value(tuple(say.text(f"desk.role.{role}") for role in sorted(each.roles))),
                ),
                faded=not each.active,
            )
            for each in getattr(self, "_members", ())
        ]
        self.query_one(Listing).offer(columns, rows)
