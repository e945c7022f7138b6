"""Keeps what a run is at a moment, so that it can be brought back to it whole."""

from __future__ import annotations

import copy
import os
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.conversation.memory import Memory
from assistant.conversation.messages import Message, Turn
from assistant.lessons.acts import Act
from assistant.lessons.moments import By, Moment
from assistant.lessons.persona import Persona
from content.schema import Edition
from flows.dossier import Dossier

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation

PAGE = 4096
"""Bytes of a page of the database; pages that are alike in two moments are kept once."""

Pages = tuple[bytes, ...]


@dataclass(frozen=True)
class Standing:
    """What a conversation is at one moment."""

    dossier: Dossier
    edition: Edition
    registration: str | None
    code: str | None
    language: str
    finished: bool
    memory: Memory
    transcript: tuple[Message, ...]


@dataclass(frozen=True)
class Kept:
    """What a whole run is at one moment.

    Attributes:
        database: The file between two transactions, page by page.
        standing: The conversation.
        persona: How far the persona has come.
        now: The simulated time.
        drawn: The state of what codes are drawn from.
    """

    database: Pages
    standing: Standing
    persona: Persona
    now: datetime
    drawn: tuple[Any, ...]


@dataclass(frozen=True)
class Cut:
    """A run up to a moment, for another one to go on from.

    Attributes:
        title: What the run that goes on is called.
        opened: What was said before anything was done.
        begun_at: The steps that concerned the candidate before anything was said.
        moments: What was done.
        acts: What was really put in.
        kept: What the run was at the beginning and after each moment.
    """

    title: str
    opened: Turn
    begun_at: tuple[str, ...]
    moments: tuple[Moment, ...]
    acts: tuple[tuple[By, Act], ...]
    kept: tuple[Kept, ...]


def stand(conversation: Conversation) -> Standing:
    """Keep what a conversation is now."""
    return Standing(
        conversation.dossier,
        conversation.edition,
        conversation.registration,
        conversation.code,
        conversation.language,
        conversation.finished,
        _remembered(conversation.memory),
        tuple(conversation.transcript),
    )


def stand_again(conversation: Conversation, standing: Standing) -> None:
    """Make a conversation what it was."""
    conversation.dossier = standing.dossier
    conversation.edition = standing.edition
    conversation.registration = standing.registration
    conversation.code = standing.code
    conversation.language = standing.language
    conversation.finished = standing.finished
    conversation.memory = _remembered(standing.memory)
    conversation.transcript = list(standing.transcript)


def _remembered(memory: Memory) -> Memory:
    return replace(
        memory,
        told=set(memory.told),
        drafts=dict(memory.drafts),
        standing=list(memory.standing),
        mode=copy.copy(memory.mode),
    )


def pages(database: Path, like: Pages = ()) -> Pages:
    """Read a database that nobody writes to just now.

    Args:
        database: The file.
        like: The pages of a moment near it, of which those that are the same are taken.
    """
    whole = database.read_bytes()
    cut = [whole[start : start + PAGE] for start in range(0, len(whole), PAGE)]
    return tuple(
        like[number] if number < len(like) and like[number] == page else page
        for number, page in enumerate(cut)
    )


def put_back(database: Path, kept: Pages) -> None:
    """Put a kept database in place of the one that is there; a link in its place is not followed."""
    part = database.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(kept)
        part.replace(database)
    finally:
        part.unlink(missing_ok=True)
