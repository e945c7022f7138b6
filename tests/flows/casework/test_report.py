"""Reports from the public: every one ends with an outcome, and only its owner gives it one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from flows.casework import model
from flows.casework.model import Case
from flows.casework.report import DAYS, OPEN, OUTCOMES, REPORT, assigning, finding, overdue, receiving
from flows.dossier import Value
from flows.permissions import MAY, Staff
from flows.roles import Role
from flows.verdict import Problem

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ANNA, BO = Staff("anna", frozenset({Role.VERIFIER})), Staff("bo", frozenset({Role.SUPERVISOR}))

ARGS: Mapping[str, Mapping[str, Value]] = {
    "receive": receiving("desk", "做了假学历"),
    "assign": assigning("anna"),
    "check": {},
    "note": finding("电话核实"),
    "founded": finding("属实", reply="经查属实", case="F1"),
    "unfounded": finding("学历真实", reply="经查不属实"),
    "refer": finding("非本机构事项", reply="已转交", office="教育部门"),
}
WAYS: Mapping[str, tuple[str, ...]] = {
    "new": (),
    "received": ("receive",),
    "assigned": ("receive", "assign"),
    "checking": ("receive", "assign", "check"),
    **{
        state: ("receive", "assign", "check", move)
        for state, move in (("founded", "founded"), ("unfounded", "unfounded"), ("referred", "refer"))
    },
}


def at(state: str) -> Case:
    case = REPORT.new()
    for move in WAYS[state]:
        made = model.make(REPORT, case, move, by=ANNA, now=NOW, args=ARGS[move])
        assert isinstance(made, Case), made
        case = made
    return case


@pytest.mark.req("15.3")
@pytest.mark.parametrize(("state", "move"), list(product(REPORT.states, ARGS)))
def test_each_move_is_made_from_its_states_by_the_owner_with_the_roles_of_the_matrix(
    state: str, move: str
) -> None:
    case = at(state)
    way = next(each for each in REPORT.moves if each.name == move and each.deed is not None)
    for role, name in product(Role, ("anna", "cy")):
        made = model.make(REPORT, case, move, by=Staff(name, frozenset({role})), now=NOW, args=ARGS[move])
        owned = name == "anna" or move in {"receive", "assign"}
        assert way.deed is not None
        may = role in MAY[way.deed] and state in way.sources and owned
        assert isinstance(made, Case) == may, (role, name, made)


@pytest.mark.req("15.3")
def test_a_report_cannot_vanish() -> None:
    for state in OPEN:
        reached, queue = set[str](), [state]
        while queue:
            here = queue.pop()
            for move in REPORT.from_state(here):
                if move.to not in reached:
                    reached.add(move.to)
                    queue.append(move.to)
        assert reached & set(OUTCOMES) == set(OUTCOMES)
    assert REPORT.final == frozenset(OUTCOMES)
    assert all(REPORT.from_state(each) == () for each in OUTCOMES)
    assert {move.sources for move in REPORT.moves if move.to in OUTCOMES} == {("checking",)}


@pytest.mark.parametrize(
    ("state", "move", "args", "code"),
    [
        ("new", "receive", receiving("desk", "  "), "report-empty"),
        ("received", "assign", assigning(" "), "report-owner-missing"),
        ("checking", "note", finding(""), "report-finding-missing"),
        ("checking", "unfounded", finding(" "), "report-finding-missing"),
        ("checking", "unfounded", finding("真实"), "report-reply-missing"),
        ("checking", "founded", finding("属实", reply="属实"), "report-case-missing"),
        ("checking", "refer", finding("无关", reply="转交"), "report-office-missing"),
    ],
)
def test_what_is_missing_is_named(state: str, move: str, args: Mapping[str, Value], code: str) -> None:
    assert model.make(REPORT, at(state), move, by=ANNA, now=NOW, args=args) == Problem(code)


def test_somebody_else_reads_whose_it_is_and_may_have_it_assigned() -> None:
    refused = model.make(REPORT, at("assigned"), "check", by=BO, now=NOW)
    assert refused == Problem("report-not-yours", {"owner": "anna"})
    again = model.make(REPORT, at("checking"), "assign", by=BO, now=NOW, args=assigning("bo"))
    assert isinstance(again, Case)
    assert isinstance(model.make(REPORT, again, "check", by=BO, now=NOW), Case)
    assert isinstance(model.make(REPORT, again, "check", by=ANNA, now=NOW), Problem)


def test_anybody_reports_without_a_role_and_without_a_member_of_staff() -> None:
    made = model.make(REPORT, REPORT.new(), "receive", by=None, now=NOW, args=ARGS["receive"])
    assert isinstance(made, Case)
    assert isinstance(model.make(REPORT, at("checking"), "unfounded", by=None, now=NOW), Problem)


def test_a_report_is_overdue_from_the_second_on_in_which_its_days_are_over() -> None:
    end = NOW + timedelta(days=DAYS)
    assert [overdue(NOW, end + timedelta(seconds=each)) for each in (-1, 0, 1)] == [False, True, True]
