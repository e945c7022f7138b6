"""A whole registration with the keyboard alone, and how many keys it takes beyond the data."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.conversation.messages import Prompt
from assistant.kiosk.pages import READ_TO_THE_END
from assistant.widgets.choices import DIGITS
from tests.assistant.kiosk.quiet import quiet
from tests.journeys.visiting import MOST, Visit, visiting

ALLOWED = 40
"""Key presses beyond the data from welcome to paid."""


@pytest.mark.req("9.2", "13.6", "13.7")
@pytest.mark.parametrize(("language", "size"), [("zh", (80, 24)), ("en", (120, 40))])
async def test_a_keyboard_alone_gets_from_welcome_to_paid_with_few_keys_beyond_the_data(
    language: str, size: tuple[int, int], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with visiting(tmp_path, language=language, size=size) as visit:
        if language == "en":
            _press(visit, "welcome", "e")
            await quiet(visit.app)
        _press(visit, "welcome", "1")
        await visit.moved_on(None)
        for _ in range(MOST):
            if visit.prompt.kind == "end":
                break
            await _answer(visit, visit.prompt)
        visit.assert_paid()
        count = visit.pressed.total()
        record_property(
            "keys", f"{count} beyond {visit.data.total()} of data, {language}: {_table(visit.pressed)}"
        )
        assert count <= ALLOWED, _table(visit.pressed)


TO_THE_END = "\x1b[1;5F"
"""Ctrl+End, as terminals send it."""


def _press(visit: Visit, prompt: str, *keys: str) -> None:
    visit.fingers.send("".join(keys))
    visit.pressed[prompt] += len(keys)


async def _answer(visit: Visit, prompt: Prompt) -> None:
    """Answer a prompt as its kind asks for: the data, and then the keys that are none."""
    if prompt.kind == "wait":
        visit.let_arrive(prompt.key)
    picks = prompt.kind in {"choice", "several", "acknowledge", "wait", "file"}
    if not picks:
        data, after = visit.typed(prompt), 1
    else:
        data = "".join(map(str, visit.numbers(prompt)))
        # A number in a long list needs Enter only where another digit could follow.
        open_ = DIGITS < len(prompt.options) >= int(data) * 10
        after = 1 if open_ or prompt.irreversible or prompt.kind == "several" else 0
    if prompt.key in READ_TO_THE_END:
        _press(visit, prompt.key, TO_THE_END)
        await quiet(visit.app)
    visit.fingers.send(data)
    if prompt.kind in {"acknowledge", "wait"}:
        visit.pressed[prompt.key] += len(data)
    else:
        visit.data[prompt.key] += len(data)
    _press(visit, prompt.key, *["\r"] * after)
    await visit.moved_on(prompt)
    assert visit.prompt.key != prompt.key, (prompt.key, visit.talk.transcript[-1])


def _table(counted: dict[str, int]) -> str:
    return ", ".join(f"{key} {count}" for key, count in counted.items() if count)
