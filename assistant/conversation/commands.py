"""Commands as people type them, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.conversation.inputs import Command

NAMES: Mapping[str, str] = {
    "back": "back",
    "返回": "back",
    "上一步": "back",
    "change": "change",
    "修改": "change",
    "更改": "change",
    "why": "why",
    "为什么": "why",
    "say-again": "say-again",
    "again": "say-again",
    "再说一遍": "say-again",
    "重复": "say-again",
    "help": "help",
    "帮助": "help",
    "language": "language",
    "lang": "language",
    "语言": "language",
    "status": "status",
    "状态": "status",
    "进度": "status",
    "resume": "resume",
    "继续": "resume",
    "恢复": "resume",
    "quit": "quit",
    "exit": "quit",
    "退出": "quit",
    "ask": "ask",
    "提问": "ask",
    "item": "item",
    "条": "item",
    "original": "original",
    "原文": "original",
    "letter": "letter",
    "承诺书": "letter",
    "withdraw": "withdraw",
    "撤回": "withdraw",
    "plan": "plan",
    "期限": "plan",
    "cancel": "cancel",
    "取消": "cancel",
    "characters": "characters",
    "生僻字": "characters",
}
"""What may stand behind the slash, and the command that it means."""

LISTED: Mapping[str, tuple[str, ...]] = {
    "en": (
        "back",
        "change",
        "why",
        "say-again",
        "status",
        "plan",
        "ask",
        "item",
        "characters",
        "letter",
        "withdraw",
        "language",
        "resume",
        "help",
        "quit",
    ),
    "zh": (
        "返回",
        "修改",
        "为什么",
        "再说一遍",
        "状态",
        "期限",
        "提问",
        "条",
        "生僻字",
        "承诺书",
        "撤回",
        "语言",
        "继续",
        "帮助",
        "退出",
    ),
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
