"""``chengnuo desk``, and ``chengnuo staff`` for the accounts of those who work there.

Whoever runs ``chengnuo staff`` is the operator.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from assistant.clock import Clock, SetClock, SystemClock
from assistant.stopping import USAGE, Stopped
from flows.permissions import DESK_ROLES
from flows.roles import Role

if TYPE_CHECKING:
    from assistant.operating import Add
    from assistant.records import Records
    from assistant.records.staff import Member

EXAMPLES = """examples:
  chengnuo staff add li.wei --role administrator --display 李伟     asks for the password twice
  chengnuo staff add chen --role verifier --role help-desk --password-stdin < password.txt
  chengnuo staff list --json
  chengnuo staff roles chen --role supervisor                     these roles and no others
  chengnuo staff disable chen                                     no login any more; enable takes it back
  chengnuo staff password chen

Roles: help-desk, verifier, cashier, supervisor, publisher, auditor, administrator. The first account is an
administrator, and the last active one stays. Everything is on the audit trail; no account is ever deleted.
"""

DESK_EXAMPLES = """examples:
  chengnuo staff add li.wei --role administrator     the first account, once
  chengnuo desk                                      log in, in the language of the settings
  chengnuo desk --lang en
  chengnuo desk --now 2020-07-01T09:00               with the clock set, for training

F1 names the keys of a page, F2 changes the language, F12 locks, Ctrl+Q logs out and ends.
"""


def add_commands(add: Add) -> None:
    """Add both commands to the command line."""
    desk = add("desk", _desk, "the desk of the staff, after a login, in the full screen")
    desk.epilog, desk.formatter_class = DESK_EXAMPLES, argparse.RawDescriptionHelpFormatter
    command = add("staff", _staff, "make and change the accounts of those who work at the desk")
    command.epilog, command.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    command.add_argument("act", choices=("add", "list", "roles", "disable", "enable", "password"))
    command.add_argument("name", nargs="?", help="the name to log in with")
    command.add_argument(
        "--role", action="append", default=[], choices=sorted(DESK_ROLES), help="a role; may stand repeatedly"
    )
    command.add_argument("--display", default="", help="the person's own name, for colleagues")
    command.add_argument(
        "--password-stdin", action="store_true", help="take the password from the first line of the input"
    )


def _desk(options: argparse.Namespace) -> int:
    from assistant.kiosk.hatches import close_hatches, has_screen

    if not has_screen(os.environ):
        raise Stopped("chengnuo desk: it needs a terminal with a full screen; run it in one.", USAGE)
    from assistant.settings import from_environment

    settings = from_environment()
    # Before the framework is imported: it reads the environment then.
    close_hatches("staff", os.environ)
    from assistant.desk.running import run_desk

    return run_desk(settings, _clock(options), language=options.lang or settings.language)


def _clock(options: argparse.Namespace) -> Clock:
    return SetClock(options.now) if options.now else SystemClock()


def _staff(options: argparse.Namespace) -> int:
    from assistant.records import open_records
    from assistant.settings import from_environment

    if options.act != "list" and not options.name:
        raise Stopped(f"chengnuo staff {options.act}: say whose account, by its login name.", USAGE)
    if options.act in {"add", "roles"} and not options.role:
        raise Stopped(f"chengnuo staff {options.act}: give at least one --role.", USAGE)
    settings = from_environment()
    password = _password(options) if options.act in {"add", "password"} else ""
    records = open_records(settings.database, settings.field_key)
    try:
        found = _done(records, options, password, _clock(options).now())
    finally:
        records.close()
    if options.json:
        rows = [_row(each) for each in found]
        print(json.dumps({"staff": rows} if options.act == "list" else rows[0], ensure_ascii=False))
        return 0
    for each in found:
        state = "active" if each.active else "disabled"
        print(f"{each.login:<20}  {state:<8}  {','.join(sorted(each.roles))}  {each.display}")
    if not found:
        print("There is no staff account yet. Make the first: chengnuo staff add NAME --role administrator")
    return 0


def _done(records: Records, options: argparse.Namespace, password: str, now: datetime) -> tuple[Member, ...]:
    from assistant.records.staff import OPERATOR

    roles, name = [Role(each) for each in options.role], options.name
    with records.turn() as turn:
        match options.act:
            case "list":
                return turn.staff_members()
            case "add":
                member = turn.add_staff(
                    name, display=options.display, password=password, roles=roles, by=OPERATOR, now=now
                )
            case "roles":
                member = turn.set_staff_roles(name, roles, by=OPERATOR, now=now)
            case "password":
                turn.set_staff_password(name, password, by=OPERATOR, now=now)
                member = turn.staff_member(name)
            case _:
                member = turn.set_staff_active(name, options.act == "enable", by=OPERATOR, now=now)
    return (member,)


def _row(member: Member) -> dict[str, object]:
    return {
        "name": member.login,
        "display": member.display,
        "roles": sorted(member.roles),
        "active": member.active,
        "created": member.created_at.isoformat(),
        "changed": member.changed_at.isoformat(),
    }


def _password(options: argparse.Namespace) -> str:
    """Ask for a new password twice without showing it, or take it from the input."""
    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise Stopped(
            f"chengnuo staff {options.act}: there is no terminal to ask for the password. "
            "Hand it in by --password-stdin.",
            USAGE,
        )
    try:
        first, second = getpass.getpass("New password (not shown): "), getpass.getpass("Again: ")
    except EOFError:
        first = second = ""
    if first != second:
        raise Stopped(f"chengnuo staff {options.act}: the two are not the same; type one twice.", USAGE)
    return first
