"""Accounts: one for an ID number and for a mobile number; their academic records and photo."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from assistant.records import schema, throttle
from assistant.records.core import Core, stamp
from assistant.records.errors import IdentityTaken, MobileTaken, RecordsError
from assistant.records.passwords import decoy_hash, hash_password, needs_rehash, verify_password
from assistant.records.registrations import Registrations, code_of
from flows.dossier import AcademicRecord
from flows.roles import Role


@dataclass(frozen=True)
class Account:
    """What an account holds of a person."""

    name: str
    id_type: str
    id_number: str
    mobile: str
    email: str


@dataclass(frozen=True)
class LoggedIn:
    """What came of a login; ``wait_until`` when there were too many wrong ones."""

    account: str | None
    wait_until: datetime | None = None


class Accounts:
    """The accounts of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    def create(
        self,
        registration: str,
        *,
        name: str,
        id_type: str,
        id_number: str,
        mobile: str,
        email: str,
        password_hash: str,
        now: datetime,
        role: Role,
    ) -> str:
        """Make an account and attach the registration to it.

        Raises:
            IdentityTaken: The ID number has an account (FAQ 11.1).
            MobileTaken: The mobile number has one (FAQ 11.2).
        """
        core = self._core
        account = core.id()
        values = {
            column: core.cipher.encrypt(value, f"account|{column}|{account}")
            for column, value in (
                ("name_enc", name),
                ("id_number_enc", id_number),
                ("mobile_enc", mobile),
                ("email_enc", email),
            )
        }
        try:
            with core.connection.begin_nested():
                core.connection.execute(
                    insert(schema.account).values(
                        id=account,
                        identity_idx=core.identity(id_number),
                        identity_name_idx=core.name("identity-name", name, core.identity(id_number).hex()),
                        mobile_idx=core.mobile(mobile),
                        id_type=id_type,
                        password_hash=password_hash,
                        created_at=stamp(now),
                        **values,
                    )
                )
        except IntegrityError as error:
            raise _taken(error) from None
        Registrations(core).attach(registration, account)
        core.note("create-account", code_of(core, registration), now=now, role=role)
        return account

    def log_in(self, id_number: str, password: str, *, now: datetime) -> LoggedIn:
        """Log in by ID number; an unknown number and a wrong password take as long and say the same."""
        core, wanted = self._core, id_number.strip().upper()
        until = throttle.locked_until(core, "login", wanted, now)
        if until is not None:
            return LoggedIn(None, until)
        row = core.connection.execute(
            select(schema.account.c.id, schema.account.c.password_hash).where(
                schema.account.c.identity_idx == core.identity(wanted)
            )
        ).first()
        fits = verify_password(row.password_hash if row else decoy_hash(), password)
        if row is None or not fits:
            until = throttle.failed(core, "login", wanted, now)
            if until is not None:
                core.note("lock", row.id if row else "unknown", now=now, role=Role.SYSTEM)
            return LoggedIn(None, until)
        throttle.succeeded(core, "login", wanted)
        if needs_rehash(row.password_hash):
            core.connection.execute(
                update(schema.account)
                .where(schema.account.c.id == row.id)
                .values(password_hash=hash_password(password))
            )
        core.note("log-in", row.id, now=now, role=Role.CANDIDATE)
        return LoggedIn(row.id)

    def account(self, account: str) -> Account:
        """Load an account.

        Raises:
            RecordsError: There is none of that id.
        """
        row = self._core.connection.execute(
            select(schema.account).where(schema.account.c.id == account)
        ).first()
        if row is None:
            raise RecordsError("records-no-account")

        def plain(column: str) -> str:
            return self._core.cipher.text(getattr(row, column), f"account|{column}|{account}")

        return Account(
            plain("name_enc"),
            row.id_type,
            plain("id_number_enc"),
            plain("mobile_enc"),
            plain("email_enc"),
        )

    def check_password(self, account: str, password: str) -> bool:
        """Whether ``password`` is the account's."""
        hashed = self._core.connection.execute(
            select(schema.account.c.password_hash).where(schema.account.c.id == account)
        ).scalar()
        return verify_password(hashed or decoy_hash(), password)

    def change_mobile(self, account: str, mobile: str, *, now: datetime) -> None:
        """Bind another mobile number.

        Raises:
            MobileTaken: It belongs to another user.
        """
        core = self._core
        try:
            with core.connection.begin_nested():
                core.connection.execute(
                    update(schema.account)
                    .where(schema.account.c.id == account)
                    .values(
                        mobile_idx=core.mobile(mobile),
                        mobile_enc=core.cipher.encrypt(mobile, f"account|mobile_enc|{account}"),
                    )
                )
        except IntegrityError as error:
            raise _taken(error) from None
        core.note("change-mobile", account, now=now, role=Role.CANDIDATE)

    def change_email(self, account: str, email: str, *, now: datetime) -> None:
        """Keep another e-mail address."""
        self._core.connection.execute(
            update(schema.account)
            .where(schema.account.c.id == account)
            .values(email_enc=self._core.cipher.encrypt(email, f"account|email_enc|{account}"))
        )
        self._core.note("change-email", account, now=now, role=Role.CANDIDATE)

    # Academic records and photo --------------------------------------------------------------------

    def save_records(self, account: str, records: Iterable[AcademicRecord], *, now: datetime) -> None:
        """Save academic records for good: the database refuses to change or delete them (FAQ 18.4).

        Raises:
            RecordsError: There would be more than five of a kind, or one is there already.
        """
        for record in records:
            place = f"academic_record|{record.item}|{account}"
            try:
                with self._core.connection.begin_nested():
                    self._core.connection.execute(
                        insert(schema.academic_record).values(
                            account_id=account,
                            kind=record.kind,
                            position=record.index,
                            fields_enc=self._core.cipher.encrypt(
                                json.dumps(dict(record.fields), ensure_ascii=False), place
                            ),
                            supersedes=record.supersedes,
                            saved_at=stamp(now),
                        )
                    )
            except IntegrityError as error:
                raise RecordsError("records-full-store") from error
        self._core.note("save-records", account, now=now, role=Role.CANDIDATE)

    def saved_records(self, account: str) -> tuple[AcademicRecord, ...]:
        """Return the records saved for good, education first."""
        rows = self._core.connection.execute(
            select(schema.academic_record)
            .where(schema.academic_record.c.account_id == account)
            .order_by(schema.academic_record.c.kind.desc(), schema.academic_record.c.position)
        )
        return tuple(
            AcademicRecord(
                row.kind,
                row.position,
                json.loads(
                    self._core.cipher.text(
                        row.fields_enc, f"academic_record|{row.kind}.{row.position}|{account}"
                    )
                ),
                row.supersedes,
                saved=True,
            )
            for row in rows
        )

    def store_photo(self, account: str, jpeg: bytes, sha256: str, *, now: datetime) -> None:
        """Keep the photo that the tool has passed."""
        values = {
            "jpeg_enc": self._core.cipher.encrypt(jpeg, f"photo|jpeg_enc|{account}"),
            "sha256": sha256,
            "stored_at": stamp(now),
        }
        changed = self._core.connection.execute(
            update(schema.photo).where(schema.photo.c.account_id == account).values(**values)
        )
        if not changed.rowcount:
            self._core.connection.execute(insert(schema.photo).values(account_id=account, **values))
        self._core.note("store-photo", account, now=now, role=Role.CANDIDATE, details={"sha256": sha256})

    def photo(self, account: str) -> bytes | None:
        """Return the stored photo."""
        stored = self._core.connection.execute(
            select(schema.photo.c.jpeg_enc).where(schema.photo.c.account_id == account)
        ).scalar()
        return self._core.cipher.decrypt(stored, f"photo|jpeg_enc|{account}") if stored else None


def _taken(error: IntegrityError) -> RecordsError:
    return MobileTaken() if "mobile_idx" in str(error.orig) else IdentityTaken()
