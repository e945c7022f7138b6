"""A prepared store, made once: the migrations take their time."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.factories import opened


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store")
    opened(folder).close()
    return folder
