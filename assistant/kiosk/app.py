"""The full-screen face: no database before the first paint, nothing of one person left for the next."""

from __future__ import annotations

import asyncio
import math
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

# The Kitty protocol garbles input-method commits of five or more characters (8.2.8); read at import.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual import events, on
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Offset
from textual.widgets import Input

from assistant.clock import Ticks, uptime
from assistant.conversation.inputs import Command
from assistant.conversation.protocol import Conversation, Mode, Start
from assistant.conversation.wording import Wording
from assistant.kiosk.colourless import Colourless
from assistant.kiosk.faults import of_the_loop, report, said_of_a_fault, say_last
from assistant.kiosk.idle import IdleWatch
from assistant.kiosk.keyboard import LinesLeft
from assistant.kiosk.leaving import Over
from assistant.kiosk.policy import Policy
from assistant.kiosk.screens.conversation import ConversationPage
from assistant.kiosk.screens.idle import IdlePage
from assistant.kiosk.screens.page import Page
from assistant.kiosk.screens.picture import keep_picture
from assistant.kiosk.screens.staff import call_staff
from assistant.kiosk.screens.welcome import WelcomePage
from assistant.kiosk.staff import PinGate
from assistant.kiosk.theme import DARK, LOOKS, PLAIN, VARIABLES, after
from assistant.kiosk.wiping import clear_terminal, forget
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import ASCII, UNICODE, Glyphs
from content.loader import Content

if TYPE_CHECKING:
    pass

FAULT = 70
"""Exit code after a fault of ours (EX_SOFTWARE): a supervisor starts the kiosk again."""

AFTERWARDS = 2.0
"""Seconds after a person is gone until what they left is freed for good."""

LOOK = 0.5
"""Seconds between two looks at how long nobody has touched anything."""


class KioskApp(App[None], inherit_bindings=False):
    """Welcome, then one conversation after another."""

    CSS_PATH = "looks.tcss"
    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar = set()
    BINDINGS: ClassVar[list[BindingType]] = []
    TITLE = "Chengnuo"

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
        super().__init__(driver_class=driver)
        self.content = content
        self._start = start
        self.policy = self._at_rest = allowed
        self.language = language
        self.glyphs = glyphs
        self.gate = PinGate(staff_pin, monotonic)
        self._first_theme = theme
        self._pictures = pictures
        self._colourless = Colourless()
        self.animation_level = "full" if animations else "none"
        self.use_command_palette = allowed.palette
        self.set_class(glyphs == ASCII, "-ascii")
        self.keyboard = keyboard
        self._idle = IdleWatch(allowed.idle_seconds, allowed.idle_countdown, ticks)

    @property
    def wording(self) -> Wording:
        """The sentences of the language of now."""
        return Wording(self.content, self.language)

    def start(self, language: str, mode: Mode) -> Conversation:
        """Begin a conversation."""
        return self._start(language, mode)

    def on_mount(self) -> None:
        """Put on the look and welcome."""
        for theme in LOOKS.values():
            self.register_theme(theme)
        self.theme = LOOKS.get(self._first_theme, DARK).name
        if not self.is_headless:
            asyncio.get_running_loop().set_exception_handler(of_the_loop)
        self._at_first = (self.language, self.theme)
        self.push_screen(WelcomePage())
        if self.policy.idle_seconds > 0:
            # A timer calls from a task of its own; clearing twice at once would end the app.
            self.set_interval(LOOK, partial(self.call_later, self.look))

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
            super().copy_to_clipboard("")
        # The framework keeps the widgets that were pressed and that had the focus.
        self._mouse_down_widget = self._last_focused_on_app_blur = None
        self.clear_notifications()
        if not self.policy.can_quit or self.policy.idle_seconds > 0:
            # On a machine of one's own the scrollback and the clipboard are one's own as well.
            clear_terminal(self._driver)
        self.policy = self._at_rest
        self.language, self.theme = self._at_first
        self._idle.rest()

    def leave_program(self) -> None:
        """End the program where the policy allows it."""
        if self.policy.can_quit:
            self.exit()

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

    # Language and look ---------------------------------------------------------------------------------

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

    def change_theme(self) -> None:
        """Put on the next look."""
        self.theme = after(self.theme).name

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colours for themes that lack them: the framework's, until ours is put on."""
        return dict(VARIABLES)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no colour out in the plain look.

        The framework answers NO_COLOR by shades of grey (8.2.8); here it chooses the first look, and a
        person who then asks for another one gets it.
        """
        if self.theme == PLAIN.name:
            return (self._colourless,)
        return [each for each in super().get_line_filters() if not isinstance(each, (Monochrome, NoColor))]

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

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's own cursor stands: at the caret, where an input method opens its window.

        The framework (8.2.8) reckons it when the caret moves, and not when the field does: at a new question
        the window would open in a corner until the first character stands.
        """
        field = self.focused if self.screen_stack else None
        return field.cursor_screen_offset if isinstance(field, Input) else Offset(0, 0)

    @cursor_position.setter
    def cursor_position(self, _: Offset) -> None:
        pass

    # What a public machine needs -----------------------------------------------------------------------

    def leave(self, code: int) -> None:
        """Leave with an exit code, such as that of a signal: every answer that was taken is saved already."""
        self.exit(return_code=code)

    def give_back(self) -> None:
        """Give the terminal back, where the framework did not come to it."""
        if self._driver is not None:
            with suppress(Exception):
                self._driver.stop_application_mode()
            with suppress(Exception):
                self._driver.close()

    @on(LinesLeft)
    def _lines_left(self, event: LinesLeft) -> None:
        """Name the lines that came behind the first: the field names those of a paste."""
        if isinstance(self.focused, Composer):
            self.focused.post_message(Composer.Pasted(event.lines, 0, 0))

    def _fatal_error(self) -> None:
        """End with a reference: the framework's own page prints local variables, ID numbers among them."""
        fault = sys.exc_info()[1] or self._exception
        reference = report(fault) if fault is not None else ""
        self._return_code = FAULT
        # A second fault says nothing new, and one in the words themselves must not keep the app from ending.
        if not self._exit_renderables:
            self._exit_renderables.append(said_of_a_fault(self.content, reference))
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End as after any fault: what the framework would print holds messages of exceptions."""
        self._fatal_error()

    def _print_error_renderables(self) -> None:
        """Say the one sentence of the end, if the terminal is still there to hear it."""
        said = self._exit_renderables[:1]
        self._exit_renderables.clear()
        for each in said:
            say_last(str(each))

    def save_screenshot(self, *_: object, **__: object) -> str:
        """Write no picture of what somebody typed."""
        return ""

    async def action_quit(self) -> None:
        """Leave only by the policy; the framework calls this too."""
        self.leave_program()

    def action_suspend_process(self) -> None:
        """Hand the terminal to a shell only by the policy."""
        if self.policy.suspend:
            super().action_suspend_process()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Open something outside only by the policy."""
        if self.policy.links:
            super().open_url(url, new_tab=new_tab)

    def copy_to_clipboard(self, text: str) -> None:
        """Put something where the next person could paste it only by the policy."""
        if self.policy.clipboard:
            super().copy_to_clipboard(text)
