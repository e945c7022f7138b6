"""What every full-screen app of ours has: language, looks, and an end that says nothing of what was typed."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

# The Kitty protocol garbles input-method commits of five or more characters (8.2.8); read at import.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

from textual import on
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter, Monochrome, NoColor
from textual.geometry import Offset
from textual.widgets import Input

from assistant.conversation.wording import Wording
from assistant.kiosk.colourless import Colourless
from assistant.kiosk.faults import of_the_loop, report, said_of_a_fault, say_last
from assistant.kiosk.keyboard import LinesLeft
from assistant.kiosk.policy import Policy
from assistant.kiosk.theme import DARK, LOOKS, PLAIN, VARIABLES, after
from assistant.widgets.composer import Composer
from assistant.widgets.glyphs import ASCII, UNICODE, Glyphs
from content.loader import Content

FAULT = 70
"""Exit code after a fault of ours (EX_SOFTWARE): a supervisor starts the kiosk again."""


class TerminalApp(App[None], inherit_bindings=False):
    """An app for a terminal that others may use after us: it inherits no key, palette or way out."""

    ENABLE_COMMAND_PALETTE = False
    COMMANDS: ClassVar = set()
    BINDINGS: ClassVar[list[BindingType]] = []
    TITLE = "Chengnuo"

    def __init__(
        self,
        content: Content,
        allowed: Policy,
        *,
        language: str = "zh",
        theme: str = "dark",
        glyphs: Glyphs = UNICODE,
        animations: bool = False,
        driver: type[Driver] | None = None,
    ) -> None:
        """Make the app.

        Args:
            content: The words.
            allowed: What people may do at this terminal.
            language: The first language.
            theme: The first look: ``dark``, ``light``, ``contrast`` or ``plain``.
            glyphs: The signs to draw with.
            animations: Whether anything may move by itself.
            driver: What reads the terminal; ``None`` for the framework's choice.
        """
        super().__init__(driver_class=driver)
        self.content = content
        self.policy = allowed
        self.language = language
        self.glyphs = glyphs
        self._first_theme = theme
        self._colourless = Colourless()
        self.animation_level = "full" if animations else "none"
        self.use_command_palette = allowed.palette
        self.set_class(glyphs == ASCII, "-ascii")

    @property
    def wording(self) -> Wording:
        """The sentences of the language of now."""
        return Wording(self.content, self.language)

    def take_the_terminal(self) -> None:
        """Put on the first look, and let no fault of the loop speak for itself; called on mounting."""
        for theme in LOOKS.values():
            self.register_theme(theme)
        self.theme = LOOKS.get(self._first_theme, DARK).name
        if not self.is_headless:
            asyncio.get_running_loop().set_exception_handler(of_the_loop)

    def leave_program(self) -> None:
        """End the program where the policy allows it."""
        if self.policy.can_quit:
            self.exit()

    # Looks ---------------------------------------------------------------------------------------------

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


def run(app: TerminalApp) -> int:
    """Run an app to its end and return the exit code, whatever happens on the way down."""
    try:
        app.run()
    except Exception as fault:  # noqa: BLE001 - the framework lets through what breaks while it ends
        reference = report(fault)
        app.give_back()
        say_last(said_of_a_fault(app.content, reference))
        return FAULT
    return app.return_code or 0


def driver_here() -> type[Driver] | None:
    """Return the driver for a terminal, or ``None`` where the environment names one, as a web server does."""
    if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
        return None
    from assistant.kiosk.driver import SafeDriver

    return SafeDriver
