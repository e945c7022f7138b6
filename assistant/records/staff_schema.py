"""The tables of those who work at the desk; what they refuse by themselves stands in the triggers."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, Table, Text

from assistant.records.schema import metadata

staff = Table(
    "staff",
    metadata,
    # The login name: it stands on the audit trail, so it never changes and is never given away again.
    Column("id", Text, primary_key=True),
    Column("display_enc", LargeBinary, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("active", Integer, nullable=False),
    Column("created_at", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
)

staff_role = Table(
    "staff_role",
    metadata,
    Column("staff_id", Text, ForeignKey("staff.id"), primary_key=True),
    Column("role", Text, primary_key=True),
)
