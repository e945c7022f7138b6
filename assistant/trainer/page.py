"""What every page of the classroom has: TRAINING and the simulated clock, its keys, and work in a thread."""

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
from assistant.kiosk.in_thread import begin
from assistant.kiosk.screens.page import SHORT, SMALLEST, WIDE, WIDEST
from assistant.trainer.keys import BACK, EVERYWHERE, Key
from assistant.widgets import render
from assistant.widgets.glyphs import ASCII
from assistant.widgets.key_bar import KeyBar, KeyHint
from assistant.widgets.prose import Prose
from flows.verdict import Problem

if TYPE_CHECKING:
    from assistant.trainer.app import TrainerApp
    from assistant.trainer.terminal import ClassroomTerminal

T = TypeVar("T")

ARROWS = {"←": "<-", "→": "->", "↑": "Up", "↓": "Down"}

LINES = (1, 2)
"""The lines of keys."""


class TrainerPage(Screen[None], inherit_bindings=False):
    """A page of the classroom.

    A page overrides ``body``, ``opened``, ``say``, ``typed`` and ``act``; never ``on_key`` or ``on_mount``,
    which the framework would call beside those here.
    """

    AUTO_FOCUS: ClassVar[str | None] = ""
    BINDINGS: ClassVar[list[BindingType]] = []
    KEYS: ClassVar[tuple[Key, ...]] = ()
    """The page's own keys."""
    title_key: ClassVar[str] = ""
    """The words of the heading; without them there is none."""

    def __init__(self) -> None:
        """Begin with nothing said."""
        super().__init__()
        self._told: tuple[Callable[[], str], str] | None = None
        self._busy = self._held = False

    @property
    def terminal(self) -> ClassroomTerminal:
        """The app, of the first or the second terminal."""
        from assistant.trainer.terminal import ClassroomTerminal

        assert isinstance(self.app, ClassroomTerminal)
        return self.app

    @property
    def trainer(self) -> TrainerApp:
        """The app of the first terminal."""
        from assistant.trainer.app import TrainerApp

        assert isinstance(self.app, TrainerApp)
        return self.app

    @property
    def wording(self) -> Wording:
        """The sentences of the language of now."""
        return self.terminal.wording

    @property
    def allow_select(self) -> bool:
        """Whether text can be marked with the mouse; the framework asks."""
        return self.terminal.policy.select

    @property
    def busy(self) -> bool:
        """Whether something is under way in a thread."""
        return self._busy

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

    def working(self) -> tuple[Key, ...]:
        """Return the keys that work here, in the order of the lines."""
        return (*self.KEYS, BACK, *EVERYWHERE)

    def all_keys(self) -> tuple[Key, ...]:
        """Return the keys that work here at one time or another."""
        return self.working()

    def key_word(self, id: str) -> str:
        """Return the word for a key."""
        # A language is offered in its own name.
        return self.wording.text("face.key.language" if id == "language" else f"train.key.{id}")

    def heading(self) -> str:
        """Return the heading."""
        return self.wording.text(self.title_key) if self.title_key else ""

    def status(self) -> Iterable[str]:
        """Return what stands at the right of TRAINING, the longest first; what has room is shown."""
        return self.terminal.clock_said()

    def second(self, width: int) -> Content | None:
        """Draw the second line of the head, where a page has one."""
        return None

    # Laid out --------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Lay out TRAINING, heading, body, what is said, and keys."""
        yield Prose(self._banner, id="train-banner")
        with Vertical(id="train-page"):
            yield Prose(
                lambda width: render.text(self.heading(), width, "$text-accent bold"), id="train-title"
            )
            with Vertical(id="train-body"):
                yield from self.body()
            yield Prose(self._notice, id="train-notice")
        with Vertical(id="train-keys"):
            for line in LINES:
                with Vertical(classes="train-line"):
                    yield KeyBar([key.id for key in self._line(line)])
        yield Prose(
            lambda width: render.text(
                f"{self.wording.text('face.training.banner')} · "
                + self.wording.text("face.small", {"width": SMALLEST[0], "height": SMALLEST[1]}),
                width,
            ),
            id="too-small",
        )

    def _line(self, line: int) -> list[Key]:
        return [key for key in self.all_keys() if key.line == line]

    def _banner(self, width: int) -> Content:
        mark = render.styled(f" {self.wording.text('face.training.banner')} ", "$background on $accent bold")
        head = render.apart(mark, [render.line((said, "bold")) for said in self.status()], width)
        second = self.second(width)
        return head if second is None else render.joined([head, second])

    async def on_mount(self) -> None:
        """Open, unless the app is ending: then the framework (8.2.8) leaves out the children."""
        if self.app.is_running:
            self.query_one("#train-title").display = bool(self.title_key)
            self.query_one("#train-notice").display = self._told is not None
            await self.speak()
            await self.opened()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout of this size."""
        width, height = event.size
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-small")
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width >= WIDEST, "-widest")
        self.set_class(height < SHORT, "-short")

    async def speak(self) -> None:
        """Say everything in the language of now."""
        for id in ("train-banner", "train-title", "train-notice", "too-small"):
            self.query_one(f"#{id}", Prose).again()
        self.say_keys()
        await self.say()

    def say_keys(self) -> None:
        """Say the keys that work now."""
        here = self.working()
        for line, bar in zip(LINES, self.query(KeyBar), strict=True):
            bar.say([(self.shown(key), self.key_word(key.id)) for key in self._line(line)])
            for key in self._line(line):
                bar.offer(key.id, key in here)

    def shown(self, key: Key) -> str:
        """Return how people read a key here."""
        if key.shown == "Space":
            return self.wording.text("train.space")
        # A terminal that lacks our signs lacks arrows too.
        return ARROWS.get(key.shown, key.shown) if self.terminal.glyphs == ASCII else key.shown

    def say_head(self) -> None:
        """Say the head again: the time or the place has moved."""
        self.query_one("#train-banner", Prose).again()

    # What is said in passing -----------------------------------------------------------------------------

    def tell(self, said: Callable[[], str] | None, style: str = render.NOTE) -> None:
        """Say something above the keys until something else is said; ``None`` takes it away.

        Args:
            said: Makes the sentence, anew in another language.
            style: How it weighs.
        """
        self._told = (said, style) if said is not None else None
        notice = self.query_one("#train-notice", Prose)
        notice.display = said is not None
        notice.again()

    def refuse(self, problem: Problem) -> None:
        """Say why something cannot be done; everything stays as it is."""
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
        for key in self.working():
            if event.key in key.keys:
                event.stop()
                event.prevent_default()
                await self.do(key.id)
                return
        if await self.typed(event):
            event.stop()

    @on(KeyHint.Clicked)
    async def _clicked(self, event: KeyHint.Clicked) -> None:
        event.stop()
        await self.do(event.action)

    async def do(self, id: str) -> None:
        """Do what a key means; while the page is held, nothing but leaving."""
        if self._held and id != "quit":
            return
        match id:
            case "back":
                await self.back()
            case "help":
                self.terminal.help_with(self)
            case "language":
                await self.terminal.change_language()
            case "theme":
                self.terminal.change_theme()
            case "quit":
                self.terminal.call_later(self.terminal.quit)
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
        begin(self, act, then=then, refuse=self.refused, fault="train-fault", ended=self._ended)
        return True

    def hold(self) -> bool:
        """Begin nothing else until :meth:`let_go`; return whether nothing was under way."""
        if self._busy:
            return False
        self._busy = self._held = True
        return True

    def let_go(self) -> None:
        """Let things begin again."""
        self._busy = self._held = False

    def refused(self, problem: Problem) -> None:
        """Take note that something did not happen."""
        self.refuse(problem)

    async def _ended(self, then: Callable[[], Awaitable[None] | None]) -> None:
        self._busy = False
        if self.is_attached:
            waits = then()
            if isawaitable(waits):
                await waits
