"""Joins an app to the server that started it: over standard input and output instead of a terminal."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from assistant.kiosk.driver import LARGEST, ON
from assistant.kiosk.faults import report
from assistant.kiosk.handing import Handing
from assistant.kiosk.intake import Token
from assistant.kiosk.keyboard import Keyboard
from assistant.kiosk.output import Output, harmless
from assistant.kiosk.seating import PictureCame
from assistant.kiosk.signals import LAST_TURN_SECONDS, Signals, end_within
from assistant.kiosk.uptake import Uptake
from assistant.web.packets import ORDER, TEXT, BrokenLineError, Packet, Packets, ordered, packed

if TYPE_CHECKING:
    from assistant.kiosk.terminal_app import TerminalApp

HELLO = b"__GANGLION__\n"
"""What the server waits for before packets (textual-serve 1.1.3)."""

READ_BYTES = 16384

BEGIN_SECONDS = 10.0
"""How long the server may take to say who begins here; it does so at once."""

EMPTIED = "\x1b[0m\x1b[2J\x1b[3J\x1b[H"


class PipeDriver(Driver):
    """The driver of a served app.

    The framework's (8.2.8) parses what a browser sends with the parser that loses long pastes and garbles
    longer commits of input methods, hides the cursor that an input method follows, and holds up the app while
    a slow browser takes nothing.
    """

    uploads = True

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        """Make the driver for an app; the framework does, by the name in the environment."""
        self._kiosk = cast("TerminalApp", app)
        self._input = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        # What a library prints must not come between packets.
        self._line = os.dup(1)
        os.dup2(2, 1)
        self._packets, self._early = Packets(), list[Packet]()
        begun = self._begun()
        self._code = str(begun.get("code") or "")
        self._size_now = _size(begun)
        super().__init__(app, debug=debug, mouse=mouse, size=self._size_now)
        self._output: Output | None = None
        self._reader: threading.Thread | None = None
        self._stopping = threading.Event()
        self._wake, self._woken = os.pipe()
        self._handing = Handing(app, self._loop, self._hand)
        self._keyboard = Keyboard(lambda: self._size_now, lambda: None)
        self._said: dict[str, bytes] = {}

    def _begun(self) -> dict[str, object]:
        """Read the first order, which the server writes before anything else."""
        ends = time.monotonic() + BEGIN_SECONDS
        while (left := ends - time.monotonic()) > 0:
            if not select.select([self._input], [], [], left)[0]:
                break
            data = os.read(self._input, READ_BYTES)
            if not data:
                break
            self._early += self._packets.feed(data)
            if self._early:
                return self._early.pop(0).order()
        # Whoever runs this by hand sees the app at the size of a terminal.
        return {}

    @property
    def is_web(self) -> bool:
        """Whether the app is served: yes."""
        return True

    @property
    def can_suspend(self) -> bool:
        """Whether the app may hand the terminal to another program: there is none."""
        return False

    # The seat ------------------------------------------------------------------------------------------

    def taken_up(self) -> str:
        """Return the code of who sat here before the reload, once."""
        code, self._code = self._code, ""
        return code

    def keep_place(self, code: str | None, language: str) -> None:
        """Let the server keep the place of a registration, or forget whose it was."""
        self._order("place", ordered("place", code=code or "", language=language))

    def offer_upload(self, wanted: bool) -> None:
        """Let the page offer to take a picture from the person's own machine, or no longer."""
        self._order("upload", ordered("upload", wanted=wanted))

    def offer_letter(self, file: str) -> None:
        """Let the page offer to keep a letter on the person's own machine."""
        if self._output is not None:
            self._output.put(ordered("letter", file=file))

    def _order(self, name: str, packet: bytes) -> None:
        # Said once: a turn that changes neither has no news for the server.
        if self._said.get(name) != packet and self._output is not None:
            self._said[name] = packet
            self._output.put(packet)

    # Starting and stopping -----------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Say hello to the server and begin to read."""
        Signals(
            self._loop,
            leave=self._kiosk.leave,
            last=lambda: None,
            suspend=None,
            resume=lambda: None,
            resize=lambda: None,
        )
        self._output = Output(self._line, lost=self._lost, caught_up=self._draw_again)
        self._output.put(HELLO)
        self._send(ON)
        self._say_size()
        self._reader = threading.Thread(target=self._read, name="web-input", daemon=True)
        self._reader.start()

    def disable_input(self) -> None:
        """Stop reading."""
        self._stopping.set()
        os.write(self._woken, b".")
        if self._reader is not None:
            self._reader.join(1.0)

    def stop_application_mode(self) -> None:
        """Leave an empty screen."""
        self.disable_input()
        self._send(EMPTIED)

    def close(self) -> None:
        """Write what is left to write. A turn that hangs in its thread does not hold the process for ever."""
        if self._output is not None:
            self._output.end()
        end_within(LAST_TURN_SECONDS, lambda: self._kiosk.return_code or 0, lambda: None)

    def deliver_binary(self, binary: BinaryIO | TextIO, **_: Any) -> None:
        """Send no file: photos and letters have their own ways."""
        binary.close()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing outside."""

    # Drawing -------------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Draw a frame."""
        self._send(harmless(data))

    def clear_scrollback(self) -> None:
        """Leave nothing of one person for the next in the browser's terminal."""
        self._send(EMPTIED)
        self._app.refresh()

    def _send(self, data: str) -> None:
        if self._output is not None:
            self._output.put(packed(TEXT, data.encode("utf-8", errors="replace")))

    def _draw_again(self) -> None:
        self._soon(self._app.refresh)

    def _say_size(self) -> None:
        size = Size(*self._size_now)
        self._app.post_message(events.Resize(size, size))

    # Reading -------------------------------------------------------------------------------------------

    def _read(self) -> None:
        uptake = Uptake(self._handing.put)
        for packet in self._early:
            self._take(packet, uptake)
        while not self._stopping.is_set():
            patience = uptake.patience(time.monotonic())
            try:
                ready = select.select([self._input, self._wake], [], [], patience)[0]
                data = os.read(self._input, READ_BYTES) if self._input in ready else b""
                if self._input in ready and not data:
                    # The server is gone, and with it whoever sat here.
                    self._lost()
                    return
                for packet in self._packets.feed(data):
                    self._take(packet, uptake)
            except (OSError, BrokenLineError):
                self._lost()
                return
            if not data:
                uptake.take(b"", time.monotonic())

    def _take(self, packet: Packet, uptake: Uptake) -> None:
        if packet.kind == TEXT:
            uptake.take(packet.payload, time.monotonic())
        elif packet.kind == ORDER:
            order = packet.order()
            match order.get("type"):
                case "resize":
                    self._size_now = _size(order)
                    self._soon(self._say_size)
                case "picture":
                    picture = PictureCame(Path(str(order.get("path"))))
                    self._soon(lambda: self._app.post_message(picture))
                case "quit":
                    self._soon(lambda: self._kiosk.leave(0))

    def _hand(self, token: Token) -> None:
        try:
            for event in self._keyboard.events(token):
                self.process_message(event)
        except Exception as fault:  # noqa: BLE001 - one key is lost, not the keyboard
            report(fault)

    def send_message(self, message: Message) -> None:
        """Hand an event to the app; called in its loop."""
        self._app.post_message(message)

    def _lost(self) -> None:
        self._soon(lambda: self._kiosk.leave(128 + signal.SIGHUP))

    def _soon(self, act: Callable[[], object]) -> None:
        # The loop is closed when the app has ended in between.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(act)


def _size(order: dict[str, object]) -> tuple[int, int]:
    """Return columns and lines that can be drawn, whatever a page says of its window."""
    width, height = order.get("width"), order.get("height")
    if not isinstance(width, int) or not isinstance(height, int):
        return 80, 24
    return max(1, min(width, LARGEST[0])), max(1, min(height, LARGEST[1]))
