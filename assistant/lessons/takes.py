"""What was done in a lesson, as a scenario file writes it down and reads it again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.conversation.inputs import Choice, Command, File, RecordEntry, Records, Text
from assistant.lessons.acts import Act, Decided, Moved, Paid, Penalised
from assistant.scenario import Decision, Record, Take


def take_of(act: Act, sample: Path) -> Take:
    """Write an act down.

    Args:
        act: What was done.
        sample: The photo that ``ok`` stands for.
    """
    match act:
        case Text(text):
            return Take(text=text)
        case Choice(ids):
            return Take(choice=ids)
        case File(path):
            return Take(file="ok" if path == sample else str(path))
        case Command(name, argument):
            return Take(command=(name, argument))
        case Records(education, degrees):
            return Take(education=_records(education), degrees=_records(degrees))
        case Moved(to):
            return Take(clock=to)
        case Decided(decision, reason):
            return Take(decided=Decision(decision=decision, reason=reason))
        case Penalised(measure, reason):
            return Take(penalised=(measure, reason))
        case Paid():
            return Take(paid=True)


def act_of(take: Take, sample: Path, beside: Callable[[str], Path]) -> Act:
    """Read what was written down.

    Args:
        take: What a file says.
        sample: The photo that ``ok`` stands for.
        beside: Finds a file that is named.
    """
    if take.text is not None:
        return Text(take.text)
    if take.choice is not None:
        return Choice(take.choice)
    if take.file is not None:
        return File(sample if take.file == "ok" else beside(take.file))
    if take.command is not None:
        return Command(*take.command)
    if take.education is not None:
        return Records(_entries(take.education), _entries(take.degrees or ()))
    if take.clock is not None:
        return Moved(take.clock)
    if take.decided is not None:
        return Decided(take.decided.decision, take.decided.reason)
    return Penalised(*take.penalised) if take.penalised is not None else Paid()


def _records(entries: tuple[RecordEntry, ...]) -> tuple[Record, ...]:
    return tuple(Record(fields=dict(each.fields), supersedes=each.supersedes) for each in entries)


def _entries(records: tuple[Record, ...]) -> tuple[RecordEntry, ...]:
    return tuple(RecordEntry(each.fields, each.supersedes) for each in records)
