"""Encrypts single values and makes keyed indexes of them."""

from __future__ import annotations

import hashlib
import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from assistant.records.errors import RecordsError
from assistant.records.keys import KEY_BYTES

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
