"""Takes a database from the form it has to today's, inside the transaction that opens it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from assistant.records.errors import RecordsError

FOLDER = Path(__file__).with_name("migrations")


def migrate(connection: Connection, *, new: bool) -> None:
    """Run the steps that are missing.

    Raises:
        RecordsError: The database is newer than this program, or has no version although it is not new.
    """
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current is None and not new:
        raise RecordsError("records-not-ours")
    known = {step.revision for step in script.walk_revisions()}
    if current is not None and current not in known:
        raise RecordsError("records-newer", {"version": current})
    if current != script.get_current_head():
        command.upgrade(config, "head")


def version(connection: Connection) -> str:
    """Return the version of a database."""
    return MigrationContext.configure(connection).get_current_revision() or ""
