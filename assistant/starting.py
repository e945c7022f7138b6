"""Opens what a conversation needs: content, edition, store and keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.clock import Clock
from assistant.files import FileRefusedError
from content.loader import Content, load
from content.schema import Edition

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.settings import Settings


def content_of(settings: Settings) -> Content:
    """Load the content with the operator's files."""
    return load(offices=settings.offices, calendar=settings.calendar)


def edition_of(content: Content, wanted: str, clock: Clock) -> Edition:
    """Return the edition asked for, or the newest that has begun."""
    if wanted in content.editions:
        return content.editions[wanted]
    today = clock.now().date()
    begun = [edition for edition in content.editions.values() if edition.begins <= today]
    return max(begun or content.editions.values(), key=lambda edition: edition.begins)


class opened:  # noqa: N801 - reads as a verb in `with opened(...)`
    """Opens the store and the keys for conversations, and closes the store at the end."""

    def __init__(
        self, settings: Settings, content: Content, clock: Clock, edition: Edition, *, out: Path | None = None
    ) -> None:
        self._settings, self._content, self._clock, self._edition = settings, content, clock, edition
        self._out = out

    def __enter__(self) -> Callable[[str, str], Conversation]:
        """Return what begins a conversation, given a language and ``register`` or ``resume``."""
        from assistant.answers import Answers
        from assistant.answers.missed import Misses
        from assistant.conversation.engine import Conversation
        from assistant.conversation.outside import Outside
        from assistant.letter import open_signing_key
        from assistant.records import open_records

        self._records = open_records(self._settings.database, self._settings.field_key)
        try:
            # After the store, which makes the folder of the keys on the first start.
            signer = open_signing_key(self._settings.signing_key)
        except FileRefusedError:
            self._records.close()
            raise
        outside = Outside(
            content=self._content,
            records=self._records,
            clock=self._clock,
            answers=Answers(self._content),
            signer=signer,
            edition=self._edition,
            misses=Misses(self._settings.misses),
            out=self._out,
        )
        return lambda language, mode: Conversation(outside, language=language, mode=mode)

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self._records.close()
