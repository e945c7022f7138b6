"""What of an answer applies to this candidate, by what is known of them: it is shown first.

A table of rules: pure functions of the situation. They choose and explain paragraphs of the notice; they
decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.conversation.messages import Citation, Said
from content.schema import item_of
from flows import characters
from flows.dossier import AcademicRecord
from flows.rules import academic
from flows.situation import Situation
from flows.verdict import Arg, Named

FIRST_OR_NOT = frozenset({7, 8})
"""Items that say the same to different people: who registers for the first time, and who did before."""


@dataclass(frozen=True)
class Rule:
    """A paragraph, or one for each of several items, and what makes it apply.

    Args:
        paragraphs: At most one of an item.
        told: Why the paragraph applies to the candidate, in words; nothing where it does not.
        of: Items that are lists of who is meant: any answer from them is preceded by it. Elsewhere only an
            answer that cites the paragraph is.
    """

    paragraphs: tuple[str, ...]
    told: Callable[[Situation, str], Iterator[Said]]
    of: frozenset[int] = frozenset()


def first(situation: Situation, cited: Sequence[Citation]) -> tuple[tuple[Said, ...], tuple[Citation, ...]]:
    """Put what applies to the candidate first.

    Args:
        situation: What is known of the candidate.
        cited: What the answer rests on, best first.

    Returns:
        Why each applies, and all paragraphs in their new order; nothing of another matter is put first.
    """
    items = {each.item for each in cited}

    def concerned(rule: Rule) -> Iterator[Citation]:
        for paragraph in rule.paragraphs:
            place = Citation(item_of(paragraph), paragraph)
            if place in cited or rule.of & items:
                yield place

    told: list[Said] = []
    ahead: list[Citation] = []
    for rule in RULES:
        place = next(concerned(rule), None)
        said = tuple(rule.told(situation, place.paragraph)) if place else ()
        if place and said:
            told += said
            ahead.append(place)
    return tuple(told), tuple(dict.fromkeys((*ahead, *cited)))


# What applies ------------------------------------------------------------------------------------------


def _records(situation: Situation) -> Iterator[AcademicRecord]:
    """Go through the records that no later one corrects, complete or not."""
    for kind in ("education", "degree"):
        records = situation.dossier.records(kind)
        corrected = {each.supersedes for each in records}
        yield from (each for each in records if each.index not in corrected)


def _not_online(situation: Situation, paragraph: str, *codes: str) -> Iterator[Said]:
    for record in _records(situation):
        why = academic.online_verifiable(record)
        if why is not None and why.code in codes:
            about: dict[str, Arg] = {"paragraph": paragraph, "year": record.when[:4], "month": record.when}
            yield Said(f"applies.{why.code}", {**about, "number": record.index + 1})


def _old(situation: Situation, paragraph: str) -> Iterator[Said]:
    codes = ("education-before-2002", "degree-before-2008-09", "secondary-education")
    yield from _not_online(situation, paragraph, *codes)
    for record in _records(situation):
        if academic.flags_2002(record):
            yield Said("applies.education-2002", {"paragraph": paragraph, "number": record.index + 1})


def _foreign(situation: Situation, paragraph: str) -> Iterator[Said]:
    yield from _not_online(situation, paragraph, "overseas-record")
    id_type = situation.dossier.text("id_type")
    if id_type and id_type != "resident-id":
        yield Said(
            "applies.other-id", {"paragraph": paragraph, "id_type": Named("word", f"id_type.{id_type}")}
        )


def _recorded(situation: Situation, paragraph: str) -> Iterator[Said]:
    record = situation.integrity_record
    if record is not None and record.until is not None:
        yield Said("applies.integrity", {"paragraph": paragraph, "until": record.until})
    elif record is not None:
        yield Said("applies.integrity-long", {"paragraph": paragraph})


def _not_adopted(situation: Situation, paragraph: str) -> Iterator[Said]:
    yield from _recorded(situation, paragraph)
    if situation.integrity_record is not None:
        return
    if situation.scope is not None and not situation.in_scope:
        yield Said("applies.out-of-scope", {"paragraph": paragraph, **situation.exam_and_province})
    elif situation.scope is not None and situation.route in {"declined", "withdrawn"}:
        yield Said(f"applies.{situation.route}", {"paragraph": paragraph})


def _failed(situation: Situation, paragraph: str) -> Iterator[Said]:
    for item, status in situation.statuses.items():
        if status == "failed":
            yield Said("applies.failed", {"paragraph": paragraph, "item": Named("item", item)})


def _cannot(situation: Situation, paragraph: str) -> Iterator[Said]:
    for item, status in situation.statuses.items():
        if status == "cannot-verify":
            yield Said("applies.cannot-verify", {"paragraph": paragraph, "item": Named("item", item)})


def _without_result(situation: Situation, paragraph: str) -> Iterator[Said]:
    yield from _failed(situation, paragraph)
    yield from _cannot(situation, paragraph)


def _pending(situation: Situation, paragraph: str) -> Iterator[Said]:
    if situation.results_at is not None:
        yield Said(
            "applies.pending",
            {"paragraph": paragraph, "items": situation.pending_since, "at": situation.results_at},
        )


def _registered_before(situation: Situation, paragraph: str) -> Iterator[Said]:
    if situation.first_time is False:
        yield Said("applies.registered-before", {"paragraph": paragraph})


def _first_time(situation: Situation, paragraph: str) -> Iterator[Said]:
    if situation.first_time is True:
        yield Said("applies.first-time", {"paragraph": paragraph})


def _uncommon_name(situation: Situation, paragraph: str) -> Iterator[Said]:
    uncommon = characters.outside_gbk(situation.dossier.text("name"))
    if uncommon:
        yield Said("applies.uncommon-character", {"paragraph": paragraph, "characters": uncommon})


def _level(situation: Situation, paragraph: str) -> Iterator[Said]:
    level, exam = situation.level, situation.dossier.text("exam")
    if level is None:
        return
    named: dict[str, Arg] = {
        "paragraph": paragraph,
        "level": Named("level", f"{exam}/{level.id}"),
        "years": level.score_years or 0,
    }
    if level.kind == "exempt":
        yield Said("applies.exempt", {**named, "count": len(level.subjects)})
    if level.score_years is not None:
        yield Said("applies.one-year" if level.score_years == 1 else "applies.years", named)


def _kept(situation: Situation, paragraph: str) -> Iterator[Said]:
    """Name the subjects passed before that still count (FAQ 13.3)."""
    passed = situation.standing_passes
    if passed:
        subjects = tuple(dict.fromkeys(Named("subject", f"{each.exam}/{each.subject}") for each in passed))
        yield Said("applies.passed", {"paragraph": paragraph, "subjects": subjects})


def _lost(situation: Situation, *, registration: bool) -> Iterator[Said]:
    """Say what becomes of subjects passed before where the conditions are not met (FAQ 17)."""
    earlier = situation.earlier
    if earlier is not None and earlier.reason is not None and earlier.valid is not registration:
        yield Said(f"problem.{earlier.reason.code}", earlier.reason.args)


_LIST = frozenset({14})

RULES: tuple[Rule, ...] = (
    Rule(("6.1",), _recorded, frozenset({6})),
    Rule(("14.1",), _not_adopted, _LIST),
    Rule(("14.2",), _old, _LIST),
    Rule(("18.1", "10.3"), _old),
    Rule(("14.4",), _foreign, _LIST),
    Rule(("14.3",), _failed, _LIST),
    Rule(("14.5",), _cannot, _LIST),
    Rule(("9.2", "18.6"), _without_result),
    Rule(("7.3", "18.5"), _pending),
    Rule(("8.1",), _registered_before, FIRST_OR_NOT),
    Rule(("7.1",), _first_time, FIRST_OR_NOT),
    Rule(("11.3",), _uncommon_name),
    Rule(("13.3",), _level),
    Rule(("13.3",), _kept),
    Rule(("17.1",), lambda situation, _: _lost(situation, registration=True), frozenset({17})),
    Rule(("17.2",), lambda situation, _: _lost(situation, registration=False), frozenset({17})),
)
