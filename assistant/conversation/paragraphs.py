"""Writes messages and prompts as paragraphs of text alone: for the plain conversation, casts and handouts."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.conversation.blocks import Asked, Block, Line, Link, Moment, Pair, Part, Quote
from assistant.conversation.commands import typed
from assistant.conversation.messages import Prompt
from assistant.conversation.wording import Wording


def paragraphs(block: Block, wording: Wording) -> Iterator[str]:
    """Write a message as paragraphs of text alone.

    Args:
        block: The message in words.
        wording: The words for errors, warnings and questions.
    """
    match block.kind:
        case "objected":
            for part in block.parts:
                yield wording.text("face.error") + _text(part, wording)
        case "warned":
            for part in block.parts:
                yield wording.text("face.warning") + _text(part, wording)
        case "answered":
            if block.heading:
                yield wording.text("face.asked", {"question": block.heading})
            yield from (_text(part, wording) for part in block.parts)
        case "card":
            rows = [_text(part, wording) for part in block.parts if isinstance(part, Pair | Moment)]
            yield "\n".join((block.heading, *rows))
            for part in block.parts:
                if isinstance(part, Line):
                    yield wording.text("face.warning") + part.text
        case _:
            if block.heading:
                yield block.heading
            yield from (text for part in block.parts if (text := _text(part, wording)))


def asking(prompt: Prompt, asked: Asked, wording: Wording) -> Iterator[str]:
    """Write a prompt as paragraphs: the question, its help, what can be picked, how it is answered."""
    yield asked.question
    yield from asked.help
    if asked.example:
        yield asked.example
    for number, option in enumerate(asked.options, start=1):
        refused = (
            wording.text("face.plain.refused-option", {"reason": option.refused}) if option.refused else ""
        )
        yield "\n".join(line for line in (f"{number}. {option.label}", option.hint, refused) if line)
    if asked.options:
        yield wording.text("face.plain.several" if prompt.kind == "several" else "face.plain.options")
    elif prompt.kind in {"secret", "file"}:
        yield wording.text("face.plain.hidden" if prompt.kind == "secret" else "face.plain.file")
    if prompt.preset and prompt.kind != "secret":
        labels = {option.id: option.label for option in asked.options}
        preset = [labels.get(each, each) for each in prompt.preset.split(",")] if labels else [prompt.preset]
        yield wording.text("face.plain.preset", {"value": wording.value(tuple(preset))})


def _text(part: Part, wording: Wording) -> str:
    match part:
        case Line(text):
            return text
        case Pair(label, value):
            return wording.text("face.pair", {"label": label, "value": value}) if label else value
        case Moment(label, at, away):
            return wording.text("away.line", {"label": label, "at": at, "away": away})
        case Quote(source, text):
            return f"{text}\n({source})"
        case Link(text, command):
            return f"{text} ({typed(command, wording.language)})"
