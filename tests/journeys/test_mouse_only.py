"""A whole registration with a finger alone: options, the keyboard on the screen, and nothing else."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.geometry import Offset
from textual.widget import Widget

from assistant.conversation.messages import Prompt
from assistant.kiosk.pages import READ_TO_THE_END
from assistant.widgets.choices import DONE, Choices, OptionRow
from assistant.widgets.keyboard import Keyboard
from assistant.widgets.keyboard_layout import LayoutId, Placed, rows
from assistant.widgets.transcript import TranscriptView
from flows.characters.lookup import is_han
from flows.characters.readings import readings
from tests.assistant.kiosk.quiet import quiet
from tests.journeys.visiting import MOST, Visit, visiting

LAYOUTS: tuple[LayoutId, ...] = ("digits", "latin", "symbols")


class Finger:
    """Touches the screen, and sees what comes of it."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.touches = 0

    @property
    def keyboard(self) -> Keyboard:
        return self.visit.app.screen.query_one(Keyboard)

    def touch(self, place: Offset) -> None:
        self.touches += 1
        self.visit.fingers.touch(place)

    async def until(self, holds: Callable[[], bool]) -> None:
        for _ in range(2000):
            if holds():
                return
            await asyncio.sleep(0.002)
        raise AssertionError("nothing came of it")

    # Options -------------------------------------------------------------------------------------------

    async def pick(self, choices: Choices, number: int) -> None:
        """Touch an option; a list that is longer than its place is leafed through first."""
        row = choices.query(OptionRow)[number - 1]
        while not choices.region.contains_region(row.region):
            scrolled = choices.scroll_y
            self.press("options-down" if row.region.y >= choices.region.y else "options-up")
            await self.until(lambda scrolled=scrolled: choices.scroll_y != scrolled)
            await quiet(self.visit.app)
        self.touch(_middle(row))

    # Keys ----------------------------------------------------------------------------------------------

    def press(self, act: str, text: str = "") -> None:
        key = next(key for key in self.keyboard.placed if (key.cap.act, key.cap.text) == (act, text))
        self.touch(self._place(key))

    def _place(self, key: Placed) -> Offset:
        # As low as it answers: fingers do not meet the middle.
        left, top = self.keyboard.content_region.offset
        return Offset(left + key.x + key.width // 2, top + key.y + key.height - 1)

    async def type(self, text: str) -> None:
        """Type a text: letters and signs on the layouts that have them, characters by their sound."""
        for char in text:
            if is_han(char):
                await self._write(char)
                continue
            if (self.keyboard.board.shift != "off") != char.isupper() and char.isalpha():
                await self._show("latin")
                self.press("shift")
                await self.until(lambda: self.keyboard.board.shift == "once")
            await self._show(next(each for each in self._layouts() if _has(each, char)))
            self.press("type", char)
            if char.isupper():
                await self.until(lambda: self.keyboard.board.shift == "off")
        panel = self.visit.panel
        await self.until(lambda: panel.draft == text)

    def _layouts(self) -> tuple[LayoutId, ...]:
        return self.keyboard.board.layout, *LAYOUTS

    async def _show(self, layout: LayoutId) -> None:
        if self.keyboard.board.layout != layout:
            self.press("layout", layout)
            await self.until(lambda: self.keyboard.board.layout == layout)

    async def _write(self, char: str) -> None:
        await self._show("pinyin")
        sound = _sound(char)
        for letter in sound:
            self.press("type", letter)
        await self.until(lambda: self.keyboard.board.composing == sound and bool(self._offered()))
        while char not in self._offered():
            page = self.keyboard.board.page
            self.press("later")
            await self.until(lambda page=page: self.keyboard.board.page != page)
        self.press("candidate", char)
        await self.until(lambda: not self.keyboard.board.composing)

    def _offered(self) -> list[str]:
        return [key.cap.text for key in self.keyboard.placed if key.cap.act == "candidate" and key.cap.text]


def _middle(widget: Widget) -> Offset:
    left, top, _, height = widget.region
    return Offset(left + 4, top + height // 2)


def _has(layout: LayoutId, char: str) -> bool:
    keys = rows(layout, upper=char.isupper() and layout == "latin")
    return layout != "pinyin" and any((cap.act, cap.text) == ("type", char) for row in keys for cap in row)


def _sound(char: str) -> str:
    plain = unicodedata.normalize("NFD", readings()[ord(char)].split(",")[0]).replace("u\u0308", "v")
    return "".join(each for each in plain if each.isascii())


@pytest.mark.req("9.2", "13.6", "13.7")
async def test_a_finger_alone_gets_from_welcome_to_paid(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    async with visiting(tmp_path, keyboard=True) as visit:
        finger = Finger(visit)
        await finger.pick(visit.app.screen.query_one(Choices), 1)
        await visit.moved_on(None)
        for _ in range(MOST):
            if visit.prompt.kind == "end":
                break
            await _answer(visit, finger, visit.prompt)
        visit.assert_paid()
        record_property("touches", f"{finger.touches} from welcome to paid")


async def _answer(visit: Visit, finger: Finger, prompt: Prompt) -> None:
    if prompt.kind == "wait":
        visit.let_arrive(prompt.key)
    if prompt.kind in {"text", "secret"}:
        await finger.type(visit.typed(prompt))
        finger.press("enter")
    else:
        choices = visit.panel.choices
        while prompt.key in READ_TO_THE_END and not visit.app.screen.query_one(TranscriptView).at_end:
            finger.touch(_middle(visit.app.screen.query_one("#more")))
            await quiet(visit.app)
        for number in visit.numbers(prompt):
            await finger.pick(choices, number)
        if prompt.kind == "several":
            ids = [row.asked.id for row in choices.query(OptionRow)]
            await finger.pick(choices, ids.index(DONE) + 1)
        elif prompt.irreversible:
            # The first touch only highlights.
            await finger.pick(choices, visit.numbers(prompt)[0])
    await visit.moved_on(prompt)
    assert visit.prompt.key != prompt.key, (prompt.key, visit.talk.transcript[-1])
