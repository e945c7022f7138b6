"""``chengnuo ask``: one question, or a batch of them, as the contract's object."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from assistant.answers import Answer, Answers, language_of
from assistant.answers.question import LONGEST
from assistant.stopping import Stopped
from content.loader import Content


def one(content: Content, question: str, language: str | None, edition: str, *, as_json: bool) -> int:
    """Answer one question; 3 is returned when the notice does not answer it."""
    answers = Answers(content)
    found = asked(content, answers, question, language, edition)
    if as_json:
        print(json.dumps(found, ensure_ascii=False))
    elif found["status"] == "answered":
        print("\n\n".join(f"[{each['paragraph']}] {each['text']}" for each in found["citations"]))
    else:
        print(_unsure(content, answers.ask(question, found["lang"], edition), answers))
    if found["later_rule"] and not as_json:
        print(f"\n{found['later_rule']['text']}")
    return 0 if found["status"] == "answered" else 3


def _unsure(content: Content, found: Answer, answers: Answers) -> str:
    """Say that no answer is sure, name what was asked where it was recognised, and what comes nearest."""
    words, topic = content.words[found.lang], answers.topic(found)
    near = [f"  {number:>2}  {content.item(number, found.lang).title}" for number in found.suggestions]
    if found.status == "suggested":
        return "\n".join([words["answer.suggested"], *near])
    lines = [words["answer.not-said"].format(topic=topic.said(found.lang))] if topic else []
    return "\n".join(
        [*lines, words["answer.unanswered"], *([words["answer.nearest"], *near] if near else [])]
    )


def batch(content: Content, source: str, language: str | None, edition: str) -> int:
    """Answer a question a line, an object a line, in order."""
    answers = Answers(content)
    with nullcontext(sys.stdin) if source == "-" else _open(source) as lines:
        for line in _questions(lines):
            print(json.dumps(asked(content, answers, line, language, edition), ensure_ascii=False))
    return 0


def _open(source: str) -> Any:
    try:
        return Path(source).open(encoding="utf-8", errors="replace")
    except OSError as error:
        raise Stopped(f"chengnuo ask: {source} cannot be read ({error.strerror}). Check the path.") from error


def _questions(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield line.rstrip("\n")


def asked(
    content: Content, answers: Answers, question: str, language: str | None, edition: str
) -> dict[str, Any]:
    """Answer a question as the object of the contract.

    Args:
        content: The notice and the later rules.
        answers: The search.
        question: As typed; cut at 300 characters.
        language: ``en`` or ``zh``, or ``None`` to tell it from the question.
        edition: Whose later rules are named.
    """
    begun = time.perf_counter()
    lang = language or language_of(question)
    found: Answer = answers.ask(question, lang, edition)
    citations = [
        {"faq": item, "paragraph": paragraph, "text": text.text}
        for item, paragraph in found.citations
        if (text := content.paragraph(paragraph, lang)) is not None
    ]
    rules = content.editions[edition].later_rules
    rule = next((each for each in rules if each.id == found.later_rule), None)
    return {
        "question": question[:LONGEST],
        "lang": lang,
        "status": found.status,
        "faq": list(found.faq),
        "confidence": round(found.confidence, 4),
        "answer": citations[0]["text"] if found.status == "answered" and citations else "",
        "citations": citations if found.status == "answered" else [],
        "suggestions": [content.item(item, lang).title for item in found.suggestions],
        "later_rule": {"id": rule.id, "text": rule.text.said(lang), "date": rule.date, "source": rule.source}
        if rule
        else None,
        "elapsed_ms": round((time.perf_counter() - begun) * 1000, 3),
    }
