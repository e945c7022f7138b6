"""The rules by the name of the field: one way in for the command line, and the ticks while one types."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flows.rules.certificate import certificate_ticks, check_certificate
from flows.rules.email import check_email
from flows.rules.entry import read_entry
from flows.rules.identity import ID_TYPES, born, check_id_number, guess_id_type
from flows.rules.mobile import check_mobile
from flows.rules.name import check_name
from flows.rules.password import check_password
from flows.verdict import Verdict

_CHECKS: Mapping[str, Callable[[str, date], Verdict[str]]] = {
    "name": lambda value, _: check_name(value),
    "id_number": lambda value, today: check_id_number(value, guess_id_type(value), today),
    "mobile": lambda value, _: check_mobile(value),
    "email": lambda value, _: check_email(value),
    "password": lambda value, _: check_password(value),
    "education_certificate": lambda value, _: check_certificate("education", value, {}),
    "degree_certificate": lambda value, _: check_certificate("degree", value, {}),
}
FIELDS: tuple[str, ...] = tuple(_CHECKS)


def check_field(field: str, value: str, today: date) -> Verdict[str]:
    """Judge a value by the rule of its field, as ``chengnuo check FIELD VALUE`` does.

    An ID number is judged as the kind of document that it looks like.

    Raises:
        KeyError: There is no such field; :data:`FIELDS` lists them.
    """
    return _CHECKS[field](value, today)


@dataclass(frozen=True)
class Tick:
    """One rule of a field, and whether what stands in the field meets it: ``tick.<field>.<code>``."""

    code: str
    ok: bool


def ticks(field: str, typed: str, **context: str) -> tuple[Tick, ...]:
    """Return the rules of a field as they stand while one types.

    Args:
        field: The field; one without ticks has none.
        typed: What stands in the field now.
        context: ``id_type`` and ``today`` (``YYYY-MM-DD``) for an ID number; what is known of the record for
            the number of a certificate.

    Returns:
        The same rules that judge the entry, so no entry is refused whose ticks all stand.
    """
    if field == "education_certificate":
        return tuple(Tick(*each) for each in certificate_ticks("education", typed, context))
    if field == "degree_certificate":
        return tuple(Tick(*each) for each in certificate_ticks("degree", typed, context))
    rules = _id_rules(context.get("id_type", "")) if field == "id_number" else _TICKS.get(field)
    if not rules:
        return ()
    verdict = _judged(field, typed, context)
    codes = frozenset(problem.code for problem in verdict.problems)
    return tuple(_tick(code, blocking, codes) for code, blocking in rules)


_Rule = tuple[str, frozenset[str] | None]
"""A tick's code, and the codes of problems that take it away; ``None``: every problem does."""

_UNREAD = ("entry-too-long", "entry-several-lines")


def _unless(*codes: str) -> frozenset[str]:
    return frozenset((*codes, *_UNREAD))


_NAME_LENGTH = ("name-missing", "name-too-long", "name-one-character", "name-only-dots")
_TICKS: Mapping[str, tuple[_Rule, ...]] = {
    "name": (
        ("no-spaces", _unless("name-missing", "name-spaces", "name-spaces-latin", "name-spaces-inside")),
        ("length", _unless(*_NAME_LENGTH)),
        ("characters", None),
    ),
    "password": (
        ("upper", _unless("password-missing", "password-no-upper", "password-too-long")),
        ("lower", _unless("password-missing", "password-no-lower", "password-too-long")),
        ("digit", _unless("password-missing", "password-no-digit", "password-too-long")),
        ("length", _unless("password-missing", "password-too-short", "password-too-long")),
        ("hard-to-guess", None),
    ),
    "mobile": (
        ("digits", _unless("mobile-missing", "mobile-characters", "mobile-extension", "mobile-not-mainland")),
        ("length", _unless("mobile-missing", "mobile-length", "mobile-extension", "mobile-not-mainland")),
        ("prefix", None),
    ),
    "email": (
        ("at-sign", _unless("email-missing", "email-no-at", "email-several-ats", "email-too-long")),
        ("form", None),
    ),
}
_ID_FORM = ("id-missing", "id-type-unknown", "id-fifteen-digits")
_ID_TICKS: tuple[_Rule, ...] = (
    ("digits", _unless(*_ID_FORM, "id-characters", "id-x-place", "id-foreign-form")),
    ("length", _unless(*_ID_FORM, "id-length", "id-foreign-form")),
    ("birth-date", None),
    ("check-digit", None),
)
_FORM_ONLY: tuple[_Rule, ...] = (("form", None),)


def _id_rules(id_type: str) -> tuple[_Rule, ...]:
    if id_type in ("hk-macau-permit", "taiwan-permit", "passport"):
        return _FORM_ONLY
    return _ID_TICKS


def _judged(field: str, typed: str, context: Mapping[str, str]) -> Verdict[str]:
    if field != "id_number":
        return check_field(field, typed, date.max)
    id_type = context.get("id_type", "")
    id_type = id_type if id_type in ID_TYPES else guess_id_type(typed)
    today = date.fromisoformat(context["today"]) if "today" in context else _grown_up(typed, id_type)
    return check_id_number(typed, id_type, today)


def _grown_up(typed: str, id_type: str) -> date:
    """Return a day on which nobody's age stands in the way: without ``today`` no age is judged."""
    day = born(id_type, read_entry(typed, most=100, joined=" -").text.upper())
    return date(min(day.year + 30, date.max.year), 12, 31) if day else date.max


def _tick(code: str, blocking: frozenset[str] | None, problems: frozenset[str]) -> Tick:
    if code == "birth-date":
        # The region stands before the birth date, and the check digit is looked at last of all.
        return Tick(code, problems <= {"id-region-unknown", "id-check-digit"})
    return Tick(code, not problems if blocking is None else problems.isdisjoint(blocking))
