"""The tables of manual verification that stand beside its row in :mod:`assistant.records.schema`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from assistant.records.schema import metadata, registration, review, review_reason

review_event = Table(
    "review_event",
    metadata,
    Column("registration_id", Text, ForeignKey("review.registration_id"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("move", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("staff", Text, nullable=False),
    Column("role", Text, nullable=False),
    # Reasons and what is asked for, as JSON: they tell of a person.
    Column("args_enc", LargeBinary),
)

# A page of the queue is read along one of these, oldest first, without looking at what is decided.
Index("review_queue", review.c.decision, review.c.since, review.c.registration_id)
Index("review_by_state", review.c.state, review.c.since, review.c.registration_id)
Index("review_by_province", review.c.decision, review.c.province, review.c.since, review.c.registration_id)
Index("review_by_owner", review.c.owner, review.c.since)
Index("review_reason_by_group", review_reason.c.group, review_reason.c.registration_id)

# An earlier verification is found by whose it is.
Index("registration_by_account", registration.c.account_id)
