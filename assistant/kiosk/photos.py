"""Finds the pictures that the photo step offers, and reads a path as people give it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, urlsplit

ENDINGS = frozenset({".jpg", ".jpeg", ".png"})

MOST = 40
"""More would be no choice; the field takes the path of any other."""


def pictures(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return the JPEG and PNG files of the folders, newest first; what cannot be read is left out."""
    found: dict[Path, float] = {}
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if Path(entry.name).suffix.lower() in ENDINGS and entry.is_file(follow_symlinks=False):
                        found[Path(entry.path)] = entry.stat(follow_symlinks=False).st_mtime
        except OSError:
            continue
    return tuple(sorted(found, key=lambda path: (-found[path], path.name))[:MOST])


def as_path(typed: str) -> Path | None:
    """Read a path, such as one that was dragged into the terminal; ``None`` where it is none.

    A question or a command stays what it is: a path ends as a picture does, or leads to something.
    """
    text = typed.strip()
    if text.startswith("file://"):
        text = unquote(urlsplit(text).path)
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        text = text[1:-1]
    if not text or "\0" in text or text.endswith(("?", "？")):
        return None
    try:
        # A terminal writes a dragged name with its spaces escaped.
        for spelled in (text, text.replace("\\ ", " ")):
            path = Path(spelled).expanduser()
            if path.suffix.lower() in ENDINGS or (os.sep in spelled and path.exists()):
                return path
    except (OSError, RuntimeError, ValueError):
        return None
    return None


def lies_in(path: Path, folders: Iterable[Path]) -> bool:
    """Whether a file lies in one of the folders, links followed."""
    try:
        real = path.resolve()
        return any(real.is_relative_to(folder.resolve()) for folder in folders)
    except (OSError, RuntimeError, ValueError):
        return False
