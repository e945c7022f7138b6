"""Reads and writes single files without surprises: nothing blocks, nothing is half written."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

from flows.verdict import Arg, Problem

_READ = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)

_REASONS = {
    errno.ENOENT: "file-missing",
    errno.ENOTDIR: "file-missing",
    errno.EISDIR: "file-folder",
    errno.ELOOP: "file-link",
    errno.EACCES: "file-no-right",
    errno.EPERM: "file-no-right",
    errno.ENAMETOOLONG: "file-name",
    errno.ENXIO: "file-not-ordinary",
    errno.ENODEV: "file-not-ordinary",
}
_WRITE_REASONS = {
    errno.ENOENT: "file-no-such-folder",
    errno.ENOTDIR: "file-no-such-folder",
    errno.EISDIR: "file-folder",
    errno.EACCES: "file-no-right-to-write",
    errno.EPERM: "file-no-right-to-write",
    errno.EROFS: "file-no-right-to-write",
    errno.ENOSPC: "file-disk-full",
    errno.EDQUOT: "file-disk-full",
    errno.EFBIG: "file-disk-full",
    errno.ENAMETOOLONG: "file-name",
}


class FileRefusedError(Exception):
    """A file cannot be read or written; ``problem`` says why and how to mend it."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


def read_ordinary(path: Path, most: int) -> bytes:
    """Read an ordinary file whole, in one opening.

    A pipe would block for ever and a device never ends, so what is no ordinary file is refused after it
    is opened, by its handle: a name can be swapped between a check and the reading.

    Args:
        path: The file; a symbolic link is refused.
        most: The most bytes that are read.

    Raises:
        FileRefusedError: It cannot be read, is not an ordinary file, is empty, or is larger than ``most``.
    """
    try:
        handle = os.open(path, _READ)
    except (OSError, ValueError) as error:
        raise _refused(error, path, _REASONS, "file-unreadable") from error
    try:
        about = os.fstat(handle)
        if stat.S_ISDIR(about.st_mode):
            raise FileRefusedError(problem("file-folder", path))
        if not stat.S_ISREG(about.st_mode):
            raise FileRefusedError(problem("file-not-ordinary", path))
        if about.st_size > most:
            raise FileRefusedError(problem("file-too-large", path, size=about.st_size, most=most))
        pieces, read = [], 0
        # One byte more than allowed: files of /proc say that they are empty and grow while they are read.
        while read <= most and (piece := os.read(handle, min(1 << 20, most + 1 - read))):
            pieces.append(piece)
            read += len(piece)
    except OSError as error:
        raise _refused(error, path, _REASONS, "file-unreadable") from error
    finally:
        os.close(handle)
    if read > most:
        raise FileRefusedError(problem("file-too-large", path, size=read, most=most))
    if not read:
        raise FileRefusedError(problem("file-empty", path))
    return b"".join(pieces)


def write_atomically(path: Path, data: bytes, *, replace: bool, mode: int = 0o600) -> None:
    """Write a file so that either all of it is there or nothing has changed.

    Args:
        path: Where it goes.
        data: What goes there.
        replace: Whether an ordinary file of this name may be replaced.
        mode: The rights of the file.

    Raises:
        FileRefusedError: It cannot be written there.
    """
    new: Path | None = None
    try:
        _prove_writable(path, replace=replace)
        new = path.with_name(f".{secrets.token_hex(8)}.part")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            new.replace(path)
        else:
            _put_new(new, path)
        _sync_folder(path.parent)
    except FileExistsError as error:
        raise FileRefusedError(problem("file-exists", path)) from error
    except (OSError, ValueError) as error:
        raise _refused(error, path, _WRITE_REASONS, "file-not-written") from error
    finally:
        if new is not None:
            with suppress(OSError):
                new.unlink()


def problem(code: str, path: Path, **args: Arg) -> Problem:
    """Make a problem that names the file, without its folders and without unprintable characters."""
    name = "".join(letter if letter.isprintable() else "?" for letter in path.name) or str(path)
    return Problem(code, {"file": name if len(name) <= 80 else f"{name[:79]}…", **args})


def _prove_writable(path: Path, *, replace: bool) -> None:
    try:
        about = path.lstat()
    except FileNotFoundError:
        return
    if stat.S_ISDIR(about.st_mode):
        raise FileRefusedError(problem("file-folder", path))
    if not stat.S_ISREG(about.st_mode):
        raise FileRefusedError(problem("file-not-ordinary", path))
    if not replace:
        raise FileRefusedError(problem("file-exists", path))


def _put_new(new: Path, path: Path) -> None:
    """Give a written file its name, unless that name has appeared since the check."""
    try:
        os.link(new, path)
    except FileExistsError:
        raise
    except OSError:
        # USB sticks (FAT, exFAT) know no links.
        _prove_writable(path, replace=False)
        new.replace(path)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be opened at all."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(error: Exception, path: Path, reasons: dict[int, str], otherwise: str) -> FileRefusedError:
    if isinstance(error, ValueError):
        return FileRefusedError(problem("file-name", path))
    number = error.errno if isinstance(error, OSError) and error.errno is not None else 0
    return FileRefusedError(problem(reasons.get(number, otherwise), path))
