"""Writes a run as an asciinema cast: a file that a player shows like a film of a terminal.

Format: asciicast v2, a line of JSON each: the header, then ``[seconds, "o", text]`` for what appears and
``[seconds, "m", label]`` for the marker at the beginning of each step.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.conversation.commands import typed
from assistant.conversation.inputs import Choice, Command, File, Records, Text
from assistant.conversation.linebreak import cells, wrap
from assistant.conversation.messages import Message, Prompt
from assistant.conversation.paragraphs import asking, paragraphs
from assistant.conversation.wording import Wording
from assistant.lessons.acts import Act
from assistant.lessons.moments import Moment
from assistant.lessons.run import Run
from assistant.lessons.telling import happened
from flows.verdict import Named

COLUMNS, LINES = 80, 24

READ_CELLS = 32
"""Cells a second that somebody reads: about 16 Chinese characters, or 6 English words."""

TYPED_CELLS = 8
"""Cells a second that somebody types."""

SHORTEST, LONGEST = 0.6, 4.0
"""Seconds that a message stands at least, and at most: a letter is not read in a lesson."""

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


@dataclass
class _Reel:
    """The film as far as it is cut."""

    at: float = 0.0
    events: list[tuple[float, str, str]] = field(default_factory=list)

    def show(self, text: str) -> None:
        self.events.append((self.at, "o", text))

    def mark(self, label: str) -> None:
        self.events.append((self.at, "m", label))

    def wait(self, seconds: float) -> None:
        self.at += seconds


def cast(run: Run, wording: Wording) -> str:
    """Write what was done in a run up to where it stands.

    Args:
        run: The run; it has to remember its beginning, so a run that goes on from a cut has it too.
        wording: The words of the language to show it in.

    Returns:
        The text of a ``.cast`` file. What a screen would hide is hidden in it.
    """
    reel = _Reel()
    done = run.moments[: run.at]
    reel.show(_lines([f"{_BOLD}{wording.text('face.training.paper')}{_PLAIN}", ""]))
    step = ""
    for said, prompt, at_step, moment in _scenes(run, done):
        if at_step != step:
            step = at_step
            name = wording.arg(Named("step", step))
            reel.mark(name)
            reel.show(_lines(["", f"{_BOLD}== {name} =={_PLAIN}", ""]))
        for message in said:
            _tell(reel, list(paragraphs(wording.message(message), wording)))
        _tell(reel, list(asking(prompt, wording.prompt(prompt), wording)), bold=True)
        if moment is not None:
            _answer(reel, moment, prompt, wording)
    head = {
        "version": 2,
        "width": COLUMNS,
        "height": LINES,
        "title": f"{wording.text('face.training.mark')} {run.scenario.called(wording.language)}",
        "env": {"TERM": "xterm-256color"},
    }
    lines = [head, *([round(at, 3), kind, text] for at, kind, text in reel.events)]
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _scenes(
    run: Run, done: tuple[Moment, ...]
) -> Iterator[tuple[tuple[Message, ...], Prompt, str, Moment | None]]:
    """Give what was said, what was asked then, at which step, and what was done about it."""
    said, prompt = run.opened.messages, run.opened.prompt
    for moment in done:
        yield said, prompt, moment.before, moment
        said, prompt = moment.messages, moment.prompt
    yield said, prompt, run.place().step.id, None


def _tell(reel: _Reel, said: list[str], *, bold: bool = False) -> None:
    for number, text in enumerate(said):
        lines = wrap(text, COLUMNS - 1)
        first = bold and number == 0
        reel.show(_lines([f"{_BOLD}{line}{_PLAIN}" if first else line for line in lines]))
        reel.wait(min(LONGEST, max(SHORTEST, sum(map(cells, lines)) / READ_CELLS)))
    reel.show("\r\n")


def _answer(reel: _Reel, moment: Moment, prompt: Prompt, wording: Wording) -> None:
    told = answered(moment.act, prompt, wording)
    if told is None:
        lines = wrap(f"({happened(moment, wording)})", COLUMNS - 1)
        reel.show(_lines([*(f"{_DIM}{line}{_PLAIN}" for line in lines), ""]))
        reel.wait(SHORTEST)
        return
    reel.show("> ")
    for letter in told:
        reel.wait(cells(letter) / TYPED_CELLS)
        reel.show(letter)
    reel.wait(SHORTEST)
    reel.show("\r\n\r\n")


def answered(act: Act, prompt: Prompt, wording: Wording) -> str | None:
    """Return what the candidate would have typed on one line; ``None`` for what somebody else did."""
    match act:
        case Text(text):
            return " ".join(text.split())
        case Choice(ids):
            labels = {option.id: option.label for option in wording.prompt(prompt).options}
            return wording.value(tuple(labels.get(each, each) for each in ids))
        case File(path):
            return path.name
        case Command() as given:
            return typed(given, wording.language)
        case Records(education, degrees):
            entries = [each.fields for each in (*education, *degrees)]
            return "; ".join(" ".join(fields.values()) for fields in entries)
        case _:
            return None


def _lines(lines: list[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)
