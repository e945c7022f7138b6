"""The full-screen face: no database before the first paint, nothing of one person left for the next."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

from textual import events, on
from textual.app import App
from textual.driver import Driver

from assistant.clock import Ticks, uptime
from assistant.conversation.inputs import Command
from assistant.conversation.protocol import Conversation, Mode, Start
from assistant.kiosk.idle import IdleWatch
from assistant.kiosk.leaving import Over
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.idle import IdlePage
from assistant.kiosk.screens.page import Page
from assistant.kiosk.screens.picture import keep_picture
from assistant.kiosk.screens.staff import call_staff
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.kiosk.seating import PictureCame, Seating, seat_of
from assistant.kiosk.staff import PinGate
from assistant.kiosk.terminal_app import TerminalApp
from assistant.kiosk.wiping import clear_terminal, forget
from assistant.widgets.glyphs import UNICODE, Glyphs
from content.loader import Content

AFTERWARDS = 2.0
"""Seconds after a person is gone until what they left is freed for good."""

LOOK = 0.5
"""Seconds between two looks at how long nobody has touched anything."""


class KioskApp(TerminalApp, inherit_bindings=False):
    """Welcome, then one conversation after another."""

    CSS_PATH = "looks.tcss"

    def __init__(
        self,
        content: Content,
        start: Start,
        allowed: Policy,
        *,
        language: str = "zh",
        theme: str = "dark",
        glyphs: Glyphs = UNICODE,
        animations: bool = False,
        staff_pin: str = "",
        pictures: Path | None = None,
        monotonic: Callable[[], float] = monotonic,
        keyboard: bool = False,
        driver: type[Driver] | None = None,
        ticks: Ticks = uptime,
    ) -> None:
        """Make the app.

        Args:
            content: The words.
            start: What begins a conversation; it is called in a thread, after the first paint.
            allowed: What people may do at this terminal.
            language: The language of the welcome.
            theme: The first look: ``dark``, ``light``, ``contrast`` or ``plain``.
            glyphs: The signs to draw with.
            animations: Whether anything may move by itself.
            staff_pin: Hash of the PIN that staff type after F12; empty where none is set.
            pictures: Folder of pictures of the screen; ``None`` where none are saved.
            monotonic: Seconds since some moment, for the pause after wrong PINs.
            keyboard: Whether there is a keyboard on the screen, for machines with a touch screen only.
            driver: What reads the terminal; ``None`` for the framework's choice.
            ticks: What measures how long nobody has touched anything.
        """
        super().__init__(
            content,
            allowed,
            language=language,
            theme=theme,
            glyphs=glyphs,
            animations=animations,
            driver=driver,
        )
        self._start = start
        self._at_rest = allowed
        self.gate = PinGate(staff_pin, monotonic)
        self._pictures = pictures
        self.keyboard = keyboard
        self._idle = IdleWatch(allowed.idle_seconds, allowed.idle_countdown, ticks)

    def start(self, language: str, mode: Mode) -> Conversation:
        """Begin a conversation."""
        return self._start(language, mode)

    def on_mount(self) -> None:
        """Put on the look and welcome."""
        self.take_the_terminal()
        self._at_first = (self.language, self.theme)
        self.push_screen(WelcomePage())
        if code := self.seat.taken_up():
            self.push_screen(ConversationPage("register", going_on=code))
        if self.policy.idle_seconds > 0:
            # A timer calls from a task of its own; clearing twice at once would end the app.
            self.set_interval(LOOK, partial(self.call_later, self.look))

    @property
    def seat(self) -> Seating:
        """The place that a server keeps for the person, where one does."""
        return seat_of(self._driver)

    @on(PictureCame)
    def _picture_came(self, event: PictureCame) -> None:
        page = self.screen
        if isinstance(page, ConversationPage):
            page.take_picture(event.path)

    # From person to person -----------------------------------------------------------------------------

    @on(WelcomePage.Chosen)
    def _chosen(self, event: WelcomePage.Chosen) -> None:
        # A key pressed twice before the first paint asks twice; two conversations would open one store.
        if not any(isinstance(each, ConversationPage) for each in self.screen_stack):
            self.push_screen(ConversationPage(event.purpose))

    @on(Over)
    async def _over(self, event: Over) -> None:
        if event.leaving and self.policy.can_quit:
            self.exit(message=event.said)
        else:
            await self.to_start()

    async def to_start(self) -> None:
        """Leave nothing of one person, and welcome the next."""
        await self.clear()
        self.push_screen(WelcomePage())
        # Only afterwards does nothing that led here refer to the pages any more; timers do for a moment yet.
        self.call_after_refresh(forget)
        self.set_timer(AFTERWARDS, forget)

    async def clear(self) -> None:
        """Leave nothing of one person, on the screen or behind it: no page, text, permission or look."""
        for page in self.screen_stack:
            if isinstance(page, ConversationPage):
                page.forget()
            elif isinstance(page, Page):
                await page.wipe()
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
        if self._clipboard:
            # The framework and the terminal keep what was copied last.
            App.copy_to_clipboard(self, "")
        # The framework keeps the widgets that were pressed and that had the focus.
        self._mouse_down_widget = self._last_focused_on_app_blur = None
        self.clear_notifications()
        if not self.policy.can_quit or self.policy.idle_seconds > 0:
            # On a machine of one's own the scrollback and the clipboard are one's own as well.
            clear_terminal(self._driver)
        self.seat.offer_upload(False)
        self.seat.keep_place(None, self._at_first[0])
        self.policy = self._at_rest
        self.language, self.theme = self._at_first
        self._idle.rest()

    # When nobody is there any more ---------------------------------------------------------------------

    async def on_event(self, event: events.Event) -> None:
        """Take note of every touch; one that answers the warning does nothing else."""
        if isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded:
            left = self._idle.left
            self._idle.touch()
            if left == 0:
                await self._clear_away()
                return
            if left is not None and isinstance(self.screen, IdlePage):
                self._idle.hush()
                # The release of a button would complete the press before the warning.
                self._mouse_down_widget = None
                await self.pop_screen()
                return
            if self._idle.hushed:
                return
        await super().on_event(event)

    async def look(self) -> None:
        """Warn who seems to have gone, count down, and clear their things away."""
        left = self._idle.left
        if left is None:
            return
        page = next((each for each in self.screen_stack if isinstance(each, ConversationPage)), None)
        if page is None or left == 0:
            await self._clear_away()
        elif isinstance(self.screen, IdlePage):
            self.screen.count(math.ceil(left))
        else:
            self.push_screen(IdlePage(math.ceil(left), page.reference))

    async def _clear_away(self) -> None:
        await self.to_start()
        self._idle.hush()

    # Language ---------------------------------------------------------------------------------------

    async def ask_for_language(self) -> None:
        """Change to the other language; the conversation hears of it and speaks it from then on."""
        other = "en" if self.language == "zh" else "zh"
        await self.speak(other)
        for page in self.screen_stack:
            if isinstance(page, ConversationPage):
                page.send(Command("language", other))

    async def speak(self, language: str) -> None:
        """Say everything on every screen in ``language``."""
        if language == self.language:
            return
        self.language = language
        for page in self.screen_stack:
            if isinstance(page, Page) and page.is_attached:
                await page.speak()

    # Staff and pictures --------------------------------------------------------------------------------

    def take_picture(self) -> None:
        """Save a picture of the screen and say where it is."""
        if self._pictures is not None:
            keep_picture(self, self._pictures)

    def call_staff(self) -> None:
        """Ask for the staff PIN, then what staff want; or say how a PIN is set."""
        call_staff(self)

    def allow_any_folder(self) -> None:
        """Take files from any folder until the screen is cleared."""
        self.policy = replace(self.policy, any_folder=True)
