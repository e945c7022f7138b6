"""Commands as people type them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.conversation.deeds import DEEDS, UNLISTED
from assistant.conversation.inputs import Command

NAMES: Mapping[str, str] = {name: deed.id for deed in DEEDS for name in (*deed.en, *deed.zh)}
"""What may stand behind the slash, and the command that it means."""

_LISTED = tuple(deed for deed in DEEDS if deed.en and deed.id not in UNLISTED)

LISTED: Mapping[str, tuple[str, ...]] = {
    "en": tuple(deed.en[0] for deed in _LISTED),
    "zh": tuple(deed.zh[0] for deed in _LISTED),
}
"""The name of each command that ``/help`` shows, one a command and in the same order."""

LANGUAGE_NAMES: Mapping[str, str] = {
    "en": "en",
    "english": "en",
    "英文": "en",
    "英语": "en",
    "zh": "zh",
    "chinese": "zh",
    "中文": "zh",
}
"""What may stand behind ``/language``; anything else switches to the other one."""


def command(text: str) -> Command | None:
    """Read a command such as ``/change mobile`` or ``／修改 mobile``; ``None`` when it is none.

    Whatever begins with a slash but names no command is left to the caller: a password may begin so.
    """
    stripped = text.strip()
    if not stripped or stripped[0] not in "/／":
        return None
    word, _, rest = stripped[1:].strip().partition(" ")
    name = NAMES.get(word.casefold())
    return None if name is None else Command(name, rest.strip())


def is_slashed(text: str) -> bool:
    """Whether the text looks like a command, known or not."""
    return text.strip()[:1] in {"/", "／"} and len(text.strip()) > 1


def typed(given: Command, language: str) -> str:
    """Write a command as one would type it in a language: ``/item 13``, ``/条 13``."""
    name = dict(zip(LISTED["en"], LISTED[language], strict=True)).get(given.name, given.name)
    return f"/{name} {given.argument}".rstrip()
