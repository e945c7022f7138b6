"""Reads an answer: which option was meant, and what the rule says of what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.conversation.finding import Finder, Match, Way, decided
from assistant.conversation.inputs import Choice, File, Input, Text
from assistant.conversation.known_as import findable
from assistant.conversation.messages import Message, Objected, Prompt
from assistant.conversation.suggesting import near
from content.loader import Content
from flows import text
from flows.dossier import Value
from flows.situation import Situation
from flows.steps.model import Ask
from flows.verdict import Problem, Verdict, accept, refuse

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Turn

MOST_NAMED = 5
"""How many options are named to somebody whose answer fits several."""

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

FILLERS = frozenset(["ok", "okay", "sure", "continue", "好", "好的", "可以", "继续", "知道了"])
"""Words among :data:`YES` that also begin a sentence without saying yes."""

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
            problem = not_picked(self.asking, given, conversation.outside.content)
            return [Objected(self.asking.key, (problem,))]
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
        return refuse(not_picked(prompt, given, content))
    option = next(each for each in prompt.options if each.id == choice)
    return refuse(option.refused) if option.refused else accept(choice)


def not_picked(prompt: Prompt, given: Input, content: Content) -> Problem:
    """Say that nothing, nothing that is there, or several things were picked; these are named."""
    typed = given.text.strip() if isinstance(given, Text) else ""
    if REFERENCE.fullmatch(typed):
        return Problem("choose-not-resume")
    meant = tuple(match.id for match in _matches(prompt, typed, content))
    if len(meant) > 1:
        return _which(prompt, meant)
    if len(prompt.options) == 1:
        return Problem("choose-only", {"option": prompt.options[0].label})
    return Problem("choose-one-of" if typed else "choose-one", {"count": len(prompt.options)})


def _which(prompt: Prompt, meant: tuple[str, ...]) -> Problem:
    """Name the options that an answer fits, each with the number that tells it apart."""
    named = tuple(
        Problem("choose-numbered", {"number": number, "option": option.label})
        for number, option in enumerate(prompt.options, start=1)
        if option.id in meant[:MOST_NAMED]
    )
    return Problem(
        "choose-which" if len(meant) <= MOST_NAMED else "choose-which-of-many",
        {"count": len(meant), "options": named},
    )


def _several(prompt: Prompt, given: Input, content: Content) -> Verdict[Value]:
    if isinstance(given, Choice):
        ids: tuple[str | None, ...] = given.ids
    elif isinstance(given, Text) and given.text.strip():
        whole = picked(prompt, given, content)
        if given.text.strip().casefold() in ALL:
            ids = tuple(option.id for option in prompt.options if not option.refused)
        else:
            ids = (
                (whole,)
                if whole
                else tuple(picked(prompt, Text(word), content) for word in _words(given.text))
            )
    else:
        ids = ()
    known = {option.id: option for option in prompt.options}
    if not ids or any(each is None or each not in known for each in ids):
        return refuse(_some_not_picked(prompt, given, content))
    chosen = tuple(option for option in prompt.options if option.id in ids)
    refused = tuple(option.refused for option in chosen if option.refused)
    return refuse(*refused) if refused else accept(tuple(option.id for option in chosen))


def _some_not_picked(prompt: Prompt, given: Input, content: Content) -> Problem:
    for word in _words(given.text) if isinstance(given, Text) else ():
        meant = tuple(match.id for match in _matches(prompt, word, content))
        if len(meant) > 1 and picked(prompt, Text(word), content) is None:
            return _which(prompt, meant)
    return Problem("choose-some-of", {"count": len(prompt.options)})


def _words(typed: str) -> list[str]:
    return [word for word in re.split(r"[,，、;；\s]+", RANGE.sub(_spread, typed.strip())) if word]


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
    verdict = ask.judge(typed, situation)
    if ask.suggest is None or not isinstance(verdict.value, str):
        return verdict
    shortened = near(ask.suggest, verdict.value)
    return verdict if shortened is None else replace(verdict, warnings=(*verdict.warnings, shortened))


def picked(prompt: Prompt, given: Input, content: Content) -> str | None:
    """Find the option that was meant: by id, number or name, in Chinese, pinyin, initials or English.

    Returns:
        The option's id, or ``None`` where none or more than one may be meant: a guess decides nothing.
    """
    known = {option.id for option in prompt.options}
    if isinstance(given, Choice):
        return given.ids[0] if len(given.ids) == 1 and given.ids[0] in known else None
    if not isinstance(given, Text):
        return None
    typed = text.field(given.text).casefold()
    if not typed or typed in known:
        return typed or None
    if re.fullmatch(r"[0-9]{1,3}", typed):
        number = int(typed)
        return prompt.options[number - 1].id if 1 <= number <= len(prompt.options) else None
    if typed in YES and ("yes" in known or len(known) == 1):
        return "yes" if "yes" in known else next(iter(known))
    if typed in NO and "no" in known:
        return "no"
    matches = _matches(prompt, given.text, content)
    # One character decides only where it is a whole name: 苏 is Jiangsu, 江 is no answer.
    enough = sum(map(str.isalnum, typed)) > 1
    return decided([each for each in matches if enough or each.way is Way.EXACT])


def exact(prompt: Prompt, typed: str, content: Content) -> str | None:
    """Find the option that was meant only where its id, its number, its whole name, yes or no was typed.

    Words that only fill a pause, such as *ok* or 好的, are no yes here.
    """
    said = text.field(typed).casefold()
    choice = None if said in FILLERS else picked(prompt, Text(typed), content)
    if choice is None or said == choice or is_short(typed):
        return choice
    matches = _matches(prompt, typed, content)
    return choice if any(each.id == choice and each.way is Way.EXACT for each in matches) else None


def is_short(typed: str) -> bool:
    """Whether a number, yes or no was typed, and not a name."""
    said = text.field(typed).casefold()
    return said.isdecimal() or said in YES or said in NO


def _matches(prompt: Prompt, typed: str, content: Content) -> tuple[Match, ...]:
    """Find the options that a name may mean; what promises, confirms or cannot be undone is never guessed."""
    finder = Finder(findable(option, content) for option in prompt.options)
    return finder.rank(typed, sure=prompt.irreversible or prompt.kind == "acknowledge")
