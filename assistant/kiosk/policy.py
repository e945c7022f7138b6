"""What a terminal allows: one object that is asked, instead of conditions all over."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Policy:
    """What people at this terminal may do.

    Attributes:
        can_quit: Whether the program can be left by a key or a command.
        any_folder: Whether a photo may be taken from anywhere, or only from ``folders``.
        folders: Where photos are looked for.
        grace: Seconds after a new question or a paste in which Enter answers nothing.
    """

    can_quit: bool
    any_folder: bool
    folders: tuple[Path, ...] = ()
    grace: float = 0.3


def policy(name: str, folders: tuple[Path, ...] = ()) -> Policy:
    """Return the policy of a name; one that is not known is as strict as ``kiosk``.

    Args:
        name: ``open``, ``staff`` or ``kiosk``.
        folders: Where photos are looked for.
    """
    free = name in {"open", "staff"}
    return Policy(can_quit=free, any_folder=free, folders=folders)
