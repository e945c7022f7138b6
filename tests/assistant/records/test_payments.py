"""Money that comes in: at the counter, from the bank, and what has to be cleared up."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.records import Records, RecordsError, RoleRefused, Turn
from assistant.services.payment import Received
from assistant.staging import settle
from flows.permissions import MAY, Deed, Staff
from flows.roles import Role
from flows.rules.reconciling import Fate
from tests.factories import NOW

from .stores import begin, confirmed, database, raw, trail

CASHIER = Staff("zhao", frozenset({Role.CASHIER}))
DAY = date(2020, 7, 3)
LATER = NOW + timedelta(days=3)


def due(turn: Turn, *, review: bool = False) -> tuple[str, str]:
    """Confirm a registration, with a review that is open or with none; returns it and its slip."""
    registration = begin(turn).registration
    if review:
        turn.open_review(registration, [("14.2", "education.0")], now=NOW)
    slip = turn.payment_slip(registration, now=NOW, role=Role.CANDIDATE)
    turn.confirm(registration, now=NOW, role=Role.CANDIDATE)
    return registration, slip


def passed(turn: Turn, registration: str) -> None:
    settle(turn, registration, "pass", "seen", NOW)


def arrived(slip: str, transaction: str = "T1", fen: int = 6100) -> Received:
    return Received(transaction, DAY, fen, slip, f"报名费 {slip}", "王*明")


def items(turn: Turn, *, closed: bool = False) -> list[tuple[str, str, str | None]]:
    found = turn.payment_items(by=CASHIER, now=LATER, closed=closed)
    return [(each.kind, each.slip, each.outcome) for each in found]


@pytest.mark.req("13.7")
def test_money_for_a_slip_that_is_due_pays_it_and_a_second_import_changes_nothing(records: Records) -> None:
    with records.turn() as turn:
        registration, slip = due(turn)
        first = turn.import_statement([arrived(slip)], by=CASHIER, now=LATER)
        again = turn.import_statement([arrived(slip)], by=CASHIER, now=LATER)
        paid = turn.payment(registration)
        assert items(turn) == []
    assert (first.fates[Fate.PAID], first.known, again.known, again.lines) == (1, 0, 1, 1)
    assert paid is not None
    assert (paid.receipt, paid.role) == ("T1", Role.SYSTEM)


@pytest.mark.req("13.7", "P.6")
def test_money_that_pays_nothing_waits_for_a_cashier_and_is_never_lost(records: Records) -> None:
    with records.turn() as turn:
        _, slip = due(turn)
        early, waiting = due(turn, review=True)
        lines = [
            arrived(slip, "T1"),
            arrived(slip, "T2"),
            arrived("P2222-2222", "T3"),
            arrived("", "T4"),
            arrived(waiting, "T5"),
        ]
        turn.import_statement(lines, by=CASHIER, now=LATER)
        assert items(turn) == [
            ("paid-twice", slip, None),
            ("unknown-slip", "P2222-2222", None),
            ("unknown-slip", "", None),
            ("not-yet-due", waiting, None),
        ]
        assert turn.payment(early) is None
        passed(turn, early)
        assert turn.settle_payment(waiting, now=LATER)
        assert not turn.settle_payment(waiting, now=LATER)
        paid = turn.payment(early)
        assert paid is not None
        assert paid.receipt == "T5"
        assert items(turn, closed=True) == [("not-yet-due", waiting, "matched")]


@pytest.mark.req("13.7")
def test_money_that_was_waiting_is_matched_by_the_next_import(records: Records) -> None:
    with records.turn() as turn:
        registration, slip = due(turn, review=True)
        turn.import_statement([arrived(slip)], by=CASHIER, now=LATER)
        passed(turn, registration)
        turn.import_statement([], by=CASHIER, now=LATER)
        assert turn.payment(registration) is not None


@pytest.mark.req("13.7", "P.6")
def test_a_cashier_assigns_or_refunds_with_a_reason_and_each_item_once(records: Records) -> None:
    with records.turn() as turn:
        registration, slip = due(turn)
        turn.import_statement([arrived("", "T1"), arrived("", "T2")], by=CASHIER, now=LATER)
        one, two = (each.id for each in turn.payment_items(by=CASHIER, now=LATER))
        codes = []
        for act in (
            lambda: turn.assign_payment(one, slip, reason=" ", by=CASHIER, now=LATER),
            lambda: turn.assign_payment(one, "P2222-2222", reason="x", by=CASHIER, now=LATER),
            lambda: turn.clear_payment(two, "not-found", reason="x", by=CASHIER, now=LATER),
            lambda: turn.clear_payment(99, "to-refund", reason="x", by=CASHIER, now=LATER),
        ):
            with pytest.raises(RecordsError) as refused:
                act()
            codes.append(refused.value.code)
        turn.assign_payment(one, slip, reason="附言写错", by=CASHIER, now=LATER)
        turn.clear_payment(two, "to-refund", reason="重复转账", by=CASHIER, now=LATER)
        with pytest.raises(RecordsError, match="payment-item-none"):
            turn.clear_payment(two, "to-refund", reason="x", by=CASHIER, now=LATER)
        cleared = turn.payment_items(by=CASHIER, now=LATER, closed=True)
        assert turn.payment(registration) is not None
    assert codes == [
        "payment-item-reason",
        "payment-slip-unknown",
        "payment-item-outcome",
        "payment-item-none",
    ]
    assert [(each.outcome, each.reason, each.fen) for each in cleared] == [
        ("matched", "附言写错", 6100),
        ("to-refund", "重复转账", 6100),
    ]


@pytest.mark.req("P.6")
def test_what_a_candidate_says_to_have_paid_is_answered_by_the_money_or_by_a_cashier(
    records: Records,
) -> None:
    with records.turn() as turn:
        found, slip = due(turn)
        lost, _ = due(turn)
        for each in (found, found, lost):
            turn.claim_payment(each, day=DAY, reference="T1", now=NOW)
        assert turn.count_payment_items() == {"claimed": 2}
        turn.import_statement([arrived(slip)], by=CASHIER, now=LATER)
        [item] = turn.payment_items(by=CASHIER, now=LATER)
        assert (item.transaction, item.day, item.fen) == ("T1", DAY, None)
        with pytest.raises(RecordsError, match="payment-item-no-money"):
            turn.assign_payment(item.id, slip, reason="x", by=CASHIER, now=LATER)
        turn.clear_payment(item.id, "not-found", reason="银行无此流水。", by=CASHIER, now=LATER)
        claims = [turn.payment_claim(each) for each in (found, lost)]
    assert [(each.outcome, each.reason) for each in claims if each] == [
        ("matched", ""),
        ("not-found", "银行无此流水。"),
    ]


def test_one_bank_number_with_two_amounts_stops_the_import_and_nothing_of_it_is_kept(
    records: Records,
) -> None:
    with records.turn() as turn:
        registration, slip = due(turn)
    with pytest.raises(RecordsError, match="statement-number-twice"), records.turn() as turn:
        turn.import_statement([arrived(slip), arrived(slip, fen=1)], by=CASHIER, now=LATER)
    with records.turn() as turn:
        assert turn.payment(registration) is None


@pytest.mark.req("13.7")
def test_one_receipt_stands_for_one_payment_at_the_counter(records: Records) -> None:
    with records.turn() as turn:
        (_, one), (_, two) = due(turn), due(turn)
        turn.take_payment(one, receipt="R1", fen=6100, by=CASHIER, now=NOW)
        with pytest.raises(RecordsError, match="payment-receipt-used"):
            turn.take_payment(two, receipt="R1", by=CASHIER, now=NOW)


@pytest.mark.req("13.7")
@pytest.mark.parametrize("role", sorted(Role))
def test_each_act_on_payments_is_for_the_roles_of_the_matrix(records: Records, role: Role) -> None:
    by = Staff("x", frozenset({role}))
    with records.turn() as turn:
        _, slip = due(turn)
        turn.import_statement([arrived("", "T9")], by=CASHIER, now=NOW)
        [item] = turn.payment_items(by=CASHIER, now=NOW)

    def may(deed: Deed, act: str) -> None:
        acts = {
            "see": lambda turn: turn.payment_items(by=by, now=NOW),
            "import": lambda turn: turn.import_statement([], by=by, now=NOW),
            "clear": lambda turn: turn.clear_payment(item.id, "to-refund", reason="x", by=by, now=NOW),
            "take": lambda turn: turn.take_payment(slip, receipt="R", by=by, now=NOW),
        }
        try:
            with records.turn() as turn:
                acts[act](turn)
        except RoleRefused:
            assert role not in MAY[deed]
        else:
            assert role in MAY[deed]

    may(Deed.SEE_PAYMENTS, "see")
    may(Deed.IMPORT_STATEMENT, "import")
    may(Deed.RECONCILE_PAYMENT, "clear")
    may(Deed.TAKE_PAYMENT, "take")


@pytest.mark.req("13.7", "P.6")
@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM payment_item",
        "UPDATE payment_item SET outcome = 'matched'",
        "UPDATE bank_line SET fen = 1",
        "DELETE FROM bank_line",
    ],
)
def test_the_database_itself_keeps_what_a_bank_said(records: Records, tmp_path: Path, statement: str) -> None:
    with records.turn() as turn:
        turn.import_statement([arrived("")], by=CASHIER, now=NOW)
    with pytest.raises(sqlite3.IntegrityError):
        raw(database(tmp_path), statement)


def test_quoted_words_payers_and_reasons_are_encrypted(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        registration, _ = due(turn)
        turn.import_statement([arrived("")], by=CASHIER, now=NOW)
        turn.claim_payment(registration, day=DAY, reference="88112233", now=NOW)
        for item in turn.payment_items(by=CASHIER, now=NOW):
            outcome = "not-found" if item.kind == "claimed" else "to-refund"
            turn.clear_payment(item.id, outcome, reason="原路退回", by=CASHIER, now=NOW)
    stored = database(tmp_path).read_bytes()
    for each in ("报名费", "王*明", "88112233", "原路退回"):
        assert each.encode() not in stored


@pytest.mark.req("13.7")
def test_a_slip_says_whose_it_is_and_whether_it_is_to_be_paid_now_and_the_look_is_recorded(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        begun, _ = confirmed(turn)
        slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
        found = turn.look_at_slip(slip.replace("-", "").lower(), by=CASHIER, now=NOW)
        assert (found.number, found.code, found.name, found.standing) == (slip, begun.code, "王*明", "due")
        turn.take_payment(slip, receipt="R1", by=CASHIER, now=NOW)
        paid = turn.look_at_slip(slip, by=CASHIER, now=NOW)
        assert (paid.standing, paid.method, paid.receipt, paid.paid_at) == ("paid", "counter", "R1", NOW)
        registration, waiting = due(turn, review=True)
        assert turn.look_at_slip(waiting, by=CASHIER, now=NOW).standing == "in-review"
        settle(turn, registration, "fail", "no", NOW)
        assert turn.look_at_slip(waiting, by=CASHIER, now=NOW).standing == "failed"
        early = turn.payment_slip(begin(turn).registration, now=NOW, role=Role.CANDIDATE)
        assert turn.look_at_slip(early, by=CASHIER, now=NOW).standing == "not-confirmed"
        with pytest.raises(RecordsError, match="payment-slip-unknown"):
            turn.look_at_slip("P2222-2222", by=CASHIER, now=NOW)
    looks = [row for row in trail(tmp_path, "action", "subject") if row[0] == "view:payment-slip"]
    assert looks[0] == ("view:payment-slip", begun.code)
    assert len(looks) == 5
