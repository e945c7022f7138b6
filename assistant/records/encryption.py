"""Encrypts single values and makes keyed indexes of them; the key file stands outside the database."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.records.errors import RecordsError

KEY_BYTES = 32
NONCE_BYTES = 12


class Cipher:
    """AES-256-GCM for fields and HMAC-SHA-256 for blind indexes, both derived from one key."""

    def __init__(self, key: bytes) -> None:
        """Derive the two keys from ``key``, 32 random bytes."""
        self._fields = AESGCM(_derived(key, b"chengnuo fields"))
        self._index = _derived(key, b"chengnuo index")
        self._key_id = _derived(key, b"chengnuo key id")[:4].hex()

    def encrypt(self, plain: str | bytes, place: str) -> bytes:
        """Encrypt a value for one place, ``table|column|row``: it decrypts nowhere else."""
        nonce = os.urandom(NONCE_BYTES)
        data = plain.encode("utf-8", "surrogatepass") if isinstance(plain, str) else plain
        return nonce + self._fields.encrypt(nonce, data, self._bound(place))

    def decrypt(self, stored: bytes, place: str) -> bytes:
        """Decrypt what :meth:`encrypt` made for the same place.

        Raises:
            RecordsError: The key is another one, or the value was changed or moved.
        """
        try:
            return self._fields.decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], self._bound(place))
        except (InvalidTag, ValueError) as error:
            raise RecordsError("records-key-or-damage") from error

    def _bound(self, place: str) -> bytes:
        return f"{place}|{self._key_id}".encode("utf-8", "surrogatepass")

    def text(self, stored: bytes, place: str) -> str:
        """Decrypt a text."""
        return self.decrypt(stored, place).decode("utf-8", "surrogatepass")

    def index(self, kind: str, *values: str) -> bytes:
        """Make the blind index of a value, so that it can be found and be unique without being readable."""
        message = "\x1f".join((kind, *values)).encode("utf-8", "surrogatepass")
        return hmac.new(self._index, message, hashlib.sha256).digest()


def _derived(key: bytes, purpose: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY_BYTES, salt=None, info=purpose).derive(key)


def open_key(path: Path, *, new: bool) -> bytes:
    """Read the key file, or make it on the first run.

    Args:
        path: The key file; it belongs in another folder than the database, which is copied and lent.
        new: Whether the database is new: only then a key is made.

    Raises:
        RecordsError: The key is missing, unreadable or of the wrong length.
    """
    try:
        if new and not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileExistsError):
                _write_once(path, secrets.token_bytes(KEY_BYTES))
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


def _write_once(path: Path, key: bytes) -> None:
    """Put a whole key in place, unless another process was first: then theirs stands."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        place(part, path)
    finally:
        part.unlink(missing_ok=True)


def place(part: Path, path: Path) -> None:
    """Give a finished file its name and make that durable.

    Raises:
        FileExistsError: The name is taken; the file there is left alone.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        # FAT and exFAT know no links.
        if path.exists():
            raise FileExistsError(path) from None
        part.rename(path)
    with suppress(OSError):
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
