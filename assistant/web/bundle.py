"""The terminal emulator that textual-serve brings (xterm.js), without the page around it.

The page of textual-serve fixes the font and its address, follows links and fills the clipboard; ours does
not. So its last part, which starts that page, is left out, and what it would use is given a name.
"""

from __future__ import annotations

from importlib.resources import files

from assistant.stopping import Stopped

VERSION = "1.1.3"

_STARTS = '(()=>{"use strict";var e=i(72),t=i.n(e)'
_NAMES = (
    "window.xterm={Terminal:i(856).Terminal,FitAddon:i(616).FitAddon,"
    "CanvasAddon:i(880).CanvasAddon,Unicode11Addon:i(544).Unicode11Addon}})();\n"
)


def script() -> bytes:
    """Return the emulator as a script that sets ``window.xterm``.

    Raises:
        Stopped: Another textual-serve is installed: its script is not cut where this one is.
    """
    whole = (files("textual_serve") / "static" / "js" / "textual.js").read_text(encoding="utf-8")
    emulator, found, _ = whole.rpartition(_STARTS)
    if not found:
        raise Stopped(
            f"chengnuo serve: the script of textual-serve is not that of {VERSION}; "
            f"install textual-serve=={VERSION}."
        )
    return (emulator + _NAMES).encode()


def style() -> bytes:
    """Return the style sheet of the emulator."""
    return (files("textual_serve") / "static" / "css" / "xterm.css").read_bytes()
