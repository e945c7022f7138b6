"""``chengnuo settings``: prints what is set and by what, makes the staff PIN, writes an example."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from assistant.pins import LEAST, MOST, hash_pin, weakness
from assistant.settings import Settings, may_be, read
from assistant.settings_file import FILE
from assistant.stopping import USAGE, Stopped


def run(options: argparse.Namespace) -> int:
    """Print the settings, or do what ``options.act`` names: ``pin`` or ``example``.

    Raises:
        Stopped: A setting cannot be used, or the PIN is none or too easy.
    """
    match options.act:
        case "pin":
            print(f"staff_pin = {json.dumps(hash_pin(_asked_twice()))}")
            note = f"Put this line into {FILE}, and let nobody but Chengnuo's own account read that file."
            print(note, file=sys.stderr)
        case "example":
            print(example(), end="")
        case _:
            _print_all(as_json=options.json)
    return 0


def example() -> str:
    """Return a settings file that sets nothing: every setting at its default, as a comment."""
    lines = [
        f"# Settings of Chengnuo, for ./{FILE}, the user's or the machine's folder of settings, or where",
        "# CHENGNUO_CONFIG says. Take the # away to set one. Relative paths are meant from this file.",
        "# A variable such as CHENGNUO_THEME takes precedence. `chengnuo settings` shows what is in force.",
    ]
    defaults = Settings()
    for name, field in Settings.model_fields.items():
        value = _plain(getattr(defaults, name))
        lines += ["", f"# {field.description}", f"# Write {may_be(name)}."]
        # An empty text counts as not set.
        lines.append(f"#{name} = {_toml('' if value is None else value)}")
    return "\n".join(lines) + "\n"


def _print_all(*, as_json: bool) -> None:
    sourced = read()
    if as_json:
        rows = [
            {"name": name, "value": value, "from": origin, "help": help}
            for name, value, origin, help in _rows(sourced.settings, sourced.origins)
        ]
        file = None if sourced.file is None else str(sourced.file)
        print(json.dumps({"file": file, "settings": rows}, ensure_ascii=False))
        return
    print(f"File: {sourced.file or 'none'}")
    for name, value, origin, help in _rows(sourced.settings, sourced.origins):
        shown = "not set" if value is None else _toml(value)
        print(f"\n{name} = {shown}    ({origin})\n    {help}")


def _rows(settings: Settings, origins: Mapping[str, str]) -> Iterator[tuple[str, Any, str, str]]:
    for name, field in Settings.model_fields.items():
        value = _plain(getattr(settings, name))
        yield name, value, origins.get(name, "default"), field.description or ""


def _plain(value: Any) -> Any:
    """Return a value as JSON and TOML know it; of a secret only whether there is one."""
    match value:
        case Path():
            return str(value)
        case tuple():
            return [_plain(each) for each in value]
        case SecretStr():
            return "set, not shown" if value.get_secret_value() else ""
        case float():
            return int(value) if value.is_integer() else value
    return value


def _toml(value: Any) -> str:
    # What JSON writes of texts, numbers and lists is TOML too.
    return json.dumps(value, ensure_ascii=False)


def _asked_twice() -> str:
    """Ask for a new PIN without showing it; from a pipe, take two lines."""
    first, second = _typed(f"New PIN ({LEAST} to {MOST} digits, not shown): "), _typed("Again: ")
    why = weakness(first)
    if why is not None:
        raise Stopped(f"chengnuo settings pin: choose another PIN; {why}.", USAGE)
    if first != second:
        raise Stopped("chengnuo settings pin: the two are not the same; type the same PIN twice.", USAGE)
    return first


def _typed(question: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    try:
        return getpass.getpass(question).strip()
    except EOFError:
        return ""
