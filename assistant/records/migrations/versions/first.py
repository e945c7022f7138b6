"""Make the first tables and what the database itself refuses."""

# ruff: noqa: E501

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    """
    CREATE TABLE account (
        id TEXT NOT NULL,
        identity_idx BLOB NOT NULL,
        identity_name_idx BLOB NOT NULL,
        mobile_idx BLOB NOT NULL,
        name_enc BLOB NOT NULL,
        id_type TEXT NOT NULL,
        id_number_enc BLOB NOT NULL,
        mobile_enc BLOB NOT NULL,
        email_enc BLOB NOT NULL,
        password_hash TEXT NOT NULL,
        created_at TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (identity_idx),
        UNIQUE (identity_name_idx),
        UNIQUE (mobile_idx)
    )
    """,
    """
    CREATE TABLE attempt (
        id INTEGER NOT NULL,
        subject_idx BLOB NOT NULL,
        at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_attempt_subject_idx ON attempt (subject_idx)
    """,
    """
    CREATE TABLE audit (
        seq INTEGER NOT NULL,
        at TEXT NOT NULL,
        role TEXT NOT NULL,
        actor TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        details TEXT NOT NULL,
        previous TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (seq),
        UNIQUE (previous)
    )
    """,
    """
    CREATE TABLE audit_head (
        id INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        mac BLOB NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE authority_answer (
        identity_idx BLOB NOT NULL,
        item TEXT NOT NULL,
        result TEXT NOT NULL,
        source TEXT NOT NULL,
        checked_at TEXT,
        PRIMARY KEY (identity_idx, item)
    )
    """,
    """
    CREATE TABLE authority_certificate (
        certificate_idx BLOB NOT NULL,
        details_idx BLOB NOT NULL,
        PRIMARY KEY (certificate_idx)
    )
    """,
    """
    CREATE TABLE authority_person (
        identity_idx BLOB NOT NULL,
        name_idx BLOB NOT NULL,
        PRIMARY KEY (identity_idx)
    )
    """,
    """
    CREATE TABLE earlier_pass (
        identity_idx BLOB NOT NULL,
        exam TEXT NOT NULL,
        level TEXT NOT NULL,
        subject TEXT NOT NULL,
        year INTEGER NOT NULL,
        PRIMARY KEY (identity_idx, exam, level, subject, year)
    )
    """,
    """
    CREATE TABLE integrity_record (
        id INTEGER NOT NULL,
        identity_idx BLOB NOT NULL,
        basis TEXT NOT NULL,
        begins TEXT NOT NULL,
        until TEXT,
        added_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE INDEX ix_integrity_record_identity_idx ON integrity_record (identity_idx)
    """,
    """
    CREATE TABLE proof (
        id INTEGER NOT NULL,
        value_enc BLOB NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE academic_record (
        account_id TEXT NOT NULL,
        kind TEXT NOT NULL,
        position INTEGER NOT NULL,
        fields_enc BLOB NOT NULL,
        supersedes INTEGER,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (account_id, kind, position),
        FOREIGN KEY(account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE photo (
        account_id TEXT NOT NULL,
        jpeg_enc BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        stored_at TEXT NOT NULL,
        PRIMARY KEY (account_id),
        FOREIGN KEY(account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE registration (
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        pin_hash TEXT NOT NULL,
        account_id TEXT,
        edition TEXT NOT NULL,
        language TEXT NOT NULL,
        content_version TEXT NOT NULL,
        created_at TEXT NOT NULL,
        updated_at TEXT NOT NULL,
        confirmed_at TEXT,
        PRIMARY KEY (id),
        UNIQUE (code),
        FOREIGN KEY(account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE verification (
        account_id TEXT NOT NULL,
        item TEXT NOT NULL,
        submitted_at TEXT NOT NULL,
        PRIMARY KEY (account_id, item),
        FOREIGN KEY(account_id) REFERENCES account (id)
    )
    """,
    """
    CREATE TABLE fact (
        registration_id TEXT NOT NULL,
        "key" TEXT NOT NULL,
        position INTEGER NOT NULL,
        value_enc BLOB NOT NULL,
        at TEXT NOT NULL,
        role TEXT NOT NULL,
        origin TEXT NOT NULL,
        stale INTEGER NOT NULL,
        PRIMARY KEY (registration_id, "key"),
        FOREIGN KEY(registration_id) REFERENCES registration (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE letter (
        registration_id TEXT NOT NULL,
        number INTEGER NOT NULL,
        file_enc BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        sealed_at TEXT NOT NULL,
        superseded_at TEXT,
        PRIMARY KEY (registration_id, number),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE TABLE payment (
        slip TEXT NOT NULL,
        registration_id TEXT NOT NULL,
        made_at TEXT NOT NULL,
        method TEXT,
        receipt TEXT,
        role TEXT,
        staff TEXT,
        paid_at TEXT,
        PRIMARY KEY (slip),
        UNIQUE (registration_id),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE TABLE review (
        registration_id TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        decision TEXT,
        reason_enc BLOB,
        role TEXT,
        staff TEXT,
        decided_at TEXT,
        PRIMARY KEY (registration_id),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE TABLE review_reason (
        registration_id TEXT NOT NULL,
        "group" TEXT NOT NULL,
        item TEXT NOT NULL,
        PRIMARY KEY (registration_id, "group", item),
        FOREIGN KEY(registration_id) REFERENCES review (registration_id)
    )
    """,
    """
    CREATE TRIGGER fact_insert_confirmed BEFORE INSERT ON fact FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM registration r WHERE r.id = NEW.registration_id AND r.confirmed_at IS NOT NULL) AND NOT (NEW.key GLOB 'review.*' OR NEW.key GLOB 'payment.*' OR NEW.key GLOB 'withdrawn*' OR NEW.key GLOB 'supervision*' OR NEW.key GLOB 'consequences*' OR NEW.key GLOB 'seen.*')) BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER fact_update_confirmed BEFORE UPDATE ON fact FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM registration r WHERE r.id = OLD.registration_id AND r.confirmed_at IS NOT NULL) AND NOT (OLD.key GLOB 'review.*' OR OLD.key GLOB 'payment.*' OR OLD.key GLOB 'withdrawn*' OR OLD.key GLOB 'supervision*' OR OLD.key GLOB 'consequences*' OR OLD.key GLOB 'seen.*')) OR (EXISTS (SELECT 1 FROM registration r WHERE r.id = NEW.registration_id AND r.confirmed_at IS NOT NULL) AND NOT (NEW.key GLOB 'review.*' OR NEW.key GLOB 'payment.*' OR NEW.key GLOB 'withdrawn*' OR NEW.key GLOB 'supervision*' OR NEW.key GLOB 'consequences*' OR NEW.key GLOB 'seen.*')) BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER fact_delete_confirmed BEFORE DELETE ON fact FOR EACH ROW WHEN (EXISTS (SELECT 1 FROM registration r WHERE r.id = OLD.registration_id AND r.confirmed_at IS NOT NULL) AND NOT (OLD.key GLOB 'review.*' OR OLD.key GLOB 'payment.*' OR OLD.key GLOB 'withdrawn*' OR OLD.key GLOB 'supervision*' OR OLD.key GLOB 'consequences*' OR OLD.key GLOB 'seen.*')) BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER registration_update_confirmed BEFORE UPDATE ON registration FOR EACH ROW WHEN OLD.confirmed_at IS NOT NULL AND (NEW.id IS NOT OLD.id OR NEW.code IS NOT OLD.code OR NEW.account_id IS NOT OLD.account_id OR NEW.edition IS NOT OLD.edition OR NEW.content_version IS NOT OLD.content_version OR NEW.created_at IS NOT OLD.created_at OR NEW.confirmed_at IS NOT OLD.confirmed_at) BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER registration_delete_confirmed BEFORE DELETE ON registration FOR EACH ROW WHEN OLD.confirmed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER registration_insert_confirmed BEFORE INSERT ON registration FOR EACH ROW WHEN EXISTS (SELECT 1 FROM registration r WHERE (r.id = NEW.id OR r.code = NEW.code) AND r.confirmed_at IS NOT NULL) BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER academic_record_update BEFORE UPDATE ON academic_record FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'academic records are saved for good'); END
    """,
    """
    CREATE TRIGGER academic_record_delete BEFORE DELETE ON academic_record FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'academic records are saved for good'); END
    """,
    """
    CREATE TRIGGER academic_record_insert_again BEFORE INSERT ON academic_record FOR EACH ROW WHEN EXISTS (SELECT 1 FROM academic_record a WHERE a.account_id = NEW.account_id AND a.kind = NEW.kind AND a.position = NEW.position) BEGIN SELECT RAISE(ABORT, 'academic records are saved for good'); END
    """,
    """
    CREATE TRIGGER academic_record_most BEFORE INSERT ON academic_record FOR EACH ROW WHEN NEW.position NOT IN (0, 1, 2, 3, 4) OR NEW.kind NOT IN ('education', 'degree') BEGIN SELECT RAISE(ABORT, 'at most five academic records'); END
    """,
    """
    CREATE TRIGGER verification_update BEFORE UPDATE ON verification FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a time of submission does not change'); END
    """,
    """
    CREATE TRIGGER verification_delete BEFORE DELETE ON verification FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a time of submission does not change'); END
    """,
    """
    CREATE TRIGGER audit_update BEFORE UPDATE ON audit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_delete BEFORE DELETE ON audit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_insert_next BEFORE INSERT ON audit FOR EACH ROW WHEN NEW.seq IS NOT (SELECT coalesce(max(a.seq), 0) + 1 FROM audit a) BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_head_delete BEFORE DELETE ON audit_head FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_head_insert_once BEFORE INSERT ON audit_head FOR EACH ROW WHEN EXISTS (SELECT 1 FROM audit_head) BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_head_update_next BEFORE UPDATE ON audit_head FOR EACH ROW WHEN NEW.seq IS NOT OLD.seq + 1 OR NEW.id IS NOT OLD.id BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER letter_update BEFORE UPDATE ON letter FOR EACH ROW WHEN (NEW.registration_id IS NOT OLD.registration_id OR NEW.number IS NOT OLD.number OR NEW.sha256 IS NOT OLD.sha256 OR NEW.file_enc IS NOT OLD.file_enc OR NEW.sealed_at IS NOT OLD.sealed_at) OR OLD.superseded_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a sealed letter does not change'); END
    """,
    """
    CREATE TRIGGER letter_delete BEFORE DELETE ON letter FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a sealed letter does not change'); END
    """,
    """
    CREATE TRIGGER letter_insert BEFORE INSERT ON letter FOR EACH ROW WHEN EXISTS (SELECT 1 FROM registration r WHERE r.id = NEW.registration_id AND r.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM letter l WHERE l.registration_id = NEW.registration_id AND l.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'a sealed letter does not change'); END
    """,
    """
    CREATE TRIGGER payment_before_time BEFORE UPDATE ON payment FOR EACH ROW WHEN NEW.paid_at IS NOT NULL AND (NOT EXISTS (SELECT 1 FROM registration r WHERE r.id = NEW.registration_id AND r.confirmed_at IS NOT NULL) OR EXISTS (SELECT 1 FROM review v WHERE v.registration_id = NEW.registration_id AND v.decision IS NOT 'pass')) BEGIN SELECT RAISE(ABORT, 'not confirmed, or the review has not passed'); END
    """,
    """
    CREATE TRIGGER payment_update_paid BEFORE UPDATE ON payment FOR EACH ROW WHEN OLD.paid_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a payment does not change'); END
    """,
    """
    CREATE TRIGGER payment_delete_paid BEFORE DELETE ON payment FOR EACH ROW WHEN OLD.paid_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a payment does not change'); END
    """,
    """
    CREATE TRIGGER payment_insert BEFORE INSERT ON payment FOR EACH ROW WHEN NEW.paid_at IS NOT NULL OR EXISTS (SELECT 1 FROM payment p WHERE p.slip = NEW.slip OR p.registration_id = NEW.registration_id) BEGIN SELECT RAISE(ABORT, 'a payment does not change'); END
    """,
    """
    CREATE TRIGGER review_delete BEFORE DELETE ON review FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a review is never taken away'); END
    """,
)


def upgrade() -> None:
    """Take an empty database to the first release."""
    for statement in STATEMENTS:
        op.execute(statement)
