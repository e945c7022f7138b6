"""The machine of the journey: whole, without traps or shortcuts, and closed to who may not act."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows import journey
from flows.dossier import Dossier
from flows.journey import FIRST, LAST, WAYS, Way
from flows.roles import STAFF, Role
from flows.steps import BY_ID, STEPS
from flows.verdict import Named, Problem
from tests.factories import COMPLETE, NOW, before, changed, dossier, situation

IDS = tuple(step.id for step in STEPS)


def faults(states: Iterable[str], ways: Iterable[Way], first: str = FIRST, last: str = LAST) -> set[str]:
    """Name what is wrong with a graph: an orphan, a trap, a way from or to nowhere, a way out of the end."""
    known, graph = set(states), tuple(ways)
    found = {f"nowhere:{end}" for way in graph for end in (way.source, way.dest) if end not in known} | {
        f"after-the-end:{way.dest}" for way in graph if way.source == last
    }
    found |= {f"orphan:{state}" for state in known - _reached(graph, first, forward=True)}
    return found | {f"trap:{state}" for state in known - _reached(graph, last, forward=False)}


def _reached(ways: tuple[Way, ...], start: str, *, forward: bool) -> set[str]:
    reached, queue = {start}, [start]
    while queue:
        here = queue.pop()
        for way in ways:
            source, dest = (way.source, way.dest) if forward else (way.dest, way.source)
            if source == here and dest not in reached:
                reached.add(dest)
                queue.append(dest)
    return reached


# The graph ---------------------------------------------------------------------------------------------


def test_there_are_22_states_and_each_item_is_the_home_of_one_step() -> None:
    homes = Counter(step.item for step in STEPS)

    assert len(set(IDS)) == len(STEPS) == 22
    assert homes == {item: 5 if item == 13 else 1 for item in range(1, 19)}
    assert {step.id for step in STEPS if step.item == 13} == {
        "application-choose",
        "application-read",
        "application-fill",
        "application-confirm",
        "application-pay",
    }


@pytest.mark.req("7.1", "13.1")
def test_the_order_is_that_of_the_candidate() -> None:
    order = [BY_ID[each].item for each in IDS]
    assert order == [1, 2, 3, 4, 7, 8, 10, 11, 18, 12, 9, 13, 13, 13, 17, 6, 5, 13, 14, 13, 15, 16]


def test_every_state_is_reached_and_leads_to_the_end() -> None:
    assert faults(IDS, WAYS) == set()


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (tuple(way for way in WAYS if way.dest != "returning"), "orphan:returning"),
        (tuple(way for way in WAYS if way.source != "returning"), "trap:returning"),
        (tuple(way for way in WAYS if way.source != "manual-review"), "trap:manual-review"),
        ((*WAYS, Way("go_on", "application-pay", "nowhere")), "nowhere:nowhere"),
        ((*WAYS, Way("go_on", LAST, "system")), "after-the-end:system"),
    ],
)
def test_a_broken_machine_is_noticed(broken: tuple[Way, ...], fault: str) -> None:
    assert fault in faults(IDS, broken)


def test_an_added_state_without_ways_is_noticed() -> None:
    assert {"orphan:island", "trap:island"} <= faults((*IDS, "island"), WAYS)


def test_no_trigger_jumps_over_the_guards() -> None:
    machine = journey._machine()
    triggers = {name for state in IDS for name in machine.get_triggers(state)}

    assert triggers == {"go_on", "sign", "confirm", "decide", "pay"}
    assert machine.models == []
    assert set(machine.states) == set(IDS)


def test_the_machine_itself_asks_the_guards() -> None:
    """Even a caller who fires a trigger by hand does not get past a guard."""
    machine = journey._machine()
    unsigned = situation(changed({"signature": None, "payment.receipt": None}))
    for state, trigger in (("signature", "sign"), ("signature", "go_on"), ("application-pay", "pay")):
        walker = journey._Walker(state)
        assert machine.events[trigger].trigger(walker, unsigned) is False
        assert walker.state == state


# Who may do what ---------------------------------------------------------------------------------------


@pytest.mark.req("5.2", "13.5")
@pytest.mark.parametrize("role", sorted(STAFF))
@pytest.mark.parametrize("trigger", ["sign", "confirm"])
def test_no_staff_role_signs_or_confirms(trigger: str, role: Role) -> None:
    refusal = journey.may(trigger, role)
    assert refusal is not None
    assert refusal.code == "not-for-staff"


@pytest.mark.req("5.2")
@pytest.mark.parametrize("trigger", ["sign", "confirm"])
def test_only_the_candidate_signs_and_confirms(trigger: str) -> None:
    assert {role for role in Role if journey.may(trigger, role) is None} == {Role.CANDIDATE}


@pytest.mark.req("14.1", "15.2")
def test_only_a_verifier_or_supervisor_decides_a_review() -> None:
    allowed = {role for role in Role if journey.may("decide", role) is None}
    assert allowed == {Role.VERIFIER, Role.SUPERVISOR}


def test_an_unknown_trigger_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(KeyError):
        journey.may("to_consequences", Role.CANDIDATE)


@pytest.mark.req("5.2", "13.4")
@pytest.mark.parametrize("role", [each for each in Role if each is not Role.CANDIDATE])
@pytest.mark.parametrize(
    ("key", "state"), [("signature", "signature"), ("application.confirm", "application-confirm")]
)
def test_what_another_role_stated_does_not_open_the_way(key: str, state: str, role: Role) -> None:
    """A signature that staff got into the dossier by whatever way carries nobody past the signature."""
    known = dossier(COMPLETE)
    forged = known.put(replace(known.facts[key], role=role))

    place = journey.locate(situation(forged))

    assert place.step.id == state
    assert "not-for-staff" in {reason.code for reason in journey.refusals(situation(forged), state)}


@pytest.mark.req("14.1")
@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.SYSTEM])
def test_a_review_that_no_staff_decided_does_not_open_the_way(role: Role) -> None:
    facts = changed({"id_type": "passport", "review.decision": "pass"})
    assert journey.locate(situation(facts)).step.id == "consequences"

    decided_by = dossier(facts, review__decision=role)
    assert journey.locate(situation(decided_by)).step.id == "manual-review"


# Where somebody is -------------------------------------------------------------------------------------


def test_who_has_said_nothing_stands_at_the_first_question() -> None:
    place = journey.locate(situation(Dossier()))
    assert (place.step.id, place.visited) == ("system", ("system",))
    assert place.ask is not None
    assert place.ask.key == "first_time"


def test_who_has_said_everything_and_paid_stands_at_the_end() -> None:
    place = journey.locate(situation())
    assert place.ending is not None
    assert (place.step.id, place.ending.outcome) == ("consequences", "paid")


ASKED = [
    key
    for key in COMPLETE
    if not key.endswith((".saved", ".submitted", ".status"))
    and key not in {"adopt_commitment", "payment.slip", "payment.receipt"}
]


@pytest.mark.parametrize("key", ASKED)
def test_what_is_asked_next_is_the_first_thing_that_is_not_known(key: str) -> None:
    place = journey.locate(situation(before(key)))
    assert place.ask is not None
    assert place.ask.key == key


@pytest.mark.parametrize("key", [each for each in ASKED if not each.startswith(("education.", "degree."))])
def test_a_doubted_fact_brings_the_candidate_back_to_its_question(key: str) -> None:
    place = journey.locate(situation(dossier().doubting([key])))
    assert place.ask is not None
    assert place.ask.key == key


@pytest.mark.req("7.1")
@pytest.mark.parametrize("first_time", ["yes", "no"])
def test_an_exam_cannot_be_chosen_without_an_account(first_time: str) -> None:
    facts = changed({"first_time": first_time, "account": None})
    visited = journey.locate(situation(facts)).visited
    assert not set(visited) & {"academic", "application-choose"}


@pytest.mark.req("8.1")
def test_who_has_an_account_logs_in_and_registers_no_second_time() -> None:
    place = journey.locate(situation(changed({"first_time": "no", "login.id_number": "1"})))
    assert "returning" in place.visited
    assert not set(place.visited) & {"first-time", "account", "account-rules"}


@pytest.mark.req("10.1")
def test_no_field_is_asked_before_the_agreement_is_accepted() -> None:
    place = journey.locate(situation(changed({"agreement": None, "name": None})))
    assert place.ask is not None
    assert place.ask.key == "agreement"


@pytest.mark.req("7.2", "7.3", "9.1", "10.5", "18.5")
@pytest.mark.parametrize("item", ["identity", "education.0"])
def test_an_unverified_item_holds_up_the_choice_of_an_exam_and_is_named(item: str) -> None:
    place = journey.locate(situation(changed({f"verification.{item}.status": None})))
    assert place.step.id == "verification"
    assert place.wait is not None
    held = place.wait.args["items"]
    assert isinstance(held, tuple)
    assert [problem.args["item"] for problem in held if isinstance(problem, Problem)] == [Named("item", item)]
    assert all(isinstance(each, Problem) and isinstance(each.args["since"], datetime) for each in held)


@pytest.mark.req("9.1", "9.2")
@pytest.mark.parametrize("status", ["verified", "failed", "cannot-verify"])
@pytest.mark.parametrize("item", ["identity", "education.0"])
def test_every_shown_result_lets_the_candidate_choose_an_exam(item: str, status: str) -> None:
    facts = changed({f"verification.{item}.status": status, "application.choose": None})
    assert journey.locate(situation(facts)).step.id == "application-choose"


@pytest.mark.req("6.1", "13.5")
@pytest.mark.parametrize("later", [timedelta(days=1), timedelta(days=200), timedelta(days=2000)])
@pytest.mark.parametrize("record", ["art-7/2015-07-02/2020-07-01", "art-7/2020-07-02/2025-07-01"])
@pytest.mark.parametrize("signed", [True, False])
def test_what_is_confirmed_is_not_judged_anew_when_time_passes(
    signed: bool, record: str, later: timedelta
) -> None:
    """A record that ends or begins afterwards neither asks for a signature nor takes one away."""
    facts = changed(
        {
            "integrity": (record,),
            "signature": "a seal" if signed else None,
            "review.decision": "pass",
            "archive.passes": ("economics/intermediate/practice/2019",),
            "work_years": "4.5",
        }
    )
    at_once, afterwards = (journey.locate(situation(facts, now=NOW + each)) for each in (timedelta(), later))
    assert afterwards == at_once


def test_a_passed_state_says_why() -> None:
    passed = journey.locate(situation()).passed
    assert {step: reason.code for step, reason in passed.items()} == {
        "earlier-candidate": "passed-no-earlier-passes",
        "manual-review": "passed-no-group",
    }


def test_every_way_is_open_to_somebody() -> None:
    assert all(way.roles for way in WAYS)
    assert all(way.guards for way in WAYS if way.trigger != "go_on")


def test_two_ways_out_of_one_state_never_carry_the_same_guards() -> None:
    for one, other in itertools.combinations(WAYS, 2):
        if (one.source, one.trigger) == (other.source, other.trigger):
            assert one.guards != other.guards
