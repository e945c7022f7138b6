"""The folder with the pictures of a server's sessions, and what is left of servers that were killed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

_NAME = re.compile("chengnuo-web-([0-9]{1,9})-.*")


def new_folder() -> Path:
    """Make a folder that nobody else can look into; what earlier servers could not take away goes first."""
    take_away_the_left(Path(tempfile.gettempdir()))
    return Path(tempfile.mkdtemp(prefix=f"chengnuo-web-{os.getpid()}-"))


def take_away_the_left(root: Path) -> None:
    """Take away the folders in ``root`` whose server runs no more."""
    for folder in root.glob("chengnuo-web-*"):
        found = _NAME.fullmatch(folder.name)
        # Of other people nothing can be taken away, and nothing is followed that only points elsewhere.
        with suppress(OSError):
            if found is not None and not folder.is_symlink() and not _runs(int(found[1])):
                shutil.rmtree(folder, ignore_errors=True)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
