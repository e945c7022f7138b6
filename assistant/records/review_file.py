"""How a manual verification is kept: its events for good, each move checked by its machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, insert, select

from assistant.records import schema
from assistant.records.acting import refused
from assistant.records.casework_schema import review_event
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.registrations import code_of
from flows.casework import model
from flows.casework.review import REVIEW
from flows.dossier import Value
from flows.permissions import Staff
from flows.roles import Role
from flows.verdict import Problem


@dataclass(frozen=True)
class ReviewFile:
    """The events of manual verifications, in one transaction; a case is named by its registration."""

    core: Core

    def case(self, registration: str) -> model.Case:
        """Return a case with everything that happened to it."""
        found = self.core.connection.execute(
            select(review_event)
            .where(review_event.c.registration_id == registration)
            .order_by(review_event.c.seq)
        )
        return model.replay(REVIEW, [self._event(registration, each) for each in found])

    def make(
        self, registration: str, move: str, *, by: Staff | None, now: datetime, args: Mapping[str, Value]
    ) -> model.Case:
        """Make a move and write its event; where the case stands now is for whoever asks.

        Raises:
            RoleRefused: The role may not.
            RecordsError: It cannot be done: the reason is its code.
        """
        made = model.make(REVIEW, self.case(registration), move, by=by, now=now, args=args)
        if isinstance(made, Problem):
            if by is not None and model.refused_by_role(made):
                raise refused(by, f"{move}-review", code_of(self.core, registration), now=now)
            raise RecordsError(made.code, made.args)
        event, seq = made.events[-1], len(made.events)
        written = json.dumps(dict(event.args), ensure_ascii=False)
        self.core.connection.execute(
            insert(review_event).values(
                registration_id=registration,
                seq=seq,
                move=event.move,
                at=stamp(event.at),
                staff=event.by,
                role=event.role.value,
                args_enc=self.core.cipher.encrypt(written, _place(registration, seq)),
            )
        )
        return made

    def _event(self, registration: str, row: Row[Any]) -> model.Event:
        args: dict[str, Value] = {}
        if row.args_enc is not None:
            stored = json.loads(self.core.cipher.text(row.args_enc, _place(registration, row.seq)))
            args = {key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()}
        elif row.move == "open":
            # Opened before what came with it was written down: its reasons stand in their own table.
            table = schema.review_reason
            reasons = self.core.connection.execute(
                select(table.c.group, table.c.item).where(table.c.registration_id == registration)
            )
            args = {"rows": tuple(f"{each.group} {each.item}" for each in reasons)}
        return model.Event(row.move, moment(row.at), row.staff, Role(row.role), args)


def _place(registration: str, seq: int) -> str:
    return f"review_event|{seq}|{registration}"
