"""The home of the desk: the pages that somebody's roles allow, by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import events, on
from textual.widget import Widget

from assistant.conversation.blocks import AskedOption
from assistant.desk.keys import BACK, EVERYWHERE, Key
from assistant.desk.page import DeskPage
from assistant.widgets import render
from assistant.widgets.choices import Choices
from assistant.widgets.prose import Prose


class HomePage(DeskPage):
    """Lists the pages; the digit or letter beside it, Enter or a click opens one."""

    title_key: ClassVar[str] = "desk.home.title"

    def keys(self) -> tuple[Key, ...]:
        """Let Esc log out here."""
        return (Key("log-out", BACK.key, BACK.shown), *EVERYWHERE)

    def body(self) -> Iterable[Widget]:
        """Lay out the list."""
        yield Choices(self.desk.glyphs, id="desk-choices")
        yield Prose(id="desk-nothing")

    async def say(self) -> None:
        """List the pages in the language of now."""
        from assistant.desk.pages import allowed

        text = self.wording.text
        choices = self.query_one(Choices)
        here = choices.highlighted
        pages = allowed(self.duty.staff)
        options = [
            AskedOption(each.id, text(f"desk.page.{each.id}"), text(f"desk.page.{each.id}-hint"))
            for each in pages
        ]
        await choices.offer(options, preset=(here.asked.id,) if here else (), keyed=True)
        nothing = None if pages else render.draws(text("desk.home.nothing"))
        self.query_one("#desk-nothing", Prose).show(nothing)

    async def typed(self, event: events.Key) -> bool:
        """Move and open."""
        choices = self.query_one(Choices)
        match event.key:
            case "down" | "tab":
                choices.move(1)
            case "up" | "shift+tab":
                choices.move(-1)
            case "enter":
                choices.enter()
            case _:
                return event.character is not None and choices.key(event.character)
        return True

    @on(Choices.Picked)
    def _picked(self, event: Choices.Picked) -> None:
        """Open a page, if its person may still act as they could at the login."""
        from assistant.desk.pages import allowed

        event.stop()
        entry = next(each for each in allowed(self.duty.staff) if each.id == event.ids[0])
        self.tell(None)
        self.store(lambda _: None, lambda _: self._open(entry.make(self.duty)))

    def _open(self, page: DeskPage) -> None:
        if self.is_current:
            self.desk.push_screen(page)

    async def act(self, id: str) -> None:
        """Log out."""
        if id == "log-out":
            # By the app: a page that waits for its own end waits for ever.
            self.desk.call_later(self.desk.log_out)
