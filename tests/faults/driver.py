"""Seats candidates in processes that a test may kill at any moment.

A process is forked from one that has loaded everything, so that starting hundreds takes seconds. It holds the
real conversation over a real store, reads an input a line, and says a line for each turn once it is stored.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.clock import SetClock
from assistant.conversation.engine import Conversation
from assistant.conversation.inputs import Choice, Command, File, Input, Text
from assistant.conversation.messages import Objected, Said, Turn
from assistant.records.passwords import decoy_hash
from tests import factories


def serve(control: socket.socket) -> None:
    """Fork a process for each order; the socket that comes with it is the candidate's line."""
    # Loaded before forking, for all that come.
    factories.content()
    decoy_hash()
    for module in ("assistant.answers", "assistant.letter", "assistant.photo", "assistant.records"):
        importlib.import_module(module)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order, handles, _, _ = socket.recv_fds(control, 65536, 1)
        if not order:
            return
        if os.fork() == 0:
            control.close()
            hold(json.loads(order), socket.socket(fileno=handles[0]))
            os._exit(0)
        os.close(handles[0])


def hold(order: dict[str, Any], line: socket.socket) -> None:
    """Hold one conversation until the line ends or the process is killed."""
    folder = Path(order["folder"])
    clock = SetClock(datetime.fromisoformat(order["now"]))
    records = factories.opened(folder)
    mode = "resume" if order["code"] else "register"
    talk = factories.conversation(folder, records, clock, mode=mode, seed=lambda: "play")
    turn = talk.open()
    with line.makefile("r", encoding="utf-8") as given, line.makefile("w", encoding="utf-8") as said:
        if order["code"]:
            talk.take(Text(order["code"]))
            turn = talk.take(Text(order["pin"]))
        print(os.getpid(), file=said, flush=True)
        print(told(talk, turn), file=said, flush=True)
        for each in given:
            found = json.loads(each)
            clock.set(datetime.fromisoformat(found["now"]))
            turn = talk.take(read(found))
            print(told(talk, turn), file=said, flush=True)


def read(found: dict[str, Any]) -> Input:
    """Make an input of what :func:`written` wrote."""
    match found["kind"]:
        case "choice":
            return Choice(tuple(found["value"]))
        case "file":
            return File(Path(found["value"]))
        case "command":
            return Command(*found["value"])
        case _:
            return Text(found["value"])


def written(given: Input, now: datetime) -> dict[str, Any]:
    """Write an input for the line."""
    return {**_plain(given), "now": now.isoformat()}


def _plain(given: Input) -> dict[str, Any]:
    match given:
        case Choice(ids):
            return {"kind": "choice", "value": list(ids)}
        case File(path):
            return {"kind": "file", "value": str(path)}
        case Command(name, argument):
            return {"kind": "command", "value": [name, argument]}
        case Text(text):
            return {"kind": "text", "value": text}


def told(talk: Conversation, turn: Turn) -> str:
    """Say what stands after a turn."""
    shown = [each for each in turn.messages if isinstance(each, Said) and each.text == "said.code"]
    return json.dumps(
        {
            "key": turn.prompt.key,
            "step": turn.progress.step,
            "facts": {fact.key: fact.value for fact in talk.dossier},
            "refused": [p.code for m in turn.messages if isinstance(m, Objected) for p in m.problems],
            "code": talk.code,
            "pin": shown[0].args["pin"] if shown else None,
        }
    )


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
