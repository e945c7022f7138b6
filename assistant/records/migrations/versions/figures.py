"""Make the indexes that the figures of the house and the lists of who passed are read along."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    "CREATE INDEX registration_by_confirmation ON registration (confirmed_at, updated_at)",
    "CREATE INDEX registration_by_beginning ON registration (created_at)",
    "CREATE INDEX payment_by_time ON payment (paid_at, registration_id)",
    "CREATE INDEX letter_standing ON letter (registration_id) WHERE superseded_at IS NULL",
    "CREATE INDEX fact_in_doubt ON fact (registration_id) WHERE stale = 1",
    "CREATE INDEX verification_by_time ON verification (submitted_at)",
    "CREATE INDEX audit_by_action ON audit (action, at, subject)",
    "CREATE INDEX review_by_opening ON review (decision, opened_at)",
    "DROP INDEX ix_passer_exam",
    "CREATE INDEX passer_in_order ON passer (exam, year, province, level, registration_id)",
    "CREATE INDEX sampled_by_outcome ON sampled (outcome, closed_at)",
)


def upgrade() -> None:
    """Run the statements."""
    for statement in STATEMENTS:
        op.execute(statement)
