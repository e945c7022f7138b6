"""Names of the framework that the kiosk overrides, or calls although they are its own: they move at will."""

from __future__ import annotations

import inspect
import tomllib
from importlib.metadata import version
from typing import Any

import pytest
from textual import _ansi_sequences, _xterm_parser, app, constants, driver, events, message_pump, messages
from textual.widgets import Input

from tests.assistant.kiosk.terminals import ROOT

OWN: list[tuple[Any, str, list[str]]] = [
    (app.App, "_fatal_error", ["self"]),
    (app.App, "_print_error_renderables", ["self"]),
    (app.App, "_close_messages_no_wait", ["self"]),
    (app.App, "_handle_exception", ["self", "error"]),
    (app.App, "panic", ["self", "renderables"]),
    (app.App, "save_screenshot", ["self", "filename", "path", "time_format"]),
    (app.App, "copy_to_clipboard", ["self", "text"]),
    (app.App, "open_url", ["self", "url", "new_tab"]),
    (app.App, "action_suspend_process", ["self"]),
    (app.App, "exit", ["self", "result", "return_code", "message"]),
    (driver.Driver, "process_message", ["self", "message"]),
    (driver.Driver, "send_message", ["self", "message"]),
    (driver.Driver, "start_application_mode", ["self"]),
    (driver.Driver, "stop_application_mode", ["self"]),
    (driver.Driver, "disable_input", ["self"]),
    (driver.Driver, "close", ["self"]),
    (driver.Driver, "open_url", ["self", "url", "new_tab"]),
    (message_pump.MessagePump, "call_later", ["self", "callback", "args", "kwargs"]),
    (message_pump.MessagePump, "_close_messages_no_wait", ["self"]),
    (_xterm_parser.XTermParser, "_sequence_to_key_events", ["self", "sequence", "alt"]),
    (_xterm_parser.XTermParser, "parse_mouse_code", ["self", "code"]),
    (events.Key, "__init__", ["self", "key", "character"]),
    (events.Paste, "__init__", ["self", "text"]),
    (Input, "_position_to_cell", ["self", "position"]),
]


@pytest.mark.parametrize(("owner", "name", "takes"), OWN)
def test_a_name_of_the_framework_is_where_it_was(owner: Any, name: str, takes: list[str]) -> None:
    found = getattr(owner, name, None)
    assert found is not None, f"the framework has moved {name}: look at its cover and at test_framework.py"
    assert list(inspect.signature(found).parameters) == takes


def test_the_attributes_that_the_kiosk_reads_are_there() -> None:
    assert _ansi_sequences.ANSI_SEQUENCES_KEYS["\x1bOP"]
    assert isinstance(Input.cursor_screen_offset, property)
    assert messages.TerminalSupportsSynchronizedOutput
    assert hasattr(constants, "DISABLE_KITTY_KEY")
    made = inspect.getsource(app.App.__init__)
    for name in ("_exit_renderables", "_exception", "_return_code", "_driver", "cursor_position"):
        assert f"self.{name}" in made, f"the framework has no App.{name} any more"


def test_the_framework_is_the_one_that_was_tried() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    assert f"textual=={version('textual')}" in wanted
