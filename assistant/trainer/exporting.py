"""Writes a run out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.trainer.screens.lesson import LessonPage


def export(lesson: LessonPage, what: str) -> None:
    """Write."""
    raise NotImplementedError
