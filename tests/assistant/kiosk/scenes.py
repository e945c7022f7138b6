"""Places in a visit where somebody may walk away, each with what they leave on the screen."""

from __future__ import annotations

import secrets
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from textual import events

from assistant.conversation.inputs import Command, Input
from assistant.conversation.messages import Prompt, Turn
from assistant.conversation.protocol import Start
from assistant.kiosk.app import KioskApp
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.asides import HelpPage, LeavePage
from assistant.kiosk.screens.conversation import ConversationPage
from tests.assistant.kiosk.scripted import (
    END,
    FIRST_TIME,
    MOBILE,
    NAME,
    PASSWORD,
    PHOTO,
    SUBJECTS,
    FakeConversation,
)
from tests.assistant.kiosk.seat import SMALL, Seat, pressed
from tests.factories import content

IDLE, COUNTDOWN = 180, 60
KIOSK = Policy(can_quit=False, any_folder=True, grace=0, idle_seconds=IDLE, idle_countdown=COUNTDOWN)
WAIT = Prompt("wait.verification", "wait", "ask.nothing", help="help.wait")


class FakeTicks:
    """Measures the time that a test lets pass."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def _made() -> dict[str, str]:
    digits = "".join(secrets.choice("0123456789") for _ in range(18))
    return {
        "name": "".join(chr(0x20000 + secrets.randbelow(0xA000)) for _ in range(4)),
        "number": digits,
        "mobile": "139" + digits[:8],
        "password": "Aa1" + secrets.token_hex(5),
        "school": f"College {secrets.token_hex(5)}",
        "question": "who is " + secrets.token_hex(6) + "?",
        "file": secrets.token_hex(6) + ".jpg",
    }


@dataclass
class Planted:
    """What one candidate types; held backwards, so that a search of the process does not find the test."""

    backwards: dict[str, str] = field(
        default_factory=lambda: {key: value[::-1] for key, value in _made().items()}
    )

    def __getitem__(self, key: str) -> str:
        return self.backwards[key][::-1]


class Visit(Seat):
    """Somebody before a screen that watches whether they are still there."""

    ticks: FakeTicks
    planted: Planted
    free: threading.Event
    """A turn ends only while it is set."""
    done: list[str]
    """The kinds of input whose turns have ended."""

    async def alone(self, seconds: float) -> None:
        """Let time pass without a touch, and let the app look at it."""
        self.ticks.at += seconds
        self.app.call_later(self.app.look)
        await self.rest()

    async def keys(self, *keys: str) -> None:
        """Press keys; no turn is waited for."""
        for key in keys:
            await self.come(pressed(key))

    def put(self, what: str) -> None:
        """Have something half typed."""
        self.panel.composer.put(self.planted[what])

    async def enter(self, what: str) -> None:
        """Enter something; its turn is drawn."""
        self.put(what)
        await self.press("enter")

    @property
    def talk(self) -> ConversationPage:
        """The conversation, whatever stands over it."""
        return next(page for page in self.app.screen_stack if isinstance(page, ConversationPage))


def mouse(kind: type[events.MouseEvent], x: int = 10, y: int = 10) -> events.MouseEvent:
    """Make what a terminal reports of a mouse."""
    button = 0 if kind is events.MouseMove else 1
    return kind(None, x, y, 0, 0, button, False, False, False, x, y)


# Where one may be --------------------------------------------------------------------------------------


async def half_typed(visit: Visit) -> None:
    visit.put("name")


async def revealed(visit: Visit) -> None:
    visit.put("password")
    await visit.keys("f5")
    assert not visit.panel.composer.password


async def highlighted(visit: Visit) -> None:
    await visit.keys("down")


async def ticked(visit: Visit) -> None:
    await visit.keys("2")


async def naming_a_file(visit: Visit) -> None:
    visit.put("file")


async def at_rest(visit: Visit) -> None:
    visit.put("question")


async def reading_help(visit: Visit) -> None:
    visit.put("school")
    await visit.keys("f1")
    assert isinstance(visit.app.screen, HelpPage)


async def about_to_leave(visit: Visit) -> None:
    visit.put("school")
    await visit.keys("ctrl+q")
    assert isinstance(visit.app.screen, LeavePage)


async def putting_a_question(visit: Visit) -> None:
    await visit.enter("question")
    visit.put("school")
    await visit.keys("f3")
    visit.put("question")


async def during_a_turn(visit: Visit) -> None:
    visit.free.clear()
    visit.put("number")
    await visit.keys("enter")
    visit.put("school")
    assert visit.panel.locked


async def during_a_photo_check(visit: Visit) -> None:
    visit.free.clear()
    visit.put("file")
    await visit.keys("enter")
    assert visit.panel.locked


async def finished(visit: Visit) -> None:
    visit.talk.send(Command("quit"))
    await visit.settle()


@dataclass(frozen=True)
class Scene:
    """A place: the prompt that stands, and how one gets on from there."""

    prompt: Prompt
    go: Callable[[Visit], Awaitable[None]]


SCENES = {
    f"{scene.go.__name__} {scene.prompt.kind}": scene
    for scene in (
        Scene(NAME, half_typed),
        Scene(PASSWORD, revealed),
        Scene(FIRST_TIME, highlighted),
        Scene(SUBJECTS, ticked),
        Scene(PHOTO, naming_a_file),
        Scene(WAIT, at_rest),
        Scene(END, at_rest),
        Scene(NAME, reading_help),
        Scene(MOBILE, about_to_leave),
        Scene(NAME, putting_a_question),
        Scene(NAME, during_a_turn),
        Scene(PHOTO, during_a_photo_check),
        Scene(NAME, finished),
    )
}


@asynccontextmanager
async def visiting(
    *script: Prompt,
    size: tuple[int, int] = SMALL,
    language: str = "en",
    allowed: Policy = KIOSK,
    start: Start | None = None,
    enters: tuple[str, ...] = ("name",),
    opens: bool = True,
) -> AsyncIterator[Visit]:
    """Sit down, answer the first prompts of the script, and stand at the next one.

    Args:
        script: The prompts after those that ``enters`` answers.
        size: Columns and lines.
        language: The language that is chosen.
        allowed: What the terminal allows.
        start: What begins a conversation; by default a scripted one.
        enters: What of the planted values is entered first.
        opens: Whether the opening of the conversation is waited for.
    """
    ticks, free = FakeTicks(), threading.Event()
    free.set()
    done: list[str] = []

    class Held(FakeConversation):
        def take(self, given: Input) -> Turn:
            try:
                return super().take(given)
            finally:
                done.append(type(given).__name__)

    def scripted(spoken: str, _mode: str) -> FakeConversation:
        # Nothing of the test refers to it: what the test asks about is who else does.
        return Held((*(NAME,) * len(enters), *script), spoken, waits=lambda: free.wait(20))

    app = KioskApp(content(), start or scripted, allowed, language="zh", ticks=ticks)
    async with app.run_test(size=size) as pilot:
        visit = Visit(app, pilot)
        visit.ticks, visit.planted, visit.free, visit.done = ticks, Planted(), free, done
        await (visit.press if opens else visit.keys)(*("e" if language == "en" else ""), "1")
        for what in enters:
            await visit.enter(what)
        try:
            yield visit
        finally:
            free.set()
