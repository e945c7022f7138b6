"""What a bank says has arrived: a small interface, and its first real one, the statement as a file.

A statement is a CSV table (see :mod:`assistant.services.tables`) with these columns, in any order:

========================  =====================================================================
``date`` 交易日期           day of the payment: 2020-07-03, 2020/7/3, 20200703 or 2020年7月3日
``amount`` 金额             yuan, with or without ¥, thousands commas and fen; money going out is negative
``reference`` 附言          what the payer quoted: the number of the payment slip, alone or among words
``transaction`` 交易流水号   the bank's own number of the transaction: it is taken once, however often the
                          statement is imported
``payer`` 付款人            who paid (may be missing); kept masked
========================  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Protocol

from assistant.services.tables import Column, Line, line_refused, read_table
from flows.masking import masked_name

COLUMNS = (
    Column("date", ("交易日期", "日期", "交易时间", "入账日期", "transaction date")),
    Column("amount", ("金额", "交易金额", "贷方发生额", "收入金额", "credit")),
    Column("reference", ("附言", "摘要", "备注", "用途", "缴费单号", "slip"), needed=False),
    Column("transaction", ("交易流水号", "流水号", "银行流水号", "transaction number", "transaction id")),
    Column("payer", ("付款人", "对方户名", "付款人户名", "对方名称"), needed=False),
)

LONGEST_NUMBER = 64
LONGEST_QUOTED = 200
MOST_FEN = 10**9
"""Ten million yuan: no fee of an examination comes near it."""

_SLIP = re.compile(r"P[2-9A-HJ-NP-Z]{4}-?[2-9A-HJ-NP-Z]{4}(?![0-9A-Z])")
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?(?:[ T].*)?")


@dataclass(frozen=True)
class Received:
    """Money that arrived.

    Args:
        transaction: The bank's number of it.
        day: When.
        fen: How much, in hundredths of a yuan.
        slip: The payment slip that was quoted, as slips are written; empty where none was.
        quoted: Everything that the payer quoted.
        payer: Who paid, masked.
    """

    transaction: str
    day: date
    fen: int
    slip: str
    quoted: str
    payer: str


class PaymentSource(Protocol):
    """Somebody who knows what was paid: a bank's statement, a payment platform."""

    def received(self) -> Iterator[Received]:
        """Return what arrived, oldest first."""
        ...


class StatementFile:
    """A bank statement in a file."""

    def __init__(self, path: Path) -> None:
        """Name the file; it is read by :meth:`received`."""
        self._path = path

    def received(self) -> Iterator[Received]:
        """Return the money that came in; what went out is no payment.

        Raises:
            TableRefused: The file or one of its lines cannot be used.
        """
        for line in read_table(self._path, COLUMNS):
            fen = self._fen(line)
            if fen > 0:
                yield Received(
                    self._number(line),
                    self._day(line),
                    fen,
                    slip_in(line.values["reference"]),
                    line.values["reference"][:LONGEST_QUOTED],
                    masked_name(line.values["payer"][:40]),
                )

    def _number(self, line: Line) -> str:
        number = line.values["transaction"]
        if len(number) > LONGEST_NUMBER:
            raise line_refused(self._path, line.number, "statement-transaction", most=LONGEST_NUMBER)
        return number

    def _day(self, line: Line) -> date:
        day = read_day(line.values["date"])
        if day is None:
            raise line_refused(self._path, line.number, "table-date", column="date")
        return day

    def _fen(self, line: Line) -> int:
        fen = read_amount(line.values["amount"])
        if fen is None:
            raise line_refused(self._path, line.number, "statement-amount")
        return fen


def slip_in(words: str) -> str:
    """Find the number of a payment slip in what a payer wrote, with or without its dash."""
    found = _SLIP.search(words.upper())
    if found is None:
        return ""
    plain = found[0].replace("-", "")
    return f"{plain[:5]}-{plain[5:]}"


def read_day(written: str) -> date | None:
    """Read a day as banks and people write it; ``None`` when it is none."""
    found = _DAY.fullmatch(written.strip())
    if found is None:
        return None
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3])).date()  # noqa: DTZ001 - a day alone
    except ValueError:
        return None


def read_amount(written: str) -> int | None:
    """Read an amount in yuan as banks and people write it, in fen; ``None`` when it is none."""
    plain = re.sub(r"[¥￥,\s]|元|RMB|CNY", "", written, flags=re.IGNORECASE)
    try:
        fen = Decimal(plain) * 100
        if fen != fen.to_integral_value() or abs(fen) > MOST_FEN:
            return None
    except InvalidOperation:
        return None
    return int(fen)
