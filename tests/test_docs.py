"""The generated pages are those that would be generated now."""

from __future__ import annotations

from tests.assistant.desk.call_situations import SITUATIONS
from tests.make_docs import CASES, DOCS, casework, journey, with_calls


def test_the_diagram_of_the_journey_is_not_stale() -> None:
    assert (DOCS / "journey.md").read_text(encoding="utf-8") == journey(), "run `make docs`"


def test_the_diagram_shows_every_state_and_every_way() -> None:
    from flows.journey import WAYS
    from flows.steps import STEPS

    drawn = journey()
    assert len(STEPS) == 22
    assert drawn.count(" --> ") == len(WAYS) + 2


def test_the_diagrams_of_the_cases_are_not_stale() -> None:
    assert (DOCS / "casework.md").read_text(encoding="utf-8") == casework(), "run `make docs`"


def test_the_page_of_the_cases_shows_every_state_and_every_move() -> None:
    drawn = casework()
    for _, _, kind in CASES:
        for move in kind.moves:
            for source in move.sources:
                way = f"{source.replace('-', '_')} --> {move.to.replace('-', '_')}: {move.name} ("
                assert way in drawn
        assert all(f"| `{state}` |" in drawn for state in kind.states)


def test_the_calls_of_the_desk_are_those_that_are_tested() -> None:
    written = (DOCS / "desk.md").read_text(encoding="utf-8")
    assert written == with_calls(written), "run `make docs`"
    assert all(each.en in written and each.zh in written for each in SITUATIONS)
