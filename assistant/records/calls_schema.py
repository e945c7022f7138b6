"""The table of call notes. They hold no personal data, so nothing in it is encrypted."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from assistant.records.schema import metadata

call_note = Table(
    "call_note",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("staff", Text, nullable=False, index=True),
    Column("at", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("text", Text, nullable=False),
)
