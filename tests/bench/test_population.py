"""How long pages of the desk take among 100,000 candidates and 20,000 open cases: figures, no limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from assistant.records import Records, Turn, open_records
from assistant.records.schema import account
from flows.permissions import Staff
from flows.roles import Role
from tests.bench.population import EXAM, YEAR, code_of, fill, mobile_of, number_of
from tests.bench.test_speed import timed
from tests.factories import NOW

pytestmark = pytest.mark.bench
BY = Staff("x", frozenset({Role.SUPERVISOR}))


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    return open_records(*fill(tmp_path_factory.mktemp("population")))


ACTS: dict[str, Callable[[Turn], object]] = {
    "candidate, by code": lambda turn: turn.find(code_of(77_777)),
    "candidate, by ID number": lambda turn: _account(
        turn, "identity_idx", turn._core.identity(number_of(77_777))
    ),
    "candidate, by mobile": lambda turn: _account(turn, "mobile_idx", turn._core.mobile(mobile_of(77_777))),
    "payments, first page": lambda turn: turn.payment_items(by=BY, now=NOW),
    "payments, page 30": lambda turn: turn.payment_items(by=BY, now=NOW, page=30),
    "overview": lambda turn: turn.overview(by=BY, now=NOW),
    "publicity list of a province": lambda turn: turn.publicity_draft(EXAM, YEAR, "anhui"),
}


def _account(turn: Turn, column: str, index: bytes) -> object:
    return turn._core.connection.execute(select(account.c.id).where(account.c[column] == index)).scalar_one()


@pytest.mark.parametrize("name", ACTS)
def test_a_page_among_a_hundred_thousand(records: Records, name: str) -> None:
    def act() -> None:
        with records.turn() as turn:
            assert ACTS[name](turn)

    timed(name, act, 7)
