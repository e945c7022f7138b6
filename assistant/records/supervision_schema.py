"""The tables of results and of the supervision of who passed; they share the metadata of the schema."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from assistant.records.schema import metadata

exam_result = Table(
    "exam_result",
    metadata,
    Column("identity_idx", LargeBinary, primary_key=True),
    Column("exam", Text, primary_key=True),
    Column("level", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("passed", Integer, nullable=False),
    Column("score", Text, nullable=False),
    Column("imported_at", Text, nullable=False),
)

passer = Table(
    "passer",
    metadata,
    # Somebody who holds every subject of their level, and with it may apply for the certificate.
    Column("registration_id", Text, ForeignKey("registration.id"), primary_key=True),
    Column("exam", Text, nullable=False),
    Column("level", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("province", Text, nullable=False),
    Column("noted_at", Text, nullable=False),
)
# A list is read along this, a page at a time.
Index(
    "passer_in_order",
    passer.c.exam,
    passer.c.year,
    passer.c.province,
    passer.c.level,
    passer.c.registration_id,
)

sample = Table(
    "sample",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("exam", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("province", Text, nullable=False),
    Column("percent", Integer, nullable=False),
    Column("seed", Text, nullable=False),
    Column("passers", Integer, nullable=False),
    Column("drawn_at", Text, nullable=False),
    Column("staff", Text, nullable=False),
)

sampled = Table(
    "sampled",
    metadata,
    Column("sample_id", Integer, ForeignKey("sample.id"), primary_key=True),
    Column("registration_id", Text, ForeignKey("registration.id"), primary_key=True),
    Column("province", Text, nullable=False),
    Column("outcome", Text),
    Column("reason_enc", LargeBinary),
    Column("role", Text),
    Column("staff", Text),
    Column("closed_at", Text),
)
Index("ix_sampled_open", sampled.c.sample_id, sampled.c.outcome)
Index("sampled_by_outcome", sampled.c.outcome, sampled.c.closed_at)

publicity = Table(
    "publicity",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("exam", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("province", Text, nullable=False),
    Column("begins", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Column("published_at", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("staff", Text, nullable=False),
)

publicity_entry = Table(
    "publicity_entry",
    metadata,
    Column("publicity_id", Integer, ForeignKey("publicity.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("registration_id", Text, ForeignKey("registration.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("province", Text, nullable=False),
    Column("level", Text, nullable=False),
    UniqueConstraint("publicity_id", "registration_id"),
)
