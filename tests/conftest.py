"""What tests need not do anew; at the end, what was walked and which requirements no test carries yet."""

from __future__ import annotations

from functools import lru_cache

import pytest
from argon2 import PasswordHasher

from assistant.photo import judging
from assistant.records import passwords
from tests.test_requirements import to_be_struck_off, without_a_test


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what tests counted, and the ids; the run of a part of the tests says nothing of the whole."""
    for report in terminalreporter.stats.get("passed", []):
        for name, counted in report.user_properties:
            if name in {"walked", "keys", "touches", "covered"}:
                terminalreporter.write_line(f"{name}: {counted}")
    if config.args not in (["tests"], [str(config.rootpath / "tests")]):
        return
    found = without_a_test()
    terminalreporter.write_line(f"requirements without a test ({len(found)}): {' '.join(found) or 'none'}")
    if done := to_be_struck_off():
        terminalreporter.write_line(f"to be struck off requirements-open.txt: {' '.join(done)}")


_DECODED = lru_cache(maxsize=64)(judging._decode)
_LIGHT = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture(autouse=True)
def decoding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start the decoder once for each picture; the tests of photos start it each time."""
    monkeypatch.setattr(judging, "_decode", _DECODED)


@pytest.fixture(autouse=True)
def hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hash hundreds of passwords lightly; the tests of the records hash them as the product does."""
    monkeypatch.setattr(passwords, "_HASHER", _LIGHT)
