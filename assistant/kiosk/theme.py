"""The two looks: ink on paper, and paper on ink. Jade leads, the red of a seal marks."""

from __future__ import annotations

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
        "text-muted": "#5b6368",
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
        "input-cursor-background": "#6cc3a8",
        "input-cursor-foreground": "#12171b",
        "scrollbar": "#3a454c",
        "scrollbar-background": "#1a2126",
    },
)

THEMES = (DARK, LIGHT)
