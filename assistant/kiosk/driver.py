"""Reads and draws on the terminal, and survives what a public one sends, hangs and loses."""

from __future__ import annotations

import os
import select
import signal
import sys
import termios
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO, cast

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from assistant.kiosk.faults import report
from assistant.kiosk.handing import Handing
from assistant.kiosk.intake import Token
from assistant.kiosk.keyboard import Keyboard
from assistant.kiosk.output import Aside, Output, harmless, write_all
from assistant.kiosk.signals import LAST_TURN_SECONDS, Signals, end_within
from assistant.kiosk.uptake import Uptake

if TYPE_CHECKING:
    from assistant.kiosk.terminal_app import TerminalApp

CLIPBOARD_EMPTIED = "\x1b]52;c;!\x07\x1b]52;p;!\x07"
"""Tells a terminal that knows OSC 52 to forget what was marked with the mouse, past our own selection."""

SCREEN_EMPTIED = "\x1b[0m\x1b[2J\x1b[3J\x1b[H"
"""Erases what stands on the screen and what has scrolled out of it."""

ON = "\x1b[?1049h\x1b[?7l\x1b[?1000h\x1b[?1003h\x1b[?1006h\x1b[?2004h\x1b[?25h"
"""Alternate screen, no wrapping, mouse, marked pastes, and the cursor shown: input methods and braille
displays follow it. Not asked for: focus, sizes in the band, the Kitty keyboard; there is no use for them."""

OFF = "\x1b[0m\x1b[2J\x1b[?2004l\x1b[?1006l\x1b[?1003l\x1b[?1000l\x1b[?7h\x1b[?1049l\x1b[?25h"
"""All of it back; what stands there is erased first, for terminals without an alternate screen."""

ASKED = "\x1b[?2026$p"
"""Asks whether the terminal can draw a frame at once."""

LARGEST = (500, 200)
"""Columns and lines that are drawn at most: a terminal that says 65535 would take all memory."""

READ_BYTES = 4096

MODES_AGAIN_SECONDS = 1.0


class SafeDriver(Driver):
    """The app's own driver.

    The framework's (8.2.8) ends with a byte that is no UTF-8 (issues 6456, 6668), spins when its input ends
    (6690), hangs with a terminal that hangs, takes the keys of a flood one by one, and starts a second time
    when the process is continued.
    """

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Make the driver for an app; the framework does."""
        self._kiosk = cast("TerminalApp", app)
        self._input = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        self._terminal = os.dup(2 if os.isatty(2) or not os.isatty(1) else 1)
        super().__init__(app, debug=debug, mouse=mouse, size=size or self._measured())
        self._attributes: list[Any] | None = None
        self._aside = Aside()
        self._output: Output | None = None
        self._entered = False
        self._reader: threading.Thread | None = None
        self._stopping = threading.Event()
        self._wake, self._woken = os.pipe()
        self._handing = Handing(app, self._loop, self._hand)
        self._keyboard = Keyboard(self._measured, self._modes_again)
        self._modes_at = 0.0

    @property
    def can_suspend(self) -> bool:
        """Whether the app may hand the terminal to another program: never."""
        return False

    # Starting and stopping -----------------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal."""
        with suppress(termios.error):
            self._attributes = termios.tcgetattr(self._input)
        Signals(
            self._loop,
            leave=self._kiosk.leave,
            last=self._give_back,
            suspend=self._suspend if self._kiosk.policy.can_quit else None,
            resume=self._resume,
            resize=self._say_size,
        )
        self._aside.begin()
        self._enter()
        self._say_size()
        self._reader = threading.Thread(target=self._read, name="kiosk-input", daemon=True)
        self._reader.start()

    def disable_input(self) -> None:
        """Stop reading, and leave nothing that was typed to whoever has the terminal next."""
        self._stopping.set()
        os.write(self._woken, b".")
        if self._reader is not None:
            self._reader.join(1.0)
        with suppress(termios.error):
            termios.tcflush(self._input, termios.TCIFLUSH)

    def stop_application_mode(self) -> None:
        """Give the terminal back clean."""
        self.disable_input()
        if self._entered:
            self._entered = False
            self._send(self._last_words)
            self._set(self._attributes)

    def deliver_binary(self, binary: BinaryIO | TextIO, **_: Any) -> None:
        """Write no file: photos and letters have their own ways."""
        binary.close()

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Open nothing outside."""

    def close(self) -> None:
        """Write what is left to write. A turn that hangs in its thread does not hold the process for ever."""
        if self._output is not None:
            self._output.end()
        self._aside.end()
        end_within(LAST_TURN_SECONDS, lambda: self._kiosk.return_code or 0, lambda: None)

    def _enter(self) -> None:
        self._output = Output(self._terminal, lost=self._lost, caught_up=self._draw_again)
        self._entered = True
        self._take()

    def _take(self) -> None:
        if self._attributes is not None:
            self._set(_raw(self._attributes))
        asked = "" if os.environ.get("TERM_PROGRAM") == "Apple_Terminal" else ASKED
        self._send(ON + asked)

    def _set(self, attributes: list[Any] | None) -> None:
        if attributes is not None:
            with suppress(termios.error):
                termios.tcsetattr(self._input, termios.TCSANOW, attributes)

    @property
    def _last_words(self) -> str:
        if self._kiosk.policy.can_quit:
            return OFF
        return OFF + CLIPBOARD_EMPTIED + SCREEN_EMPTIED

    def _give_back(self) -> None:
        """Give the terminal back from another thread, where the app hangs."""
        if self._entered:
            with suppress(OSError):
                write_all(self._terminal, self._last_words.encode(), 0.2)
            self._set(self._attributes)

    def _suspend(self) -> None:
        """Give the terminal to the shell until the process is continued."""
        if self._output is not None and self._entered:
            self._send(OFF)
            self._output.end()
            self._set(self._attributes)
            os.kill(os.getpid(), signal.SIGSTOP)
            self._enter()
            self._draw_again()

    def _resume(self) -> None:
        """Take the terminal again: a shell has had it while the process stood."""
        if self._entered:
            self._take()
            self._say_size()
            self._draw_again()

    # Drawing -------------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Draw a frame."""
        self._send(harmless(data))

    def clear_scrollback(self) -> None:
        """Leave nothing of one person for the next on the terminal itself: screen, scrollback, clipboard.

        The app draws its whole screen again; call it once the widgets are wiped.
        """
        self._send(CLIPBOARD_EMPTIED + SCREEN_EMPTIED)
        self._app.refresh()

    def _send(self, data: str) -> None:
        if self._output is not None:
            self._output.write(data)

    def _draw_again(self) -> None:
        self._soon(self._app.refresh)

    def _measured(self) -> tuple[int, int]:
        """Return columns and lines as the terminal says; the framework believes COLUMNS and LINES instead."""
        for handle in (self._terminal, self._input):
            with suppress(OSError):
                width, height = os.get_terminal_size(handle)
                if width and height:
                    return min(width, LARGEST[0]), min(height, LARGEST[1])
        return 80, 24

    def _say_size(self) -> None:
        size = Size(*self._measured())
        self._app.post_message(events.Resize(size, size))

    def _modes_again(self) -> None:
        if time.monotonic() - self._modes_at > MODES_AGAIN_SECONDS:
            self._modes_at = time.monotonic()
            self._send(ON)
            self._draw_again()

    # Reading -------------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read until the app ends; whatever goes wrong costs what was read, and not the program."""
        uptake = Uptake(self._handing.put)
        while not self._stopping.is_set():
            patience = uptake.patience(time.monotonic())
            try:
                ready = select.select([self._input, self._wake], [], [], patience)[0]
                data = os.read(self._input, READ_BYTES) if self._input in ready else b""
            except BlockingIOError:
                continue
            except OSError:
                self._lost()
                return
            if self._input in ready and not data:
                self._lost()
                return
            uptake.take(data, time.monotonic())
            if len(data) == READ_BYTES:
                # In a flood the app gets its turn; what is not read waits at the sender.
                self._stopping.wait(0.005)

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
        """Leave as on SIGHUP: the terminal is gone, and no signal need come."""
        self._soon(lambda: self._kiosk.leave(128 + signal.SIGHUP))

    def _soon(self, act: Callable[[], object]) -> None:
        # The loop is closed when the app has ended in between.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(act)


def _raw(attributes: list[Any]) -> list[Any]:
    """Return the attributes of a terminal that hands on every byte as it is."""
    raw = [*attributes[:6], [*attributes[6]]]
    raw[0] &= ~(
        termios.IXON
        | termios.IXOFF
        | termios.ICRNL
        | termios.INLCR
        | termios.IGNCR
        | termios.ISTRIP
        | termios.BRKINT
    )
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 1, 0
    return raw
