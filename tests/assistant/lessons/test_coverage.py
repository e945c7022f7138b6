"""The personas show every way of the machine and both outcomes of every guard; CI prints how much."""

from __future__ import annotations

from collections.abc import Callable

from assistant.lessons.coverage import Coverage, outcomes
from content import loader
from flows.journey import WAYS
from tests.assistant.lessons.personas import IDS, played


def test_the_personas_cover_every_way_and_both_outcomes_of_every_guard(
    record_property: Callable[[str, object], None],
) -> None:
    coverage = Coverage()
    for id in IDS:
        run, states = played(id).run, played(id).states
        coverage.add(states[0].situation)
        for state, moment in zip(states[1:], run.moments, strict=True):
            # Within a step nothing is asked that is not asked at its end, or where one waits there.
            if moment.before != moment.after or moment.prompt.kind in {"wait", "end"} or state is states[-1]:
                coverage.add(state.situation)
    record_property("covered", str(coverage))

    assert coverage.not_taken == ()
    assert coverage.not_met == ()
    guards = {guard.name for way in WAYS for guard in way.guards}
    assert {(f"guard: {name}", held) for name in guards for held in (True, False)} <= set(outcomes())
    assert str(coverage).startswith(f"personas cover {len(WAYS)} of {len(WAYS)} transitions, ")


def test_what_nobody_shows_is_named() -> None:
    coverage = Coverage()
    coverage.add(played("first-time-clean").states[-1].situation)
    assert ("go_on", "promises", "returning") in coverage.not_taken
    assert ("guard: review due", True) in coverage.not_met
    assert ("guard: review due", False) not in coverage.not_met


def test_every_persona_has_a_name_and_a_story_in_both_languages() -> None:
    titles = set()
    for id in loader.scenarios():
        scenario = played(id).run.scenario
        for language in ("en", "zh"):
            assert len(scenario.told(language)) > (120 if language == "en" else 40)
            titles.add(scenario.called(language))
        assert scenario.told("en") != scenario.told("zh")
        name = scenario.candidate["name"]
        assert scenario.called("zh").startswith(f"{name}：")
        assert name in scenario.told("zh")
    assert len(titles) == 2 * len(loader.scenarios())
    assert len(loader.scenarios()) >= 16
