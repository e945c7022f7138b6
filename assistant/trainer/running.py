"""Runs the classroom, or the presenter's notes beside it, to its end."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.kiosk.faults import kept_quiet
from assistant.kiosk.policy import policy
from assistant.kiosk.terminal_app import driver_here, run
from assistant.kiosk.theme import first_look
from assistant.lessons import open_classroom
from assistant.starting import content_of
from assistant.trainer.app import TrainerApp
from assistant.trainer.notes import NotesApp
from assistant.widgets.glyphs import ASCII, UNICODE
from content.teaching import read_teaching

if TYPE_CHECKING:
    from assistant.settings import Settings


def run_train(settings: Settings, folder: Path, *, persona: str, language: str) -> int:
    """Run the classroom until it is left.

    Args:
        settings: How the terminal looks, and which installation the classroom is kept apart from.
        folder: The training folder.
        persona: The persona to open with; nothing for the library.
        language: The first language.

    Returns:
        The exit code: 0, 70 after a fault of ours, 128 and more after a signal.

    Raises:
        RecordsError: The folder is that of an installation, or cannot be used.
        FileRefusedError: Its keys cannot be used.
    """
    content = content_of(settings)
    teaching = read_teaching(content)
    with ExitStack() as stack:
        classroom = open_classroom(folder, content, apart_from=settings)
        stack.enter_context(kept_quiet(folder / "faults.log"))
        app = TrainerApp(
            content,
            classroom,
            teaching,
            policy("open", settings.photos, reveal=settings.reveal_seconds),
            persona=persona,
            language=language,
            theme=first_look(settings.theme, os.environ),
            glyphs=ASCII if settings.glyphs == "ascii" else UNICODE,
            animations=settings.animations,
            driver=driver_here(),
        )
        stack.callback(app.close_runs)
        return run(app)


def run_notes(settings: Settings, folder: Path, *, language: str) -> int:
    """Run the presenter's notes until they are left.

    Args:
        settings: How the terminal looks.
        folder: The training folder, which may not be there yet.
        language: The first language.

    Returns:
        As :func:`run_train`.
    """
    content = content_of(settings)
    app = NotesApp(
        content,
        folder,
        read_teaching(content),
        policy("open", settings.photos),
        language=language,
        theme=first_look(settings.theme, os.environ),
        glyphs=ASCII if settings.glyphs == "ascii" else UNICODE,
        driver=driver_here(),
    )
    with kept_quiet(folder / "faults.log"):
        return run(app)
