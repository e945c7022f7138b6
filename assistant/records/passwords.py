"""Passwords and PINs as argon2id hashes."""

from __future__ import annotations

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""19 MiB, two passes, one lane: about 20 ms, and small enough for several terminals on one machine."""


def hash_password(password: str) -> str:
    """Hash a password or PIN; each call takes a new salt."""
    return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def verify_password(hashed: str, password: str) -> bool:
    """Whether ``password`` is the one that was hashed; never raises."""
    try:
        return _HASHER.verify(hashed, password.encode("utf-8", "surrogatepass"))
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(hashed: str) -> bool:
    """Whether a hash was made with other settings than today's."""
    return _HASHER.check_needs_rehash(hashed)


@cache
def decoy_hash() -> str:
    """Return a hash that no password fits: checking it makes an unknown name take as long as a known one."""
    return hash_password("a password that nobody has")
