"""Takes a database from the form it has to today's, inside the transaction that opens it."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assistant.records.errors import RecordsError

FOLDER = Path(__file__).with_name("migrations")

HEAD = "0007"
"""The version that this program works with: the newest step in the folder."""


def migrate(connection: Connection, *, new: bool) -> None:
    """Run the steps that are missing.

    Args:
        connection: A transaction; the steps are part of it, so that they all happen or none does.
        new: Whether the database has nothing in it yet.

    Raises:
        RecordsError: The database is newer than this program, or no database of ours.
    """
    current = version(connection)
    if current is None and not new:
        raise RecordsError("records-not-ours")
    if current == HEAD:
        return
    # Imported here: 150 ms, and needed only when there is something to do.
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if current is not None and current not in known:
        raise RecordsError("records-newer", {"version": current})
    command.upgrade(config, "head")


def version(connection: Connection) -> str | None:
    """Return the version of a database, or ``None`` where there is none."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
