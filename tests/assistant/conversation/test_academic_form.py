"""All academic records as one form: the same facts as one by one, or nothing at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.conversation import choosing, showing
from assistant.conversation.academic_form import judge_record, online_note
from assistant.conversation.inputs import RecordEntry, Records, Text
from assistant.conversation.memory import Memory
from assistant.conversation.messages import Card, Objected, Turn
from flows import journey
from flows.dossier import MOST_RECORDS, RECORD_FIELDS, Dossier, Fact, RecordKind
from flows.roles import Role
from flows.steps.register import record_field
from flows.verdict import Named, Problem
from tests.assistant.conversation.seats import Seat, echoed, facts, refused, render, said, seated, warned
from tests.factories import DEGREE, EDUCATION, NOW, before, situation

ONE = RecordEntry(EDUCATION)


def form(education: int = 1, degrees: int = 0) -> Records:
    """Make a form of so many entries, no two alike."""
    return Records(
        tuple(RecordEntry({**EDUCATION, "major": f"土木工程{n}"}) for n in range(education)),
        tuple(RecordEntry({**DEGREE, "major": f"土木工程{n}"}) for n in range(degrees)),
    )


@pytest.fixture(scope="module", name="made")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seat]:
    with seated(tmp_path_factory.mktemp("form")) as seat:
        seat.until("education.0.level")
        yield seat


@pytest.fixture(name="seat")
def _seat(made: Seat) -> Iterator[Seat]:
    """The same candidate at the first question on records, whatever the test before did."""
    begun, told = made.talk.dossier, set(made.talk.memory.told)
    made.turn = replace(made.turn, prompt=made.talk.prompt())
    yield made
    restored(made, begun, told)


def restored(seat: Seat, begun: Dossier, told: set[str]) -> None:
    """Bring conversation and store back to where they were."""
    gone = [fact.key for fact in seat.talk.dossier if fact.key not in begun]
    with seat.talk.outside.records.turn() as turn:
        turn.save(seat.registration, put=list(begun), removed=gone, now=NOW)
    seat.talk.dossier, seat.talk.memory = begun, Memory(told=set(told))


def academic(dossier: Dossier) -> dict[str, object]:
    """Return the facts on records, with who said them and how."""
    return {
        fact.key: (fact.value, fact.role, fact.origin, fact.stale)
        for fact in dossier
        if fact.key.partition(".")[0] in RECORD_FIELDS
    }


def objected(turn: Turn) -> dict[str, tuple[Problem, ...]]:
    return {each.key: each.problems for each in turn.messages if isinstance(each, Objected)}


def one_by_one(seat: Seat, filled: Records) -> tuple[Dossier, set[str]]:
    """Answer the questions in their order from a form; a refused answer is counted and a right one given."""
    given: dict[str, str] = {}
    right: dict[str, str] = {}
    for kind, entries, good in (
        ("education", filled.education, EDUCATION),
        ("degree", filled.degrees, DEGREE),
    ):
        for index in range(MOST_RECORDS):
            given[f"{kind}.{index}.add"] = "yes" if index < len(entries) else "no"
            for name in RECORD_FIELDS[kind] if index < len(entries) else ():
                given[f"{kind}.{index}.{name}"] = entries[index].fields.get(name, "")
                right[f"{kind}.{index}.{name}"] = good[name]
    wrong: set[str] = set()
    now = seat.talk.situation
    while (ask := journey.locate(now).ask) is not None and ask.key != "academic.submit":
        for typed in (given[ask.key], right.get(ask.key, "")):
            verdict = choosing.judged(ask, showing.prompt_for(ask, now), Text(typed), now)
            if verdict.value is not None:
                break
            wrong.add(ask.key)
        assert verdict.value is not None
        now = replace(now, dossier=now.dossier.put(Fact(ask.key, verdict.value, now.now)))
    return now.dossier, wrong


# Taking a form ----------------------------------------------------------------------------------------


@pytest.mark.req("18.2", "18.3")
@pytest.mark.parametrize(("education", "degrees"), [(1, 0), (2, 1), (5, 5)])
def test_a_form_leaves_only_the_saving_to_ask_for(seat: Seat, education: int, degrees: int) -> None:
    filled = form(education, degrees)
    expected, wrong = one_by_one(seat, filled)
    turn = seat.take(filled)
    assert wrong == set()
    assert refused(turn) == ()
    assert seat.key == "academic.submit"
    assert turn.prompt.irreversible
    assert academic(seat.talk.dossier) == academic(expected)
    (card,) = (each for each in turn.messages if isinstance(each, Card))
    assert len(card.rows) == 7 * education + 6 * degrees
    assert card.warning == "warning.academic.submit"


def test_what_a_form_tells_is_in_the_store_as_if_it_had_been_answered(tmp_path: Path) -> None:
    for way in ("form", "questions"):
        with seated(tmp_path / way, education__0__graduated="2007年7月") as seat:
            if way == "form":
                seat.until("education.0.level")
                seat.take(Records((ONE,), (RecordEntry(DEGREE),)))
            seat.until("academic.submit")
            with seat.talk.outside.records.turn() as turn:
                stored = turn.load(seat.registration).dossier
            assert academic(stored) == academic(seat.talk.dossier)
            if way == "form":
                first = academic(stored)
            else:
                assert academic(stored) == first
            seat.answer()
            assert facts(seat)["education.0.saved"] is True
            assert facts(seat)["degree.0.saved"] is True
            assert seat.key == "photo.login"


FIELD = {
    "level": ["bachelor", "大专", "3", "doctor", "", "PhD?"],
    "study": ["full-time", "函授", "7", "", "by night"],
    "school": [
        "南京大学",
        " Tsinghua  University ",
        "",
        "\u3000",
        "123",
        "南京\u202e大学",
        "a\nb",
        "x" * 101,
    ],
    "major": ["土木工程", "Computer Science", "<b>", ""],
    "graduated": ["2007-07", "July 2007", "二〇〇七年七月", "2007", "1949-01", "2020-08", "07", ""],
    "awarded": ["2009.6", "200906", "2009-13", "2020-09", ""],
    "certificate": ["102911200705001234", "１０２９ 1120 0705 0012 34", "无", "none", "²", "", "1" * 41],
    "country": ["中国", "China", "France", "HK", "", "1"],
}


@st.composite
def forms(draw: st.DrawFn) -> Records:
    """Draw forms of which about half are right: as many fields are left as they should be."""
    mostly = draw(st.booleans())

    def entry(kind: RecordKind) -> RecordEntry:
        good = EDUCATION if kind == "education" else DEGREE
        fields = {
            name: good[name]
            if mostly and draw(st.integers(0, 9))
            else draw(st.sampled_from(FIELD[name]) | st.text(max_size=8))
            for name in RECORD_FIELDS[kind]
        }
        return RecordEntry(fields)

    return Records(
        tuple(entry("education") for _ in range(draw(st.integers(1, 3)))),
        tuple(entry("degree") for _ in range(draw(st.integers(0, 2)))),
    )


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(filled=forms())
def test_a_form_is_taken_as_its_answers_would_be_or_changes_nothing(seat: Seat, filled: Records) -> None:
    begun, told, key = seat.talk.dossier, set(seat.talk.memory.told), seat.talk.prompt().key
    try:
        expected, wrong = one_by_one(seat, filled)
        turn = seat.talk.take(filled)
        assert set(objected(turn)) == wrong
        if wrong:
            assert seat.talk.dossier is begun
            assert turn.prompt.key == key
            assert len(turn.messages) == len(wrong)
        else:
            assert academic(seat.talk.dossier) == academic(expected)
            assert turn.prompt.key == "academic.submit"
    finally:
        restored(seat, begun, told)


# Refusing ---------------------------------------------------------------------------------------------


@pytest.mark.req("18.2", "18.3", "11.6")
@pytest.mark.parametrize(
    ("education", "degrees", "codes"),
    [
        (0, 0, {"education": "education-none"}),
        (6, 0, {"education": "education-too-many"}),
        (1, 6, {"degree": "degree-too-many"}),
        (0, 6, {"education": "education-none", "degree": "degree-too-many"}),
    ],
)
def test_too_few_or_too_many_records_are_refused_with_the_reason(
    seat: Seat, education: int, degrees: int, codes: dict[str, str]
) -> None:
    known = seat.talk.dossier
    turn = seat.take(form(education, degrees))
    assert {key: problem.code for key, (problem,) in objected(turn).items()} == codes
    assert seat.talk.dossier is known
    assert seat.key == "education.0.level"


def test_each_wrong_field_is_named_with_its_own_problem(seat: Seat) -> None:
    wrong = RecordEntry({**EDUCATION, "graduated": "2007", "school": ""})
    turn = seat.take(Records((ONE, wrong), (RecordEntry({**DEGREE, "level": "secondary"}),)))
    assert {key: problem.code for key, (problem,) in objected(turn).items()} == {
        "education.1.school": "school-missing",
        "education.1.graduated": "month-only-year",
        "degree.0.level": "choose-one-of",
    }
    for language, field in (("zh", "毕业年月（2）："), ("en", "Graduated (2): ")):
        assert field in render(turn)[language]


def test_a_form_is_only_taken_where_records_are_asked_for(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("name")
        assert refused(seat.take(form())) == ("records-not-now",)
        seat.until("photo.login")
        known = seat.talk.dossier
        assert refused(seat.take(form(2))) == ("records-not-now",)
        assert seat.talk.dossier is known
        assert seat.key == "photo.login"


def test_a_form_is_not_taken_while_something_else_is_being_decided(seat: Seat) -> None:
    seat.order("change")
    assert seat.key == "change"
    assert refused(seat.take(form())) == ("records-not-now",)
    assert seat.key == "change"
    seat.order("cancel")
    seat.order("change", "exam")
    seat.take(form())
    assert seat.key == "academic.submit"


def test_staff_fill_in_no_form_for_a_candidate_and_the_try_is_noted(seat: Seat) -> None:
    known, outside = seat.talk.dossier, seat.talk.outside
    seat.talk.outside = replace(outside, role=Role.HELP_DESK)
    try:
        assert refused(seat.take(form())) == ("not-for-staff",)
        assert seat.talk.dossier is known
    finally:
        seat.talk.outside = outside
    with sqlite3.connect(seat.folder / "chengnuo.db") as database:
        noted = database.execute("SELECT action, role FROM audit WHERE action LIKE 'refused%'").fetchall()
    assert noted == [("refused:records", "help-desk")]


# Changing the form before it is saved -----------------------------------------------------------------


def test_a_record_taken_out_of_the_form_is_forgotten(seat: Seat) -> None:
    seat.take(form(3, 2))
    turn = seat.take(Records((form(3).education[2],)))
    assert refused(turn) == ()
    assert facts(seat)["education.0.major"] == "土木工程2"
    assert [fact.key for fact in seat.talk.dossier if fact.key.startswith(("education.1", "degree"))] == [
        "education.1.add",
        "degree.0.add",
    ]
    assert facts(seat)["education.1.add"] == "no"
    with seat.talk.outside.records.turn() as transaction:
        stored = transaction.load(seat.registration).dossier
    assert academic(stored) == academic(seat.talk.dossier)


def test_half_answered_questions_and_a_refused_draft_stand_on_the_form(seat: Seat) -> None:
    for _ in range(2):
        seat.answer()
    seat.type("南京<工业>大学")
    assert refused(seat.turn) == ("school-characters",)
    sheet = seat.talk.records()
    (entry,) = sheet.form.education
    assert entry.fields == {"level": "bachelor", "study": "full-time", "school": "南京<工业>大学"}
    assert sheet.form.degrees == ()
    assert sheet.saved == frozenset()
    seat.take(form(1, 1))
    assert seat.talk.memory.drafts == {}
    sheet = seat.talk.records()
    assert sheet.form.education[0].fields["graduated"] == "2007-07"
    assert seat.take(sheet.form).prompt.key == "academic.submit"
    assert facts(seat)["education.0.school"] == "南京工业大学"


@pytest.mark.req("P.2")
def test_what_looks_odd_comes_with_the_review_before_saving(seat: Seat) -> None:
    odd = RecordEntry({**EDUCATION, "certificate": "102911200605001234"})
    turn = seat.take(Records((odd, odd), (RecordEntry({**DEGREE, "level": "master"}),)))
    assert seat.key == "academic.submit"
    assert {"certificate-year", "education-twice", "degree-without-education"} <= set(warned(turn))
    assert echoed(turn) == {}
    assert "毕业证书编号（2）：编号中的年份是2006年" in render(turn)["zh"]


# What is saved stays ----------------------------------------------------------------------------------


@pytest.mark.req("18.4", "P.2")
def test_a_saved_record_stands_on_the_form_and_only_a_corrected_entry_can_be_added(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("photo.login")
        seat.order("change", "education.0.school")
        seat.pick("yes")
        assert seat.key == "education.1.level"
        sheet = seat.talk.records()
        assert sheet.saved == {"education.0", "degree.0"}
        first, second = sheet.form.education
        assert second == replace(first, supersedes=0)
        known = seat.talk.dossier

        changed = replace(first, fields={**first.fields, "school": "东南大学"})
        turn = seat.take(replace(sheet.form, education=(changed, second)))
        assert {key: each.code for key, (each,) in objected(turn).items()} == {
            "education.0.school": "record-locked"
        }
        assert refused(seat.take(replace(sheet.form, degrees=()))) == ("record-locked",)
        assert refused(seat.take(Records((replace(first, supersedes=None),), ()))) == ("record-locked",)
        lost = replace(second, supersedes=1)
        assert refused(seat.take(replace(sheet.form, education=(first, lost)))) == (
            "records-corrects-nothing",
        )
        assert seat.talk.dossier is known

        corrected = replace(second, fields={**second.fields, "school": "东南大学"})
        seat.take(replace(sheet.form, education=(first, corrected)))
        assert seat.key == "academic.submit"
        seat.answer()
        record = seat.talk.dossier.records("education")[1]
        assert (record.saved, record.supersedes, record.fields["school"]) == (True, 0, "东南大学")
        assert facts(seat)["education.0.school"] == "南京工业大学"


@pytest.mark.req("18.4")
def test_a_corrected_entry_can_be_dropped_on_the_form_while_it_is_not_saved(tmp_path: Path) -> None:
    with seated(tmp_path) as seat:
        seat.until("photo.login")
        seat.order("change", "education.0.school")
        seat.pick("yes")
        sheet = seat.talk.records()
        seat.take(replace(sheet.form, education=sheet.form.education[:1]))
        assert seat.key == "academic.submit"
        assert not [fact.key for fact in seat.talk.dossier if fact.key.startswith("education.1.s")]
        plain = replace(sheet.form.education[1], supersedes=None)
        seat.take(replace(sheet.form, education=(sheet.form.education[0], plain)))
        assert seat.talk.dossier.value("education.1.supersedes") is None


# Verdicts for a page ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "changes", "expected"),
    [
        ("education", {}, "records.online"),
        ("education", {"graduated": "2002-07"}, "records.online.2002"),
        ("education", {"graduated": "2001-07"}, "education-before-2002"),
        ("education", {"level": "secondary"}, "secondary-education"),
        ("education", {"country": "France"}, "overseas-record"),
        ("education", {"graduated": ""}, None),
        ("education", {"country": ""}, None),
        ("degree", {}, "records.online"),
        ("degree", {"awarded": "2008-08"}, "degree-before-2008-09"),
        ("degree", {"level": ""}, None),
    ],
)
@pytest.mark.req("10.4", "18.1")
def test_each_record_says_whether_it_can_be_verified_online(
    kind: RecordKind, changes: dict[str, str], expected: str | None
) -> None:
    fields = {**(EDUCATION if kind == "education" else DEGREE), **changes}
    here = situation(before("education.0.level"), now=NOW)
    known = {
        name: str(verdict.value)
        for name, verdict in judge_record(kind, 2, fields, here).items()
        if verdict.value is not None
    }
    note = online_note(kind, 2, known)
    named = note.code if isinstance(note, Problem) else note.id if isinstance(note, Named) else None
    assert named == expected


def test_a_certificate_is_compared_with_the_rest_of_its_record_wherever_it_stands() -> None:
    here = situation(before("education.0.level"), now=NOW)
    fields = {**EDUCATION, "certificate": "102915200705001234", "country": "France"}
    assert judge_record("education", 3, fields, here)["certificate"].warnings == ()
    (doubt,) = judge_record("education", 3, {**fields, "country": "中国"}, here)["certificate"].warnings
    assert doubt.code == "certificate-study"


def test_a_month_is_judged_by_the_birth_date_and_the_day() -> None:
    here = situation(before("education.0.level"), now=NOW)
    assert here.born is not None
    for typed, code in (("1995-01", None), ("1994-12", "month-too-early"), ("2020-08", "month-too-late")):
        verdict = judge_record("education", 0, {**EDUCATION, "graduated": typed}, here)["graduated"]
        assert [each.code for each in verdict.problems] == ([] if code is None else [code])


def test_every_field_of_a_record_has_an_ask_of_its_own() -> None:
    for kind, names in RECORD_FIELDS.items():
        assert [record_field(kind, 4, name).key for name in names] == [f"{kind}.4.{name}" for name in names]


def test_a_form_says_what_came_of_it(seat: Seat) -> None:
    turn = seat.take(form(2, 1))
    assert said(turn)[0] == "said.records-taken"
    assert "学历2条，学位1条" in render(turn)["zh"]
