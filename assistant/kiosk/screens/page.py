"""What every screen has: its classes by size, its words again in another language, a cover when too small."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.binding import BindingType
from textual.screen import Screen
from textual.widget import Widget

from assistant.conversation.wording import Wording
from assistant.kiosk.keys import everywhere
from assistant.widgets import render
from assistant.widgets.prose import Prose

if TYPE_CHECKING:
    from assistant.kiosk.app import KioskApp

SMALLEST = (60, 18)
"""Columns and lines from which everything has room."""

WIDE = 110
"""Columns from which the rail stands beside the conversation, and the help beside the field."""

WIDEST = 140
"""Columns from which the notice's own words stand beside the conversation too."""

SHORT = 30
"""Lines below which spacing is saved."""

Result = TypeVar("Result")


class Page(Screen[Result], inherit_bindings=False):
    """A screen of the kiosk. It inherits no key: the framework's copy a selection to the clipboard."""

    AUTO_FOCUS: ClassVar[str | None] = "Composer"
    BINDINGS: ClassVar[list[BindingType]] = [*everywhere()]
    DEFAULT_CSS = """
    Page {
        layers: page cover;
    }
    Page #too-small {
        layer: cover;
        display: none;
        width: 100%;
        height: 100%;
        background: $background;
    }
    Page.-small #too-small {
        display: block;
    }
    """

    @property
    def kiosk(self) -> KioskApp:
        """The app, as what it is."""
        from assistant.kiosk.app import KioskApp

        assert isinstance(self.app, KioskApp)
        return self.app

    @property
    def wording(self) -> Wording:
        """The sentences of the language of now."""
        return self.kiosk.wording

    @property
    def allow_select(self) -> bool:
        """Whether text can be marked with the mouse; the framework asks."""
        return self.kiosk.policy.select

    def action_everywhere(self, id: str) -> None:
        """Do what a key means on every page, where the policy allows it."""
        match id:
            case "copy":
                self._copy()
            case "picture" if self.kiosk.policy.screenshots:
                self.kiosk.take_picture()
            case "staff" if self.kiosk.policy.staff_key:
                self.kiosk.call_staff()

    def _copy(self) -> None:
        marked = self.get_selected_text()
        if marked and self.kiosk.policy.clipboard:
            self.kiosk.copy_to_clipboard(marked)
            self.tell(self.wording.text("face.copied"))

    def tell(self, said: str) -> None:
        """Say something in passing, on pages that have a place for it."""

    def cover(self) -> Iterable[Widget]:
        """Return what stands over everything when the window is too small; ``compose`` ends with it."""
        yield Prose(
            lambda width: render.text(
                self.wording.text("face.small", {"width": SMALLEST[0], "height": SMALLEST[1]}), width
            ),
            id="too-small",
        )

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout of this size."""
        width, height = event.size
        self.set_class(width < SMALLEST[0] or height < SMALLEST[1], "-small")
        self.set_class(width >= WIDE, "-wide")
        self.set_class(width >= WIDEST, "-widest")
        self.set_class(height < SHORT, "-short")

    async def on_mount(self) -> None:
        """Open, unless the app is ending: then the framework (8.2.8) leaves out the children."""
        if self.app.is_running:
            await self.opened()

    async def opened(self) -> None:
        """Show what the page opens with."""

    async def wipe(self) -> None:
        """Leave nothing of the person behind; a page that holds nothing of theirs has nothing to do."""

    async def speak(self) -> None:
        """Say everything in the language of now."""
        self.query_one("#too-small", Prose).again()
