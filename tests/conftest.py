"""Says at the end of a full run which requirements no test carries yet."""

from __future__ import annotations

import pytest

from tests.test_requirements import to_be_struck_off, without_a_test


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the ids; the run of a part of the tests says nothing of the whole."""
    if config.args not in (["tests"], [str(config.rootpath / "tests")]):
        return
    found = without_a_test()
    terminalreporter.write_line(f"requirements without a test ({len(found)}): {' '.join(found) or 'none'}")
    if done := to_be_struck_off():
        terminalreporter.write_line(f"to be struck off requirements-open.txt: {' '.join(done)}")
