"""The warm process that terminals are forked from, one for each run of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.kiosk.remains import lay_aside
from tests.assistant.kiosk.terminals import Terminals


@pytest.fixture(scope="session")
def terminals() -> Iterator[Terminals]:
    house = Terminals()
    yield house
    house.close()


@pytest.fixture(scope="session", autouse=True)
def searches(request: pytest.FixtureRequest) -> None:
    """Search the product for what a candidate typed, and not the list of the tests."""
    lay_aside(request.session.items)
