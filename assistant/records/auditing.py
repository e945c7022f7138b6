"""The audit trail as an auditor reads it: newest first, a page at a time, narrowed down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from assistant.clock import CHINA
from assistant.records import audit, schema
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RoleRefused
from flows.permissions import Deed, Staff
from flows.roles import Role

PAGE = 50
"""Entries on a page."""


@dataclass(frozen=True)
class AuditEntry:
    """One entry of the trail."""

    seq: int
    at: datetime
    role: str
    actor: str
    action: str
    subject: str
    details: Mapping[str, str | int]


@dataclass(frozen=True)
class AuditFilter:
    """What is looked for; what is empty is not asked.

    Args:
        action: How the action begins, such as ``view:``.
        actor: A login name.
        subject: A registration code, a login name or what else was acted on.
        day: The day, in China Standard Time.
    """

    action: str = ""
    actor: str = ""
    subject: str = ""
    day: date | None = None


class Auditing:
    """The reading of the trail in one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    def entries(
        self, wanted: AuditFilter, *, before: int | None = None, by: Staff, now: datetime
    ) -> tuple[AuditEntry, ...]:
        """Return up to a page of entries, newest first.

        Args:
            wanted: What is looked for.
            before: Only entries with a smaller number: the last one of the page before.
            by: Who reads; reading itself is an entry.
            now: When.

        Raises:
            RoleRefused: ``by`` is no auditor.
        """
        acting = self._acting("read-audit", by, now)
        table = schema.audit
        asked = select(table).order_by(table.c.seq.desc()).limit(PAGE)
        if before is not None:
            asked = asked.where(table.c.seq < before)
        if wanted.action:
            asked = asked.where(table.c.action.startswith(wanted.action, autoescape=True))
        if wanted.actor:
            asked = asked.where(table.c.actor == wanted.actor)
        if wanted.subject:
            asked = asked.where(table.c.subject == wanted.subject)
        if wanted.day is not None:
            begins = datetime.combine(wanted.day, time(), CHINA)
            asked = asked.where(table.c.at >= stamp(begins), table.c.at < stamp(begins + timedelta(days=1)))
        rows = self._core.connection.execute(asked).all()
        if before is None:
            self._core.note("read-audit", "trail", now=now, role=acting, actor=by.id)
        return tuple(
            AuditEntry(
                row.seq, moment(row.at), row.role, row.actor, row.action, row.subject, json.loads(row.details)
            )
            for row in rows
        )

    def verify(self, *, by: Staff, now: datetime) -> audit.ChainVerdict:
        """Go through the whole trail and note its outcome.

        Raises:
            RoleRefused: ``by`` is no auditor.
        """
        acting = self._acting("verify-audit", by, now)
        verdict = audit.verify(self._core.connection, self._core.cipher)
        details: dict[str, str | int] = {"ok": int(verdict.ok), "entries": verdict.entries}
        self._core.note("verify-audit", "trail", now=now, role=acting, actor=by.id, details=details)
        return verdict

    def _acting(self, act: str, by: Staff, now: datetime) -> Role:
        acting = by.acts_as(Deed.READ_AUDIT)
        if acting is None:
            role = min(by.roles, default=Role.SYSTEM)
            raise RoleRefused(act, "not-for-you", "trail", role=role, actor=by.id, now=now)
        return acting
