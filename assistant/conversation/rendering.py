"""Turns messages and prompts into blocks of text that any face can draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.conversation.messages import (
    Answered,
    Card,
    Citation,
    Document,
    Echoed,
    Message,
    Objected,
    Prompt,
    Row,
    Said,
    Warned,
)
from assistant.conversation.naming import generic
from assistant.conversation.wording import Wording

Kind = Literal["said", "echo", "problem", "warning", "answer", "card", "paper"]


@dataclass(frozen=True)
class Line:
    """One line of a block: a label with its value, or text alone; ``key`` is the fact that can be changed."""

    text: str
    label: str = ""
    key: str | None = None


@dataclass(frozen=True)
class Block:
    """What a face draws for one message: a heading, which may be empty, and lines."""

    kind: Kind
    heading: str
    lines: tuple[Line, ...]


def block(message: Message, wording: Wording) -> Block:
    """Render one message in the wording's language."""
    match message:
        case Said():
            return Block("said", "", _paragraphs(wording.text(message.text, message.args)))
        case Echoed():
            key = message.key if message.correctable else None
            return Block("echo", "", (Line(wording.arg(message.shown), fact(message.key, wording), key),))
        case Objected():
            lines = tuple(Line(wording.problem(problem)) for problem in message.problems)
            return Block("problem", wording.text("face.problem"), lines)
        case Warned():
            lines = tuple(Line(wording.problem(problem)) for problem in message.problems)
            return Block("warning", wording.text("face.note"), lines)
        case Answered():
            return _answered(message, wording)
        case Card():
            return _card(message, wording)
        case Document():
            text = message.zh if wording.language == "zh" else message.en
            return Block("paper", "", _paragraphs(text.rstrip()))


def fact(key: str, wording: Wording) -> str:
    """Return the name of a fact, with the number of its record where it has one."""
    plain = generic(key)
    label = wording.text(f"fact.{plain}")
    parts = key.split(".")
    if plain != key and len(parts) > 1 and parts[1].isdigit():
        return wording.text("face.numbered", {"fact": label, "number": int(parts[1]) + 1})
    return label


def _paragraphs(text: str) -> tuple[Line, ...]:
    return tuple(Line(each) for each in text.split("\n"))


def _card(card: Card, wording: Wording) -> Block:
    lines = [_row(row, wording) for row in card.rows]
    if card.warning:
        lines += [Line(""), Line(wording.text(card.warning, card.args))]
    return Block("card", wording.text(card.title, card.args), tuple(lines))


def _row(row: Row, wording: Wording) -> Line:
    label = (
        fact(row.key, wording)
        if row.key and row.label.startswith("fact.") and not row.key.endswith(".summary")
        else wording.text(row.label)
    )
    return Line(wording.arg(row.value), label, row.key)


def _answered(answer: Answered, wording: Wording) -> Block:
    content, language = wording.content, wording.language
    lines: list[Line] = []
    if answer.status == "answered":
        for citation in answer.citations:
            lines += [Line(_cited(citation, wording)), Line(_source(citation, wording)), Line("")]
        heading = content.item(answer.citations[0].item, language).title if answer.citations else ""
    elif answer.citations:
        heading = wording.text("face.suggested")
        items = dict.fromkeys(citation.item for citation in answer.citations)
        lines += [Line(content.item(item, language).title, f"/item {item}") for item in items]
    else:
        heading = wording.text("face.unanswered")
    if answer.contact:
        lines.append(Line(wording.text("face.contact", {"telephone": answer.contact})))
    lines += _later(answer, wording)
    while lines and not lines[-1].text:
        lines.pop()
    return Block("answer", heading, tuple(lines))


def _cited(citation: Citation, wording: Wording) -> str:
    paragraph = wording.content.paragraph(citation.paragraph, wording.language)
    return paragraph.text if paragraph else ""


def _source(citation: Citation, wording: Wording) -> str:
    return wording.text("face.source", {"item": citation.item, "paragraph": citation.paragraph})


def _later(answer: Answered, wording: Wording) -> list[Line]:
    for edition in wording.content.editions.values():
        for rule in edition.later_rules:
            if rule.id == answer.later_rule:
                told = wording.text("face.later-rule", {"date": rule.date, "source": rule.source})
                return [Line(""), Line(f"{told} {rule.text.said(wording.language)}")]
    return []


@dataclass(frozen=True)
class PromptText:
    """A prompt in words: the question, what helps, and the options with a line under each."""

    question: str
    help: str
    example: str
    options: tuple[tuple[str, str, str], ...]
    """Id, label and hint of each option; a hint may be empty."""


def prompt_text(prompt: Prompt, wording: Wording) -> PromptText:
    """Render a prompt; help and example are empty where the content has none."""
    known = wording.content.words[wording.language]
    options = tuple(
        (
            option.id,
            wording.arg(option.label),
            wording.problem(option.refused)
            if option.refused
            else wording.text(option.hint)
            if option.hint and option.hint in known
            else "",
        )
        for option in prompt.options
    )
    return PromptText(
        question=wording.text(prompt.text, prompt.args),
        help=wording.text(prompt.help, prompt.args) if prompt.help and prompt.help in known else "",
        example=wording.text(prompt.example) if prompt.example and prompt.example in known else "",
        options=options,
    )
