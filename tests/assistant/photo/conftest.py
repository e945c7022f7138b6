"""Here every picture is decoded in a process of its own, each time."""

from __future__ import annotations

import pytest


@pytest.fixture
def decoding() -> None:
    """Leave the decoding as it is."""
