"""Registrations and their facts: begin, load, save, resume, confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records import schema, throttle
from assistant.records.core import Core, code, moment, stamp
from assistant.records.errors import RecordsError, RoleRefused
from assistant.records.passwords import decoy_hash, hash_password, verify_password
from flows.dossier import Dossier, Fact, Origin, Value
from flows.roles import Role


@dataclass(frozen=True)
class Begun:
    """A new registration: its id, its resume code, and the PIN that is shown only now."""

    registration: str
    code: str
    pin: str


@dataclass(frozen=True)
class Loaded:
    """A registration as it is stored."""

    registration: str
    code: str
    edition: str
    language: str
    content_version: str
    dossier: Dossier
    account: str | None
    confirmed_at: datetime | None
    created_at: datetime


@dataclass(frozen=True)
class Resumed:
    """What came of a try to resume; ``wait_until`` when there were too many wrong ones."""

    registration: str | None
    wait_until: datetime | None = None


class Registrations:
    """The registrations of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    def begin(self, *, edition: str, language: str, content_version: str, now: datetime, role: Role) -> Begun:
        """Begin a registration with nothing known."""
        begun = Begun(self._core.id(), code(8, self._core.draw), f"{self._core.draw(10**6):06d}")
        self._core.connection.execute(
            insert(schema.registration).values(
                id=begun.registration,
                code=begun.code,
                pin_hash=hash_password(begun.pin),
                edition=edition,
                language=language,
                content_version=content_version,
                created_at=stamp(now),
                updated_at=stamp(now),
            )
        )
        self._core.note("begin", begun.code, now=now, role=role)
        return begun

    def load(self, registration: str) -> Loaded:
        """Load a registration with its facts.

        Raises:
            RecordsError: There is none of that id.
        """
        row = self._core.connection.execute(
            select(schema.registration).where(schema.registration.c.id == registration)
        ).first()
        if row is None:
            raise RecordsError("records-no-registration")
        facts = self._core.connection.execute(
            select(schema.fact).where(schema.fact.c.registration_id == registration).order_by("position")
        )
        return Loaded(
            registration=row.id,
            code=row.code,
            edition=row.edition,
            language=row.language,
            content_version=row.content_version,
            dossier=Dossier({each.key: self._fact(registration, each) for each in facts}),
            account=row.account_id,
            confirmed_at=moment(row.confirmed_at) if row.confirmed_at else None,
            created_at=moment(row.created_at),
        )

    def _fact(self, registration: str, row: object) -> Fact:
        stored: Value = json.loads(self._core.cipher.text(row.value_enc, _place(registration, row.key)))  # type: ignore[attr-defined]
        value: Value = tuple(stored) if isinstance(stored, list) else stored
        origin: Origin = row.origin  # type: ignore[attr-defined]
        return Fact(row.key, value, moment(row.at), Role(row.role), origin, bool(row.stale))  # type: ignore[attr-defined]

    def save(self, registration: str, *, put: Iterable[Fact], removed: Iterable[str], now: datetime) -> None:
        """Keep facts and forget others.

        Raises:
            RecordsError: The registration is confirmed and the database refuses the change (FAQ 13.5).
        """
        connection = self._core.connection
        try:
            for key in removed:
                connection.execute(
                    delete(schema.fact).where(
                        schema.fact.c.registration_id == registration, schema.fact.c.key == key
                    )
                )
            for fact in put:
                self._put(registration, fact)
            changed = connection.execute(
                update(schema.registration)
                .where(schema.registration.c.id == registration)
                .values(updated_at=stamp(now))
            )
        except IntegrityError as error:
            raise _locked(error) from error
        if not changed.rowcount:
            raise RecordsError("records-no-registration")

    def _put(self, registration: str, fact: Fact) -> None:
        connection = self._core.connection
        values = {
            "value_enc": self._core.cipher.encrypt(
                json.dumps(fact.value, ensure_ascii=False), _place(registration, fact.key)
            ),
            "at": stamp(fact.at),
            "role": fact.role.value,
            "origin": fact.origin,
            "stale": int(fact.stale),
        }
        where = (schema.fact.c.registration_id == registration, schema.fact.c.key == fact.key)
        if connection.execute(update(schema.fact).where(*where).values(**values)).rowcount:
            return
        last = connection.execute(
            select(func.max(schema.fact.c.position)).where(schema.fact.c.registration_id == registration)
        ).scalar()
        connection.execute(
            insert(schema.fact).values(
                registration_id=registration, key=fact.key, position=(last or 0) + 1, **values
            )
        )

    def set_language(self, registration: str, language: str) -> None:
        """Remember the language in which the candidate went on."""
        self._core.connection.execute(
            update(schema.registration)
            .where(schema.registration.c.id == registration)
            .values(language=language)
        )

    def find(self, code: str) -> str | None:
        """Find a registration by its resume code, with or without the dash."""
        return self._core.connection.execute(
            select(schema.registration.c.id).where(schema.registration.c.code == _written(code))
        ).scalar()

    def resume(self, code: str, secret: str, *, now: datetime) -> Resumed:
        """Take up a registration by its code and a second secret: the PIN, or the account's password.

        An unknown code and a wrong secret take as long and say the same.
        """
        wanted = _written(code)
        until = throttle.locked_until(self._core, "resume", wanted, now)
        if until is not None:
            return Resumed(None, until)
        row = self._core.connection.execute(
            select(schema.registration, schema.account.c.password_hash)
            .join(schema.account, isouter=True)
            .where(schema.registration.c.code == wanted)
        ).first()
        hashes = [row.pin_hash, row.password_hash or decoy_hash()] if row else [decoy_hash(), decoy_hash()]
        fits = [verify_password(hashed, secret) for hashed in hashes]
        if row is None or not any(fits):
            until = throttle.failed(self._core, "resume", wanted, now)
            if until is not None:
                # The code as it was typed may be anything, so only a known one stands on the audit trail.
                self._core.note("lock", row.code if row else "unknown", now=now, role=Role.SYSTEM)
            return Resumed(None, until)
        throttle.succeeded(self._core, "resume", wanted)
        self._core.note("resume", row.code, now=now, role=Role.CANDIDATE)
        return Resumed(row.id)

    def attach(self, registration: str, account: str) -> None:
        """Say to which account a registration belongs.

        Raises:
            RecordsError: There is no such registration or account, or the registration is confirmed.
        """
        try:
            changed = self._core.connection.execute(
                update(schema.registration)
                .where(schema.registration.c.id == registration)
                .values(account_id=account)
            )
        except IntegrityError as error:
            raise _locked(error) from error
        if not changed.rowcount:
            raise RecordsError("records-no-registration")

    def confirm(self, registration: str, *, now: datetime, role: Role) -> None:
        """Confirm for good: from now on the database refuses changes (FAQ 13.5).

        Raises:
            RoleRefused: Somebody else than the candidate tries.
            RecordsError: There is no such registration, or it is confirmed already.
        """
        if role is not Role.CANDIDATE:
            raise RoleRefused("confirm", "not-for-staff", self._code(registration), role=role, now=now)
        try:
            changed = self._core.connection.execute(
                update(schema.registration)
                .where(schema.registration.c.id == registration)
                .values(confirmed_at=stamp(now))
            )
        except IntegrityError as error:
            raise _locked(error) from error
        if not changed.rowcount:
            raise RecordsError("records-no-registration")
        self._core.note("confirm", self._code(registration), now=now, role=role)

    def _code(self, registration: str) -> str:
        return code_of(self._core, registration)


def code_of(core: Core, registration: str) -> str:
    """Return the resume code of a registration: its name on the audit trail."""
    found = core.connection.execute(
        select(schema.registration.c.code).where(schema.registration.c.id == registration)
    ).scalar()
    return found or registration


def _written(code: str) -> str:
    """Write a code as it is stored, however it was typed: in groups of four with a dash between."""
    plain = "".join(character for character in code.upper() if character.isalnum())[:40]
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


def _locked(error: IntegrityError) -> RecordsError:
    """Tell a refusing trigger from a registration that is not there."""
    name = getattr(error.orig, "sqlite_errorname", "")
    return RecordsError("confirmed-locked-store" if name.endswith("TRIGGER") else "records-no-registration")


def _place(registration: str, key: str) -> str:
    return f"fact|{key}|{registration}"
