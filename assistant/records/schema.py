"""The tables. Personal values are encrypted (``_enc``) and looked up by keyed blind index (``_idx``)."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

account = Table(
    "account",
    metadata,
    Column("id", Text, primary_key=True),
    # One user for an ID number and one for a mobile number, also between terminals (FAQ 11.1, 11.2).
    Column("identity_idx", LargeBinary, nullable=False, unique=True),
    Column("identity_name_idx", LargeBinary, nullable=False, unique=True),
    Column("mobile_idx", LargeBinary, nullable=False, unique=True),
    Column("name_enc", LargeBinary, nullable=False),
    Column("id_type", Text, nullable=False),
    Column("id_number_enc", LargeBinary, nullable=False),
    Column("mobile_enc", LargeBinary, nullable=False),
    Column("email_enc", LargeBinary, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Text, nullable=False),
)

proof = Table(
    "proof",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("value_enc", LargeBinary, nullable=False),
)

registration = Table(
    "registration",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("pin_hash", Text, nullable=False),
    Column("account_id", Text, ForeignKey("account.id")),
    Column("edition", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("content_version", Text, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("updated_at", Text, nullable=False),
    Column("confirmed_at", Text),
)

fact = Table(
    "fact",
    metadata,
    Column("registration_id", Text, ForeignKey("registration.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("position", Integer, nullable=False),
    Column("value_enc", LargeBinary, nullable=False),
    Column("at", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("origin", Text, nullable=False),
    Column("stale", Integer, nullable=False),
)

academic_record = Table(
    "academic_record",
    metadata,
    Column("account_id", Text, ForeignKey("account.id"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fields_enc", LargeBinary, nullable=False),
    Column("supersedes", Integer),
    Column("saved_at", Text, nullable=False),
)

verification = Table(
    "verification",
    metadata,
    Column("account_id", Text, ForeignKey("account.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("submitted_at", Text, nullable=False),
)

authority_person = Table(
    "authority_person",
    metadata,
    Column("identity_idx", LargeBinary, primary_key=True),
    Column("name_idx", LargeBinary, nullable=False),
)

authority_certificate = Table(
    "authority_certificate",
    metadata,
    Column("certificate_idx", LargeBinary, primary_key=True),
    Column("details_idx", LargeBinary, nullable=False),
)

authority_answer = Table(
    "authority_answer",
    metadata,
    Column("identity_idx", LargeBinary, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("result", Text, nullable=False),
)

photo = Table(
    "photo",
    metadata,
    Column("account_id", Text, ForeignKey("account.id"), primary_key=True),
    Column("jpeg_enc", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("stored_at", Text, nullable=False),
)

letter = Table(
    "letter",
    metadata,
    Column("registration_id", Text, ForeignKey("registration.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("file_enc", LargeBinary, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("sealed_at", Text, nullable=False),
    Column("superseded_at", Text),
)

integrity_record = Table(
    "integrity_record",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("identity_idx", LargeBinary, nullable=False, index=True),
    Column("basis", Text, nullable=False),
    Column("begins", Text, nullable=False),
    Column("until", Text),
    Column("added_at", Text, nullable=False),
)

earlier_pass = Table(
    "earlier_pass",
    metadata,
    Column("identity_idx", LargeBinary, primary_key=True),
    Column("exam", Text, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
)

review = Table(
    "review",
    metadata,
    Column("registration_id", Text, ForeignKey("registration.id"), primary_key=True),
    Column("opened_at", Text, nullable=False),
    Column("decision", Text),
    Column("reason_enc", LargeBinary),
    Column("role", Text),
    Column("staff", Text),
    Column("decided_at", Text),
)

review_reason = Table(
    "review_reason",
    metadata,
    Column("registration_id", Text, ForeignKey("review.registration_id"), primary_key=True),
    Column("group", Text, primary_key=True),
    Column("item", Text, primary_key=True),
)

payment = Table(
    "payment",
    metadata,
    Column("slip", Text, primary_key=True),
    Column("registration_id", Text, ForeignKey("registration.id"), nullable=False, unique=True),
    Column("made_at", Text, nullable=False),
    Column("method", Text),
    Column("receipt", Text),
    Column("role", Text),
    Column("staff", Text),
    Column("paid_at", Text),
)

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    # A keyed index of the code or ID number that was tried, so that unknown ones are throttled alike.
    Column("subject_idx", LargeBinary, nullable=False, index=True),
    Column("at", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    UniqueConstraint("previous"),
)

LATER = ("review.", "payment.", "withdrawn")
"""Facts that may still come once a registration is confirmed (FAQ 13.5)."""

_OPEN_KEYS = " AND ".join(f"{{row}}.key NOT LIKE '{key}%'" for key in LATER)
_CONFIRMED = (
    "EXISTS (SELECT 1 FROM registration r WHERE r.id = {row}.registration_id AND r.confirmed_at IS NOT NULL)"
)


def _refusing(name: str, event: str, table: str, when: str, message: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return (
        f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW{condition} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
    )


def _fact_triggers() -> list[str]:
    made = []
    for event, row in (("INSERT", "NEW"), ("UPDATE", "OLD"), ("DELETE", "OLD")):
        when = f"{_CONFIRMED.format(row=row)} AND {_OPEN_KEYS.format(row=row)}"
        made.append(
            _refusing(f"fact_{event.lower()}_confirmed", event, "fact", when, "registration is confirmed")
        )
    return made


TRIGGERS: tuple[str, ...] = (
    *_fact_triggers(),
    _refusing(
        "registration_stays_confirmed",
        "UPDATE",
        "registration",
        "OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT OLD.confirmed_at",
        "registration is confirmed",
    ),
    _refusing(
        "registration_confirmed_delete",
        "DELETE",
        "registration",
        "OLD.confirmed_at IS NOT NULL",
        "registration is confirmed",
    ),
    _refusing(
        "academic_record_update", "UPDATE", "academic_record", "", "academic records are saved for good"
    ),
    _refusing(
        "academic_record_delete", "DELETE", "academic_record", "", "academic records are saved for good"
    ),
    _refusing(
        "academic_record_most",
        "INSERT",
        "academic_record",
        "NEW.position < 0 OR NEW.position > 4",
        "at most five academic records",
    ),
    _refusing("audit_update", "UPDATE", "audit", "", "the audit trail is append-only"),
    _refusing("audit_delete", "DELETE", "audit", "", "the audit trail is append-only"),
    _refusing(
        "letter_text",
        "UPDATE",
        "letter",
        "NEW.sha256 IS NOT OLD.sha256 OR NEW.file_enc IS NOT OLD.file_enc",
        "a sealed letter does not change",
    ),
    _refusing(
        "payment_needs_review",
        "UPDATE",
        "payment",
        "NEW.paid_at IS NOT NULL AND EXISTS (SELECT 1 FROM review v WHERE "
        "v.registration_id = NEW.registration_id AND v.decision IS NOT ''pass'')".replace("''", "'"),
        "the review has not passed",
    ),
)
"""What the database itself refuses, whatever the code above it believes."""
