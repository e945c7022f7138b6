"""Closes the ways out of a public terminal that stand open before the framework is imported."""

from __future__ import annotations

import sys
from collections.abc import Mapping, MutableMapping

_PR_SET_DUMPABLE = 4

SERVED_BY = "assistant.web.driver:PipeDriver"
"""The driver of an app that is shown in a browser: the one order of the environment that stands."""


def served(environment: Mapping[str, str]) -> bool:
    """Whether a server has started this process."""
    return environment.get("TEXTUAL_DRIVER") == SERVED_BY


def has_screen(environment: Mapping[str, str]) -> bool:
    """Whether there is a full screen to draw on: that of a terminal, or of a browser behind a server."""
    if served(environment):
        return True
    return environment.get("TERM", "dumb") != "dumb" and sys.stdin.isatty() and sys.stdout.isatty()


def close_hatches(policy: str, environment: MutableMapping[str, str]) -> None:
    """Leave the framework no orders of the environment, and no image of the memory on the disk.

    The variables ``TEXTUAL…`` load a driver, write every key to a file, press keys or take a picture; the
    framework reads them when it is imported. Where the policy is ``open`` they are the owner's business, and
    a web server sets one of them.

    Args:
        policy: The name of the policy; any but ``open`` is strict.
        environment: The variables of the process.
    """
    # The Kitty protocol garbles input-method commits of five or more characters (8.2.8); read at import.
    environment.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    if policy == "open":
        return
    keeps = {"TEXTUAL_DRIVER"} if served(environment) else set()
    for name in [name for name in environment if name.startswith("TEXTUAL") and name not in keeps]:
        del environment[name]
    environment["TEXTUAL_DISABLE_KITTY_KEY"] = "1"
    _keep_memory_private()


def _keep_memory_private() -> None:
    """Write no core dump and let no other process of the user read the memory: it holds names and numbers."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
