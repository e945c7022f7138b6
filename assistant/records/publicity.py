"""The list of who passed, made public with its days and kept as it was (FAQ 15.3)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, insert, select

from assistant.records import schema
from assistant.records.acting import acting_as
from assistant.records.core import Core, moment, stamp
from assistant.records.errors import RecordsError
from assistant.records.supervision_schema import passer, publicity, publicity_entry
from flows.masking import masked_name
from flows.permissions import Deed, Staff

PAGE = 50


@dataclass(frozen=True)
class Entry:
    """A line of a publicity list, with nothing in it that is not meant for the public."""

    number: int
    name: str
    province: str
    level: str


@dataclass(frozen=True)
class Draft:
    """Who would stand on a list.

    Args:
        total: How many people.
        mark: Changes with any of them: what is published is what was seen.
        entries: The first page.
    """

    total: int
    mark: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Listed:
    """A list as made public: ``begins`` and ``ends`` are its first and last day, ``length`` its people."""

    id: int
    exam: str
    year: int
    province: str
    begins: date
    ends: date
    published_at: datetime
    length: int


@dataclass(frozen=True)
class Publicity:
    """A list as it was made public, whole."""

    listed: Listed
    entries: tuple[Entry, ...]


class PublicityLists:
    """The publicity lists of one transaction."""

    def __init__(self, core: Core) -> None:
        """Work inside ``core``'s transaction."""
        self._core = core

    # The draft -----------------------------------------------------------------------------------------

    def publicity_draft(self, exam: str, year: int, province: str = "") -> Draft:
        """Return who would stand on a list, in the order of provinces and levels: how many, and a page."""
        found = _in_order(exam, year, province).subquery().c
        line = found.registration_id + "|" + found.province + "|" + found.level
        people, lines = self._core.connection.execute(
            select(func.count(), func.group_concat(line, "\n"))
        ).one()
        mark = hashlib.sha256((lines or "").encode()).hexdigest()
        return Draft(people, mark, self.draft_page(exam, year, province))

    def draft_page(self, exam: str, year: int, province: str = "", *, page: int = 0) -> tuple[Entry, ...]:
        """Return a page of a draft, of :data:`PAGE` people, from 0: only their names are decrypted."""
        wanted = _in_order(exam, year, province).limit(PAGE).offset(page * PAGE)
        return tuple(entry for _, entry in self._entries(wanted, page * PAGE + 1))

    def _entries(self, wanted: Select[Any], first: int) -> list[tuple[str, Entry]]:
        found = wanted.subquery()
        rows = self._core.connection.execute(
            select(found, schema.account.c.id.label("account"), schema.account.c.name_enc)
            .join(schema.registration, schema.registration.c.id == found.c.registration_id)
            .join(schema.account, schema.account.c.id == schema.registration.c.account_id)
            .order_by(found.c.province, found.c.level, found.c.registration_id)
        )
        return [
            (row.registration_id, Entry(number, masked_name(self._name(row)), row.province, row.level))
            for number, row in enumerate(rows, first)
        ]

    def _name(self, row: Row[Any]) -> str:
        return self._core.cipher.text(row.name_enc, f"account|name_enc|{row.account}")

    # Made public ---------------------------------------------------------------------------------------

    def publish_list(
        self,
        exam: str,
        year: int,
        province: str = "",
        *,
        begins: date,
        ends: date,
        by: Staff,
        now: datetime,
        seen: str = "",
    ) -> Listed:
        """Make a list public, and keep it as it was made.

        Args:
            exam: Id of the examination.
            year: Of the results.
            province: Id of one province; empty for all.
            begins: Its first day.
            ends: Its last day.
            by: A publisher.
            now: When.
            seen: The mark of the draft that was looked at; empty where none was.

        Raises:
            RoleRefused: ``by`` is no publisher.
            RecordsError: Nobody passed, it begins before today or ends before it begins, or it is no more
                what was seen.
        """
        role = acting_as(by, Deed.PUBLISH_LIST, exam, now=now)
        if begins < now.date():
            raise RecordsError("publicity-begins-early", {"begins": begins, "today": now.date()})
        if ends < begins:
            raise RecordsError("publicity-ends-early", {"begins": begins, "ends": ends})
        if seen and self.publicity_draft(exam, year, province).mark != seen:
            raise RecordsError("list-draft-changed")
        entries = self._entries(_in_order(exam, year, province), 1)
        if not entries:
            raise RecordsError("passers-none", {"year": year})
        connection = self._core.connection
        made = connection.execute(
            insert(publicity).values(
                exam=exam,
                year=year,
                province=province,
                begins=begins.isoformat(),
                ends=ends.isoformat(),
                published_at=stamp(now),
                role=role.value,
                staff=by.id,
            )
        ).inserted_primary_key
        number = int(made[0]) if made else 0
        connection.execute(
            insert(publicity_entry),
            [
                {
                    "publicity_id": number,
                    "number": entry.number,
                    "registration_id": registration,
                    "name": entry.name,
                    "province": entry.province,
                    "level": entry.level,
                }
                for registration, entry in entries
            ],
        )
        details: dict[str, str | int] = {
            "exam": exam,
            "year": year,
            "entries": len(entries),
            "until": ends.isoformat(),
        }
        self._core.note("publish-list", f"list-{number}", now=now, role=role, actor=by.id, details=details)
        return Listed(number, exam, year, province, begins, ends, now, len(entries))

    def publicities(self, page: int = 0) -> tuple[Listed, ...]:
        """Return a page of the lists that were made public, newest first."""
        rows = self._core.connection.execute(
            _lists().order_by(publicity.c.id.desc()).limit(PAGE).offset(page * PAGE)
        )
        return tuple(_listed(row) for row in rows)

    def publicities_on(self, day: date) -> tuple[Listed, ...]:
        """Return the lists whose period holds a day, newest first (FAQ 15.3)."""
        held = (publicity.c.begins <= day.isoformat()) & (publicity.c.ends >= day.isoformat())
        rows = self._core.connection.execute(_lists().where(held).order_by(publicity.c.id.desc()))
        return tuple(_listed(row) for row in rows)

    def published(self, number: int) -> Publicity:
        """Return a list as it was made public, whole.

        Raises:
            RecordsError: There is none of this number.
        """
        row = self._core.connection.execute(_lists().where(publicity.c.id == number)).first()
        if row is None:
            raise RecordsError("publicity-none", {"list": number})
        return Publicity(_listed(row), self._published(_entries_of(number)))

    def published_page(self, number: int, *, page: int = 0) -> tuple[Entry, ...]:
        """Return a page of a list as it was made public, from 0."""
        return self._published(_entries_of(number).limit(PAGE).offset(page * PAGE))

    def _published(self, wanted: Select[Any]) -> tuple[Entry, ...]:
        rows = self._core.connection.execute(wanted)
        return tuple(Entry(each.number, each.name, each.province, each.level) for each in rows)


def _in_order(exam: str, year: int, province: str) -> Select[Any]:
    """Select who passed in the order of an index: nothing is sorted."""
    columns = passer.c
    wanted = (
        select(columns.registration_id, columns.province, columns.level)
        .where(columns.exam == exam, columns.year == year)
        .order_by(columns.province, columns.level, columns.registration_id)
    )
    return wanted.where(columns.province == province) if province else wanted


def _entries_of(number: int) -> Select[Any]:
    entry = publicity_entry.c
    return select(publicity_entry).where(entry.publicity_id == number).order_by(entry.number)


def _lists() -> Select[Any]:
    # Entries are numbered from 1 without a gap: the last number is how many there are.
    last = (
        select(func.max(publicity_entry.c.number))
        .where(publicity_entry.c.publicity_id == publicity.c.id)
        .scalar_subquery()
    )
    return select(publicity, last.label("length"))


def _listed(row: Row[Any]) -> Listed:
    return Listed(
        row.id,
        row.exam,
        row.year,
        row.province,
        date.fromisoformat(row.begins),
        date.fromisoformat(row.ends),
        moment(row.published_at),
        int(row.length or 0),
    )
