"""The served app itself, without a server: what it takes, and that it never outlives its line."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.web.driver import HELLO
from assistant.web.packets import TEXT, Packets, ordered, packed
from assistant.web.service import Served

PATIENCE_SECONDS = 60.0


class Process:
    """A served app, held by its pipes."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.process = process
        self.packets, self.drawn, self.orders = Packets(), "", list[dict[str, object]]()

    def until(self, wanted: str) -> None:
        assert self.process.stdout is not None
        ends = time.monotonic() + PATIENCE_SECONDS
        while wanted not in self.drawn:
            assert time.monotonic() < ends, f"{wanted} was not drawn"
            if not select.select([self.process.stdout], [], [], 1.0)[0]:
                continue
            data = os.read(self.process.stdout.fileno(), 65536)
            assert data, "the app has ended"
            for packet in self.packets.feed(data.removeprefix(HELLO)):
                if packet.kind == TEXT:
                    self.drawn += packet.payload.decode()
                else:
                    self.orders.append(packet.order())

    def say(self, data: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()


@contextmanager
def running(folder: Path, **begin: str | int) -> Iterator[Process]:
    served = Served("", ("--now", "2020-07-01T09:00"))
    around = {**os.environ, "CHENGNUO_DATA": str(folder), "CHENGNUO_KEYS": str(folder / "keys")}
    process = subprocess.Popen(
        served.command("zh"),
        env=served.environment(around, str(folder / "inbox")),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        here = Process(process)
        here.say(ordered("begin", **{"width": 100, "height": 30, "code": "", **begin}))
        yield here
    finally:
        process.kill()
        process.wait()
        for each in (process.stdin, process.stdout):
            if each is not None:
                each.close()


def test_an_app_whose_server_is_gone_ends_by_itself(tmp_path: Path) -> None:
    with running(tmp_path) as app:
        app.until("承诺")
        # F12 would ask for the PIN of the staff, Ctrl+Q would leave: neither does anything here.
        app.say(packed(TEXT, b"\x1b[24~\x11\xff\xfe\x1b[99999999999u"))
        app.say(ordered("resize", width=70, height=20))
        app.until("\x1b[20;1H")
        assert app.process.stdin is not None
        app.process.stdin.close()
        assert app.process.wait(PATIENCE_SECONDS) == 128 + signal.SIGHUP


def test_an_app_ends_when_it_is_told_to_and_a_code_that_leads_nowhere_begins_anew(tmp_path: Path) -> None:
    with running(tmp_path, code="NONE-SUCH") as app:
        app.until("您好")
        app.process.terminate()
        assert app.process.wait(PATIENCE_SECONDS) == 128 + signal.SIGTERM
        assert all(not order.get("code") for order in app.orders)
