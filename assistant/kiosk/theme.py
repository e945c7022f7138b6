"""The four looks: ink on paper, paper on ink, the strongest contrast, and none of colour at all.

Jade leads, the red of a seal marks. Beside the framework's variables there are two of ours: ``$here`` lies
under what is highlighted, ``$control`` under what is there to be clicked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from textual.theme import Theme

LIGHT = Theme(
    name="chengnuo-light",
    primary="#1d6f5c",
    secondary="#4a6670",
    accent="#a63a26",
    foreground="#1f2529",
    background="#faf8f3",
    surface="#f1eee5",
    panel="#e6e2d6",
    success="#22703a",
    warning="#8a5a00",
    error="#b3261e",
    dark=False,
    variables={
        "text-muted": "#596066",
        "here": "#dfdacb",
        "control": "#e6e2d6",
        "input-cursor-background": "#1d6f5c",
        "input-cursor-foreground": "#faf8f3",
        "scrollbar": "#d3cdbd",
        "scrollbar-background": "#f1eee5",
    },
)

DARK = Theme(
    name="chengnuo-dark",
    primary="#6cc3a8",
    secondary="#8fa9b3",
    accent="#e88068",
    foreground="#dde3e6",
    background="#12171b",
    surface="#1a2126",
    panel="#242d33",
    success="#82c990",
    warning="#e2b45c",
    error="#f28b82",
    dark=True,
    variables={
        "text-muted": "#93a0a7",
        "here": "#28333a",
        "control": "#242d33",
        "input-cursor-background": "#6cc3a8",
        "input-cursor-foreground": "#12171b",
        "scrollbar": "#3a454c",
        "scrollbar-background": "#1a2126",
    },
)

CONTRAST = Theme(
    name="chengnuo-contrast",
    primary="#ffe14d",
    secondary="#ffffff",
    accent="#ffe14d",
    foreground="#ffffff",
    background="#000000",
    # Grounds are told apart by lightness, as far as every text keeps its 7 to 1 on each of them.
    surface="#242424",
    panel="#3a3a3a",
    success="#7dff9a",
    warning="#ffe14d",
    error="#ffd0ca",
    dark=True,
    variables={
        # Not the framework's tints: what people who need contrast read is as strong as it can be.
        "text-muted": "#dddddd",
        "text-primary": "#ffe14d",
        "text-secondary": "#ffffff",
        "text-accent": "#ffe14d",
        "text-success": "#7dff9a",
        "text-warning": "#ffe14d",
        "text-error": "#ffd0ca",
        "here": "#00306e",
        "control": "#444444",
        "border-blurred": "#8a8a8a",
        "input-cursor-background": "#ffe14d",
        "input-cursor-foreground": "#000000",
        "scrollbar": "#ffffff",
        "scrollbar-background": "#333333",
        "screen-selection-background": "#00306e",
        "screen-selection-foreground": "#ffffff",
    },
)

_PAPER, _INK = "#000000", "#ffffff"

PLAIN = Theme(
    name="chengnuo-plain",
    primary=_INK,
    secondary=_INK,
    accent=_INK,
    foreground=_INK,
    background=_PAPER,
    surface=_PAPER,
    panel=_PAPER,
    success=_INK,
    warning=_INK,
    error=_INK,
    dark=True,
    variables={
        **{f"text-{name}": _INK for name in ("muted", "primary", "secondary", "accent")},
        **{f"text-{name}": _INK for name in ("success", "warning", "error")},
        "here": _INK,
        "control": _INK,
        "border-blurred": _PAPER,
        "input-cursor-background": _INK,
        "input-cursor-foreground": _PAPER,
        "scrollbar": _INK,
        "scrollbar-hover": _INK,
        "scrollbar-active": _INK,
        "scrollbar-background": _PAPER,
        "scrollbar-background-hover": _PAPER,
        "scrollbar-background-active": _PAPER,
        "screen-selection-background": _INK,
        "screen-selection-foreground": _PAPER,
    },
)
"""Says in black and white what is to be marked; :class:`Colourless` makes reverse video of it."""

LOOKS: Mapping[str, Theme] = {"dark": DARK, "light": LIGHT, "contrast": CONTRAST, "plain": PLAIN}
"""The looks by the name that the settings use, in the order that F6 puts them on."""

VARIABLES: Mapping[str, str] = {name: DARK.variables[name] for name in ("here", "control")}
"""Our own variables, for the framework's themes, which lack them."""

_NO_COLOURS = re.compile(r"vt[12]\d\d\b.*|.*-(m|mono)")
"""Terminals by their TERM that show no colours, such as vt100, vt220 and xterm-mono."""


def first_look(wanted: str, environment: Mapping[str, str]) -> str:
    """Return the name of the first look.

    Args:
        wanted: The setting; ``auto`` for what the terminal asks for.
        environment: The variables; ``NO_COLOR`` counts unless it is empty (no-color.org).
    """
    if wanted != "auto":
        return wanted
    colourless = environment.get("NO_COLOR") or _NO_COLOURS.fullmatch(environment.get("TERM", ""))
    return "plain" if colourless else "dark"


def after(name: str) -> Theme:
    """Return the look that follows the theme of a name."""
    looks = list(LOOKS.values())
    here = next((n for n, look in enumerate(looks) if look.name == name), -1)
    return looks[(here + 1) % len(looks)]
