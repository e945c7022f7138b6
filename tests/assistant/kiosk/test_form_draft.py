"""What stands on the page of records: added, taken out, put back, and renewed when it is opened again."""

from __future__ import annotations

import pytest

from assistant.conversation.academic_form import RecordsSheet
from assistant.conversation.inputs import RecordEntry, Records
from assistant.kiosk.form_draft import FormDraft, offers_form
from flows.dossier import RECORD_FIELDS
from tests.factories import before, situation

HERE = situation(before("education.0.level"))


def sheet(
    *education: dict[str, str], degrees: tuple[dict[str, str], ...] = (), saved: str = ""
) -> RecordsSheet:
    """Make a sheet of entries; ``saved`` names those that can no longer change."""
    form = Records(tuple(map(RecordEntry, education)), tuple(map(RecordEntry, degrees)))
    return RecordsSheet(form, frozenset(saved.split()), HERE)


def schools(draft: FormDraft) -> list[str]:
    return [each.fields.get("school", "") for each in draft.order]


@pytest.mark.parametrize(
    ("key", "offered"),
    [
        ("education.0.level", True),
        ("education.1.add", True),
        ("degree.4.country", True),
        ("academic.submit", True),
        ("name", False),
        ("record.correct", False),
        ("ask", False),
        ("photo.login", False),
    ],
)
def test_the_page_belongs_to_the_questions_on_records(key: str, offered: bool) -> None:
    assert offers_form(key) == offered


def test_there_is_always_a_first_education_and_what_is_handed_in_is_what_stands_there() -> None:
    draft = FormDraft(sheet())
    draft.at.fields["school"] = "A"
    draft.add("degree")
    assert draft.form() == Records((RecordEntry({"school": "A"}),), (RecordEntry({}),))
    assert not draft.removable(draft.records["education"][0])
    assert draft.removable(draft.at)


def test_what_is_taken_out_comes_back_to_its_place_the_last_first() -> None:
    draft = FormDraft(sheet({"school": "A"}, {"school": "B"}, {"school": "C"}))
    draft.at = draft.order[1]
    draft.remove()
    assert draft.at.fields["school"] == "C"
    draft.remove()
    assert schools(draft) == ["A"]
    assert draft.at.fields["school"] == "A"
    draft.restore()
    draft.restore()
    assert schools(draft) == ["A", "B", "C"]
    assert draft.at.fields["school"] == "B"
    assert not draft.restorable()


@pytest.mark.req("18.2", "18.3")
def test_of_each_kind_there_are_at_most_five() -> None:
    draft = FormDraft(sheet())
    for kind in RECORD_FIELDS:
        while draft.room(kind):
            draft.add(kind)
        assert len(draft.records[kind]) == 5
    draft.remove()
    draft.add("degree")
    assert not draft.restorable()


@pytest.mark.req("18.4")
def test_a_saved_record_is_corrected_by_one_entry_beside_it() -> None:
    draft = FormDraft(sheet({"school": "A", "level": "master"}, saved="education.0"))
    first = draft.order[0]
    assert draft.at is first
    assert not draft.removable(first)
    assert draft.correctable(first)
    draft.correct()
    assert (draft.at.fields, draft.at.supersedes) == (first.fields, 0)
    assert not draft.correctable(first)
    draft.at.fields["school"] = "B"
    assert draft.form().education == (
        RecordEntry({"school": "A", "level": "master"}),
        RecordEntry({"school": "B", "level": "master"}, supersedes=0),
    )
    draft.remove()
    assert draft.correctable(first)


def test_what_was_answered_since_is_newer_and_what_was_typed_here_stays() -> None:
    draft = FormDraft(sheet({"level": "bachelor"}))
    draft.at.fields["school"] = "typed here"
    draft.at.fields["major"] = "typed here"
    draft.add("education")
    draft.at.fields["school"] = "added here"
    draft.renew(sheet({"level": "master", "major": "answered"}, {"school": "answered too"}))
    assert [each.fields for each in draft.order] == [
        {"level": "master", "school": "typed here", "major": "answered"},
        {"school": "answered too"},
        {"school": "added here"},
    ]
    assert draft.at.fields["school"] == "added here"


def test_what_was_taken_out_here_stays_out_unless_it_was_saved_since() -> None:
    draft = FormDraft(sheet({"school": "A"}, {"school": "B"}))
    draft.at = draft.order[1]
    draft.remove()
    draft.renew(sheet({"school": "A"}, {"school": "B"}))
    assert schools(draft) == ["A"]
    draft.renew(sheet({"school": "A"}, {"school": "B"}, saved="education.0 education.1"))
    assert schools(draft) == ["A", "B"]
    assert [each.saved for each in draft.order] == [True, True]


def test_what_the_conversation_let_go_of_is_kept_as_typed_here() -> None:
    draft = FormDraft(sheet({"school": "A"}, {"school": "B"}))
    draft.at = draft.order[1]
    draft.renew(sheet({"school": "A2"}))
    assert schools(draft) == ["A2", "B"]
    assert draft.at.fields["school"] == "B"


def test_the_page_begins_where_the_conversation_stands_with_what_is_half_typed() -> None:
    draft = FormDraft(sheet({"level": "bachelor"}, {"school": "B"}))
    assert draft.stand_at("education.0.school", "南京") == "school"
    assert draft.at.fields["school"] == "南京"
    assert draft.stand_at("education.1.school", "half") == "school"
    assert draft.at.fields["school"] == "B"
    for key in ("education.1.add", "academic.submit", "education.4.level", "degree.0.study"):
        assert draft.stand_at(key, "x") is None


def test_wiping_leaves_nothing() -> None:
    draft = FormDraft(sheet({"school": "A"}, {"school": "B"}))
    gone, kept = draft.order
    draft.remove()
    draft.wipe()
    assert (gone.fields, kept.fields) == ({}, {})
    assert draft.form() == Records((RecordEntry({}),))
    assert not list(draft.sheet.situation.dossier)
    assert not draft.restorable()


def test_what_was_typed_before_anything_was_answered_belongs_to_the_first_education() -> None:
    draft = FormDraft(sheet())
    draft.at.fields["school"] = "typed here"
    draft.renew(sheet())
    draft.renew(sheet({"level": "master"}))
    assert [each.fields for each in draft.order] == [{"level": "master", "school": "typed here"}]
