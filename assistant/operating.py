"""The operator's commands: database, verification source, manual verifications, payments.

They stand in for the desk until there is one: the same store, the same guards, the same audit trail.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from assistant.clock import Clock, SetClock, SystemClock
from assistant.settings import Settings, from_environment
from flows.roles import Role

Add = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]

PEOPLE = ("id_number", "name")
CERTIFICATES = ("kind", "number", "name", "level", "year")
KINDS = ("education", "degree")


def add_commands(add: Add) -> None:
    """Add the operator's commands to the command line."""
    authority = add("authority", _authority, "import what the verification source knows, from CSV")
    authority.add_argument("act", choices=("import",))
    authority.add_argument("file", type=Path, help=f"columns {','.join(PEOPLE)} or {','.join(CERTIFICATES)}")
    review = add("review", _review, "list the open manual verifications, or decide one as a verifier")
    review.add_argument("act", choices=("list", "decide"))
    review.add_argument("code", nargs="?", help="the registration's code")
    review.add_argument("decision", nargs="?", choices=("pass", "fail"))
    review.add_argument("--reason", default="", help="why; the candidate reads it")
    review.add_argument("--staff", default="operator", help="who decides")
    payment = add("payment", _payment, "record a payment at the counter as a cashier")
    payment.add_argument("act", choices=("record",))
    payment.add_argument("slip", help="the number on the candidate's payment slip")
    payment.add_argument("--receipt", required=True, help="the number of the receipt")
    payment.add_argument("--staff", default="operator", help="who took the money")


def _clock(options: argparse.Namespace) -> Clock:
    return SetClock(options.now) if options.now else SystemClock()


def database(options: argparse.Namespace, settings: Settings, clock: Clock) -> int:
    """Look after the database: upgrade, copy, prove, remove what nobody came back to."""
    from assistant.records import open_records

    records = open_records(settings.database, settings.field_key)
    try:
        match options.act:
            case "backup":
                if not options.target:
                    raise SystemExit("chengnuo db backup: say where the copy goes.")
                records.backup(Path(options.target))
                print(
                    f"Copied to {options.target}. The key file is not in it: keep {settings.field_key} safe too."
                )
            case "verify":
                records.check()
                chain = records.verify_chain()
                print(f"The database is whole. Audit trail: {chain.entries} entries, head {chain.head}.")
                if not chain.ok:
                    print(f"The audit trail does not fit from entry {chain.at} on.")
                    return 1
            case "purge":
                days = int(options.target) if (options.target or "").isdigit() else 30
                gone = records.purge(clock.now() - timedelta(days=days))
                print(f"Removed {gone} registrations without an account that nobody used for {days} days.")
            case _:
                print("The database has today's form.")
    finally:
        records.close()
    return 0


def _authority(options: argparse.Namespace) -> int:
    from assistant.records import open_records

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
    finally:
        records.close()
    print(f"Imported {len(rows)} rows.")
    return 0


def _rows(path: Path) -> Iterator[dict[str, str]]:
    """Read people or certificates; a row that cannot be used stops the import, with its line."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = tuple(reader.fieldnames or ())
            wanted = next((each for each in (PEOPLE, CERTIFICATES) if set(each) == set(columns)), None)
            if wanted is None:
                raise SystemExit(
                    f"{path}:1: the columns are {','.join(columns) or 'missing'}; "
                    f"write {','.join(PEOPLE)} or {','.join(CERTIFICATES)}."
                )
            for row in reader:
                if any(not (row.get(name) or "").strip() for name in wanted):
                    raise SystemExit(f"{path}:{reader.line_num}: a value is missing. Fill every column.")
                if "kind" in row and row["kind"] not in KINDS:
                    raise SystemExit(
                        f"{path}:{reader.line_num}: kind is {row['kind']}; write {' or '.join(KINDS)}."
                    )
                yield {name: row[name].strip() for name in wanted}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SystemExit(f"{path}: it cannot be read as UTF-8 CSV ({error}).") from error


def _review(options: argparse.Namespace) -> int:
    from assistant.records import open_records

    settings = from_environment()
    now: datetime = _clock(options).now()
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            if options.act == "list":
                for each in turn.open_reviews():
                    reasons = ", ".join(f"{group} {item}" for group, item in each.reasons)
                    print(f"{each.code}  since {each.opened_at:%Y-%m-%d %H:%M}  {reasons}")
                return 0
            if not options.code or not options.decision:
                raise SystemExit("chengnuo review decide: write CODE pass|fail --reason WHY.")
            registration = turn.find(options.code)
            if registration is None:
                raise SystemExit(f"There is no registration with the code {options.code}.")
            turn.decide_review(
                registration,
                options.decision,
                options.reason,
                staff=options.staff,
                role=Role.VERIFIER,
                now=now,
            )
    finally:
        records.close()
    print(f"{options.code}: {options.decision}.")
    return 0


def _payment(options: argparse.Namespace) -> int:
    from assistant.records import open_records

    settings = from_environment()
    records = open_records(settings.database, settings.field_key)
    try:
        with records.turn() as turn:
            turn.record_payment(
                options.slip,
                method="counter",
                receipt=options.receipt,
                staff=options.staff,
                role=Role.CASHIER,
                now=_clock(options).now(),
            )
    finally:
        records.close()
    print(f"{options.slip}: paid, receipt {options.receipt}.")
    return 0
