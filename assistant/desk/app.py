"""The desk: a login, then the pages that the roles of whoever logged in allow."""

from __future__ import annotations

from functools import partial

from textual import events
from textual.driver import Driver

from assistant.calls.book import CallBook
from assistant.calls.call import Line
from assistant.clock import Clock, Ticks, uptime
from assistant.desk.duty import HOUSE, Duty, House
from assistant.desk.page import Sheet
from assistant.desk.screens.help import HelpPage
from assistant.desk.screens.home import HomePage
from assistant.desk.screens.login import LockPage, LoginPage
from assistant.kiosk.idle import IdleWatch
from assistant.kiosk.policy import Policy
from assistant.kiosk.terminal_app import TerminalApp
from assistant.records import Records
from assistant.records.staff import Member
from assistant.widgets.glyphs import UNICODE, Glyphs
from content.loader import Content

LOOK = 1.0
"""Seconds between two looks at how long nobody has touched anything."""


class DeskApp(TerminalApp, inherit_bindings=False):
    """Somebody logs in, works, and logs out; whoever walks away comes back to a lock over their work."""

    CSS_PATH = "desk.tcss"

    def __init__(
        self,
        content: Content,
        records: Records,
        clock: Clock,
        allowed: Policy,
        *,
        language: str = "zh",
        theme: str = "dark",
        glyphs: Glyphs = UNICODE,
        animations: bool = False,
        lock_seconds: float = 600.0,
        house: House = HOUSE,
        driver: type[Driver] | None = None,
        ticks: Ticks = uptime,
    ) -> None:
        """Make the app.

        Args:
            content: Words and catalogues.
            records: The store.
            clock: The one source of time.
            allowed: What people may do at this terminal.
            language: The first language.
            theme: The first look.
            glyphs: The signs to draw with.
            animations: Whether anything may move by itself.
            lock_seconds: Seconds without a touch until the desk locks; 0 for never.
            house: What the installation sets.
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
        self.records, self.clock, self.house = records, clock, house
        self.duty: Duty | None = None
        # Calls on hold outlast their page, but not whoever took them.
        self.line: Line | None = None
        self.kept_note = ""
        self.call_book: CallBook | None = None
        self._idle = IdleWatch(lock_seconds, 0.0, ticks)

    def on_mount(self) -> None:
        """Put on the look and ask who it is."""
        self.take_the_terminal()
        self.push_screen(LoginPage())
        # A timer calls from a task of its own; the pages are changed in that of the app.
        self.set_interval(LOOK, partial(self.call_later, self.look))

    # From login to logout --------------------------------------------------------------------------------

    def begin(self, member: Member) -> None:
        """Begin the duty of somebody who logged in."""
        self.duty = Duty(member, self.records, self.clock, self.content, self.house)
        self._idle.touch()
        self.push_screen(HomePage(self.duty))

    async def log_out(self) -> None:
        """End the duty: nothing of it stays on the screen or behind it."""
        duty, self.duty = self.duty, None
        self.line, self.kept_note = None, ""
        self._idle.rest()
        with self.batch_update():
            while len(self.screen_stack) > 1:
                await self.pop_screen()
            await self.push_screen(LoginPage())
        if duty is not None:
            self.run_worker(partial(_note_logout, duty), thread=True, exit_on_error=False)

    async def quit(self) -> None:
        """Leave the program."""
        duty, self.duty = self.duty, None
        if duty is not None:
            await self.run_worker(partial(_note_logout, duty), thread=True, exit_on_error=False).wait()
        self.leave_program()

    # The lock --------------------------------------------------------------------------------------------

    def lock(self) -> None:
        """Cover everything until the same person gives their password; their work stays behind it."""
        if self.duty is not None and not isinstance(self.screen, LockPage):
            self._idle.rest()
            self.push_screen(LockPage(self.duty.member))

    def unlock(self) -> None:
        """Take the lock away."""
        self._idle.touch()
        if isinstance(self.screen, LockPage):
            self.pop_screen()

    def look(self) -> None:
        """Lock when nobody has touched the desk for too long."""
        if self._idle.left == 0:
            self.lock()

    async def on_event(self, event: events.Event) -> None:
        """Take note of every touch; one that comes too late locks and does nothing else."""
        touched = isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded
        if touched and self.duty is not None and not isinstance(self.screen, LockPage):
            self._idle.touch()
            if self._idle.left == 0:
                self.lock()
                return
        await super().on_event(event)

    # Language and help -----------------------------------------------------------------------------------

    async def change_language(self) -> None:
        """Say everything on every page in the other language."""
        self.language = "en" if self.language == "zh" else "zh"
        for page in self.screen_stack:
            if isinstance(page, Sheet) and page.is_attached:
                await page.speak()

    def help_with(self, page: Sheet) -> None:
        """Show the keys of a page."""
        if not isinstance(page, HelpPage):
            self.push_screen(HelpPage(page.keys()))


def _note_logout(duty: Duty) -> None:
    with duty.records.turn() as turn:
        turn.staff_log_out(duty.staff, now=duty.now)
