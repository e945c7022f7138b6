"""Takes the pictures of the classroom for ``make screens``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.trainer import following
from assistant.trainer.notes import NotesPage
from tests.assistant.trainer.classroom import Seat, at_a_lesson, at_the_notes, classroom
from tests.picturing import pictured

TRAINER_SCREENS = {
    "train-library": "The classroom: the library of personas",
    "train-lesson": "The classroom: a persona at a step",
    "train-hand": "The classroom: a hand answers, and reads its error",
    "train-map": "The classroom: the map, and why a step is out of reach",
    "train-time": "The classroom: moving the simulated clock",
    "train-question": "The classroom: a question for the class",
    "train-answer": "The classroom: its answer, with the paragraph",
    "train-facts": "The classroom: and what if a fact were another?",
    "train-route": "The classroom: how the way changes, and why",
    "train-wait": "The classroom: a wait says what ends it",
    "train-help": "The classroom: its keys",
    "train-notes": "The classroom: the presenter's notes in a second terminal",
}


async def trainer_tour(
    language: str,
    folder: Path,
    here: Path,
    *,
    sizes: tuple[tuple[int, int], ...],
    themes: tuple[str, ...],
    slim: Callable[[str], str],
) -> None:
    """Take every picture of the classroom at each size and in each look."""

    async def take(seat: Seat, name: str) -> None:
        await pictured(seat, here, f"{name}-{language}", sizes=sizes, themes=themes, slim=slim)

    degree = {"zh": "学位授予年月", "en": "Degree awarded"}[language]
    async with at_a_lesson(size=sizes[0], language=language) as seat:
        await take(seat, "train-library")
        seat.app.focused.put("li lei")  # type: ignore[union-attr]
        await seat.press("enter", "right")
        seat.lesson.go_to("account-rules")
        await seat.rest()
        await take(seat, "train-lesson")
        await seat.press("k")
        await seat.type("李 雷")
        await take(seat, "train-hand")
        await seat.press("escape", "m", *["up"] * 2)
        await take(seat, "train-map")
        await seat.press("escape", "t")
        await take(seat, "train-time")
        await seat.press("escape")
        seat.lesson.go_to("academic")
        await seat.rest()
        await seat.press("q")
        await take(seat, "train-question")
        await seat.press("3")
        await take(seat, "train-answer")
        stand = following.read(classroom().folder)
        await seat.press("escape", "f")
        await take(seat, "train-facts")
        await seat.type(degree)
        await seat.type("2008-08")
        await take(seat, "train-route")
        await seat.press("enter")
        seat.lesson.go_to("manual-review")
        await seat.rest()
        await take(seat, "train-wait")
        await seat.press("f1")
        await take(seat, "train-help")
    async with at_the_notes(folder, size=sizes[0], language=language) as seat:
        assert stand is not None
        following.write(folder, stand)
        assert isinstance(seat.page, NotesPage)
        seat.page.look()
        await seat.rest()
        await take(seat, "train-notes")
