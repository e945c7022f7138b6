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

_NEWEST = "(SELECT max(n.seq) FROM review_event n WHERE n.registration_id = NEW.registration_id)"

_REVIEW = (
    _refusing(
        "review_insert_decided",
        "INSERT",
        "review",
        "NEW.decision IS NOT NULL OR EXISTS (SELECT 1 FROM review v "
        "WHERE v.registration_id = NEW.registration_id)",
        "a review begins undecided, once",
    ),
    _refusing(
        "review_pass_alone",
        "UPDATE",
        "review",
        "NEW.decision IS NOT NULL AND NEW.decision IS NOT OLD.decision AND NEW.decision IS NOT 'fail' "
        "AND NOT EXISTS (SELECT 1 FROM review_event e WHERE e.registration_id = NEW.registration_id "
        f"AND e.seq = {_NEWEST} AND NEW.decision = 'pass' AND e.move IN ('pass', 'carry'))",
        "a decision that nobody took",
    ),
    _refusing(
        "review_fail_alone",
        "UPDATE",
        "review",
        "NEW.decision = 'fail' AND NEW.decision IS NOT OLD.decision AND NOT "
        "EXISTS (SELECT 1 FROM review_event e JOIN review_event p "
        "ON p.registration_id = e.registration_id AND p.seq = e.seq - 1 "
        f"WHERE e.registration_id = NEW.registration_id AND e.seq = {_NEWEST} "
        "AND e.move = 'agree' AND p.move = 'propose-fail' "
        "AND e.staff <> p.staff AND e.staff <> '' AND p.staff <> '' AND e.staff = NEW.staff)",
        "a fail takes a second person",
    ),
    *_never("review_event", "what happened to a review stands", "UPDATE", "DELETE"),
    _refusing(
        "review_event_insert_next",
        "INSERT",
        "review_event",
        f"NEW.seq IS NOT coalesce({_NEWEST}, 0) + 1",
        "what happened to a review stands",
    ),
)

_ADMINISTRATORS = (
    "(SELECT count(*) FROM staff s JOIN staff_role r ON r.staff_id = s.id "
    "WHERE s.active = 1 AND r.role = 'administrator' AND s.id IS NOT OLD.{key})"
)
_LAST = "the last administrator stays"

_STAFF = (
    *_never("staff", "who worked at the desk is not forgotten", "DELETE"),
    _refusing(
        "staff_update",
        "UPDATE",
        "staff",
        _changed("id", "created_at"),
        "a login name is given once",
    ),
    _refusing(
        "staff_insert_again",
        "INSERT",
        "staff",
        "EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.id)",
        "a login name is given once",
    ),
    _refusing(
        "staff_disable_last",
        "UPDATE",
        "staff",
        "OLD.active = 1 AND NEW.active IS NOT 1 AND EXISTS (SELECT 1 FROM staff_role r "
        "WHERE r.staff_id = OLD.id AND r.role = 'administrator') "
        f"AND {_ADMINISTRATORS.format(key='id')} = 0",
        _LAST,
    ),
    # Nobody at the desk is a candidate, or the system itself: nobody signs, confirms or pays for another.
    _refusing(
        "staff_role_insert",
        "INSERT",
        "staff_role",
        "NEW.role NOT IN ('help-desk', 'verifier', 'cashier', 'supervisor', 'publisher', 'auditor', "
        "'administrator')",
        "no role of the desk",
    ),
    *_never("staff_role", "a role is given or taken", "UPDATE"),
    _refusing(
        "staff_role_delete_last",
        "DELETE",
        "staff_role",
        "OLD.role = 'administrator' AND EXISTS (SELECT 1 FROM staff s "
        "WHERE s.id = OLD.staff_id AND s.active = 1) "
        f"AND {_ADMINISTRATORS.format(key='staff_id')} = 0",
        _LAST,
    ),
)

_MONEY = (
    *_never("payment_amount", _PAID, "UPDATE", "DELETE"),
    *_never("bank_line", "a line of a statement does not change", "UPDATE", "DELETE"),
    _refusing(
        "bank_line_insert_again",
        "INSERT",
        "bank_line",
        'EXISTS (SELECT 1 FROM bank_line b WHERE b."transaction" = NEW."transaction")',
        "a line of a statement does not change",
    ),
    _refusing(
        "payment_item_update_closed",
        "UPDATE",
        "payment_item",
        "OLD.outcome IS NOT NULL",
        "what was cleared stays cleared",
    ),
    *_never("payment_item", "an open item is cleared, never taken away", "DELETE"),
    _refusing(
        "payment_item_outcome",
        "UPDATE",
        "payment_item",
        "NEW.outcome IS NOT NULL AND (NEW.outcome NOT IN ('matched', 'to-refund', 'not-found') "
        "OR NEW.closed_at IS NULL OR NEW.reason_enc IS NULL)",
        "an item is cleared with an outcome and a reason",
    ),
)

_SUPERVISION = (
    *_never("publicity", "what was made public stays as it was", "UPDATE", "DELETE"),
    *_never("publicity_entry", "what was made public stays as it was", "UPDATE", "DELETE"),
    *_never("sample", "a sample is drawn once", "UPDATE", "DELETE"),
    *_never("sampled", "who was drawn stays drawn", "DELETE"),
    _refusing(
        "sampled_update_closed", "UPDATE", "sampled", "OLD.outcome IS NOT NULL", "a check is closed once"
    ),
    _refusing(
        "sampled_outcome",
        "UPDATE",
        "sampled",
        "NEW.outcome IS NOT NULL AND (NEW.outcome NOT IN ('as-promised', 'doubtful') "
        "OR NEW.reason_enc IS NULL)",
        "a check is closed with an outcome and a reason",
    ),
)

TRIGGERS: tuple[str, ...] = (
    *_FACTS,
    *_REGISTRATION,
    *_ACADEMIC,
    *_TRAIL,
    *_LETTER,
    *_PAYMENT,
    *_REVIEW,
    *_STAFF,
    *_MONEY,
    *_SUPERVISION,
    *justice_schema.TRIGGERS,
)
"""The statements that make today's triggers."""
