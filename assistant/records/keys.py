"""The key file: 32 random bytes, outside the database, readable by its owner alone."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from assistant.records.errors import RecordsError

KEY_BYTES = 32


def new_key() -> bytes:
    """Make a key."""
    return secrets.token_bytes(KEY_BYTES)


def read_key(path: Path) -> bytes:
    """Read the key file.

    Raises:
        RecordsError: The key is missing, unreadable or of the wrong length.
    """
    try:
        key = path.read_bytes()
    except FileNotFoundError as error:
        raise RecordsError("records-key-missing", {"path": str(path)}) from error
    except (OSError, ValueError) as error:
        raise RecordsError("records-key-unreadable", {"path": str(path)}) from error
    if len(key) != KEY_BYTES:
        raise RecordsError("records-key-wrong", {"path": str(path)})
    with suppress(OSError):
        path.chmod(0o600)
    return key


def write_key(path: Path, key: bytes) -> bool:
    """Put a new key in place, whole or not at all.

    Returns:
        Whether it is there now; ``False`` where another process was first, whose key stands.

    Raises:
        RecordsError: It cannot be written.
    """
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            return place(part, path)
        finally:
            with suppress(OSError):
                part.unlink()
    except (OSError, ValueError) as error:
        raise RecordsError("records-key-unreadable", {"path": str(path)}) from error


def place(part: Path, path: Path) -> bool:
    """Give a finished file its name and make that durable; ``False`` where the name is taken."""
    try:
        os.link(part, path)
    except FileExistsError:
        return False
    except OSError:
        # FAT and exFAT know no links.
        if path.exists():
            return False
        part.rename(path)
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    return True
