"""The one table of what can be done at any time: by a key, by a typed command, or by both.

Bindings, the line of keys and F1 of the full screen read it, and so do the commands and ``/help`` of the
line-by-line face: a thing is called the same everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Deed:
    """Something that can be done.

    Args:
        id: What it is; its words are ``face.key.<id>`` for the key and ``command.<id>`` for the command.
        key: The key as the framework names it; empty where there is none.
        shown: The key as people read it.
        in_bar: Whether the line of keys has it.
        everywhere: Whether every page has the key, and not the conversation alone.
        en: What may be typed behind a slash in English, the usual name first; empty where it is a key only.
        zh: The same in Chinese.
    """

    id: str
    key: str = ""
    shown: str = ""
    in_bar: bool = False
    everywhere: bool = False
    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


DEEDS: tuple[Deed, ...] = (
    Deed("back", "escape", "Esc", en=("back",), zh=("返回", "上一步")),
    Deed("help", "f1", "F1", in_bar=True, en=("help",), zh=("帮助",)),
    Deed("language", "f2", "F2", in_bar=True, en=("language", "lang"), zh=("语言",)),
    Deed("ask", "f3", "F3", in_bar=True, en=("ask",), zh=("提问",)),
    Deed("change", "f4", "F4", in_bar=True, en=("change",), zh=("修改", "更改")),
    Deed("reveal", "f5", "F5"),
    Deed("theme", "f6", "F6"),
    Deed("keyboard", "f7", "F7"),
    Deed("records", "f8", "F8", in_bar=True),
    Deed("steps", "f9", "F9", in_bar=True),
    Deed("scroll-up", "pageup", "PgUp"),
    Deed("scroll-down", "pagedown", "PgDn"),
    Deed("scroll-end", "ctrl+end", "Ctrl+End"),
    Deed("item", "ctrl+o", "Ctrl+O", en=("item",), zh=("条",)),
    Deed("why", en=("why",), zh=("为什么",)),
    Deed("say-again", en=("say-again", "again"), zh=("再说一遍", "重复")),
    Deed("status", en=("status",), zh=("状态", "进度")),
    Deed("plan", en=("plan",), zh=("期限",)),
    Deed("original", en=("original",), zh=("原文",)),
    Deed("characters", en=("characters",), zh=("生僻字",)),
    Deed("letter", en=("letter",), zh=("承诺书",)),
    Deed("withdraw", en=("withdraw",), zh=("撤回",)),
    Deed("cancel", en=("cancel",), zh=("取消",)),
    Deed("resume", en=("resume",), zh=("继续", "恢复")),
    Deed("quit", "ctrl+q", "Ctrl+Q", in_bar=True, en=("quit", "exit"), zh=("退出",)),
    Deed("copy", "ctrl+c", "Ctrl+C", everywhere=True),
    Deed("picture", "ctrl+s", "Ctrl+S", everywhere=True),
    Deed("staff", "f12", "F12", everywhere=True),
)

UNLISTED = frozenset({"original", "cancel"})
"""Commands that are named where they are of use, and not in the list of all."""
