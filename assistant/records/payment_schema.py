"""The tables of money that came in; they share the metadata of :mod:`assistant.records.schema`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from assistant.records.schema import metadata, payment

payment_amount = Table(
    "payment_amount",
    metadata,
    Column("slip", Text, ForeignKey("payment.slip"), primary_key=True),
    # Recorded and not judged: no source says what an examination costs.
    Column("fen", Integer, nullable=False),
)

bank_line = Table(
    "bank_line",
    metadata,
    # The bank's own number: a line is taken once, however often a statement is imported.
    Column("transaction", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("fen", Integer, nullable=False),
    Column("slip", Text, nullable=False),
    Column("quoted_enc", LargeBinary, nullable=False),
    Column("payer_enc", LargeBinary, nullable=False),
    Column("imported_at", Text, nullable=False),
    Column("staff", Text, nullable=False),
)

payment_item = Table(
    "payment_item",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    # Money that arrived has a line; what a candidate says to have paid has a registration.
    Column("transaction", Text, ForeignKey("bank_line.transaction"), unique=True),
    Column("registration_id", Text, ForeignKey("registration.id"), index=True),
    Column("slip", Text, nullable=False),
    Column("claimed_day", Text),
    Column("claimed_enc", LargeBinary),
    Column("outcome", Text),
    Column("reason_enc", LargeBinary),
    Column("role", Text),
    Column("staff", Text),
    Column("closed_at", Text),
)

Index("ix_payment_item_open", payment_item.c.outcome, payment_item.c.opened_at)
Index("ix_payment_item_slip", payment_item.c.slip)
Index("ix_payment_receipt", payment.c.receipt)
