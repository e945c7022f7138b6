"""What is closed before the framework is imported, and what is said of faults."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.kiosk.faults import kept_quiet, report, said_of_a_fault
from assistant.kiosk.hatches import close_hatches
from tests.assistant.kiosk.terminals import ROOT
from tests.factories import content

ORDERS = {
    "TEXTUAL": "devtools,debug",
    "TEXTUAL_DRIVER": "textual.drivers.headless_driver:HeadlessDriver",
    "TEXTUAL_LOG": "keys.log",
    "TEXTUAL_PRESS": "ctrl+q",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_DEBUG": "1",
    "TEXTUAL_ALLOW_SIGNALS": "1",
    "TEXTUAL_DISABLE_KITTY_KEY": "0",
}


def test_where_it_is_open_the_orders_are_the_owners_business() -> None:
    environment = dict(ORDERS)
    close_hatches("open", environment)
    assert environment == ORDERS


@pytest.mark.parametrize("policy", ["kiosk", "staff", "a name nobody knows"])
def test_elsewhere_the_framework_reads_none_and_the_memory_stays_private(policy: str, tmp_path: Path) -> None:
    asked = f"""
import ctypes, json, os, resource, sys
from assistant.kiosk.hatches import close_hatches
close_hatches({policy!r}, os.environ)
from textual import constants
import assistant.kiosk.running as running
print(json.dumps([
    constants.DRIVER, constants.LOG_FILE, constants.PRESS, constants.SCREENSHOT_DELAY, constants.DEBUG,
    constants.DISABLE_KITTY_KEY, "TEXTUAL" in os.environ, running.driver_here().__name__,
    resource.getrlimit(resource.RLIMIT_CORE), sys.platform == "linux" and ctypes.CDLL(None).prctl(3),
]))
"""
    environment = {**os.environ, **ORDERS, "PYTHONPATH": str(ROOT)}
    found = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, cwd=tmp_path, env=environment
    )
    assert json.loads(found.stdout) == [None, None, "", -1, False, True, False, "SafeDriver", [0, 0], 0]
    assert list(tmp_path.iterdir()) == []


# Faults -----------------------------------------------------------------------------------------------

NUMBER = "110105199001011234"


def broken() -> Exception:
    try:
        int(f"x{NUMBER}")
    except ValueError as fault:
        return fault
    raise AssertionError


def test_every_fault_of_the_process_is_logged_by_kind_and_place_alone(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    log = tmp_path / "faults.log"
    with kept_quiet(log):
        sys.excepthook(ValueError, broken(), None)
        thread = threading.Thread(target=int, args=(NUMBER + "x",))
        thread.start()
        thread.join()
        sys.unraisablehook(type("Caught", (), {"exc_value": broken(), "object": NUMBER})())
        logging.getLogger("asyncio").error("task %s", NUMBER)
        report(broken())
    said = log.read_text(encoding="utf-8")
    assert said.count("ValueError at") == 4
    assert NUMBER not in said
    assert capfd.readouterr() == ("", "")


def test_a_log_that_cannot_be_written_is_no_second_fault(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with kept_quiet(tmp_path / "no folder" / "faults.log"):
        reference = report(broken())
    assert len(reference) == 6
    assert capfd.readouterr() == ("", "")


def test_the_last_sentence_names_the_reference_in_both_languages() -> None:
    said = said_of_a_fault(content(), "ABC123")
    assert said.count("ABC123") == 2
