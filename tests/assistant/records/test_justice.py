"""Reports, false promises and publicity in the store; what a decision does, and what a revocation undoes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from assistant import crediting
from assistant.records import Records, RecordsError, RoleRefused, Turn
from assistant.records.false_promises import Person
from assistant.records.reports import Outcome, Reporter
from assistant.records.staff import OPERATOR
from flows.casework.false_promise import deciding, intending, serving
from flows.casework.report import assigning
from flows.casework.report import finding as outcome
from flows.permissions import Staff
from flows.roles import Role
from tests.factories import NOW, NUMBER, content

from .stores import NAME, begin, confirmed, database, raw, trail

STAFF_PASSWORD = "Kaoshi2020x"
ANNA, BO = Staff("anna", frozenset({Role.SUPERVISOR})), Staff("bo", frozenset({Role.SUPERVISOR}))
PUBLISHER = Staff("pu", frozenset({Role.PUBLISHER}))
HELP = Staff("he", frozenset({Role.HELP_DESK}))
PERSON = Person(NAME, "resident-id", NUMBER)
DECIDED = NOW + timedelta(days=10)
FORCE = DECIDED + timedelta(days=70)


def opened(turn: Turn, registration: str | None = None, person: Person = PERSON) -> str:
    return turn.open_false_promise(
        person,
        source="report",
        why="学历造假",
        exam="economics",
        year=2020,
        by=ANNA,
        now=NOW,
        registration=registration,
    )


def served(turn: Turn, number: str, measure: str = "false-proof", **more: str) -> None:
    notice = {**intending(measure, "查证"), **serving("in-person", "南京", NOW, days=5)}
    turn.work_false_promise(number, "notify", by=ANNA, now=NOW, args=notice)
    args = deciding(measure, "属实", **more)
    turn.work_false_promise(number, "decide", by=ANNA, now=DECIDED, args=args)
    to = serving("electronic", "13800001001", DECIDED, days=69)
    turn.work_false_promise(number, "serve", by=ANNA, now=DECIDED, args=to)


def in_force(turn: Turn, measure: str = "false-proof", registration: str | None = None, **more: str) -> str:
    number = opened(turn, registration)
    served(turn, number, measure, **more)
    turn.work_false_promise(number, "take-effect", by=ANNA, now=FORCE)
    return number


def passes(turn: Turn) -> None:
    for subject, year in (("basics", 2020), ("practice", 2020), ("basics", 2019)):
        turn.add_earlier_pass(NUMBER, exam="economics", level="intermediate", subject=subject, year=year)


def left(turn: Turn) -> set[tuple[str, int]]:
    return {(subject, year) for _, _, subject, year in turn.earlier_passes("resident-id", NUMBER)}


# Reports ----------------------------------------------------------------------------------------------


@pytest.mark.req("15.3")
def test_a_report_goes_from_its_receipt_to_its_outcome_and_leads_to_a_case(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        number = turn.take_report(
            "王小明学历造假", channel="desk", by=HELP, now=NOW, name="李四", contact="1"
        )
        with pytest.raises(RecordsError, match="report-owner-unknown"):
            turn.work_report(number, "assign", by=ANNA, now=NOW, args=assigning("anna"))
        for login, role in (("boss", Role.ADMINISTRATOR), ("anna", Role.SUPERVISOR), ("he", Role.HELP_DESK)):
            turn.add_staff(login, display="", password=STAFF_PASSWORD, roles=(role,), by=OPERATOR, now=NOW)
        with pytest.raises(RecordsError, match="report-owner-unknown"):
            turn.work_report(number, "assign", by=ANNA, now=NOW, args=assigning("he"))
        turn.work_report(number, "assign", by=ANNA, now=NOW, args=assigning("Anna"))
        turn.work_report(number, "check", by=ANNA, now=NOW)
        with pytest.raises(RecordsError, match="report-case-missing"):
            turn.work_report(number, "founded", by=ANNA, now=NOW, args=outcome("属实", reply="经查属实"))
        case = opened(turn)
        turn.work_report(
            number, "founded", by=ANNA, now=NOW, args=outcome("属实", reply="经查属实", case=case)
        )
        (row,) = turn.reports(by=ANNA, now=NOW)
        assert turn.report_outcome(number.lower()) == Outcome("founded", "经查属实")
        assert row.state == "founded"
        assert turn.report_case(number, by=ANNA, now=NOW).events[-1].text("case") == case
    for statement in ("DELETE FROM report", "UPDATE report SET channel = 'x'", "DELETE FROM report_event"):
        with pytest.raises(sqlite3.IntegrityError):
            raw(database(tmp_path), statement)


@pytest.mark.req("15.3")
def test_who_reported_is_hidden_from_everybody_but_one_deed_and_encrypted(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        number = turn.take_report("学历造假", channel="public", now=NOW, name="赵告密", contact="13999990000")
        assert turn.reporter(number, "回访", by=ANNA, now=NOW) == Reporter("赵告密", "13999990000")
        with pytest.raises(RecordsError, match="view-reason-missing"):
            turn.reporter(number, " ", by=ANNA, now=NOW)
    for role in set(Role) - {Role.SUPERVISOR}:
        with pytest.raises(RoleRefused), records.turn() as turn:
            turn.reporter(number, "好奇", by=Staff("cy", frozenset({role})), now=NOW)
    for suffix in ("", "-wal"):
        path = database(tmp_path).with_name(f"chengnuo.db{suffix}")
        stored = path.read_bytes() if path.exists() else b""
        assert "赵告密".encode() not in stored
        assert b"13999990000" not in stored
    actions = [each for (each,) in trail(tmp_path, "action")]
    assert actions.count("view:reporter") == 1
    assert actions.count("refused:see-reporter") == len(Role) - 1


def test_pages_of_reports_go_on_where_the_last_one_ended_and_mark_what_is_overdue(records: Records) -> None:
    with records.turn() as turn:
        made = [
            turn.take_report("x", channel="public", now=NOW + timedelta(seconds=each)) for each in range(5)
        ]
        later = NOW + timedelta(days=30, seconds=1)
        first = turn.reports(by=ANNA, now=later, size=2)
        rest = turn.reports(by=ANNA, now=later, size=9, after=first[-1])
    assert [row.number for row in (*first, *rest)] == made
    assert [row.overdue for row in (*first, *rest)] == [True, True, False, False, False]


# False promises ---------------------------------------------------------------------------------------


@pytest.mark.req("16.2")
@pytest.mark.parametrize(
    ("measure", "basis", "until"),
    [
        ("serious", "art-7", date(2025, 9, 18)),
        ("false-proof", "art-10", date(2025, 9, 18)),
        ("especially-serious", "art-8", None),
    ],
)
def test_a_decision_in_force_is_on_record_and_ends_the_results_of_its_sitting(
    records: Records, measure: str, basis: str, until: date | None
) -> None:
    with records.turn() as turn:
        passes(turn)
        in_force(turn, measure)
        (entry,) = turn.integrity("resident-id", NUMBER)
        assert (entry.basis, entry.begins, entry.until) == (basis, FORCE.date(), until)
        assert left(turn) == {("basics", 2019)}


@pytest.mark.req("16.1")
@pytest.mark.parametrize(
    ("measure", "more", "kept"),
    [
        ("registration-invalid", {}, {("basics", 2020), ("practice", 2020), ("basics", 2019)}),
        ("results-invalid", {}, {("basics", 2019)}),
        ("subject-invalid", {"subject": "basics"}, {("practice", 2020), ("basics", 2019)}),
    ],
)
def test_without_deceit_results_end_and_nothing_is_on_record(
    records: Records, measure: str, more: dict[str, str], kept: set[tuple[str, int]]
) -> None:
    with records.turn() as turn:
        passes(turn)
        in_force(turn, measure, **more)
        assert left(turn) == kept
        assert turn.integrity("resident-id", NUMBER) == ()


@pytest.mark.req("16.2")
def test_a_decision_that_is_not_in_force_yet_does_nothing(records: Records) -> None:
    with records.turn() as turn:
        passes(turn)
        begun, _ = confirmed(turn)
        served(turn, opened(turn, begun.registration))
        assert turn.integrity("resident-id", NUMBER) == ()
        assert len(left(turn)) == 3
        assert turn.consequence(begun.registration) is None


@pytest.mark.req("15.4", "16.3")
def test_a_revocation_undoes_every_effect_and_takes_the_entry_out_of_publicity(records: Records) -> None:
    with records.turn() as turn:
        passes(turn)
        begun, _ = confirmed(turn)
        number = in_force(turn, registration=begun.registration)
        found = turn.consequence(begun.registration)
        assert found is not None
        assert found.number == number
        turn.publish_decision(
            number, begins=FORCE.date(), until=FORCE.date() + timedelta(30), by=PUBLISHER, now=FORCE
        )
        (shown,) = turn.publications(FORCE.date())
        assert (shown.name, shown.id_number) == ("王*明", "320***********3411")
        assert turn.publications(FORCE.date() + timedelta(31)) == ()
        assert turn.publications(FORCE.date(), after=shown) == ()
        assert [each.case.number for each in turn.blacklist(by=PUBLISHER, now=FORCE)] == [number]
        with pytest.raises(RecordsError, match="decided-it-yourself"):
            turn.work_false_promise(number, "revoke", by=ANNA, now=FORCE, args={"why": "x"})
        turn.work_false_promise(number, "revoke", by=BO, now=FORCE, args={"why": "法院撤销"})
        assert turn.integrity("resident-id", NUMBER) == ()
        assert len(left(turn)) == 3
        assert turn.consequence(begun.registration) is None
        assert turn.publications(FORCE.date()) == ()
        assert turn.blacklist(by=PUBLISHER, now=FORCE) == ()
        (entry,) = turn.credit_entries(by=PUBLISHER, now=FORCE)
        assert (entry.number, entry.ended, entry.basis) == (number, True, "art-10")


def test_the_blacklist_holds_who_is_on_record_until_the_last_day(records: Records) -> None:
    with records.turn() as turn:
        in_force(turn)
        last = datetime(2025, 9, 18, 23, 59, 59, tzinfo=NOW.tzinfo)
        assert len(turn.blacklist(by=ANNA, now=last)) == 1
        assert turn.blacklist(by=ANNA, now=last + timedelta(seconds=1)) == ()


def test_a_case_needs_a_person_and_a_confirmed_registration(records: Records) -> None:
    with records.turn() as turn:
        draft = begin(turn).registration
    with pytest.raises(RecordsError, match="case-not-confirmed"), records.turn() as turn:
        opened(turn, draft)
    with pytest.raises(RecordsError, match="case-person-missing"), records.turn() as turn:
        opened(turn, person=Person("", "resident-id", NUMBER))


def test_lists_mask_the_person_and_go_on_from_page_to_page(records: Records) -> None:
    with records.turn() as turn:
        made = sorted(opened(turn) for _ in range(3))
        first = turn.false_promises(by=ANNA, now=NOW, size=2)
        rest = turn.false_promises(by=ANNA, now=NOW, state="found", after=first[-1])
    assert [row.number for row in (*first, *rest)] == made
    assert {(row.name, row.id_number) for row in (*first, *rest)} == {("王*明", "320***********3411")}


ACTS: tuple[Callable[[Turn, str], object], ...] = (
    lambda turn, _: turn.false_promises(by=HELP, now=NOW),
    lambda turn, number: turn.false_promise(number, by=HELP, now=NOW),
    lambda turn, number: turn.work_false_promise(number, "drop", by=HELP, now=NOW, args={"why": "x"}),
    lambda turn, _: turn.reports(by=HELP, now=NOW),
    lambda turn, _: turn.blacklist(by=HELP, now=NOW),
    lambda turn, _: turn.credit_entries(by=ANNA, now=NOW),
    lambda turn, _: turn.keep_export(b"x", by=ANNA, now=NOW),
    lambda turn, number: turn.told_employer(number, by=ANNA, now=NOW),
)


@pytest.mark.parametrize("act", ACTS)
def test_who_may_not_is_refused_and_the_try_is_noted(
    records: Records, tmp_path: Path, act: Callable[[Turn, str], object]
) -> None:
    with records.turn() as turn:
        number = opened(turn)
    with pytest.raises(RoleRefused), records.turn() as turn:
        act(turn, number)
    assert str(trail(tmp_path, "action")[-1][0]).startswith("refused:")


# What leaves the house ----------------------------------------------------------------------------------


@pytest.mark.req("16.3")
def test_an_export_is_documented_audited_and_repeatable(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        number = in_force(turn)
        file = crediting.credit_file(turn.credit_entries(by=PUBLISHER, now=FORCE), FORCE)
        sent = turn.keep_export(file, by=PUBLISHER, now=FORCE)
        again = turn.sent(sent.number, by=PUBLISHER, now=FORCE + timedelta(days=9))
    heading, line = map(json.loads, file.decode().splitlines())
    assert heading == {"format": "chengnuo-credit/1", "made": "2020-09-19T09:00:00+08:00", "records": 1}
    assert (line["case"], line["id_number"], line["basis"]) == (number, NUMBER, "art-10")
    assert (line["status"], line["begins"], line["until"]) == ("recorded", "2020-09-19", "2025-09-18")
    assert (again.file, again.sha256) == (file, hashlib.sha256(file).hexdigest())
    documented = (Path(__file__).parents[3] / "docs" / "credit-export.md").read_text(encoding="utf-8")
    assert [field for field in (*heading, *line) if f"`{field}`" not in documented] == []
    actions = [each for (each,) in trail(tmp_path, "action")]
    assert actions[-2:] == ["credit-export", "again:credit-export"]
    with pytest.raises(sqlite3.IntegrityError):
        raw(database(tmp_path), "DELETE FROM sent_paper")


@pytest.mark.req("16.3")
def test_the_employer_is_told_in_both_languages_once_the_decision_is_in_force(
    records: Records, tmp_path: Path
) -> None:
    with records.turn() as turn:
        number = opened(turn)
        served(turn, number)
        with pytest.raises(RecordsError, match="case-not-in-force"):
            turn.told_employer(number, by=PUBLISHER, now=DECIDED)
        turn.work_false_promise(number, "take-effect", by=ANNA, now=FORCE)
        told = turn.told_employer(number, by=PUBLISHER, now=FORCE)
        file = crediting.employer_letter(told, "南京<建设>公司", FORCE, content())
        turn.keep_employer_letter(number, file, by=PUBLISHER, now=FORCE)
    page = file.decode()
    assert "南京&lt;建设&gt;公司" in page
    assert "第31号第十条" in page
    assert "Order No. 31, Articles 10 and 7" in page
    assert NUMBER not in page
    assert trail(tmp_path, "action")[-1] == ("employer-letter",)


def test_nothing_of_a_person_stands_on_the_audit_trail(records: Records, tmp_path: Path) -> None:
    with records.turn() as turn:
        in_force(turn)
    written = json.dumps(trail(tmp_path, "action", "subject", "details"), ensure_ascii=False)
    assert [each for each in (NAME, NUMBER, "学历造假", "13800001001") if each in written] == []
