"""Every path over the classes of candidates, against a decision table written from the notice.

The table (:func:`decided`) knows nothing of the code: it says for a kind of candidate what FAQ 2, 6, 9,
14, 16 and 17 and the later rules L.1 to L.3 make of them.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import cache

import pytest

from flows import journey
from flows.dossier import Value
from flows.journey import WAYS
from flows.situation import Situation
from flows.steps import STEPS
from tests.factories import COMPLETE, before, changed, record, situation, verified

EDUCATION: dict[str, tuple[dict[str, str], str]] = {
    "2001": ({"graduated": "2001-07"}, "cannot-verify"),
    "2002 verified": ({"graduated": "2002-07"}, "verified"),
    "2002 failed": ({"graduated": "2002-07"}, "failed"),
    "2003 verified": ({"graduated": "2003-07"}, "verified"),
    "2003 failed": ({"graduated": "2003-07"}, "failed"),
    "cannot": ({"graduated": "2009-06"}, "cannot-verify"),
    "overseas": ({"graduated": "2009-06", "country": "france"}, "cannot-verify"),
    "secondary": ({"graduated": "2004-07", "level": "secondary"}, "cannot-verify"),
}
DEGREES: dict[str, str] = {"none": "", "verified": "2008-09", "before": "2008-08"}
INTEGRITY: dict[str, Value | None] = {
    "none": None,
    "running": ("art-7/2016-07-01/2020-07-01",),
    "over": ("art-7/2015-06-30/2020-06-30",),
}
"""The registration is on 1 July 2020: the last day of the first record, the day after that of the second."""

EARLIER = ("none", "standing", "years short")
REVIEW_AND_PAYMENT = ("nobody yet", "passed", "passed and paid", "failed", "paid unseen")
RULES = ("pilot", "current adopting", "current declining", "current withdrawing")


@dataclass(frozen=True)
class Kind:
    """One kind of candidate: a class from each of the ways in which candidates differ."""

    returning: bool
    in_scope: bool
    rules: str
    integrity: str
    education: str
    degree: str
    passport: bool
    earlier: str
    office: str


@dataclass(frozen=True)
class Decided:
    """What the notice makes of a kind of candidate."""

    outcome: str
    at: str
    visited: tuple[str, ...]
    groups: frozenset[str]


# The decision table, from the notice -------------------------------------------------------------------


def committed(kind: Kind) -> bool:
    """FAQ 2: only in scope. FAQ 6: not while a record runs. L.1, L.2: not when declined or withdrawn."""
    return kind.in_scope and kind.integrity != "running" and kind.rules in {"pilot", "current adopting"}


def groups(kind: Kind) -> frozenset[str]:
    """FAQ 14, with the year 2002 tried online first; L.3: all who do not commit are one group."""
    by_education = {
        "2001": {"14.2"},
        "2002 verified": set[str](),
        "2002 failed": {"14.2", "14.3"},
        "2003 verified": set[str](),
        "2003 failed": {"14.3"},
        "cannot": {"14.5"},
        "overseas": {"14.4"},
        "secondary": {"14.2"},
    }
    return frozenset(
        (set() if committed(kind) else {"14.1"})
        | by_education[kind.education]
        | ({"14.2"} if kind.degree == "before" else set())
        | ({"14.4"} if kind.passport else set())
    )


def decided(kind: Kind) -> Decided:
    """Follow a kind of candidate through the notice."""
    way = ["system", "scope", "notice", *(["promises"] if kind.in_scope else [])]
    way += ["returning"] if kind.returning else ["first-time", "account", "account-rules"]
    way += ["academic", "photo", "verification"]
    way += ["application-choose", "application-read", "application-fill"]
    if kind.earlier != "none":
        way.append("earlier-candidate")
        # FAQ 17 speaks of tests within the scope; what a province asks for, the province judges.
        if kind.earlier == "years short" and kind.in_scope:
            return Decided("invalid", "earlier-candidate", tuple(way), groups(kind))
    # FAQ 6: everybody is told whether the commitment applies to them.
    way.append("applicability")
    if committed(kind):
        way.append("signature")
    way.append("application-confirm")
    if groups(kind):
        way.append("manual-review")
        if kind.office == "failed":
            return Decided("refused", "manual-review", tuple(way), groups(kind))
        if not kind.office.startswith("passed"):
            # FAQ 13.7: payment only after the qualification check has passed, whatever was paid.
            return Decided("waiting", "manual-review", tuple(way), groups(kind))
    way.append("application-pay")
    if "paid" not in kind.office:
        return Decided("waiting", "application-pay", tuple(way), groups(kind))
    return Decided("paid", "consequences", (*way, "supervision", "consequences"), groups(kind))


# The same kinds as facts -------------------------------------------------------------------------------


def seen(kind: Kind) -> Situation:
    """Write down the facts of a kind of candidate."""
    exam = (
        {"exam": "economics", "province": "jiangsu", "level": "intermediate"}
        if kind.in_scope
        else {"exam": "class-2-constructor", "province": "guangdong", "level": "all-subjects"}
    )
    details, status = EDUCATION[kind.education]
    facts: dict[str, Value | None] = {
        **exam,
        **record("education", 0, **details),
        **verified("education.0", status),
        "first_time": "no" if kind.returning else "yes",
        "login.id_number": "1" if kind.returning else None,
        "integrity": INTEGRITY[kind.integrity],
        "work_years": "2" if kind.earlier == "years short" else "16",
        "adopt_commitment": "no" if kind.rules == "current declining" else "yes",
        "decline.confirm": True if kind.rules == "current declining" else None,
        "withdrawn": True if kind.rules == "current withdrawing" else None,
        "review.decision": "fail"
        if kind.office == "failed"
        else "pass"
        if kind.office.startswith("passed")
        else None,
        "payment.receipt": "R1" if "paid" in kind.office else None,
    }
    if kind.degree != "none":
        facts |= {
            "degree.0.add": "yes",
            "degree.1.add": "no",
            **record("degree", 0, awarded=DEGREES[kind.degree]),
            **verified("degree.0", "verified" if kind.degree == "verified" else "cannot-verify"),
        }
    if kind.passport:
        facts |= {"id_type": "passport", "id_number": "E12345678", **verified("identity", "cannot-verify")}
    if kind.earlier != "none":
        facts["archive.passes"] = (f"{exam['exam']}/{exam['level']}/practice/2019",)
    return situation(changed(facts), edition="pilot" if kind.rules == "pilot" else "current")


CLASSES: tuple[tuple[object, ...], ...] = (
    (False, True),
    (True, False),
    RULES,
    tuple(INTEGRITY),
    tuple(EDUCATION),
    tuple(DEGREES),
    (False, True),
    EARLIER,
    REVIEW_AND_PAYMENT,
)


@cache
def kinds() -> tuple[Kind, ...]:
    """Return the kinds that are walked: the product of all classes but the first, and that of the ways in.

    Whether somebody is there for the first time takes turns in the first product, and is tried both ways
    with all that could touch it in the second: the whole product would only walk twice as long.
    """
    return tuple(dict.fromkeys((*_all_but_the_way_in(), *_ways_in())))


def _all_but_the_way_in() -> Iterator[Kind]:
    products = itertools.product(
        (True, False),
        RULES,
        INTEGRITY,
        EDUCATION,
        DEGREES,
        (False, True),
        EARLIER,
        REVIEW_AND_PAYMENT,
    )
    for turn, each in enumerate(products):
        yield Kind(turn % 2 == 1, *each)


def _ways_in() -> Iterator[Kind]:
    products = itertools.product((False, True), (True, False), RULES, INTEGRITY, EDUCATION, EARLIER)
    for returning, in_scope, rules, integrity, education, earlier in products:
        yield Kind(
            returning, in_scope, rules, integrity, education, "none", False, earlier, "passed and paid"
        )


def walked(kind: Kind) -> Decided:
    """Walk the machine and say the same as the table says."""
    seen_as = seen(kind)
    place = journey.locate(seen_as)
    outcome = place.ending.outcome if place.ending else "waiting" if place.wait else f"asked:{place.ask}"
    return Decided(
        outcome,
        place.step.id,
        place.visited,
        frozenset(reason.group for reason in seen_as.reasons),
    )


@pytest.mark.req(
    "2.1", "2.3", "6.1", "6.2", "9.2", "13.6", "13.7", "14.1", "16.1", "17.1", "L.1", "L.2", "L.3"
)
@pytest.mark.parametrize(
    ("in_scope", "rules"), [(in_scope, rules) for in_scope in (True, False) for rules in RULES]
)
def test_every_path_ends_as_the_notice_says(in_scope: bool, rules: str) -> None:
    mine = [kind for kind in kinds() if (kind.in_scope, kind.rules) == (in_scope, rules)]
    paths = Counter[tuple[str, ...]]()
    for kind in mine:
        expected, found = decided(kind), walked(kind)
        assert found == expected, kind
        paths[(*found.visited, found.outcome)] += 1

    assert len(paths) >= 10


@pytest.mark.req("14.1")
def test_the_kinds_meet_every_pair_of_classes_every_group_and_every_outcome(
    record_property: Callable[[str, object], None],
) -> None:
    walked_kinds = kinds()
    results = [decided(kind) for kind in walked_kinds]
    names = [field.name for field in fields(Kind)]
    for (one, ones), (other, others) in itertools.combinations(zip(names, CLASSES, strict=True), 2):
        met = {(getattr(kind, one), getattr(kind, other)) for kind in walked_kinds}
        assert met == set(itertools.product(ones, others)), (one, other)

    assert {group for each in results for group in each.groups} == {f"14.{n}" for n in range(1, 6)}
    assert {each.outcome for each in results} == {"paid", "waiting", "refused", "invalid"}
    assert {step for each in results for step in each.visited} == {step.id for step in STEPS}
    paths = {(each.visited, each.outcome) for each in results}
    record_property("walked", f"{len(walked_kinds)} kinds of candidates on {len(paths)} different paths")
    assert len(paths) >= 55


def test_no_two_ways_of_one_trigger_are_open_at_once() -> None:
    """Over every situation that differs in what the guards look at: which way is taken is never by chance."""
    by_origin: dict[tuple[str, str], list[journey.Way]] = {}
    for way in WAYS:
        by_origin.setdefault((way.source, way.trigger), []).append(way)
    forks = [ways for ways in by_origin.values() if len(ways) > 1]
    by_state: dict[str, list[journey.Way]] = {}
    for way in WAYS:
        by_state.setdefault(way.source, []).append(way)

    assert forks
    unfinished = (
        situation(facts, edition=edition)
        for edition in ("pilot", "current")
        for key in COMPLETE
        for facts in (before(key), changed({key: None}))
    )
    for here in itertools.chain(map(seen, _ways_in()), unfinished):
        for ways in [*forks, *by_state.values()]:
            open_now = [way.dest for way in ways if all(guard.holds(here) for guard in way.guards)]
            assert len(open_now) <= 1, (here.dossier, ways[0].source, open_now)


@pytest.mark.req("17.2")
def test_a_pass_from_before_the_years_were_reached_is_void_and_the_registration_stands() -> None:
    """Bachelor of 2009, four years of work asked for: 4.5 years in 2020 were 3.5 in 2019."""
    here = situation(
        changed({"work_years": "4.5", "archive.passes": ("economics/intermediate/practice/2019",)})
    )
    place = journey.locate(here)

    assert place.ending is not None
    assert place.ending.outcome == "paid"
    assert here.earlier is not None
    assert [(each.subject, each.year) for each in here.earlier.invalid] == [("practice", 2019)]
    assert here.standing_passes == ()


@pytest.mark.req("6.2")
@pytest.mark.parametrize(("until", "signs"), [("2020-06-30", True), ("2020-07-01", False), ("", False)])
def test_the_last_day_of_a_record_still_counts(until: str, signs: bool) -> None:
    visited = journey.locate(situation(changed({"integrity": (f"art-7/2016-01-01/{until}",)}))).visited
    assert ("signature" in visited) is signs


@pytest.mark.req("L.1")
@pytest.mark.parametrize(
    ("facts", "asked"),
    [
        ({"adopt_commitment": None}, "adopt_commitment"),
        ({"adopt_commitment": "no"}, "decline.confirm"),
        ({"adopt_commitment": "yes", "signature": None}, "signature"),
    ],
)
def test_since_2021_the_commitment_is_chosen_and_declined_in_two_steps(
    facts: dict[str, Value | None], asked: str
) -> None:
    place = journey.locate(situation(changed(facts), edition="current"))
    assert place.ask is not None
    assert place.ask.key == asked


@pytest.mark.req("13.5")
@pytest.mark.parametrize("edition", ["pilot", "current"])
def test_nobody_gets_to_the_payment_unconfirmed(edition: str) -> None:
    place = journey.locate(situation(changed({"application.confirm": None}), edition=edition))
    assert place.step.id == "application-confirm"
    assert place.ask is not None
    assert place.ask.irreversible
