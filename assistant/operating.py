"""The operator's commands: database, verification source, manual verifications, payments.

They stand in for the desk until there is one: the same store, the same guards, the same audit trail.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.clock import Clock, SetClock, SystemClock
from assistant.stopping import USAGE, Stopped
from flows.permissions import Staff
from flows.roles import Role
from flows.text import field

if TYPE_CHECKING:
    from assistant.records import Turn
    from assistant.records.queue import ReviewRow
    from assistant.settings import Settings

Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

PEOPLE = ("id_number", "name")
CERTIFICATES = ("kind", "number", "name", "level", "year")
KINDS = ("education", "degree")
DAYS_KEPT = 30
"""How long a registration without an account is kept that nobody comes back to."""


def add_commands(add: Add) -> None:
    """Add the operator's commands to the command line."""
    authority = add("authority", _authority, "import what the verification source knows, from CSV")
    authority.add_argument("act", choices=("import",))
    authority.add_argument("file", type=Path, help=f"columns {','.join(PEOPLE)} or {','.join(CERTIFICATES)}")
    review = add("review", _review, "list the open manual verifications, or decide one as a verifier")
    review.add_argument("act", choices=("list", "decide", "second"))
    review.add_argument("code", nargs="?", help="the registration's code")
    review.add_argument(
        "decision",
        nargs="?",
        choices=("pass", "fail", "agree", "disagree"),
        help="decide: pass or fail; second, by another person on a fail: agree or disagree",
    )
    review.add_argument("--reason", default="", help="why; the candidate reads it")
    review.add_argument("--staff", default="operator", help="who decides")
    report = add("report", _report, "report a false promise, or see where a report stands")
    report.add_argument("about", nargs="?", default="", help="what happened, in which examination, and when")
    report.add_argument("--number", default="", help="a receipt number: says where that report stands")
    report.add_argument("--name", default="", help="your name, if you want to give it")
    report.add_argument("--contact", default="", help="how to reach you, if you want to be")
    payment = add("payment", _payment, "record a payment at the counter, or import a bank's statement")
    payment.add_argument("act", choices=("record", "import", "items"))
    payment.add_argument("slip", nargs="?", default="", help="the slip's number, or the statement's file")
    payment.add_argument("--receipt", default="", help="the number of the receipt")
    payment.add_argument("--staff", default="operator", help="who took the money")


def _report(options: argparse.Namespace) -> int:
    from assistant.reporting import report

    return report(options)


def _clock(options: argparse.Namespace) -> Clock:
    return SetClock(options.now) if options.now else SystemClock()


def database(options: argparse.Namespace, settings: Settings, clock: Clock) -> int:
    """Look after the database: upgrade, copy, prove, remove what nobody came back to."""
    from assistant.records import RecordsError, open_records

    if options.act == "backup" and not options.target:
        raise Stopped("chengnuo db backup: say where the copy goes.", USAGE)
    days = _days(options.target) if options.act == "purge" else 0
    anchor = _anchor(options.target) if options.act == "verify" else None
    if options.act != "upgrade" and not settings.database.exists():
        # Opening would make one, and call the empty store whole.
        raise RecordsError("records-none", {"path": str(settings.database)})
    records = open_records(settings.database, settings.field_key)
    try:
        match options.act:
            case "backup":
                records.backup(Path(options.target))
                said = (
                    f"Copied to {options.target}. The key is not in it: keep {settings.field_key} safe too."
                )
                _say(options, said, out=options.target)
            case "verify":
                records.check()
                chain = records.verify_chain(anchor)
                if not chain.ok:
                    raise Stopped(
                        f"The audit trail does not fit from entry {chain.at} on: entries were changed, "
                        "added or taken out, or the database is older than the trail's end that was given. "
                        "Keep this file, and compare it with the backups."
                    )
                said = f"The database is whole. Audit trail: {chain.entries}:{chain.head}"
                _say(options, said, entries=chain.entries, head=chain.head)
            case "purge":
                gone = records.purge(clock.now() - timedelta(days=days), now=clock.now())
                said = f"Removed {gone} registrations without an account that nobody used for {days} days."
                _say(options, said, removed=gone, days=days)
            case _:
                _say(options, "The database has today's form.")
    finally:
        records.close()
    return 0


def _say(options: argparse.Namespace, sentence: str, **facts: str | int) -> None:
    print(json.dumps({"ok": True, **facts}, ensure_ascii=False) if options.json else sentence)


def _days(typed: str | None) -> int:
    if typed is None:
        return DAYS_KEPT
    if re.fullmatch("[1-9][0-9]{0,4}", typed) is None:
        raise Stopped(f"chengnuo db purge: {typed} is not a number of days, 1 to 99999.", USAGE)
    return int(typed)


def _anchor(typed: str | None) -> tuple[int, str] | None:
    """Read the end of the audit trail as an earlier ``db verify`` printed it."""
    if typed is None:
        return None
    found = re.fullmatch("([0-9]{1,12}):([0-9a-f]{64})", typed)
    if found is None:
        raise Stopped("chengnuo db verify: write the trail's end as it was printed, NUMBER:HASH.", USAGE)
    return int(found[1]), found[2]


def _authority(options: argparse.Namespace) -> int:
    from assistant.records import open_records
    from assistant.settings import from_environment

    settings = from_environment()
    rows = list(_rows(options.file))
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            for row in rows:
                if "kind" in row:
                    turn.know_certificate(
                        row["kind"], row["number"], name=row["name"], level=row["level"], year=row["year"]
                    )
                else:
                    turn.know_person(row["id_number"], row["name"])
            now = _clock(options).now()
            turn.note(
                "import-authority", "rows", now=now, role=Role.ADMINISTRATOR, details={"rows": len(rows)}
            )
    finally:
        records.close()
    _say(options, f"Imported {len(rows)} rows.", rows=len(rows))
    return 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Read people or certificates; a row that cannot be used stops the import, with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = tuple(reader.fieldnames or ())
            wanted = next((each for each in (PEOPLE, CERTIFICATES) if set(each) == set(columns)), None)
            if wanted is None:
                raise Stopped(
                    f"{path}:1: the columns are {','.join(columns) or 'missing'}; "
                    f"write {','.join(PEOPLE)} or {','.join(CERTIFICATES)}."
                )
            for row in reader:
                place = f"{path}:{reader.line_num}"
                missing = [name for name in wanted if not (row[name] or "").strip()]
                if missing:
                    raise Stopped(f"{place}: {' and '.join(missing)} is missing. Fill every column.")
                if len(row) > len(wanted):
                    raise Stopped(
                        f"{place}: there are more values than columns. Put a value with a comma in quotes."
                    )
                values = {name: row[name].strip() for name in wanted}
                if "kind" in values and values["kind"] not in KINDS:
                    raise Stopped(f"{place}: kind is {values['kind']}; write {' or '.join(KINDS)}.")
                yield values
    except OSError as error:
        raise Stopped(
            f"{path}: it cannot be read ({error.strerror}). Check the path and the rights."
        ) from error
    except UnicodeDecodeError as error:
        raise Stopped(f"{path}: it is not UTF-8. Save it as CSV in UTF-8.") from error
    except (csv.Error, ValueError) as error:
        raise Stopped(f"{path}: it cannot be read as CSV ({error}). Save it anew from the table.") from error


_ENDS = {"decide": ("pass", "fail"), "second": ("agree", "disagree")}


def _review(options: argparse.Namespace) -> int:
    from assistant.records import open_records
    from assistant.settings import from_environment

    settings = from_environment()
    now: datetime = _clock(options).now()
    code, decision, reason = field(options.code or ""), options.decision, field(options.reason)
    by = Staff(field(options.staff), frozenset({Role.VERIFIER}))
    if options.act in _ENDS and not (
        code and decision in _ENDS[options.act] and (reason or decision == "agree")
    ):
        ends = "|".join(_ENDS[options.act])
        raise Stopped(f"chengnuo review {options.act}: write CODE {ends} --reason WHY.", USAGE)
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            if options.act == "list":
                for each in _queue(turn, by, now):
                    listed = [f"{group} {item}" for group, item in each.reasons]
                    if options.json:
                        found = {"code": each.code, "since": each.opened_at.isoformat(), "reasons": listed}
                        print(json.dumps(found))
                    else:
                        print(f"{each.code}  since {each.opened_at:%Y-%m-%d %H:%M}  {', '.join(listed)}")
                return 0
            registration = turn.find(code)
            if registration is None:
                raise Stopped(f"There is no registration with the code {code}. Check it letter by letter.")
            if options.act == "second":
                turn.second_review(code, agree=decision == "agree", by=by, now=now, why=reason)
            else:
                found_review = turn.review(registration)
                reasons = found_review.reasons if found_review else ()
                unmet = {f"{group} {item}": reason for group, item in reasons}
                turn.claim_review(code, by=by, now=now)
                turn.decide_review(code, decision, by=by, now=now, reason=reason, unmet=unmet)
    finally:
        records.close()
    said = f"{code}: {decision}."
    if decision == "fail":
        said += " It stands once another person agrees: chengnuo review second CODE agree --staff NAME."
    _say(options, said, code=code, decision=decision)
    return 0


def _queue(turn: Turn, by: Staff, now: datetime) -> Iterator[ReviewRow]:
    """Go through the queue a page at a time."""
    from assistant.records.queue import ReviewFilter

    number = pages = 1
    while number <= pages:
        page = turn.review_page(ReviewFilter(), number, by=by, now=now)
        yield from page.rows
        number, pages = number + 1, page.pages


def _payment(options: argparse.Namespace) -> int:
    from assistant.records import open_records
    from assistant.settings import from_environment

    settings = from_environment()
    by = Staff(field(options.staff), frozenset({Role.CASHIER}))
    if options.act != "record":
        return _statement(options, settings, by)
    slip, receipt = field(options.slip).upper(), field(options.receipt)
    if not slip or not receipt:
        raise Stopped("chengnuo payment record: write SLIP --receipt NUMBER.", USAGE)
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            turn.take_payment(
                slip,
                receipt=receipt,
                by=by,
                now=_clock(options).now(),
            )
    finally:
        records.close()
    _say(options, f"{slip}: paid, receipt {receipt}.", slip=slip, receipt=receipt)
    return 0


def _statement(options: argparse.Namespace, settings: Settings, by: Staff) -> int:
    from assistant.records import open_records
    from assistant.services.payment import StatementFile

    now, items = _clock(options).now(), options.act == "items"
    if not items and not options.slip:
        raise Stopped("chengnuo payment import: write the statement's file.", USAGE)
    lines = [] if items else list(StatementFile(Path(options.slip)).received())
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            if items:
                facts = turn.count_payment_items()
            else:
                found = turn.import_statement(lines, by=by, now=now)
                facts = {**{fate.value: count for fate, count in found.fates.items()}, "known": found.known}
    finally:
        records.close()
    _say(
        options, ", ".join(f"{name} {count}" for name, count in facts.items()) or "Nothing is open.", **facts
    )
    return 0
