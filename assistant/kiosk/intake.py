"""Cuts the bytes that a terminal sends into text, keys and pastes. No bytes make it fail or wait for ever."""

from __future__ import annotations

import codecs
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import Literal

ESCAPE_SECONDS = 0.1
"""Silence after which a lone ESC byte is the Escape key and not the beginning of a sequence."""

BROKEN_SECONDS = 0.4
"""Silence after which a sequence or a character that has begun is given up."""

BULK_SECONDS = 0.05
"""Silence that ends a sequence which is older than that: a terminal sends one in bulk, a person cannot."""

PASTE_SECONDS = 1.0
"""Silence after which a paste without an end is over."""

LONGEST_PASTE_SECONDS = 10.0
"""After this a paste is over even where more comes: whoever types into it would see nothing."""

MOST_PASTED = 100_000
"""Bytes of a paste that are kept; a field takes 300 characters."""

MOST_SEQUENCE = 64
"""Bytes of a sequence that is looked up; a longer one is read to its end and dropped."""


@dataclass(frozen=True)
class Typed:
    """Text as it was typed, or as an input method committed it."""

    text: str


@dataclass(frozen=True)
class Pressed:
    """A control character or a whole escape sequence: a key, the mouse, or an answer of the terminal."""

    sequence: str


@dataclass(frozen=True)
class Pasted:
    """Text that the terminal marked as pasted, with whatever control characters it holds."""

    text: str


@dataclass(frozen=True)
class Surplus:
    """Lines that came in one go behind the first: pasted on a terminal that does not mark a paste."""

    lines: int


Token = Typed | Pressed | Pasted | Surplus

_TEXT = re.compile(rb"[\x20-\x7e\x80-\xff]+")
_STRING_END = re.compile(rb"[\x07\x18\x1a\x1b]")
_PASTE_BEGIN, _PASTE_END = b"\x1b[200~", b"\x1b[201~"

State = Literal["ground", "escape", "csi", "console", "ss3", "mouse", "string", "string-escape", "paste"]


class Intake:
    """Reads a stream of bytes by the grammar of ECMA-48.

    The framework's parser (8.2.8) gives up a sequence after 32 characters and hands its characters on as keys
    (issues 6573, 6696), does so within pastes, and waits for the end of a paste for ever. Here a sequence
    that is not understood is read to its end and dropped, and silence ends whatever has begun.
    """

    def __init__(self, known: Container[str] = ()) -> None:
        """Begin.

        Args:
            known: Sequences that are keys although the grammar would go on reading, such as ``ESC[23$``.
        """
        self._known = known
        self._state: State = "ground"
        self._held = bytearray()
        self._dropped = False
        self._began = self._last = 0.0
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def feed(self, data: bytes, now: float) -> list[Token]:
        """Read what came.

        Args:
            data: The bytes.
            now: Seconds of a clock that only goes forward.

        Returns:
            What they complete.
        """
        found = self.silence(now)
        self._last = now
        at = 0
        while at < len(data):
            at = self._step(data, at, now, found)
        return found

    def silence(self, now: float) -> list[Token]:
        """Return what is complete because nothing more came."""
        found: list[Token] = []
        if self.patience(now) == 0.0:
            if self._state == "escape":
                found.append(Pressed("\x1b"))
            elif self._state == "paste":
                found.append(self._paste(self._held))
            elif self._state == "ground":
                self._flush(found)
            self._ground()
        return found

    def patience(self, now: float) -> float | None:
        """Return the seconds until silence completes something, ``None`` where nothing is open."""
        if self._state == "ground":
            if not self._decoder.getstate()[0]:
                return None
            ends = self._last + BROKEN_SECONDS
        elif self._state == "escape":
            ends = self._last + ESCAPE_SECONDS
        elif self._state == "paste":
            ends = min(self._last + PASTE_SECONDS, self._began + LONGEST_PASTE_SECONDS)
        else:
            old = self._last - self._began >= BROKEN_SECONDS
            ends = self._last + (BULK_SECONDS if old else BROKEN_SECONDS)
        return max(0.0, ends - now)

    # States --------------------------------------------------------------------------------------------

    def _step(self, data: bytes, at: int, now: float, found: list[Token]) -> int:
        match self._state:
            case "ground":
                return self._text(data, at, now, found)
            case "paste":
                return self._in_paste(data, at, found)
            case "string":
                return self._in_string(data, at)
            case "mouse":
                # Three raw bytes follow the M of the oldest mouse report, of any value.
                self._held.append(data[at])
                if len(self._held) == len(b"\x1b[Mbxy"):
                    self._complete(found)
                return at + 1
            case "escape":
                return self._after_escape(data, at, now, found)
            case "string-escape":
                if data[at] == ord("\\"):
                    self._ground()
                    return at + 1
                self._begin(now)
                return at
            case _:
                return self._in_sequence(data, at, now, found)

    def _text(self, data: bytes, at: int, now: float, found: list[Token]) -> int:
        run = _TEXT.match(data, at)
        if run is not None:
            text = self._decoder.decode(run[0])
            if text:
                found.append(Typed(text))
            return run.end()
        self._flush(found)
        if data[at] == 0x1B:
            self._begin(now)
        else:
            found.append(Pressed(chr(data[at])))
        return at + 1

    def _after_escape(self, data: bytes, at: int, now: float, found: list[Token]) -> int:
        byte = data[at]
        if byte == 0x1B:
            if data[at + 1 : at + 2] in (b"[", b"O"):
                # Some terminals write Alt in front of a whole sequence; no such key means anything here.
                self._dropped = True
            else:
                found.append(Pressed("\x1b"))
                self._begin(now)
            return at + 1
        if byte >= 0x80:
            # No key is an ESC before such a byte; what follows is text.
            self._ground()
            return at
        opened: dict[int, State] = {0x5B: "csi", 0x4F: "ss3", **dict.fromkeys(b"PX]^_", "string")}
        self._state = opened.get(byte, self._state)
        self._held.append(byte)
        if self._state == "escape":
            self._complete(found)
        return at + 1

    def _in_sequence(self, data: bytes, at: int, now: float, found: list[Token]) -> int:
        byte = data[at]
        if byte == 0x1B:
            self._begin(now)
            return at + 1
        if byte in {0x18, 0x1A}:
            self._ground()
            return at + 1
        if byte < 0x20 or byte >= 0x7F:
            # Nothing in a sequence: it was cut off, and this belongs to what follows.
            self._ground()
            return at
        held = self._held
        if len(held) < MOST_SEQUENCE:
            held.append(byte)
        else:
            self._dropped = True
        if self._state == "csi":
            if held == b"\x1b[[":
                self._state = "console"
            elif held == b"\x1b[M":
                self._state = "mouse"
            elif held.startswith(b"\x1b[<") and byte in b"Na":
                # xterm.js reports a place that it does not know as NaN (issue 6573).
                self._dropped = True
            elif byte >= 0x40 or (byte == 0x24 and held.decode("ascii") in self._known):
                self._complete(found)
        elif self._state == "console" or byte not in b"0123456789;":
            self._complete(found)
        return at + 1

    def _in_string(self, data: bytes, at: int) -> int:
        end = _STRING_END.search(data, at)
        if end is None:
            return len(data)
        if end[0] == b"\x1b":
            self._state = "string-escape"
        else:
            self._ground()
        return end.end()

    def _in_paste(self, data: bytes, at: int, found: list[Token]) -> int:
        held = self._held
        # The end may come in two pieces.
        before = len(held)
        held += data[at:]
        end = held.find(_PASTE_END, max(0, before - len(_PASTE_END) + 1))
        if end < 0:
            if len(held) > MOST_PASTED:
                del held[MOST_PASTED : -len(_PASTE_END)]
            return len(data)
        found.append(self._paste(held[:end]))
        self._ground()
        return at + end + len(_PASTE_END) - before

    # Beginning and ending ------------------------------------------------------------------------------

    def _begin(self, now: float) -> None:
        self._state = "escape"
        self._held = bytearray(b"\x1b")
        self._dropped = False
        self._began = now

    def _ground(self) -> None:
        self._state = "ground"
        self._held = bytearray()
        self._dropped = False

    def _complete(self, found: list[Token]) -> None:
        held = bytes(self._held)
        dropped = self._dropped
        self._ground()
        if held == _PASTE_BEGIN:
            self._state = "paste"
            self._began = self._last
        elif not dropped and held != _PASTE_END:
            found.append(Pressed(held.decode("latin-1")))

    def _flush(self, found: list[Token]) -> None:
        """Give up a character of which only a part came."""
        text = self._decoder.decode(b"", final=True)
        self._decoder.reset()
        if text:
            found.append(Typed(text))

    def _paste(self, held: bytes | bytearray) -> Pasted:
        return Pasted(bytes(held[:MOST_PASTED]).decode("utf-8", errors="replace"))
