"""Reads corrections in words: which fact is meant, and what it should be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from assistant.conversation.naming import generic
from content.schema import LANGUAGES
from flows import text

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation

LIKE_ENOUGH = 84
"""Likeness (0-100) from which words name a fact."""

LONGEST = 160

_PATTERNS = (
    # "not 2005 but 1999" behind any of them is cut off by `_NOT`.
    re.compile(
        r"^(?:no[,:]? +)?(?:actually[,:]? +)?my (?P<what>[a-z' -]{2,40}?)"
        r" (?:is|was|are|were|should be|should read) (?:from |in )?(?P<value>.{1,80})$",
        re.IGNORECASE,
    ),
    re.compile(r"^i (?P<what>graduated) (?:in |on )?(?P<value>.{1,80})$", re.IGNORECASE),
    re.compile(r"^我是?(?P<value>[0-9][^，,。]{1,30}?)(?P<what>毕业)的?(?=$|[，,])"),
    re.compile(
        r"^(?:change|correct|set|update) (?:my |the )?(?P<what>[a-z' -]{2,40}?)"
        r" (?:to|as) (?P<value>.{1,80})$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?:the )?(?P<what>[a-z' -]{2,40}?) should (?:be|read) (?:from |in )?(?P<value>.{1,80})$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^把?(?:我的)?(?P<what>[^\s，,。]{1,12}?)(?:请)?(?:改成|改为|更正为|修改为|应该是|应为|应是)(?P<value>.{1,60})$"
    ),
    re.compile(
        r"^我的?(?P<what>[^\s，,。是]{1,12}?)是(?P<value>.{1,40}?)(?:年)?的?(?=[，,]\s*(?:不是|而不是)).*$"
    ),
)
_NOT = re.compile(
    r"[,，;；]?\s*(?:and |but )?(?:(?:not|instead of|rather than)\s+(?:from |in )?|不是|而不是).*$",
    re.IGNORECASE,
)

_SUMMARY = re.compile(r"^((?:education|degree)\.[0-9])\.summary$")
"""The row of *check your answers* that stands for a whole record."""


def read(typed: str, conversation: Conversation) -> tuple[str, str] | None:
    """Read a correction.

    Args:
        typed: The whole of what was typed.
        conversation: Its dossier says which facts there are to correct.

    Returns:
        The key of the fact and the new value as typed, or ``None`` when it is no correction.
    """
    said = text.field(typed).rstrip(".。!！")
    # "My old number is gone, how do I change it?" asks, and names no new number.
    if not said or len(said) > LONGEST or said.endswith(("?", "？")):
        return None
    for pattern in _PATTERNS:
        match = pattern.match(said)
        if match is None:
            continue
        key = key_named(match["what"], conversation)
        value = _NOT.sub("", match["value"]).strip().rstrip("的").strip()
        if key is not None and value:
            return key, value
    return None


def key_named(words: str, conversation: Conversation) -> str | None:
    """Find the known fact that words name: its key, its label or another name people use for it."""
    wanted = _SUMMARY.sub(r"\1.level", text.field(words).casefold().strip())
    known = [fact.key for fact in conversation.dossier if _nameable(fact.key)]
    known += [
        key
        for key in ("mobile", "email", "exam", "province")
        if key in conversation.dossier and key not in known
    ]
    if wanted in known:
        return wanted
    scored = [
        (likeness, _latest(key), key)
        for key in known
        if (likeness := _likeness(wanted, generic(key), conversation)) >= LIKE_ENOUGH
    ]
    if scored:
        return max(scored)[2]
    # Many say degree for their education, and those without a degree record mean nothing else.
    if _likeness(wanted, "degree.awarded", conversation) >= LIKE_ENOUGH:
        return max((key for key in known if generic(key) == "education.graduated"), default=None)
    return None


def _nameable(key: str) -> bool:
    return not key.startswith(
        ("verification.", "review.", "payment.", "seen.", "archive.")
    ) and not key.endswith((".add", ".saved", ".supersedes", ".code"))


def _latest(key: str) -> int:
    """Prefer the record entered last when several have the fact."""
    digits = re.findall(r"\.([0-9])\.", key)
    return int(digits[0]) if digits else 0


def _likeness(wanted: str, key: str, conversation: Conversation) -> float:
    words = conversation.outside.content.words
    names = [
        name.strip().casefold()
        for language in LANGUAGES
        for name in (
            words[language].get(f"fact.{key}", ""),
            *words[language].get(f"alias.{key}", "").replace("、", ",").split(","),
        )
        if name.strip()
    ]
    return max((fuzz.ratio(wanted, name) for name in names), default=0)
