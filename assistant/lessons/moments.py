"""The moments of a run: what was done, and what stood afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from assistant.conversation.inputs import Text
from assistant.conversation.messages import Message, Prompt, Task
from assistant.conversation.naming import HIDDEN
from assistant.lessons.acts import Act
from flows.rules import email, identity, mobile
from flows.text import field

By = Literal["persona", "hand"]


@dataclass(frozen=True)
class Moment:
    """One thing that was done in a lesson, and what came of it.

    Attributes:
        number: Counted from 1; the beginning, before anything is done, is 0.
        by: Whether the persona did it by itself, or a hand did.
        act: What was done. What a screen would not show is hidden in it: a password stands as dots, a number
            or an address with its middle left out.
        key: The prompt that stood before, such as ``education.0.school``.
        before: The step at which it was done.
        after: The step that stands now.
        at: The simulated time, once it was done.
        messages: What was said to it.
        prompt: What is asked now.
        visited: The steps that concern the candidate, up to where they stand.
        tasks: Every step with what it still needs, as the rail lists them.
    """

    number: int
    by: By
    act: Act
    key: str
    before: str
    after: str
    at: datetime
    messages: tuple[Message, ...]
    prompt: Prompt
    visited: tuple[str, ...]
    tasks: tuple[Task, ...] = ()


def hidden(act: Act, prompt: Prompt) -> Act:
    """Return an act as it may be shown: what the prompt keeps off the screen is kept out of it."""
    if not isinstance(act, Text):
        return act
    if prompt.kind == "secret":
        return Text(HIDDEN)
    return Text(_masked(prompt.key, act.text)) if prompt.private else act


def _masked(key: str, typed: str) -> str:
    masks = {
        "id_number": identity.mask_id_number,
        "login.id_number": identity.mask_id_number,
        "mobile": mobile.mask_mobile,
        "email": email.mask_email,
    }
    return masks[key](field(typed)) if key in masks else HIDDEN
