"""Payments: money at the counter, statements of the bank, and what does not add up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual import on
from textual.content import Content
from textual.widget import Widget

from assistant.conversation.blocks import Block, Line
from assistant.desk import typed
from assistant.desk.duty import Duty
from assistant.desk.form import DeskForm
from assistant.desk.keys import BACK, Key
from assistant.desk.leaves import Leaves, LeavesPage, OnceMore
from assistant.desk.paged import Place
from assistant.desk.payment_words import columns, item_pairs, row, slip_pairs, yuan
from assistant.records import Turn
from assistant.records.payment_items import NOT_FOUND, PAGE, TO_REFUND, Item
from assistant.records.payment_slips import Slip
from assistant.records.payments import CLAIMED, Imported
from assistant.services.payment import StatementFile, read_amount
from assistant.widgets import drawing
from assistant.widgets.listing import Listing
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


class PaymentsPage(LeavesPage):
    """Lists what does not add up; F7 takes a payment, F8 a statement, F9 shows what is cleared."""

    title_key: ClassVar[str] = "desk.page.payments"
    KEYS: ClassVar[tuple[Key, ...]] = (
        Key("take", "f7", "F7"),
        Key("statement", "f8", "F8"),
        Key("closed", "f9", "F9"),
    )
    UP: ClassVar[Mapping[str, str]] = {"take": "slip", "sure-take": "take"}

    def __init__(self, duty: Duty) -> None:
        """Begin with nothing loaded."""
        super().__init__(duty)
        self._items: tuple[Item, ...] = ()
        self._counts: dict[str, int] = {}
        self._settled, self._place = False, Place()
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

    async def say(self) -> None:
        """Say it in the language of now."""
        self.leaves.say(self.wording)
        self.turned()
        self._list()

    def turned(self) -> None:
        """Say anew what stands above."""
        self.query_one("#pay-card", Prose).again()

    def above(self, leaf: str) -> str:
        """Lead back from asking once more to the form that it came from."""
        return self._clearing() if leaf == "sure-item" else super().above(leaf)

    def _draw(self, width: int) -> Content:
        blocks = self._shown()
        return drawing.below(*blocks, width=width, wording=self.wording, glyphs=self.desk.glyphs) + "\n"

    def _shown(self) -> Iterable[Block]:
        """Return what stands above the leaf: whose slip it is, the item, how much is open; what to do."""
        say, leaf = self.wording, self.leaves.open
        if leaf in {"slip", "take", "sure-take"} and self._slip is not None:
            yield Block("card", tuple(slip_pairs(self._slip, say)))
        elif leaf in {"money", "claim", "seen", "sure-item"} and self._item is not None:
            yield Block("card", tuple(item_pairs(self._item, say)))
        elif leaf == "items" and self.loaded:
            yield Block("said", (Line(self._stand()),))
        if leaf in {"slip", "statement", "money", "claim"}:
            yield Block("said", (Line(say.text(f"desk.pay.{leaf}")),))

    def _stand(self) -> str:
        """Say how much there is to clear, and of what."""
        say = self.wording
        if self._settled:
            return say.text("desk.pay.closed", {"page": self._place.page + 1})
        kinds = tuple(
            say.text("desk.pay.count", {"kind": say.text(f"desk.item.{kind}"), "count": count})
            for kind, count in sorted(self._counts.items())
        )
        if not kinds:
            return say.text("desk.pay.nothing")
        args: dict[str, Arg] = {"total": sum(self._counts.values()), "kinds": say.value(kinds)}
        return say.text("desk.pay.open", args)

    def _list(self) -> None:
        rows = [row(each, self.wording) for each in self._items]
        around = self._place.around(self.wording)
        self.query_one(Listing).offer(columns(self.wording, closed=self._settled), rows, around=around)

    # Keys ------------------------------------------------------------------------------------------------

    async def act(self, id: str) -> None:
        """Open the leaf of a key, or change between open and cleared."""
        self.tell(None)
        match id:
            case "take":
                self._slip = None
                self.form("slip").put(**{"pay-slip": ""})
                self.turn("slip")
            case "statement":
                self.turn("statement")
            case "closed":
                self._settled, self._place = not self._settled, Place()
                self.turn("items")
                self._load()

    # What does not add up --------------------------------------------------------------------------------

    def _load(self, then: Callable[[], None] | None = None) -> None:
        duty, closed, page = self.duty, self._settled, self._place.page

        def load(turn: Turn) -> Loaded:
            items = turn.payment_items(by=duty.staff, now=duty.now, closed=closed, page=page)
            return items, turn.count_payment_items()

        def loaded(found: Loaded) -> None:
            self._items, self._counts = found
            self.loaded = True
            self._place = Place(page, more=len(self._items) == PAGE)
            self._list()
            self.turned()
            if then is not None:
                then()

        self.store(load, loaded)

    @on(Listing.Turned)
    def _turned(self, event: Listing.Turned) -> None:
        event.stop()
        page = self._place.turned(event.by)
        if page is not None:
            self._place = Place(page)
            self._load()

    @on(Listing.Opened)
    def _open(self, event: Listing.Opened) -> None:
        event.stop()
        self._item = next(each for each in self._items if str(each.id) == event.id)
        self.tell(None)
        for form in ("money", "claim"):
            self.form(form).put(**{"pay-slip": "", "pay-reason": ""})
        clears = self._item.outcome is None and self._may(Deed.RECONCILE_PAYMENT)
        self.turn(self._clearing() if clears else "seen")

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

    def _sure_to_assign(self, slip: Slip, reason: str) -> None:
        if self._refused(slip) or self._item is None:
            return
        item, duty = self._item.id, self.duty
        args: dict[str, Arg] = {"amount": yuan(self._item.fen or 0), "slip": slip.number, "name": slip.name}
        self.ask(
            "sure-item",
            lambda: self.wording.text("desk.pay.sure-assign", args),
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
        self.ask(
            "sure-item",
            lambda: self.wording.text("desk.pay.sure-clear", args),
            lambda: self._clear(
                lambda turn: turn.clear_payment(item, outcome, reason=reason, by=duty.staff, now=duty.now)
            ),
        )

    def _clear(self, act: Callable[[Turn], None]) -> None:
        def cleared(_: None) -> None:
            self.turn("items")
            self._load(lambda: self.done(lambda: self.wording.text("desk.pay.cleared")))

        self.turn(self._clearing())
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
            self.form("take").put(**{"pay-receipt": "", "pay-amount": ""})
            self.turn("take")

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
                self.turn("take")
                self.store(
                    lambda turn: turn.take_payment(
                        slip.number, receipt=receipt, fen=fen, by=duty.staff, now=duty.now
                    ),
                    lambda _: self._took(slip.number, receipt),
                )

            said = "desk.pay.sure-take" if fen is not None else "desk.pay.sure-take-fee"
            self.ask("sure-take", lambda: self.wording.text(said, args), take)

    def _took(self, slip: str, receipt: str) -> None:
        """Be ready for the next at the counter."""
        args: dict[str, Arg] = {"slip": slip, "receipt": receipt}
        self._slip = None
        self.form("slip").put(**{"pay-slip": ""})
        self.turn("slip")
        self._load(lambda: self.done(lambda: self.wording.text("desk.pay.took", args)))

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
        self._settled, self._place = False, Place()
        self.turn("items")
        self._load(lambda: self.done(lambda: self.wording.text("desk.pay.imported", args)))
