"""What the page of payments says of a slip and of what does not add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.conversation.blocks import Pair
from assistant.conversation.wording import Wording
from assistant.records.payment_items import Item
from assistant.records.payment_slips import Slip
from assistant.widgets.listing import Column, ListRow


def slip_pairs(slip: Slip, say: Wording) -> Iterable[Pair]:
    """Say whose slip it is and how it stands."""
    yield Pair(say.text("desk.column.slip"), slip.number)
    yield Pair(say.text("desk.column.code"), slip.code)
    yield Pair(say.fact("name"), slip.name or say.text("desk.pay.nobody"))
    if slip.id_number:
        yield Pair(say.fact("id_number"), slip.id_number)
    yield Pair(say.text("desk.column.state"), say.text(f"desk.slip.{slip.standing}"))
    if slip.paid_at is not None:
        how = say.text(f"payment.method.{slip.method}")
        yield Pair(say.text("desk.pay.paid"), say.value((say.arg(slip.paid_at), how, slip.receipt)))


def item_pairs(item: Item, say: Wording) -> Iterable[Pair]:
    """Say what is known of something that does not add up."""
    yield Pair(say.text("desk.column.kind"), say.text(f"desk.item.{item.kind}"))
    lines = (
        ("desk.column.amount", yuan(item.fen) if item.fen is not None else ""),
        ("desk.column.day", say.arg(item.day) if item.day else ""),
        ("desk.column.slip", item.slip),
        ("desk.column.code", item.code),
        ("desk.pay.transaction", item.transaction),
        ("desk.pay.quoted", item.quoted),
        ("desk.pay.payer", item.payer),
        ("desk.pay.since", say.arg(item.opened_at)),
        ("desk.column.outcome", say.text(f"desk.outcome.{item.outcome}") if item.outcome else ""),
        ("desk.field.pay-reason", item.reason),
    )
    for label, value in lines:
        if value:
            yield Pair(say.text(label), value)


def columns(say: Wording, *, closed: bool) -> Sequence[Column]:
    """Name the columns of the list."""
    return (
        Column(say.text("desk.column.kind"), 18),
        Column(say.text("desk.column.slip"), 11),
        Column(say.text("desk.column.code"), 10),
        Column(say.text("desk.column.amount"), 10),
        Column(say.text("desk.column.outcome" if closed else "desk.column.day")),
    )


def row(each: Item, say: Wording) -> ListRow:
    """Say an item in a row of the list."""
    day = each.day.isoformat() if each.day else ""
    last = say.text(f"desk.outcome.{each.outcome}") if each.outcome else day
    money = yuan(each.fen) if each.fen is not None else ""
    return ListRow(str(each.id), (say.text(f"desk.item.{each.kind}"), each.slip, each.code, money, last))


def yuan(fen: int) -> str:
    """Write an amount in yuan."""
    return f"{fen // 100}.{fen % 100:02}"
