"""Any kind of case: who, from where, and why not; and the state worked out from what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from flows.casework import model
from flows.casework.model import Case, Event, Kind, Move
from flows.permissions import MAY, Deed, Staff
from flows.roles import Role
from flows.verdict import Named, Problem

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def _other_person(case: Case, event: Event) -> Problem | None:
    taken = case.last("take")
    return Problem("same-person") if taken is not None and taken.by == event.by else None


def _with_reason(_: Case, event: Event) -> Problem | None:
    return None if event.text("reason") else Problem("no-reason")


KIND = Kind(
    "sample",
    ("new", "taken", "done"),
    (
        Move("take", ("new",), "taken", Deed.WORK_REPORT),
        Move("close", ("taken",), "done", Deed.SECOND_REVIEW, _other_person, _with_reason),
        Move("lapse", ("new", "taken"), "done", None),
    ),
    frozenset({"done"}),
)
ANNA, BO = Staff("anna", frozenset({Role.VERIFIER})), Staff("bo", frozenset({Role.SUPERVISOR}))
TAKEN = Case("taken", (Event("take", NOW, "anna", Role.VERIFIER),))


def test_a_move_adds_its_event_and_leaves_the_case_before_it_alone() -> None:
    case = model.make(KIND, KIND.new(), "take", by=ANNA, now=NOW, args={"owner": "anna"})
    assert isinstance(case, Case)
    assert case.state == "taken"
    assert case.events == (Event("take", NOW, "anna", Role.VERIFIER, {"owner": "anna"}),)
    assert KIND.new().events == ()


@pytest.mark.parametrize(("role", "move"), list(product(Role, ("take", "close"))))
def test_a_role_makes_a_move_exactly_when_the_matrix_says_so(role: Role, move: str) -> None:
    case = KIND.new() if move == "take" else TAKEN
    deed = {"take": Deed.WORK_REPORT, "close": Deed.SECOND_REVIEW}[move]
    made = model.make(KIND, case, move, by=Staff("cy", frozenset({role})), now=NOW, args={"reason": "seen"})
    assert isinstance(made, Case) == (role in MAY[deed])
    if isinstance(made, Problem):
        assert made.code == "case-not-for-you"
        assert model.refused_by_role(made)


def test_only_the_product_itself_makes_a_move_without_a_deed() -> None:
    refused = model.make(KIND, KIND.new(), "lapse", by=BO, now=NOW)
    assert isinstance(refused, Problem)
    assert refused.code == "case-not-for-you"
    lapsed = model.make(KIND, KIND.new(), "lapse", by=None, now=NOW)
    assert isinstance(lapsed, Case)
    assert (lapsed.state, lapsed.events[-1].role) == ("done", Role.SYSTEM)
    assert isinstance(model.make(KIND, KIND.new(), "take", by=None, now=NOW), Problem)


def test_from_the_wrong_state_the_reason_says_what_can_be_done_instead() -> None:
    refused = model.make(KIND, KIND.new(), "close", by=BO, now=NOW)
    assert refused == Problem(
        "case-not-now",
        {
            "move": Named("word", "case.sample.move.close"),
            "state": Named("word", "case.sample.state.new"),
            "moves": (Named("word", "case.sample.move.take"),),
        },
    )


def test_a_closed_case_says_that_it_is_closed() -> None:
    refused = model.make(KIND, Case("done"), "take", by=ANNA, now=NOW)
    assert isinstance(refused, Problem)
    assert refused.code == "case-closed"


def test_guards_refuse_with_their_reason_how_it_stands_before_what_came() -> None:
    for by, args, code in (
        (ANNA, {"reason": "seen"}, "same-person"),
        (ANNA, {}, "same-person"),
        (BO, {}, "no-reason"),
    ):
        assert model.make(KIND, TAKEN, "close", by=by, now=LATER, args=args) == Problem(code)
    assert isinstance(model.make(KIND, TAKEN, "close", by=BO, now=LATER, args={"reason": "seen"}), Case)


def test_what_is_offered_is_what_the_person_may_do_with_what_stands_in_the_way() -> None:
    assert [(each.move.name, each.refused) for each in model.offers(KIND, TAKEN, by=ANNA, now=LATER)] == [
        ("close", Problem("same-person"))
    ]
    assert [(each.move.name, each.refused) for each in model.offers(KIND, TAKEN, by=BO, now=LATER)] == [
        ("close", None)
    ]
    assert model.offers(KIND, TAKEN, by=Staff("dan", frozenset({Role.CASHIER})), now=LATER) == ()


def test_the_state_is_worked_out_from_the_events() -> None:
    case = model.make(KIND, TAKEN, "close", by=BO, now=LATER, args={"reason": "seen"})
    assert isinstance(case, Case)
    assert model.replay(KIND, case.events) == case
    assert model.replay(KIND, ()) == KIND.new()


@pytest.mark.parametrize("moves", [("close",), ("take", "take"), ("lapse", "take"), ("burn",)])
def test_events_that_cannot_have_happened_are_not_replayed(moves: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="cannot follow"):
        model.replay(KIND, [Event(move, NOW, "anna", Role.VERIFIER) for move in moves])


def test_there_is_no_way_around_the_moves() -> None:
    assert sorted(model._machine(KIND).events) == ["close", "lapse", "take"]
    with pytest.raises(KeyError):
        model.make(KIND, KIND.new(), "to_done", by=BO, now=NOW)


def test_the_diagram_shows_every_move() -> None:
    drawn = model.diagram(KIND)
    assert drawn.count(" --> ") == 4 + 2
    assert "new --> taken: take (supervisor or verifier)" in drawn
