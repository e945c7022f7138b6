"""Make the table of call notes."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    """
    CREATE TABLE call_note (
        id INTEGER NOT NULL,
        reference TEXT NOT NULL,
        staff TEXT NOT NULL,
        at TEXT NOT NULL,
        topic TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (reference)
    )
    """,
    "CREATE INDEX ix_call_note_staff ON call_note (staff)",
)


def upgrade() -> None:
    """Run each statement."""
    for statement in STATEMENTS:
        op.execute(statement)
