"""Shared builders: the content, a complete dossier to change, and a conversation over a store of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.clock import CHINA, SetClock
from content import loader
from content.loader import Content
from flows.dossier import RECORD_FIELDS, Dossier, Fact, RecordKind, Value
from flows.roles import Role
from flows.situation import Situation

if TYPE_CHECKING:
    from assistant.conversation.engine import Conversation
    from assistant.records import Records

NOW = datetime(2020, 7, 1, 9, 0, tzinfo=CHINA)
"""In the sample calendar registration is open; earlier passes of 2019 still live."""

NUMBER = "320102198506123411"
PASSWORD = "Chengnuo2020"

ROLES: Mapping[str, Role] = {
    "payment.receipt": Role.CASHIER,
    "review.decision": Role.VERIFIER,
    "integrity": Role.SYSTEM,
    "archive.passes": Role.SYSTEM,
}
"""Who states a fact, where it is not the candidate."""

EDUCATION: Mapping[str, str] = {
    "level": "bachelor",
    "study": "full-time",
    "school": "南京工业大学",
    "major": "土木工程",
    "graduated": "2007年7月",
    "certificate": "102911200705001234",
    "country": "中国",
}
"""A record of education as a person types it."""

DEGREE: Mapping[str, str] = {
    "level": "bachelor",
    "school": "南京工业大学",
    "major": "土木工程",
    "awarded": "June 2009",
    "certificate": "1029142009001234",
    "country": "China",
}
"""A record of a degree as a person types it."""


@cache
def content() -> Content:
    """Load the real content, once in each test process."""
    return loader.load()


def record(kind: RecordKind, index: int, **fields: str) -> dict[str, Value]:
    """Write one academic record as flat facts, saved."""
    known = {
        "level": "bachelor",
        "study": "full-time",
        "school": "南京大学",
        "major": "经济学",
        "graduated": "2009-06",
        "awarded": "2009-06",
        "certificate": "102841200905001234",
        "country": "china",
        **fields,
    }
    facts: dict[str, Value] = {f"{kind}.{index}.{name}": known[name] for name in RECORD_FIELDS[kind]}
    return {**facts, f"{kind}.{index}.saved": True}


def verified(item: str, status: str = "verified", *, submitted: datetime | None = None) -> dict[str, Value]:
    """Write the result of one verification, handed in two days ago where nothing else is said."""
    return {
        f"verification.{item}.submitted": (submitted or NOW - timedelta(days=2)).isoformat(),
        f"verification.{item}.status": status,
    }


COMPLETE: Mapping[str, Value] = {
    "first_time": "yes",
    "exam": "economics",
    "province": "jiangsu",
    "notice_read": True,
    **{f"promise.{each}": True for each in ("know", "meet", "true", "liability")},
    "agreement": True,
    "instructions": True,
    "name": "王小明",
    "id_type": "resident-id",
    "id_number": NUMBER,
    "mobile": "13800001001",
    "email": "candidate1@example.com",
    "password": "hashed",
    "account.code": True,
    "account": "account-1",
    **record("education", 0),
    "education.1.add": "no",
    "degree.0.add": "no",
    "academic.submit": True,
    "photo.login": True,
    "photo": "a digest",
    "photo.confirm": "yes",
    **verified("identity"),
    **verified("education.0"),
    "application.choose": "yes",
    "application.read": True,
    "city": "nanjing",
    "verification_point": "nanjing-1",
    "level": "intermediate",
    "major": "finance",
    "work_years": "12",
    "subjects": ("basics", "practice"),
    "application.code": True,
    "application.save": True,
    "adopt_commitment": "yes",
    "signature.name": "王小明",
    "signature": "a seal",
    "application.confirm": True,
    "payment.slip": "P1",
    "payment.receipt": "R1",
}
"""Everything that a first-time candidate of the pilot answers, from hello to paid, in the order asked."""


def dossier(facts: Mapping[str, Value] = COMPLETE, /, *, at: datetime = NOW, **roles: Role) -> Dossier:
    """Make a dossier of these facts, each stated by whom it is for to state it, or by ``roles``."""
    by = {**ROLES, **{key.replace("__", "."): role for key, role in roles.items()}}
    return Dossier({key: Fact(key, value, at, by.get(key, Role.CANDIDATE)) for key, value in facts.items()})


def changed(changes: Mapping[str, Value | None]) -> dict[str, Value]:
    """Return the complete facts with some replaced or added; ``None`` leaves one out."""
    both: dict[str, Value | None] = {**COMPLETE, **changes}
    return {key: value for key, value in both.items() if value is not None}


def before(key: str) -> dict[str, Value]:
    """Return what a candidate has said when ``key`` is asked."""
    keys = list(COMPLETE)
    return {each: COMPLETE[each] for each in keys[: keys.index(key)]}


def situation(
    facts: Mapping[str, Value] | Dossier = COMPLETE, *, edition: str = "pilot", now: datetime = NOW
) -> Situation:
    """See facts at a moment under an edition."""
    known = facts if isinstance(facts, Dossier) else dossier(facts)
    return Situation(known, content().editions[edition], content(), now)


def opened(folder: Path) -> Records:
    """Open a real store on a file of its own."""
    from assistant.records import open_records

    return open_records(folder / "chengnuo.db", folder / "keys" / "fields.key")


def conversation(
    folder: Path,
    records: Records,
    clock: SetClock,
    *,
    edition: str = "pilot",
    role: Role = Role.CANDIDATE,
    mode: str = "register",
    seed: Callable[[], str] = lambda: "test",
) -> Conversation:
    """Seat somebody at a terminal: the real conversation over a real store, with a clock to move."""
    from assistant.answers import Answers
    from assistant.conversation.engine import Conversation
    from assistant.conversation.outside import Outside
    from assistant.letter import open_signing_key

    outside = Outside(
        content=content(),
        records=records,
        clock=clock,
        answers=Answers(content()),
        signer=open_signing_key(folder / "keys" / "seal.key"),
        edition=content().editions[edition],
        role=role,
        seed=seed,
    )
    return Conversation(outside, language="zh", mode=mode)
