"""Saves a picture of the screen as SVG, and says where it is and what it holds."""

from __future__ import annotations

import html
import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.conversation.linebreak import cells
from assistant.files import FileRefusedError, write_atomically
from assistant.kiosk.screens.notice import NoticePage

if TYPE_CHECKING:
    from assistant.kiosk.app import KioskApp

_CELL = 12.2
"""How wide the framework draws a cell, in units of the picture."""


def keep_picture(kiosk: KioskApp, folder: Path) -> None:
    """Save what the screen shows into ``folder``, and say it, or why it could not be."""
    try:
        path = str(_saved(kiosk, folder))
    except FileRefusedError as refused:
        problem = refused.problem
        page = NoticePage("face.picture.title", lambda wording: wording.problem(problem))
    else:
        page = NoticePage(
            "face.picture.title", lambda wording: wording.text("face.picture.saved", {"path": path})
        )
    kiosk.push_screen(page)


def mended(picture: str) -> str:
    """Mend a picture of the framework (8.2.8): it tells nobody that it is opened, and Chinese is legible.

    The framework names a font at another site, and gives a text as many cells as it has characters, so that
    a browser squeezes Chinese, whose characters take two, into half its room.
    """
    picture = re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL)
    picture = re.sub(r"font-family: ?Fira Code[^;]*;", "font-family: monospace;", picture)
    # Grounds that meet between two pixels would show a seam.
    picture = picture.replace(' shape-rendering="crispEdges"', "")
    picture = picture.replace("</style>", "rect { shape-rendering: crispEdges; }\n</style>", 1)
    return re.sub(r'textLength="[\d.]+"([^>]*)>([^<]*)<', _measured, picture)


def _measured(text: re.Match[str]) -> str:
    rest, said = text.groups()
    return f'textLength="{cells(html.unescape(said)) * _CELL:.1f}"{rest}>{said}<'


def _saved(kiosk: KioskApp, folder: Path) -> Path:
    drawn = mended(kiosk.export_screenshot(title=kiosk.title))
    with suppress(OSError):
        # Where this fails, writing fails too and says why.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"screen-{secrets.token_hex(3).upper()}.svg"
    write_atomically(path, drawn.encode(), replace=False)
    return path
