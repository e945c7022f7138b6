"""The second line of a lesson's head: the step, whose lesson it is, and whether it plays."""

from __future__ import annotations

from typing import Literal

from textual.content import Content

from assistant.conversation.linebreak import cells
from assistant.conversation.wording import Wording
from assistant.trainer.telling import shortened
from assistant.trainer.view import View
from assistant.widgets import render

APART = 8
"""Cells between the step, the name and what plays."""

LEAST_NAME = 6
"""Cells with fewer of which a name says nothing."""

State = Literal["playing", "paused", "hand"]


def under_the_banner(
    seen: View, named: str, state: State, speed: int, width: int, wording: Wording
) -> Content:
    """Draw the line.

    Args:
        seen: The run as it stands.
        named: What it is called; cut where there is no room for all of it.
        state: Whether it plays.
        speed: How fast.
        width: The cells of the line.
        wording: The sentences of the language.
    """
    of = len(seen.chart.stops)
    here = wording.text(f"step.{seen.chart.here}")
    step = wording.text("train.step", {"number": seen.number, "of": of, "step": here})
    playing = wording.text(f"train.state.{state}", {"speed": speed, "at": seen.at, "count": seen.count})
    room = width - cells(step) - cells(playing) - APART
    if room >= LEAST_NAME:
        step = f"{step}  ·  {shortened(named, room)}"
    return render.apart(render.line((step, "")), [render.line((playing, "bold"))], width)
