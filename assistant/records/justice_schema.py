"""The tables of reports, false promises and publicity, and what the database refuses of them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from assistant.records.schema import metadata

report = Table(
    "report",
    metadata,
    Column("number", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    # Name and contact of who reported: read by one deed of its own, and never shown in lists.
    Column("reporter_enc", LargeBinary),
)

report_event = Table(
    "report_event",
    metadata,
    Column("number", Text, ForeignKey("report.number"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("move", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("args_enc", LargeBinary, nullable=False),
)

false_promise = Table(
    "false_promise",
    metadata,
    Column("number", Text, primary_key=True),
    Column("identity_idx", LargeBinary, nullable=False),
    Column("person_enc", LargeBinary, nullable=False),
    Column("registration_id", Text, ForeignKey("registration.id")),
    Column("exam", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("measure", Text),
    Column("in_force_at", Text),
)

false_promise_event = Table(
    "false_promise_event",
    metadata,
    Column("number", Text, ForeignKey("false_promise.number"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("move", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("args_enc", LargeBinary, nullable=False),
)

# What a decision in force does to results and to the integrity file; it ends when the decision does.
decision_effect = Table(
    "decision_effect",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, ForeignKey("false_promise.number"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("identity_idx", LargeBinary, nullable=False),
    Column("registration_id", Text),
    Column("exam", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("subject", Text),
    Column("integrity_id", Integer, ForeignKey("integrity_record.id")),
    Column("began_at", Text, nullable=False),
    Column("ended_at", Text),
)

publication = Table(
    "publication",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Text, ForeignKey("false_promise.number"), nullable=False),
    Column("act", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("id_number", Text, nullable=False),
    Column("measure", Text, nullable=False),
    Column("begins", Text, nullable=False),
    Column("until", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
)

sent_paper = Table(
    "sent_paper",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("file_enc", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
)

Index("report_by_state", report.c.state, report.c.received_at, report.c.number)
Index("report_by_time", report.c.received_at, report.c.number)
Index("report_by_owner", report.c.owner, report.c.received_at, report.c.number)
Index("false_promise_by_state", false_promise.c.state, false_promise.c.opened_at, false_promise.c.number)
Index("false_promise_by_time", false_promise.c.opened_at, false_promise.c.number)
Index("false_promise_by_registration", false_promise.c.registration_id)
Index("decision_effect_by_person", decision_effect.c.identity_idx, decision_effect.c.kind)
Index("decision_effect_by_registration", decision_effect.c.registration_id)
Index("decision_effect_by_case", decision_effect.c.number)
Index("decision_effect_by_record", decision_effect.c.integrity_id)
Index("publication_by_case", publication.c.number)


def _refusing(table: str, event: str, when: str, message: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


_GONE = "a case is never taken away"
_WRITTEN = "what happened to a case is written down for good"
_SENT = "what was published or sent does not change"


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns) + ")"


def _next(table: str) -> str:
    """Refuse an event that is not the next one; replacing a row would delete it without a trigger."""
    newest = f"(SELECT coalesce(max(e.seq), 0) + 1 FROM {table} e WHERE e.number = NEW.number)"  # noqa: S608
    return _refusing(table, "INSERT", f"NEW.seq IS NOT {newest}", _WRITTEN)


def _once(table: str, column: str, message: str) -> str:
    there = f"EXISTS (SELECT 1 FROM {table} o WHERE o.{column} = NEW.{column})"  # noqa: S608
    return _refusing(table, "INSERT", there, message)


TRIGGERS: tuple[str, ...] = (
    _refusing("report", "DELETE", "", _GONE),
    _once("report", "number", _GONE),
    _refusing("report", "UPDATE", _changed("number", "channel", "received_at", "reporter_enc"), _WRITTEN),
    _refusing("false_promise", "DELETE", "", _GONE),
    _once("false_promise", "number", _GONE),
    _refusing(
        "false_promise",
        "UPDATE",
        _changed("number", "identity_idx", "person_enc", "registration_id", "exam", "year", "opened_at"),
        _WRITTEN,
    ),
    *(
        statement
        for table in ("report_event", "false_promise_event")
        for statement in (
            _next(table),
            _refusing(table, "UPDATE", "", _WRITTEN),
            _refusing(table, "DELETE", "", _WRITTEN),
        )
    ),
    *(
        statement
        for table in ("publication", "sent_paper")
        for statement in (
            _once(table, "id", _SENT),
            _refusing(table, "UPDATE", "", _SENT),
            _refusing(table, "DELETE", "", _SENT),
        )
    ),
    _once("decision_effect", "id", _WRITTEN),
    _refusing("decision_effect", "DELETE", "", _WRITTEN),
    _refusing(
        "decision_effect",
        "UPDATE",
        "OLD.ended_at IS NOT NULL OR "
        + _changed(
            "id",
            "number",
            "kind",
            "identity_idx",
            "registration_id",
            "exam",
            "year",
            "subject",
            "integrity_id",
            "began_at",
        ),
        _WRITTEN,
    ),
)
"""The statements that make today's triggers of these tables."""
