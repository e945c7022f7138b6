"""Where settings may stand: in variables, and in one of three files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from assistant.stopping import USAGE, Stopped

PREFIX = "CHENGNUO_"
NAMES_THE_FILE = "CHENGNUO_CONFIG"
FILE = "chengnuo.toml"


def nothing_is_set(environment: Mapping[str, str]) -> bool:
    """Whether no variable and no file says anything: then the settings need not be read at all."""
    return not any(name.startswith(PREFIX) for name in environment) and found(environment) is None


def found(environment: Mapping[str, str]) -> Path | None:
    """Return the file: the one that is named, else the first there is of three.

    Raises:
        Stopped: The one that is named is not there, or none can be looked for.
    """
    named = environment.get(NAMES_THE_FILE, "")
    folders = (Path(), platformdirs.user_config_path("chengnuo"), platformdirs.site_config_path("chengnuo"))
    try:
        if named:
            path = Path(named).expanduser()
            if path.is_file():
                return path.absolute()
            sentence = f"{NAMES_THE_FILE} is {_shown(named)}, which is no file; write the path of one."
            raise Stopped(sentence, USAGE)
        return next((path.absolute() for folder in folders if (path := folder / FILE).is_file()), None)
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        sentence = f"{_shown(named or FILE)} cannot be looked for ({why}); check the path and the rights."
        raise Stopped(sentence, USAGE) from error


def _shown(value: str) -> str:
    shown = json.dumps(value, ensure_ascii=False)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
