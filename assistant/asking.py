"""``chengnuo ask``: one question, or a batch of them, as the contract's object."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.answers import Answer, Answers, language_of
from assistant.answers.question import LONGEST
from assistant.stopping import Stopped
from content.loader import Content

if TYPE_CHECKING:
    from assistant.answers.packs import Pack


def one(content: Content, question: str, language: str | None, edition: str, *, as_json: bool) -> int:
    """Answer one question; 3 is returned when the notice does not answer it."""
    begun, answers = time.perf_counter(), Answers(content)
    lang = language or language_of(question)
    found = answers.ask(question, lang, edition)
    told = _object(content, question, lang, found, edition, begun)
    if as_json or found.status == "answered":
        return _told(told, "", as_json=as_json)
    return _told(told, _unsure(content, found, answers))


def _told(found: dict[str, Any], unsure: str, *, as_json: bool = False) -> int:
    """Print what was found, or ``unsure`` where that is no answer, and return the exit code."""
    answered = found["status"] == "answered"
    if as_json:
        print(_line(found))
        return 0 if answered else 3
    passages = "\n\n".join(f"[{each['paragraph']}] {each['text']}" for each in found["citations"])
    print(passages if answered else unsure)
    if found["later_rule"]:
        print(f"\n{found['later_rule']['text']}")
    return 0 if answered else 3


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


def _line(found: dict[str, Any]) -> str:
    # An argument that is no UTF-8 comes as half characters, which no output can take.
    return json.dumps(found, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")


def batch(content: Content, source: str, language: str | None, edition: str) -> int:
    """Answer a question a line, an object a line, in order."""
    answers = Answers(content)
    with nullcontext(sys.stdin) if source == "-" else _open(source) as lines:
        for line in _questions(lines):
            print(_line(asked(content, answers, line, language, edition)))
    return 0


def of_pack(content: Content, options: argparse.Namespace) -> int:
    """Answer one question, or a batch of them, from a content pack; exit codes as for the notice.

    Raises:
        FileRefusedError: The pack has no index that fits its notices.
    """
    # Imported here: a question to the notice does without.
    from assistant.packing import opened

    pack = opened(options.pack)
    if options.batch:
        with nullcontext(sys.stdin) if options.batch == "-" else _open(options.batch) as lines:
            for line in _questions(lines):
                print(_line(asked_of(pack, line, options.lang)))
        return 0
    found = asked_of(pack, options.question, options.lang)
    no = "pack.unanswered" if found["lang"] in pack.languages else "pack.other-language"
    words = content.words[found["lang"]]
    lead = words["answer.suggested" if found["faq"] else no]
    unsure = "\n".join([lead, *(f"  - {title}" for title in found["suggestions"])])
    return _told(found, unsure, as_json=options.json)


def asked_of(pack: Pack, question: str, language: str | None) -> dict[str, Any]:
    """Answer a question from a pack as the object of the contract; no later rule is known of a pack."""
    begun = time.perf_counter()
    found = pack.ask(question[:LONGEST], language or language_of(question))
    cited = found.citations if found.status == "answered" else ()
    citations = [{"faq": n, "paragraph": id, "text": pack.text(n, id, found.lang)} for n, id in cited]
    return {
        "question": question[:LONGEST],
        "lang": found.lang,
        "status": found.status,
        "faq": list(found.faq),
        "confidence": found.confidence,
        "answer": citations[0]["text"] if citations else "",
        "citations": citations,
        "suggestions": [pack.title(number, found.lang) for number in found.faq]
        if found.status == "suggested"
        else [],
        "later_rule": None,
        "elapsed_ms": round((time.perf_counter() - begun) * 1000, 3),
    }


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
    return _object(content, question, lang, answers.ask(question, lang, edition), edition, begun)


def _object(
    content: Content, question: str, lang: str, found: Answer, edition: str, begun: float
) -> dict[str, Any]:
    """Write an answer as the object of the contract; ``begun`` is when it was asked, in seconds."""
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
