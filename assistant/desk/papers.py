"""Hands papers out of the house into a folder: the file for the credit platform, a letter to an employer."""

from __future__ import annotations

from pathlib import Path

from assistant import crediting
from assistant.desk.duty import Duty
from assistant.files import FileRefusedError, write_atomically
from assistant.records import RecordsError, Turn


def export_credit(turn: Turn, duty: Duty, folder: str) -> str:
    """Write the credit file into a folder, kept as it left; returns its name.

    Raises:
        RoleRefused: The role may not.
        RecordsError: It cannot be written there; then nothing is kept either.
    """
    entries = turn.credit_entries(by=duty.staff, now=duty.now)
    sent = turn.keep_export(crediting.credit_file(entries, duty.now), by=duty.staff, now=duty.now)
    return _written(folder, f"credit-{sent.number}.jsonl", sent.file)


def write_to_employer(turn: Turn, duty: Duty, number: str, employer: str, folder: str) -> str:
    """Write the letter to an employer into a folder, kept as it left; returns its name.

    Raises:
        RoleRefused: The role may not.
        RecordsError: The decision is not in force, no employer is named, or it cannot be written there.
    """
    if not employer.strip():
        raise RecordsError("employer-missing")
    told = turn.told_employer(number.strip().upper(), by=duty.staff, now=duty.now)
    file = crediting.employer_letter(told, employer, duty.now, duty.content)
    turn.keep_employer_letter(told.number, file, by=duty.staff, now=duty.now)
    return _written(folder, f"employer-{told.number}-{duty.now:%Y%m%d-%H%M%S}.html", file)


def _written(folder: str, name: str, file: bytes) -> str:
    if not folder.strip():
        raise RecordsError("folder-missing")
    try:
        write_atomically(Path(folder.strip()).expanduser() / name, file, replace=False)
    except FileRefusedError as refused:
        raise RecordsError(refused.problem.code, refused.problem.args) from refused
    return name
