"""Cases on false promises: heard first, decided, served, reviewed by another, then in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from assistant.clock import CHINA
from flows.casework import model
from flows.casework.false_promise import (
    FALSE_PROMISE,
    STANDS,
    deciding,
    finding,
    intending,
    measure,
    period_end,
    serving,
)
from flows.casework.measures import MEASURES, last_day
from flows.casework.model import Case
from flows.dossier import Value
from flows.permissions import MAY, Staff
from flows.roles import Role
from flows.verdict import Problem

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)
HEARD_BY = period_end(NOW, 5)
REVIEW_BY = period_end(HEARD_BY, 60)
SECOND = timedelta(seconds=1)
ANNA, BO = Staff("anna", frozenset({Role.SUPERVISOR})), Staff("bo", frozenset({Role.SUPERVISOR}))
PUBLISHER = Staff("pu", frozenset({Role.PUBLISHER}))

ARGS: Mapping[str, Mapping[str, Value]] = {
    "open": finding("report", "学历造假", report="R1"),
    "notify": {**intending("false-proof", "学历造假"), **serving("in-person", "南京", NOW, days=5)},
    "hear": {"why": "并非本人所为"},
    "decide": deciding("false-proof", "查证属实", answer="不予采纳"),
    "drop": {"why": "证据不足"},
    "serve": serving("electronic", "13800001001", HEARD_BY, days=60),
    "object": {"why": "请求复核"},
    "take-effect": {},
    "uphold": {"why": "维持"},
    "change": deciding("subject-invalid", "情节较轻", subject="basics"),
    "revoke": {"why": "事实不清"},
    "publish": {"from": "2026-06-01", "until": "2026-12-01"},
    "close": {"why": "办结"},
}
WHEN: Mapping[str, datetime] = {
    "decide": HEARD_BY,
    "serve": HEARD_BY,
    "object": REVIEW_BY - SECOND,
    "take-effect": REVIEW_BY,
    "publish": REVIEW_BY,
    "close": REVIEW_BY,
    "uphold": REVIEW_BY,
    "change": REVIEW_BY,
    "revoke": REVIEW_BY,
}
TO_SERVED = ("open", "notify", "decide", "serve")
WAYS: Mapping[str, tuple[str, ...]] = {
    "new": (),
    "found": TO_SERVED[:1],
    "noticed": TO_SERVED[:2],
    "decided": TO_SERVED[:3],
    "served": TO_SERVED,
    "objected": (*TO_SERVED, "object"),
    "in-force": (*TO_SERVED, "take-effect"),
    "published": (*TO_SERVED, "take-effect", "publish"),
    "closed": (*TO_SERVED, "take-effect", "publish", "close"),
    "dropped": ("open", "drop"),
    "revoked": (*TO_SERVED, "object", "revoke"),
}
REVIEWS = {"uphold", "change", "revoke"}


def step(case: Case, move: str, *, by: Staff | None = ANNA, at: datetime | None = None) -> Case | Problem:
    return model.make(FALSE_PROMISE, case, move, by=by, now=at or WHEN.get(move, NOW), args=ARGS[move])


def at(state: str) -> Case:
    case = FALSE_PROMISE.new()
    for move in WAYS[state]:
        by = PUBLISHER if move == "publish" else BO if move in REVIEWS else ANNA
        made = step(case, move, by=by)
        assert isinstance(made, Case), made
        case = made
    assert case.state == state
    return case


def test_every_state_is_reached_here() -> None:
    assert set(WAYS) == set(FALSE_PROMISE.states)


@pytest.mark.req("15.4", "16.2")
@pytest.mark.parametrize(("state", "move"), list(product(FALSE_PROMISE.states, ARGS)))
def test_each_move_is_made_from_its_states_by_the_roles_of_the_matrix_and_a_review_by_another(
    state: str, move: str
) -> None:
    case = at(state)
    way = next(each for each in FALSE_PROMISE.moves if each.name == move and each.deed is not None)
    assert way.deed is not None
    for role, name in product(Role, ("anna", "bo")):
        made = step(case, move, by=Staff(name, frozenset({role})))
        another = name == "bo" or move not in REVIEWS
        may = role in MAY[way.deed] and state in way.sources and another
        assert isinstance(made, Case) == may, (role, name, made)


@pytest.mark.req("16.2")
@pytest.mark.parametrize(
    ("state", "move", "end", "before", "after"),
    [
        ("noticed", "hear", HEARD_BY, None, "defence-over"),
        ("noticed", "decide", HEARD_BY, "defence-running", None),
        ("served", "object", REVIEW_BY, None, "review-over"),
        ("served", "take-effect", REVIEW_BY, "review-running", None),
    ],
)
def test_a_period_ends_with_its_last_second(
    state: str, move: str, end: datetime, before: str | None, after: str | None
) -> None:
    for moment, code in ((end - SECOND, before), (end, after)):
        made = step(at(state), move, at=moment)
        assert (made.code if isinstance(made, Problem) else None) == code


def test_days_begin_on_the_day_after_service_and_end_with_a_whole_day() -> None:
    assert datetime(2026, 3, 8, tzinfo=CHINA) == HEARD_BY


def test_who_was_heard_early_may_be_decided_on_early_and_reads_an_answer() -> None:
    heard = step(at("noticed"), "hear")
    assert isinstance(heard, Case)
    assert isinstance(step(heard, "decide", at=NOW + SECOND), Case)
    silent = model.make(
        FALSE_PROMISE, heard, "decide", by=ANNA, now=HEARD_BY, args=deciding("false-proof", "属实")
    )
    assert silent == Problem("defence-unanswered")


def test_whoever_changed_a_decision_cannot_revoke_it_later() -> None:
    changed = step(at("objected"), "change", by=BO)
    assert isinstance(changed, Case)
    assert step(changed, "revoke", by=BO) == Problem("decided-it-yourself")
    assert isinstance(step(changed, "revoke", by=Staff("cy", BO.roles)), Case)


def test_the_measure_is_that_of_the_newest_decision_and_none_once_revoked() -> None:
    assert measure(at("noticed")) is None
    assert measure(at("in-force")) == MEASURES["false-proof"]
    changed = step(at("objected"), "change", by=BO)
    assert isinstance(changed, Case)
    assert measure(changed) == MEASURES["subject-invalid"]
    assert measure(at("revoked")) is None


@pytest.mark.parametrize(
    ("state", "move", "args", "code"),
    [
        ("new", "open", finding("rumour", "x"), "finding-source-unknown"),
        ("new", "open", finding("report", " "), "decision-why-missing"),
        ("found", "notify", {**ARGS["notify"], "measure": "prison"}, "decision-measure-unknown"),
        ("found", "notify", {**ARGS["notify"], "means": "pigeon"}, "service-means-unknown"),
        ("found", "notify", {**ARGS["notify"], "address": ""}, "service-address-missing"),
        ("noticed", "decide", deciding("subject-invalid", "轻微"), "decision-subject-missing"),
        ("decided", "serve", serving("in-person", "南京", REVIEW_BY, days=1), "service-ahead"),
        ("in-force", "publish", {"from": "2026-12-01", "until": "2026-06-01"}, "publicity-period-empty"),
    ],
)
def test_what_is_missing_is_named(state: str, move: str, args: Mapping[str, Value], code: str) -> None:
    by = PUBLISHER if move == "publish" else ANNA
    made = model.make(FALSE_PROMISE, at(state), move, by=by, now=WHEN.get(move, NOW), args=args)
    if move == "notify":
        made = model.make(FALSE_PROMISE, at(state), move, by=by, now=NOW, args=args)
    assert isinstance(made, Problem)
    assert made.code == code


@pytest.mark.req("16.2", "L.9")
@pytest.mark.parametrize(
    ("id", "basis", "begins", "until"),
    [
        ("serious", "art-7", date(2026, 3, 2), date(2031, 3, 1)),
        ("false-proof", "art-10", date(2028, 2, 29), date(2033, 2, 28)),
        ("false-proof", "art-10", date(2026, 1, 1), date(2030, 12, 31)),
        ("especially-serious", "art-8", date(2026, 3, 2), None),
    ],
)
def test_a_record_runs_five_years_or_for_the_long_term(
    id: str, basis: str, begins: date, until: date | None
) -> None:
    assert MEASURES[id].basis == basis
    assert last_day(MEASURES[id], begins) == until


@pytest.mark.req("16.1")
def test_measures_without_deceit_leave_no_record() -> None:
    for id in ("registration-invalid", "results-invalid", "subject-invalid"):
        with pytest.raises(ValueError, match=id):
            last_day(MEASURES[id], date(2026, 3, 2))


def test_a_decision_stands_until_it_is_revoked() -> None:
    for state in STANDS:
        assert isinstance(step(at(state), "revoke", by=BO), Case)
