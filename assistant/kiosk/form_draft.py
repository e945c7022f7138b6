"""What stands on the page of records: kept for the sitting, brought up to date when it is opened again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.conversation.inputs import RecordEntry, Records
from flows.dossier import MOST_RECORDS, RECORD_FIELDS, Dossier, RecordKind

if TYPE_CHECKING:
    from assistant.conversation.academic_form import RecordsSheet

_ASKED = re.compile(r"(education|degree)\.([0-9])\.([a-z]+)|academic\.submit")
"""The prompts at which all records can be filled in at once."""


def offers_form(key: str) -> bool:
    """Whether the page of records belongs to the prompt ``key``."""
    return _ASKED.fullmatch(key) is not None


@dataclass(eq=False)
class Draft:
    """One record on the page.

    Attributes:
        fields: What was typed or picked, as it was.
        supersedes: The index of the saved record that it corrects.
        saved: Whether it can no longer change.
        origin: Its index in the sheet that the page began with; ``None`` when it was added here.
        left: Fields that were left again: from then on their problems are shown.
        right: Whether every field is filled in and taken, as far as was looked.
    """

    kind: RecordKind
    fields: dict[str, str]
    supersedes: int | None = None
    saved: bool = False
    origin: int | None = None
    left: set[str] = field(default_factory=set)
    right: bool = False


class FormDraft:
    """All records on the page, which one is looked at, and what was taken out and can be put back."""

    def __init__(self, sheet: RecordsSheet) -> None:
        """Begin with what the conversation knows; there is always a first education."""
        self.sheet = sheet
        self.records: dict[RecordKind, list[Draft]] = {kind: _drafts(sheet, kind) for kind in RECORD_FIELDS}
        self._removed: list[tuple[int, Draft]] = []
        self.at = self._first()

    def _first(self) -> Draft:
        return next((each for each in self.order if not each.saved), self.order[0])

    @property
    def order(self) -> list[Draft]:
        """All records, as their tabs stand."""
        return [each for kind in RECORD_FIELDS for each in self.records[kind]]

    def index(self, draft: Draft) -> int:
        """Return the place of a record among those of its kind."""
        return self.records[draft.kind].index(draft)

    def form(self) -> Records:
        """Return what is handed in."""
        education, degrees = (tuple(map(_entry, self.records[kind])) for kind in RECORD_FIELDS)
        return Records(education, degrees)

    @property
    def changed(self) -> bool:
        """Whether something else stands here than the conversation knows."""
        known = [_drafts(self.sheet, kind) for kind in RECORD_FIELDS]
        education, degrees = (tuple(map(_entry, each)) for each in known)
        return _filled(self.form()) != _filled(Records(education, degrees))

    # What can be done with records ---------------------------------------------------------------------

    def room(self, kind: RecordKind) -> bool:
        """Whether another record of a kind can be added (FAQ 18.2, 18.3)."""
        return len(self.records[kind]) < MOST_RECORDS

    def add(self, kind: RecordKind) -> None:
        """Add an empty record and look at it."""
        self.at = Draft(kind, {})
        self.records[kind].append(self.at)

    def correctable(self, draft: Draft) -> bool:
        """Whether a corrected entry of a saved record can be added: one is enough (FAQ 18.4)."""
        index = self.index(draft)
        corrected = any(each.supersedes == index for each in self.records[draft.kind])
        return draft.saved and not corrected and self.room(draft.kind)

    def correct(self) -> None:
        """Add an entry that corrects the saved record looked at, with all that stands in that one."""
        old = self.at
        self.at = Draft(old.kind, dict(old.fields), supersedes=self.index(old))
        self.records[old.kind].append(self.at)

    def removable(self, draft: Draft) -> bool:
        """Whether a record can be taken out: not a saved one, and not the only education."""
        return not draft.saved and (draft.kind == "degree" or len(self.records["education"]) > 1)

    def remove(self) -> None:
        """Take out the record looked at; it can be put back."""
        gone = self.at
        index, order = self.index(gone), self.order
        place = order.index(gone)
        self.records[gone.kind].remove(gone)
        self._removed.append((index, gone))
        self.at = self.order[min(place, len(order) - 2)]

    def restorable(self) -> bool:
        """Whether a record that was taken out can be put back."""
        return bool(self._removed) and self.room(self._removed[-1][1].kind)

    def restore(self) -> None:
        """Put back the record that was taken out last, and look at it."""
        index, self.at = self._removed.pop()
        self.records[self.at.kind].insert(index, self.at)

    # Opened again --------------------------------------------------------------------------------------

    def renew(self, sheet: RecordsSheet) -> None:
        """Bring in what was answered in the conversation since: it is newer than what stands here."""
        for kind in RECORD_FIELDS:
            before, now = _drafts(self.sheet, kind), _drafts(sheet, kind)
            mine = {each.origin: each for each in self.records[kind] if each.origin is not None}
            kept: list[Draft] = []
            for index, new in enumerate(now):
                draft = mine.get(index)
                if draft is None:
                    # What was taken out here stays out, unless it was saved meanwhile.
                    kept += [new] if index >= len(before) or new.saved else []
                    continue
                draft.fields.update(new.fields if new.saved else _changed(before[index], new))
                draft.saved, draft.supersedes = new.saved, new.supersedes
                kept.append(draft)
            added = [each for each in self.records[kind] if each not in kept]
            self.records[kind] = [*kept, *added]
            for each in (*added, *(gone for _, gone in self._removed if gone.kind == kind)):
                each.origin = None
        self.sheet = sheet
        if self.at not in self.order:
            self.at = self._first()

    def stand_at(self, key: str, typed: str) -> str | None:
        """Look at what the conversation asks for, with what is half typed there.

        Returns:
            The field to begin with, or ``None`` where the conversation asks for none.
        """
        found = _ASKED.fullmatch(key)
        if found is None or found[1] is None:
            return None
        kind: RecordKind = "education" if found[1] == "education" else "degree"
        index, name = int(found[2]), found[3]
        if name not in RECORD_FIELDS[kind] or index >= len(self.records[kind]):
            return None
        self.at = self.records[kind][index]
        if typed.strip() and not self.at.fields.get(name, "").strip():
            self.at.fields[name] = typed
        return name

    def wipe(self) -> None:
        """Forget everything: what is left is an empty page about nobody."""
        for draft in (*self.order, *(each for _, each in self._removed)):
            draft.fields.clear()
        nobody = replace(self.sheet.situation, dossier=Dossier())
        self.sheet = replace(self.sheet, form=Records(()), saved=frozenset(), situation=nobody)
        self.records = {kind: _drafts(self.sheet, kind) for kind in RECORD_FIELDS}
        self._removed.clear()
        self.at = self._first()


def _drafts(sheet: RecordsSheet, kind: RecordKind) -> list[Draft]:
    # There is always a first education (FAQ 18.2).
    entries = (sheet.form.education or (RecordEntry({}),)) if kind == "education" else sheet.form.degrees
    return [
        Draft(
            kind,
            dict(entry.fields),
            supersedes=entry.supersedes,
            saved=f"{kind}.{index}" in sheet.saved,
            origin=index,
            left=set(filter(entry.fields.get, entry.fields)),
        )
        for index, entry in enumerate(entries)
    ]


def _entry(draft: Draft) -> RecordEntry:
    return RecordEntry(dict(draft.fields), draft.supersedes)


def _filled(form: Records) -> Records:
    """Leave out the fields of a form in which nothing stands."""
    education, degrees = (
        tuple(
            RecordEntry({name: typed for name, typed in each.fields.items() if typed}, each.supersedes)
            for each in entries
        )
        for entries in (form.education, form.degrees)
    )
    return Records(education, degrees)


def _changed(old: Draft, new: Draft) -> Iterable[tuple[str, str]]:
    return [(name, value) for name, value in new.fields.items() if old.fields.get(name) != value]
