"""Keep reports, cases on false promises, the effects of decisions, publicity and what was sent."""

# ruff: noqa: E501

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    """
    CREATE TABLE report (
        number TEXT NOT NULL,
        channel TEXT NOT NULL,
        received_at TEXT NOT NULL,
        state TEXT NOT NULL,
        owner TEXT NOT NULL,
        reporter_enc BLOB,
        PRIMARY KEY (number)
    )
    """,
    """
    CREATE INDEX report_by_owner ON report (owner, received_at, number)
    """,
    """
    CREATE INDEX report_by_state ON report (state, received_at, number)
    """,
    """
    CREATE INDEX report_by_time ON report (received_at, number)
    """,
    """
    CREATE TABLE report_event (
        number TEXT NOT NULL,
        seq INTEGER NOT NULL,
        move TEXT NOT NULL,
        at TEXT NOT NULL,
        staff TEXT NOT NULL,
        role TEXT NOT NULL,
        args_enc BLOB NOT NULL,
        PRIMARY KEY (number, seq),
        FOREIGN KEY(number) REFERENCES report (number)
    )
    """,
    """
    CREATE TABLE false_promise (
        number TEXT NOT NULL,
        identity_idx BLOB NOT NULL,
        person_enc BLOB NOT NULL,
        registration_id TEXT,
        exam TEXT NOT NULL,
        year INTEGER NOT NULL,
        opened_at TEXT NOT NULL,
        state TEXT NOT NULL,
        measure TEXT,
        in_force_at TEXT,
        PRIMARY KEY (number),
        FOREIGN KEY(registration_id) REFERENCES registration (id)
    )
    """,
    """
    CREATE INDEX false_promise_by_registration ON false_promise (registration_id)
    """,
    """
    CREATE INDEX false_promise_by_state ON false_promise (state, opened_at, number)
    """,
    """
    CREATE INDEX false_promise_by_time ON false_promise (opened_at, number)
    """,
    """
    CREATE TABLE false_promise_event (
        number TEXT NOT NULL,
        seq INTEGER NOT NULL,
        move TEXT NOT NULL,
        at TEXT NOT NULL,
        staff TEXT NOT NULL,
        role TEXT NOT NULL,
        args_enc BLOB NOT NULL,
        PRIMARY KEY (number, seq),
        FOREIGN KEY(number) REFERENCES false_promise (number)
    )
    """,
    """
    CREATE TABLE decision_effect (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        kind TEXT NOT NULL,
        identity_idx BLOB NOT NULL,
        registration_id TEXT,
        exam TEXT NOT NULL,
        year INTEGER NOT NULL,
        subject TEXT,
        integrity_id INTEGER,
        began_at TEXT NOT NULL,
        ended_at TEXT,
        PRIMARY KEY (id),
        FOREIGN KEY(number) REFERENCES false_promise (number),
        FOREIGN KEY(integrity_id) REFERENCES integrity_record (id)
    )
    """,
    """
    CREATE INDEX decision_effect_by_case ON decision_effect (number)
    """,
    """
    CREATE INDEX decision_effect_by_person ON decision_effect (identity_idx, kind)
    """,
    """
    CREATE INDEX decision_effect_by_record ON decision_effect (integrity_id)
    """,
    """
    CREATE INDEX decision_effect_by_registration ON decision_effect (registration_id)
    """,
    """
    CREATE TABLE publication (
        id INTEGER NOT NULL,
        number TEXT NOT NULL,
        act TEXT NOT NULL,
        name TEXT NOT NULL,
        id_number TEXT NOT NULL,
        measure TEXT NOT NULL,
        begins TEXT NOT NULL,
        until TEXT NOT NULL,
        at TEXT NOT NULL,
        staff TEXT NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(number) REFERENCES false_promise (number)
    )
    """,
    """
    CREATE INDEX publication_by_case ON publication (number)
    """,
    """
    CREATE TABLE sent_paper (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        number TEXT NOT NULL,
        file_enc BLOB NOT NULL,
        sha256 TEXT NOT NULL,
        at TEXT NOT NULL,
        staff TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """CREATE TRIGGER report_delete BEFORE DELETE ON report FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a case is never taken away'); END""",
    """CREATE TRIGGER report_insert BEFORE INSERT ON report FOR EACH ROW WHEN EXISTS (SELECT 1 FROM report o WHERE o.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'a case is never taken away'); END""",
    """CREATE TRIGGER report_update BEFORE UPDATE ON report FOR EACH ROW WHEN (NEW.number IS NOT OLD.number OR NEW.channel IS NOT OLD.channel OR NEW.received_at IS NOT OLD.received_at OR NEW.reporter_enc IS NOT OLD.reporter_enc) BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER false_promise_delete BEFORE DELETE ON false_promise FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a case is never taken away'); END""",
    """CREATE TRIGGER false_promise_insert BEFORE INSERT ON false_promise FOR EACH ROW WHEN EXISTS (SELECT 1 FROM false_promise o WHERE o.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'a case is never taken away'); END""",
    """CREATE TRIGGER false_promise_update BEFORE UPDATE ON false_promise FOR EACH ROW WHEN (NEW.number IS NOT OLD.number OR NEW.identity_idx IS NOT OLD.identity_idx OR NEW.person_enc IS NOT OLD.person_enc OR NEW.registration_id IS NOT OLD.registration_id OR NEW.exam IS NOT OLD.exam OR NEW.year IS NOT OLD.year OR NEW.opened_at IS NOT OLD.opened_at) BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER report_event_insert BEFORE INSERT ON report_event FOR EACH ROW WHEN NEW.seq IS NOT (SELECT coalesce(max(e.seq), 0) + 1 FROM report_event e WHERE e.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER report_event_update BEFORE UPDATE ON report_event FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER report_event_delete BEFORE DELETE ON report_event FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER false_promise_event_insert BEFORE INSERT ON false_promise_event FOR EACH ROW WHEN NEW.seq IS NOT (SELECT coalesce(max(e.seq), 0) + 1 FROM false_promise_event e WHERE e.number = NEW.number) BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER false_promise_event_update BEFORE UPDATE ON false_promise_event FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER false_promise_event_delete BEFORE DELETE ON false_promise_event FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER publication_insert BEFORE INSERT ON publication FOR EACH ROW WHEN EXISTS (SELECT 1 FROM publication o WHERE o.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'what was published or sent does not change'); END""",
    """CREATE TRIGGER publication_update BEFORE UPDATE ON publication FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was published or sent does not change'); END""",
    """CREATE TRIGGER publication_delete BEFORE DELETE ON publication FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was published or sent does not change'); END""",
    """CREATE TRIGGER sent_paper_insert BEFORE INSERT ON sent_paper FOR EACH ROW WHEN EXISTS (SELECT 1 FROM sent_paper o WHERE o.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'what was published or sent does not change'); END""",
    """CREATE TRIGGER sent_paper_update BEFORE UPDATE ON sent_paper FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was published or sent does not change'); END""",
    """CREATE TRIGGER sent_paper_delete BEFORE DELETE ON sent_paper FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what was published or sent does not change'); END""",
    """CREATE TRIGGER decision_effect_insert BEFORE INSERT ON decision_effect FOR EACH ROW WHEN EXISTS (SELECT 1 FROM decision_effect o WHERE o.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER decision_effect_delete BEFORE DELETE ON decision_effect FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
    """CREATE TRIGGER decision_effect_update BEFORE UPDATE ON decision_effect FOR EACH ROW WHEN OLD.ended_at IS NOT NULL OR (NEW.id IS NOT OLD.id OR NEW.number IS NOT OLD.number OR NEW.kind IS NOT OLD.kind OR NEW.identity_idx IS NOT OLD.identity_idx OR NEW.registration_id IS NOT OLD.registration_id OR NEW.exam IS NOT OLD.exam OR NEW.year IS NOT OLD.year OR NEW.subject IS NOT OLD.subject OR NEW.integrity_id IS NOT OLD.integrity_id OR NEW.began_at IS NOT OLD.began_at) BEGIN SELECT RAISE(ABORT, 'what happened to a case is written down for good'); END""",
)


def upgrade() -> None:
    """Take a database one step forward."""
    for statement in STATEMENTS:
        op.execute(statement)
