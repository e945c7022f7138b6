"""What stands at the bottom of the full screen after a turn: the question, its problems, the way back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from assistant.conversation.blocks import Asked
from assistant.conversation.messages import Objected, Option, Prompt, Turn
from assistant.conversation.wording import Wording
from assistant.kiosk.pages import by_field
from assistant.kiosk.photos import pictures
from assistant.widgets import render
from flows.verdict import Problem

ASKING = Prompt("ask", "text", "face.ask", help="face.ask-help")
"""Stands in for the journey's prompt while a question is put; the journey knows nothing of it."""

OVER = Prompt("over", "acknowledge", "face.finished", options=(Option("start", ""),))
"""Stands in for it once the conversation is over."""


@dataclass(frozen=True)
class Standing:
    """A prompt, the same in words, and the pictures that it offers."""

    prompt: Prompt
    asked: Asked
    pictures: tuple[Path, ...] = ()


def standing(
    turn: Turn, wording: Wording, *, asking: bool, folders: tuple[Path, ...], uploads: bool = False
) -> Standing:
    """Return what is asked after a turn.

    Args:
        turn: The turn.
        wording: The sentences.
        asking: Whether a question of the person's own is to be put.
        folders: Where pictures are looked for, anew each time: a stick may have been put in.
        uploads: Whether pictures come from the person's own machine, through a page in a browser.
    """
    if turn.finished:
        asked = wording.prompt(OVER)
        start = replace(asked.options[0], label=wording.text("face.to-start"))
        return Standing(OVER, replace(asked, options=(start,)))
    prompt = ASKING if asking else turn.prompt
    asked = wording.prompt(prompt)
    if prompt.kind != "file":
        return Standing(prompt, asked)
    if uploads:
        asked = replace(asked, help=(*asked.help, wording.text("face.upload")))
    found = pictures(folders)
    options = tuple(render.file_option(path, n) for n, path in enumerate(found))
    if not options and uploads:
        return Standing(prompt, asked)
    if not options:
        return Standing(prompt, replace(asked, help=(*asked.help, wording.text("face.no-photos"))))
    return Standing(prompt, replace(asked, options=options), found)


def problems_of(turn: Turn) -> tuple[Problem, ...]:
    """Return what was objected to at the prompt that stands."""
    return tuple(
        problem
        for said in turn.messages
        if isinstance(said, Objected) and by_field(said, turn.prompt)
        for problem in said.problems
    )


def back_said(turn: Turn | None, wording: Wording, *, asking: bool) -> str:
    """Say what going back would undo; nothing where there is no way back."""
    if turn is None or turn.finished:
        return ""
    if asking:
        return wording.text("face.back-asking")
    if turn.undo is None:
        return wording.text("face.back-start")
    return wording.text(turn.undo.text, turn.undo.args)
