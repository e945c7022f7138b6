"""What a terminal allows: one object that is asked, instead of conditions all over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.settings import Settings


@dataclass(frozen=True)
class Policy:
    """What people at this terminal may do. What is not said is not allowed.

    Attributes:
        can_quit: Whether the program can be left by a key or a command.
        any_folder: Whether a photo may be taken from anywhere, or only from ``folders``.
        folders: Where photos are looked for.
        grace: Seconds after a new question or a paste in which Enter answers nothing.
        reveal: Seconds for which what is typed hidden is shown.
        select: Whether text can be marked with the mouse.
        clipboard: Whether marked text can be copied to the clipboard of the terminal.
        links: Whether a link may be opened outside.
        screenshots: Whether a picture of the screen can be saved.
        suspend: Whether the stop signal shows the shell behind; no key does.
        palette: Whether the framework's palette of commands can be opened; no name grants it.
        staff_key: Whether F12 asks staff for their PIN.
        idle_seconds: Seconds without key, mouse or scroll until the warning; 0 for never.
        idle_countdown: Seconds from the warning until everything is cleared.
    """

    can_quit: bool
    any_folder: bool
    folders: tuple[Path, ...] = ()
    grace: float = 0.3
    reveal: float = 5.0
    select: bool = False
    clipboard: bool = False
    links: bool = False
    screenshots: bool = False
    suspend: bool = False
    palette: bool = False
    staff_key: bool = False
    idle_seconds: float = 0.0
    idle_countdown: float = 60.0


IDLE_AT_A_KIOSK = 180.0
"""Seconds, where the settings say nothing; elsewhere nothing is then cleared unasked."""


def policy(
    name: str,
    folders: tuple[Path, ...] = (),
    *,
    grace: float = 0.3,
    reveal: float = 5.0,
    idle_seconds: float | None = None,
    idle_countdown: float = 60.0,
) -> Policy:
    """Return the policy of a name; one that is not known is as strict as ``kiosk``.

    Args:
        name: ``open``, ``staff`` or ``kiosk``.
        folders: Where photos are looked for.
        grace: Seconds in which Enter answers nothing.
        reveal: Seconds for which what is typed hidden is shown.
        idle_seconds: Seconds until the idle warning, 0 for never; ``None`` for what the name asks for.
        idle_countdown: Seconds from the warning until everything is cleared.
    """
    own, free = name == "open", name in {"open", "staff"}
    if idle_seconds is None:
        idle_seconds = 0.0 if free else IDLE_AT_A_KIOSK
    return Policy(
        can_quit=free,
        any_folder=free,
        folders=folders,
        grace=grace,
        reveal=reveal,
        select=free,
        clipboard=free,
        links=own,
        screenshots=free,
        suspend=own,
        staff_key=not free,
        idle_seconds=idle_seconds,
        idle_countdown=idle_countdown,
    )


def in_a_browser(allowed: Policy) -> Policy:
    """Return what a policy allows over a line from a browser.

    Whoever sits there is not at this machine: no key of theirs writes, reads or shows anything of it, and
    nobody tries the PIN of its staff from afar.
    """
    return replace(
        allowed,
        any_folder=False,
        select=False,
        clipboard=False,
        links=False,
        screenshots=False,
        suspend=False,
        palette=False,
        staff_key=False,
    )


def policy_of(settings: Settings) -> Policy:
    """Return the policy that the settings ask for."""
    return policy(
        settings.policy,
        settings.photos,
        grace=settings.grace,
        reveal=settings.reveal_seconds,
        idle_seconds=settings.idle_seconds,
        idle_countdown=settings.idle_countdown,
    )
