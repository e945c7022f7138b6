"""What the classroom says of time, of acts, of waits and of the map, in one language."""

from __future__ import annotations

from datetime import datetime

from assistant.conversation.commands import typed
from assistant.conversation.inputs import Choice, Command, File, Records, Text
from assistant.conversation.linebreak import cells
from assistant.conversation.messages import Prompt
from assistant.conversation.wording import Wording
from assistant.lessons import Act, Decided, Moved, Paid, Penalised
from assistant.lessons.chart import Standing, Stop
from flows.journey import Place


def moment_said(moment: datetime, wording: Wording, *, short: bool = False) -> str:
    """Say a simulated time: date, weekday, time of day; the date in figures where it is short."""
    day = f"{moment:%Y-%m-%d}" if short else wording.arg(moment.date())
    weekday = wording.text(f"train.weekday.{moment.weekday()}")
    return wording.text("train.clock", {"day": day, "weekday": weekday, "time": f"{moment:%H:%M}"})


def shortened(said: str, room: int) -> str:
    """Cut a text to so many cells, and say by a sign that it was cut."""
    if cells(said) <= room:
        return said
    while said and cells(said) > room - 1:
        said = said[:-1]
    return f"{said.rstrip()}…"


def act_said(act: Act, prompt: Prompt, wording: Wording) -> str:
    """Say what the persona does next, without what is typed hidden."""
    match act:
        case Moved(to):
            return wording.text("train.act.moved", {"to": moment_said(to, wording)})
        case Decided(decision, reason):
            return wording.text(f"train.act.decided.{decision}", {"reason": reason})
        case Paid():
            return wording.text("train.act.paid")
        case Penalised(measure, reason):
            found = {"measure": wording.text(f"measure.{measure}"), "reason": reason}
            return wording.text("train.act.penalised", found)
        case Choice(ids):
            named = {each.id: each.label for each in wording.prompt(prompt).options}
            return wording.text(
                "train.act.picks", {"what": wording.value(tuple(named.get(id, id) for id in ids))}
            )
        case File(path):
            return wording.text("train.act.hands-in", {"what": path.name})
        case Command():
            return wording.text("train.act.command", {"what": typed(act, wording.language)})
        case Records():
            return wording.text("train.act.records")
        case Text(text):
            hidden = prompt.private or prompt.kind == "secret"
            return wording.text("train.act.types", {"what": "••••••" if hidden else text})


def wait_said(place: Place, wording: Wording) -> str:
    """Say what is awaited and which key ends it; nothing where nothing is awaited."""
    if place.wait is None:
        return ""
    match place.step.id:
        case "verification" if place.wait.until is not None:
            return wording.text("train.wait.verification", {"at": moment_said(place.wait.until, wording)})
        case "manual-review":
            return wording.text("train.wait.review")
        case "application-pay":
            return wording.text("train.wait.payment")
        case _:
            return wording.text("train.wait.time")


def standing_said(standing: Standing, wording: Wording) -> str:
    """Name where a state of the map stands."""
    return wording.text(f"lesson.standing.{standing}")


def why_said(stop: Stop, wording: Wording) -> str:
    """Say why a state stands where it stands, or what it takes to come there."""
    if stop.why is not None:
        return wording.text(stop.why.text, stop.why.args)
    if stop.standing == "ahead":
        return wording.text(f"tasks.after.{stop.step}")
    return ""
