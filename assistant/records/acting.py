"""Asks, before an act of staff, in which role it is done."""

from __future__ import annotations

from datetime import datetime

from assistant.records.errors import RoleRefused
from flows.permissions import Deed, Staff
from flows.roles import Role


def acting_as(by: Staff, deed: Deed, subject: str, *, now: datetime) -> Role:
    """Return the role in which ``by`` does ``deed``.

    Raises:
        RoleRefused: None of their roles may; the store notes the try.
    """
    role = by.acts_as(deed)
    if role is None:
        raise refused(by, deed.value, subject, now=now)
    return role


def refused(by: Staff, act: str, subject: str, *, now: datetime) -> RoleRefused:
    """Return the refusal of an act that none of the roles of ``by`` may do, for the store to note."""
    tried = min(by.roles, default=Role.SYSTEM)
    return RoleRefused(act, "not-for-you", subject, role=tried, actor=by.id, now=now)
