"""Make the tables of money that came in, of results, and of the supervision of who passed."""

# ruff: noqa: E501

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    """
    CREATE TABLE payment_amount (
        slip TEXT NOT NULL,
        fen INTEGER NOT NULL,
        PRIMARY KEY (slip),
        FOREIGN KEY(slip) REFERENCES payment (slip)
    )
    """,
    """
    CREATE TABLE bank_line (
        "transaction" TEXT NOT NULL,
        day TEXT NOT NULL,
        fen INTEGER NOT NULL,
        slip TEXT NOT NULL,
        quoted_enc BLOB NOT NULL,
        payer_enc BLOB NOT NULL,
        imported_at TEXT NOT NULL,
        staff TEXT NOT NULL,
        PRIMARY KEY ("transaction")
    )
    """,
    """
    CREATE TABLE payment_item (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        opened_at TEXT NOT NULL,
        "transaction" TEXT,
        registration_id TEXT,
        slip TEXT NOT NULL,
        claimed_day TEXT,
        claimed_enc BLOB,
        outcome TEXT,
        reason_enc BLOB,
        role TEXT,
        staff TEXT,
        closed_at TEXT,
        PRIMARY KEY (id),
        UNIQUE ("transaction"),
        FOREIGN KEY("transaction") REFERENCES bank_line ("transaction"),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE INDEX ix_payment_item_open ON payment_item (outcome, opened_at)
    """,
    """
    CREATE INDEX ix_payment_item_registration_id ON payment_item (registration_id)
    """,
    """
    CREATE INDEX ix_payment_item_slip ON payment_item (slip)
    """,
    """
    CREATE TABLE exam_result (
        identity_idx BLOB NOT NULL,
        exam TEXT NOT NULL,
        level TEXT NOT NULL,
        subject TEXT NOT NULL,
        year INTEGER NOT NULL,
        passed INTEGER NOT NULL,
        score TEXT NOT NULL,
        imported_at TEXT NOT NULL,
        PRIMARY KEY (identity_idx, exam, level, subject, year)
    )
    """,
    """
    CREATE TABLE passer (
        registration_id TEXT NOT NULL,
        exam TEXT NOT NULL,
        level TEXT NOT NULL,
        year INTEGER NOT NULL,
        province TEXT NOT NULL,
        noted_at TEXT NOT NULL,
        PRIMARY KEY (registration_id),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE INDEX ix_passer_exam ON passer (exam, year, province)
    """,
    """
    CREATE TABLE sample (
        id INTEGER NOT NULL,
        exam TEXT NOT NULL,
        year INTEGER NOT NULL,
        province TEXT NOT NULL,
        percent INTEGER NOT NULL,
        seed TEXT NOT NULL,
        passers INTEGER NOT NULL,
        drawn_at TEXT NOT NULL,
        staff TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE sampled (
        sample_id INTEGER NOT NULL,
        registration_id TEXT NOT NULL,
        province TEXT NOT NULL,
        outcome TEXT,
        reason_enc BLOB,
        role TEXT,
        staff TEXT,
        closed_at TEXT,
        PRIMARY KEY (sample_id, registration_id),
        FOREIGN KEY(sample_id) REFERENCES sample (id),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE INDEX ix_sampled_open ON sampled (sample_id, outcome)
    """,
    """
    CREATE TABLE publicity (
        id INTEGER NOT NULL,
        exam TEXT NOT NULL,
        year INTEGER NOT NULL,
        province TEXT NOT NULL,
        begins TEXT NOT NULL,
        ends TEXT NOT NULL,
        published_at TEXT NOT NULL,
        role TEXT NOT NULL,
        staff TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE publicity_entry (
        publicity_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        registration_id TEXT NOT NULL,
        name TEXT NOT NULL,
        province TEXT NOT NULL,
        level TEXT NOT NULL,
        PRIMARY KEY (publicity_id, number),
        UNIQUE (publicity_id, registration_id),
        FOREIGN KEY(publicity_id) REFERENCES publicity (id),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE INDEX ix_payment_receipt ON payment (receipt)
    """,
)
TRIGGERS = (
    """CREATE TRIGGER payment_amount_update BEFORE UPDATE ON payment_amount FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a payment does not change'); END""",
    """CREATE TRIGGER payment_amount_delete BEFORE DELETE ON payment_amount FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a payment does not change'); END""",
    """CREATE TRIGGER bank_line_update BEFORE UPDATE ON bank_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a line of a statement does not change'); END""",
    """CREATE TRIGGER bank_line_delete BEFORE DELETE ON bank_line FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a line of a statement does not change'); END""",
    """CREATE TRIGGER bank_line_insert_again BEFORE INSERT ON bank_line FOR EACH ROW WHEN EXISTS (SELECT 1 FROM bank_line b WHERE b."transaction" = NEW."transaction") BEGIN SELECT RAISE(ABORT, 'a line of a statement does not change'); END""",
    """CREATE TRIGGER payment_item_update_closed BEFORE UPDATE ON payment_item FOR EACH ROW WHEN OLD.outcome IS NOT NULL BEGIN SELECT RAISE(ABORT, 'what was cleared stays cleared'); END""",
    """CREATE TRIGGER payment_item_delete BEFORE DELETE ON payment_item FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'an open item is cleared, never taken away'); END""",
    """CREATE TRIGGER payment_item_outcome BEFORE UPDATE ON payment_item FOR EACH ROW WHEN NEW.outcome IS NOT NULL AND (NEW.outcome NOT IN ('matched', 'to-refund', 'not-found') OR NEW.closed_at IS NULL OR NEW.reason_enc IS NULL) BEGIN SELECT RAISE(ABORT, 'an item is cleared with an outcome and a reason'); END""",
    """CREATE TRIGGER publicity_update BEFORE UPDATE ON publicity FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was made public stays as it was'); END""",
    """CREATE TRIGGER publicity_delete BEFORE DELETE ON publicity FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was made public stays as it was'); END""",
    """CREATE TRIGGER publicity_entry_update BEFORE UPDATE ON publicity_entry FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was made public stays as it was'); END""",
    """CREATE TRIGGER publicity_entry_delete BEFORE DELETE ON publicity_entry FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was made public stays as it was'); END""",
    """CREATE TRIGGER sample_update BEFORE UPDATE ON sample FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a sample is drawn once'); END""",
    """CREATE TRIGGER sample_delete BEFORE DELETE ON sample FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a sample is drawn once'); END""",
    """CREATE TRIGGER sampled_delete BEFORE DELETE ON sampled FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'who was drawn stays drawn'); END""",
    """CREATE TRIGGER sampled_update_closed BEFORE UPDATE ON sampled FOR EACH ROW WHEN OLD.outcome IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a check is closed once'); END""",
    """CREATE TRIGGER sampled_outcome BEFORE UPDATE ON sampled FOR EACH ROW WHEN NEW.outcome IS NOT NULL AND (NEW.outcome NOT IN ('as-promised', 'doubtful') OR NEW.reason_enc IS NULL) BEGIN SELECT RAISE(ABORT, 'a check is closed with an outcome and a reason'); END""",
)


def upgrade() -> None:
    """Run the statements."""
    for statement in (*STATEMENTS, *TRIGGERS):
        op.execute(statement)
