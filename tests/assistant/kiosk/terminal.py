"""Runs the kiosk in a terminal, in processes forked from one that is warm: with a script, or as it is.

An order for a script says the policy, and which covers are taken away: so tests show that without them the
framework misbehaves. The end of an answer says what goes wrong.
"""

from __future__ import annotations

import asyncio
import fcntl
import gc
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from textual.app import App
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver

from assistant import cli
from assistant.conversation.inputs import Input, Text
from assistant.conversation.messages import Turn
from assistant.kiosk import app as kiosk
from assistant.kiosk import driver as drivers
from assistant.kiosk import running, signals
from assistant.kiosk.faults import kept_quiet
from assistant.kiosk.handing import Handing
from assistant.kiosk.hatches import close_hatches
from assistant.kiosk.intake import Intake
from assistant.kiosk.policy import policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.terminal_app import TerminalApp
from assistant.widgets.ask_panel import AskPanel
from assistant.widgets.composer import Composer
from tests.assistant.kiosk import forsaken
from tests.assistant.kiosk.scripted import MOBILE, NAME, FakeConversation
from tests.factories import content
from tests.headless import parse_once

SLOW_SECONDS = 1.0
"""How long a slow turn takes: shorter than a last turn may, and long enough to be interrupted."""

SCRIPTS = {"name": (NAME,) * 100_000, "mobile": (MOBILE,) * 100_000}


class Directed(FakeConversation):
    """Answers, and does what the end of an answer says."""

    folder = Path()
    app: kiosk.KioskApp

    def note(self, happened: str) -> None:
        """Write into the diary, which tests read."""
        with self.folder.with_suffix(".diary").open("a", encoding="utf-8") as diary:
            print(happened, file=diary)

    def take(self, given: Input) -> Turn:
        typed = given.text if isinstance(given, Text) else ""
        self.note(f"taken {typed}")
        for word, act in ACTS.items():
            if typed.endswith(word):
                act(self, typed)
        return super().take(given)


# What goes wrong ---------------------------------------------------------------------------------------


def _break_the_screen(_: Directed, typed: str) -> None:
    AskPanel._tick = lambda self: int(typed)


def _break_the_reader(_: Directed, typed: str) -> None:
    feed = Intake.feed

    def broken(self: object, *_: object) -> list[object]:
        Intake.feed = feed
        raise ValueError(typed)

    Intake.feed = broken
    LinuxDriver.process_message = broken


def _break_the_end(_: Directed, typed: str) -> None:
    kiosk.KioskApp.on_unmount = lambda self: int(typed)


def _break_the_words_too(talk: Directed, typed: str) -> None:
    content().words.clear()
    talk.folder.rename(talk.folder.with_name("away"))
    _break_the_screen(talk, typed)


def _break_a_thread(_: Directed, typed: str) -> None:
    thread = threading.Thread(target=int, args=(typed,))
    thread.start()
    thread.join()


def _break_a_task(talk: Directed, typed: str) -> None:
    async def task() -> None:
        int(typed)

    def begin() -> None:
        asyncio.get_running_loop().create_task(task())

    talk.app.call_from_thread(begin)
    time.sleep(0.05)
    gc.collect()


def _break_the_turn(_: Directed, typed: str) -> None:
    int(typed)


def _clear_the_terminal(talk: Directed, _: str) -> None:
    talk.app.call_from_thread(talk.app._driver.clear_scrollback)


def _write_past_the_app(_: Directed, typed: str) -> None:
    os.write(2, f"{typed} on 2\n".encode())
    os.write(1, f"{typed} on 1\n".encode())
    subprocess.run(["/bin/echo", f"{typed} of a child"], check=True)
    print(typed, "printed", file=sys.__stderr__, flush=True)


def _break_the_screen_and_hang(talk: Directed, typed: str) -> None:
    _break_the_screen(talk, typed)
    talk.app.call_from_thread(talk.app._fatal_error)
    _hang(talk, typed)


def _reach_out(talk: Directed, typed: str) -> None:
    app = talk.app
    app.call_from_thread(App.copy_to_clipboard, app, typed)
    app.call_from_thread(
        app._driver.write, f"\x1b]0;{typed}\x07\x1b]8;;http://{typed}\x1b\\\x9d0;{typed}\x9c\x1b[8m"
    )
    app.call_from_thread(app.save_screenshot)
    file = {"save_directory": talk.folder, "save_filename": "file"}
    app.call_from_thread(partial(app.deliver_text, io.StringIO(typed), **file))
    app.call_from_thread(App.open_url, app, f"http://{typed}")


def _block_the_loop(talk: Directed, _: str) -> None:
    talk.app.call_later(lambda: time.sleep(600))


def _say_much(talk: Directed, _: str) -> None:
    talk.app.call_from_thread(talk.app.set_interval, 0.01, talk.app.refresh)


def _take_long(talk: Directed, typed: str) -> None:
    time.sleep(SLOW_SECONDS)
    (talk.folder / "stored").write_text(typed, encoding="utf-8")


def _hang(_: Directed, __: str) -> None:
    time.sleep(600)


ACTS: Mapping[str, Callable[[Directed, str], None]] = {
    "boom": _break_the_screen,
    "reader": _break_the_reader,
    "ending": _break_the_end,
    "words": _break_the_words_too,
    "thread": _break_a_thread,
    "task": _break_a_task,
    "turn": _break_the_turn,
    "clear": _clear_the_terminal,
    "native": _write_past_the_app,
    "slow": _take_long,
    "hang": _hang,
    "stuck": _break_the_screen_and_hang,
    "outside": _reach_out,
    "block": _block_the_loop,
    "much": _say_much,
}


# What is taken away ------------------------------------------------------------------------------------


def _stock_driver() -> None:
    running.driver_here = lambda: LinuxDriver


def _stock_fault_page() -> None:
    for name in ("_fatal_error", "panic", "_print_error_renderables"):
        setattr(kiosk.KioskApp, name, getattr(App, name))


def _no_filter() -> None:
    drivers.harmless = lambda frame: frame


def _no_aside() -> None:
    drivers.Aside.begin = lambda self: None


def _no_last_turn() -> None:
    drivers.end_within = signals.end_within = lambda *_: None


class _StockOutput(WriterThread):
    def __init__(self, handle: int, **_: object) -> None:
        super().__init__(os.fdopen(os.dup(handle), "w"))
        self.start()

    end = WriterThread.stop


def _stock_output() -> None:
    drivers.Output = _StockOutput


def _stock_caret() -> None:
    del Composer.cursor_screen_offset


def _stock_cursor() -> None:
    del TerminalApp.cursor_position


def _no_order() -> None:
    Handing._go_over = lambda self, piece, rounds, pumps: self._next()


COVERS: Mapping[str, Callable[[], None]] = {
    "driver": _stock_driver,
    "fault page": _stock_fault_page,
    "filter": _no_filter,
    "aside": _no_aside,
    "last turn": _no_last_turn,
    "output": _stock_output,
    "caret": _stock_caret,
    "cursor": _stock_cursor,
    "order": _no_order,
}


def _no_welcome() -> None:
    welcome = kiosk.KioskApp.on_mount

    def on_mount(self: kiosk.KioskApp) -> None:
        welcome(self)
        self.push_screen(ConversationPage("register"))

    kiosk.KioskApp.on_mount = on_mount


# Processes ---------------------------------------------------------------------------------------------


def run(order: Mapping[str, Any]) -> int:
    """Run what an order asks for and return its exit code."""
    match order["program"]:
        case "chengnuo":
            # The warm process's own streams remember on what they were opened.
            sys.stdin, sys.stdout, sys.stderr = (
                os.fdopen(handle, mode, closefd=False) for handle, mode in enumerate("rww")
            )
            return cli.run(order["arguments"])
        case "forsaken":
            return forsaken.main()
        case _:
            return run_script(order)


def run_script(order: Mapping[str, Any]) -> int:
    """Run the kiosk with a scripted conversation."""
    close_hatches(order["policy"], os.environ)
    for cover in order["without"]:
        COVERS[cover]()
    if not order["welcome"]:
        _no_welcome()
    if order["deaf"]:
        # The kernel continues what it hangs up on, and that would be heard too.
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP, signal.SIGCONT])
    drivers.LAST_TURN_SECONDS = signals.LAST_TURN_SECONDS = order["last_turn"]
    folder = Path(order["folder"])

    def start(language: str, mode: str) -> Directed:
        # In the middle: going back from the first question leads to the start, by intent.
        talk = Directed(SCRIPTS[order["script"]], language, at=50_000)
        talk.folder, talk.app = folder, app
        talk.note("begun")
        return talk

    with kept_quiet(folder / "faults.log"):
        allowed = policy(order["policy"])
        app = kiosk.KioskApp(
            content(), start, allowed, language=order["language"], driver=running.driver_here()
        )
        return running.run(app)


async def _warm() -> None:
    """Show the first pages once, without a terminal: what that loads and parses, each process then has."""
    parse_once()
    app = kiosk.KioskApp(content(), lambda language, _: FakeConversation((NAME,), language), policy("kiosk"))
    async with app.run_test() as pilot:
        await pilot.press("1")
        await app.workers.wait_for_complete()


def serve(line: socket.socket) -> None:
    """Fork a process for each order, on the terminal that comes with it; say how one of them has ended."""
    asyncio.run(_warm())
    gc.collect()
    gc.freeze()
    with line.makefile("w", encoding="utf-8") as said:
        while True:
            order, handles, _, _ = socket.recv_fds(line, 65536, 1)
            if not order:
                return
            found = json.loads(order)
            if "ended" in found:
                pid, status = os.waitpid(found["ended"], os.WNOHANG)
                print(json.dumps(os.waitstatus_to_exitcode(status) if pid else None), file=said, flush=True)
                continue
            pid = os.fork()
            if pid == 0:
                os.setsid()
                fcntl.ioctl(handles[0], termios.TIOCSCTTY, 0)
                for handle in (0, 1, 2):
                    os.dup2(handles[0], handle)
                os.close(handles[0])
                os.close(line.fileno())
                os.environ.update(TERM="xterm-256color", **found["environment"])
                os.chdir(found["folder"])
                # Kept from before, where one looked for it.
                tempfile.tempdir = None
                raise SystemExit(run(found))
            os.close(handles[0])
            print(json.dumps(pid), file=said, flush=True)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    serve(socket.socket(fileno=int(sys.argv[1])))
