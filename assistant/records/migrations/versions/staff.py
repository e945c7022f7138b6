"""Make the tables of those who work at the desk."""

# ruff: noqa: E501

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# Written out, not taken from the schema module: a released step never changes.
STATEMENTS = (
    """
    CREATE TABLE staff (
        id TEXT NOT NULL,
        display_enc BLOB NOT NULL,
        password_hash TEXT NOT NULL,
        active INTEGER NOT NULL,
        created_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE staff_role (
        staff_id TEXT NOT NULL,
        role TEXT NOT NULL,
        PRIMARY KEY (staff_id, role),
        FOREIGN KEY(staff_id) REFERENCES staff (id)
    )
    """,
)
TRIGGERS = (
    """CREATE TRIGGER staff_delete BEFORE DELETE ON staff FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'who worked at the desk is not forgotten'); END""",
    """CREATE TRIGGER staff_update BEFORE UPDATE ON staff FOR EACH ROW WHEN (NEW.id IS NOT OLD.id OR NEW.created_at IS NOT OLD.created_at) BEGIN SELECT RAISE(ABORT, 'a login name is given once'); END""",
    """CREATE TRIGGER staff_insert_again BEFORE INSERT ON staff FOR EACH ROW WHEN EXISTS (SELECT 1 FROM staff s WHERE s.id = NEW.id) BEGIN SELECT RAISE(ABORT, 'a login name is given once'); END""",
    """CREATE TRIGGER staff_disable_last BEFORE UPDATE ON staff FOR EACH ROW WHEN OLD.active = 1 AND NEW.active IS NOT 1 AND EXISTS (SELECT 1 FROM staff_role r WHERE r.staff_id = OLD.id AND r.role = 'administrator') AND (SELECT count(*) FROM staff s JOIN staff_role r ON r.staff_id = s.id WHERE s.active = 1 AND r.role = 'administrator' AND s.id IS NOT OLD.id) = 0 BEGIN SELECT RAISE(ABORT, 'the last administrator stays'); END""",
    """CREATE TRIGGER staff_role_insert BEFORE INSERT ON staff_role FOR EACH ROW WHEN NEW.role NOT IN ('help-desk', 'verifier', 'cashier', 'supervisor', 'publisher', 'auditor', 'administrator') BEGIN SELECT RAISE(ABORT, 'no role of the desk'); END""",
    """CREATE TRIGGER staff_role_update BEFORE UPDATE ON staff_role FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'a role is given or taken'); END""",
    """CREATE TRIGGER staff_role_delete_last BEFORE DELETE ON staff_role FOR EACH ROW WHEN OLD.role = 'administrator' AND EXISTS (SELECT 1 FROM staff s WHERE s.id = OLD.staff_id AND s.active = 1) AND (SELECT count(*) FROM staff s JOIN staff_role r ON r.staff_id = s.id WHERE s.active = 1 AND r.role = 'administrator' AND s.id IS NOT OLD.staff_id) = 0 BEGIN SELECT RAISE(ABORT, 'the last administrator stays'); END""",
)


def upgrade() -> None:
    """Run the statements."""
    for statement in (*STATEMENTS, *TRIGGERS):
        op.execute(statement)
