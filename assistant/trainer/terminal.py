"""What both terminals of a classroom are: the one that the class sees, and that of the presenter's notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from assistant.kiosk.terminal_app import TerminalApp
from assistant.trainer.page import TrainerPage
from assistant.trainer.screens.help import HelpPage


class ClassroomTerminal(TerminalApp, inherit_bindings=False):
    """An app whose pages all say TRAINING."""

    CSS_PATH: ClassVar = ["../kiosk/screens/conversation.tcss", "trainer.tcss"]

    def clock_said(self) -> Iterable[str]:
        """Say the simulated time, the longest way first."""
        return ()

    async def change_language(self) -> None:
        """Say everything on every page in the other language."""
        self.language = "en" if self.language == "zh" else "zh"
        for page in self.screen_stack:
            if isinstance(page, TrainerPage) and page.is_attached:
                await page.speak()

    def help_with(self, page: TrainerPage) -> None:
        """Show the keys of a page."""
        if not isinstance(page, HelpPage):
            self.push_screen(HelpPage(page))

    async def quit(self) -> None:
        """Leave."""
        self.leave_program()
