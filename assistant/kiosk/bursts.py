"""Tells what a person typed from what came in one go: raw pasted lines, what follows a paste, a held key."""

from __future__ import annotations

from collections.abc import Iterable

from assistant.kiosk.intake import MOST_PASTED, Pasted, Pressed, Surplus, Token, Typed

GAP_SECONDS = 0.03
"""Keys closer than this were not pressed one after the other by a person."""

QUIET_SECONDS = 0.3
"""Silence after which raw pasted lines are over; the terminal that sends them may be slow."""

MOST_HELD = 64
"""Pieces that are held back behind an Enter; of a flood the rest goes."""

REPEAT_SECONDS = 0.1
"""Enter within this of another is the same one held down: it repeats every 30 to 90 ms."""

_LINE_ENDS = {"\r", "\n"}


class Bursts:
    """Holds back an Enter that follows text at once until it is clear that no more lines follow.

    A terminal without bracketed paste sends the Enter of each pasted line as a key. The first line stays in
    the field for the person to enter, the others are counted. One line with an Enter, as a scanner or a quick
    hand sends it, is let through; so is what was typed behind it.

    What comes at once behind the end of a paste belongs to it: pasted text that holds the end mark itself
    would otherwise press the keys behind the mark.
    """

    def __init__(self) -> None:
        """Begin."""
        self._text_at = self._enter_at = float("-inf")
        self._ends = 0.0
        self._pasted: str | None = None
        self._held: list[Token] = []
        self._first = False
        self._lines: int | None = None
        self._line_open = False

    def take(self, tokens: Iterable[Token], now: float) -> list[Token]:
        """Take what came in one read.

        Args:
            tokens: What was read.
            now: Seconds of a clock that only goes forward.

        Returns:
            What a person did, as far as it is clear.
        """
        found = self.silence(now)
        tokens = list(tokens)
        for n, token in enumerate(tokens):
            if self._pasted is not None:
                self._behind_paste(token, now)
            elif self._lines is not None:
                self._line(token, now)
            elif self._held:
                self._behind_enter(token, now, found)
            else:
                self._free(token, now, found, more=n + 1 < len(tokens))
        return found

    def silence(self, now: float) -> list[Token]:
        """Return what is clear because nothing more came."""
        if self.patience(now) != 0.0:
            return []
        found = list(self._held)
        if found:
            self._enter_at = now
        if self._pasted is not None:
            found = [Pasted(self._pasted)]
        elif self._lines is not None:
            lines = self._lines + self._line_open
            found = [Surplus(lines)] if lines else []
        self._pasted, self._held, self._lines, self._line_open = None, [], None, False
        return found

    def patience(self, now: float) -> float | None:
        """Return the seconds until silence makes something clear, ``None`` where nothing is held back."""
        if self._pasted is None and self._lines is None and not self._held:
            return None
        return max(0.0, self._ends - now)

    def _free(self, token: Token, now: float, found: list[Token], *, more: bool) -> None:
        match token:
            case Pasted(text):
                self._pasted, self._ends = text, now + GAP_SECONDS
            case Typed():
                self._text_at = now
                found.append(token)
            case Pressed(sequence) if sequence in _LINE_ENDS:
                behind_text = now - self._text_at < GAP_SECONDS
                if behind_text or (more and sequence == "\r"):
                    self._first = behind_text
                    self._held, self._ends = [Pressed("\r")], now + GAP_SECONDS
                elif sequence == "\n":
                    found.append(token)
                else:
                    if now - self._enter_at >= REPEAT_SECONDS:
                        found.append(token)
                    self._enter_at = now
            case _:
                found.append(token)

    def _behind_enter(self, token: Token, now: float, found: list[Token]) -> None:
        if not _ends_line(token):
            if isinstance(token, Typed):
                self._ends = now + GAP_SECONDS
            if len(self._held) < MOST_HELD:
                self._held.append(token)
            return
        self._ends = now + GAP_SECONDS
        text = [each for each in self._held if isinstance(each, Typed)]
        if not any(each.text.strip() for each in text):
            # An empty line, or the two signs of one line end.
            self._held = [each for each in self._held if each not in text]
            return
        # A second line end: nobody typed this.
        self._lines = 1 if self._first else 0
        if not self._first:
            found += text
        self._held, self._ends = [], now + QUIET_SECONDS

    def _line(self, token: Token, now: float) -> None:
        if isinstance(token, Typed):
            self._ends = now + QUIET_SECONDS
            self._line_open = self._line_open or bool(token.text.strip())
        elif _ends_line(token):
            self._ends = now + QUIET_SECONDS
            self._lines = (self._lines or 0) + self._line_open
            self._line_open = False

    def _behind_paste(self, token: Token, now: float) -> None:
        pasted = self._pasted or ""
        if isinstance(token, Typed | Pasted):
            more = token.text
        elif _ends_line(token):
            more = "\n"
        else:
            return
        # The mouse does not prolong it: it may move for as long as it likes.
        self._ends = now + GAP_SECONDS
        if len(pasted) < MOST_PASTED:
            self._pasted = pasted + more


def _ends_line(token: Token) -> bool:
    return isinstance(token, Pressed) and token.sequence in _LINE_ENDS
