"""How a case of the staff is kept: its events for good, and each move checked by the machine of its kind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, insert, select

from assistant.records.acting import refused
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from flows.casework import model
from flows.dossier import Value
from flows.permissions import Staff
from flows.roles import Role
from flows.verdict import Problem


@dataclass(frozen=True)
class CaseFile:
    """The events of one kind of case, in one transaction."""

    core: Core
    kind: model.Kind
    events: Table

    def case(self, number: str) -> model.Case:
        """Return a case with everything that happened to it."""
        table = self.events
        rows = self.core.connection.execute(
            select(table).where(table.c.number == number).order_by(table.c.seq)
        )
        return model.replay(
            self.kind,
            [
                model.Event(
                    row.move,
                    moment(row.at),
                    row.staff,
                    Role(row.role),
                    json.loads(self.core.cipher.text(row.args_enc, self._place(number, row.seq))),
                )
                for row in rows
            ],
        )

    def make(
        self,
        number: str,
        move: str,
        *,
        by: Staff | None,
        now: datetime,
        args: Mapping[str, Value],
        noted: datetime | None = None,
    ) -> model.Case:
        """Make a move, write its event, and note it on the audit trail without what came with it.

        Args:
            number: Of the case.
            move: Of its kind.
            by: Who makes it; ``None`` for the product itself.
            now: When it holds.
            args: What comes with it.
            noted: When it is written, where that is later than it holds: the trail says this.

        Raises:
            RoleRefused: The role may not.
            RecordsError: It cannot be done: the reason is its code.
        """
        made = self.judge(self.case(number), number, move, by=by, now=now, args=args)
        event, seq = made.events[-1], len(made.events)
        self.core.connection.execute(
            insert(self.events).values(
                number=number,
                seq=seq,
                move=move,
                at=stamp(event.at),
                staff=event.by,
                role=event.role.value,
                args_enc=self.core.cipher.encrypt(
                    json.dumps(dict(event.args), ensure_ascii=False), self._place(number, seq)
                ),
            )
        )
        self.core.note(f"{self.kind.name}:{move}", number, now=noted or now, role=event.role, actor=event.by)
        return made

    def judge(
        self,
        case: model.Case,
        number: str,
        move: str,
        *,
        by: Staff | None,
        now: datetime,
        args: Mapping[str, Value],
    ) -> model.Case:
        """Return the case after a move, without writing anything.

        Raises:
            RoleRefused: The role may not.
            RecordsError: It cannot be done: the reason is its code.
        """
        made = model.make(self.kind, case, move, by=by, now=now, args=args)
        if not isinstance(made, Problem):
            return made
        if by is not None and model.refused_by_role(made):
            raise refused(by, f"{self.kind.name}:{move}", number, now=now)
        raise RecordsError(made.code, made.args)

    def _place(self, number: str, seq: int) -> str:
        return f"{self.events.name}|{seq}|{number}"
