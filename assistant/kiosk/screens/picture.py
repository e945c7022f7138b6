"""Saves a picture of the screen as SVG, and says where it is and what it holds."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.files import FileRefusedError, write_atomically
from assistant.kiosk.screens.notice import NoticePage

if TYPE_CHECKING:
    from assistant.kiosk.app import KioskApp


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


def _saved(kiosk: KioskApp, folder: Path) -> Path:
    drawn = kiosk.export_screenshot(title=kiosk.title)
    # The framework names a font at another site: whoever opens the picture would tell that site.
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    drawn = re.sub(r"font-family: ?Fira Code[^;]*;", "font-family: monospace;", drawn)
    with suppress(OSError):
        # Where this fails, writing fails too and says why.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"screen-{secrets.token_hex(3).upper()}.svg"
    write_atomically(path, drawn.encode(), replace=False)
    return path
