"""From what stands in the forms of a manual verification to the acts of the store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time

from assistant.clock import in_china
from assistant.desk.duty import Duty
from assistant.records import Turn
from flows.casework import review
from flows.dossier import Value
from flows.text import field

CLOSING = time(17)
"""When offices close: what a day without a time means."""


def args_of(move: str, values: Mapping[str, str], duty: Duty) -> Mapping[str, Value] | None:
    """Return what comes with a move, as its guards judge it before it is made.

    Args:
        move: Name of a move of :data:`flows.casework.review.REVIEW`.
        values: What stands in the fields of its form.
        duty: Who makes it, and when.

    Returns:
        What comes with it, or ``None`` where its time cannot be read.
    """
    match move:
        case "claim":
            return review.claiming(duty.now + duty.house.review_lock)
        case "ask-evidence":
            until = _until(values["review-until"])
            return (
                review.asking(values["review-what"], values["review-where"], until)
                if until is not None
                else None
            )
        case "pass" | "disagree":
            return review.explaining(values["review-why"])
        case "propose-fail":
            return review.failing(unmet_of(values))
    return {}


def made_by(move: str, values: Mapping[str, str], code: str, duty: Duty) -> Callable[[Turn], object]:
    """Return the act of the store that makes a move.

    Args:
        move: Name of a move of :data:`flows.casework.review.REVIEW`.
        values: What stands in the fields of its form.
        code: The case.
        duty: Who makes it, and when.

    Raises:
        KeyError: No move of staff has that name.
    """
    by, now = duty.staff, duty.now
    match move:
        case "claim":
            return lambda turn: turn.claim_review(code, by=by, now=now, lock=duty.house.review_lock)
        case "release":
            return lambda turn: turn.release_review(code, by=by, now=now)
        case "ask-evidence":
            what, where, until = values["review-what"], values["review-where"], _until(values["review-until"])
            assert until is not None
            return lambda turn: turn.ask_evidence(code, what=what, where=where, until=until, by=by, now=now)
        case "receive-evidence":
            return lambda turn: turn.receive_evidence(code, by=by, now=now)
        case "pass":
            return lambda turn: turn.decide_review(code, "pass", by=by, now=now, reason=values["review-why"])
        case "propose-fail":
            return lambda turn: turn.decide_review(code, "fail", by=by, now=now, unmet=unmet_of(values))
        case "agree":
            return lambda turn: turn.second_review(code, agree=True, by=by, now=now)
        case "disagree":
            return lambda turn: turn.second_review(
                code, agree=False, by=by, now=now, why=values["review-why"]
            )
    raise KeyError(move)


def unmet_of(values: Mapping[str, str]) -> Mapping[str, str]:
    return {name: why for name, why in values.items() if why.strip()}


def _until(typed: str) -> datetime | None:
    """Read a day with a time; a day alone means its closing time."""
    said = field(typed)
    try:
        read = datetime.fromisoformat(said)
    except ValueError:
        return None
    return in_china(datetime.combine(read, CLOSING) if len(said) <= len("2020-07-08") else read)
