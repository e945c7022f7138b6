"""The pages for staff at a kiosk: their PIN, then what they can do."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message

from assistant.conversation.blocks import AskedOption
from assistant.kiosk.keys import bindings
from assistant.kiosk.screens.notice import NoticePage
from assistant.kiosk.screens.page import Page
from assistant.kiosk.screens.picking import PickingPage
from assistant.kiosk.staff import PinGate, note
from assistant.pins import LEAST, MOST
from assistant.widgets import render
from assistant.widgets.prose import Prose

if TYPE_CHECKING:
    from assistant.kiosk.app import KioskApp

PAD = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("erase", "0", "enter"), ("back",))

TALL = 24
"""Lines from which the pad has keys that a finger hits."""

DOES = ("return", "folders", "picture", "start", "leave")
"""What staff can do, in the order that it is offered: what changes nothing first."""


def call_staff(kiosk: KioskApp) -> None:
    """Ask for the staff PIN, then what staff want; or say how a PIN is set."""
    if any(isinstance(each, (PinPage, StaffPage)) for each in kiosk.screen_stack):
        return
    if not kiosk.gate.is_set:
        _say(kiosk, "face.staff.none")
        return

    def known(right: bool | None) -> None:
        if right:
            kiosk.push_screen(StaffPage(), partial(_do, kiosk))

    kiosk.push_screen(PinPage(kiosk.gate), known)


async def _do(kiosk: KioskApp, chosen: str | None) -> None:
    match chosen:
        case "folders":
            note("allowed files from any folder for this candidate")
            kiosk.allow_any_folder()
            _say(kiosk, "face.staff.folders-done")
        case "picture":
            note("saved a picture of the screen")
            # After the next paint: the page of staff still covers what is to be seen.
            kiosk.call_after_refresh(kiosk.take_picture)
        case "start":
            note("cleared the screen")
            await kiosk.to_start()
        case "leave":
            note("left the program")
            await kiosk.clear()
            kiosk.exit()


def _say(kiosk: KioskApp, text: str) -> None:
    kiosk.push_screen(NoticePage("face.staff.title", lambda wording: wording.text(text)))


class PadKey(Prose):
    """One key of the pad."""

    @dataclass
    class Clicked(Message):
        """The key was clicked."""

        key: str

    def __init__(self, key: str) -> None:
        """Stand for a digit, ``erase`` or ``enter``."""
        super().__init__(classes="pad-key")
        self.key = key

    def on_click(self, event: events.Click) -> None:
        """Do as the key does."""
        event.stop()
        self.post_message(self.Clicked(self.key))


class PinPage(Page[bool]):
    """Asks for the staff PIN; gives ``True`` once it was right."""

    CSS_PATH = "staff.tcss"
    AUTO_FOCUS: ClassVar[str | None] = None
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("language", "back")]

    @dataclass
    class Judged(Message):
        """A PIN was judged."""

        right: bool

    def __init__(self, gate: PinGate) -> None:
        """Ask for what ``gate`` judges."""
        super().__init__()
        self._gate = gate
        self._typed = ""
        self._judging = False
        self._counting = False

    def compose(self) -> ComposeResult:
        """Lay out the words, the field and the pad."""
        with Vertical(id="pin"):
            yield Prose(id="pin-title")
            yield Prose(id="pin-ask")
            yield Prose(id="pin-field")
            yield Prose(id="pin-notice")
            for row in PAD:
                with Horizontal(classes="pad-row -back" if row == ("back",) else "pad-row"):
                    for key in row:
                        yield PadKey(key)
            yield Prose(id="pin-keys")
        yield from self.cover()

    async def opened(self) -> None:
        """Show it; a pause that is under way is said and counted down."""
        await self.speak()
        self.set_interval(1, self._count_down)
        self._count_down()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the height of the pad's keys."""
        self.set_class(event.size.height >= TALL, "-tall")

    async def speak(self) -> None:
        """Say everything in the language of now."""
        await super().speak()
        say = self.wording.text
        self._show("title", say("face.staff.title"), "$text-accent bold")
        self._show("ask", say("face.staff.ask"))
        self._show("keys", say("face.staff.keys"), render.NOTE)
        for key in self.query(PadKey):
            word = key.key if key.key.isdecimal() else say(f"face.staff.{key.key}")
            key.show(render.draws(word, render.STRONG))
        self._tell("")
        self._draw()

    def on_key(self, event: events.Key) -> None:
        """Take digits, full-width ones too, Backspace and Enter."""
        if event.key in {"enter", "backspace"}:
            self._press({"enter": "enter", "backspace": "erase"}[event.key])
            event.stop()
            return
        # What is typed quickly arrives as one key.
        digits = [unicodedata.digit(each, None) for each in event.character or " "]
        if None in digits:
            return
        for digit in digits:
            self._press(str(digit))
        event.stop()

    @on(PadKey.Clicked)
    def _clicked(self, event: PadKey.Clicked) -> None:
        event.stop()
        self._press(event.key)

    def _press(self, key: str) -> None:
        if key == "back":
            self.dismiss(False)
        if self._judging or key == "back":
            return
        if key == "enter":
            self._enter()
            return
        self._typed = self._typed[:-1] if key == "erase" else (self._typed + key)[:MOST]
        self._draw()

    def _enter(self) -> None:
        typed, self._typed = self._typed, ""
        self._draw()
        if self._gate.seconds_closed():
            self._count_down()
        elif len(typed) < LEAST:
            self._tell(self.wording.text("face.staff.short", {"least": LEAST, "most": MOST}))
        else:
            self._judging = True
            self._tell(self.wording.text("face.staff.checking"), render.NOTE)
            self._judge(typed)

    @work(thread=True, group="pin", exit_on_error=False)
    def _judge(self, typed: str) -> None:
        right = False
        try:
            right = self._gate.judge(typed)
        finally:
            # Whatever broke, the page can be used again.
            self.post_message(self.Judged(right))

    def on_pin_page_judged(self, event: Judged) -> None:
        """Open, or say what is left."""
        self._judging = False
        if event.right:
            self.dismiss(True)
        elif self._gate.seconds_closed():
            self._count_down()
        else:
            self._tell(
                self.wording.text("face.error")
                + self.wording.text("face.staff.wrong", {"left": self._gate.tries})
            )

    def _count_down(self) -> None:
        seconds = self._gate.seconds_closed()
        if seconds:
            self._tell(
                self.wording.text("face.error") + self.wording.text("face.staff.closed", {"seconds": seconds})
            )
        elif self._counting:
            self._tell("")
        self._counting = bool(seconds)

    def _draw(self) -> None:
        # Only their number is shown, and the digits are in no widget.
        self._show("field", "* " * len(self._typed) + "_", render.STRONG)

    def _tell(self, said: str, style: str = render.ERROR) -> None:
        # The line keeps its place, so that the pad stays under the finger.
        self._show("notice", said or " ", style)

    def _show(self, id: str, said: str, style: str = "") -> None:
        self.query_one(f"#pin-{id}", Prose).show(render.draws(said, style))

    async def action_key(self, id: str) -> None:
        """Change the language, or go back."""
        if id == "language":
            await self.kiosk.ask_for_language()
        else:
            self._press("back")


class StaffPage(PickingPage[str]):
    """Offers what staff can do; gives the id of what was picked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("language", "back")]

    def heading(self) -> str:
        """Say who this is for."""
        return self.wording.text("face.staff.title")

    def question(self) -> str:
        """Ask what to do."""
        return self.wording.text("face.staff.what")

    def options(self) -> Sequence[AskedOption]:
        """Offer what is possible now."""
        say, allowed = self.wording.text, self.kiosk.policy
        return [
            AskedOption(id, say(f"face.staff.{id}"), say(f"face.staff.{id}-hint") if id != "return" else "")
            for id in DOES
            if id != "folders" or not allowed.any_folder
        ]

    async def pick(self, id: str) -> None:
        """Give what was picked."""
        self.dismiss(id)

    async def action_key(self, id: str) -> None:
        """Change the language, or go back to the candidate."""
        if id == "language":
            await self.kiosk.ask_for_language()
        else:
            self.dismiss("return")
