"""The tables; what they refuse by themselves stands in :mod:`assistant.records.triggers`.

Personal values are encrypted (``_enc``) and looked up by keyed blind index (``_idx``)."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
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
    Column("source", Text, nullable=False),
    Column("checked_at", Text),
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
    # Where the case stands, for the pages of the queue; what happened to it stands in `review_event`.
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("since", Text, nullable=False, server_default=""),
    Column("province", Text, nullable=False, server_default=""),
    Column("exam", Text, nullable=False, server_default=""),
    Column("field", Text, nullable=False, server_default=""),
    Column("owner", Text),
    Column("lock_until", Text),
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

audit_head = Table(
    "audit_head",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("seq", Integer, nullable=False),
    # Made with the installation's key over number and hash of the newest entry.
    Column("mac", LargeBinary, nullable=False),
)

# The figures of the house are read along these: letters lie over many pages of the file each, and facts are
# many millions.
Index("registration_by_confirmation", registration.c.confirmed_at, registration.c.updated_at)
Index("registration_by_beginning", registration.c.created_at)
Index("payment_by_time", payment.c.paid_at, payment.c.registration_id)
Index("letter_standing", letter.c.registration_id, sqlite_where=text("superseded_at IS NULL"))
Index("fact_in_doubt", fact.c.registration_id, sqlite_where=text("stale = 1"))
Index("verification_by_time", verification.c.submitted_at)
Index("review_by_opening", review.c.decision, review.c.opened_at)
Index("audit_by_action", audit.c.action, audit.c.at, audit.c.subject)
