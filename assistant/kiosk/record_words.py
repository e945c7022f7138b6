"""How the page of records puts what stands on it into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.conversation.academic_form import known_of, online_note, prompt_of
from assistant.conversation.blocks import Block, Pair
from assistant.conversation.linebreak import cells
from assistant.conversation.naming import shown
from assistant.conversation.wording import Wording
from assistant.kiosk.form_draft import Draft, FormDraft
from assistant.widgets.glyphs import Glyphs
from assistant.widgets.record_form import Field, FieldView, Tone
from flows.dossier import RECORD_FIELDS, Dossier, RecordKind, Value
from flows.rules.fields import ticks
from flows.verdict import Arg, Problem, Verdict

BESIDE = 19
"""Cells for a normal form beside its field; a longer one stands below."""

PICKED = frozenset({"level", "study"})
"""Fields that are picked: the sign at the answer says that it is taken."""


def name(wording: Wording, form: FormDraft, draft: Draft) -> str:
    """Name a record by its kind and number."""
    return wording.text(f"records.head.{draft.kind}", {"number": form.index(draft) + 1})


def head(wording: Wording, form: FormDraft, draft: Draft, verdicts: Mapping[str, Verdict[Value]]) -> str:
    """Say which record it is, that it is saved or corrects one, and whether it can be verified online."""
    number = name(wording, form, draft)
    said = []
    if draft.supersedes is not None:
        said.append(wording.text("records.corrects", {"number": draft.supersedes + 1}))
    if draft.saved:
        said.append(wording.text("records.saved"))
    note = None if draft.saved else online_note(draft.kind, form.index(draft), known_of(verdicts))
    if note is not None:
        said.append(wording.arg(note))
    # A problem names the record itself.
    if isinstance(note, Problem) and len(said) == 1:
        return said[0]
    between = "" if wording.chinese else " "
    return wording.text("face.pair", {"label": number, "value": between.join(said)}) if said else number


def fields(wording: Wording, form: FormDraft) -> list[Field]:
    """Return the fields of the record that is looked at, with what stands in them."""
    draft = form.at
    prompts = {
        name: prompt_of(draft.kind, form.index(draft), name, form.sheet.situation)
        for name in RECORD_FIELDS[draft.kind]
    }
    return [
        Field(name, wording.prompt(prompt).options, prompt.suggest, draft.fields.get(name, ""))
        for name, prompt in prompts.items()
    ]


def field_view(
    wording: Wording, draft: Draft, field: str, verdicts: Mapping[str, Verdict[Value]], *, here: bool
) -> FieldView:
    """Say how a field stands: problems once it was left, its rules and its normal form at any time.

    Args:
        wording: The sentences.
        draft: The record.
        field: The field.
        verdicts: What the rules say of each field of the record.
        here: Whether keys come to it now.
    """
    verdict, typed = verdicts[field], draft.fields.get(field, "")
    remarks: list[tuple[Tone, str, str]] = []
    known = known_of(verdicts)
    normal = _normal(wording, draft.kind, field, known[field], typed) if verdict.ok else ""
    if cells(normal) > BESIDE:
        remarks.append(("note", "", wording.text("records.normal", {"value": normal})))
        normal = ""
    if field in draft.left:
        error, warning = wording.text("face.error"), wording.text("face.warning")
        remarks += [("error", error, wording.problem(each)) for each in verdict.problems]
    if field in draft.left and not (here and verdict.notes):
        remarks += [("warning", warning, wording.problem(each)) for each in verdict.warnings]
        remarks += [("note", "", wording.problem(each)) for each in verdict.notes]
    return FieldView(
        wording.text(f"records.field.{field}"),
        right=verdict.ok and not verdict.warnings and field not in PICKED,
        normal=normal,
        ticks=_ticks(wording, draft.kind, typed, known) if field == "certificate" else (),
        remarks=tuple(remarks),
    )


def _normal(wording: Wording, kind: RecordKind, field: str, value: str, typed: str) -> str:
    if field in PICKED:
        return ""
    said = wording.value(_shown(kind, field, value))
    return "" if said == typed.strip() else said


def _shown(kind: RecordKind, field: str, value: str) -> Arg:
    return shown(f"{kind}.0.{field}", value, Dossier())


def _ticks(
    wording: Wording, kind: RecordKind, typed: str, known: Mapping[str, str]
) -> tuple[tuple[str, bool], ...]:
    rule = f"{kind}_certificate"
    return tuple(
        (wording.text(f"tick.{rule}.{each.code}"), each.ok and bool(typed))
        for each in ticks(rule, typed, **known)
    )


def saved(wording: Wording, draft: Draft) -> Block:
    """Write a saved record as a card."""
    return Block(
        "card",
        tuple(
            Pair(
                wording.text(f"records.field.{field}"),
                wording.value(_shown(draft.kind, field, draft.fields[field])),
            )
            for field in RECORD_FIELDS[draft.kind]
            if field in draft.fields
        ),
    )


def tabs(wording: Wording, form: FormDraft, width: int, glyphs: Glyphs) -> list[tuple[str, str]]:
    """Name the tabs, each with whether its record is whole; in a narrow window numbers must do."""
    long, short = _tabs(wording, form, glyphs, whole=True), _tabs(wording, form, glyphs, whole=False)
    return long if sum(cells(said) + 3 for _, said in long) <= width else short


def _tabs(wording: Wording, form: FormDraft, glyphs: Glyphs, *, whole: bool) -> list[tuple[str, str]]:
    found = []
    for kind in RECORD_FIELDS:
        if not whole:
            found.append(("", wording.text(f"item.{kind}")))
        for index, draft in enumerate(form.records[kind]):
            sign = glyphs.met if draft.right else glyphs.unmet
            number = wording.text(f"records.tab.{kind}", {"number": index + 1}) if whole else str(index + 1)
            found.append((tab(form, draft), f"{number}{sign}"))
        if form.room(kind):
            found.append((f"{kind}.add", wording.text(f"records.tab.add.{kind}") if whole else "+"))
    return found


def tab(form: FormDraft, draft: Draft) -> str:
    """Return the id of a record's tab."""
    return f"{draft.kind}.{form.index(draft)}"


def doable(form: FormDraft) -> tuple[str, ...]:
    """Return what can be done with the record looked at, and with all of them."""
    at = form.at
    ids = ["review"]
    ids += [f"add-{kind}" for kind in RECORD_FIELDS if form.room(kind)]
    ids += ["correct"] if form.correctable(at) else []
    ids += ["remove"] if form.removable(at) else []
    ids += ["restore"] if form.restorable() else []
    return tuple(ids)


REMOVING = ("keep", "remove-now")
"""What can be answered when it is asked whether to remove a record."""


def acts(wording: Wording, ids: Sequence[str]) -> list[tuple[str, str]]:
    """Name what can be done."""
    return [(id, wording.text(f"records.act.{id}")) for id in ids]


def help_lines(wording: Wording, form: FormDraft, field: str | None) -> Sequence[str]:
    """Return the help for a field, or for what can be done."""
    if field is None:
        return (wording.text("records.help.acts"),)
    prompt = prompt_of(form.at.kind, form.index(form.at), field, form.sheet.situation)
    asked = wording.prompt(prompt)
    own = (wording.text("records.help.pick"),) if asked.options else (asked.example,)
    return [line for line in (*asked.help, *own) if line]
