"""What every page of the desk has: the banner, a place for what is said, its keys, and work for the store.

How a page is made and hung in, is written at :data:`assistant.desk.pages.PAGES`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from assistant.conversation.wording import Wording
from assistant.desk.duty import Duty
from assistant.desk.keys import BACK, EVERYWHERE, Key
from assistant.kiosk.in_thread import begin
from assistant.kiosk.screens.page import SHORT, SMALLEST, WIDE, WIDEST
from assistant.records import Turn
from assistant.widgets import render
from assistant.widgets.key_bar import KeyBar, KeyHint
from assistant.widgets.prose import Prose
from flows.verdict import Problem

if TYPE_CHECKING:
    from assistant.desk.app import DeskApp

T = TypeVar("T")

MOST_APART = 6
"""Keys in the line that stand well apart on 80 columns."""


class Sheet(Screen[None], inherit_bindings=False):
    """A screen of the desk, with or without somebody on duty.

    A page overrides ``body``, ``say``, ``typed`` and ``act``; never ``on_key`` or ``on_mount``, which the
    framework would call beside those here.
    """

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = []
    KEYS: ClassVar[tuple[Key, ...]] = ()
    """The page's own keys."""
    COMMON: ClassVar[tuple[Key, ...]] = EVERYWHERE
    title_key: ClassVar[str] = ""
    """The words of the heading."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._told: tuple[Callable[[], str], str] | None = None
        self._busy = False

    @property
    def desk(self) -> DeskApp:
        """The app, as what it is."""
        from assistant.desk.app import DeskApp

        assert isinstance(self.app, DeskApp)
        return self.app

    @property
    def wording(self) -> Wording:
        """The sentences of the language of now."""
        return self.desk.wording

    @property
    def allow_select(self) -> bool:
        """Whether text can be marked with the mouse; the framework asks."""
        return self.desk.policy.select

    # What a page is made of ------------------------------------------------------------------------------

    def body(self) -> Iterable[Widget]:
        """Return the widgets between heading and keys."""
        return ()

    async def opened(self) -> None:
        """Load what the page opens with."""

    async def say(self) -> None:
        """Say the page's own words in the language of now."""

    async def typed(self, event: events.Key) -> bool:
        """Take a key that is none of the table; return whether it meant something."""
        return False

    async def act(self, id: str) -> None:
        """Do what one of ``KEYS`` means."""

    async def back(self) -> None:
        """Go back; a page with something open inside closes that first."""
        self.dismiss()

    def keys(self) -> tuple[Key, ...]:
        """Return the keys that work here, in the order of the line."""
        return (BACK, *self.KEYS, *self.COMMON)

    def heading(self) -> str:
        """Return the heading."""
        return self.wording.text(self.title_key)

    # Laid out --------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out banner, heading, body, what is said, and keys."""
        yield Prose(self._banner, id="desk-banner")
        with Vertical(id="desk-page"):
            yield Prose(
                lambda width: render.text(self.heading(), width, "$text-accent bold"), id="desk-title"
            )
            with Vertical(id="desk-body"):
                yield from self.body()
            yield Prose(self._notice, id="desk-notice")
        yield KeyBar([key.id for key in self.keys() if key.in_bar])
        yield Prose(
            lambda width: render.text(
                self.wording.text("face.small", {"width": SMALLEST[0], "height": SMALLEST[1]}), width
            ),
            id="too-small",
        )

    def _banner(self, width: int) -> Content:
        mark = render.styled(f" {self.wording.text('desk.banner')} ", "$background on $accent bold")
        return render.apart(mark, [render.line((said, "")) for said in self.status()], width)

    def status(self) -> Iterable[str]:
        """Return what stands at the right of the banner, the longest first; what has room is shown."""
        return (self.wording.arg(self.desk.clock.now()),)

    async def on_mount(self) -> None:
        """Open, unless the app is ending: then the framework (8.2.8) leaves out the children."""
        if self.app.is_running:
            await self.speak()
            await self.opened()
            self.set_interval(20, self.query_one("#desk-banner", Prose).again)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout of this size."""
        width, height = event.size
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-small")
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width >= WIDEST, "-widest")
        self.set_class(height < SHORT, "-short")
        self.set_class(width < WIDE and sum(key.in_bar for key in self.keys()) > MOST_APART, "-crowded")

    async def speak(self) -> None:
        """Say everything in the language of now."""
        for id in ("desk-banner", "desk-title", "desk-notice", "too-small"):
            self.query_one(f"#{id}", Prose).again()
        shown = [key for key in self.keys() if key.in_bar]
        self.query_one(KeyBar).say([(key.shown, self.wording.text(f"desk.key.{key.id}")) for key in shown])
        await self.say()

    # What is said in passing -----------------------------------------------------------------------------

    def tell(self, said: Callable[[], str] | None, style: str = render.NOTE) -> None:
        """Say something above the keys until something else is said; ``None`` takes it away.

        Args:
            said: Makes the sentence, anew in another language.
            style: How it weighs.
        """
        self._told = (said, style) if said is not None else None
        self.query_one("#desk-notice", Prose).again()

    def refuse(self, problem: Problem) -> None:
        """Say why something cannot be done; what was typed stays where it is."""
        self.tell(
            lambda: self.wording.text("face.error") + self.wording.problem(problem), f"{render.ERROR} bold"
        )

    def _notice(self, width: int) -> Content:
        if self._told is None:
            return Content("")
        said, style = self._told
        return render.text(said(), width, style)

    # Keys ------------------------------------------------------------------------------------------------

    async def on_key(self, event: events.Key) -> None:
        """Do what a key means: the table first, then what the page makes of it."""
        for key in self.keys():
            if key.key == event.key:
                event.stop()
                await self._do(key.id)
                return
        if await self.typed(event):
            event.stop()

    @on(KeyHint.Clicked)
    async def _clicked(self, event: KeyHint.Clicked) -> None:
        event.stop()
        await self._do(event.action)

    async def _do(self, id: str) -> None:
        match id:
            case "back":
                await self.back()
            case "help":
                self.desk.help_with(self)
            case "language":
                await self.desk.change_language()
            case "theme":
                self.desk.change_theme()
            case "lock":
                self.desk.lock()
            case "quit":
                self.desk.call_later(self.desk.quit)
            case _:
                await self.act(id)

    # Work ------------------------------------------------------------------------------------------------

    def work(self, act: Callable[[], T], then: Callable[[T], Awaitable[None] | None]) -> bool:
        """Do something that takes time, in a thread; a second one waits for nobody and is not begun.

        Args:
            act: What is done in the thread. A refusal is said and leaves everything as it is.
            then: What is done with the outcome, in the event loop, if the page is still there.

        Returns:
            Whether it was begun.
        """
        if self._busy:
            return False
        self._busy = True
        begin(self, act, then=then, refuse=self.refuse, fault="desk-fault", ended=self._ended)
        return True

    async def _ended(self, then: Callable[[], Awaitable[None] | None]) -> None:
        self._busy = False
        if self.is_attached:
            waits = then()
            if isawaitable(waits):
                await waits


class DeskPage(Sheet):
    """A page of somebody on duty."""

    def __init__(self, duty: Duty) -> None:
        """Work with what somebody on duty has."""
        super().__init__()
        self.duty = duty

    def status(self) -> Iterable[str]:
        """Say who is logged in, as what, and the time; on narrow screens less."""
        say, member = self.wording, self.duty.member
        roles = say.value(tuple(say.text(f"desk.role.{role}") for role in sorted(member.roles)))
        time = f"{self.duty.now:%H:%M}"
        return (f"{member.display} · {roles} · {time}", f"{member.display} · {time}", time)

    def store(self, act: Callable[[Turn], T], then: Callable[[T], Awaitable[None] | None]) -> bool:
        """Do something with the store in one transaction, in a thread; as :meth:`work`."""
        return self.work(lambda: self.duty.turn(act), then)
