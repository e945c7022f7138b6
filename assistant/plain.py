"""The journey line by line: for pipes, screen readers and terminals that cannot move a cursor.

One item a paragraph, no colour, no cursor movement; errors and progress begin with a word that says so.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import Protocol, TextIO

from assistant.conversation.inputs import Choice, Command, Input, Text
from assistant.conversation.messages import Message, Prompt, Turn
from assistant.conversation.rendering import Block, block, prompt_text
from assistant.conversation.wording import Wording


class Talks(Protocol):
    """A conversation as a face sees it."""

    def open(self) -> Turn:
        """Say hello."""
        ...

    def take(self, given: Input) -> Turn:
        """Take one input."""
        ...


def run_plain(
    conversation: Talks, wording_for: Callable[[str], Wording], reader: TextIO, writer: TextIO
) -> int:
    """Hold a conversation over two text streams.

    Args:
        conversation: The conversation.
        wording_for: Gives the sentences of a language.
        reader: Where answers come from, one a line; its end leaves the conversation.
        writer: Where everything is said.

    Returns:
        0; leaving is never a failure, for everything is saved.
    """
    turn = conversation.open()
    step = ""
    while True:
        wording = wording_for(turn.language)
        for message in turn.messages:
            _say(writer, message, wording)
        if turn.finished or (turn.prompt.kind == "end" and _over(reader, writer, turn, wording)):
            return 0
        if turn.progress.step != step:
            step = turn.progress.step
            _paragraph(writer, _progress(turn, wording))
        _ask(writer, turn.prompt, wording)
        line = _read(reader, turn.prompt, wording)
        if line is None:
            turn = conversation.take(Command("quit"))
            for message in turn.messages:
                _say(writer, message, wording_for(turn.language))
            return 0
        turn = conversation.take(_input(line, turn.prompt))


def _over(reader: TextIO, writer: TextIO, turn: Turn, wording: Wording) -> bool:
    """Whether a journey that has ended leaves: a person may still ask, a pipe has nothing more to say."""
    if reader.isatty():
        return False
    _ask(writer, turn.prompt, wording)
    return not (reader.seekable() and _more(reader))


def _more(reader: TextIO) -> bool:
    here = reader.tell()
    found = bool(reader.readline())
    reader.seek(here)
    return found


def _input(line: str, prompt: Prompt) -> Input:
    typed = line.strip()
    if not typed and prompt.preset:
        # Enter keeps what stands there, as it would in a field.
        return Text(prompt.preset)
    if prompt.kind == "several" or not prompt.options:
        return Text(line)
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(prompt.options):
        return Choice((prompt.options[int(typed) - 1].id,))
    return Text(line)


def _read(reader: TextIO, prompt: Prompt, wording: Wording) -> str | None:
    if prompt.kind == "secret" and reader is sys.stdin and reader.isatty():
        try:
            return getpass.getpass(wording.text("face.secret"))
        except EOFError:
            return None
    line = reader.readline()
    return line.rstrip("\r\n") if line else None


def _progress(turn: Turn, wording: Wording) -> str:
    progress = turn.progress
    return wording.text(
        "face.progress",
        {"number": progress.number, "of": progress.of, "step": wording.text(f"step.{progress.step}")},
    )


def _ask(writer: TextIO, prompt: Prompt, wording: Wording) -> None:
    asked = prompt_text(prompt, wording)
    lines = [asked.question]
    lines += [each for each in (asked.help, asked.example) if each]
    for number, (_, label, hint) in enumerate(asked.options, 1):
        lines.append(f"  {number}. {label}")
        if hint:
            lines.append(f"     {hint}")
    if prompt.preset:
        lines.append(wording.text("face.preset", {"preset": prompt.preset}))
    _paragraph(writer, "\n".join(lines))
    writer.write("> ")
    writer.flush()


def _say(writer: TextIO, message: Message, wording: Wording) -> None:
    _paragraph(writer, _plain(block(message, wording)))


def _plain(drawn: Block) -> str:
    body = "\n".join(f"{line.label}: {line.text}" if line.label else line.text for line in drawn.lines)
    if drawn.kind in {"problem", "warning"}:
        return f"{drawn.heading} {body}"
    return f"{drawn.heading}\n{body}" if drawn.heading else body


def _paragraph(writer: TextIO, text: str) -> None:
    writer.write(f"{text}\n\n")
