"""The key by which an installation seals its letters (Ed25519), kept in a file of its own."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from assistant.files import FileRefusedError, problem, read_ordinary, write_atomically


def open_signing_key(path: Path) -> Ed25519PrivateKey:
    """Read the installation's key; on the first run, make it, readable by its owner alone.

    A key that is damaged or open to others is refused, never replaced: letters sealed with it would from
    then on look like another installation's.

    Raises:
        FileRefusedError: The key cannot be read or made, is no Ed25519 key, or others may read it.
    """
    try:
        return _read(path)
    except FileRefusedError as refused:
        if refused.problem.code != "file-missing":
            raise
    made = Ed25519PrivateKey.generate()
    text = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_atomically(path, text, replace=False, mode=0o600)
    except FileRefusedError as refused:
        # Another process was first: its key counts, for both.
        if refused.problem.code != "file-exists":
            raise
    return _read(path)


def public_hex(key: Ed25519PublicKey) -> str:
    """Write a public key as 64 lower-case hexadecimal digits."""
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def _read(path: Path) -> Ed25519PrivateKey:
    text = read_ordinary(path, 10_000)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise FileRefusedError(problem("key-open-to-others", path))
    try:
        key = load_pem_private_key(text, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise FileRefusedError(problem("key-damaged", path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise FileRefusedError(problem("key-damaged", path))
    return key
