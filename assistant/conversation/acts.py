"""What answering does beyond keeping a fact: each act is one function, inside the turn's transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversation import letters
from assistant.conversation.messages import Card, Message, Row, Said, Warned
from assistant.conversation.outside import Outside
from assistant.files import FileRefusedError, read_ordinary
from flows import challenge, journey
from flows.dossier import RECORD_FIELDS, Dossier, Fact, Value
from flows.roles import Role
from flows.rules import academic, levels, name
from flows.situation import Situation
from flows.steps.apply import closed
from flows.verdict import Problem

if TYPE_CHECKING:
    from assistant.records import Turn
    from assistant.records.casework import Opened


@dataclass(frozen=True)
class Acting:
    """What an act works with.

    Args:
        outside: The parts that do I/O.
        turn: The transaction.
        registration: The registration of this candidate.
        situation: Where the candidate stands before the act.
        key: The fact that was asked for.
        given: What was answered: text, an option id, or a path.
        challenge: The verification code that stands, for ``check-code``.
    """

    outside: Outside
    turn: Turn
    registration: str
    situation: Situation
    key: str
    given: str
    challenge: challenge.Challenge | None = None

    @property
    def now(self) -> datetime:
        """The time of this turn."""
        return self.situation.now

    @property
    def dossier(self) -> Dossier:
        """What is known before the act."""
        return self.situation.dossier

    @property
    def role(self) -> Role:
        """Who acts."""
        return self.outside.role

    @property
    def account(self) -> str:
        """The candidate's account, or the empty string."""
        return self.dossier.text("account")

    def fact(self, key: str, value: Value) -> Fact:
        """Make a fact that the acting person states now."""
        return Fact(key, value, self.now, self.role)

    def kept(self, key: str, value: Value) -> Fact:
        """Make a fact that comes from the archive."""
        return Fact(key, value, self.now, Role.SYSTEM, "archive")


@dataclass(frozen=True)
class Acted:
    """What came of an act.

    Args:
        facts: The facts to keep; none when it was refused.
        removed: Keys that are no longer known.
        problems: Why it was refused.
        messages: What is said about it.
        refused_role: The trigger that a wrong role tried, to be noted on the audit trail.
        then: What is done once the facts are kept, still in the same transaction.
    """

    facts: tuple[Fact, ...] = ()
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    messages: tuple[Message, ...] = field(default=())
    refused_role: str | None = None
    then: Callable[[], None] | None = None


def _refused(*problems: Problem, removed: tuple[str, ...] = ()) -> Acted:
    return Acted(problems=problems, removed=removed)


def _wrong_role(acting: Acting, trigger: str) -> Acted | None:
    refusal = journey.may(trigger, acting.role)
    return None if refusal is None else Acted(problems=(refusal,), refused_role=trigger)


def _window_shut(acting: Acting) -> Acted | None:
    """Refuse what is submitted before registration opens or after it closes."""
    ending = closed(acting.situation)
    if ending is None:
        return None
    return _refused(Problem(ending.text.replace("ending.", "window-"), ending.args))


# The account -----------------------------------------------------------------------------------------


def keep_name(acting: Acting) -> Acted:
    """Keep the true name, and show beside it the form for systems that lack a character (FAQ 11.3)."""
    from flows import characters

    told: tuple[Message, ...] = ()
    if characters.outside_gbk(acting.given):
        form = {"name": acting.given, "stand_in": characters.stand_in(acting.given)}
        told = (Said("characters.stand-in", form),)
    return Acted((acting.fact(acting.key, acting.given),), messages=told)


def hash_password(acting: Acting) -> Acted:
    """Keep the argon2id hash of a password; the password itself is never stored."""
    from assistant.records.passwords import hash_password as hashed

    return Acted((acting.fact(acting.key, hashed(acting.given)),))


def check_code(acting: Acting) -> Acted:
    """Take a verification code; a wrong or expired one brings a new one and loses nothing (FAQ 10.3)."""
    standing = acting.challenge
    if standing is None:
        minutes = int(challenge.LASTS.total_seconds() // 60)
        return _refused(Problem("challenge-expired", {"minutes": minutes}))
    problem = challenge.check(standing, acting.given, acting.now)
    return _refused(problem) if problem else Acted((acting.fact(acting.key, True),))


def create_account(acting: Acting) -> Acted:
    """Register the user: the store holds one account for an ID and for a mobile number (FAQ 11.1, 11.2)."""
    from assistant.records import IdentityTaken, MobileTaken

    known = acting.dossier
    try:
        account = acting.turn.create_account(
            acting.registration,
            name=known.text("name"),
            id_type=known.text("id_type"),
            id_number=known.text("id_number"),
            mobile=known.text("mobile"),
            email=known.text("email"),
            password_hash=known.text("password"),
            now=acting.now,
            role=acting.role,
        )
    except IdentityTaken:
        return _refused(Problem("identity-taken", acting.situation.exam_and_province))
    except MobileTaken:
        return _refused(Problem("mobile-taken", acting.situation.exam_and_province))
    return Acted((acting.fact("account", account),), messages=(Said("said.account-made"),))


def log_in(acting: Acting) -> Acted:
    """Log a registered candidate in and bring what the account holds (FAQ 8.1, 8.2)."""
    number = acting.dossier.text("login.id_number").strip().upper()
    result = acting.turn.log_in(number, acting.given, now=acting.now)
    if result.account is None:
        code = "login-locked" if result.wait_until else "login-failed"
        args = {"until": result.wait_until} if result.wait_until else {}
        return _refused(Problem(code, args), removed=("login.id_number",))
    acting.turn.attach(acting.registration, result.account)
    account = acting.turn.account(result.account)
    held = {
        "name": account.name,
        "id_type": account.id_type,
        "id_number": account.id_number,
        "mobile": account.mobile,
        "email": account.email,
    }
    facts = [
        acting.fact("account", result.account),
        *(acting.kept(key, value) for key, value in held.items()),
    ]
    saved = acting.turn.saved_records(result.account)
    for record in saved:
        facts += [acting.kept(f"{record.item}.{field}", value) for field, value in record.fields.items()]
        facts.append(acting.kept(f"{record.item}.saved", True))
        facts.append(acting.kept(f"{record.item}.add", "yes"))
        if record.supersedes is not None:
            facts.append(acting.kept(f"{record.item}.supersedes", record.supersedes))
    if any(record.kind == "education" for record in saved):
        for kind in RECORD_FIELDS:
            count = sum(record.kind == kind for record in saved)
            facts.append(acting.kept(f"{kind}.{count}.add", "no"))
        facts.append(acting.kept("academic.submit", True))
    photo = acting.turn.photo(result.account)
    if photo is not None:
        facts += [
            acting.kept("photo", hashlib.sha256(photo).hexdigest()),
            acting.kept("photo.confirm", "yes"),
        ]
    return Acted(
        tuple(facts),
        messages=(Said("said.logged-in", {"name": account.name}),),
    )


def log_in_again(acting: Acting) -> Acted:
    """Ask for the password again before the photo: it is uploaded after logging in (FAQ 12.1)."""
    if not acting.turn.check_password(acting.account, acting.given):
        return _refused(Problem("password-differs"))
    return Acted((acting.fact(acting.key, True),))


# Academic records and photo --------------------------------------------------------------------------


def save_academic(acting: Acting) -> Acted:
    """Save the records for good and hand identity and records to verification (FAQ 10.3, 18.4)."""
    records = tuple(
        record
        for kind in RECORD_FIELDS
        for record in acting.dossier.records(kind)
        if record.complete and not record.saved
    )
    acting.turn.save_records(acting.account, records, now=acting.now)
    items = ["identity"] if "verification.identity.submitted" not in acting.dossier else []
    acting.turn.submit_verification(
        acting.account, [*items, *(each.item for each in records)], now=acting.now
    )
    facts = (
        acting.fact("academic.submit", True),
        *(acting.fact(f"{each.item}.saved", True) for each in records),
    )
    return Acted(facts, messages=(Said("said.academic-saved"),))


def academic_warnings(situation: Situation) -> tuple[Problem, ...]:
    """Return what looks odd across the records, before they are saved (requirement P.2)."""
    dossier = situation.dossier
    return academic.review_records(dossier.records("education"), dossier.records("degree"), situation.born)


def take_photo(acting: Acting) -> Acted:
    """Judge a photo; what fails by size or form alone is processed and judged again (FAQ 12.2, 12.3)."""
    from assistant import photo

    try:
        path = Path(acting.given).expanduser()
    except RuntimeError:
        # A home folder of somebody who does not exist here.
        return _refused(Problem("photo-unreadable"))
    try:
        # Read once: what is judged is what is kept, whatever happens to the file meanwhile.
        jpeg = read_ordinary(path, photo.MOST_INPUT)
    except FileRefusedError as refused:
        return _refused(refused.problem)
    report = photo.judge_bytes(jpeg)
    processed = not photo.accepted(report)
    if processed:
        first = report
        report, jpeg = photo.process_bytes(jpeg)
        if not photo.accepted(report):
            failed = report if any(check.message for check in report.checks) else first
            problems = tuple(check.message for check in failed.checks if check.message is not None)
            return _refused(*(problems or (Problem("photo-unreadable"),)))
    digest = hashlib.sha256(jpeg).hexdigest()
    acting.turn.store_photo(acting.account, jpeg, digest, now=acting.now)
    rows = tuple(Row(f"check.photo.{each.name}", each.measured) for each in report.checks)
    told: tuple[Message, ...] = (Card("status", "photo.passed", rows),)
    if processed:
        told = (Said("said.photo-processed"), *told)
    return Acted((acting.fact("photo", digest),), messages=told)


def confirm_photo(acting: Acting) -> Acted:
    """Take the candidate's word for what a program cannot see; *no* asks for another photo."""
    if acting.given == "no":
        return Acted(removed=("photo", "photo.confirm"), messages=(Said("said.photo-again"),))
    return Acted((acting.fact(acting.key, "yes"),))


# The application -------------------------------------------------------------------------------------


def choose_exam(acting: Acting) -> Acted:
    """Choose the exam; not with verification incomplete or outside the window (FAQ 7.3, 13.1)."""
    if acting.given != "yes":
        return Acted()
    if (shut := _window_shut(acting)) is not None:
        return shut
    if acting.situation.pending:
        return _refused(Problem("verification-pending-items", {"items": acting.situation.pending_since}))
    return Acted((acting.fact(acting.key, "yes"),))


def choose_level(acting: Acting) -> Acted:
    """Keep the level, and warn of one that would cut off earlier passes (requirement L.8)."""
    fact = acting.fact(acting.key, acting.given)
    exam = acting.situation.exam
    trap = levels.level_trap(exam, acting.given, acting.situation.standing_passes) if exam else None
    return Acted((fact,), messages=(Warned("level", (trap,)),) if trap else ())


def decline(acting: Acting) -> Acted:
    """Decline the commitment in a second step; *no* goes back to adopting it (requirement L.1)."""
    if acting.given == "no":
        return Acted(removed=("adopt_commitment", "decline.confirm"))
    return Acted((acting.fact(acting.key, True),))


def check_signed_name(acting: Acting) -> Acted:
    """Take the full name typed under the letter; it must be the account's (FAQ 5.2)."""
    typed = name.check_name(acting.given).value or acting.given.strip()
    if typed != acting.dossier.text("name"):
        return _refused(Problem("letter-name-differs"))
    return Acted((acting.fact(acting.key, typed),))


def sign(acting: Acting) -> Acted:
    """Seal the commitment letter with the candidate's own password (FAQ 5, 13.4)."""
    if (wrong := _wrong_role(acting, "sign")) is not None:
        return wrong
    if not acting.turn.check_password(acting.account, acting.given):
        return _refused(Problem("letter-not-authenticated"))
    from assistant.letter import render

    verdict = letters.seal(acting.situation, acting.outside, acting.turn, acting.registration)
    sealed = verdict.value
    if sealed is None:
        return _refused(*verdict.problems)
    acting.turn.supersede_letters(acting.registration, now=acting.now)
    acting.turn.seal_letter(
        acting.registration, file=render(sealed), sha256=sealed.sha256, now=acting.now, role=acting.role
    )
    facts = (acting.fact("signature", sealed.sha256),)
    return Acted(facts, messages=(Said("said.sealed", {"sha256": sealed.sha256, "at": acting.now}),))


def confirm(acting: Acting) -> Acted:
    """Confirm the application for good, open the review where one is due, and make the payment slip."""
    if (wrong := _wrong_role(acting, "confirm")) is not None:
        return wrong
    if (shut := _window_shut(acting)) is not None:
        return shut
    if acting.situation.route is None:
        return _refused(Problem("guard-commitment-due"))
    fact = acting.fact(acting.key, True)
    reasons = [(each.group, each.item) for each in acting.situation.reasons]
    opened: Opened = "opened"
    if reasons:
        lasting = acting.situation.edition.lasting_review
        opened = acting.turn.open_review(acting.registration, reasons, now=acting.now, lasting=lasting)
    slip = acting.turn.payment_slip(acting.registration, now=acting.now, role=acting.role)
    slip_fact = Fact("payment.slip", slip, acting.now, Role.SYSTEM, "system")

    def then() -> None:
        # Last of all: from here on the database refuses every change.
        acting.turn.confirm(acting.registration, now=acting.now, role=acting.role)

    told: tuple[Message, ...] = (Said("said.confirmed"),)
    if opened != "opened":
        told = (*told, Said(f"said.review-{opened}", acting.situation.exam_and_province))
    return Acted((fact, slip_fact), messages=told, then=then)


ACTS: Mapping[str, Callable[[Acting], Acted]] = {
    "keep-name": keep_name,
    "hash-password": hash_password,
    "check-code": check_code,
    "create-account": create_account,
    "log-in": log_in,
    "log-in-again": log_in_again,
    "save-academic": save_academic,
    "take-photo": take_photo,
    "confirm-photo": confirm_photo,
    "choose-exam": choose_exam,
    "choose-level": choose_level,
    "decline": decline,
    "check-signed-name": check_signed_name,
    "sign": sign,
    "confirm": confirm,
}
"""The acts by the name that an ask gives them."""
