"""Reads an answer: which option was meant, and what the rule says of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from assistant.conversation.inputs import Choice, File, Input, Text
from assistant.conversation.messages import Message, Objected, Option, Prompt
from assistant.conversation.wording import Wording
from content.loader import Content
from content.schema import LANGUAGES
from flows import text
from flows.dossier import Value
from flows.situation import Situation
from flows.steps.model import Ask
from flows.verdict import Problem, Verdict, accept, refuse

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn

LONGEST = 200
"""Longer words are no name of an option; the fuzzy search would only lose time on them."""

SURE = 87
"""Likeness (0-100) from which a typed name is taken for an option, when no other comes near."""

REFERENCE = re.compile(r"[A-Za-z0-9]{4}-[A-Za-z0-9]{4}")
"""The shape of a registration code, which people type as soon as they are asked anything."""

YES = frozenset(
    [
        "yes",
        "y",
        "ok",
        "okay",
        "yep",
        "sure",
        "agree",
        "accept",
        "continue",
        "是",
        "是的",
        "好",
        "好的",
        "同意",
        "接受",
        "继续",
        "确认",
        "可以",
        "已阅读",
        "知道了",
    ]
)
NO = frozenset(
    [
        "no",
        "n",
        "nope",
        "not",
        "decline",
        "refuse",
        "否",
        "不",
        "不是",
        "不要",
        "不同意",
        "没有",
        "无",
        "不采用",
        "没",
    ]
)


RANGE = re.compile(r"\b([0-9])\s*[-~–—至到]\s*([0-9])\b")
"""Several in a row, such as 1-4."""

ALL = frozenset(["all", "all of them", "全部", "全选", "都选", "所有", "全部科目"])
"""Where several may be picked: every one that can be."""


@dataclass
class Mode:
    """A choice that interrupts the journey: it is put, answered, and what follows is done.

    Args:
        asking: The prompt with its options.
        then: What happens with the picked id.
    """

    asking: Prompt
    then: Callable[[Conversation, Turn, str], list[Message]]

    def prompt(self, _: Conversation) -> Prompt:
        """Return the prompt of the choice."""
        return self.asking

    def take(self, conversation: Conversation, turn: Turn, given: Input) -> list[Message]:
        """Take the answer; anything that is no option leaves the choice standing."""
        choice = picked(self.asking, given, conversation.outside.content)
        if choice is None:
            return [Objected(self.asking.key, (not_picked(self.asking, given),))]
        conversation.memory.mode = None
        return self.then(conversation, turn, choice)


def judged(ask: Ask, prompt: Prompt, given: Input, situation: Situation) -> Verdict[Value]:
    """Judge an answer to an ask by its kind and its rule."""
    match ask.kind:
        case "choice" | "acknowledge":
            return _one(prompt, given, situation.content)
        case "several":
            return _several(prompt, given, situation.content)
        case "file":
            return _file(given)
        case _:
            return _typed(ask, given, situation)


def _one(prompt: Prompt, given: Input, content: Content) -> Verdict[Value]:
    choice = picked(prompt, given, content)
    if choice is None:
        return refuse(not_picked(prompt, given))
    option = next(each for each in prompt.options if each.id == choice)
    return refuse(option.refused) if option.refused else accept(choice)


def not_picked(prompt: Prompt, given: Input) -> Problem:
    """Say that nothing, or nothing that is there, was picked."""
    typed = given.text.strip() if isinstance(given, Text) else ""
    if REFERENCE.fullmatch(typed):
        return Problem("choose-not-resume")
    if len(prompt.options) == 1:
        return Problem("choose-only", {"option": prompt.options[0].label})
    empty = isinstance(given, Text) and not typed
    return Problem("choose-one" if empty else "choose-one-of", {"count": len(prompt.options)})


def _several(prompt: Prompt, given: Input, content: Content) -> Verdict[Value]:
    if isinstance(given, Choice):
        ids: tuple[str | None, ...] = given.ids
    elif isinstance(given, Text) and given.text.strip():
        words = re.split(r"[,，、;；\s]+", RANGE.sub(_spread, given.text.strip()))
        whole = picked(prompt, given, content)
        if given.text.strip().casefold() in ALL:
            ids = tuple(option.id for option in prompt.options if not option.refused)
        else:
            ids = (whole,) if whole else tuple(picked(prompt, Text(word), content) for word in words if word)
    else:
        ids = ()
    known = {option.id: option for option in prompt.options}
    if not ids or any(each is None or each not in known for each in ids):
        return refuse(Problem("choose-some-of", {"count": len(prompt.options)}))
    chosen = tuple(option for option in prompt.options if option.id in ids)
    refused = tuple(option.refused for option in chosen if option.refused)
    return refuse(*refused) if refused else accept(tuple(option.id for option in chosen))


def _spread(found: re.Match[str]) -> str:
    return ",".join(str(each) for each in range(int(found[1]), int(found[2]) + 1))


def _file(given: Input) -> Verdict[Value]:
    if isinstance(given, File):
        return accept(str(given.path))
    if isinstance(given, Text) and given.text.strip():
        # A path dragged into a terminal comes in quotes.
        return accept(given.text.strip().strip("'\""))
    return refuse(Problem("file-needed"))


def _typed(ask: Ask, given: Input, situation: Situation) -> Verdict[Value]:
    typed = (
        given.text if isinstance(given, Text) else ",".join(given.ids) if isinstance(given, Choice) else ""
    )
    if ask.kind == "secret":
        return ask.judge(typed, situation) if typed else refuse(Problem("secret-empty"))
    if not typed.strip() and not ask.may_skip:
        return refuse(Problem("empty"))
    return ask.judge(typed, situation)


def picked(prompt: Prompt, given: Input, content: Content) -> str | None:
    """Find the option that was meant: by id, number, name in either language, alias, or a near miss."""
    known = {option.id for option in prompt.options}
    if isinstance(given, Choice):
        return given.ids[0] if len(given.ids) == 1 and given.ids[0] in known else None
    if not isinstance(given, Text):
        return None
    typed = text.field(given.text).casefold()
    if not typed or len(typed) > LONGEST:
        return None
    if typed in known:
        return typed
    if re.fullmatch(r"[0-9]{1,3}", typed):
        number = int(typed)
        return prompt.options[number - 1].id if 1 <= number <= len(prompt.options) else None
    if typed in YES and ("yes" in known or len(known) == 1):
        return "yes" if "yes" in known else next(iter(known))
    if typed in NO and "no" in known:
        return "no"
    names = _names(prompt.options, content)
    exact = {id for name, id in names if name == typed}
    if len(exact) == 1:
        return exact.pop()
    starting = {id for name, id in names if name.startswith(typed)} if len(typed) > 1 else set()
    if len(starting) == 1:
        return starting.pop()
    return _nearest(typed, names)


def _nearest(typed: str, names: list[tuple[str, str]]) -> str | None:
    found = process.extract(typed, [name for name, _ in names], scorer=fuzz.ratio, score_cutoff=SURE, limit=5)
    ids = {names[index][1] for _, _, index in found}
    return ids.pop() if len(ids) == 1 else None


def _names(options: tuple[Option, ...], content: Content) -> list[tuple[str, str]]:
    names: list[tuple[str, str]] = []
    for option in options:
        names += [
            (Wording(content, language).arg(option.label).casefold(), option.id) for language in LANGUAGES
        ]
        exam = content.exams.get(option.id)
        if exam is not None:
            names += [(alias.casefold(), option.id) for alias in exam.aliases]
    return names
