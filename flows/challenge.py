"""A small task that a person solves at a glance and that lapses: the verification code of the forms.

A picture of letters has no place in a terminal. What holds back a program is the limit on tries, which the
caller keeps; what holds back a stray key is this.

Source: FAQ 10.3 and 13.3 (verification code).
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from flows.verdict import Arg, Problem

LASTS = timedelta(minutes=5)
LETTERS = "ACDEFHJKMNPRTUVWXY34679"
"""Without 0 O Q, 1 I L, 2 Z, 5 S, 8 B, G: they are taken for one another."""

_NUMERALS = {
    **{numeral: str(value) for value, numeral in enumerate("零一二三四五六七八九十")},
    **{f"十{numeral}": str(10 + value) for value, numeral in enumerate("一二三四五六七八", 1)},
}


@dataclass(frozen=True)
class Challenge:
    """One task.

    Attributes:
        id: Its name, different for every seed.
        text: What is asked: a key of ``content/words``.
        args: What fills it.
        answer_hash: By it an answer is judged.
        expires: From this moment on, a new one is needed.
    """

    id: str
    text: str
    args: Mapping[str, Arg]
    answer_hash: str
    expires: datetime


def make(seed: str, now: datetime) -> Challenge:
    """Make the task that belongs to a seed; a new seed makes a new one.

    Args:
        seed: A secret of the session with a number that grows; never shown.
        now: The time; the task lapses five minutes later.
    """
    stream = hashlib.sha256(b"chengnuo challenge\0" + seed.encode("utf-8", "surrogatepass")).digest()
    id = stream[:8].hex()
    if stream[8] % 2:
        left, right = 2 + stream[9] % 8, 2 + stream[10] % 8
        args: dict[str, Arg] = {"left": left, "right": right}
        text = "challenge.sum"
    else:
        args = {"characters": " ".join(LETTERS[byte % len(LETTERS)] for byte in stream[9:13])}
        text = "challenge.characters"
    return Challenge(id, text, MappingProxyType(args), _hash(id, _solve(args)), now + LASTS)


def check(challenge: Challenge, typed: str, now: datetime) -> Problem | None:
    """Judge an answer.

    Capitals, spaces and full-width forms make no difference, and a sum may be answered in Chinese numerals.

    Returns:
        ``challenge-expired``, ``challenge-empty`` or ``challenge-wrong``; the caller then makes a new task
        and keeps everything else that was typed. ``None`` when the answer is right.
    """
    if now >= challenge.expires:
        return Problem("challenge-expired", {"minutes": int(LASTS.total_seconds() // 60)})
    answer = _folded(typed)
    if not answer:
        return Problem("challenge-empty")
    if hmac.compare_digest(_hash(challenge.id, answer), challenge.answer_hash):
        return None
    return Problem("challenge-wrong")


def answer(challenge: Challenge) -> str:
    """Solve the task, as a scenario that is played without a person does."""
    return _solve(challenge.args)


def _solve(args: Mapping[str, Arg]) -> str:
    left, right = args.get("left"), args.get("right")
    if isinstance(left, int) and isinstance(right, int):
        return str(left + right)
    return str(args["characters"]).replace(" ", "")


def _folded(typed: str) -> str:
    # Nothing longer can be right, and folding a pasted book would only take time.
    text = "".join(unicodedata.normalize("NFKC", typed[:100]).split()).upper()
    return _NUMERALS.get(text, text)


def _hash(id: str, answer: str) -> str:
    return hashlib.sha256(f"{id}\0{answer}".encode("utf-8", "surrogatepass")).hexdigest()
