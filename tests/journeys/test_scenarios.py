"""Every scenario that comes with the product reaches the outcome that it declares."""

from __future__ import annotations

import pytest

from assistant.play import play, played_out
from assistant.scenario import Scenario, read_scenario
from content import loader
from tests.assistant.lessons import personas
from tests.factories import content

req = pytest.mark.req

PROVE = (
    pytest.param("a-day-too-late", marks=req("13.1")),
    pytest.param("class-2-in-jiangsu", marks=req("2.2")),
    pytest.param("closed-before-confirming", marks=req("13.5")),
    pytest.param("correction-before-confirming", marks=req("13.5")),
    pytest.param("current-adopted", marks=req("L.1")),
    pytest.param("current-declined", marks=req("L.1", "L.3")),
    pytest.param("current-withdrawn", marks=req("L.2", "L.3")),
    pytest.param("degree-2008-08", marks=req("10.4", "14.1", "18.1")),
    pytest.param("earlier-candidate-pass-too-early", marks=req("17.2")),
    pytest.param("earlier-candidate-years-short", marks=req("17.1")),
    pytest.param("earlier-candidate", marks=req("13.3")),
    pytest.param("education-2001", marks=req("10.4", "14.1", "18.1")),
    pytest.param("education-2002-failed", marks=req("10.4", "14.1")),
    pytest.param("education-2002", marks=req("10.4", "18.1")),
    pytest.param("education-2003", marks=req("10.4", "18.1")),
    pytest.param("exam-out-of-scope", marks=req("2.2", "2.3")),
    pytest.param("false-promise-after-paying", marks=req("16.1", "16.2")),
    pytest.param("false-promise-before-paying", marks=req("16.1")),
    pytest.param("first-time-clean-english", marks=req("5.1", "7.1", "13.7")),
    pytest.param("first-time-clean", marks=req("1.3", "5.1", "7.1", "13.7")),
    pytest.param("integrity-record-over", marks=req("6.2")),
    pytest.param("integrity-record-running", marks=req("6.1")),
    pytest.param("no-major-to-choose", marks=req("13.3")),
    pytest.param("not-eligible", marks=req("13.3")),
    pytest.param("overseas-degree", marks=req("14.1")),
    pytest.param("passport-holder", marks=req("14.1")),
    pytest.param("photo-refused-then-mended", marks=req("12.2")),
    pytest.param("rare-character-name", marks=req("11.3")),
    pytest.param("returning-candidate", marks=req("8.1", "8.2")),
    pytest.param("review-refused", marks=req("13.6", "16.1")),
    pytest.param("verification-cannot", marks=req("9.2", "14.1")),
    pytest.param("verification-failed", marks=req("9.2", "14.1")),
    pytest.param("verification-never-arrives", marks=req("7.2", "10.5", "18.5")),
)
"""The scenarios, each with the requirements that its expectations prove."""


def scenario(id: str) -> Scenario:
    return read_scenario(loader.scenarios()[id])


def test_every_scenario_is_played() -> None:
    listed = {str(each.values[0]) for each in PROVE}
    assert listed == set(loader.scenarios())
    assert len(listed) >= 14


@pytest.mark.parametrize("id", PROVE)
def test_a_scenario_reaches_its_declared_outcome(id: str) -> None:
    run = personas.played(id).run
    played = played_out(run)

    assert played.failures == []
    assert played.ok
    if run.scenario.candidate["first_time"] and played.outcome == "paid":
        assert played.unasked == []


@pytest.mark.parametrize("id", PROVE)
def test_a_scenario_declares_what_must_come_of_it(id: str) -> None:
    expect = scenario(id).expect
    assert expect.outcome is not None
    assert expect.visited or expect.manual_groups is not None or expect.letter


def test_a_scenario_that_expects_something_else_fails() -> None:
    path = loader.scenarios()["education-2001"]
    read = read_scenario(path)
    wrong = Scenario(
        title=read.title,
        candidate=read.candidate,
        now=read.now,
        authority=read.authority,
        staff=read.staff,
        expect=type(read.expect)(outcome="withdrawn", manual_groups=("14.5",), visited=("returning",)),
    )
    played = play(wrong, content(), beside=path.parent)

    assert not played.ok
    assert len(played.failures) == 3
