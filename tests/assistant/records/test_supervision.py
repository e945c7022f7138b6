"""Results, the sample of who passed, and the list that is made public."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from assistant.records import Records, RecordsError, Turn, publicity
from assistant.records.publicity import Listed, Publicity
from assistant.records.results import Result
from flows.permissions import MAY, Deed, Staff
from flows.roles import Role
from flows.rules.sampling import drawn
from tests.factories import NOW, NUMBER, content

from .stores import account, begin, database, facts, raw

CASHIER = Staff("zhao", frozenset({Role.CASHIER}))
SUPERVISOR = Staff("qian", frozenset({Role.SUPERVISOR}))
PUBLISHER = Staff("sun", frozenset({Role.PUBLISHER}))
EXAM, LEVEL = "economics", "intermediate"
FIRST, LAST = date(2020, 12, 1), date(2020, 12, 10)


def paid(turn: Turn, index: int = 0, province: str = "jiangsu") -> tuple[str, str, str]:
    """Register somebody up to paid; returns registration, code and ID number."""
    begun = begin(turn)
    number = NUMBER if index == 0 else f"passport-{index}"
    account(turn, begun.registration, number=number, name=f"王{index}明", mobile=f"1380000{index:04}")
    known = facts(("exam", EXAM), ("province", province), ("level", LEVEL))
    turn.save(begun.registration, put=known, removed=(), now=NOW)
    slip = turn.payment_slip(begun.registration, now=NOW, role=Role.CANDIDATE)
    turn.confirm(begun.registration, now=NOW, role=Role.CANDIDATE)
    turn.take_payment(slip, receipt=f"R{index}", by=CASHIER, now=NOW)
    return begun.registration, begun.code, number


def both(who: str, *, year: int = 2020, passed: bool = True) -> list[Result]:
    level = content().exams[EXAM].level(LEVEL)
    assert level is not None
    return [Result(who, EXAM, LEVEL, each, year, passed, "90") for each in level.subjects]


def imported(turn: Turn, lines: list[Result]) -> tuple[int, int, int, int]:
    found = turn.import_results(lines, content().exams, by=SUPERVISOR, now=NOW)
    return found.fresh, found.changed, found.same, found.passers


@pytest.mark.req("15.3")
def test_results_by_code_or_id_number_make_passers_once_and_can_be_corrected(records: Records) -> None:
    with records.turn() as turn:
        _, code, number = paid(turn)
        lines = both(code)
        assert imported(turn, lines) == (len(lines), 0, 0, 1)
        assert imported(turn, both(number)) == (0, 0, len(lines), 1)
        assert len(turn.earlier_passes("resident-id", number)) == len(lines)
        assert imported(turn, both(number, passed=False)) == (0, len(lines), 0, 0)
        assert turn.earlier_passes("resident-id", number) == ()
        assert turn.publicity_draft(EXAM, 2020).total == 0


@pytest.mark.req("17.2")
def test_results_of_somebody_who_is_not_registered_here_still_stand_in_the_archive(records: Records) -> None:
    with records.turn() as turn:
        imported(turn, both(NUMBER, year=2019)[:1])
        assert [each[3] for each in turn.earlier_passes("resident-id", NUMBER)] == [2019]
        _, code, _ = paid(turn)
        # The pass of the year before still lives: with the rest of this year every subject is held.
        assert imported(turn, both(code)[1:])[3] == 1


def test_results_of_an_unpaid_or_other_registration_are_refused(records: Records) -> None:
    with records.turn() as turn:
        _, code, _ = paid(turn)
        unpaid = begin(turn)
        account(turn, unpaid.registration, number="passport-8", mobile="13800000008")
        other = Result(code, "class-1-constructor", "all-subjects", "law", 2020, True)
        for line, why in ((both(unpaid.code)[0], "results-not-registered"), (other, "results-other-exam")):
            with pytest.raises(RecordsError, match=why):
                imported(turn, [line])


@pytest.mark.req("15.3")
def test_a_sample_is_a_share_of_each_group_and_the_same_for_the_same_seed() -> None:
    people = [(f"C{each}", "jiangsu" if each < 90 else "anhui") for each in range(95)]
    first = drawn(people, percent=10, seed="2020")
    assert first == drawn(reversed(people), percent=10, seed="2020")
    assert first != drawn(people, percent=10, seed="2021")
    groups = dict(people)
    counted = [sum(groups[each] == group for each in first) for group in ("jiangsu", "anhui")]
    assert counted == [9, 1]
    assert drawn(people, percent=100, seed="x") == set(groups)


@pytest.mark.req("15.3")
def test_who_is_drawn_is_checked_once_with_a_reason_and_a_doubt_is_there_for_a_case(records: Records) -> None:
    with records.turn() as turn:
        people = [paid(turn, index) for index in range(3)]
        for _, code, _ in people:
            imported(turn, both(code))
        made = turn.draw_sample(EXAM, 2020, percent=50, seed="a", by=SUPERVISOR, now=NOW)
        assert (made.passers, made.drawn) == (3, 2)
        assert [each.drawn for each in turn.samples()] == [2]
        one, two = turn.checks(made.id, by=SUPERVISOR, now=NOW)
        close = {"by": SUPERVISOR, "now": NOW}
        turn.close_check(made.id, one.code, "doubtful", reason="工作年限证明不符", **close)
        turn.close_check(made.id, two.code, "as-promised", reason="材料一致", **close)
        for code, outcome, reason, why in (
            (one.code, "as-promised", "x", "sample-not-open"),
            (one.code, "fine", "x", "sample-outcome"),
            (one.code, "doubtful", " ", "sample-reason"),
            ("AAAA-AAAA", "doubtful", "x", "sample-not-open"),
        ):
            with pytest.raises(RecordsError, match=why):
                turn.close_check(made.id, code, outcome, reason=reason, **close)
        assert [(each.registration, each.reason) for each in turn.doubtful()] == [
            (one.registration, "工作年限证明不符")
        ]


@pytest.mark.req("15.3")
def test_a_list_is_kept_as_it_was_made_public_with_masked_names(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        for index, province in enumerate(("jiangsu", "anhui", "jiangsu")):
            imported(turn, both(paid(turn, index, province)[1]))
        draft = turn.publicity_draft(EXAM, 2020, "jiangsu")
        days = {"begins": FIRST, "ends": LAST, "by": PUBLISHER, "now": NOW}
        made = turn.publish_list(EXAM, 2020, "jiangsu", seen=draft.mark, **days)
        imported(turn, both(NUMBER, passed=False))
        # Somebody was taken away, so that it is no more the draft that was seen.
        with pytest.raises(RecordsError, match="list-draft-changed"):
            turn.publish_list(EXAM, 2020, "jiangsu", seen=draft.mark, **days)
        public = turn.published(made.id)
        assert public == Publicity(made, draft.entries)
        assert [(each.number, each.name) for each in public.entries] == [(1, "王*明"), (2, "王*明")]
        assert made == Listed(made.id, EXAM, 2020, "jiangsu", FIRST, LAST, NOW, 2)
        assert turn.publicities() == (made,)
        with pytest.raises(RecordsError, match="publicity-begins-early"):
            turn.publish_list(EXAM, 2020, begins=date(2020, 6, 30), ends=LAST, by=PUBLISHER, now=NOW)
        with pytest.raises(RecordsError, match="publicity-ends-early"):
            turn.publish_list(EXAM, 2020, begins=LAST, ends=FIRST, by=PUBLISHER, now=NOW)
        with pytest.raises(RecordsError, match="passers-none"):
            turn.publish_list(EXAM, 2019, begins=FIRST, ends=LAST, by=PUBLISHER, now=NOW)
    for statement in ("DELETE FROM publicity_entry", "UPDATE publicity SET ends = '2099-01-01'"):
        with pytest.raises(sqlite3.IntegrityError, match="made public"):
            raw(database(tmp_path), statement)


@pytest.mark.req("15.3")
def test_a_draft_and_a_list_are_read_page_by_page_and_nobody_is_lost_or_doubled(
    records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publicity, "PAGE", 2)
    with records.turn() as turn:
        for index, province in enumerate(("jiangsu", "anhui", "jiangsu", "anhui", "beijing")):
            imported(turn, both(paid(turn, index, province)[1]))
        draft = turn.publicity_draft(EXAM, 2020)
        pages = [turn.draft_page(EXAM, 2020, page=page) for page in range(4)]
        assert (draft.total, draft.entries) == (5, pages[0])
        assert [len(each) for each in pages] == [2, 2, 1, 0]
        people = [each for page in pages for each in page]
        assert [(each.number, each.province) for each in people] == list(
            enumerate(("anhui", "anhui", "beijing", "jiangsu", "jiangsu"), 1)
        )
        for day in range(3):
            begins = FIRST + timedelta(day)
            made = turn.publish_list(EXAM, 2020, begins=begins, ends=LAST, by=PUBLISHER, now=NOW)
        assert turn.published(made.id).entries == tuple(people)
        assert [turn.published_page(made.id, page=page) for page in range(4)] == pages
        assert [[each.id for each in turn.publicities(page)] for page in range(2)] == [[3, 2], [1]]
        read = {n: [each.id for each in turn.publicities_on(FIRST + timedelta(n))] for n in (-1, 0, 1)}
        assert read == {-1: [], 0: [1], 1: [2, 1]}
        assert [len(turn.publicities_on(LAST + timedelta(n))) for n in (0, 1)] == [3, 0]


@pytest.mark.req("15.3")
@pytest.mark.parametrize("role", sorted(Role))
def test_each_act_of_supervision_is_for_the_roles_of_the_matrix(records: Records, role: Role) -> None:
    by = Staff("x", frozenset({role}))
    acts = {
        Deed.IMPORT_RESULTS: lambda turn: turn.import_results([], {}, by=by, now=NOW),
        Deed.DRAW_SAMPLE: lambda turn: turn.draw_sample(EXAM, 2020, percent=1, seed="", by=by, now=NOW),
        Deed.WORK_SAMPLE: lambda turn: turn.checks(1, by=by, now=NOW),
        Deed.PUBLISH_LIST: lambda turn: turn.publish_list(
            EXAM, 2020, begins=FIRST, ends=LAST, by=by, now=NOW
        ),
    }
    for deed, act in acts.items():
        tried = ""
        try:
            with records.turn() as turn:
                act(turn)
        except RecordsError as error:
            tried = error.code
        assert (tried == "not-for-you") is (role not in MAY[deed])
