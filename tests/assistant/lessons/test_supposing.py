"""One fact changed: the route that follows, with the reasons."""

from __future__ import annotations

import pytest

from assistant.conversation.wording import Wording
from assistant.lessons.supposing import supposed
from tests.assistant.lessons.personas import State, played
from tests.factories import content


def test_a_degree_from_2007_brings_manual_verification_with_its_reason() -> None:
    run, states = played("first-time-clean-english").run, played("first-time-clean-english").states
    found = run.change("degree.0.awarded", "2007-07")

    assert (found.before.came_of.outcome, found.after.came_of.outcome) == ("paid", "waiting")
    (reason,) = found.reasons
    assert (reason.group, reason.item, reason.gained) == ("14.2", "degree.0", True)
    assert "2007" in Wording(content(), "en").text(reason.why.text, reason.why.args)
    steps = {each.step: (each.before, each.after) for each in found.steps}
    assert steps["manual-review"] == ("out-of-reach", "here")
    assert found.run.place().step.id == "manual-review"
    assert State.of(run) == states[-1]
    found.run.close()


def test_a_year_less_of_work_ends_the_way_with_its_reason() -> None:
    run = played("education-2003").run
    at = run.at
    run.rewind_to_step("application-choose")
    found = run.change("work_years", 1)
    steps = {each.step: each for each in found.steps}
    assert steps["signature"].after == "out-of-reach"
    assert steps["signature"].why_after is not None
    assert steps["signature"].why_after.text == "ending.not-eligible"
    # What was not asked yet is still ahead in the branch: it stands where the first run stands.
    assert found.run.place().step.id == "application-choose"
    assert found.run.finish()
    assert found.run.place().ending is not None
    found.run.close()
    run.rewind(at)


def test_what_the_authorities_say_may_be_another_thing_too() -> None:
    run = played("education-2003").run
    found = run.change("authority.education.0", "failed")
    assert [(each.group, each.gained) for each in found.reasons] == [("14.3", True)]
    found.run.close()


def test_another_province_leaves_its_city_to_be_chosen_anew() -> None:
    scenario = supposed(played("education-2003").run.scenario, "province", "guangdong")
    assert scenario.candidate["province"] == "guangdong"
    assert "city" not in scenario.candidate
    assert "verification_point" not in scenario.candidate


@pytest.mark.parametrize("key", ["shoe_size", "education.3.school", "degree.x", "authority.education.0.deep"])
def test_a_fact_that_is_not_there_cannot_be_another(key: str) -> None:
    with pytest.raises(LookupError):
        supposed(played("education-2003").run.scenario, key, "x")
