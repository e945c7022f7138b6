"""Makes the note of a call from its trail and facts; nothing that was typed goes in, so nothing personal."""

from __future__ import annotations

from datetime import datetime

from assistant.calls.call import Call
from assistant.calls.locating import Found
from assistant.calls.searching import Topic
from assistant.calls.speaking import deadline
from assistant.conversation.wording import Wording
from content.calls import DeskContent
from flows.steps import BY_ID
from flows.verdict import Named

_UNNAMED = frozenset({"place", "question"})
"""What a note leaves out: the place stands under its own heading, and a question may name a person."""


def topic_of(call: Call, desk: DeskContent, wording: Wording) -> str:
    """Say on one line what a call was about."""
    joined = "；" if wording.chinese else "; "
    listed = [each for each in call.seen if each.kind not in _UNNAMED]
    return joined.join(dict.fromkeys(_title(each, desk, wording) for each in listed))


def note(call: Call, found: Found | None, desk: DeskContent, wording: Wording, now: datetime) -> str:
    """Write the note of a call: topics, steps covered, what to do and by when, contacts, reference.

    Args:
        call: The call.
        found: Where the caller stands, where that was looked for.
        desk: What the desk says.
        wording: The language of the note.
        now: When the note is made.
    """
    say = wording.text
    lines = [say("calls.note.title", {"reference": call.reference}), say("calls.note.at", {"at": now})]
    if topics := topic_of(call, desk, wording):
        lines.append(say("calls.note.topics", {"topics": topics}))
    if any(each.kind == "question" for each in call.seen):
        lines.append(say("calls.note.asked"))
    steps = list(dict.fromkeys(step for each in call.seen for step in _steps(each, desk)))
    if found is not None:
        steps = list(dict.fromkeys((*steps, found.place.step.id)))
    if steps:
        lines.append(say("calls.note.steps", {"steps": tuple(Named("step", each) for each in steps)}))
    if found is not None:
        lines += [
            say("calls.note.do", {"said": Named("word", bring)})
            for bring in dict.fromkeys(each.bring for each in found.ahead.reasons)
        ]
        ahead = deadline(found)
        if ahead is not None:
            label = Named("word", f"plan.{ahead.key}")
            lines.append(say("calls.note.by", {"label": label, "at": ahead.at}))
        province = next((each.value for each in found.facts if each.key == "province"), "")
        office = wording.content.office(province)
        if office is not None:
            lines.append(say("calls.note.call", {"telephone": office.telephone}))
    return "\n".join(lines)


def _steps(topic: Topic, desk: DeskContent) -> tuple[str, ...]:
    match topic.kind:
        case "step":
            return (topic.id,)
        case "symptom":
            return (desk.symptoms[topic.id].step,)
        case "error":
            return (desk.step_of[topic.id],)
        case "item":
            number = int(topic.id.partition(".")[0])
            return tuple(each.id for each in BY_ID.values() if each.item == number)
        case _:
            return ()


def _title(topic: Topic, desk: DeskContent, wording: Wording) -> str:
    match topic.kind:
        case "symptom":
            return desk.symptoms[topic.id].name.said(wording.language)
        case "error":
            return topic.id
        case "item":
            return wording.text("calls.notice", {"paragraph": topic.id})
        case "exam" | "step":
            return wording.arg(Named(topic.kind, topic.id))
        case _:
            return ""
