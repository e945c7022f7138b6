"""Reports from the public in the store (FAQ 15.3): each has a number, an owner and an outcome."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select, tuple_, update

from assistant.records.acting import acting_as
from assistant.records.case_files import CaseFile
from assistant.records.core import Core, code, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.justice_schema import report, report_event
from flows.casework import model
from flows.casework.report import CHANNELS, DAYS, REPORT, overdue, owner, receiving
from flows.dossier import Value
from flows.permissions import Deed, Staff

PAGE = 50


@dataclass(frozen=True)
class ReportRow:
    """A report as a list shows it: nothing of who reported, nothing of what was said."""

    number: str
    channel: str
    received_at: datetime
    state: str
    owner: str
    overdue: bool


@dataclass(frozen=True)
class Reporter:
    """Who reported; both may be empty, since a report can be made without a name."""

    name: str
    contact: str


class Reports:
    """The reports of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core
        self._file = CaseFile(core, REPORT, report_event)

    def take_report(
        self,
        about: str,
        *,
        channel: str,
        now: datetime,
        by: Staff | None = None,
        name: str = "",
        contact: str = "",
    ) -> str:
        """Take a report; returns its receipt number.

        Args:
            about: What is reported.
            channel: One of :data:`flows.casework.report.CHANNELS`.
            now: When.
            by: Who takes it at the desk; ``None`` when somebody reports by themselves.
            name: Who reports, where they say so.
            contact: How to reach them.

        Raises:
            RoleRefused: The role may not.
            RecordsError: Nothing is said in it.
        """
        if channel not in CHANNELS:
            raise ValueError(channel)
        number, args = f"R{code(8, self._core.draw)}", receiving(channel, about)
        self._file.judge(REPORT.new(), number, "receive", by=by, now=now, args=args)
        who = json.dumps([name.strip(), contact.strip()], ensure_ascii=False)
        self._core.connection.execute(
            insert(report).values(
                number=number,
                channel=channel,
                received_at=stamp(now),
                state="received",
                owner="",
                reporter_enc=self._core.cipher.encrypt(who, f"report|{number}"),
            )
        )
        self._file.make(number, "receive", by=by, now=now, args=args)
        return number

    def work_report(
        self, number: str, move: str, *, by: Staff, now: datetime, args: Mapping[str, Value] = model.NOTHING
    ) -> model.Case:
        """Make a move of :data:`flows.casework.report.REPORT` with a report.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such report, or it cannot be done: the reason is its code.
        """
        self._row(number)
        case = self._file.make(number, move, by=by, now=now, args=args)
        self._core.connection.execute(
            update(report).where(report.c.number == number).values(state=case.state, owner=owner(case))
        )
        return case

    def report_case(self, number: str, *, by: Staff, now: datetime) -> model.Case:
        """Return a report with what happened to it; looking is noted, since it tells of people."""
        role = acting_as(by, Deed.SEE_REPORTS, number, now=now)
        self._row(number)
        self._core.note("view:report", number, now=now, role=role, actor=by.id)
        return self._file.case(number)

    def reporter(self, number: str, reason: str, *, by: Staff, now: datetime) -> Reporter:
        """Return who reported: for one deed alone, with a reason, and noted.

        Raises:
            RoleRefused: The role may not.
            RecordsError: There is no such report, or no reason is given.
        """
        role = acting_as(by, Deed.SEE_REPORTER, number, now=now)
        row = self._row(number)
        if not reason.strip():
            raise RecordsError("view-reason-missing")
        self._core.note(
            "view:reporter", number, now=now, role=role, actor=by.id, details={"reason": reason.strip()}
        )
        return Reporter(*json.loads(self._core.cipher.text(row.reporter_enc, f"report|{number}")))

    def report_state(self, number: str) -> str | None:
        """Return where a report stands, for whoever holds its receipt number."""
        found = self._core.connection.execute(
            select(report.c.state).where(report.c.number == number.strip().upper())
        ).scalar()
        return str(found) if found else None

    def reports(
        self,
        *,
        by: Staff,
        now: datetime,
        state: str | None = None,
        mine: bool = False,
        days: int = DAYS,
        after: ReportRow | None = None,
        size: int = PAGE,
    ) -> tuple[ReportRow, ...]:
        """Return a page of reports, oldest first.

        Args:
            by: Who looks.
            now: When: marks what is overdue.
            state: Only reports in this state.
            mine: Only those of ``by``.
            days: After how many days an open one is overdue.
            after: The last row of the page before.
            size: Rows of a page.
        """
        acting_as(by, Deed.SEE_REPORTS, "reports", now=now)
        query = select(report)
        if state is not None:
            query = query.where(report.c.state == state)
        if mine:
            query = query.where(report.c.owner == by.id)
        if after is not None:
            place = tuple_(report.c.received_at, report.c.number)
            query = query.where(place > (stamp(after.received_at), after.number))
        rows = self._core.connection.execute(
            query.order_by(report.c.received_at, report.c.number).limit(size)
        )
        return tuple(
            ReportRow(
                row.number,
                row.channel,
                moment(row.received_at),
                row.state,
                row.owner,
                row.state not in REPORT.final and overdue(moment(row.received_at), now, days=days),
            )
            for row in rows
        )

    def _row(self, number: str) -> Row[Any]:
        row = self._core.connection.execute(select(report).where(report.c.number == number)).first()
        if row is None:
            raise RecordsError("report-unknown", {"number": number})
        return row
