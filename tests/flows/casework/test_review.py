"""Manual verification: who moves a case how, under which lock, by when, and where its result lasts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from flows.casework import model, review
from flows.casework.model import Case
from flows.casework.review import REVIEW, Ground
from flows.dossier import Value
from flows.permissions import MAY, Staff
from flows.roles import Role
from flows.verdict import Problem

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
ROW = "14.2 education.0"
JIANGSU = Ground("jiangsu", "class-1-constructor", "building")
LI, ZHAO = (Staff(name, frozenset({Role.VERIFIER})) for name in ("li", "zhao"))

ARGS: dict[str, dict[str, Value]] = {
    "open": dict(review.opening(JIANGSU, (ROW, "14.4 identity"))),
    "claim": dict(review.claiming(NOW + 30 * MINUTE)),
    "release": {},
    "ask-evidence": dict(review.asking("毕业证书原件", "南京核查点", NOW + timedelta(days=7))),
    "receive-evidence": {},
    "pass": dict(review.explaining("已核对")),
    "propose-fail": dict(review.failing({ROW: "证书编号不符"})),
    "agree": {},
    "disagree": dict(review.explaining("再核对一次")),
}
WAYS: dict[str, tuple[tuple[Staff | None, str], ...]] = {
    "waiting": (),
    "claimed": ((LI, "claim"),),
    "evidence-asked": ((LI, "claim"), (LI, "ask-evidence")),
    "evidence-asked, held": ((LI, "claim"), (LI, "ask-evidence"), (LI, "claim")),
    "evidence-received": ((LI, "claim"), (LI, "ask-evidence"), (LI, "receive-evidence")),
    "evidence-received, held": (
        (LI, "claim"),
        (LI, "ask-evidence"),
        (LI, "receive-evidence"),
        (LI, "claim"),
    ),
    "fail-proposed": ((LI, "claim"), (LI, "propose-fail")),
    "passed": ((LI, "claim"), (LI, "pass")),
    "failed": ((LI, "claim"), (LI, "propose-fail"), (ZHAO, "agree")),
}
ENDS: dict[tuple[str, bool], set[str]] = {
    # (how it stands, whether it is the person who did all so far) -> the moves that are made
    ("waiting", True): {"claim"},
    ("waiting", False): {"claim"},
    ("claimed", True): {"claim", "release", "ask-evidence", "pass", "propose-fail"},
    ("claimed", False): set(),
    ("evidence-asked", True): {"claim", "receive-evidence"},
    ("evidence-asked", False): {"claim", "receive-evidence"},
    ("evidence-asked, held", True): {
        "claim",
        "release",
        "ask-evidence",
        "receive-evidence",
        "pass",
        "propose-fail",
    },
    ("evidence-asked, held", False): set(),
    ("evidence-received", True): {"claim"},
    ("evidence-received", False): {"claim"},
    ("evidence-received, held", True): {"claim", "release", "ask-evidence", "pass", "propose-fail"},
    ("evidence-received, held", False): set(),
    ("fail-proposed", True): set(),
    ("fail-proposed", False): {"agree", "disagree"},
    ("passed", True): set(),
    ("passed", False): set(),
    ("failed", True): set(),
    ("failed", False): set(),
}
STAFF_MOVES = tuple(name for name in ARGS if name != "open")


def made(
    case: Case, move: str, by: Staff | None, now: datetime = NOW, args: dict[str, Value] | None = None
) -> Case:
    result = model.make(REVIEW, case, move, by=by, now=now, args=ARGS[move] if args is None else args)
    assert isinstance(result, Case), result
    return result


def refused(
    case: Case, move: str, by: Staff, now: datetime = NOW, args: dict[str, Value] | None = None
) -> str:
    result = model.make(REVIEW, case, move, by=by, now=now, args=ARGS[move] if args is None else args)
    assert isinstance(result, Problem), result
    return result.code


def standing(way: str) -> Case:
    case = made(REVIEW.new(), "open", None)
    for by, move in WAYS[way]:
        case = made(case, move, by)
    return case


@pytest.mark.req("14.1", "15.2")
@pytest.mark.parametrize(("way", "move", "role"), list(product(WAYS, STAFF_MOVES, Role)))
@pytest.mark.parametrize("same", [True, False], ids=["same person", "another"])
def test_every_move_from_every_state_by_every_role_holder_or_not(
    way: str, move: str, role: Role, same: bool
) -> None:
    by = Staff("li" if same else "chen", frozenset({role}))
    case = standing(way)
    result = model.make(REVIEW, case, move, by=by, now=NOW + MINUTE, args=ARGS[move])
    deed = next(each.deed for each in REVIEW.moves if each.name == move)
    assert deed is not None
    allowed = role in MAY[deed] and move in ENDS[way, same]
    assert isinstance(result, Case) == allowed
    if isinstance(result, Problem):
        assert (result.code == "case-not-for-you") == (role not in MAY[deed])


def test_every_offer_can_be_made_and_what_stands_in_the_way_is_what_refuses() -> None:
    for way, by in product(WAYS, (LI, Staff("chen", frozenset({Role.SUPERVISOR})))):
        case = standing(way)
        for offer in model.offers(REVIEW, case, by=by, now=NOW + MINUTE):
            result = model.make(
                REVIEW, case, offer.move.name, by=by, now=NOW + MINUTE, args=ARGS[offer.move.name]
            )
            assert (offer.refused is None) == isinstance(result, Case)
            if offer.refused is not None:
                assert result == offer.refused


def test_a_lock_holds_to_the_second_before_it_ends_and_then_another_takes_over() -> None:
    case = standing("claimed")
    until = NOW + 30 * MINUTE
    later = dict(review.claiming(until + 30 * MINUTE))
    assert refused(case, "claim", ZHAO, until - SECOND, later) == "review-held"
    assert refused(case, "pass", LI, until) == "review-lock-over"
    taken = made(case, "claim", ZHAO, until, later)
    assert review.lock(taken) == review.Lock("zhao", until + 30 * MINUTE)
    assert refused(taken, "pass", LI, until + SECOND) == "review-held"
    assert made(case, "claim", LI, until, later).state == "claimed"


def test_nothing_is_decided_in_passing() -> None:
    assert refused(standing("evidence-received"), "pass", LI) == "review-not-claimed"
    assert refused(standing("waiting"), "pass", LI) == "case-not-now"


@pytest.mark.req("14.1", "16.1")
@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ({}, "review-unmet-missing"),
        ({ROW: " \u200b "}, "review-unmet-reason"),
        ({ROW: "证书编号不符", "14.4 identity": ""}, "review-unmet-reason"),
        ({"14.3 identity": "不符"}, "review-unmet-unknown"),
        ({ROW: "长" * 501}, "review-text-too-long"),
    ],
)
def test_a_fail_needs_a_reason_for_each_condition_of_the_case(reasons: dict[str, str], code: str) -> None:
    assert refused(standing("claimed"), "propose-fail", LI, args=dict(review.failing(reasons))) == code


def test_a_fail_may_name_conditions_beyond_the_reasons_of_the_case() -> None:
    reasons = {ROW: "证书编号不符", "work-years": "工作年限不足"}
    case = made(standing("claimed"), "propose-fail", LI, args=dict(review.failing(reasons)))
    assert review.unmet(case) == reasons
    assert review.proposer(case) == "li"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (review.asking("", "南京", NOW + MINUTE), "review-evidence-what"),
        (review.asking("原件", " ", NOW + MINUTE), "review-evidence-where"),
        (review.asking("原件", "南京", NOW), "review-evidence-by-passed"),
    ],
)
def test_evidence_is_asked_for_with_what_where_and_a_time_to_come(args: dict[str, Value], code: str) -> None:
    assert refused(standing("claimed"), "ask-evidence", LI, args=dict(args)) == code


def test_evidence_is_known_until_the_case_is_opened_again() -> None:
    case = standing("evidence-received")
    found = review.evidence(case)
    assert found is not None
    assert (found.what, found.where, found.received) == ("毕业证书原件", "南京核查点", NOW)
    again = made(case, "open", None)
    assert (again.state, review.evidence(again), review.lock(again)) == ("waiting", None, None)


def test_a_second_person_sends_a_case_back_with_a_reason_and_nothing_of_the_fail_is_left() -> None:
    case = standing("fail-proposed")
    assert refused(case, "disagree", ZHAO, args=dict(review.explaining(""))) == "review-why-missing"
    assert refused(case, "agree", LI) == "review-same-person"
    back = made(case, "disagree", ZHAO)
    assert (back.state, review.unmet(back), review.lock(back)) == ("waiting", {}, None)


@pytest.mark.req("15.2")
@pytest.mark.parametrize(
    ("after", "late"), [(-SECOND, False), (0 * SECOND, False), (0.9 * SECOND, False), (SECOND, True)]
)
def test_a_case_is_overdue_one_second_after_it_is_due_and_not_in_that_second(
    after: timedelta, late: bool
) -> None:
    assert review.overdue(NOW, review.due(NOW, 5) + after, 5) is late


def test_the_days_of_the_office_begin_anew_when_the_candidate_has_done_their_part() -> None:
    by = NOW + timedelta(days=7)
    assert review.since(standing("claimed")) == NOW
    asked = standing("evidence-asked")
    assert review.since(asked) == by
    came = made(asked, "receive-evidence", ZHAO, NOW + timedelta(days=2, microseconds=5))
    assert review.since(came) == NOW + timedelta(days=2)


@pytest.mark.req("L.6")
@pytest.mark.parametrize(
    ("ground", "rows", "lasts"),
    [
        (JIANGSU, (ROW,), True),
        (JIANGSU, (), True),
        (Ground("zhejiang", "class-1-constructor", "building"), (ROW,), False),
        (Ground("jiangsu", "class-1-constructor", "railway"), (ROW,), False),
        (Ground("jiangsu", "licensed-pharmacist", "building"), (ROW,), False),
        (JIANGSU, (ROW, "14.3 identity"), False),
    ],
)
def test_a_result_lasts_in_one_province_and_one_field_for_what_was_looked_at(
    ground: Ground, rows: tuple[str, ...], lasts: bool
) -> None:
    assert review.lasts(JIANGSU, (ROW, "14.4 identity"), ground, rows) is lasts


def test_a_case_without_a_known_place_lasts_nowhere() -> None:
    assert not review.lasts(Ground("", "", ""), (ROW,), Ground("", "", ""), (ROW,))
