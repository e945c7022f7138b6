"""A store of its own for every test of the records."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.records import Records

from .stores import store


@pytest.fixture
def records(tmp_path: Path) -> Iterator[Records]:
    """An empty store under ``tmp_path``."""
    with store(tmp_path) as opened:
        yield opened


@pytest.fixture
def hashing() -> None:
    """Leave the hashing as it is."""
