"""Text that is broken to the width it is given, by our own rules and not by the framework's."""

from __future__ import annotations

from collections.abc import Callable

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class Prose(Widget, can_focus=False):
    """Draws what a function makes of a width; as high as that is."""

    DEFAULT_CSS = """
    Prose {
        width: 1fr;
        height: auto;
    }
    """

    def __init__(
        self,
        draw: Callable[[int], Content] | None = None,
        *,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """Draw by ``draw``, which is given the cells of a line."""
        super().__init__(id=id, classes=classes)
        self._draw = draw
        self._drawn: tuple[int, Content] | None = None

    def show(self, draw: Callable[[int], Content] | None) -> None:
        """Draw something else; ``None`` takes the widget out of the layout."""
        self._draw, self._drawn = draw, None
        self.display = draw is not None
        self.refresh(layout=True)

    def again(self) -> None:
        """Draw the same anew: the language or the state behind it has changed."""
        self._drawn = None
        self.refresh(layout=True)

    def at(self, width: int) -> Content:
        """Return the content at a width; the last one is kept."""
        if self._drawn is None or self._drawn[0] != width:
            self._drawn = (width, self._draw(max(width, 2)) if self._draw else Content(""))
        return self._drawn[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Count the lines at ``width``."""
        return self.at(width).plain.count("\n") + 1

    def render(self) -> Content:
        """Draw at the width of now."""
        return self.at(self.content_size.width)
