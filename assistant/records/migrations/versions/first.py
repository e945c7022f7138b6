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
    CREATE TABLE authority_answer (
        identity_idx BLOB NOT NULL,
        item TEXT NOT NULL,
        result TEXT NOT NULL,
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
    CREATE TRIGGER fact_insert_confirmed BEFORE INSERT ON fact FOR EACH ROW WHEN EXISTS (SELECT 1 FROM registration r WHERE r.id = NEW.registration_id AND r.confirmed_at IS NOT NULL) AND NEW.key NOT LIKE 'review.%' AND NEW.key NOT LIKE 'payment.%' AND NEW.key NOT LIKE 'withdrawn%' BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER fact_update_confirmed BEFORE UPDATE ON fact FOR EACH ROW WHEN EXISTS (SELECT 1 FROM registration r WHERE r.id = OLD.registration_id AND r.confirmed_at IS NOT NULL) AND OLD.key NOT LIKE 'review.%' AND OLD.key NOT LIKE 'payment.%' AND OLD.key NOT LIKE 'withdrawn%' BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER fact_delete_confirmed BEFORE DELETE ON fact FOR EACH ROW WHEN EXISTS (SELECT 1 FROM registration r WHERE r.id = OLD.registration_id AND r.confirmed_at IS NOT NULL) AND OLD.key NOT LIKE 'review.%' AND OLD.key NOT LIKE 'payment.%' AND OLD.key NOT LIKE 'withdrawn%' BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER registration_stays_confirmed BEFORE UPDATE ON registration FOR EACH ROW WHEN OLD.confirmed_at IS NOT NULL AND NEW.confirmed_at IS NOT OLD.confirmed_at BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER registration_confirmed_delete BEFORE DELETE ON registration FOR EACH ROW WHEN OLD.confirmed_at IS NOT NULL BEGIN SELECT RAISE(ABORT, 'registration is confirmed'); END
    """,
    """
    CREATE TRIGGER academic_record_update BEFORE UPDATE ON academic_record FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'academic records are saved for good'); END
    """,
    """
    CREATE TRIGGER academic_record_delete BEFORE DELETE ON academic_record FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'academic records are saved for good'); END
    """,
    """
    CREATE TRIGGER academic_record_most BEFORE INSERT ON academic_record FOR EACH ROW WHEN NEW.position < 0 OR NEW.position > 4 BEGIN SELECT RAISE(ABORT, 'at most five academic records'); END
    """,
    """
    CREATE TRIGGER audit_update BEFORE UPDATE ON audit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER audit_delete BEFORE DELETE ON audit FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END
    """,
    """
    CREATE TRIGGER letter_text BEFORE UPDATE ON letter FOR EACH ROW WHEN NEW.sha256 IS NOT OLD.sha256 OR NEW.file_enc IS NOT OLD.file_enc BEGIN SELECT RAISE(ABORT, 'a sealed letter does not change'); END
    """,
    """
    CREATE TRIGGER payment_needs_review BEFORE UPDATE ON payment FOR EACH ROW WHEN NEW.paid_at IS NOT NULL AND EXISTS (SELECT 1 FROM review v WHERE v.registration_id = NEW.registration_id AND v.decision IS NOT 'pass') BEGIN SELECT RAISE(ABORT, 'the review has not passed'); END
    """,
)


def upgrade() -> None:
    """Take an empty database to the first release."""
    for statement in STATEMENTS:
        op.execute(statement)
