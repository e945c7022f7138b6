"""What the framework does for every app although it is the same, or nobody sees it, is left out in tests."""

from __future__ import annotations

from rich.console import RenderableType
from textual._compositor import Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.css.types import CSSLocation
from textual.screen import Screen


def parse_once() -> None:
    """Let every style sheet of this process share what is parsed of the same text with the same variables.

    A style sheet shares it among the screens of an app: nothing writes into rules once they are parsed.
    """
    parsed: dict[tuple[object, ...], list[RuleSet]] = {}
    parse = Stylesheet._parse_rules

    def shared(
        sheet: Stylesheet,
        css: str,
        read_from: CSSLocation,
        is_default_rules: bool = False,
        tie_breaker: int = 0,
        scope: str = "",
    ) -> list[RuleSet]:
        variables = frozenset(sheet._variables.items())
        known = (css, read_from, is_default_rules, tie_breaker, scope, variables)
        if known not in parsed:
            parsed[known] = parse(sheet, css, read_from, is_default_rules, tie_breaker, scope)
        return parsed[known]

    Stylesheet._parse_rules = shared  # type: ignore[method-assign]


def draw_when_looked_at() -> None:
    """Let an app without a terminal draw when a test looks at it, not after every key.

    Framework 8.2.8 draws each change of a screen and then throws it away where there is no terminal: a third
    of the time of a test. Layout, styles and messages are as ever, and whoever looks (``render_strips``,
    pictures) draws everything anew. The screen that stands at the end of a test is drawn in any case.
    """
    update, shutdown = Compositor.render_update, App._shutdown

    def unless_unseen(
        compositor: Compositor,
        full: bool = False,
        screen_stack: list[Screen[object]] | None = None,
        simplify: bool = False,
    ) -> RenderableType | None:
        # Whole: for a picture.
        if full or compositor.root is None or not compositor.root.app.is_headless:
            return update(compositor, full, screen_stack, simplify)
        visible_screen_stack.set(screen_stack or [])
        compositor._dirty_regions.clear()
        return None

    async def drawn_at_last(app: App[object]) -> None:
        try:
            if app.is_headless and app.is_running and app._exception is None and app.screen_stack:
                app.screen._compositor.render_strips()
        finally:
            await shutdown(app)

    Compositor.render_update = unless_unseen  # type: ignore[method-assign]
    App._shutdown = drawn_at_last  # type: ignore[method-assign]
