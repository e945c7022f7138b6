"""Says at the end what was walked, and after a full run which requirements no test carries yet."""

from __future__ import annotations

import pytest

from tests.test_requirements import to_be_struck_off, without_a_test


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print what tests counted, and the ids; the run of a part of the tests says nothing of the whole."""
    for report in terminalreporter.stats.get("passed", []):
        for name, counted in report.user_properties:
            if name in {"walked", "keys", "touches"}:
                terminalreporter.write_line(f"{name}: {counted}")
    if config.args not in (["tests"], [str(config.rootpath / "tests")]):
        return
    found = without_a_test()
    terminalreporter.write_line(f"requirements without a test ({len(found)}): {' '.join(found) or 'none'}")
    if done := to_be_struck_off():
        terminalreporter.write_line(f"to be struck off requirements-open.txt: {' '.join(done)}")
