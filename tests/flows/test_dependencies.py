"""A corrected fact puts in doubt exactly what rested on it: nothing is silently kept, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows import journey
from flows.dependencies import DOUBTS, corrected, doubted_by
from flows.dossier import Dossier, Fact
from flows.steps.apply import FORM, LETTER_HOLDS
from tests.factories import COMPLETE, NOW, changed, dossier, situation

CHANGES = {
    "exam": "class-1-constructor",
    "province": "zhejiang",
    "city": "suzhou",
    "verification_point": "nanjing-2",
    "level": "primary",
    "major": "tourism",
    "subjects": ("basics",),
    "work_years": "15",
}
"""Another value for each fact of the form."""

UNCONFIRMED = changed({"application.confirm": None, "payment.slip": None, "payment.receipt": None})


def said(key: str, value: object) -> Fact:
    assert isinstance(value, str | bool | tuple)
    return Fact(key, value, NOW)


@pytest.mark.req("5.1", "13.4")
@pytest.mark.parametrize("key", sorted(LETTER_HOLDS))
def test_a_correction_of_what_the_letter_holds_voids_the_signature(key: str) -> None:
    assert {"signature", "signature.name"} <= set(doubted_by(dossier(), key))


def test_the_whole_form_stands_in_the_letter() -> None:
    assert set(CHANGES) == set(FORM) <= LETTER_HOLDS


@pytest.mark.req("13.4", "13.5")
@pytest.mark.parametrize("key", sorted(FORM))
def test_a_correction_before_confirming_brings_the_candidate_back_to_signing(key: str) -> None:
    """Whatever else is asked again first, the way to the confirmation leads over a new signature."""
    known = corrected(dossier(UNCONFIRMED), said(key, CHANGES[key]))
    place = journey.locate(situation(known))

    assert "signature" not in known
    assert "application-confirm" not in place.visited
    answered = known.put(
        *(said(fact.key, fact.value) for fact in known if fact.stale and not fact.key.startswith("signature"))
    )
    if key not in {"exam", "province", "level"}:
        assert journey.locate(situation(answered)).step.id == "signature"


@pytest.mark.req("L.1")
def test_another_choice_about_the_commitment_voids_the_signature_and_the_second_step() -> None:
    known = dossier({**UNCONFIRMED, "decline.confirm": True})
    assert set(doubted_by(known, "adopt_commitment")) == {"decline.confirm", "signature.name", "signature"}


@pytest.mark.parametrize("key", ["mobile", "email", "photo.confirm", "notice_read"])
def test_what_the_letter_does_not_hold_leaves_the_signature_alone(key: str) -> None:
    assert "signature" not in doubted_by(dossier(), key)


@pytest.mark.req("13.3")
def test_a_corrected_exam_asks_everything_again_that_was_said_of_the_other() -> None:
    doubted = doubted_by(dossier(), "exam")
    assert {"level", "major", "subjects", "notice_read", "application.read", "application.save"} <= set(
        doubted
    )


@pytest.mark.req("13.3")
def test_a_corrected_province_asks_its_places_again() -> None:
    assert {"city", "verification_point"} <= set(doubted_by(dossier(), "province"))


def test_the_same_answer_again_changes_nothing_else() -> None:
    known = dossier()
    assert corrected(known, said("exam", COMPLETE["exam"])) == known


@given(key=st.sampled_from(sorted({*COMPLETE, *DOUBTS})), value=st.text(min_size=1, max_size=5))
def test_a_correction_loses_nothing_and_doubts_only_what_it_names(key: str, value: str) -> None:
    known = dossier()
    after = corrected(known, said(key, value))
    named = set(doubted_by(known, key))

    assert set(after.facts) == set(known.facts) | {key}
    assert after.value(key) == value
    for fact in known:
        if fact.key == key:
            continue
        kept = after.facts[fact.key]
        assert kept.value == fact.value
        assert kept.stale == (fact.key in named)


@given(key=st.sampled_from(sorted({*COMPLETE, *DOUBTS})))
def test_nothing_doubts_itself_or_what_is_not_known(key: str) -> None:
    known = dossier().without(["major", "city"])
    doubted = doubted_by(known, key)
    assert key not in doubted
    assert all(each in known for each in doubted)
    assert len(set(doubted)) == len(doubted)
    assert doubted_by(Dossier(), key) == ()


@given(key=st.sampled_from(sorted({*COMPLETE, *DOUBTS})), value=st.text(min_size=1, max_size=5))
def test_doubts_reach_as_far_as_they_go(key: str, value: str) -> None:
    """What a doubted fact would itself put in doubt is in doubt already."""
    after = corrected(dossier(), said(key, value))
    for each in doubted_by(dossier(), key):
        assert set(doubted_by(after, each)) <= {key}
