"""``chengnuo serve``: the registration, the desk or the classroom in a browser."""

from __future__ import annotations

import argparse
import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.clock import SetClock, SystemClock
from assistant.stopping import FAILED, USAGE, Stopped

if TYPE_CHECKING:
    from assistant.operating import Add
    from assistant.settings import Settings
    from assistant.web.gate import Gate

EXAMPLES = """examples:
  chengnuo serve                          the registration at http://127.0.0.1:8000/
  chengnuo serve desk --port 8001         the desk of the staff
  chengnuo serve --host 0.0.0.0           beyond this machine: a link with a token is printed
  chengnuo serve --name exam.example.cn   behind a reverse proxy that calls it by this name
  chengnuo serve --most 40 --starts 4     up to 40 sessions, 4 of them beginning at once

It needs the extra `serve`: pip install 'chengnuo[serve]'. Ctrl+C or SIGTERM ends it and every session.
"""

APPS = ("register", "desk", "train")

HOLD_MOST = 1800.0
"""Seconds for which a place is kept at most, however long the terminal would wait."""


def add_commands(add: Add) -> None:
    """Add the command to the command line."""
    serve = add("serve", _serve, "the registration, or another app, in a browser")
    serve.epilog, serve.formatter_class = EXAMPLES, argparse.RawDescriptionHelpFormatter
    serve.add_argument("app", nargs="?", default="register", choices=APPS, help="what is served")
    serve.add_argument(
        "--host", default="127.0.0.1", help="the address to listen at; by default this machine's own"
    )
    serve.add_argument("--port", type=int, default=8000, help="the port; by default 8000")
    serve.add_argument(
        "--name", action="append", default=[], help="a name people reach it by; may stand repeatedly"
    )
    serve.add_argument("--most", type=int, default=20, help="sessions at once; by default 20")
    serve.add_argument(
        "--starts", type=int, default=0, help="sessions that begin at once; by default one a core"
    )
    serve.add_argument(
        "--token-file",
        type=Path,
        help="a file whose first line is the token; by default a new one where needed",
    )


def _serve(options: argparse.Namespace) -> int:
    for name, least, most in (("port", 0, 65535), ("most", 1, 1000), ("starts", 0, 100)):
        if not least <= getattr(options, name) <= most:
            raise Stopped(
                f"chengnuo serve: --{name} is {getattr(options, name)}; write {least} to {most}.", USAGE
            )
    try:
        import textual_serve  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise Stopped(
            "chengnuo serve: it needs textual-serve, which is not installed: pip install 'chengnuo[serve]'.",
            USAGE,
        ) from error
    from assistant.records import open_records
    from assistant.settings import from_environment
    from assistant.starting import content_of, edition_of
    from assistant.web.server import WebServer, cores
    from assistant.web.service import Served

    settings = from_environment()
    content = content_of(settings)
    clock = SetClock(options.now) if options.now else SystemClock()
    gate = _gate(options)
    # Opened once here: the first start makes the store, and twenty sessions at once would quarrel over it.
    records = open_records(settings.database, settings.field_key)
    try:
        server = WebServer(
            Served("" if options.app == "register" else options.app, _handed_on(options)),
            content,
            edition_of(content, options.edition or settings.edition, clock),
            records,
            clock,
            gate,
            port=options.port,
            most=options.most,
            starts=options.starts or cores(),
            hold=_hold(settings),
            language=options.lang or settings.language,
        )
        server.initialize_logging()
        asyncio.run(server.run(partial(_say, gate)))
    except OSError as error:
        raise Stopped(
            f"chengnuo serve: nothing can listen at {options.host}:{options.port} ({error.strerror}). "
            "Choose another --port, or end what listens there.",
            FAILED,
        ) from error
    finally:
        records.close()
    return 0


def _handed_on(options: argparse.Namespace) -> tuple[str, ...]:
    """Return what was said to the server and is meant for every session."""
    edition = ("--edition", options.edition) if options.edition else ()
    now = ("--now", options.now.isoformat()) if options.now else ()
    return (*edition, *now)


def _gate(options: argparse.Namespace) -> Gate:
    from assistant.web.gate import LEAST_TOKEN, Gate, is_loopback, new_token

    token = ""
    if options.token_file is not None:
        try:
            lines = options.token_file.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise Stopped(f"{options.token_file}: the token cannot be read ({error}).", USAGE) from error
        token = lines[0].strip() if lines else ""
        if len(token) < LEAST_TOKEN:
            raise Stopped(
                f"{options.token_file}: the token has {len(token)} characters; write {LEAST_TOKEN} or more.",
                USAGE,
            )
    elif not is_loopback(options.host):
        token = new_token()
    return Gate(options.host, tuple(options.name), token)


def _hold(settings: Settings) -> float:
    """Return how long a place is kept: as long as the terminal itself would wait for somebody."""
    from assistant.kiosk.policy import IDLE_AT_A_KIOSK

    idle = IDLE_AT_A_KIOSK if settings.idle_seconds is None else settings.idle_seconds
    return min(HOLD_MOST, idle + settings.idle_countdown) if idle else HOLD_MOST


def _say(gate: Gate, port: int) -> None:
    """Say where it is reached; the token stands in no log, only here."""
    anywhere = gate.host in {"0.0.0.0", "::"}  # noqa: S104 - compared, not bound
    name = gate.names[0] if anywhere and gate.names else gate.host
    shown = f"[{name}]" if ":" in name else name
    link = f"http://{shown}:{port}/" + (f"?token={gate.token}" if gate.token else "")
    print(f"Chengnuo is served at {link}  (Ctrl+C ends it)", file=sys.stdout, flush=True)
