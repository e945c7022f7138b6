"""The store: gives transactions, of which a turn of the conversation is one, and looks after the file."""

from __future__ import annotations

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, Engine, delete, exists, select
from sqlalchemy.exc import DatabaseError, IntegrityError

from assistant.records import audit, schema
from assistant.records.accounts import Accounts
from assistant.records.auditing import Auditing
from assistant.records.authority import Authority
from assistant.records.calls import CallNotes
from assistant.records.casework import Casework
from assistant.records.core import Core, Draw, stamp
from assistant.records.encryption import Cipher
from assistant.records.errors import RecordsError, RoleRefused
from assistant.records.false_promises import FalsePromises
from assistant.records.finding import Finding
from assistant.records.marking import Mark
from assistant.records.opening import failure, open_database, quick_check
from assistant.records.overview import Overviews
from assistant.records.payment_items import PaymentItems
from assistant.records.payment_slips import PaymentSlips
from assistant.records.payments import Payments
from assistant.records.proceedings import Proceedings
from assistant.records.publicity import PublicityLists
from assistant.records.publishing import Publishing
from assistant.records.queue import Queue
from assistant.records.registrations import Registrations
from assistant.records.reports import Reports
from assistant.records.results import Results
from assistant.records.staff import StaffAccounts
from assistant.records.supervision import Supervision
from flows.roles import Role


class Turn:
    """One transaction: everything that a turn reads and writes goes through it."""

    def __init__(self, core: Core) -> None:
        """Gather the parts that work inside ``core``'s transaction."""
        registrations, accounts = Registrations(core), Accounts(core)
        authority, proceedings = Authority(core), Proceedings(core)
        self._core = core
        self.begin = registrations.begin
        self.load = registrations.load
        self.save = registrations.save
        self.set_language = registrations.set_language
        self.find = registrations.find
        self.resume = registrations.resume
        self.attach = registrations.attach
        self.confirm = registrations.confirm
        self.create_account = accounts.create
        self.log_in = accounts.log_in
        self.account = accounts.account
        self.check_password = accounts.check_password
        self.change_mobile = accounts.change_mobile
        self.change_email = accounts.change_email
        self.save_records = accounts.save_records
        self.saved_records = accounts.saved_records
        self.store_photo = accounts.store_photo
        self.photo = accounts.photo
        self.know_person = authority.know_person
        self.know_certificate = authority.know_certificate
        self.answer_for = authority.answer_for
        self.submit_verification = authority.submit
        self.verifications = authority.verifications
        self.seal_letter = proceedings.seal_letter
        self.supersede_letters = proceedings.supersede_letters
        self.letters = proceedings.letters
        self.integrity = proceedings.integrity
        self.add_integrity = proceedings.add_integrity
        self.earlier_passes = proceedings.earlier_passes
        self.add_earlier_pass = proceedings.add_earlier_pass
        self.payment_slip = proceedings.payment_slip
        self.payment = proceedings.payment
        self._name_cases(core)
        self._name_money(core)
        self._name_staff(core)
        self.note = core.note
        self._name_justice(core)

    def _name_justice(self, core: Core) -> None:
        """Name what reports, false promises and publicity need."""
        reports, promises, publishing = Reports(core), FalsePromises(core), Publishing(core)
        self.take_report = reports.take_report
        self.work_report = reports.work_report
        self.report_case = reports.report_case
        self.reporter = reports.reporter
        self.report_outcome = reports.report_outcome
        self.reports = reports.reports
        self.open_false_promise = promises.open_false_promise
        self.open_on_registration = promises.open_on_registration
        self.bring_into_force = promises.bring_into_force
        self.false_promise_row = promises.false_promise_row
        self.work_false_promise = promises.work_false_promise
        self.false_promise = promises.false_promise
        self.false_promises = promises.false_promises
        self.consequence = promises.consequence
        self.blacklist = publishing.blacklist
        self.publish_decision = publishing.publish_decision
        self.publications = publishing.publications
        self.credit_entries = publishing.credit_entries
        self.keep_export = publishing.keep_export
        self.told_employer = publishing.told_employer
        self.keep_employer_letter = publishing.keep_employer_letter
        self.sent = publishing.sent

    def _name_staff(self, core: Core) -> None:
        self.keep_call_note = CallNotes(core).keep
        self.call_notes = CallNotes(core).listed
        staff = StaffAccounts(core)
        self.add_staff = staff.add
        self.staff_log_in = staff.log_in
        self.staff_log_out = staff.log_out
        self.on_duty = staff.on_duty
        self.staff_member = staff.member
        self.staff_members = staff.members
        self.staff_names = staff.names
        self.set_staff_roles = staff.set_roles
        self.set_staff_active = staff.set_active
        self.set_staff_password = staff.set_password
        self.find_candidate = Finding(core).find
        auditing = Auditing(core)
        self.audit_entries = auditing.entries
        self.verify_audit = auditing.verify

    def _name_cases(self, core: Core) -> None:
        casework, queue = Casework(core), Queue(core)
        self.open_review = casework.open_review
        self.claim_review = casework.claim_review
        self.release_review = casework.release_review
        self.ask_evidence = casework.ask_evidence
        self.receive_evidence = casework.receive_evidence
        self.decide_review = casework.decide_review
        self.second_review = casework.second_review
        self.review = casework.review
        self.review_page = queue.review_page
        self.review_provinces = queue.review_provinces
        self.review_case = queue.review_case

    def _name_money(self, core: Core) -> None:
        payments = Payments(core)
        items = PaymentItems(core, payments)
        self.look_at_slip = PaymentSlips(core).look
        self.take_payment = payments.take_payment
        self.import_statement = payments.import_statement
        self.settle_payment = payments.settle
        self.claim_payment = items.claim_payment
        self.payment_claim = items.claim
        self.payment_refund = items.refund
        self.payment_items = items.payment_items
        self.count_payment_items = items.count_payment_items
        self.assign_payment = items.assign_payment
        self.clear_payment = items.clear_payment
        supervision = Supervision(core)
        self.import_results = Results(core).import_results
        self.draw_sample = supervision.draw_sample
        self.samples = supervision.samples
        self.checks = supervision.checks
        self.close_check = supervision.close_check
        self.doubtful = supervision.doubtful
        lists = PublicityLists(core)
        self.publicity_draft = lists.publicity_draft
        self.draft_page = lists.draft_page
        self.publish_list = lists.publish_list
        self.published = lists.published
        self.published_page = lists.published_page
        self.publicities = lists.publicities
        self.publicities_on = lists.publicities_on
        self.overview = Overviews(core).overview


class Records:
    """The store of one installation."""

    def __init__(self, engine: Engine, cipher: Cipher, path: Path, *, draw: Draw = secrets.randbelow) -> None:
        """Work on ``engine``; use :func:`open_records`."""
        self._engine = engine
        self._cipher = cipher
        self._path = path
        self._draw = draw

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except DatabaseError as error:
            raise failure(error, self._path) from None

    @contextmanager
    def turn(self) -> Iterator[Turn]:
        """Give one transaction: committed at the end, rolled back on any exception.

        Raises:
            RoleRefused: A role tried what it may not do; the try stands on the audit trail.
            RecordsError: The database is locked, full, damaged or cannot be written.
        """
        try:
            with self._transaction() as connection:
                yield Turn(Core(connection, self._cipher, self._draw))
        except RoleRefused as refused:
            self.note_refusal(
                refused.act, refused.subject, role=refused.role, actor=refused.actor, now=refused.now
            )
            raise

    def note_refusal(self, act: str, subject: str, *, role: Role, actor: str = "", now: datetime) -> None:
        """Write a refused try on the audit trail, in a transaction of its own (FAQ 5)."""
        with self._transaction() as connection:
            Core(connection, self._cipher).note(f"refused:{act}", subject, now=now, role=role, actor=actor)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def check(self) -> None:
        """Prove the database whole.

        Raises:
            RecordsError: It is damaged.
        """
        with self._transaction() as connection:
            quick_check(connection, self._path)

    def verify_chain(self, anchor: tuple[int, str] | None = None) -> audit.ChainVerdict:
        """Go through the audit trail.

        Args:
            anchor: Number of entries and head as they were noted elsewhere: only they show that a whole
                older database was put in the place of this one.
        """
        with self._transaction() as connection:
            return audit.verify(connection, self._cipher, anchor)

    def backup(self, to: Path) -> None:
        """Write a consistent copy, also while others write; the key is not in it.

        Raises:
            RecordsError: The copy cannot be written; nothing is left of it.
        """
        try:
            os.close(os.open(to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError as error:
            raise RecordsError("backup-exists", {"path": str(to)}) from error
        except (OSError, ValueError) as error:
            raise RecordsError("backup-failed", {"path": str(to)}) from error
        try:
            with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(to)) as target:
                source.backup(target)
                whole = target.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        except (OSError, sqlite3.Error) as error:
            to.unlink(missing_ok=True)
            raise RecordsError("backup-failed", {"path": str(to)}) from error
        if not whole:
            to.unlink(missing_ok=True)
            raise RecordsError("records-damaged", {"path": str(self._path)})

    def purge(self, before: datetime, *, now: datetime | None = None) -> int:
        """Remove registrations without an account that nobody touched since ``before``.

        Args:
            before: What was touched last before this moment goes, with the attempts counted until then.
            now: When, for the audit trail; ``before`` when it is left out.

        Returns:
            How many registrations went. The audit trail keeps their codes.
        """
        table, attempt = schema.registration, schema.attempt
        held = [
            exists().where(each.c.registration_id == table.c.id)
            for each in (schema.letter, schema.review, schema.payment)
        ]
        idle = (
            table.c.account_id.is_(None),
            table.c.confirmed_at.is_(None),
            table.c.updated_at < stamp(before),
            *(~each for each in held),
        )
        with self._transaction() as connection:
            core = Core(connection, self._cipher)
            gone = connection.execute(select(table.c.id, table.c.code).where(*idle)).all()
            for each in gone:
                connection.execute(delete(table).where(table.c.id == each.id))
                core.note("purge", each.code, now=now or before, role=Role.SYSTEM)
            connection.execute(delete(attempt).where(attempt.c.at < stamp(before)))
        return len(gone)


def open_records(database: Path, key: Path) -> Records:
    """Open the store; a new database is made whole, an older one is taken to today's form.

    Args:
        database: The SQLite file.
        key: The key file, in another folder.

    Raises:
        RecordsError: The file is damaged or no database of ours, the folder cannot be used, the key is
            missing or another one, the database is gone, it is newer than this program, or it is a
            classroom's (``records-is-training``).
    """
    engine, cipher = open_database(database, key, Mark.PRODUCTION)
    return Records(engine, cipher, database)


def open_training(database: Path, key: Path, *, draw: Draw = secrets.randbelow) -> Records:
    """Open a store of the classroom, whose file says that it is one; a new one is made with that mark.

    Args:
        database: The SQLite file.
        key: The key file of the classroom.
        draw: Where codes and ids come from, so that a playing may be the same as the one before.

    Raises:
        RecordsError: As :func:`open_records`; ``records-not-training`` where it is no store of a classroom.
    """
    engine, cipher = open_database(database, key, Mark.TRAINING)
    return Records(engine, cipher, database, draw=draw)
