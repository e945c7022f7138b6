"""How facts are named and shown: which sentence belongs to a key, and what stands for its value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flows.dossier import AcademicRecord, Dossier, Value
from flows.rules import email, identity, mobile
from flows.verdict import Arg, Named

HIDDEN = "••••••••"

_NAMED_BY: Mapping[str, str] = {"exam": "exam", "province": "province"}
_PLACED: Mapping[str, str] = {"city": "city", "verification_point": "point"}
_OF_EXAM: Mapping[str, str] = {"level": "level", "major": "major"}
_WORDS: Mapping[str, str] = {
    "first_time": "option.first_time",
    "id_type": "id_type",
    "adopt_commitment": "option.adopt_commitment",
    "decline.confirm": "option.decline.confirm",
    "education.level": "education.level",
    "education.study": "study",
    "degree.level": "degree.level",
}


def generic(key: str) -> str:
    """Leave the number of a record out of a key: ``education.0.school`` becomes ``education.school``."""
    return re.sub(r"\.[0-9]+(?=\.|$)", "", key)


def shown(key: str, value: Value, dossier: Dossier) -> Arg:
    """Return what stands for a value on a screen: names for ids, masks for private facts."""
    plain = generic(key)
    exam, province = dossier.text("exam"), dossier.text("province")
    masks = {"id_number": identity.mask_id_number, "mobile": mobile.mask_mobile, "email": email.mask_email}
    if isinstance(value, tuple):
        return tuple(Named("subject", f"{exam}/{each}") for each in value) if key == "subjects" else value
    if isinstance(value, bool) or plain in {
        "password",
        "account",
        "signature",
        "photo.login",
        "login.id_number",
    }:
        return (
            HIDDEN
            if plain in {"password", "account", "signature", "photo.login"}
            else Named("word", "shown.done")
        )
    if not isinstance(value, str):
        return value
    if plain in masks:
        return masks[plain](value)
    if plain in _NAMED_BY:
        return Named(_NAMED_BY[plain], value)
    if plain in _PLACED:
        return Named(_PLACED[plain], f"{province}/{value}")
    if key in _OF_EXAM:
        return Named(_OF_EXAM[key], f"{exam}/{value}")
    if plain in _WORDS:
        return Named("word", f"{_WORDS[plain]}.{value}")
    if plain == "work_years":
        return value.replace("/", " – ").replace(";", "; ")
    if plain.endswith(".country") and value == "china":
        return Named("word", "country.china")
    if plain.endswith(".certificate") and not value:
        return Named("word", "shown.no-certificate")
    if plain.endswith(".add") or value in {"yes", "no"}:
        return Named("word", f"shown.{value}")
    return value


def summary(record: AcademicRecord) -> Arg:
    """Return one line for a record: level, school, major, month."""
    return (
        Named("word", f"{record.kind}.level.{record.fields['level']}"),
        record.fields["school"],
        record.fields["major"],
        record.when,
    )


def summary_of(key: str, dossier: Dossier) -> Arg:
    """Return the line for a key such as ``education.0.summary``.

    Raises:
        KeyError: There is no such record.
    """
    kind, index, _ = key.split(".")
    for record in dossier.records("education" if kind == "education" else "degree"):
        if record.index == int(index):
            return summary(record)
    raise KeyError(key)
