"""Manual verification in the store: queue, lock, events, second person, and where a result lasts."""

from __future__ import annotations

import sqlite3
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.records import Records, RecordsError, RoleRefused, Turn
from assistant.records.queue import ReviewFilter
from assistant.staging import VERIFIERS, settle
from flows.dossier import Fact
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import NOW, NUMBER

from .stores import NAME, account, begin, database, education, raw, store, trail

LI, ZHAO = VERIFIERS
AUDITOR = Staff("shen", frozenset({Role.AUDITOR}))
CASHIER = Staff("qian", frozenset({Role.CASHIER}))
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)
ROW = ("14.2", "education.0")
OPENED = "2020-07-01T01:00:00.500000+00:00"
UNMET = {"14.2 education.0": "证书编号与原件不符"}


def waiting(
    turn: Turn, *reasons: tuple[str, str], province: str = "jiangsu", owner: str | None = None, later: int = 0
) -> tuple[str, str]:
    """Open a case; returns the registration and its code."""
    begun, now = begin(turn), NOW + later * MINUTE
    facts = [Fact("province", province, NOW), Fact("exam", "class-1-constructor", NOW)]
    turn.save(begun.registration, put=[*facts, Fact("major", "building", NOW)], removed=(), now=NOW)
    if owner is not None:
        turn.attach(begun.registration, owner)
    turn.open_review(begun.registration, reasons or (ROW,), now=now)
    return begun.registration, begun.code


def codes(
    turn: Turn, by: Staff = LI, days: int = 5, later: timedelta = MINUTE, **wanted: object
) -> list[str]:
    page = turn.review_page(ReviewFilter(**wanted), by=by, now=NOW + later, days=days)  # type: ignore[arg-type]
    return [row.code for row in page.rows]


@pytest.mark.req("14.1")
def test_the_queue_is_narrowed_by_state_group_province_and_owner(records: Records) -> None:
    with records.turn() as turn:
        _, first = waiting(turn)
        _, second = waiting(turn, ("14.4", "identity"), province="zhejiang", later=1)
        third_id, third = waiting(turn, ROW, ("14.1", "commitment"), later=2)
        turn.claim_review(second, by=LI, now=NOW)
        later = 5 * MINUTE
        assert codes(turn, later=later) == [first, second, third]
        assert codes(turn, later=later, group="14.2") == [first, third]
        assert codes(turn, later=later, province="zhejiang") == [second]
        assert codes(turn, later=later, mine=True) == [second]
        assert codes(turn, ZHAO, later=later, mine=True) == []
        assert codes(turn, later=31 * MINUTE, mine=True) == []
        assert codes(turn, later=later, state="waiting") == [first, third]
        settle(turn, third_id, "pass", "seen", NOW)
        assert codes(turn, later=later) == [first, second]
        assert codes(turn, later=later, state="passed") == [third]
        row = turn.review_page(ReviewFilter(state="claimed"), by=LI, now=NOW + MINUTE).rows[0]
        assert (row.owner, row.groups, row.reasons) == (LI.id, ("14.4",), (("14.4", "identity"),))
        with pytest.raises(RoleRefused):
            turn.review_page(ReviewFilter(), by=CASHIER, now=NOW)


def test_a_page_holds_fifty_and_one_behind_the_last_is_the_last(records: Records) -> None:
    with records.turn() as turn:
        first, _ = waiting(turn)
    path = records._path
    for number in range(60):
        raw(
            path,
            "INSERT INTO registration SELECT 'r'||?, 'C'||?, pin_hash, NULL, edition, language, "
            "content_version, created_at, updated_at, NULL FROM registration WHERE id = ?",
            number,
            number,
            first,
        )
        raw(
            path,
            "INSERT INTO review (registration_id, opened_at, since) "
            "SELECT 'r'||?, opened_at, since FROM review WHERE registration_id = ?",
            number,
            first,
        )
        if number == 49:
            break
    with records.turn() as turn:
        pages = [turn.review_page(ReviewFilter(), number, by=LI, now=NOW) for number in (1, 2, 99)]
    assert [(page.number, len(page.rows), page.total, page.pages) for page in pages] == [
        (1, 50, 51, 2),
        (2, 1, 51, 2),
        (2, 1, 51, 2),
    ]


@pytest.mark.req("15.2")
def test_the_queue_shows_as_overdue_what_is_late_by_one_second(records: Records) -> None:
    with records.turn() as turn:
        _, code = waiting(turn)
        assert codes(turn, later=5 * DAY, overdue=True) == []
        assert codes(turn, later=5 * DAY + SECOND, overdue=True) == [code]
        rows = [
            turn.review_page(ReviewFilter(), by=LI, now=NOW + 5 * DAY + each).rows[0]
            for each in (0 * SECOND, SECOND)
        ]
    assert [row.overdue for row in rows] == [False, True]
    assert rows[0].due == NOW + 5 * DAY


@pytest.mark.req("14.1")
def test_of_two_verifiers_at_the_same_moment_exactly_one_gets_the_case(tmp_path: Path) -> None:
    with store(tmp_path) as one, store(tmp_path) as two:
        with one.turn() as turn:
            _, code = waiting(turn)
        start, got = threading.Barrier(2), []

        def claim(records: Records, by: Staff) -> None:
            start.wait()
            try:
                with records.turn() as turn:
                    turn.claim_review(code, by=by, now=NOW)
                got.append((by.id, "claimed"))
            except RecordsError as refused:
                got.append((by.id, refused.code))

        threads = [threading.Thread(target=claim, args=each) for each in ((one, LI), (two, ZHAO))]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        with one.turn() as turn:
            row = turn.review_page(ReviewFilter(), by=LI, now=NOW).rows[0]
    assert sorted(said for _, said in got) == ["claimed", "review-held"]
    assert (row.owner, "claimed") in got


def test_the_lock_is_taken_in_the_database_even_past_the_machine(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        _, code = waiting(turn)
    late = (NOW + MINUTE).isoformat()
    raw(database(tmp_path), "UPDATE review SET owner = 'x', lock_until = '2999' || substr(?, 5)", late)
    with pytest.raises(RecordsError, match="review-taken"), records.turn() as turn:
        turn.claim_review(code, by=LI, now=NOW)
    assert raw(database(tmp_path), "SELECT count(*) FROM review_event") == [(1,)]


@pytest.mark.req("14.1", "15.2")
def test_a_fail_takes_two_people_and_carries_the_reason_of_each_condition(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        registration, code = waiting(turn)
        turn.claim_review(code, by=LI, now=NOW)
        turn.decide_review(code, "fail", by=LI, now=NOW, unmet=UNMET)
        proposed = turn.review(registration)
        with pytest.raises(RecordsError, match="review-same-person"):
            turn.second_review(code, agree=True, by=LI, now=NOW)
        turn.second_review(code, agree=True, by=ZHAO, now=NOW + MINUTE)
        decided = turn.review(registration)
    assert proposed is not None
    assert decided is not None
    assert (proposed.decision, proposed.unmet) == (None, {})
    assert (decided.decision, decided.unmet, decided.role) == ("fail", UNMET, Role.VERIFIER)
    acts = [(action, actor) for action, actor in trail(tmp_path, "action", "actor") if actor]
    assert acts == [("claim-review", LI.id), ("decide-review", LI.id), ("second-review", ZHAO.id)]


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE review SET decision = 'fail', staff = 'verifier-2'", "second person"),
        ("UPDATE review SET decision = 'pass'", "nobody took"),
        ("UPDATE review SET decision = 'perhaps'", "nobody took"),
        ("UPDATE review_event SET staff = 'x'", "stands"),
        ("DELETE FROM review_event", "stands"),
        ("INSERT OR REPLACE INTO review_event SELECT * FROM review_event LIMIT 1", "stands"),
        ("INSERT OR REPLACE INTO review SELECT * FROM review", "undecided, once"),
    ],
)
def test_the_database_itself_refuses_a_decision_that_no_two_people_took(
    records: Records, tmp_path: Path, statement: str, why: str
) -> None:
    with records.turn() as turn:
        _, code = waiting(turn)
        turn.claim_review(code, by=LI, now=NOW)
        turn.decide_review(code, "fail", by=LI, now=NOW, unmet=UNMET)
    with pytest.raises(sqlite3.IntegrityError, match=why):
        raw(database(tmp_path), statement)


def test_one_person_under_an_agreement_of_their_own_is_refused_by_the_database(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        _, code = waiting(turn)
        turn.claim_review(code, by=LI, now=NOW)
        turn.decide_review(code, "fail", by=LI, now=NOW, unmet=UNMET)
    raw(
        database(tmp_path),
        "INSERT INTO review_event SELECT registration_id, seq + 1, 'agree', at, staff, role, NULL "
        "FROM review_event ORDER BY seq DESC LIMIT 1",
    )
    with pytest.raises(sqlite3.IntegrityError, match="second person"):
        raw(database(tmp_path), "UPDATE review SET decision = 'fail', staff = ?", LI.id)


@pytest.mark.req("15.2", "15.1")
def test_a_case_shows_what_is_to_be_judged_masked_and_the_look_is_on_the_trail(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        begun = begin(turn)
        owner = account(turn, begun.registration)
        turn.save(begun.registration, put=[Fact("work_years", 6, NOW)], removed=(), now=NOW)
        turn.save_records(owner, [education()], now=NOW)
        turn.submit_verification(owner, ["identity", "education.0"], now=NOW)
        turn.open_review(begun.registration, [ROW], now=NOW)
        case = turn.review_case(begun.code, by=AUDITOR, now=NOW + 2 * DAY)
        with pytest.raises(RoleRefused):
            turn.review_case(begun.code, by=CASHIER, now=NOW)
    assert case.person is not None
    assert case.person.name == NAME
    assert NUMBER not in repr(case)
    assert [each.item for each in case.academic] == ["education.0"]
    assert {each.item for each in case.verifications} == {"identity", "education.0"}
    assert case.facts == {"work_years": 6}
    assert (case.offers, case.conditions) == ((), ("14.2 education.0", "work-years", "exam-conditions"))
    assert trail(tmp_path, "action", "actor", "details")[-1] == (
        "view:review",
        "shen",
        '{"reason": "manual-verification"}',
    )


@pytest.mark.req("L.6")
def test_an_earlier_result_is_taken_over_in_the_same_province_and_field_and_nowhere_else(
    records: Records,
) -> None:
    with records.turn() as turn:
        begun = begin(turn)
        owner = account(turn, begun.registration)
        first, _ = waiting(turn, owner=owner)
        settle(turn, first, "pass", "原件已核对", NOW)
        same, _ = waiting(turn, owner=owner)
        assert turn.open_review(same, [ROW], now=NOW + DAY, lasting=True) == "carried"
        carried = turn.review(same)
        other, _ = waiting(turn, owner=owner, province="zhejiang")
        assert turn.open_review(other, [ROW], now=NOW + DAY, lasting=True) == "repeated"
        again = turn.review(other)
        stranger, _ = waiting(turn)
        assert turn.open_review(stranger, [ROW], now=NOW + DAY, lasting=True) == "opened"
    assert carried is not None
    assert again is not None
    assert (carried.decision, carried.reason, carried.role) == ("pass", "原件已核对", Role.VERIFIER)
    assert again.decision is None


def test_a_case_opened_again_has_no_decision_and_keeps_what_happened(records: Records) -> None:
    with records.turn() as turn:
        registration, code = waiting(turn)
        settle(turn, registration, "fail", "不符", NOW)
        turn.open_review(registration, [ROW, ("14.1", "commitment")], now=NOW + DAY)
        found = turn.review(registration)
        events = [each.move for each in turn.review_case(code, by=LI, now=NOW + DAY).events]
    assert found is not None
    assert (found.decision, found.reason, found.unmet, found.opened_at) == (None, None, {}, NOW + DAY)
    assert events == ["open", "claim", "propose-fail", "agree", "open"]


def test_cases_of_the_first_release_stand_as_they_were_decided(tmp_path: Path) -> None:
    from alembic.migration import MigrationContext
    from alembic.operations import Operations
    from sqlalchemy import text

    from assistant.records.migrations.versions import casework, first
    from assistant.records.opening import make_engine

    engine = make_engine(tmp_path / "old.db")
    with engine.begin() as connection, Operations.context(MigrationContext.configure(connection)):
        first.upgrade()
        for number, decision in enumerate(("NULL", "'pass'", "'fail'")):
            connection.execute(
                text(
                    "INSERT INTO registration VALUES "
                    f"('r{number}', 'C{number}', '', NULL, 'pilot', 'zh', '1', '2020', '2020', NULL)"
                )
            )
            connection.execute(
                text(
                    "INSERT INTO review VALUES "
                    f"('r{number}', '{OPENED}', {decision}, NULL, 'verifier', 'li', '')"
                )
            )
        casework.upgrade()
        states = connection.execute(text("SELECT state, since FROM review ORDER BY registration_id")).all()
        moves = connection.execute(
            text("SELECT registration_id, move, staff FROM review_event ORDER BY registration_id, seq")
        ).all()
    engine.dispose()
    assert [tuple(each) for each in states] == [
        (state, "2020-07-01T01:00:00.000000+00:00") for state in ("waiting", "passed", "failed")
    ]
    assert [tuple(each) for each in moves] == [
        ("r0", "open", ""),
        ("r1", "open", ""),
        ("r1", "pass-alone", "li"),
        ("r2", "open", ""),
        ("r2", "fail-alone", "li"),
    ]
