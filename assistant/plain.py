"""The journey line by line: for screen readers, pipes and terminals that cannot draw.

One item a paragraph, nothing moves, no colour. What is an error says so in words, and so does progress.
"""

from __future__ import annotations

import getpass
import shutil
from collections.abc import Callable
from dataclasses import replace
from typing import TextIO

from assistant.conversation.inputs import Text
from assistant.conversation.linebreak import wrap
from assistant.conversation.messages import Objected, Prompt, Turn
from assistant.conversation.paragraphs import asking, paragraphs
from assistant.conversation.protocol import Conversation
from assistant.conversation.wording import Wording
from flows.verdict import Problem, RefusedError

MOST_COLUMNS = 80
"""Longer lines tire the eye; a terminal that is narrower counts, a pipe gets whole paragraphs."""


def run_plain(
    conversation: Conversation, wording_for: Callable[[str], Wording], reader: TextIO, writer: TextIO
) -> int:
    """Hold the conversation line by line until it is over or the input ends.

    Args:
        conversation: The conversation, not yet opened.
        wording_for: What makes the sentences of a language.
        reader: Where lines come from; a terminal or a pipe.
        writer: Where lines go.

    Returns:
        The exit code, 0: an input that ends is no failure, everything answered is kept.
    """
    if hasattr(reader, "reconfigure"):
        # A terminal in another encoding must not end the conversation; the rules refuse what was lost.
        reader.reconfigure(encoding="utf-8", errors="replace")
    return _Lines(conversation, wording_for, reader, writer).run()


class _Lines:
    def __init__(
        self,
        conversation: Conversation,
        wording_for: Callable[[str], Wording],
        reader: TextIO,
        writer: TextIO,
    ) -> None:
        self._conversation, self._wording_for = conversation, wording_for
        self._reader, self._writer = reader, writer
        self._wording = wording_for(conversation.language)
        self._width = None
        if writer.isatty():
            self._width = min(MOST_COLUMNS, shutil.get_terminal_size().columns)
        self._step = ""
        self._asked: tuple[str, Prompt] | None = None
        self._refused: dict[str, str] = {}

    def run(self) -> int:
        turn = self._kept(self._conversation.open())
        while True:
            self._tell(turn)
            if turn.finished:
                return 0
            line = self._read(turn.prompt)
            if line is None:
                code = turn.reference
                self._say(
                    self._wording.text("face.plain.come-back", {"code": code})
                    if code
                    else self._wording.text("face.plain.nothing-saved")
                )
                return 0
            turn = self._take(line, turn)

    def _take(self, line: str, turn: Turn) -> Turn:
        if not line and turn.prompt.preset and turn.prompt.kind != "secret":
            line = turn.prompt.preset
        try:
            return self._kept(self._conversation.take(Text(line)), line)
        except RefusedError as error:
            # Nothing of the turn happened; the same prompt stands there again.
            self._say(
                self._wording.text("face.error") + self._wording.problem(Problem(error.code, error.arguments))
            )
            return Turn((), turn.prompt, turn.progress, turn.language, turn.reference)

    def _kept(self, turn: Turn, line: str = "") -> Turn:
        """Offer to keep what stood before only where it can be kept and may be seen."""
        prompt = turn.prompt
        if any(isinstance(each, Objected) and each.key == prompt.key for each in turn.messages):
            self._refused[prompt.key] = line
        if prompt.preset and (prompt.private or prompt.preset == self._refused.get(prompt.key)):
            return replace(turn, prompt=replace(prompt, preset=""))
        return turn

    def _tell(self, turn: Turn) -> None:
        self._wording = self._wording_for(turn.language)
        for message in turn.messages:
            for paragraph in paragraphs(self._wording.message(message), self._wording):
                self._say(paragraph)
        if turn.finished:
            return
        if turn.progress.step != self._step:
            self._step = turn.progress.step
            self._say(self._wording.progress(turn.progress))
        asked = (turn.language, turn.prompt)
        if asked == self._asked:
            # After a question in the middle only the question is said again: thirty options would bury it.
            self._say(self._wording.prompt(turn.prompt).question)
            return
        self._asked = asked
        for paragraph in asking(turn.prompt, self._wording.prompt(turn.prompt), self._wording):
            self._say(paragraph)

    def _say(self, paragraph: str) -> None:
        lines = paragraph.split("\n") if self._width is None else wrap(paragraph, self._width)
        self._writer.write("\n".join(lines) + "\n\n")
        self._writer.flush()

    def _read(self, prompt: Prompt) -> str | None:
        """Read a line without its end; ``None`` when the input has ended."""
        if prompt.kind == "secret" and self._reader.isatty():
            try:
                return getpass.getpass("> ", stream=self._writer)
            except EOFError:
                return None
        self._writer.write("> ")
        self._writer.flush()
        line = self._reader.readline()
        if not self._reader.isatty():
            # What was read from a pipe is not echoed: without this the answer to it would follow the mark.
            self._writer.write("\n")
        return line.rstrip("\r\n") if line else None
