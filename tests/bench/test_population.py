"""How long pages of the desk take among 100,000 candidates and 20,000 open cases: figures, no limits."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from assistant.records import Records, Turn, open_records
from assistant.records.queue import ReviewFilter
from assistant.records.schema import account
from assistant.records.supervision import DOUBTFUL
from flows.permissions import Staff
from flows.roles import Role
from tests.bench.population import CANDIDATES, EXAM, OPEN, YEAR, code_of, fill, mobile_of, number_of
from tests.bench.test_speed import timed
from tests.factories import NOW

pytestmark = pytest.mark.bench
BY = Staff("x", frozenset({Role.SUPERVISOR}))
PUBLISHER = Staff("y", frozenset({Role.PUBLISHER}))
PASSED = CANDIDATES * 9 // 10 - OPEN


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Records:
    records = open_records(*fill(tmp_path_factory.mktemp("population")))
    day = NOW.date()
    with records.turn() as turn:
        turn.publish_list(EXAM, YEAR, begins=day, ends=day, by=PUBLISHER, now=NOW)
        made = turn.draw_sample(EXAM, YEAR, percent=1, seed="s", by=BY, now=NOW)
        for page in range(4):
            for each in turn.checks(made.id, by=BY, now=NOW):
                turn.close_check(made.id, each.code, DOUBTFUL, reason=f"{page}", by=BY, now=NOW)
    return records


ACTS: dict[str, Callable[[Turn], object]] = {
    "candidate, by code": lambda turn: turn.find(code_of(77_777)),
    "candidate, by ID number": lambda turn: _account(
        turn, "identity_idx", turn._core.identity(number_of(77_777))
    ),
    "candidate, by mobile": lambda turn: _account(turn, "mobile_idx", turn._core.mobile(mobile_of(77_777))),
    "payments, first page": lambda turn: turn.payment_items(by=BY, now=NOW),
    "payments, page 30": lambda turn: turn.payment_items(by=BY, now=NOW, page=30),
    "overview": lambda turn: turn.overview(by=BY, now=NOW),
    "publicity list of a province, its draft": lambda turn: turn.publicity_draft(EXAM, YEAR, "anhui"),
    "publicity list of a province, page 100": lambda turn: turn.draft_page(EXAM, YEAR, "anhui", page=100),
    "publicity list of all, its draft": lambda turn: turn.publicity_draft(EXAM, YEAR),
    "publicity list of all, last page": lambda turn: turn.draft_page(EXAM, YEAR, page=PASSED // 50 - 1),
    "lists made public": lambda turn: turn.publicities(),
    "list made public, last page": lambda turn: turn.published_page(1, page=PASSED // 50 - 1),
    "checks in doubt": lambda turn: turn.doubtful(),
    "queue, first page": lambda turn: _queue(turn, ReviewFilter()),
    "queue, last page": lambda turn: _queue(turn, ReviewFilter(), OPEN // 50),
    "queue, a province": lambda turn: _queue(turn, ReviewFilter(province="anhui")),
    "queue, a reason": lambda turn: _queue(turn, ReviewFilter(group="14.2")),
    "queue, a reason, last page": lambda turn: _queue(turn, ReviewFilter(group="14.2"), OPEN // 250),
    "queue, a province and a reason": lambda turn: _queue(turn, ReviewFilter(group="14.2", province="anhui")),
    "queue, a case by its code": lambda turn: turn.review_case(code_of(7_777), by=BY, now=NOW),
    "queue, overdue": lambda turn: _queue(turn, ReviewFilter(overdue=True)),
}


def _queue(turn: Turn, wanted: ReviewFilter, number: int = 1) -> object:
    return turn.review_page(wanted, number, by=BY, now=NOW).rows


def _account(turn: Turn, column: str, index: bytes) -> object:
    return turn._core.connection.execute(select(account.c.id).where(account.c[column] == index)).scalar_one()


@pytest.mark.parametrize("name", ACTS)
def test_a_page_among_a_hundred_thousand(records: Records, name: str) -> None:
    def act() -> None:
        with records.turn() as turn:
            assert ACTS[name](turn)

    timed(name, act, 7)
