"""The generated pages are those that would be generated now."""

from __future__ import annotations

from tests.make_docs import DOCS, journey


def test_the_diagram_of_the_journey_is_not_stale() -> None:
    assert (DOCS / "journey.md").read_text(encoding="utf-8") == journey(), "run `make docs`"


def test_the_diagram_shows_every_state_and_every_way() -> None:
    from flows.journey import WAYS
    from flows.steps import STEPS

    drawn = journey()
    assert len(STEPS) == 22
    assert drawn.count(" --> ") == len(WAYS) + 2
