"""The figures of the house, from marks that stand in the open."""

from __future__ import annotations

from datetime import timedelta

import pytest

from assistant.records import Records, RoleRefused, Turn
from assistant.records.overview import as_rows
from assistant.staging import settle
from flows.dossier import Fact
from flows.permissions import MAY, Deed, Staff
from flows.roles import Role
from tests.factories import NOW

from .stores import account, begin, confirmed, facts, registered

BY = Staff("qian", frozenset({Role.SUPERVISOR}))


@pytest.mark.req("14.1", "15.3")
def test_each_registration_stands_at_the_first_mark_that_it_lacks(records: Records) -> None:
    with records.turn() as turn:
        begin(turn)
        owner = account(turn, begin(turn).registration, number="passport-1", mobile="13800000001")
        later = NOW + timedelta(hours=1)
        assert _stands(turn.overview(by=BY, now=later)) == {"begun": 1, "account": 1}
        turn.submit_verification(owner, ["identity"], now=NOW)
        found = turn.overview(by=BY, now=later)
        assert _stands(found) == {"begun": 1, "verifying": 1}
        assert (found.verification.count, found.verification.longest) == (1, timedelta(hours=1))
        begun, _ = confirmed(turn)
        turn.open_review(begun.registration, [("14.2", "education.0")], now=NOW)
        found = turn.overview(by=BY, now=NOW + timedelta(days=4))
        assert _stands(found) == {"begun": 1, "applying": 1, "in-review": 1}
        assert (found.reasons, found.review.longest) == ((("14.2", 1),), timedelta(days=4))
        # Whoever waits for a verifier has not stopped.
        assert {each.stage: each.quiet for each in found.stands if each.quiet} == {"begun": 1, "applying": 1}
        assert {each.stage for each in found.stands if each.quiet is None} == {
            *("verifying", "in-review", "failed", "paid")
        }
        settle(turn, begun.registration, "pass", "seen", NOW)
        slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
        assert _stands(turn.overview(by=BY, now=later))["to-pay"] == 1
        turn.take_payment(slip, receipt="R", by=Staff("c", frozenset({Role.CASHIER})), now=NOW)
        found = turn.overview(by=BY, now=later)
    assert _stands(found)["paid"] == 1
    assert (found.begun_today, found.returned_today) == (3, 0)
    assert ("stage", "paid", 1) in as_rows(found)


@pytest.mark.req("15.3")
def test_whoever_went_back_is_counted_where_they_stand_until_they_have_answered_again(
    records: Records,
) -> None:
    def back(turn: Turn) -> dict[str, int]:
        return {each.stage: each.back for each in turn.overview(by=BY, now=NOW).stands if each.back}

    with records.turn() as turn:
        begun, _ = registered(turn)
        doubted = (Fact("city", "nanjing", NOW, stale=True), Fact("level", "x", NOW, stale=True))
        turn.save(begun.registration, put=doubted, removed=(), now=NOW)
        turn.seal_letter(begun.registration, file=b"letter", sha256="0" * 64, now=NOW, role=Role.CANDIDATE)
        assert back(turn) == {"signed": 1}
        turn.supersede_letters(begun.registration, now=NOW)
        assert back(turn) == {"account": 1}
        turn.save(begun.registration, put=facts(("city", "nanjing"), ("level", "x")), removed=(), now=NOW)
        assert back(turn) == {}


def _stands(found: object) -> dict[str, int]:
    return {each.stage: each.here for each in found.stands if each.here}  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", sorted(Role))
def test_the_overview_is_for_the_roles_of_the_matrix(records: Records, role: Role) -> None:
    try:
        with records.turn() as turn:
            turn.overview(by=Staff("x", frozenset({role})), now=NOW)
    except RoleRefused:
        assert role not in MAY[Deed.SEE_OVERVIEW]
    else:
        assert role in MAY[Deed.SEE_OVERVIEW]
