"""What a caller said of themselves, as facts that are each stated, assumed or verified. No name is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from flows.dossier import RECORD_FIELDS, RecordKind

Mark = Literal["stated", "assumed", "verified"]
MARKS: tuple[Mark, ...] = ("stated", "verified", "assumed")

Reached = Literal[
    "nothing", "account", "academic", "photo", "verified", "filled", "signed", "confirmed", "reviewed", "paid"
]
REACHED: Mapping[Reached, str] = {
    "nothing": "",
    "account": "account",
    "academic": "academic.submit",
    "photo": "photo.confirm",
    "verified": "",
    "filled": "application.save",
    "signed": "signature",
    "confirmed": "application.confirm",
    "reviewed": "review.decision",
    "paid": "payment.receipt",
}
"""How far callers say they are, and the fact of a dossier that says so; in the order of the journey."""

BEFORE: Mapping[str, Reached] = {
    "unpaid": "confirmed", "unsigned": "filled", "unconfirmed": "signed", "unverified": "photo",
}  # fmt: skip
"""What somebody has reached, as a rule, who says that the next thing is not done."""

CHOICES: Mapping[str, tuple[str, ...]] = {
    "first_time": ("yes", "no"),
    "id_type": ("resident-id", "passport"),
    "adopt_commitment": ("yes", "no"),
    "reached": tuple(REACHED),
    "status": ("unverified", "verified", "failed", "cannot-verify"),
}


@dataclass(frozen=True)
class Heard:
    """One fact of a call.

    Args:
        key: A key of the dossier (``exam``, ``education.0.graduated``), or ``reached``, ``status`` (of all
            items) or ``waited`` (hours since the records were saved).
        value: What is known.
        mark: Whether the caller stated it, it is assumed, or staff verified it.
    """

    key: str
    value: str
    mark: Mark = "stated"


Facts = tuple[Heard, ...]


def put(facts: Facts, heard: Heard) -> Facts:
    """Return the facts with this one in place of that of the same key, where it stood."""
    if any(each.key == heard.key for each in facts):
        return tuple(heard if each.key == heard.key else each for each in facts)
    return (*facts, heard)


def put_all(facts: Facts, heard: Iterable[Heard]) -> Facts:
    """Return the facts with all of these in their places."""
    for each in heard:
        facts = put(facts, each)
    return facts


def without(facts: Facts, key: str) -> Facts:
    """Return the facts without one; a record goes as a whole."""
    kind, _, rest = key.partition(".")
    if kind in RECORD_FIELDS and rest:
        begun = f"{kind}.{rest.partition('.')[0]}."
        return tuple(each for each in facts if not each.key.startswith(begun))
    return tuple(each for each in facts if each.key != key)


def marked(facts: Facts, key: str) -> Facts:
    """Give a fact the next mark: stated, verified, assumed, and stated again."""
    return tuple(
        replace(each, mark=MARKS[(MARKS.index(each.mark) + 1) % len(MARKS)]) if each.key == key else each
        for each in facts
    )


def value(facts: Facts, key: str) -> str:
    """Return what is known under a key, or nothing."""
    return next((each.value for each in facts if each.key == key), "")


def record(kind: RecordKind, index: int, **fields: str) -> Facts:
    """Make the facts of a record, of which a caller says only some fields."""
    return tuple(Heard(f"{kind}.{index}.{name}", said) for name, said in fields.items())


def changed(facts: Facts, key: str) -> Facts:
    """Give a fact the next of its values, where there is a short list of them."""
    choices = CHOICES.get(key, ())
    fact = next((each for each in facts if each.key == key), None)
    if fact is None or not choices:
        return facts
    here = choices.index(fact.value) if fact.value in choices else -1
    return put(facts, replace(fact, value=choices[(here + 1) % len(choices)]))
