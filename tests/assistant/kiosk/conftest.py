"""The warm process that terminals are forked from, one for each run of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.assistant.kiosk.terminals import Terminals


@pytest.fixture(scope="session")
def terminals() -> Iterator[Terminals]:
    house = Terminals()
    yield house
    house.close()
