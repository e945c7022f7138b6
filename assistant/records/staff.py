"""Those who work at the desk: their accounts, roles and logins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records import throttle
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError, RoleRefused
from assistant.records.passwords import decoy_hash, hash_password, needs_rehash, verify_password
from assistant.records.staff_schema import staff, staff_role
from flows import text
from flows.permissions import DESK_ROLES, Deed, Staff
from flows.roles import Role
from flows.rules.password import check_password

MOST_LOGIN = 32
LONGEST_DISPLAY = 40

_LOGIN = re.compile("[a-z][a-z0-9]*(?:[.-][a-z0-9]+)*")
_RESERVED = frozenset({"system", "operator", "unknown", "candidate"})
"""Names that mean somebody else on the audit trail."""

OPERATOR = Staff("system", frozenset({Role.ADMINISTRATOR}))
"""Who acts by the command line: whoever may run it there holds the key and the database already."""


@dataclass(frozen=True)
class Member:
    """Somebody who works, or worked, at the desk.

    Args:
        login: The name they log in with.
        display: Their own name, for colleagues.
        roles: What they are.
        active: Whether they can log in.
        created_at: Since when there is the account.
        changed_at: When it was changed last.
    """

    login: str
    display: str
    roles: frozenset[Role]
    active: bool
    created_at: datetime
    changed_at: datetime

    @property
    def staff(self) -> Staff:
        """Return them as what acts of staff are asked for."""
        return Staff(self.login, self.roles)


@dataclass(frozen=True)
class StaffLogin:
    """What came of a login; ``wait_until`` when there were too many wrong ones."""

    member: Member | None
    wait_until: datetime | None = None


class StaffAccounts:
    """The staff of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    # At the login ----------------------------------------------------------------------------------------

    def log_in(self, login: str, password: str, *, now: datetime) -> StaffLogin:
        """Log in; an unknown name, a disabled one and a wrong password take as long and say the same."""
        core, wanted = self._core, as_login(login)
        until = throttle.locked_until(core, "staff", wanted, now)
        if until is not None:
            return StaffLogin(None, until)
        row = core.connection.execute(
            select(staff.c.id, staff.c.password_hash, staff.c.active).where(staff.c.id == wanted)
        ).first()
        fits = verify_password(row.password_hash if row else decoy_hash(), password)
        if row is None or not fits or not row.active:
            # What was typed as a name may be anything, a password too: only a known one is noted.
            subject = row.id if row else "unknown"
            core.note("refused:log-in-desk", subject, now=now, role=Role.SYSTEM)
            until = throttle.failed(core, "staff", wanted, now)
            if until is not None:
                core.note("lock", subject, now=now, role=Role.SYSTEM)
            return StaffLogin(None, until)
        throttle.succeeded(core, "staff", wanted)
        if needs_rehash(row.password_hash):
            core.connection.execute(
                update(staff).where(staff.c.id == wanted).values(password_hash=hash_password(password))
            )
        member = self.member(wanted)
        core.note("log-in-desk", wanted, now=now, role=_main(member.roles), actor=wanted)
        return StaffLogin(member)

    def log_out(self, by: Staff, *, now: datetime) -> None:
        """Note that somebody left the desk."""
        self._core.note("log-out-desk", by.id, now=now, role=_main(by.roles), actor=by.id)

    def on_duty(self, by: Staff) -> None:
        """See that somebody who logged in earlier may still act as they could then.

        Raises:
            RecordsError: They were disabled since, or have other roles.
        """
        row = self._core.connection.execute(select(staff.c.active).where(staff.c.id == by.id)).first()
        if row is None or not row.active:
            raise RecordsError("staff-disabled")
        if self._roles(by.id) != by.roles:
            raise RecordsError("staff-roles-changed")

    # Who there is --------------------------------------------------------------------------------------

    def member(self, login: str) -> Member:
        """Return somebody by their login name.

        Raises:
            RecordsError: There is nobody of this name.
        """
        wanted = as_login(login)
        row = self._core.connection.execute(select(staff).where(staff.c.id == wanted)).first()
        if row is None:
            raise RecordsError("staff-unknown", {"login": wanted})
        return self._member(row, self._roles(wanted))

    def members(self) -> tuple[Member, ...]:
        """Return everybody, in the order of their login names."""
        roles: dict[str, set[Role]] = {}
        for each in self._core.connection.execute(select(staff_role)):
            roles.setdefault(each.staff_id, set()).add(Role(each.role))
        rows = self._core.connection.execute(select(staff).order_by(staff.c.id))
        return tuple(self._member(row, frozenset(roles.get(row.id, ()))) for row in rows)

    def names(self, logins: Iterable[str]) -> Mapping[str, str]:
        """Return what colleagues call each other: the own name, or the login name where none is set."""
        wanted = {each for each in logins if each}
        rows = self._core.connection.execute(
            select(staff.c.id, staff.c.display_enc).where(staff.c.id.in_(wanted))
        )
        called = {row.id: self._core.cipher.text(row.display_enc, _place(row.id)).strip() for row in rows}
        return {each: called.get(each) or each for each in wanted}

    def _member(self, row: object, roles: frozenset[Role]) -> Member:
        login: str = row.id  # type: ignore[attr-defined]
        return Member(
            login,
            self._core.cipher.text(row.display_enc, _place(login)),  # type: ignore[attr-defined]
            roles,
            bool(row.active),  # type: ignore[attr-defined]
            moment(row.created_at),  # type: ignore[attr-defined]
            moment(row.changed_at),  # type: ignore[attr-defined]
        )

    def _roles(self, login: str) -> frozenset[Role]:
        found = self._core.connection.execute(select(staff_role.c.role).where(staff_role.c.staff_id == login))
        return frozenset(Role(each) for each in found.scalars())

    # Acts of an administrator --------------------------------------------------------------------------

    def add(
        self, login: str, *, display: str, password: str, roles: Iterable[Role], by: Staff, now: datetime
    ) -> Member:
        """Make an account.

        Args:
            login: The name to log in with: small letters, digits, dots and dashes.
            display: The person's own name, for colleagues; empty for the login name.
            password: Judged by the rule for passwords (FAQ 11.4).
            roles: At least one role of the desk.
            by: An administrator; the first account is made by the operator at the command line alone.
            now: When.

        Raises:
            RoleRefused: ``by`` is no administrator.
            RecordsError: Why it cannot be made.
        """
        acting = self._acting("add-staff", login, by, now)
        wanted, given = as_login(login), frozenset(roles)
        shown = text.field(display) or wanted
        if not _LOGIN.fullmatch(wanted) or len(wanted) > MOST_LOGIN or wanted in _RESERVED:
            raise RecordsError("staff-login", {"most": MOST_LOGIN})
        if len(shown) > LONGEST_DISPLAY:
            raise RecordsError("staff-display-long", {"most": LONGEST_DISPLAY})
        _judge(password, (wanted, shown))
        _judge_roles(given)
        self._first_is_operators(by, given)
        when = stamp(now)
        try:
            with self._core.connection.begin_nested():
                self._core.connection.execute(
                    insert(staff).values(
                        id=wanted,
                        display_enc=self._core.cipher.encrypt(shown, _place(wanted)),
                        password_hash=hash_password(password),
                        active=1,
                        created_at=when,
                        changed_at=when,
                    )
                )
        except IntegrityError as error:
            raise RecordsError("staff-login-taken", {"login": wanted}) from error
        self._give(wanted, given)
        self._note("add-staff", wanted, by, acting, now, roles=_listed(given))
        return self.member(wanted)

    def set_roles(self, login: str, roles: Iterable[Role], *, by: Staff, now: datetime) -> Member:
        """Give somebody these roles and no others.

        Raises:
            RoleRefused: ``by`` is no administrator.
            RecordsError: There is nobody of this name, or they are the last active administrator.
        """
        acting = self._acting("set-staff-roles", login, by, now)
        member, given = self.member(login), frozenset(roles)
        _judge_roles(given)
        try:
            with self._core.connection.begin_nested():
                for role in member.roles - given:
                    self._core.connection.execute(
                        delete(staff_role).where(
                            staff_role.c.staff_id == member.login, staff_role.c.role == role.value
                        )
                    )
        except IntegrityError as error:
            raise RecordsError("staff-last-administrator", {"login": member.login}) from error
        self._give(member.login, given - member.roles)
        self._change(member.login, now)
        self._note("set-staff-roles", member.login, by, acting, now, roles=_listed(given))
        return self.member(member.login)

    def set_active(self, login: str, active: bool, *, by: Staff, now: datetime) -> Member:
        """Let somebody log in, or no longer.

        Raises:
            RoleRefused: ``by`` is no administrator.
            RecordsError: There is nobody of this name, or they are the last active administrator.
        """
        act = "enable-staff" if active else "disable-staff"
        acting = self._acting(act, login, by, now)
        member = self.member(login)
        try:
            with self._core.connection.begin_nested():
                self._change(member.login, now, active=int(active))
        except IntegrityError as error:
            raise RecordsError("staff-last-administrator", {"login": member.login}) from error
        self._note(act, member.login, by, acting, now)
        return self.member(member.login)

    def set_password(self, login: str, password: str, *, by: Staff, now: datetime) -> None:
        """Give somebody another password; it also ends a pause after wrong ones.

        Raises:
            RoleRefused: ``by`` is no administrator.
            RecordsError: There is nobody of this name, or the password misses the rule.
        """
        acting = self._acting("set-staff-password", login, by, now)
        member = self.member(login)
        _judge(password, (member.login, member.display))
        self._change(member.login, now, password_hash=hash_password(password))
        throttle.succeeded(self._core, "staff", member.login)
        self._note("set-staff-password", member.login, by, acting, now)

    def _acting(self, act: str, login: str, by: Staff, now: datetime) -> Role:
        acting = by.acts_as(Deed.MANAGE_STAFF)
        if acting is None:
            raise RoleRefused(
                act, "not-for-you", self._known(login), role=_main(by.roles), actor=by.id, now=now
            )
        return acting

    def _known(self, login: str) -> str:
        """Return a login name that there is: what was typed instead may be anything."""
        wanted = as_login(login)
        found = self._core.connection.execute(select(staff.c.id).where(staff.c.id == wanted)).scalar()
        return found or "unknown"

    def _first_is_operators(self, by: Staff, roles: frozenset[Role]) -> None:
        if self._core.connection.execute(select(func.count()).select_from(staff)).scalar():
            return
        if by != OPERATOR:
            raise RecordsError("staff-first-by-operator")
        if Role.ADMINISTRATOR not in roles:
            raise RecordsError("staff-first-administrator")

    def _give(self, login: str, roles: Iterable[Role]) -> None:
        for role in sorted(roles):
            self._core.connection.execute(insert(staff_role).values(staff_id=login, role=role.value))

    def _change(self, login: str, now: datetime, **values: object) -> None:
        self._core.connection.execute(
            update(staff).where(staff.c.id == login).values(changed_at=stamp(now), **values)
        )

    def _note(
        self, action: str, login: str, by: Staff, acting: Role, now: datetime, **details: str | int
    ) -> None:
        self._core.note(action, login, now=now, role=acting, actor=by.id, details=details)


def as_login(typed: str) -> str:
    """Return a login name as it is stored, however it was typed."""
    return text.field(typed).lower()


def _main(roles: frozenset[Role]) -> Role:
    """Return one role to stand on the audit trail where no deed names it."""
    return min(roles, default=Role.SYSTEM)


def _listed(roles: Iterable[Role]) -> str:
    return ",".join(sorted(roles))


def _judge(password: str, personal: tuple[str, ...]) -> None:
    verdict = check_password(password, personal)
    if verdict.problems:
        raise RecordsError(verdict.problems[0].code, verdict.problems[0].args)


def _judge_roles(roles: frozenset[Role]) -> None:
    if not roles or roles - DESK_ROLES:
        raise RecordsError("staff-roles")


def _place(login: str) -> str:
    return f"staff|display|{login}"
