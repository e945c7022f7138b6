"""The staff accounts, for the administrator."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.desk.form import DeskForm
from assistant.desk.keys import Key
from assistant.desk.page import DeskPage
from assistant.records import Turn
from assistant.records.staff import Member
from assistant.widgets.listing import Column, Listing, ListRow
from flows.permissions import DESK_ROLES
from flows.roles import Role
from flows.verdict import Problem

_FORMS: dict[str, tuple[str, ...]] = {
    "add": ("login", "display", "password", "again", "roles"),
    "roles": ("roles",),
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
            yield DeskForm(self.desk.glyphs, fields, ("save",), secret=secret, id=f"staff-{act}")
        yield Listing(self.desk.glyphs)

    async def opened(self) -> None:
        """Load everybody."""
        self._members: tuple[Member, ...] = ()
        self._fold()
        self._load()

    async def say(self) -> None:
        """Say it in the language of now."""
        for form in self.query(DeskForm):
            form.say(self.wording)
        self._list()

    @property
    def _open(self) -> DeskForm | None:
        return next((form for form in self.query(DeskForm) if form.display), None)

    async def typed(self, event: events.Key) -> bool:
        """Walk through the form that is open, or the list."""
        form = self._open
        return form.key(event) if form is not None else self.query_one(Listing).key(event.key)

    async def back(self) -> None:
        """Close the form; then leave."""
        if self._open is not None:
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
        form = self.query_one(f"#staff-{id}", DeskForm)
        form.put(login="", display="", password="", again="", roles="")
        if id == "roles":
            form.put(roles=", ".join(sorted(self._chosen().roles)))
        form.display = True
        self.query_one(Listing).display = False
        form.begin()
        if id == "password":
            self.tell(lambda: self.wording.text("desk.staff.for", {"login": self._chosen().login}))
        else:
            self.tell(lambda: self.wording.text("desk.staff.roles", {"roles": ", ".join(sorted(DESK_ROLES))}))

    def _chosen(self) -> Member:
        here = self.query_one(Listing).here
        return next(each for each in self._members if here is not None and each.login == here.id)

    def _toggle(self) -> None:
        member, duty = self._chosen(), self.duty
        self._change(
            lambda turn: turn.set_staff_active(member.login, not member.active, by=duty.staff, now=duty.now)
        )

    @on(DeskForm.Chosen)
    def _save(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values, duty = event.values, self.duty
        if "password" in values and values["password"] != values["again"]:
            self.refuse(Problem("staff-passwords-differ"))
            return
        roles = _read(values.get("roles", ""))
        if roles is None:
            self.refuse(Problem("staff-roles"))
            return
        match event.form.id:
            case "staff-add":
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
            case "staff-roles":
                login = self._chosen().login
                self._change(lambda turn: turn.set_staff_roles(login, roles, by=duty.staff, now=duty.now))
            case _:
                login = self._chosen().login
                self._change(
                    lambda turn: turn.set_staff_password(
                        login, values["password"], by=duty.staff, now=duty.now
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
        for form in self.query(DeskForm):
            form.display = False
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


def _read(typed: str) -> frozenset[Role] | None:
    """Read role ids with commas or spaces between; ``None`` where one is no role."""
    names = typed.replace(",", " ").replace("，", " ").replace("、", " ").split()
    known = {role.value: role for role in DESK_ROLES}
    return frozenset(known[name] for name in names) if all(name in known for name in names) else None
