"""The review of the page of records before it is handed in: what is not right yet, and where that stands."""

from __future__ import annotations

from assistant.conversation.academic_form import judge_record
from assistant.kiosk.form_draft import Draft, FormDraft
from flows.dossier import RECORD_FIELDS, Value
from flows.rules.academic import check_record_counts
from flows.verdict import Problem, Verdict


def judged(form: FormDraft, draft: Draft) -> dict[str, Verdict[Value]]:
    """Judge every field of a record, and note whether all of them are right."""
    verdicts = judge_record(draft.kind, form.index(draft), draft.fields, form.sheet.situation)
    draft.right = draft.saved or all(each.ok for each in verdicts.values())
    return verdicts


def wrong_in(form: FormDraft, draft: Draft) -> list[str]:
    """Name the fields of a record that are not right."""
    return [name for name, verdict in judged(form, draft).items() if not verdict.ok]


def wrong(form: FormDraft) -> list[tuple[Draft, str]]:
    """Return every field that is not right, with its record; what is saved can no longer be wrong."""
    return [(draft, name) for draft in form.order if not draft.saved for name in wrong_in(form, draft)]


def too_many(form: FormDraft) -> Problem | None:
    """Say that there are more or fewer records than can be handed in (FAQ 18.2, 18.3)."""
    return next(iter(check_record_counts(*(len(form.records[kind]) for kind in RECORD_FIELDS))), None)
