"""Let cases of manual verification have a queue, a lock, events, and a second person for a fail."""

# ruff: noqa: E501

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    """
    ALTER TABLE review ADD COLUMN state TEXT DEFAULT 'waiting' NOT NULL
    """,
    """
    ALTER TABLE review ADD COLUMN since TEXT DEFAULT '' NOT NULL
    """,
    """
    ALTER TABLE review ADD COLUMN province TEXT DEFAULT '' NOT NULL
    """,
    """
    ALTER TABLE review ADD COLUMN exam TEXT DEFAULT '' NOT NULL
    """,
    """
    ALTER TABLE review ADD COLUMN field TEXT DEFAULT '' NOT NULL
    """,
    """
    ALTER TABLE review ADD COLUMN owner TEXT
    """,
    """
    ALTER TABLE review ADD COLUMN lock_until TEXT
    """,
    """
    CREATE TABLE review_event (
        registration_id TEXT NOT NULL,
        seq INTEGER NOT NULL,
        move TEXT NOT NULL,
        at TEXT NOT NULL,
        staff TEXT NOT NULL,
        role TEXT NOT NULL,
        args_enc BLOB,
        PRIMARY KEY (registration_id, seq),
        FOREIGN KEY(registration_id) REFERENCES review (registration_id)
    )
    """,
    """
    CREATE INDEX registration_by_account ON registration (account_id)
    """,
    """
    CREATE INDEX review_by_owner ON review (owner, since)
    """,
    """
    CREATE INDEX review_by_province ON review (decision, province, since, registration_id)
    """,
    """
    CREATE INDEX review_by_state ON review (state, since, registration_id)
    """,
    """
    CREATE INDEX review_queue ON review (decision, since, registration_id)
    """,
    """
    CREATE INDEX review_reason_by_group ON review_reason ("group", registration_id)
    """,
    """
    UPDATE review SET since = substr(opened_at, 1, 19) || '.000000+00:00',
        state = CASE decision WHEN 'pass' THEN 'passed' WHEN 'fail' THEN 'failed' ELSE 'waiting' END
    """,
    """
    INSERT INTO review_event (registration_id, seq, move, at, staff, role)
    SELECT registration_id, 1, 'open', opened_at, '', 'system' FROM review
    """,
    """
    INSERT INTO review_event (registration_id, seq, move, at, staff, role)
    SELECT registration_id, 2, CASE decision WHEN 'pass' THEN 'pass-alone' ELSE 'fail-alone' END, coalesce(decided_at, opened_at), coalesce(staff, ''), coalesce(role, 'verifier')
    FROM review WHERE decision IS NOT NULL
    """,
    """
    CREATE TRIGGER review_insert_decided BEFORE INSERT ON review FOR EACH ROW WHEN NEW.decision IS NOT NULL OR EXISTS (SELECT 1 FROM review v WHERE v.registration_id = NEW.registration_id) BEGIN SELECT RAISE(ABORT, 'a review begins undecided, once'); END
    """,
    """
    CREATE TRIGGER review_pass_alone BEFORE UPDATE ON review FOR EACH ROW WHEN NEW.decision IS NOT NULL AND NEW.decision IS NOT OLD.decision AND NEW.decision IS NOT 'fail' AND NOT EXISTS (SELECT 1 FROM review_event e WHERE e.registration_id = NEW.registration_id AND e.seq = (SELECT max(n.seq) FROM review_event n WHERE n.registration_id = NEW.registration_id) AND NEW.decision = 'pass' AND e.move IN ('pass', 'carry')) BEGIN SELECT RAISE(ABORT, 'a decision that nobody took'); END
    """,
    """
    CREATE TRIGGER review_fail_alone BEFORE UPDATE ON review FOR EACH ROW WHEN NEW.decision = 'fail' AND NEW.decision IS NOT OLD.decision AND NOT EXISTS (SELECT 1 FROM review_event e JOIN review_event p ON p.registration_id = e.registration_id AND p.seq = e.seq - 1 WHERE e.registration_id = NEW.registration_id AND e.seq = (SELECT max(n.seq) FROM review_event n WHERE n.registration_id = NEW.registration_id) AND e.move = 'agree' AND p.move = 'propose-fail' AND e.staff <> p.staff AND e.staff <> '' AND p.staff <> '' AND e.staff = NEW.staff) BEGIN SELECT RAISE(ABORT, 'a fail takes a second person'); END
    """,
    """
    CREATE TRIGGER review_event_update BEFORE UPDATE ON review_event FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a review stands'); END
    """,
    """
    CREATE TRIGGER review_event_delete BEFORE DELETE ON review_event FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a review stands'); END
    """,
    """
    CREATE TRIGGER review_event_insert_next BEFORE INSERT ON review_event FOR EACH ROW WHEN NEW.seq IS NOT coalesce((SELECT max(n.seq) FROM review_event n WHERE n.registration_id = NEW.registration_id), 0) + 1 BEGIN SELECT RAISE(ABORT, 'what happened to a review stands'); END
    """,
)


def upgrade() -> None:
    """Take a database of the first release to this form."""
    for statement in STATEMENTS:
        op.execute(statement)
