"""Payments: money at the counter, statements of the bank, and what does not add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line, Pair
from assistant.desk import typed
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import BACK, Key
from assistant.desk.leaves import Leaves, OnceMore
from assistant.desk.page import DeskPage
from assistant.records import Turn
from assistant.records.payment_items import NOT_FOUND, PAGE, TO_REFUND, Item
from assistant.records.payment_slips import Slip
from assistant.records.payments import CLAIMED, Imported
from assistant.services.payment import StatementFile, read_amount
from assistant.widgets import drawing
from assistant.widgets.listing import Column, Listing, ListRow
from assistant.widgets.prose import Prose
from flows import text
from flows.permissions import Deed
from flows.rules.reconciling import Fate
from flows.verdict import Arg, Named, Problem

Loaded = tuple[tuple[Item, ...], dict[str, int]]

_DEEDS = {
    "take": Deed.TAKE_PAYMENT,
    "statement": Deed.IMPORT_STATEMENT,
}
_UP = {"take": "slip", "sure-take": "take", "sure-item": "money"}
"""Where Esc leads from a leaf; from any other to the list."""


class PaymentsPage(DeskPage):
    """Lists what does not add up; F7 takes a payment, F8 a statement, F9 shows what is cleared."""

    title_key: ClassVar[str] = "desk.page.payments"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("take", "f7", "F7"),
        Key("statement", "f8", "F8"),
        Key("closed", "f9", "F9"),
    )

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing loaded."""
        super().__init__(duty)
        self._items: tuple[Item, ...] = ()
        self._counts: dict[str, int] = {}
        self._settled, self._page = False, 0
        self._slip: Slip | None = None
        self._item: Item | None = None

    def keys(self) -> tuple[Key, ...]:
        """Leave out what the roles do not allow."""
        own = (each for each in self.KEYS if each.id not in _DEEDS or self._may(_DEEDS[each.id]))
        return (BACK, *own, *self.COMMON)

    def _may(self, deed: Deed) -> bool:
        return self.duty.staff.acts_as(deed) is not None

    def body(self) -> Iterable[Widget]:
        """Lay out the line above the list, what was looked at, and the leaves."""
        glyphs = self.desk.glyphs
        yield Prose(self._draw, id="pay-card")
        yield Leaves(
            Listing(glyphs, id="items"),
            DeskForm(glyphs, ("pay-slip",), ("look-slip",), id="slip"),
            DeskForm(glyphs, ("pay-receipt", "pay-amount"), ("take-payment",), id="take"),
            DeskForm(glyphs, ("pay-file",), ("import-statement",), id="statement"),
            DeskForm(glyphs, ("pay-slip", "pay-reason"), ("assign-payment", "refund-payment"), id="money"),
            DeskForm(glyphs, ("pay-reason",), ("payment-not-found",), id="claim"),
            Prose(id="seen"),
            OnceMore(glyphs, id="sure-take"),
            OnceMore(glyphs, id="sure-item"),
        )

    async def opened(self) -> None:
        """Load what is open."""
        self._load()

    # Said and drawn --------------------------------------------------------------------------------------

    @property
    def _leaves(self) -> Leaves:
        return self.query_one(Leaves)

    def _form(self, id: str) -> DeskForm:
        return self.query_one(f"#{id}", DeskForm)

    async def say(self) -> None:
        """Say it in the language of now."""
        self._leaves.say(self.wording)
        self.query_one("#pay-card", Prose).again()
        self._list()

    def _turn(self, leaf: str) -> None:
        self._leaves.turn(leaf)
        self.query_one("#pay-card", Prose).again()

    def _draw(self, width: int) -> Content:
        block = self._shown()
        return drawing.below(block, width=width, wording=self.wording, glyphs=self.desk.glyphs) + "\n"

    def _shown(self) -> Block:
        """Return what stands above the leaf: whose slip it is, the item, or how much is open."""
        say, leaf = self.wording, self._leaves.open
        if leaf in {"slip", "take", "sure-take"} and self._slip is not None:
            return Block("card", tuple(self._slip_pairs(self._slip)))
        if leaf in {"money", "claim", "seen", "sure-item"} and self._item is not None:
            return Block("card", tuple(self._item_pairs(self._item)))
        if leaf != "items":
            return Block("said", _line(say.text(f"desk.pay.{leaf}")))
        if self._settled:
            return Block("said", _line(say.text("desk.pay.closed", {"page": self._page + 1})))
        kinds = tuple(
            say.text("desk.pay.count", {"kind": say.text(f"desk.item.{kind}"), "count": count})
            for kind, count in sorted(self._counts.items())
        )
        if not kinds:
            return Block("said", _line(say.text("desk.pay.nothing")))
        args: dict[str, Arg] = {"total": sum(self._counts.values()), "kinds": say.value(kinds)}
        return Block("said", _line(say.text("desk.pay.open", args)))

    def _slip_pairs(self, slip: Slip) -> Iterable[Pair]:
        say = self.wording
        yield Pair(say.text("desk.column.slip"), slip.number)
        yield Pair(say.text("desk.column.code"), slip.code)
        yield Pair(say.fact("name"), slip.name or say.text("desk.pay.nobody"))
        if slip.id_number:
            yield Pair(say.fact("id_number"), slip.id_number)
        yield Pair(say.text("desk.column.state"), say.text(f"desk.slip.{slip.standing}"))
        if slip.paid_at is not None:
            how = say.text(f"payment.method.{slip.method}")
            yield Pair(say.text("desk.pay.paid"), say.value((say.arg(slip.paid_at), how, slip.receipt)))

    def _item_pairs(self, item: Item) -> Iterable[Pair]:
        say = self.wording
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

    def _list(self) -> None:
        say = self.wording
        columns = [
            Column(say.text("desk.column.kind"), 18),
            Column(say.text("desk.column.slip"), 11),
            Column(say.text("desk.column.code"), 10),
            Column(say.text("desk.column.amount"), 10),
            Column(say.text("desk.column.outcome" if self._settled else "desk.column.day")),
        ]
        rows = [
            ListRow(
                str(each.id),
                (
                    say.text(f"desk.item.{each.kind}"),
                    each.slip,
                    each.code,
                    yuan(each.fen) if each.fen is not None else "",
                    say.text(f"desk.outcome.{each.outcome}")
                    if each.outcome
                    else (each.day.isoformat() if each.day else ""),
                ),
            )
            for each in self._items
        ]
        self.query_one(Listing).offer(columns, rows)

    # Keys ------------------------------------------------------------------------------------------------

    async def typed(self, event: events.Key) -> bool:
        """Give keys to the leaf that lies open."""
        return self._leaves.key(event)

    async def back(self) -> None:
        """Go a leaf back; from the list, leave."""
        leaf = self._leaves.open
        if leaf == "items":
            self.dismiss()
            return
        self.tell(None)
        self._turn(_UP.get(leaf, "items") if leaf != "sure-item" else self._clearing())

    async def act(self, id: str) -> None:
        """Open the leaf of a key, or change between open and cleared."""
        self.tell(None)
        match id:
            case "take":
                self._slip = None
                self._form("slip").put(**{"pay-slip": ""})
                self._turn("slip")
            case "statement":
                self._turn("statement")
            case "closed":
                self._settled, self._page = not self._settled, 0
                self._turn("items")
                self._load()

    # What does not add up --------------------------------------------------------------------------------

    def _load(self, then: Callable[[], None] | None = None) -> None:
        duty, closed, page = self.duty, self._settled, self._page

        def load(turn: Turn) -> Loaded:
            items = turn.payment_items(by=duty.staff, now=duty.now, closed=closed, page=page)
            return items, turn.count_payment_items()

        def loaded(found: Loaded) -> None:
            self._items, self._counts = found
            self._list()
            self.query_one("#pay-card", Prose).again()
            if then is not None:
                then()

        self.store(load, loaded)

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        if (event.by > 0 and len(self._items) == PAGE) or (event.by < 0 and self._page):
            self._page += event.by
            self._load()

    @on(Listing.Opened)
    def _open(self, event: Listing.Opened) -> None:
        event.stop()
        self._item = next(each for each in self._items if str(each.id) == event.id)
        self.tell(None)
        for form in ("money", "claim"):
            self._form(form).put(**{"pay-slip": "", "pay-reason": ""})
        clears = self._item.outcome is None and self._may(Deed.RECONCILE_PAYMENT)
        self._turn(self._clearing() if clears else "seen")

    def _clearing(self) -> str:
        """Return the form that clears the item: money that arrived, or what was only said."""
        return "claim" if self._item is not None and self._item.kind == CLAIMED else "money"

    @on(DeskForm.Chosen)
    def _chosen(self, event: DeskForm.Chosen) -> None:
        event.stop()
        values = {name: text.field(value) for name, value in event.values.items()}
        match event.act:
            case "look-slip":
                self._look(values["pay-slip"], self._looked)
            case "take-payment":
                self._sure_to_take(values["pay-receipt"], values["pay-amount"])
            case "import-statement":
                self._import(event.values["pay-file"])
            case "assign-payment" if values["pay-reason"]:
                self._look(values["pay-slip"], lambda slip: self._sure_to_assign(slip, values["pay-reason"]))
            case "assign-payment" | "refund-payment" | "payment-not-found" if not values["pay-reason"]:
                self.refuse(Problem("payment-item-reason"))
            case "refund-payment":
                self._sure_to_clear(TO_REFUND, values["pay-reason"])
            case "payment-not-found":
                self._sure_to_clear(NOT_FOUND, values["pay-reason"])

    @on(OnceMore.Declined)
    async def _declined(self, event: OnceMore.Declined) -> None:
        event.stop()
        await self.back()

    def _sure(self, leaf: str, said: str, args: dict[str, Arg], then: Callable[[], None]) -> None:
        self.tell(None)
        self.query_one(f"#{leaf}", OnceMore).ask(lambda: self.wording.text(said, args), then)
        self._turn(leaf)

    def _sure_to_assign(self, slip: Slip, reason: str) -> None:
        if self._refused(slip) or self._item is None:
            return
        item, duty = self._item.id, self.duty
        args: dict[str, Arg] = {"amount": yuan(self._item.fen or 0), "slip": slip.number, "name": slip.name}
        self._sure(
            "sure-item",
            "desk.pay.sure-assign",
            args,
            lambda: self._clear(
                lambda turn: turn.assign_payment(
                    item, slip.number, reason=reason, by=duty.staff, now=duty.now
                )
            ),
        )

    def _sure_to_clear(self, outcome: str, reason: str) -> None:
        if self._item is None:
            return
        item, duty = self._item.id, self.duty
        args: dict[str, Arg] = {"outcome": Named("word", f"desk.outcome.{outcome}")}
        self._sure(
            "sure-item",
            "desk.pay.sure-clear",
            args,
            lambda: self._clear(
                lambda turn: turn.clear_payment(item, outcome, reason=reason, by=duty.staff, now=duty.now)
            ),
        )

    def _clear(self, act: Callable[[Turn], None]) -> None:
        def cleared(_: None) -> None:
            self._turn("items")
            self._load(lambda: self.tell(lambda: self.wording.text("desk.pay.cleared"), "$text-success"))

        self._turn(self._clearing())
        self.store(act, cleared)

    # At the counter --------------------------------------------------------------------------------------

    def _look(self, slip: str, then: Callable[[Slip], None]) -> None:
        duty = self.duty
        self.store(lambda turn: turn.look_at_slip(slip, by=duty.staff, now=duty.now), then)

    def _looked(self, slip: Slip) -> None:
        self._slip = slip
        self.query_one("#pay-card", Prose).again()
        if not self._refused(slip):
            self.tell(None)
            self._form("take").put(**{"pay-receipt": "", "pay-amount": ""})
            self._turn("take")

    def _refused(self, slip: Slip) -> bool:
        """Say why a slip is not to be paid now; return whether it is not."""
        if slip.standing != "due":
            self.refuse(Problem(f"slip-{slip.standing}", {"slip": slip.number}))
        return slip.standing != "due"

    def _sure_to_take(self, receipt: str, amount: str) -> None:
        fen = read_amount(amount) if amount else None
        if not receipt:
            self.refuse(Problem("payment-receipt-missing"))
        elif amount and (fen is None or fen <= 0):
            self.refuse(Problem("payment-amount"))
        elif self._slip is not None:
            slip, duty = self._slip, self.duty
            args: dict[str, Arg] = {
                "amount": yuan(fen or 0),
                "name": slip.name,
                "receipt": receipt,
            }

            def take() -> None:
                self._turn("take")
                self.store(
                    lambda turn: turn.take_payment(
                        slip.number, receipt=receipt, fen=fen, by=duty.staff, now=duty.now
                    ),
                    lambda _: self._took(slip.number, receipt),
                )

            said = "desk.pay.sure-take" if fen is not None else "desk.pay.sure-take-fee"
            self._sure("sure-take", said, args, take)

    def _took(self, slip: str, receipt: str) -> None:
        """Be ready for the next at the counter."""
        args: dict[str, Arg] = {"slip": slip, "receipt": receipt}
        self._slip = None
        self._form("slip").put(**{"pay-slip": ""})
        self._turn("slip")
        self._load(lambda: self.tell(lambda: self.wording.text("desk.pay.took", args), "$text-success"))

    # From the bank ---------------------------------------------------------------------------------------

    def _import(self, written: str) -> None:
        duty = self.duty

        def read() -> Imported:
            lines = tuple(StatementFile(typed.path(written)).received())
            return duty.turn(lambda turn: turn.import_statement(lines, by=duty.staff, now=duty.now))

        if self.work(read, self._imported):
            self.tell(lambda: self.wording.text("desk.pay.importing"))

    def _imported(self, found: Imported) -> None:
        fates = found.fates
        args: dict[str, Arg] = {
            "lines": found.lines,
            "known": found.known,
            "paid": fates[Fate.PAID],
            "open": sum(fates.values()) - fates[Fate.PAID],
        }
        self._settled, self._page = False, 0
        self._turn("items")
        self._load(lambda: self.tell(lambda: self.wording.text("desk.pay.imported", args), "$text-success"))


def yuan(fen: int) -> str:
    """Write an amount in yuan."""
    return f"{fen // 100}.{fen % 100:02}"


def _line(said: str) -> tuple[Line, ...]:
    return (Line(said),)
