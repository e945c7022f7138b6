"""Reads the terminal and survives what a public one sends."""

from __future__ import annotations

import codecs
import os
import selectors

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

CLIPBOARD_EMPTIED = "\x1b]52;c;!\x07\x1b]52;p;!\x07"
"""Tells a terminal that knows OSC 52 to forget what was marked with the mouse, past our own selection."""

SCREEN_EMPTIED = "\x1b[0m\x1b[2J\x1b[3J\x1b[H"
"""Erases what stands on the screen and what has scrolled out of it."""


class SafeDriver(LinuxDriver):
    """The framework's driver, except that odd input costs a character and not the program.

    One byte that is no UTF-8, from a keyboard set to GBK or a scanner, ends an app on the stock driver
    (8.2.8, issue 6456); so does a key report beyond Unicode. The rules of the fields refuse U+FFFD.
    """

    def start_application_mode(self) -> None:
        """Start, with the terminal's own cursor shown: input methods and braille displays follow it."""
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write("\x1b[?25h")
        self.flush()

    def clear_scrollback(self) -> None:
        """Leave nothing of one person for the next on the terminal itself: screen, scrollback, clipboard.

        The app draws its whole screen again; call it once the widgets are wiped.
        """
        self.write(CLIPBOARD_EMPTIED + SCREEN_EMPTIED)
        self.flush()
        self._app.refresh()

    def run_input_thread(self) -> None:
        """Read keys and mouse until the app ends."""
        decode = codecs.getincrementaldecoder("utf-8")(errors="replace").decode
        parser = XTermParser(self._debug)
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                try:
                    if selector.select(0.1):
                        read = os.read(self.fileno, 4096)
                        if not read:
                            # The terminal is gone; the signal handlers end the app.
                            return
                        for message in parser.feed(decode(read)):
                            self.process_message(message)
                    for message in parser.tick():
                        self.process_message(message)
                except (ValueError, OverflowError, ParseError):
                    # A parser that raised is used up.
                    parser = XTermParser(self._debug)
                except OSError:
                    return
