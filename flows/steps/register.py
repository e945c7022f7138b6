"""The second stage: account, fields, academic records, photo, verification (FAQ 7-12, 18)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from content.suggesting import Kind as Suggestions
from flows.dossier import MOST_RECORDS, RECORD_FIELDS, RecordKind, Value
from flows.rules import academic, email, identity, mobile, months, name, password
from flows.situation import Situation
from flows.steps.model import Ask, Option, Step, Tell, Wait, as_value
from flows.steps.orient import acknowledge, yes_or_no
from flows.verdict import Arg, Named, Problem, Verdict

ACCOUNT_FIELDS = ("name", "id_type", "id_number", "mobile", "email")
EARLIEST_STUDY = date(1950, 1, 1)

SUGGESTED: Mapping[str, Suggestions] = {
    "school": "schools",
    "major": "study-majors",
    "country": "countries",
}
"""The fields of a record under which names are suggested while one types."""


def _returning(situation: Situation) -> Problem | None:
    return Problem("passed-has-account") if situation.first_time is False else None


def _no_plan(situation: Situation) -> tuple[Tell, ...]:
    return (Tell("plan", show="plan"),) if situation.window else ()


def _id_types(_: Situation) -> tuple[Option, ...]:
    return tuple(Option(each, Named("word", f"id_type.{each}")) for each in identity.ID_TYPES)


def _id_number(typed: str, situation: Situation) -> Verdict[Value]:
    return as_value(identity.check_id_number(typed, situation.dossier.text("id_type"), situation.today))


def _id_type(situation: Situation) -> Mapping[str, Arg]:
    return {"id_type": situation.dossier.text("id_type"), "today": situation.today.isoformat()}


def _password(typed: str, situation: Situation) -> Verdict[Value]:
    known = tuple(filter(None, (situation.dossier.text(key) for key in ("name", "id_number", "mobile"))))
    return as_value(password.check_password(typed, known))


def _account_review(_: Situation) -> tuple[str, ...]:
    return ACCOUNT_FIELDS


# Academic records ------------------------------------------------------------------------------------


def record_field(kind: RecordKind, index: int, field: str) -> Ask:
    """Ask for one field of one record: a question of the conversation, a line of the page of records."""
    key = f"{kind}.{index}.{field}"
    levels = academic.EDUCATION_LEVELS if kind == "education" else academic.DEGREE_LEVELS
    choices: Mapping[str, tuple[str, ...]] = {"level": levels, "study": academic.STUDY_MODES}
    if field in choices:
        label = f"{kind}.level" if field == "level" else field

        def options(_: Situation) -> tuple[Option, ...]:
            return tuple(Option(each, Named("word", f"{label}.{each}")) for each in choices[field])

        return Ask(key, "choice", options=options, args=_number(index))

    def judge(typed: str, situation: Situation) -> Verdict[Value]:
        return as_value(_judge_record_field(kind, index, field, typed, situation))

    if field != "certificate":
        return Ask(key, judge=judge, args=_number(index), suggest=SUGGESTED.get(field))
    return Ask(key, judge=judge, args=_known(kind, index), ticks=f"{kind}_certificate", may_skip=True)


def _number(index: int) -> Callable[[Situation], Mapping[str, Arg]]:
    return lambda _: {"number": index + 1}


def _known(kind: RecordKind, index: int) -> Callable[[Situation], Mapping[str, Arg]]:
    """Hand on what the number of a certificate is compared with, for its ticks."""
    return lambda situation: {**_fields(kind, index, situation), "number": index + 1}


def _fields(kind: RecordKind, index: int, situation: Situation) -> dict[str, str]:
    known = situation.dossier
    keys = {name: f"{kind}.{index}.{name}" for name in RECORD_FIELDS[kind]}
    return {name: known.text(key) for name, key in keys.items() if key in known}


def _judge_record_field(
    kind: RecordKind, index: int, field: str, typed: str, situation: Situation
) -> Verdict[str]:
    match field:
        case "school":
            return academic.check_school(typed)
        case "major":
            return academic.check_major_name(typed)
        case "country":
            return academic.check_country(typed)
        case "certificate":
            return academic.check_certificate(kind, typed, _fields(kind, index, situation))
        case _:
            earliest = date(situation.born.year + 10, 1, 1) if situation.born else EARLIEST_STUDY
            return months.check_month(typed, earliest=earliest, latest=situation.today)


def _records(situation: Situation, kind: RecordKind) -> tuple[Ask, ...]:
    """Ask the fields of each record begun, then whether there is another one (FAQ 18.2, 18.3)."""
    dossier = situation.dossier
    asks: list[Ask] = []
    for index in range(MOST_RECORDS):
        gate = f"{kind}.{index}.add"
        begun = any(f"{kind}.{index}.{field}" in dossier for field in RECORD_FIELDS[kind])
        if not (kind == "education" and index == 0) and not begun:
            if "academic.submit" in dossier and gate not in dossier:
                break
            asks.append(Ask(gate, "choice", options=_gate(kind, index), args=_number(index)))
            if dossier.text(gate) != "yes":
                break
        asks.extend(record_field(kind, index, field) for field in RECORD_FIELDS[kind])
    return tuple(asks)


def _gate(kind: RecordKind, index: int) -> Callable[[Situation], tuple[Option, ...]]:
    return lambda _: yes_or_no(f"{kind}.add.first" if index == 0 else f"{kind}.add")


def _academic_asks(situation: Situation) -> tuple[Ask, ...]:
    return (
        *_records(situation, "education"),
        *_records(situation, "degree"),
        Ask(
            "academic.submit",
            "acknowledge",
            options=lambda _: acknowledge("academic.submit"),
            act="save-academic",
            review=_academic_review,
            irreversible=True,
        ),
    )


def _academic_review(situation: Situation) -> tuple[str, ...]:
    return tuple(
        f"{kind}.{record.index}.{field}"
        for kind in RECORD_FIELDS
        for record in situation.dossier.records(kind)
        if not record.saved
        for field in RECORD_FIELDS[kind]
    )


# Photo and verification ------------------------------------------------------------------------------


def _needs_login(situation: Situation) -> bool:
    return situation.first_time is not False


def _verification_wait(situation: Situation) -> Wait | None:
    if not situation.pending:
        return None
    until = situation.results_at
    late = until is not None and until <= situation.now
    return Wait(
        "wait.verification.late" if late else "wait.verification",
        None if late else until,
        {"items": situation.pending_since, "at": until or situation.now},
    )


STEPS: tuple[Step, ...] = (
    Step(
        "first-time",
        item=7,
        stage="register",
        passed=_returning,
        tells=_no_plan,
    ),
    Step(
        "returning",
        item=8,
        stage="register",
        asks=(
            Ask("login.id_number", private=True),
            Ask("account", "secret", act="log-in", private=True, stem="login.password"),
        ),
        passed=lambda s: Problem("passed-first-time") if s.first_time else None,
        tells=_no_plan,
    ),
    Step(
        "account",
        item=10,
        stage="register",
        asks=(
            Ask("agreement", "acknowledge", options=lambda _: acknowledge("agreement")),
            Ask("instructions", "acknowledge", options=lambda _: acknowledge("instructions")),
        ),
        passed=_returning,
    ),
    Step(
        "account-rules",
        item=11,
        stage="register",
        asks=(
            Ask("name", judge=lambda t, _: as_value(name.check_name(t)), act="keep-name", ticks="name"),
            Ask("id_type", "choice", options=_id_types),
            Ask("id_number", judge=_id_number, args=_id_type, private=True, ticks="id_number"),
            Ask("mobile", judge=lambda t, _: as_value(mobile.check_mobile(t)), private=True, ticks="mobile"),
            Ask("email", judge=lambda t, _: as_value(email.check_email(t)), ticks="email"),
            Ask("password", "secret", judge=_password, act="hash-password", private=True, ticks="password"),
            Ask("account.code", act="check-code"),
            Ask(
                "account",
                "acknowledge",
                options=lambda _: acknowledge("account.submit"),
                act="create-account",
                review=_account_review,
                irreversible=True,
            ),
        ),
        passed=_returning,
    ),
    Step("academic", item=18, stage="register", also=_academic_asks),
    Step(
        "photo",
        item=12,
        stage="register",
        asks=(
            Ask("photo.login", "secret", act="log-in-again", private=True, when=_needs_login),
            Ask("photo", "file", act="take-photo"),
            Ask("photo.confirm", "choice", options=lambda _: yes_or_no("photo.confirm"), act="confirm-photo"),
        ),
    ),
    Step("verification", item=9, stage="register", waits=_verification_wait),
)
