"""Finding a candidate for somebody at the desk: exact, with a reason, masked, and on the audit trail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from sqlalchemy import select

from assistant.records import schema
from assistant.records.accounts import Accounts
from assistant.records.core import Core, moment
from assistant.records.errors import RecordsError, RoleRefused
from assistant.records.registrations import Registrations
from flows import text
from flows.masking import masked_name
from flows.permissions import Deed, Staff
from flows.roles import Role
from flows.rules.identity import mask_id_number
from flows.rules.mobile import mask_mobile

FindBy = Literal["code", "mobile", "id_number"]
BY: tuple[FindBy, ...] = get_args(FindBy)

REASONS = ("call", "counter", "verification", "payment", "complaint", "other")
"""Why somebody may look at a candidate's registration."""

MOST_NOTE = 60
MOST_FOUND = 20
"""Registrations of one person that are shown at most, newest first."""

_PERSONAL = re.compile(r"\d{4,}|[@＠]|[A-Za-z]\d{3,}")
"""What looks like a number of a person, or an address: such a note does not go on the audit trail."""


@dataclass(frozen=True)
class Found:
    """A registration that was found, with nothing that says more of a person than staff may see.

    Args:
        registration: Its id in the store.
        code: Its registration code.
        name: The name, masked; empty before there is an account.
        id_number: The ID number, masked.
        mobile: The mobile number, masked.
        confirmed_at: When it was confirmed, or ``None``.
    """

    registration: str
    code: str
    name: str
    id_number: str
    mobile: str
    confirmed_at: datetime | None


class Finding:
    """The finding of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    def find(
        self, by: FindBy, typed: str, *, reason: str, note: str, staff: Staff, now: datetime
    ) -> tuple[Found, ...]:
        """Find registrations by a whole code, mobile number or ID number; parts of one find nothing.

        Each look is an entry of the audit trail, one that found nothing too; what was typed is not in it.

        Args:
            by: What was typed.
            typed: The code or number.
            reason: One of ``REASONS``.
            note: More about it in free words; needed where the reason is ``other``.
            staff: Who looks.
            now: When.

        Raises:
            RoleRefused: Their roles do not allow it.
            RecordsError: The reason is missing, or the note holds what belongs to a person.
        """
        acting = staff.acts_as(Deed.LOOK_UP_CANDIDATE)
        if acting is None:
            role = min(staff.roles, default=Role.SYSTEM)
            raise RoleRefused("view:candidate", "not-for-you", "", role=role, actor=staff.id, now=now)
        said = judged_note(reason, note)
        found = self._found(by, text.field(typed))
        for each in found or (None,):
            subject = each.code if each is not None else "unknown"
            details = {"by": by, "reason": reason, "note": self._without_name(said, each)}
            self._core.note("view:candidate", subject, now=now, role=acting, actor=staff.id, details=details)
        return found

    def _found(self, by: FindBy, typed: str) -> tuple[Found, ...]:
        if not typed:
            return ()
        table = schema.registration
        if by == "code":
            registration = Registrations(self._core).find(typed)
            where = table.c.id == registration
        else:
            digits = re.sub(r"[\s-]", "", typed)
            index = self._core.mobile(digits) if by == "mobile" else self._core.identity(digits)
            column = schema.account.c.mobile_idx if by == "mobile" else schema.account.c.identity_idx
            owner = self._core.connection.execute(select(schema.account.c.id).where(column == index)).scalar()
            if owner is None:
                return ()
            where = table.c.account_id == owner
        rows = self._core.connection.execute(
            select(table).where(where).order_by(table.c.created_at.desc()).limit(MOST_FOUND)
        )
        return tuple(self._masked(row) for row in rows)

    def _masked(self, row: object) -> Found:
        account: str | None = row.account_id  # type: ignore[attr-defined]
        person = Accounts(self._core).account(account) if account else None
        confirmed: str | None = row.confirmed_at  # type: ignore[attr-defined]
        return Found(
            row.id,  # type: ignore[attr-defined]
            row.code,  # type: ignore[attr-defined]
            masked_name(person.name) if person else "",
            mask_id_number(person.id_number) if person else "",
            mask_mobile(person.mobile) if person else "",
            moment(confirmed) if confirmed else None,
        )

    def _without_name(self, note: str, found: Found | None) -> str:
        """Take the candidate's own name out of a note: only the store knows that it is one."""
        if found is None or not found.name:
            return note
        owner = Registrations(self._core).load(found.registration).account
        name = Accounts(self._core).account(owner).name if owner else ""
        return note.replace(name, masked_name(name)) if name else note


def judged_note(reason: str, note: str) -> str:
    """Return the note as it goes on the audit trail.

    Raises:
        RecordsError: The reason is none, needs a note, or the note holds what belongs to a person.
    """
    said = text.field(note)
    if reason not in REASONS:
        raise RecordsError("look-reason-missing")
    if reason == "other" and not said:
        raise RecordsError("look-note-missing")
    if len(said) > MOST_NOTE:
        raise RecordsError("look-note-long", {"most": MOST_NOTE})
    if _PERSONAL.search(said):
        raise RecordsError("look-note-personal")
    return said
