"""A long text that stands over the conversation for a moment."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.containers import VerticalScroll

from assistant.kiosk.screens.page import Page


class ReadingPage(Page[None]):
    """Is read on by keys, the wheel or clicks, and closed by Enter, its key, or a click at the end."""

    CSS_PATH = "asides.tcss"
    AUTO_FOCUS: ClassVar[str | None] = None

    @property
    def text(self) -> VerticalScroll:
        """What scrolls."""
        return self.query_one(VerticalScroll)

    def on_key(self, event: events.Key) -> None:
        """Read on by the arrows, close by Enter."""
        match event.key:
            case "down":
                self.text.scroll_down(animate=False)
            case "up":
                self.text.scroll_up(animate=False)
            case "enter":
                self.dismiss()
            case _:
                return
        event.stop()

    def on_click(self) -> None:
        """Read on by a click, and close by one at the end: a finger cannot scroll. Marking text does not."""
        if self.get_selected_text():
            return
        if self.text.scroll_y < self.text.max_scroll_y:
            self.text.scroll_page_down(animate=False)
        else:
            self.dismiss()

    async def action_key(self, id: str) -> None:
        """Do what a key of the table means here."""
        match id:
            case "language":
                await self.kiosk.ask_for_language()
            case "theme":
                self.kiosk.change_theme()
            case "scroll-up":
                self.text.scroll_page_up(animate=False)
            case "scroll-down":
                self.text.scroll_page_down(animate=False)
            case _:
                self.dismiss()
