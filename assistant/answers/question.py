"""Reads a question: which language it is in, and whether something typed is a question at all."""

from __future__ import annotations

import re
import unicodedata

import regex

LONGEST = 300
"""A question is cut here before anything else looks at it: nobody asks longer, and time stays bounded."""

_HAN = regex.compile(r"\p{Han}")
_OTHER_SCRIPT = regex.compile(r"[\p{L}--\p{Latin}--\p{Han}]", regex.V1)
_EN_SUBJECT = r"(?:i|we|you|he|she|it|they|my|our|the|a|an|this|that|these|there|any|some)(?:\b|')"
_EN_QUESTION = re.compile(
    r"(?:(?:what|why|where|when|which|whose)(?:'s|'re)?\s+\w|why$"
    r"|who(?:'s)?\s+(?:is|are|can|may|must|needs?|has|have|will|does|do|checks?|signs?|should|decides?)\b"
    r"|how\s+(?:do|does|did|can|should|must|will|would|is|are|am|many|much|long|often|early|late|soon|big|old|"
    r"to|about|come|i|we)\b"
    rf"|(?:can|could|do|does|did|is|are|am|may|must|should|will|would|shall|has|have)\s+{_EN_SUBJECT}.*\s\S"
    r"|(?:is|are)\s+there\b)",
    re.IGNORECASE,
)
_ZH_QUESTION = re.compile(
    r"^(?:请问|何时能|何时可|几时|哪(?:里|个|些|儿|种|天|年|几|一)|谁(?:能|来|可|要|会|负))"
    r"|怎么|怎样|(?<!没有)(?<!没)什么|为何|如何|能不能|可不可以|是不是|是否|有没有|要不要|需不需要|行不行|会不会|能否|可否"
    r"|多少|多久|咋|哪里|哪儿|几(?:天|条|个|位|年|科|次|寸)"
    r"|[吗呢嘛]$|(?<!什)么$"
)

_EN_GOING_ON = re.compile(
    r"(?:(?:and|but|or|so|ok|okay|then)\b[\s,]*)*(?:what|how)\s+about\s+(?P<about>\S.*)"
    r"|(?:and|or|also)\s+(?:(?:what\s+)?if\s+)?(?P<and>\S.*)",
    re.IGNORECASE,
)
_ZH_GOING_ON = re.compile(
    r"(?:那么?|还有|另外|以及)[,，]?(?:如果是?|要是)?(?P<then>.+?)[呢吗]?|(?P<as_to>.+)呢"
)
_FEW = {"en": 60, "zh": 16}
"""A question of more characters than this stands by itself."""


def cut(text: str) -> str:
    """Return what of ``text`` is looked at: its beginning, in compatibility form, on one line."""
    folded = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    return " ".join("".join(c if c.isprintable() else " " for c in folded).split())


def can_read(text: str) -> bool:
    """Whether ``text`` holds no letter of a script other than Latin and Han."""
    return _OTHER_SCRIPT.search(text) is None


def language_of(text: str, otherwise: str = "en") -> str:
    """Tell the language of a question, ``zh`` or ``en``.

    Args:
        text: The question.
        otherwise: What to take where no letter tells, such as ``24?``, and for scripts that we do not read.
    """
    if not can_read(text):
        return otherwise
    if _HAN.search(text):
        return "zh"
    return "en" if any(c.isalpha() for c in text) else otherwise


def going_on(text: str, language: str) -> str | None:
    """Return what a question such as "and for a degree?" or 那学位呢 adds to the one before.

    Args:
        text: What was typed.
        language: The language of the conversation, for text without letters.

    Returns:
        What it asks about, or ``None`` where the question stands by itself.
    """
    typed = cut(text).rstrip("。！!.～~?？ ")
    spoken = language_of(typed, language)
    found = (_ZH_GOING_ON if spoken == "zh" else _EN_GOING_ON).fullmatch(typed)
    if found is None or len(typed) > _FEW[spoken]:
        return None
    return next(said for said in found.groups() if said)


def looks_like_question(text: str, language: str) -> bool:
    """Judge whether something typed at a prompt is a question rather than its answer.

    A name (Will Smith, How Wei, 何时希), a school, a number or a password is not taken for one.

    Args:
        text: What was typed.
        language: The language of the conversation, for text without letters.
    """
    typed = cut(text)
    spoken = language_of(typed, language)
    if typed.endswith("?"):
        # A single word with a digit, such as Abc12345?, is a password or a number, not a question.
        return any(c.isalpha() for c in typed) and (
            " " in typed or spoken == "zh" or not any(c.isdigit() for c in typed)
        )
    if spoken == "zh":
        return _ZH_QUESTION.search(typed.rstrip("。！!.～~ ")) is not None
    return _EN_QUESTION.match(typed) is not None
