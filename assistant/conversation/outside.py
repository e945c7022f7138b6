"""What a conversation needs from outside, gathered once at the edge."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.clock import Clock
from content.loader import Content
from content.schema import Edition
from flows.roles import Role

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from assistant.answers import Answers
    from assistant.answers.missed import Misses
    from assistant.records import Records


def _seed() -> str:
    return secrets.token_hex(8)


@dataclass(frozen=True)
class Outside:
    """The parts that do I/O, and the role that acts.

    Args:
        content: All words and rules.
        records: The store.
        clock: The one source of time.
        answers: What finds the passage that answers a question.
        signer: The installation's key for sealing letters.
        edition: The rules for a registration that begins now.
        role: Who sits at this terminal.
        misses: Where questions are kept that found no answer; ``None`` keeps none.
        seed: Where verification codes come from; fixed in play and tests.
        training: Whether this is a classroom: every paper then says so.
        out: The folder that letters go to whatever is typed, where the candidate is not at this machine;
            ``None`` lets them say where.
    """

    content: Content
    records: Records
    clock: Clock
    answers: Answers
    signer: Ed25519PrivateKey
    edition: Edition
    role: Role = Role.CANDIDATE
    misses: Misses | None = None
    seed: Callable[[], str] = field(default=_seed)
    training: bool = False
    out: Path | None = None
