"""Names what a call is about in a few words: topics in a list, and what the caller said."""

from __future__ import annotations

from assistant.calls.facts import Facts, Heard, value
from assistant.calls.searching import Topic
from assistant.calls.speaking import complaint
from assistant.conversation.wording import Wording
from content.calls import DeskContent
from flows.text import clean
from flows.verdict import Named


def named(topic: Topic, desk: DeskContent, wording: Wording) -> str:
    """Name a topic as it stands in a list."""
    match topic.kind:
        case "symptom":
            return desk.symptoms[topic.id].name.said(wording.language)
        case "error":
            return complaint(topic.id, wording).partition("\n")[0]
        case "item":
            number = int(topic.id.partition(".")[0])
            title = clean(wording.content.item(number, wording.language).title)
            return f"{wording.text('calls.notice', {'paragraph': topic.id})}  {title}"
        case "exam" | "step":
            return wording.arg(Named(topic.kind, topic.id))
        case "place":
            return wording.text("calls.kind.place-hint")
        case "question":
            return wording.text("calls.asked", {"question": clean(topic.id)})


def heard(fact: Heard, facts: Facts, wording: Wording) -> str:
    """Say a fact and its mark, as in ``Jiangsu (stated)``."""
    mark = wording.text(f"calls.mark.{fact.mark}")
    return wording.text("calls.fact", {"said": _said(fact, facts, wording), "mark": mark})


def _said(fact: Heard, facts: Facts, wording: Wording) -> str:
    parts = [each for each in fact.key.split(".") if not each.isdigit()]
    generic = ".".join(parts)
    match generic:
        case "exam" | "province":
            return wording.arg(Named(generic, fact.value))
        case "city":
            return wording.arg(Named("city", f"{value(facts, 'province')}/{fact.value}"))
        case "reached":
            return wording.text(f"calls.reached.{fact.value}")
    label = wording.text(f"calls.{generic}") if wording.has(f"calls.{generic}") else wording.fact(fact.key)
    known = next(
        (
            key
            for key in (
                f"option.{generic}.{fact.value}",
                f"{generic}.{fact.value}",
                f"calls.{generic}.{fact.value}",
            )
            if wording.has(key)
        ),
        None,
    )
    if known is not None and generic.endswith("level"):
        return wording.text(known)
    said = wording.text(known) if known is not None else fact.value
    return f"{label} {said}"
