"""The PIN that staff type at a kiosk: what a good one is, its hash, and whether one fits."""

from __future__ import annotations

import itertools
import re

LEAST, MOST = 4, 12

_GUESSED_FIRST = frozenset({"2580", "0852", "1379", "1397", "5683", "5201314", "8888", "6666"})
"""Columns and corners of the pad, and numbers that mean luck or love."""


def weakness(pin: str) -> str | None:
    """Say why a PIN is none, or is one of the first that anybody would try; ``None`` where it is good.

    Args:
        pin: What was typed.
    """
    if re.fullmatch(rf"[0-9]{{{LEAST},{MOST}}}", pin) is None:
        return f"a PIN has {LEAST} to {MOST} digits and nothing else"
    steps = {(int(after) - int(before)) % 10 for before, after in itertools.pairwise(pin)}
    if steps == {0}:
        return "one digit again and again is the first that anybody tries"
    if steps in ({1}, {9}):
        return "digits in a row are the first that anybody tries"
    if re.fullmatch(r"([0-9]{2,6})\1+", pin):
        return "the same digits again and again are soon found"
    if pin in _GUESSED_FIRST or re.fullmatch(r"(19|20)[0-9]{2}", pin):
        return "years and well-known numbers are soon found"
    return None


def hash_pin(pin: str) -> str:
    """Hash a PIN with argon2id: 64 MiB and three passes, since so few digits are soon tried through."""
    # Imported here: 15 ms, needed by nobody but staff.
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1).hash(pin)


def fits(hashed: str, pin: str) -> bool:
    """Whether ``pin`` is the one that was hashed; takes about a quarter of a second and never raises."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hashed, pin)
    except (VerificationError, InvalidHashError):
        return False
