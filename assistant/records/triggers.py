"""What the database itself refuses, whatever the code above it believes.

``INSERT OR REPLACE`` removes the old row without running its delete trigger, so that inserts are guarded too.
"""

# ruff: noqa: S608 - every part of these statements is a constant of this file.

from __future__ import annotations

from assistant.records import justice_schema

LATER = ("review.*", "payment.*", "withdrawn*", "supervision*", "consequences*", "seen.*")
"""Facts that may still come once a registration is confirmed (FAQ 13.5)."""


def _refusing(name: str, event: str, table: str, when: str, message: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _confirmed(row: str) -> str:
    return (
        "EXISTS (SELECT 1 FROM registration r "
        f"WHERE r.id = {row}.registration_id AND r.confirmed_at IS NOT NULL)"
    )


def _locked_fact(row: str) -> str:
    later = " OR ".join(f"{row}.key GLOB '{key}'" for key in LATER)
    return f"({_confirmed(row)} AND NOT ({later}))"


def _changed(*columns: str) -> str:
    return "(" + " OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in columns) + ")"


def _never(table: str, message: str, *events: str) -> list[str]:
    return [_refusing(f"{table}_{event.lower()}", event, table, "", message) for event in events]


_LOCKED = "registration is confirmed"
_SAVED = "academic records are saved for good"
_AUDIT = "the audit trail is append-only"
_SEALED = "a sealed letter does not change"
_PAID = "a payment does not change"

_FACTS = (
    _refusing("fact_insert_confirmed", "INSERT", "fact", _locked_fact("NEW"), _LOCKED),
    _refusing(
        "fact_update_confirmed", "UPDATE", "fact", f"{_locked_fact('OLD')} OR {_locked_fact('NEW')}", _LOCKED
    ),
    _refusing("fact_delete_confirmed", "DELETE", "fact", _locked_fact("OLD"), _LOCKED),
)

_REGISTRATION = (
    _refusing(
        "registration_update_confirmed",
        "UPDATE",
        "registration",
        "OLD.confirmed_at IS NOT NULL AND "
        + _changed("id", "code", "account_id", "edition", "content_version", "created_at", "confirmed_at"),
        _LOCKED,
    ),
    _refusing(
        "registration_delete_confirmed", "DELETE", "registration", "OLD.confirmed_at IS NOT NULL", _LOCKED
    ),
    _refusing(
        "registration_insert_confirmed",
        "INSERT",
        "registration",
        "EXISTS (SELECT 1 FROM registration r "
        "WHERE (r.id = NEW.id OR r.code = NEW.code) AND r.confirmed_at IS NOT NULL)",
        _LOCKED,
    ),
)

_ACADEMIC = (
    *_never("academic_record", _SAVED, "UPDATE", "DELETE"),
    _refusing(
        "academic_record_insert_again",
        "INSERT",
        "academic_record",
        "EXISTS (SELECT 1 FROM academic_record a WHERE a.account_id = NEW.account_id "
        "AND a.kind = NEW.kind AND a.position = NEW.position)",
        _SAVED,
    ),
    _refusing(
        "academic_record_most",
        "INSERT",
        "academic_record",
        "NEW.position NOT IN (0, 1, 2, 3, 4) OR NEW.kind NOT IN ('education', 'degree')",
        "at most five academic records",
    ),
    *_never("verification", "a time of submission does not change", "UPDATE", "DELETE"),
)

_TRAIL = (
    *_never("audit", _AUDIT, "UPDATE", "DELETE"),
    _refusing(
        "audit_insert_next",
        "INSERT",
        "audit",
        "NEW.seq IS NOT (SELECT coalesce(max(a.seq), 0) + 1 FROM audit a)",
        _AUDIT,
    ),
    _refusing("audit_head_delete", "DELETE", "audit_head", "", _AUDIT),
    _refusing("audit_head_insert_once", "INSERT", "audit_head", "EXISTS (SELECT 1 FROM audit_head)", _AUDIT),
    _refusing(
        "audit_head_update_next",
        "UPDATE",
        "audit_head",
        "NEW.seq IS NOT OLD.seq + 1 OR NEW.id IS NOT OLD.id",
        _AUDIT,
    ),
)

_LETTER = (
    _refusing(
        "letter_update",
        "UPDATE",
        "letter",
        _changed("registration_id", "number", "sha256", "file_enc", "sealed_at")
        + " OR OLD.superseded_at IS NOT NULL",
        _SEALED,
    ),
    *_never("letter", _SEALED, "DELETE"),
    _refusing(
        "letter_insert",
        "INSERT",
        "letter",
        f"{_confirmed('NEW')} OR EXISTS (SELECT 1 FROM letter l "
        "WHERE l.registration_id = NEW.registration_id AND l.number = NEW.number)",
        _SEALED,
    ),
)

_PAYMENT = (
    _refusing(
        "payment_before_time",
        "UPDATE",
        "payment",
        f"NEW.paid_at IS NOT NULL AND (NOT {_confirmed('NEW')} OR EXISTS (SELECT 1 FROM review v "
        "WHERE v.registration_id = NEW.registration_id AND v.decision IS NOT 'pass'))",
        "not confirmed, or the review has not passed",
    ),
    _refusing("payment_update_paid", "UPDATE", "payment", "OLD.paid_at IS NOT NULL", _PAID),
    _refusing("payment_delete_paid", "DELETE", "payment", "OLD.paid_at IS NOT NULL", _PAID),
    _refusing(
        "payment_insert",
        "INSERT",
        "payment",
        "NEW.paid_at IS NOT NULL OR EXISTS (SELECT 1 FROM payment p "
        "WHERE p.slip = NEW.slip OR p.registration_id = NEW.registration_id)",
        _PAID,
    ),
    _refusing("review_delete", "DELETE", "review", "", "a review is never taken away"),
)

TRIGGERS: tuple[str, ...] = (
    *_FACTS,
    *_REGISTRATION,
    *_ACADEMIC,
    *_TRAIL,
    *_LETTER,
    *_PAYMENT,
    *justice_schema.TRIGGERS,
)
"""The statements that make today's triggers."""
